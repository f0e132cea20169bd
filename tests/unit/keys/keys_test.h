#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "emulator/base/clock.h"
#include "emulator/base/random.h"
#include "emulator/http/request.h"
#include "emulator/keys/key_service.h"

namespace msc::keys {

inline constexpr std::string_view kSampleKeyId = "f6eb7a33-e745-4e0b-bebb-54abcb56ee5f";
inline constexpr std::string_view kHost = "cvprbl203m01.keydelivery.mediaservices.windows.net";
inline constexpr Time kStart{std::chrono::seconds(1'427'145'571)};  // 2015-03-23T21:19:31Z

// A token out of fixtures/tokens, with "Bearer=".
inline std::string TokenFixture(const std::string& name) {
  std::ifstream file(MSC_FIXTURES "/tokens/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline std::string WithoutBearer(std::string_view token) {
  return std::string(token.substr(std::string_view("Bearer=").size()));
}

// A service in memory with a frozen clock, one key and a token for it.
class KeyServiceTest : public ::testing::Test {
 protected:
  http::Response Dispatch(http::Request request) const {
    return service_.router().Dispatch(request);
  }

  // GET of the key, with the headers given.
  http::Response Get(http::Headers headers, std::string_view more_query = "") const {
    return Dispatch(KeyRequest(key_id_, std::move(headers), more_query));
  }

  // The same, with a fault for the handler.
  http::Response GetWith(http::HandlerFault& fault, http::Headers headers) const {
    auto request = KeyRequest(key_id_, std::move(headers));
    request.fault = &fault;
    return Dispatch(std::move(request));
  }

  static http::Request KeyRequest(std::string_view kid, http::Headers headers = {},
                                  std::string_view more_query = "") {
    http::Request request;
    request.target = "/keydelivery?kid=" + std::string(kid) + std::string(more_query);
    request.headers = std::move(headers);
    return request;
  }

  void DeleteKey(std::string_view key_id) {
    auto transaction = database_.Write();
    service_.DeleteKey(transaction, key_id);
    transaction.Commit();
  }

  Clock clock_{kStart};
  Random random_{42, 0};
  sqlite::Database database_{""};
  KeyService service_{database_, clock_, random_};
  const std::string key_id_ = service_.CreateKey();
  const std::string token_ = *service_.IssueToken(key_id_, kHost);
};

}  // namespace msc::keys
