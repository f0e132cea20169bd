#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::HasSubstr;

constexpr std::string_view kInsertEmptyBlocks = R"sql(
  INSERT INTO committed_block (content, start, ordinal, block_id, offset, length, crc64)
  WITH RECURSIVE block(ordinal) AS (
    SELECT 0 UNION ALL SELECT ordinal + 1 FROM block WHERE ordinal + 1 < :count)
  SELECT blob.content, 0, ordinal, '', 0, 0, 0 FROM block, blob
)sql";

class AppendBlobsTest : public ServiceTest {
 protected:
  AppendBlobsTest() { Create(); }

  http::Response Create(http::Headers headers = {}) {
    headers.push_back({"x-ms-blob-type", "AppendBlob"});
    return SendText(Method::kPut, Target(), "", std::move(headers));
  }

  http::Response Append(std::string block, http::Headers headers = {}) {
    return SendText(Method::kPut, Target() + "&comp=appendblock", std::move(block),
                    std::move(headers));
  }

  http::Response Seal(http::Headers headers = {}) {
    return SendText(Method::kPut, Target() + "&comp=seal", "", std::move(headers));
  }

  http::Response Get() { return Send(Method::kGet, Target()); }

  static void ExpectError(const http::Response& response, int status, std::string_view code) {
    EXPECT_EQ(response.status, status);
    EXPECT_EQ(Code(response), code);
  }

  // As if so many blocks without bytes had been appended, which takes less time.
  void AddEmptyBlocks(std::int64_t count) {
    auto transaction = database_->Write();
    transaction.Prepare(kInsertEmptyBlocks).Bind(":count", count).Run();
    transaction.Commit();
  }

  // A URL of a blob that says for itself that it may be read.
  http::Headers From(std::string_view blob, http::Headers headers = {}) {
    headers.push_back({"x-ms-copy-source", "http://127.0.0.1" + Target(blob)});
    return headers;
  }
};

class PutAppendBlob : public AppendBlobsTest {};

TEST_F(PutAppendBlob, BeginsEmpty) {
  const auto blob = Get();

  EXPECT_EQ(Content(blob), "");
  EXPECT_EQ(Value(blob, "x-ms-blob-type"), "AppendBlob");
  EXPECT_EQ(Value(blob, "x-ms-blob-committed-block-count"), "0");
  EXPECT_EQ(Value(blob, "Content-MD5"), "(none)");
}

TEST_F(PutAppendBlob, TakesNoBody) {
  const auto response =
      SendText(Method::kPut, Target("b"), "x", {{"x-ms-blob-type", "AppendBlob"}});

  ExpectError(response, 400, "InvalidHeaderValue");
}

TEST_F(PutAppendBlob, ReplacesABlobOfAnotherType) {
  Put(Target("b"), "block");

  SendText(Method::kPut, Target("b"), "", {{"x-ms-blob-type", "AppendBlob"}});

  const auto blob = Send(Method::kGet, Target("b"));
  EXPECT_EQ(Content(blob), "");
  EXPECT_EQ(Value(blob, "x-ms-blob-type"), "AppendBlob");
}

TEST_F(PutAppendBlob, IsReplacedByABlockBlobWithoutATrace) {
  Append("x");
  Seal();

  ASSERT_EQ(Put(Target(), "block").status, 201);

  const auto blob = Get();
  EXPECT_EQ(Content(blob), "block");
  EXPECT_EQ(Value(blob, "x-ms-blob-type"), "BlockBlob");
  EXPECT_EQ(Value(blob, "x-ms-blob-committed-block-count"), "(none)");
}

TEST_F(PutAppendBlob, HasNoTier) {
  EXPECT_EQ(Value(Send(Method::kHead, Target()), "x-ms-access-tier"), "(none)");
}

class AppendBlock : public AppendBlobsTest {};

TEST_F(AppendBlock, AddsTheBytesAtTheEnd) {
  Append("one ");
  const auto response = Append("two");

  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(Value(response, "x-ms-blob-append-offset"), "4");
  EXPECT_EQ(Value(response, "x-ms-blob-committed-block-count"), "2");
  EXPECT_EQ(Value(response, "Content-MD5"), Base64Encode(Md5Of("two")));
  EXPECT_EQ(Content(Get()), "one two");
  EXPECT_EQ(Value(Get(), "ETag"), Value(response, "ETag"));
}

