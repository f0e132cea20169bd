#include "emulator/control/api/openapi.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace msc::control {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

// Makes the document of these routes alone.
auto DocumentOf(ControlRoutes routes) {
  return [routes = std::move(routes)] { (void)OpenApi(routes, "1.0", "http://127.0.0.1:1"); };
}

TEST(OpenApiOfRoutes, NeedsADescriptionOfEachRoute) {
  EXPECT_THAT(DocumentOf({{http::Method::kGet, "/__admin/other", nullptr, "getOther"}}),
              ThrowsMessage<std::logic_error>(HasSubstr("no description of getOther")));
}

TEST(OpenApiOfRoutes, NeedsARouteForEachDescription) {
  EXPECT_THAT(DocumentOf({}), ThrowsMessage<std::logic_error>(HasSubstr("no route for ")));
}

TEST(OpenApiOfRoutes, NeedsTheParametersOfTheRouteAndNoOthers) {
  const auto expected = ThrowsMessage<std::logic_error>(HasSubstr("other parameters"));

  EXPECT_THAT(DocumentOf({{http::Method::kGet, "/__admin/clock/{id}", nullptr, "getClock"}}),
              expected);
  EXPECT_THAT(DocumentOf({{http::Method::kGet, "/__admin/requests", nullptr, "listRequests"}}),
              expected);
}

}  // namespace
}  // namespace msc::control
