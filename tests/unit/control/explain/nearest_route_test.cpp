#include "emulator/control/explain/nearest_route.h"

#include <gtest/gtest.h>

namespace msc::control {
namespace {

using enum http::Method;

const std::vector<RouteName> kRoutes = {
    {kGet, "/api/Videos/{id}"},
    {kPost, "/api/Videos"},
    {kGet, "/api/Videos/{id}/Status"},
    {kPost, "/api/Videos/{id}/MarkComplete"},
    {kGet, "/keydelivery"},
    {kGet, "/{locator}/{file}.ism/Manifest"},
    {kGet, "/{locator}/{file}.ism/QualityLevels({bitrate})/Fragments({selection})"},
    {kGet, "/{locator}/{file}.mp4"},
    {kPut, "/devstoreaccount1/{container}/{blob*}"},
};

struct Typo {
  const char* name;
  http::Method method;
  const char* typed;
  const char* meant;  // Empty: none is near.
};

class NearestRouteTest : public ::testing::TestWithParam<Typo> {};

TEST_P(NearestRouteTest, IsTheOneThatWasMeant) {
  const auto nearest = NearestRoute(kRoutes, GetParam().method, GetParam().typed);

  EXPECT_EQ(nearest ? nearest->path : "", GetParam().meant);
}

INSTANTIATE_TEST_SUITE_P(
    Of, NearestRouteTest,
    ::testing::Values(
        Typo{"MissingLetter", kGet, "/api/Video/typo", "/api/Videos/{id}"},
        Typo{"OtherCase", kPost, "/API/VIDEOS", "/api/Videos"},
        Typo{"SlashAtTheEnd", kGet, "/api/Videos/1/Stats/", "/api/Videos/{id}/Status"},
        Typo{"TwoWords", kPost, "/api/Videos/1/Mark-Complete", "/api/Videos/{id}/MarkComplete"},
        Typo{"OtherMethod", kPatch, "/keydelivery", "/keydelivery"},
        Typo{"WrongAccount", kPut, "/devstoreacount1/c/a/b/c.mp4",
             "/devstoreaccount1/{container}/{blob*}"},
        Typo{"PartOfASegment", kGet, "/11111111-2222-3333-4444-555555555555/f.isml/Manifest",
             "/{locator}/{file}.ism/Manifest"},
        Typo{"AroundACapture", kGet,
             "/11111111-2222-3333-4444-555555555555/f.ism/QualityLevel(7)/Fragment(video=0)",
             "/{locator}/{file}.ism/QualityLevels({bitrate})/Fragments({selection})"},
        Typo{"NoLocator", kGet, "/f/f.mp4", ""},
        Typo{"NothingAlike", kGet, "/something/else/altogether/at/all", ""},
        Typo{"Root", kGet, "/", ""}, Typo{"Empty", kGet, "", ""}),
    [](const auto& row) { return row.param.name; });

TEST(NearestRoute, HandlesAPathOfAMegabyte) {
  EXPECT_EQ(NearestRoute(kRoutes, kGet, '/' + std::string(1'000'000, 'a')), std::nullopt);
}

TEST(NearestRoute, IsNoneIfThereAreNoRoutes) {
  EXPECT_EQ(NearestRoute({}, kGet, "/api"), std::nullopt);
}

}  // namespace
}  // namespace msc::control
