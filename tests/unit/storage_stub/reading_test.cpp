#include "emulator/base/encoding.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;

class ReadingTest : public ServiceTest {
 protected:
  ReadingTest() { EXPECT_EQ(Put(Target(), "0123456789").status, 201); }

  http::Response Get(http::Headers headers) {
    return Send(Method::kGet, Target(), std::move(headers));
  }
};

struct Range {
  const char* name;
  const char* value;
  const char* content;
  const char* content_range;
};

class GetBlobRanges : public ReadingTest, public ::testing::WithParamInterface<Range> {};

TEST_P(GetBlobRanges, AreServed) {
  for (const char* header : {"Range", "x-ms-range"}) {
    const auto response = Get({{header, GetParam().value}});

    EXPECT_EQ(response.status, 206);
    EXPECT_EQ(Value(response, "Content-Range"), GetParam().content_range);
    EXPECT_EQ(Value(response, "Content-Length"),
              std::to_string(std::string_view(GetParam().content).size()));
    EXPECT_EQ(Content(response), GetParam().content);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Good, GetBlobRanges,
    ::testing::Values(Range{"Closed", "bytes=2-4", "234", "bytes 2-4/10"},
                      Range{"First", "bytes=0-0", "0", "bytes 0-0/10"},
                      Range{"Open", "bytes=7-", "789", "bytes 7-9/10"},
                      Range{"Last", "bytes=9-", "9", "bytes 9-9/10"},
                      Range{"Suffix", "bytes=-3", "789", "bytes 7-9/10"},
                      Range{"LongSuffix", "bytes=-99", "0123456789", "bytes 0-9/10"},
                      Range{"PastTheEnd", "bytes=8-99", "89", "bytes 8-9/10"},
                      Range{"Huge", "bytes=0-18446744073709551615", "0123456789", "bytes 0-9/10"}),
    [](const auto& row) { return row.param.name; });

class GetBlobOutsideRanges : public ReadingTest,
                             public ::testing::WithParamInterface<const char*> {};

TEST_P(GetBlobOutsideRanges, AreRefused) {
  const auto response = Get({{"Range", GetParam()}});

  EXPECT_EQ(response.status, 416);
  EXPECT_EQ(Code(response), "InvalidRange");
  EXPECT_EQ(Value(response, "Content-Range"), "bytes */10");
}

INSTANTIATE_TEST_SUITE_P(Starts, GetBlobOutsideRanges,
                         ::testing::Values("bytes=10-", "bytes=10-20", "bytes=-0",
                                           "bytes=18446744073709551615-"));

class GetBlobUnreadableRanges : public ReadingTest,
                                public ::testing::WithParamInterface<std::string> {};

TEST_P(GetBlobUnreadableRanges, AreIgnoredOrRefusedAsTheirHeaderSays) {
  const auto standard = Get({{"Range", GetParam()}});
  EXPECT_EQ(standard.status, 200);
  EXPECT_EQ(Content(standard), "0123456789");

  EXPECT_EQ(Code(Get({{"x-ms-range", GetParam()}})), "InvalidHeaderValue");
}

INSTANTIATE_TEST_SUITE_P(Values, GetBlobUnreadableRanges,
                         ::testing::Values("bytes=", "bytes=-", "bytes=4-2", "bytes=a-b", "0-5",
                                           "bytes=0-1,3-4", "bytes=1-18446744073709551616",
                                           "bytes=+1-2", "bytes=" + std::string(8'192, '0') + "x"));

class GetBlobReading : public ReadingTest {};

TEST_F(GetBlobReading, TheServicesRangeGoesBeforeTheStandardOne) {
  EXPECT_EQ(Content(Get({{"Range", "bytes=0-1"}, {"x-ms-range", "bytes=8-9"}})), "89");
}

TEST_F(GetBlobReading, ARangeOfNothingIsRefused) {
  Put(Target(), "");

  EXPECT_EQ(Get({{"Range", "bytes=0-"}}).status, 416);
}

TEST_F(GetBlobReading, ARangeTellsItsOwnChecksumAndTheBlobs) {
  const auto response = Get({{"Range", "bytes=2-4"}, {"x-ms-range-get-content-md5", "true"}});

  EXPECT_EQ(Value(response, "Content-MD5"), Base64Encode(Md5Of("234")));
  EXPECT_EQ(Value(response, "x-ms-blob-content-md5"), Base64Encode(Md5Of("0123456789")));

  const auto crc64 = Get({{"Range", "bytes=2-4"}, {"x-ms-range-get-content-crc64", "true"}});
  EXPECT_EQ(Value(crc64, "x-ms-content-crc64"), Base64Encode(Crc64Of("234")));
  EXPECT_EQ(Value(crc64, "Content-MD5"), "(none)");
}

TEST_F(GetBlobReading, ChecksumsOfRangesAreForUpTo4Mebibytes) {
  constexpr std::size_t kLimit = 4 * 1024 * 1024;
  const std::string text = Pattern(kLimit + 1);
  Put(Target(), text);

  const auto all = Get({{"Range", "bytes=1-"}, {"x-ms-range-get-content-md5", "true"}});
  EXPECT_EQ(Value(all, "Content-MD5"), Base64Encode(Md5Of(text.substr(1))));

  EXPECT_EQ(Code(Get({{"Range", "bytes=0-"}, {"x-ms-range-get-content-md5", "true"}})),
            "OutOfRangeInput");
  EXPECT_EQ(Code(Get({{"x-ms-range-get-content-md5", "true"}})), "InvalidHeaderValue");
}

// What a request with `headers` meets; {etag} stands for the blob's ETag, {bare} for that without
// its quotes.
struct Condition {
  const char* name;
  http::Headers headers;
  int read;
  int write;
};

class Conditionals : public ReadingTest, public ::testing::WithParamInterface<Condition> {
 protected:
  http::Headers Headers() {
    const std::string etag = Value(Get({}), "ETag");
    http::Headers headers = GetParam().headers;
    for (auto& header : headers) {
      for (const auto& [mark, text] : {std::pair<std::string, std::string>("{etag}", etag),
                                       {"{bare}", etag.substr(1, etag.size() - 2)}}) {
        const auto at = header.value.find(mark);
        if (at != std::string::npos) header.value.replace(at, mark.size(), text);
      }
    }
    return headers;
  }
};

TEST_F(GetBlobReading, CannotAskForWhatIsNotThere) {
  const auto response = Get({{"If-None-Match", "*"}});

  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(Code(response), "UnsatisfiableCondition");
  EXPECT_EQ(response.reason, "The request includes an unsatisfiable condition for this operation.");
}

TEST_P(Conditionals, HoldForReadsAndWrites) {
  const auto headers = Headers();

  const auto read = Get(headers);
  EXPECT_EQ(read.status, GetParam().read);
  if (read.status == 304) {
    EXPECT_EQ(read.body, "");
    EXPECT_EQ(Code(read), "ConditionNotMet");
    EXPECT_NE(Value(read, "ETag"), "(none)");
    EXPECT_EQ(Value(read, "Content-Length"), "(none)");
  }
  EXPECT_EQ(Send(Method::kHead, Target(), headers).status, GetParam().read);
  EXPECT_EQ(Put(Target(), "new", headers).status, GetParam().write);
}

INSTANTIATE_TEST_SUITE_P(
    Headers, Conditionals,
    ::testing::Values(Condition{"Matches", {{"If-Match", "{etag}"}}, 200, 201},
                      Condition{"MatchesWithoutQuotes", {{"If-Match", "{bare}"}}, 200, 201},
                      Condition{"MatchesOneOfSeveral", {{"If-Match", "\"0x0\", {etag}"}}, 200, 201},
                      Condition{"MatchesAny", {{"If-Match", "*"}}, 200, 201},
                      Condition{"MatchesAnother", {{"If-Match", "\"0x8D0\""}}, 412, 412},
                      Condition{"NoneMatches", {{"If-None-Match", "{etag}"}}, 304, 412},
                      Condition{"NoneMatchesAny", {{"If-None-Match", "*"}}, 400, 409},
                      Condition{"NoneMatchesAnother", {{"If-None-Match", "\"0x8D0\""}}, 200, 201},
                      Condition{"ModifiedSinceBefore",
                                {{"If-Modified-Since", "Mon, 23 Mar 2015 19:35:06 GMT"}},
                                200,
                                201},
                      Condition{"ModifiedSinceThen",
                                {{"If-Modified-Since", "Mon, 23 Mar 2015 19:35:07 GMT"}},
                                304,
                                412},
                      Condition{"UnmodifiedSinceThen",
                                {{"If-Unmodified-Since", "Mon, 23 Mar 2015 19:35:07 GMT"}},
                                200,
                                201},
                      Condition{"UnmodifiedSinceBefore",
                                {{"If-Unmodified-Since", "Mon, 23 Mar 2015 19:35:06 GMT"}},
                                412,
                                412},
                      Condition{"ETagGoesBeforeDate",
                                {{"If-None-Match", "\"0x0\""},
                                 {"If-Modified-Since", "Mon, 23 Mar 2015 19:35:07 GMT"}},
                                200,
                                201},
                      Condition{"ReadsNeedAChangeOfOneOnly",
                                {{"If-None-Match", "{etag}"},
                                 {"If-Modified-Since", "Mon, 23 Mar 2015 19:35:06 GMT"}},
                                200,
                                412},
                      Condition{"NeitherChanged",
                                {{"If-None-Match", "{etag}"},
                                 {"If-Modified-Since", "Mon, 23 Mar 2015 19:35:07 GMT"}},
                                304,
                                412},
                      Condition{"ReadsNeedTheETagAndTheDate",
                                {{"If-Match", "{etag}"},
                                 {"If-Unmodified-Since", "Mon, 23 Mar 2015 19:35:06 GMT"}},
                                412,
                                201},
                      Condition{"NoDate", {{"If-Modified-Since", "yesterday"}}, 400, 400}),
    [](const auto& row) { return row.param.name; });

TEST_F(ReadingTest, ConditionsHoldForEveryOtherWriteToo) {
  const http::Headers stale = {{"If-Match", "\"0x0\""}};
  for (const char* operation : {"?comp=metadata", "?comp=properties"}) {
    EXPECT_EQ(Send(Method::kPut, Authorized(Path() + operation), stale).status, 412) << operation;
  }
  EXPECT_EQ(Send(Method::kDelete, Target(), stale).status, 412);
  EXPECT_EQ(SendText(Method::kPut, Target() + "&comp=blocklist", "<BlockList/>", stale).status,
            412);
  EXPECT_EQ(Code(SendText(Method::kPut, Target() + "&comp=blocklist", "<BlockList/>",
                          {{"If-None-Match", "*"}})),
            "BlobAlreadyExists");
}

TEST_F(ReadingTest, ABlobThatIsNotThereMatchesNothing) {
  EXPECT_EQ(Put(Target("new"), "x", {{"If-Match", "*"}}).status, 412);
  EXPECT_EQ(Put(Target("new"), "x", {{"If-None-Match", "*"}}).status, 201);
  EXPECT_EQ(Put(Target("new"), "x", {{"If-None-Match", "*"}}).status, 409);
}

class SetBlobMetadataAndSetBlobProperties : public ReadingTest {};

TEST_F(SetBlobMetadataAndSetBlobProperties, MetadataAndPropertiesCanBeChanged) {
  const std::string before = Value(Get({}), "ETag");

  const auto metadata = Send(Method::kPut, Authorized(Path() + "?comp=metadata"),
                             {{"x-ms-meta-Key", "value"}, {"x-ms-meta-other", "2"}});
  EXPECT_EQ(metadata.status, 200);
  EXPECT_NE(Value(metadata, "ETag"), before);

  const auto properties =
      Send(Method::kPut, Authorized(Path() + "?comp=properties"),
           {{"x-ms-blob-content-type", "video/mp4"}, {"x-ms-blob-cache-control", "no-store"}});
  EXPECT_EQ(properties.status, 200);

  const auto read = Send(Method::kGet, Authorized(Path()));
  EXPECT_EQ(Value(read, "x-ms-meta-Key"), "value");
  EXPECT_EQ(Value(read, "Content-Type"), "video/mp4");
  EXPECT_EQ(Value(read, "Cache-Control"), "no-store");
  EXPECT_EQ(Content(read), "0123456789");
  EXPECT_EQ(Value(Send(Method::kHead, Authorized(Path() + "?comp=metadata")), "x-ms-meta-other"),
            "2");
}

TEST_F(SetBlobMetadataAndSetBlobProperties, ASignatureWhosePolicyIsGoneChangesNothing) {
  RemovePolicy();

  EXPECT_EQ(Send(Method::kDelete, Target()).status, 403);
  EXPECT_EQ(Content(Send(Method::kGet, Authorized(Path()))), "0123456789");
}

TEST_F(ReadingTest, ALeaseThatIsNotThereCannotBeNamed) {
  const auto response = Get({{"x-ms-lease-id", "5e9ce4f6-9075-40d1-929a-831ebdc1edd9"}});

  EXPECT_EQ(response.status, 412);
  EXPECT_EQ(Code(response), "LeaseNotPresentWithBlobOperation");
}

TEST_F(ReadingTest, ALeaseOfAContainerThatIsNotThereCannotBeNamedEither) {
  EXPECT_EQ(Code(Send(Method::kDelete, Container(), {{"x-ms-lease-id", "x"}})),
            "LeaseNotPresentWithContainerOperation");
}

class HeadersNotServed : public ReadingTest, public ::testing::WithParamInterface<http::Header> {};

TEST_P(HeadersNotServed, AreNotIgnored) {
  EXPECT_EQ(Code(Put(Target(), "x", {GetParam()})), "UnsupportedHeader");
  EXPECT_EQ(Code(Send(Method::kDelete, Target(), {GetParam()})), "UnsupportedHeader");
  EXPECT_EQ(Content(Get({})), "0123456789");
}

INSTANTIATE_TEST_SUITE_P(Headers, HeadersNotServed,
                         ::testing::Values(http::Header{"x-ms-structured-body",
                                                        "XSM/1.0; properties=crc64"},
                                           http::Header{"x-ms-expiry-option", "NeverExpire"}));

TEST_F(ReadingTest, HeadersThatChangeNothingAreTaken) {
  EXPECT_EQ(Put(Target(), "x", {{"x-ms-access-tier", "Hot"}}).status, 201);
  EXPECT_EQ(Send(Method::kDelete, Target(), {{"x-ms-delete-snapshots", "include"}}).status, 202);
}

TEST_F(ReadingTest, AVersionIsADate) {
  EXPECT_EQ(Code(Get({{"x-ms-version", "latest"}})), "InvalidHeaderValue");
  EXPECT_EQ(Get({{"x-ms-version", "2099-12-31"}}).status, 200);
}

class DeleteBlobConditions : public ReadingTest {};

TEST_F(DeleteBlobConditions, WhatIsThereCannotBeDeletedWhereItMustNotBe) {
  const auto response = Send(Method::kDelete, Target(), {{"If-None-Match", "*"}});

  EXPECT_EQ(response.status, 412);
  EXPECT_EQ(Code(response), "ConditionNotMet");
}

}  // namespace
}  // namespace msc::storage
