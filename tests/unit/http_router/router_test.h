#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "emulator/http/http_error.h"
#include "emulator/http/router.h"

namespace msc::http {

// A body of zeros that only says how long it is, or not even that.
class EmptyBody final : public BodyReader {
 public:
  explicit EmptyBody(std::optional<std::uint64_t> size) : size_(size) {}

  std::optional<std::uint64_t> size() const override { return size_; }
  void Limit(std::uint64_t bytes) override { limit = bytes; }
  Result<std::size_t> Read(std::span<char>) override { return std::size_t{0}; }

  std::optional<std::uint64_t> limit;

 private:
  std::optional<std::uint64_t> size_;
};

// Routers whose handlers say which one they are and what was captured.
class RouterTest : public ::testing::Test {
 protected:
  // "name id=7"
  static Handler Say(std::string_view name) {
    return [name](const Request& request) -> Result<Response> {
      std::string body(name);
      for (const auto& [key, value] : request.captures) {
        body.append(1, ' ').append(key).append(1, '=').append(value);
      }
      return Response{.body = std::move(body)};
    };
  }

  // Status and body of an error are its code and message.
  static Response Refuse(const Request&, const Error& error) {
    return {.status = StatusOf(ToHttpError(error.code)), .body = error.message};
  }

  static int StatusOf(HttpError code) { return 1000 + static_cast<int>(code); }

  static ResponseHooks Plain() { return {.render_error = Refuse}; }

  static Log Silence() {
    return [](LogLevel, std::string_view) {};
  }

  static Response Dispatch(const Router& router, Method method, std::string_view target) {
    Request request{.method = method, .target = std::string(target)};
    return router.Dispatch(request);
  }

  // The body of the answer to GET.
  static std::string Get(const Router& router, std::string_view target) {
    return Dispatch(router, Method::kGet, target).body;
  }
};

}  // namespace msc::http
