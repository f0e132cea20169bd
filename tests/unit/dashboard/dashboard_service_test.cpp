#include "emulator/dashboard/dashboard_service.h"

#include <gmock/gmock.h>

#include "emulator/dashboard/assets.h"

namespace msc::dashboard {
namespace {

using ::testing::Each;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class DashboardServiceTest : public ::testing::Test {
 protected:
  http::Response Ask(http::Method method, std::string target, http::Headers headers = {}) const {
    http::Request request{
        .method = method, .target = std::move(target), .headers = std::move(headers)};
    return service_.router().Dispatch(request);
  }
  http::Response Get(std::string target, http::Headers headers = {}) const {
    return Ask(http::Method::kGet, std::move(target), std::move(headers));
  }
  static std::string HeaderOf(const http::Response& response, std::string_view name) {
    return std::string(Find(response.headers, name).value_or(""));
  }

  DashboardService service_{PageOrigins{}};
};

TEST_F(DashboardServiceTest, ServesThePage) {
  const auto response = Get("/");

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(HeaderOf(response, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_THAT(response.body, HasSubstr("<main id=\"main\""));
}

TEST_F(DashboardServiceTest, ServesTheFilesOfThePage) {
  const auto response = Get("/__dashboard/script/main.js");

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(HeaderOf(response, "Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_THAT(response.body, HasSubstr("import "));
}

TEST_F(DashboardServiceTest, KnowsTheTypeOfEachFile) {
  EXPECT_THAT(Assets(), Not(IsEmpty()));
  EXPECT_THAT(Assets(), Each(Field(&Asset::type, Not(IsEmpty()))));
}

TEST_F(DashboardServiceTest, FindsEachFile) {
  for (const auto& asset : Assets()) {
    EXPECT_EQ(Get("/__dashboard/" + std::string(asset.path)).body, asset.bytes) << asset.path;
  }
}

TEST_F(DashboardServiceTest, SendsNoFileThatTheBrowserHas) {
  const auto etag = HeaderOf(Get("/"), "ETag");

  const auto again = Get("/", {{"If-None-Match", etag}});

  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(HeaderOf(again, "ETag"), etag);
  EXPECT_EQ(HeaderOf(again, "Cache-Control"), "no-cache");
}

TEST_F(DashboardServiceTest, SendsAFileThatHasChanged) {
  EXPECT_EQ(Get("/", {{"If-None-Match", "\"of an earlier version\""}}).status, 200);
}

TEST_F(DashboardServiceTest, DifferentFilesHaveDifferentTags) {
  EXPECT_NE(HeaderOf(Get("/"), "ETag"), HeaderOf(Get("/__dashboard/icon.svg"), "ETag"));
}

TEST_F(DashboardServiceTest, GuardsEveryResponse) {
  for (const auto* const target : {"/", "/__dashboard/script/main.js", "/__dashboard/nothing"}) {
    const auto response = Get(target);
    EXPECT_THAT(HeaderOf(response, "Content-Security-Policy"), HasSubstr("default-src 'self'"));
    EXPECT_EQ(HeaderOf(response, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(HeaderOf(response, "Referrer-Policy"), "no-referrer");
  }
}

TEST_F(DashboardServiceTest, RejectsAFileThatIsNotThere) {
  EXPECT_EQ(Get("/__dashboard/../main.js").status, 404);
  EXPECT_EQ(Get("/__dashboard/script").status, 404);
}

TEST_F(DashboardServiceTest, AnswersOnlyGetAndHead) {
  EXPECT_EQ(Ask(http::Method::kHead, "/").status, 200);

  const auto response = Ask(http::Method::kPut, "/__dashboard/icon.svg");
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(HeaderOf(response, "Allow"), "GET, HEAD");
}

}  // namespace
}  // namespace msc::dashboard