TEST_F(AppendBlock, IsReadByRangesAcrossBlocks) {
  Append("0123");
  Append("4567");
  Append("89");

  EXPECT_EQ(Content(Send(Method::kGet, Target(), {{"Range", "bytes=2-8"}})), "2345678");
}

TEST_F(AppendBlock, KeepsPropertiesAndMetadata) {
  Create({{"Content-Type", "text/plain"}, {"x-ms-meta-a", "b"}});
  Append("x");

  EXPECT_EQ(Value(Get(), "Content-Type"), "text/plain");
  EXPECT_EQ(Value(Get(), "x-ms-meta-a"), "b");
}

TEST_F(AppendBlock, ChecksTheChecksum) {
  ExpectError(Append("x", {{"Content-MD5", Base64Encode(Md5Of("y"))}}), 400, "Md5Mismatch");
  EXPECT_EQ(Content(Get()), "");
}

TEST_F(AppendBlock, NeedsBytes) { ExpectError(Append(""), 400, "InvalidHeaderValue"); }

TEST_F(AppendBlock, NeedsABlob) {
  const auto response = SendText(Method::kPut, Target("none") + "&comp=appendblock", "x");

  ExpectError(response, 404, "BlobNotFound");
}

TEST_F(AppendBlock, NeedsAnAppendBlob) {
  Put(Target("b"), "block");

  const auto response = SendText(Method::kPut, Target("b") + "&comp=appendblock", "x");

  ExpectError(response, 409, "InvalidBlobType");
  EXPECT_EQ(Content(Send(Method::kGet, Target("b"))), "block");
}

TEST_F(AppendBlock, ObeysTheAppendPosition) {
  EXPECT_EQ(Append("one", {{"x-ms-blob-condition-appendpos", "0"}}).status, 201);

  ExpectError(Append("one", {{"x-ms-blob-condition-appendpos", "0"}}), 412,
              "AppendPositionConditionNotMet");
  EXPECT_EQ(Append("two", {{"x-ms-blob-condition-appendpos", "3"}}).status, 201);
  EXPECT_EQ(Content(Get()), "onetwo");
}

TEST_F(AppendBlock, ObeysTheMaximumSize) {
  EXPECT_EQ(Append("12345", {{"x-ms-blob-condition-maxsize", "5"}}).status, 201);

  ExpectError(Append("6", {{"x-ms-blob-condition-maxsize", "5"}}), 412,
              "MaxBlobSizeConditionNotMet");
  ExpectError(Append("6", {{"x-ms-blob-condition-maxsize", "0"}}), 412,
              "MaxBlobSizeConditionNotMet");
}

TEST_F(AppendBlock, WantsNumbersInItsConditions) {
  ExpectError(Append("x", {{"x-ms-blob-condition-maxsize", "-1"}}), 400, "InvalidHeaderValue");
  ExpectError(Append("x", {{"x-ms-blob-condition-appendpos", "a"}}), 400, "InvalidHeaderValue");
}

TEST_F(AppendBlock, ObeysConditions) {
  ExpectError(Append("x", {{"If-Match", "\"0x0\""}}), 412, "ConditionNotMet");
}

TEST_F(AppendBlock, RejectsBlocksOfMoreThan100MiB) {
  FakeBody body("x");
  body.BreaksOffWith(http::HttpError::kClientGone, 100 * 1024 * 1024 + 1);

  const auto response = Send(Method::kPut, Target() + "&comp=appendblock", {}, &body);

  EXPECT_EQ(response.status, 413);
  EXPECT_THAT(response.body, HasSubstr("<MaxLimit>104857600</MaxLimit>"));
}

