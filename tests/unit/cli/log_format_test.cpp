#include "emulator/cli/log_format.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "emulator/base/time_format.h"

namespace msc {
namespace {

using namespace std::chrono_literals;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

LoggedRequest Upload() {
  return {.id = 7,
          .at = *ParseIso8601("2024-06-30T12:00:00Z"),
          .operation = Operation::kPutBlock,
          .method = "PUT",
          .target = "/devstoreaccount1/asset-1/clip.mp4",
          .status = 201,
          .request_bytes = 4096,
          .duration = 1230us,
          .video_id = "0f8f"};
}

LoggedRequest Rejected() {
  auto request = Upload();
  request.level = "warning";
  request.status = 403;
  request.because = "the signature does not match";
  request.hint = "sign it";
  request.explain_url = "http://127.0.0.1:1/__admin/requests/7/explain";
  return request;
}

TEST(LogFormat, IsOneLineForARequest) {
  EXPECT_EQ(FormatRequest(LogStyle::kPlain, Upload()),
            "2024-06-30T12:00:00.000Z PutBlock 201 4096 B 1.2 ms video 0f8f");
}

TEST(LogFormat, HasASecondLineForARejection) {
  EXPECT_EQ(FormatRequest(LogStyle::kPlain, Rejected()),
            "2024-06-30T12:00:00.000Z PutBlock 403 4096 B 1.2 ms video 0f8f\n"
            "    the signature does not match; sign it; see "
            "http://127.0.0.1:1/__admin/requests/7/explain");
}

TEST(LogFormat, NamesMethodAndPathIfThereIsNoOperation) {
  auto request = Upload();
  request.operation.reset();

  EXPECT_THAT(FormatRequest(LogStyle::kPlain, request),
              HasSubstr("PUT /devstoreaccount1/asset-1/clip.mp4 201"));
}

TEST(LogFormat, ShowsTheSizeOfTheResponseIfTheRequestHasNoBody) {
  auto request = Upload();
  request.request_bytes = 0;
  request.response_bytes = 12;

  EXPECT_THAT(FormatRequest(LogStyle::kPlain, request), HasSubstr(" 12 B "));
}

TEST(LogFormat, AlignsAndColoursOnATerminal) {
  EXPECT_EQ(FormatRequest(LogStyle::kTerminal, Upload()),
            "\x1B[2m12:00:00.000\x1B[0m PutBlock               \x1B[32m201\x1B[0m"
            "      4096 B    1.2 ms  \x1B[2mvideo 0f8f\x1B[0m");
  EXPECT_THAT(FormatRequest(LogStyle::kTerminal, Rejected()), HasSubstr("\x1B[33m403\x1B[0m"));
}

TEST(LogFormat, IsOneJsonObjectInAnyCase) {
  const auto text = FormatRequest(LogStyle::kJson, Rejected());

  EXPECT_THAT(text, Not(HasSubstr("\n")));
  const auto json = nlohmann::json::parse(text);
  EXPECT_EQ(json.at("time"), "2024-06-30T12:00:00.000Z");
  EXPECT_EQ(json.at("level"), "warning");
  EXPECT_EQ(json.at("operation"), "PutBlock");
  EXPECT_EQ(json.at("status"), 403);
  EXPECT_EQ(json.at("requestBytes"), 4096);
  EXPECT_EQ(json.at("durationMicros"), 1230);
  EXPECT_EQ(json.at("videoId"), "0f8f");
  EXPECT_EQ(json.at("because"), "the signature does not match");
  EXPECT_EQ(json.at("hint"), "sign it");
}

TEST(LogFormat, ShowsDetailsOnALineOfTheirOwn) {
  auto request = Upload();
  request.route = "/{account}/{container}";
  request.sql_time = 42us;
  request.string_to_sign = "w\n\n2024";

  EXPECT_THAT(FormatRequest(LogStyle::kPlain, request),
              EndsWith("\n    route /{account}/{container}, SQL 42 us, "
                       "string to sign \"w\\n\\n2024\""));
}

TEST(LogFormat, WritesNothingThatATerminalWouldObey) {
  auto request = Rejected();
  const std::string target = "/\x1B[2J\xC2\x9B\xFF\r";
  request.operation.reset();
  request.target = target;

  const auto text = FormatRequest(LogStyle::kPlain, request);

  for (const char byte : {'\x1B', '\x9B', '\xFF', '\r'}) {
    EXPECT_EQ(text.find(byte), std::string::npos);
  }
  EXPECT_TRUE(nlohmann::json::accept(FormatRequest(LogStyle::kJson, request)));
}

TEST(LogFormat, KeepsLettersOfOtherAlphabets) {
  auto request = Rejected();
  request.because = "\xC3\xA9t\xC3\xA9";

  EXPECT_THAT(FormatRequest(LogStyle::kPlain, request), HasSubstr("\xC3\xA9t\xC3\xA9;"));
}

TEST(LogFormat, OfAnotherLineHasItsLevel) {
  const Time noon = *ParseIso8601("2024-06-30T12:00:00Z");

  EXPECT_EQ(FormatLine(LogStyle::kPlain, noon, "error", "disk full"),
            "2024-06-30T12:00:00.000Z error disk full");
  EXPECT_EQ(FormatLine(LogStyle::kJson, noon, "error", "disk \"full\""),
            R"({"time":"2024-06-30T12:00:00.000Z","level":"error","message":"disk \"full\""})");
}

}  // namespace
}  // namespace msc
