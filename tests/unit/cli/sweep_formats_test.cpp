#include "emulator/cli/sweep_formats.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

namespace msc {
namespace {

using ::testing::HasSubstr;

SweepReport Report() {
  return {.requests = 2,
          .points = {{.request = 1, .what = "GetFormats GET /api/Formats"},
                     {.request = 2,
                      .what = "PutBlob PUT /a\"<",
                      .fault = SweepFault::kLostResponse,
                      .survived = false,
                      .failure = "exit code 3\x01"},
                     {.request = 2, .what = "b", .fired = false},
                     {.request = 2, .what = "c", .extra_effects = {"2 videos instead of 1"}}}};
}

std::string Written(std::string_view format) {
  std::ostringstream out;
  WriteReport(Report(), format, out);
  return out.str();
}

TEST(SweepFormats, HasACaseForEachFaultInJunit) {
  const auto xml = Written("junit");

  EXPECT_THAT(xml, HasSubstr("tests=\"4\" failures=\"2\" errors=\"0\" skipped=\"1\">"));
  EXPECT_THAT(xml, HasSubstr("name=\"request 1, lost request, GetFormats GET /api/Formats\"/>"));
  EXPECT_THAT(xml, HasSubstr("PutBlob PUT /a&quot;&lt;\">"
                             "<failure message=\"did not survive: exit code 3 \"/></testcase>"));
  EXPECT_THAT(xml, HasSubstr("<failure message=\"2 videos instead of 1\"/>"));
  EXPECT_THAT(xml, HasSubstr("<skipped message="));
}

TEST(SweepFormats, IsOneObjectInJson) {
  const auto json = nlohmann::json::parse(Written("json"));

  EXPECT_EQ(json.at("passed"), false);
  EXPECT_EQ(json.at("requests"), 2);
  EXPECT_EQ(json.at("points").size(), 4u);
  EXPECT_EQ(json.at("points")[1].at("fault"), "lost response");
  EXPECT_EQ(json.at("points")[1].at("survived"), false);
  EXPECT_EQ(json.at("points")[3].at("extraEffects"),
            nlohmann::json::array({"2 videos instead of 1"}));
}

TEST(SweepFormats, IsTheTableForPeopleOtherwise) {
  EXPECT_THAT(Written("text"), HasSubstr("requests 2, faults 4: survived 3, not survived 1"));
}

}  // namespace
}  // namespace msc
