#include "emulator/base/encoding.h"
#include "emulator/http/http_error.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::HasSubstr;

class PutBlobTest : public ServiceTest {
 protected:
  http::Response PutWith(http::Headers headers, std::string content = "x") const {
    FakeBody body(std::move(content));
    return Send(Method::kPut, Target(), std::move(headers), &body);
  }

  void ExpectError(const http::Response& response, int status, std::string_view code) const {
    EXPECT_EQ(response.status, status);
    EXPECT_EQ(Value(response, "x-ms-error-code"), code);
    EXPECT_FALSE(service_->FindBlob(kContainerName, "a.mp4"));
  }
};

TEST_F(PutBlobTest, NeedsABlobType) {
  const auto response = PutWith({});

  ExpectError(response, 400, "MissingRequiredHeader");
  EXPECT_THAT(response.body, HasSubstr("<HeaderName>x-ms-blob-type</HeaderName>"));
}

TEST_F(PutBlobTest, NeedsAKnownBlobType) {
  const auto response = PutWith({{"x-ms-blob-type", "Page<Blob"}});

  ExpectError(response, 400, "InvalidHeaderValue");
  EXPECT_THAT(response.body, HasSubstr("<HeaderValue>Page&lt;Blob</HeaderValue>"));
}

TEST_F(PutBlobTest, NeedsTheLengthOfAChunkedBody) {
  FakeBody body("x", /*chunked=*/true);

  const auto response = Send(Method::kPut, Target(), {{"x-ms-blob-type", "BlockBlob"}}, &body);

  ExpectError(response, 411, "MissingContentLengthHeader");
  EXPECT_EQ(response.reason, "Content-Length HTTP header is missing.");
  EXPECT_THAT(response.body, HasSubstr("<HeaderName>Content-Length</HeaderName>"));
}

TEST_F(PutBlobTest, TakesALengthOfZeroWithoutABody) {
  EXPECT_EQ(Send(Method::kPut, Target(), {{"x-ms-blob-type", "BlockBlob"}, {"Content-Length", "0"}})
                .status,
            201);
  EXPECT_EQ(service_->FindBlob(kContainerName, "a.mp4")->size, 0u);
}

TEST_F(PutBlobTest, TakesAChunkedBodyIfLoose) {
  RestartLoose();
  FakeBody body(Pattern(3'000'000), /*chunked=*/true);

  const auto response = Send(Method::kPut, Target(), {{"x-ms-blob-type", "BlockBlob"}}, &body);

  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(Content(Send(Method::kGet, Target())), Pattern(3'000'000));
}