TEST_F(AppendBlock, ChecksALargeBlockBeforeItIsSent) {
  FakeBody body(Pattern(100'000));

  const auto response = Send(Method::kPut, Target() + "&comp=appendblock",
                             {{"x-ms-blob-condition-maxsize", "99999"}}, &body);

  ExpectError(response, 412, "MaxBlobSizeConditionNotMet");
  EXPECT_FALSE(body.touched());
}

TEST_F(AppendBlock, RejectsBlock50001) {
  AddEmptyBlocks(49'999);
  ASSERT_EQ(Append("x").status, 201);

  ExpectError(Append("x"), 409, "BlockCountExceedsLimit");
  EXPECT_EQ(Value(Get(), "x-ms-blob-committed-block-count"), "50000");
}

TEST_F(AppendBlock, NeedsThePermissionToAddOrWrite) {
  const auto target = [&](const char* permissions) {
    return Path() + '?' +
           service_->SignBlob(kContainerName, "a.mp4", permissions, At(kStarts), At(kExpires));
  };

  EXPECT_EQ(SendText(Method::kPut, target("w") + "&comp=appendblock", "x").status, 201);
  EXPECT_EQ(SendText(Method::kPut, target("r") + "&comp=appendblock", "x").status, 404);
}

class AppendBlockFromUrl : public AppendBlobsTest {
 protected:
  AppendBlockFromUrl() { Put(Target("source"), "0123456789"); }
};

TEST_F(AppendBlockFromUrl, CopiesARange) {
  const auto response = Append("", From("source", {{"x-ms-source-range", "bytes=2-5"}}));

  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(Value(response, "x-ms-blob-append-offset"), "0");
  EXPECT_EQ(Content(Get()), "2345");
}

TEST_F(AppendBlockFromUrl, CopiesAllWithoutARange) {
  Append("", From("source"));

  EXPECT_EQ(Content(Get()), "0123456789");
}

TEST_F(AppendBlockFromUrl, ChecksTheChecksumOfTheSource) {
  const auto good = Base64Encode(Md5Of("0123456789"));
  const auto bad = Base64Encode(Md5Of("x"));

  ExpectError(Append("", From("source", {{"x-ms-source-content-md5", bad}})), 400, "Md5Mismatch");
  EXPECT_EQ(Value(Append("", From("source", {{"x-ms-source-content-md5", good}})), "Content-MD5"),
            good);
}

TEST_F(AppendBlockFromUrl, TakesNoBody) {
  ExpectError(Append("x", From("source")), 400, "InvalidHeaderValue");
}

TEST_F(AppendBlockFromUrl, ObeysConditionsOnTheSource) {
  ExpectError(Append("", From("source", {{"x-ms-source-if-match", "\"0x0\""}})), 412,
              "SourceConditionNotMet");
}

TEST_F(AppendBlockFromUrl, NeedsASource) {
  ExpectError(Append("", From("none")), 404, "CannotVerifyCopySource");
}

TEST_F(AppendBlockFromUrl, RejectsARangeBeyondTheSource) {
  ExpectError(Append("", From("source", {{"x-ms-source-range", "bytes=10-12"}})), 416,
              "InvalidRange");
  ExpectError(Append("", From("source", {{"x-ms-source-range", "2-5"}})), 400,
              "InvalidHeaderValue");
}

class SealAppendBlob : public AppendBlobsTest {};

TEST_F(SealAppendBlob, EndsAppending) {
  const auto before = Value(Append("x"), "ETag");
  EXPECT_EQ(Value(Get(), "x-ms-blob-sealed"), "false");

  const auto response = Seal();

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(Value(response, "x-ms-blob-sealed"), "true");
  EXPECT_EQ(Value(response, "ETag"), before);
  ExpectError(Append("y"), 409, "BlobIsSealed");
  EXPECT_EQ(Value(Get(), "x-ms-blob-sealed"), "true");
}

TEST_F(SealAppendBlob, MayBeRepeated) {
  Seal();

  EXPECT_EQ(Seal().status, 200);
}

TEST_F(SealAppendBlob, ObeysTheAppendPosition) {
  ExpectError(Seal({{"x-ms-blob-condition-appendpos", "1"}}), 412, "AppendPositionConditionNotMet");
  EXPECT_EQ(Append("x").status, 201);
}

TEST_F(SealAppendBlob, NeedsAnAppendBlob) {
  Put(Target("b"), "block");

  ExpectError(SendText(Method::kPut, Target("b") + "&comp=seal", ""), 409, "InvalidBlobType");
}

TEST_F(SealAppendBlob, LeavesMetadataToBeChanged) {
  Seal();

  EXPECT_EQ(SendText(Method::kPut, Target() + "&comp=metadata", "", {{"x-ms-meta-a", "b"}}).status,
            200);
  EXPECT_EQ(Value(Get(), "x-ms-blob-sealed"), "true");
}

class AppendBlobs : public AppendBlobsTest {};

TEST_F(AppendBlobs, HaveNoBlockLists) {
  ExpectError(Send(Method::kGet, Target() + "&comp=blocklist"), 409, "InvalidBlobType");
  ExpectError(SendText(Method::kPut, Target() + "&comp=block&blockid=MDE%3D", "x"), 409,
              "InvalidBlobType");
  ExpectError(SendText(Method::kPut, Target() + "&comp=blocklist", "<BlockList></BlockList>"), 409,
              "InvalidBlobType");
}

TEST_F(AppendBlobs, AreListedAsSuch) {
  Seal();

  const auto list = Send(Method::kGet, Container("&comp=list"));

  EXPECT_THAT(list.body, HasSubstr("<BlobType>AppendBlob</BlobType><Sealed>true</Sealed>"));
}

TEST_F(AppendBlobs, AreCopiedAsAppendBlobs) {
  Append("one ");
  Append("two");
  Seal();
  ASSERT_EQ(SendText(Method::kPut, Target("copy"), "", From("a.mp4")).status, 202);

  const auto copy = Send(Method::kGet, Target("copy"));

  EXPECT_EQ(Content(copy), "one two");
  EXPECT_EQ(Value(copy, "x-ms-blob-type"), "AppendBlob");
  EXPECT_EQ(Value(copy, "x-ms-blob-committed-block-count"), "2");
  EXPECT_EQ(Value(copy, "x-ms-blob-sealed"), "true");
}

TEST_F(AppendBlobs, AreCopiedWithoutTheSealIfAsked) {
  Seal();
  SendText(Method::kPut, Target("copy"), "", From("a.mp4", {{"x-ms-seal-blob", "false"}}));

  EXPECT_EQ(SendText(Method::kPut, Target("copy") + "&comp=appendblock", "x").status, 201);
}

TEST_F(AppendBlobs, AreNotCopiedOntoBlobsOfAnotherType) {
  Put(Target("copy"), "block");

  ExpectError(SendText(Method::kPut, Target("copy"), "", From("a.mp4")), 409, "InvalidBlobType");
}

TEST_F(AppendBlobs, BecomeBlockBlobsByPutBlobFromUrl) {
  Append("one ");
  Append("two");
  const auto headers = From("a.mp4", {{"x-ms-blob-type", "BlockBlob"}});
  ASSERT_EQ(SendText(Method::kPut, Target("copy"), "", headers).status, 201);

  const auto copy = Send(Method::kGet, Target("copy"));

  EXPECT_EQ(Content(copy), "one two");
  EXPECT_EQ(Value(copy, "x-ms-blob-type"), "BlockBlob");
  EXPECT_EQ(database_->Read().FindBadRow(), std::nullopt);
}

TEST_F(AppendBlobs, SurviveARestart) {
  const TemporaryFolder folder;
  Restart(folder.path());
  Create();
  Append("one ");
  Append("two");

  Restart(folder.path());

  EXPECT_EQ(Content(Get()), "one two");
  EXPECT_EQ(Value(Append("!"), "x-ms-blob-committed-block-count"), "3");
  EXPECT_EQ(database_->Read().FindBadRow(), std::nullopt);
}

TEST_F(AppendBlobs, GiveTheirBytesBack) {
  const TemporaryFolder folder;
  Restart(folder.path());
  Create();
  for (int i = 0; i < 10; ++i) Append(Pattern(10'000));

  Send(Method::kDelete, Target());

  EXPECT_EQ(std::filesystem::file_size(folder.path() + "/blobs.bytes"), 0u);
}

class PutBlockFromUrl : public AppendBlobsTest {};

TEST_F(PutBlockFromUrl, StagesARangeOfAnotherBlob) {
  Put(Target("source"), "0123456789");
  const auto staged = SendText(Method::kPut, Target("b") + "&comp=block&blockid=MDE%3D", "",
                               From("source", {{"x-ms-source-range", "bytes=3-6"}}));
  EXPECT_EQ(staged.status, 201);

  SendText(Method::kPut, Target("b") + "&comp=blocklist",
           "<BlockList><Latest>MDE=</Latest></BlockList>");

  EXPECT_EQ(Content(Send(Method::kGet, Target("b"))), "3456");
}

}  // namespace
}  // namespace msc::storage
