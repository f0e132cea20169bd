#include <gtest/gtest.h>

#include "tests/unit/videos/videos_fixture.h"

namespace msc::videos {
namespace {

class TokenTest : public VideosFixture {
 protected:
  explicit TokenTest(VideoServiceOptions options = {}) : VideosFixture(std::move(options)) {}

  http::Response GetToken(const std::string& query) const {
    return Get(Path(id_, "AuthorizationToken" + query));
  }

  const nlohmann::json video_ = Create(kProtectedFile);
  const std::string id_ = video_.at("Id").get<std::string>();
  const std::string key_id_ = video_.at("ContentProtectionKeyId").get<std::string>();
};

class GetAuthorizationTokenTest : public TokenTest {};

TEST_F(GetAuthorizationTokenTest, IssuesATokenForTheVideosKey) {
  const auto response = GetToken("?KeyId=" + key_id_);

  EXPECT_EQ(response.body, R"({"value":")" + *keys_.IssueToken(key_id_, "127.0.0.1") + "\"}");
}

TEST_F(GetAuthorizationTokenTest, TakesTheParameterInAnyCase) {
  EXPECT_EQ(GetToken("?keyid=" + key_id_).status, 200);
}

TEST_F(GetAuthorizationTokenTest, RefusesAMissingOrMalformedKeyId) {
  for (const auto* query : {"", "?KeyId=", "?KeyId=5", "?KeyId", "?KeyId=%7B%7D", "?Key=x"}) {
    const auto response = GetToken(query);

    EXPECT_EQ(response.status, 400) << query;
    EXPECT_TRUE(response.body.empty()) << query;
  }
}

TEST_F(GetAuthorizationTokenTest, FindsNoKeyOfAnotherVideo) {
  const auto other = Create(kProtectedFile).at("ContentProtectionKeyId").get<std::string>();

  EXPECT_EQ(GetToken("?KeyId=" + other).status, 404);
}

TEST_F(GetAuthorizationTokenTest, FindsNoKeyOfAnUnprotectedVideo) {
  EXPECT_EQ(Get(Path(CreateId(), "AuthorizationToken?KeyId=" + key_id_)).status, 404);
}

class ExternalTokenTest : public TokenTest {
 protected:
  ExternalTokenTest() : TokenTest({.external_url = "https://videos.example:8443/prefix"}) {}
};

TEST_F(ExternalTokenTest, NamesTheExternalHost) {
  EXPECT_EQ(GetToken("?KeyId=" + key_id_).body,
            R"({"value":")" + *keys_.IssueToken(key_id_, "videos.example") + "\"}");
}

}  // namespace
}  // namespace msc::videos
