#include "emulator/dashboard/content_policy.h"

#include <gmock/gmock.h>

namespace msc::dashboard {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

http::Request To(std::string authority, std::string scheme = "http") {
  http::Request request;
  request.authority = std::move(authority);
  request.scheme = std::move(scheme);
  return request;
}

TEST(ContentPolicyTest, AllowsNoInlineScriptAndNoFrames) {
  const auto policy = ContentPolicy(To("localhost:1"), {});

  EXPECT_THAT(policy, HasSubstr("default-src 'self';"));
  EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
  EXPECT_THAT(policy, HasSubstr("require-trusted-types-for 'script'"));
  EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
  EXPECT_THAT(policy, Not(HasSubstr("script-src")));
}

TEST(ContentPolicyTest, ConnectsToItsOwnOriginAlone) {
  EXPECT_THAT(ContentPolicy(To("localhost:1"), {}), HasSubstr("connect-src 'self';"));
}

TEST(ContentPolicyTest, ConnectsToTheBlobPortOfTheHostThatWasAsked) {
  EXPECT_THAT(ContentPolicy(To("here.test:1", "https"), {.blob_port = 2}),
              HasSubstr("connect-src 'self' https://here.test:2;"));
}

TEST(ContentPolicyTest, NamesAnyHostInsteadOfAnIpv6Address) {
  EXPECT_THAT(ContentPolicy(To("[::1]:1"), {.blob_port = 2}),
              HasSubstr("connect-src 'self' http://*:2;"));
}

TEST(ContentPolicyTest, ConnectsToTheOriginsOfExternalUrls) {
  const PageOrigins origins{.blob_port = 2,
                            .external_url = "https://a.test/base",
                            .blob_external_url = "https://b.test:8443"};

  EXPECT_THAT(ContentPolicy(To("localhost:1"), origins),
              HasSubstr("connect-src 'self' https://a.test https://b.test:8443;"));
}

}  // namespace
}  // namespace msc::dashboard
