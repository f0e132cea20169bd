#include "storage_stub/protocol/error_body.h"

#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/protocol/xml.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

const Time kNow = At("2015-03-23T19:35:07.125Z");
constexpr const char* kId = "00000000-0000-4000-8000-000000000000";

http::Response Render(const Error& error, http::Method method = http::Method::kGet) {
  return RenderError({.method = method}, error, kId, kNow);
}

TEST(ErrorBody, IsTheServicesXmlByteForByte) {
  const auto response =
      Render({StorageError::kMd5Mismatch, "ours", "why", {{"UserSpecifiedMd5", "a=="}}});

  EXPECT_EQ(response.body,
            "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>Md5Mismatch</Code>"
            "<Message>The MD5 value specified in the request did not match with the MD5 value "
            "calculated by the server.\nRequestId:00000000-0000-4000-8000-000000000000\n"
            "Time:2015-03-23T19:35:07.1250000Z</Message><AuthenticationErrorDetail>why"
            "</AuthenticationErrorDetail><UserSpecifiedMd5>a==</UserSpecifiedMd5></Error>");
}

TEST(ErrorBody, HasTheMessageAsReasonPhrase) {
  const auto response = Render({StorageError::kBlobNotFound});

  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.reason, "The specified blob does not exist.");
}

TEST(ErrorBody, NamesCodeAndTypeInHeaders) {
  const auto response = Render({StorageError::kContainerNotFound});

  EXPECT_EQ(http::Find(response.headers, "x-ms-error-code"), "ContainerNotFound");
  EXPECT_EQ(http::Find(response.headers, "Content-Type"), "application/xml");
}

TEST(ErrorBody, IsLeftOutOfAnswersToHead) {
  const auto response = Render({StorageError::kBlobNotFound}, http::Method::kHead);

  EXPECT_EQ(response.body, "");
  EXPECT_EQ(http::Find(response.headers, "Content-Type"), std::nullopt);
  EXPECT_EQ(http::Find(response.headers, "x-ms-error-code"), "BlobNotFound");
}

TEST(ErrorBody, SaysWhichMethodsThereAre) {
  const auto response = Render({ErrorCode::kMethodNotAllowed, "PUT, GET"});

  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(http::Find(response.headers, "Allow"), "PUT, GET");
}

struct Escaped {
  const char* name;
  std::string text;
  std::string xml;
};

class XmlTextTest : public ::testing::TestWithParam<Escaped> {};

TEST_P(XmlTextTest, CannotBreakTheDocument) { EXPECT_EQ(XmlText(GetParam().text), GetParam().xml); }

INSTANTIATE_TEST_SUITE_P(
    Texts, XmlTextTest,
    ::testing::Values(Escaped{"Markup", "</Error>&amp;\"'", "&lt;/Error&gt;&amp;amp;\"'"},
                      Escaped{"NewlineAndTab", "a\n\tb", "a\n\tb"},
                      Escaped{"Controls",
                              std::string("a\0\r\x1F"
                                          "b",
                                          5),
                              "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
                              "b"},
                      Escaped{"Utf8", "\xC3\xA4\xF0\x9F\x8E\xAC", "\xC3\xA4\xF0\x9F\x8E\xAC"},
                      Escaped{"NotUtf8", "a\xC3z", "a\xEF\xBF\xBDz"},
                      Escaped{"Noncharacter", "a\xEF\xBF\xBFz", "a\xEF\xBF\xBDz"}),
    [](const auto& row) { return row.param.name; });

struct WireRow {
  ErrorCode code;
  int status;
  const char* wire;
};

class WireErrors : public ::testing::TestWithParam<WireRow> {};

TEST_P(WireErrors, AreTheServices) {
  EXPECT_EQ(ToWire(GetParam().code).status, GetParam().status);
  EXPECT_EQ(ToWire(GetParam().code).code, GetParam().wire);
}

INSTANTIATE_TEST_SUITE_P(
    Codes, WireErrors,
    ::testing::Values(WireRow{ErrorCode::kRouteNotFound, 404, "ResourceNotFound"},
                      WireRow{ErrorCode::kMethodNotAllowed, 405, "UnsupportedHttpVerb"},
                      WireRow{ErrorCode::kLengthRequired, 411, "MissingContentLengthHeader"},
                      WireRow{ErrorCode::kBodyTooLarge, 413, "RequestBodyTooLarge"},
                      WireRow{ErrorCode::kRequestTimeout, 408, "RequestTimeout"},
                      WireRow{ErrorCode::kMalformedRequest, 400, "InvalidInput"},
                      WireRow{ErrorCode::kInternalError, 500, "InternalError"}));

}  // namespace
}  // namespace msc::storage
