#include "storage_stub/protocol/error_body.h"

#include "emulator/http/http_error.h"
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
  const auto response = Render({StorageError::kMd5Mismatch, "ours",
                                ChecksumMismatch{ChecksumMismatch::Algorithm::kMd5, "a==", "b=="}});

  EXPECT_EQ(response.body,
            "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>Md5Mismatch</Code>"
            "<Message>The MD5 value specified in the request did not match with the MD5 value "
            "calculated by the server.\nRequestId:00000000-0000-4000-8000-000000000000\n"
            "Time:2015-03-23T19:35:07.1250000Z</Message><UserSpecifiedMd5>a==</UserSpecifiedMd5>"
            "<ServerCalculatedMd5>b==</ServerCalculatedMd5></Error>");
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
  const auto response =
      Render({http::HttpError::kMethodNotAllowed, "", AllowedMethods{{"PUT", "GET"}}});

  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(http::Find(response.headers, "Allow"), "PUT, GET");
}

// A fact and the markup that it ends the document with.
struct Members {
  const char* name;
  StorageError code;
  ErrorFacts facts;
  const char* xml;
};

class ErrorFactMembers : public ::testing::TestWithParam<Members> {};

TEST_P(ErrorFactMembers, StandBehindTheMessage) {
  const auto body = Render({GetParam().code, "ours", GetParam().facts}).body;

  EXPECT_THAT(body, ::testing::EndsWith("Z</Message>" + std::string(GetParam().xml) + "</Error>"));
}

constexpr auto kHeader = RequestField::Place::kHeader;
constexpr auto kQuery = RequestField::Place::kQuery;
constexpr auto kBody = RequestField::Place::kBody;

INSTANTIATE_TEST_SUITE_P(
    Facts, ErrorFactMembers,
    ::testing::Values(
        Members{"None", StorageError::kBlobNotFound, {}, ""},
        Members{"Header", StorageError::kInvalidHeaderValue, RequestField{kHeader, "a", "b"},
                "<HeaderName>a</HeaderName><HeaderValue>b</HeaderValue>"},
        Members{"MissingHeader", StorageError::kMissingRequiredHeader, RequestField{kHeader, "a"},
                "<HeaderName>a</HeaderName>"},
        Members{"Parameter", StorageError::kInvalidQueryParameterValue,
                RequestField{kQuery, "a", "b"},
                "<QueryParameterName>a</QueryParameterName>"
                "<QueryParameterValue>b</QueryParameterValue>"},
        Members{"Node", StorageError::kInvalidXmlNodeValue, RequestField{kBody, "a", "b"},
                "<XmlNodeName>a</XmlNodeName><XmlNodeValue>b</XmlNodeValue>"},
        Members{"Limit", StorageError::kInvalidInput, SizeLimit{5}, "<MaxLimit>5</MaxLimit>"},
        Members{"Crc64", StorageError::kCrc64Mismatch,
                ChecksumMismatch{ChecksumMismatch::Algorithm::kCrc64, "a", "b"},
                "<UserSpecifiedCrc64>a</UserSpecifiedCrc64>"
                "<ServerCalculatedCrc64>b</ServerCalculatedCrc64>"},
        Members{"Address", StorageError::kAuthorizationSourceIpMismatch, ClientAddress{"::1"},
                "<SourceIP>::1</SourceIP>"},
        Members{"Sas", StorageError::kAuthenticationFailed,
                SignatureMismatch{{kQuery, "sig", "s"}, "s", "r"},
                "<AuthenticationErrorDetail>Signature did not match. String to sign used was r"
                "</AuthenticationErrorDetail>"},
        Members{"SharedKey", StorageError::kAuthenticationFailed,
                SignatureMismatch{{kHeader, "Authorization", "SharedKey a:s"}, "s", "r"},
                "<AuthenticationErrorDetail>The MAC signature found in the HTTP request 's' is not "
                "the same as any computed signature. Server used following string to sign: 'r'."
                "</AuthenticationErrorDetail>"},
        Members{"Date", StorageError::kAuthenticationFailed,
                DateSkew{"then", kNow - std::chrono::hours(1), kNow},
                "<AuthenticationErrorDetail>Request date header too old: 'then'; the current time "
                "is 'Mon, 23 Mar 2015 19:35:07 GMT'</AuthenticationErrorDetail>"},
        Members{"Plain",
                StorageError::kAuthenticationFailed,
                {},
                "<AuthenticationErrorDetail>ours</AuthenticationErrorDetail>"}),
    [](const auto& row) { return row.param.name; });

TEST(ErrorBody, TellsTheSizeOfTheResource) {
  const auto response = Render({StorageError::kInvalidRange, "", ResourceSize{5}});

  EXPECT_EQ(http::Find(response.headers, "Content-Range"), "bytes */5");
}

TEST(ErrorBody, TellsTheVersionThatTheClientHas) {
  const auto response = Render({StorageError::kNotModified, "", ResourceVersion{"\"e\"", kNow}});

  EXPECT_EQ(http::Find(response.headers, "ETag"), "\"e\"");
  EXPECT_EQ(http::Find(response.headers, "Last-Modified"), "Mon, 23 Mar 2015 19:35:07 GMT");
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
    ::testing::Values(WireRow{http::HttpError::kRouteNotFound, 404, "ResourceNotFound"},
                      WireRow{http::HttpError::kMethodNotAllowed, 405, "UnsupportedHttpVerb"},
                      WireRow{http::HttpError::kLengthRequired, 411, "MissingContentLengthHeader"},
                      WireRow{http::HttpError::kBodyTooLarge, 413, "RequestBodyTooLarge"},
                      WireRow{http::HttpError::kRequestTimeout, 408, "RequestTimeout"},
                      WireRow{http::HttpError::kMalformedRequest, 400, "InvalidInput"},
                      WireRow{http::HttpError::kInternalError, 500, "InternalError"}));

}  // namespace
}  // namespace msc::storage