TEST_F(PutBlobTest, TakesAChunkedBodyWithNothingInItIfLoose) {
  RestartLoose();
  Put(Target("other"), Pattern(10'000));
  FakeBody body("", /*chunked=*/true);

  EXPECT_EQ(Send(Method::kPut, Target(), {{"x-ms-blob-type", "BlockBlob"}}, &body).status, 201);

  EXPECT_EQ(Content(Send(Method::kGet, Target())), "");
  EXPECT_EQ(Content(Send(Method::kGet, Target("other"))), Pattern(10'000));
}

TEST_F(PutBlobTest, RefusesMoreThan5000Mebibytes) {
  FakeBody body("");
  body.BreaksOffWith(http::HttpError::kClientGone, 5'000ull * 1024 * 1024 + 1);

  const auto response = Send(Method::kPut, Target(), {{"x-ms-blob-type", "BlockBlob"}}, &body);

  ExpectError(response, 413, "RequestBodyTooLarge");
  EXPECT_THAT(response.body, HasSubstr("<MaxLimit>5242880000</MaxLimit>"));
}

TEST_F(PutBlobTest, KeepsTheOldLimitWhereStrict) {
  Restart({}, /*strict=*/true);
  FakeBody body("x");

  EXPECT_EQ(Send(Method::kPut, Target(), {{"x-ms-blob-type", "BlockBlob"}}, &body).status, 201);
  EXPECT_EQ(body.limit(), 64u * 1024 * 1024);
}

TEST_F(PutBlobTest, AcceptsTheRightMd5) {
  const std::string md5 = Base64Encode(Md5Of("x"));

  EXPECT_EQ(Put(Target(), "x", {{"Content-MD5", md5}, {"x-ms-blob-content-md5", md5}}).status, 201);
}

class PutBlobMd5Headers : public PutBlobTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(PutBlobMd5Headers, RefuseAnotherBody) {
  const auto response = Put(Target(), "x", {{GetParam(), Base64Encode(Md5Of("y"))}});

  ExpectError(response, 400, "Md5Mismatch");
  EXPECT_THAT(response.body, HasSubstr("<UserSpecifiedMd5>QVKQdpWURg4uSFkikE80XQ==<"));
  EXPECT_THAT(response.body, HasSubstr("<ServerCalculatedMd5>ndTkYSaMgDT1yFZOFVxnpg==<"));
}

TEST_P(PutBlobMd5Headers, RefuseWhatIsNoMd5) {
  for (const char* value : {"x", "eA==", "!!!!", "QVKQdpWURg4uSFkikE80XQ"}) {
    ExpectError(Put(Target(), "x", {{GetParam(), value}}), 400, "InvalidMd5");
  }
}

TEST_P(PutBlobMd5Headers, CountAsAbsentIfEmpty) {
  EXPECT_EQ(Put(Target(), "x", {{GetParam(), ""}}).status, 201);
  EXPECT_EQ(Value(Send(Method::kHead, Target()), "Content-MD5"), Base64Encode(Md5Of("x")));
}

INSTANTIATE_TEST_SUITE_P(Names, PutBlobMd5Headers,
                         ::testing::Values("Content-MD5", "x-ms-blob-content-md5"));

TEST_F(PutBlobTest, BelievesTheBlobsMd5RatherThanThatOfHttp) {
  const auto put = [&](std::string_view http, std::string_view blob) {
    return Put(Target(), "x",
               {{"Content-MD5", Base64Encode(Md5Of(http))},
                {"x-ms-blob-content-md5", Base64Encode(Md5Of(blob))}});
  };

  EXPECT_EQ(put("wrong", "x").status, 201);
  EXPECT_EQ(Code(put("x", "wrong")), "Md5Mismatch");
}

TEST_F(PutBlobTest, TellsTheCrc64FromTheVersionOnThatHasIt) {
  const auto target = Authorized(Path());  // By a version of 2020.

  EXPECT_EQ(Value(Put(target, "hello world"), "x-ms-content-crc64"), "vo7q9sPVKY0=");
  EXPECT_EQ(Value(Put(Target(), "hello world"), "x-ms-content-crc64"), "(none)");
}

TEST_F(PutBlobTest, SaysWhatIsWrongWithAnMd5) {
  EXPECT_EQ(Put(Target(), "x", {{"Content-MD5", "!"}}).reason,
            "The MD5 value specified in the request is invalid. MD5 value must be 128 bits and "
            "base64 encoded.");
}

TEST_F(PutBlobTest, StoresWhatTheHeadersSay) {
  ASSERT_EQ(Put(Target(), "x",
                {{"x-ms-blob-content-type", "video/mp4"},
                 {"Content-Type", "application/x-www-form-urlencoded"},
                 {"Content-Encoding", "gzip"},
                 {"x-ms-blob-content-language", "de"},
                 {"x-ms-blob-cache-control", "no-cache"},
                 {"x-ms-blob-content-disposition", "inline"},
                 {"X-MS-Meta-Author", "Jane"},
                 {"x-ms-meta-author", "Joe"},
                 {"x-ms-meta-year", "2015"}})
                .status,
            201);

  const auto response = Send(Method::kGet, Target());

  EXPECT_EQ(Value(response, "Content-Type"), "video/mp4");
  EXPECT_EQ(Value(response, "Content-Encoding"), "gzip");
  EXPECT_EQ(Value(response, "Content-Language"), "de");
  EXPECT_EQ(Value(response, "Cache-Control"), "no-cache");
  EXPECT_EQ(Value(response, "Content-Disposition"), "inline");
  EXPECT_EQ(Value(response, "x-ms-meta-Author"), "Jane,Joe");
  EXPECT_EQ(Value(response, "x-ms-meta-year"), "2015");
}

TEST_F(PutBlobTest, CallsContentOfNoTypeAnOctetStream) {
  ASSERT_EQ(Put(Target(), "x").status, 201);

  EXPECT_EQ(Value(Send(Method::kGet, Target()), "Content-Type"), "application/octet-stream");
}

TEST_F(PutBlobTest, KeepsControlBytesOutOfStoredHeaders) {
  ExpectError(Put(Target(), "x", {{"x-ms-blob-content-type", "a\r\nb: c"}}), 400,
              "InvalidHeaderValue");
  ExpectError(Put(Target(), "x", {{"x-ms-meta-a", "b\nc"}}), 400, "InvalidMetadata");
}

TEST_F(PutBlobTest, RefusesMetadataNamesThatAreNoIdentifiers) {
  for (const char* name : {"x-ms-meta-", "x-ms-meta-1a", "x-ms-meta-a-b", "x-ms-meta-a.b"}) {
    ExpectError(Put(Target(), "x", {{name, "v"}}), 400, "InvalidMetadata");
  }
}

TEST_F(PutBlobTest, RefusesMoreThan8KibibytesOfMetadata) {
  ExpectError(Put(Target(), "x", {{"x-ms-meta-a", std::string(8 * 1024, 'v')}}), 400,
              "MetadataTooLarge");
}

TEST_F(PutBlobTest, NeedsTheContainerBeforeItReadsMuch) {
  const std::string target = Target();
  ASSERT_TRUE(DeleteContainer());
  ASSERT_TRUE(service_->CreateContainer("other"));
  FakeBody body(Pattern(100'000));
  const auto query = service_->SignBlob("gone", "a", "w", At(kStarts), At(kExpires));

  const auto response = Send(Method::kPut, '/' + std::string(kAccountName) + "/gone/a?" + query,
                             {{"x-ms-blob-type", "BlockBlob"}}, &body);

  ExpectError(response, 404, "ContainerNotFound");
  EXPECT_FALSE(body.touched());
}

struct CutOff {
  ErrorCode error;
  int status;
};

class PutBlobCutOffBodies : public PutBlobTest, public ::testing::WithParamInterface<CutOff> {};

TEST_P(PutBlobCutOffBodies, LeaveTheOldBlobAsItWas) {
  ASSERT_EQ(Put(Target(), "old").status, 201);
  FakeBody body(Pattern(2'000'000));
  body.BreaksOffWith(GetParam().error, 3'000'000);

  const auto response = Send(Method::kPut, Target(), {{"x-ms-blob-type", "BlockBlob"}}, &body);

  EXPECT_EQ(response.status, GetParam().status);
  EXPECT_EQ(Content(Send(Method::kGet, Target())), "old");
}

INSTANTIATE_TEST_SUITE_P(Errors, PutBlobCutOffBodies,
                         ::testing::Values(CutOff{http::HttpError::kClientGone, 400},
                                           CutOff{http::HttpError::kRequestTimeout, 408},
                                           CutOff{http::HttpError::kMalformedRequest, 400},
                                           CutOff{http::HttpError::kBodyTooLarge, 413}));

struct OtherOperation {
  const char* name;
  const char* parameters;
  const char* code;
};

class OtherOperations : public PutBlobTest, public ::testing::WithParamInterface<OtherOperation> {};

TEST_P(OtherOperations, AreNotMistakenForThisOne) {
  for (const Method method : {Method::kPut, Method::kGet, Method::kDelete}) {
    FakeBody body("x");
    const auto response =
        Send(method, Target() + GetParam().parameters, {{"x-ms-blob-type", "BlockBlob"}}, &body);

    ExpectError(response, 400, GetParam().code);
    EXPECT_FALSE(body.touched());
  }
}

constexpr const char* kInvalid = "InvalidQueryParameterValue";
constexpr const char* kUnsupported = "UnsupportedQueryParameter";

INSTANTIATE_TEST_SUITE_P(Parameters, OtherOperations,
                         ::testing::Values(OtherOperation{"Unknown", "&comp=blocks", kInvalid},
                                           OtherOperation{"OfContainers", "&comp=acl", kInvalid},
                                           OtherOperation{"Empty", "&comp=", kInvalid},
                                           OtherOperation{"Restype", "&restype=container",
                                                          kInvalid},
                                           OtherOperation{"Expiry", "&COMP=expiry", kUnsupported},
                                           OtherOperation{"Snapshot", "&snapshot=1", kInvalid},
                                           OtherOperation{"Version", "&versionid=1", kInvalid}),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace msc::storage
