#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <msc/emulator.h>

#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <utility>

#include "tests/e2e/control/api_document.h"
#include "tests/support/raw_client.h"
#include "tests/support/videos_client.h"

namespace msc::testing {

using Json = nlohmann::json;

inline constexpr const char* kNoon = "2024-06-30T12:00:00Z";

// What the control API answered; `json` is discarded where the body is none.
struct AdminAnswer {
  int status = 0;
  Json json{};
  std::string raw{};

  friend void PrintTo(const AdminAnswer& answer, std::ostream* out) { *out << answer.raw; }
};

// Asks for what is below /__admin. The exchange must be one that openapi.json describes.
inline AdminAnswer Admin(int port, const std::string& method, const std::string& path,
                         const std::string& body = "", const std::string& headers = "") {
  auto raw =
      Call(port, method, "/__admin/" + path, body, "Content-Type: application/json\r\n" + headers);
  const int status = StatusOf(raw);
  auto json = Json::parse(BodyOf(raw), nullptr, /*allow_exceptions=*/false);
  const Exchange exchange{.method = method,
                          .path = path,
                          .sent = body,
                          .status = status,
                          .type = HeaderOf(raw, "Content-Type").value_or(""),
                          .received = json};
  EXPECT_EQ(DifferenceFromDocument(exchange), "") << raw;
  return {status, std::move(json), std::move(raw)};
}

// An emulator whose clock is frozen at noon and whose random numbers repeat.
class ControlTest : public ::testing::Test {
 protected:
  explicit ControlTest(EmulatorOptions options = {.frozen_at = kNoon, .random_seed = 42})
      : emulator_(std::move(options)) {}

  int port() const { return emulator_.Port(); }

  AdminAnswer Get(const std::string& path) const { return Admin(port(), "GET", path); }
  AdminAnswer Post(const std::string& path, const std::string& body = "") const {
    return Admin(port(), "POST", path, body);
  }
  AdminAnswer Put(const std::string& path, const std::string& body) const {
    return Admin(port(), "PUT", path, body);
  }
  AdminAnswer Delete(const std::string& path) const { return Admin(port(), "DELETE", path); }

  // The last entry of the journal.
  Json LastRequest() const {
    const auto requests = Get("requests?limit=1").json.at("requests");
    const auto id = requests.at(0).at("id").get<int>();
    return Get("requests/" + std::to_string(id)).json;  // With its bodies.
  }

  Json ExplainLast() const {
    return Get("requests/" + std::to_string(LastRequest().at("id").get<int>()) + "/explain").json;
  }

  // A video with an upload, marked complete.
  CreatedVideo Submit() const {
    auto video = CreateVideo(port());
    Upload(port(), video, "the bytes");
    MarkComplete(port(), video);
    return video;
  }

  Emulator emulator_;
};

// An error about a body, in whose detail `text` is.
MATCHER_P(IsProblem, text,
          "a 400 as application/problem+json that names '" + std::string(text) + "'") {
  return arg.status == 400 && HeaderOf(arg.raw, "Content-Type") == "application/problem+json" &&
         arg.json.contains("title") && arg.json.contains("hint") &&
         arg.json.at("detail").template get<std::string>().find(text) != std::string::npos;
}

}  // namespace msc::testing
