#pragma once

#include <algorithm>
#include <string>

#include "emulator/base/encoding.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {

inline constexpr const char* kObjectId = "23657296-5cd5-45b0-a809-d972a7f4dfe1";
inline constexpr const char* kTenantId = "dd0d0df1-06c3-436c-8034-4b9a153097ce";

// The claims of a token that is valid at the time of the tests.
struct TestClaims {
  std::string issuer = std::string("https://sts.windows.net/") + kTenantId + '/';
  std::string audience = "https://storage.azure.com";
  std::string starts = kStarts;
  std::string expires = kExpires;
  std::string object_id = kObjectId;
};

// A part of a token: base64 for URLs, without padding.
inline std::string TokenPart(std::string_view text) {
  std::string part = Base64Encode(text);
  part.erase(std::find(part.begin(), part.end(), '='), part.end());
  std::replace(part.begin(), part.end(), '+', '-');
  std::replace(part.begin(), part.end(), '/', '_');
  return part;
}

inline std::string TokenOf(std::string_view payload) {
  return TokenPart(R"({"alg":"RS256","typ":"JWT"})") + '.' + TokenPart(payload) + ".c2lnbmF0dXJl";
}

inline std::string Token(const TestClaims& claims = {}) {
  const auto seconds = [](const std::string& iso) {
    return std::to_string(At(iso).time_since_epoch() / 1s);
  };
  return TokenOf(R"({"iss":")" + claims.issuer + R"(","aud":")" + claims.audience + R"(","nbf":)" +
                 seconds(claims.starts) + R"(,"exp":)" + seconds(claims.expires) + R"(,"oid":")" +
                 claims.object_id + R"(","tid":")" + kTenantId + R"("})");
}

// A service that accepts tokens.
class TokenTest : public ServiceTest {
 protected:
  TokenTest() {
    oauth_ = true;
    Restart({});
  }

  // Over HTTPS, with a token.
  http::Response SendWith(const std::string& token, http::Method method, std::string target,
                          std::string body = "", http::Headers headers = {},
                          const std::string& version = "2020-12-06") const {
    FakeBody reader(std::move(body));
    headers.push_back({"Authorization", "Bearer " + token});
    headers.push_back({"x-ms-version", version});
    http::Request request{.method = method,
                          .target = std::move(target),
                          .scheme = "https",
                          .headers = std::move(headers),
                          .body = &reader};
    return service_->Dispatch(request);
  }

  static std::string ContainerPath(std::string_view query = "?restype=container") {
    return '/' + std::string(kAccountName) + '/' + kContainerName + std::string(query);
  }
};

}  // namespace msc::storage
