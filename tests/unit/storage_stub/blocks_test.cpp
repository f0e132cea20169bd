#include <sys/stat.h>

#include "emulator/base/encoding.h"
#include "emulator/http/http_error.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::HasSubstr;
using ::testing::Not;

// Blocks go through the connector's own kind of URL.
class BlocksTest : public ServiceTest {
 protected:
  http::Response Stage(const std::string& id, std::string content, http::Headers headers = {}) {
    return SendText(Method::kPut, Target() + "&comp=block&blockid=" + id, std::move(content),
                    std::move(headers));
  }

  // `entries`: "<Latest>AAAA</Latest>…"
  http::Response Commit(const std::string& entries, http::Headers headers = {}) {
    return SendText(
        Method::kPut, Target() + "&comp=blocklist",
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>" + entries + "</BlockList>",
        std::move(headers));
  }

  std::string Lists(const std::string& type = "all") {
    return Send(Method::kGet, Target() + "&comp=blocklist&blocklisttype=" + type).body;
  }

  static std::uint64_t BytesOnDisk(const std::string& folder) {
    struct stat status {};
    EXPECT_EQ(::stat((folder + "/blobs.bytes").c_str(), &status), 0);
    return static_cast<std::uint64_t>(status.st_blocks) * 512;
  }

  std::string Blob() { return Content(Send(Method::kGet, Target())); }
};

class PutBlockListBlocks : public BlocksTest {};

TEST_F(PutBlockListBlocks, BecomeABlobInTheOrderOfTheList) {
  ASSERT_EQ(Stage("AAAA", "first ").status, 201);
  ASSERT_EQ(Stage("BBBB", "second").status, 201);
  EXPECT_EQ(Send(Method::kGet, Target()).status, 404);

  EXPECT_EQ(Commit("<Latest>BBBB</Latest><Uncommitted>AAAA</Uncommitted>").status, 201);

  EXPECT_EQ(Blob(), "secondfirst ");
}

TEST_F(PutBlockListBlocks, AreTakenFromAListWithTheLineEndsOfWindows) {
  Stage("AAAA", "x");

  EXPECT_EQ(Commit("\r\n  <Latest>\r\n    AAAA\r\n  </Latest>\r\n").status, 201);

  EXPECT_EQ(Blob(), "x");
}

TEST_F(PutBlockListBlocks, MayStandInAListTwice) {
  Stage("AAAA", "x");

  Commit("<Latest>AAAA</Latest><Latest>AAAA</Latest>");

  EXPECT_EQ(Blob(), "xx");
  ASSERT_EQ(Commit("<Committed>AAAA</Committed>").status, 201);
  EXPECT_EQ(Blob(), "x");
}

class PutBlockBlocks : public BlocksTest {};

TEST_F(PutBlockBlocks, AreReplacedByTheSameName) {
  Stage("AAAA", "old");
  Stage("AAAA", "newer");

  Commit("<Latest>AAAA</Latest>");

  EXPECT_EQ(Blob(), "newer");
}

TEST_F(PutBlockListBlocks, OfTheBlobAndNewOnesMix) {
  Stage("AAAA", "a");
  Stage("BBBB", "b");
  Commit("<Latest>AAAA</Latest><Latest>BBBB</Latest>");
  Stage("BBBB", "B");
  Stage("CCCC", "c");

  ASSERT_EQ(Commit("<Committed>BBBB</Committed><Latest>BBBB</Latest><Latest>AAAA</Latest>"
                   "<Uncommitted>CCCC</Uncommitted>")
                .status,
            201);

  EXPECT_EQ(Blob(), "bBac");
}

TEST_F(PutBlockListBlocks, AnEmptyListMakesAnEmptyBlob) {
  Stage("AAAA", "a");

  EXPECT_EQ(Commit("").status, 201);

  EXPECT_EQ(Blob(), "");
  EXPECT_THAT(Lists(), HasSubstr("<UncommittedBlocks></UncommittedBlocks>"));
}

TEST_F(PutBlockListBlocks, ThatAreNotThereMakeAListInvalid) {
  Stage("AAAA", "a");
  ASSERT_EQ(Commit("<Latest>AAAA</Latest>").status, 201);

  for (const char* entry : {"<Latest>ZZZZ</Latest>", "<Uncommitted>AAAA</Uncommitted>"}) {
    const auto response = Commit(entry);
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(Code(response), "InvalidBlockList");
  }
  EXPECT_EQ(Blob(), "a");
}

class GetBlockListBlocks : public BlocksTest {};

TEST_F(GetBlockListBlocks, AreListedByKind) {
  Stage("AAAA", "a");
  Commit("<Latest>AAAA</Latest>");
  Stage("BBBB", "bb");

  EXPECT_THAT(Lists("all"),
              HasSubstr("<BlockList><CommittedBlocks><Block><Name>AAAA</Name><Size>1</Size></Block>"
                        "</CommittedBlocks><UncommittedBlocks><Block><Name>BBBB</Name>"
                        "<Size>2</Size></Block></UncommittedBlocks></BlockList>"));
  EXPECT_THAT(Lists("committed"), Not(HasSubstr("Uncommitted")));
  EXPECT_THAT(Lists("uncommitted"), Not(HasSubstr("<CommittedBlocks>")));
  EXPECT_EQ(Code(Send(Method::kGet, Target() + "&comp=blocklist&blocklisttype=some")),
            "InvalidQueryParameterValue");
}

TEST_F(GetBlockListBlocks, OfNoBlobAreNotListed) {
  EXPECT_EQ(Code(Send(Method::kGet, Target() + "&comp=blocklist")), "BlobNotFound");
}

TEST_F(PutBlockBlocks, GoWhenAPutBlobTakesTheirPlace) {
  Stage("AAAA", "a");

  Put(Target(), "whole");

  EXPECT_THAT(Lists(), Not(HasSubstr("AAAA")));
  EXPECT_EQ(Code(Commit("<Latest>AAAA</Latest>")), "InvalidBlockList");
}

TEST_F(PutBlockBlocks, AbandonedGiveTheirBytesBackWhileOthersWrite) {
  TemporaryFolder folder;
  Restart(folder.path());
  Stage("AAAA", Pattern(1'000'000));
  ASSERT_GE(BytesOnDisk(folder.path()), 1'000'000u);

  clock_.Advance(std::chrono::days(8));
  ASSERT_TRUE(service_->SetPolicy(
      kContainerName, {.id = "late", .permissions = "w", .expires = clock_.Now() + 1h}));
  const std::string query =
      service_->SignByPolicy(kContainerName, "late", clock_.Now() - 1min, std::nullopt);
  ASSERT_EQ(SendText(Method::kPut, Path("b") + "?comp=block&blockid=AAAA&" + query, "x").status,
            201);

  EXPECT_EQ(BytesOnDisk(folder.path()), 4096u);
  EXPECT_EQ(Code(SendText(Method::kPut, Path() + "?comp=blocklist&" + query,
                          "<BlockList><Latest>AAAA</Latest></BlockList>")),
            "InvalidBlockList");
}

struct BlockName {
  const char* name;
  std::string query;
  const char* code;
};

class PutBlockNames : public BlocksTest, public ::testing::WithParamInterface<BlockName> {};

TEST_P(PutBlockNames, AreChecked) {
  const auto response = SendText(Method::kPut, Target() + "&comp=block" + GetParam().query, "x");

  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(Code(response), GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(
    Bad, PutBlockNames,
    ::testing::Values(BlockName{"Missing", "", "MissingRequiredQueryParameter"},
                      BlockName{"Empty", "&blockid=", "InvalidQueryParameterValue"},
                      BlockName{"NoBase64", "&blockid=AAA!", "InvalidQueryParameterValue"},
                      BlockName{"Unpadded", "&blockid=AAAAA", "InvalidQueryParameterValue"},
                      BlockName{"Of65Bytes",
                                "&blockid=" + PercentEncode(Base64Encode(std::string(65, 'x'))),
                                "OutOfRangeInput"}),
    [](const auto& row) { return row.param.name; });

TEST_F(PutBlockBlocks, TakeNamesAsClientsWriteThem) {
  const std::string longest = Base64Encode(std::string(64, '\xFB'));
  EXPECT_EQ(Stage("++++", "blanks").status, 400);
  EXPECT_EQ(Stage("%2B%2B%2F%3D", "x").status, 400);  // Another length once decoded: no base64.
  EXPECT_EQ(Stage("%2B%2B%2B%2B", "the same, encoded").status, 201);
  ASSERT_EQ(Commit("<Latest> ++++\n</Latest>").status, 201);
  EXPECT_EQ(Blob(), "the same, encoded");

  EXPECT_EQ(Stage(PercentEncode(longest), "64 bytes").status, 201);
  EXPECT_EQ(Commit("<Latest>" + longest + "</Latest>").status, 201);
}

TEST_F(PutBlockBlocks, HaveNamesOfOneLength) {
  ASSERT_EQ(Stage("AAAA", "x").status, 201);

  const auto response = Stage("AAAAAAAA", "y");

  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(Code(response), "InvalidBlobOrBlock");
  EXPECT_EQ(Code(Stage("AAA=", "y")), "InvalidBlobOrBlock");
}

TEST_F(PutBlockBlocks, AreNeverEmpty) {
  EXPECT_EQ(Code(Stage("AAAA", "")), "InvalidHeaderValue");

  RestartLoose();
  FakeBody chunked("", /*chunked=*/true);
  EXPECT_EQ(Code(Send(Method::kPut, Target() + "&comp=block&blockid=AAAA", {}, &chunked)),
            "InvalidHeaderValue");
}

TEST_F(GetBlockListBlocks, AreListedWithoutHoldingTheListInMemory) {
  for (int i = 0; i < 1'000; ++i) {
    Stage(Base64Encode(std::string(60, 'x') + std::to_string(1'000 + i)), "x");
  }

  const auto response = Send(Method::kGet, Target() + "&comp=blocklist&blocklisttype=all");

  EXPECT_EQ(response.body, "");
  EXPECT_EQ(Value(response, "Content-Length"), std::to_string(response.source->size()));
  EXPECT_THAT(Content(response), HasSubstr("</UncommittedBlocks></BlockList>"));
}

TEST_F(PutBlockBlocks, AnswerWithTheirMd5UnderTheConnectorsVersion) {
  const auto response = Stage("AAAA", "hello world");

  EXPECT_EQ(Value(response, "Content-MD5"), Base64Encode(Md5Of("hello world")));
  EXPECT_EQ(Value(response, "x-ms-content-crc64"), "(none)");
  EXPECT_EQ(Value(response, "x-ms-request-server-encrypted"), "(none)");
}

TEST_F(PutBlockBlocks, AnswerWithTheirCrc64UnderANewVersion) {
  const std::string target = Authorized(Path() + "?comp=block&blockid=AAAA");

  const auto plain = SendText(Method::kPut, target, "hello world");
  EXPECT_EQ(Value(plain, "x-ms-content-crc64"), "vo7q9sPVKY0=");
  EXPECT_EQ(Value(plain, "Content-MD5"), "(none)");
  EXPECT_EQ(Value(plain, "x-ms-request-server-encrypted"), "true");

  const auto md5 = Base64Encode(Md5Of("hello world"));
  const auto claimed = SendText(Method::kPut, target, "hello world", {{"Content-MD5", md5}});
  EXPECT_EQ(Value(claimed, "Content-MD5"), md5);
  EXPECT_EQ(Value(claimed, "x-ms-content-crc64"), "(none)");
}

TEST_F(PutBlockBlocks, WithAWrongChecksumAreNotKept) {
  const auto md5 = Stage("AAAA", "x", {{"Content-MD5", Base64Encode(Md5Of("y"))}});
  EXPECT_EQ(Code(md5), "Md5Mismatch");

  const auto crc64 = Stage("AAAA", "x", {{"x-ms-content-crc64", "vo7q9sPVKY0="}});
  EXPECT_EQ(Code(crc64), "Crc64Mismatch");
  EXPECT_THAT(crc64.body, HasSubstr("<UserSpecifiedCrc64>vo7q9sPVKY0=</UserSpecifiedCrc64>"));

  EXPECT_EQ(Code(Stage("AAAA", "x", {{"x-ms-content-crc64", "AAAA"}})), "InvalidHeaderValue");
  EXPECT_EQ(Code(Send(Method::kGet, Target() + "&comp=blocklist&blocklisttype=all")),
            "BlobNotFound");
}

TEST_F(PutBlockBlocks, CutOffAreNotKept) {
  FakeBody body("half");
  body.BreaksOffWith(http::HttpError::kClientGone, 8);

  EXPECT_EQ(Send(Method::kPut, Target() + "&comp=block&blockid=AAAA", {}, &body).status, 400);

  EXPECT_EQ(Code(Commit("<Latest>AAAA</Latest>")), "InvalidBlockList");
}

TEST_F(PutBlockBlocks, KeepTheOldLimitWhereStrict) {
  Restart({}, /*strict=*/true);
  FakeBody body("x");

  EXPECT_EQ(Send(Method::kPut, Target() + "&comp=block&blockid=AAAA", {}, &body).status, 201);
  EXPECT_EQ(body.limit(), 4u * 1024 * 1024);
}

struct BadList {
  const char* name;
  std::string body;
  const char* code;
};

class PutBlockListBadBodies : public BlocksTest, public ::testing::WithParamInterface<BadList> {};

TEST_P(PutBlockListBadBodies, AreRefused) {
  Stage("AAAA", "x");

  const auto response = SendText(Method::kPut, Target() + "&comp=blocklist", GetParam().body);

  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(Code(response), GetParam().code);
}

std::string Repeated(std::size_t count, std::string_view text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, PutBlockListBadBodies,
    ::testing::Values(
        BadList{"Nothing", "", "InvalidXmlDocument"},
        BadList{"NoXml", "hello", "InvalidXmlDocument"},
        BadList{"CutOff", "<BlockList><Latest>AA", "InvalidXmlDocument"},
        BadList{"OtherRoot", "<Blocks></Blocks>", "InvalidXmlDocument"},
        BadList{"OtherNode", "<BlockList><Newest>AAAA</Newest></BlockList>", "InvalidXmlDocument"},
        BadList{"Twice", "<BlockList></BlockList><BlockList></BlockList>", "InvalidXmlDocument"},
        BadList{"Trailing", "<BlockList></BlockList>and more", "InvalidXmlDocument"},
        BadList{"Text", "<BlockList>AAAA</BlockList>", "InvalidXmlDocument"},
        BadList{"Control", "<BlockList>\x01</BlockList>", "InvalidXmlDocument"},
        BadList{"NoUtf8", "<BlockList><!--\xFF--></BlockList>", "InvalidXmlDocument"},
        BadList{"NoName", "<BlockList><Latest></Latest></BlockList>", "InvalidXmlNodeValue"},
        BadList{"Deep", Repeated(10'000, "<BlockList>"), "InvalidXmlDocument"},
        BadList{"TooLong",
                "<BlockList>" + Repeated(50'001, "<Latest>AAAA</Latest>") + "</BlockList>",
                "BlockListTooLong"}),
    [](const auto& row) { return row.param.name; });

TEST_F(PutBlockListBlocks, MayBe50000InABlob) {
  Stage("AAAA", "x");

  ASSERT_EQ(Commit(Repeated(50'000, "<Latest>AAAA</Latest>")).status, 201);

  EXPECT_EQ(service_->FindBlob(kContainerName, "a.mp4")->size, 50'000u);
}

TEST_F(PutBlockListBlocks, TakeTheBlobsPropertiesFromTheirOwnHeadersAlone) {
  Stage("AAAA", "x");

  Commit("<Latest>AAAA</Latest>",
         {{"Content-Type", "application/x-www-form-urlencoded"}, {"x-ms-meta-k", "v"}});
  EXPECT_EQ(Value(Send(Method::kGet, Target()), "Content-Type"), "application/octet-stream");
  EXPECT_EQ(Value(Send(Method::kGet, Target()), "Content-MD5"), "(none)");

  const auto md5 = Base64Encode(Md5Of("x"));
  Commit("<Latest>AAAA</Latest>",
         {{"x-ms-blob-content-type", "video/mp4"}, {"x-ms-blob-content-md5", md5}});
  EXPECT_EQ(Value(Send(Method::kGet, Target()), "Content-Type"), "video/mp4");
  EXPECT_EQ(Value(Send(Method::kGet, Target()), "Content-MD5"), md5);
}

TEST_F(PutBlockListBlocks, ListsAreCheckedAgainstTheirMd5) {
  Stage("AAAA", "x");

  const auto response =
      Commit("<Latest>AAAA</Latest>", {{"Content-MD5", Base64Encode(Md5Of("other"))}});

  EXPECT_EQ(Code(response), "Md5Mismatch");
}

TEST_F(PutBlockBlocks, AreRefusedOncePolicyIsGone) {
  Stage("AAAA", "x");
  RemovePolicy();

  EXPECT_EQ(Stage("BBBB", "x").status, 403);
  EXPECT_EQ(Commit("<Latest>AAAA</Latest>").status, 403);
}

TEST_F(PutBlockBlocks, OfLastWeekDoNotSayHowLongNamesAre) {
  Stage("AAAAAAAA", "x");
  clock_.Advance(std::chrono::days(8));

  ASSERT_TRUE(service_->SetPolicy(
      kContainerName, {.id = "late", .permissions = "w", .expires = clock_.Now() + 1h}));
  const std::string target =
      Path() + "?comp=block&blockid=AAAA&" +
      service_->SignByPolicy(kContainerName, "late", clock_.Now() - 1min, std::nullopt);

  EXPECT_EQ(SendText(Method::kPut, target, Pattern(100'000)).status, 201);
}

TEST_F(PutBlockBlocks, SurviveARestart) {
  TemporaryFolder folder;
  Restart(folder.path());
  Stage("AAAA", "committed");
  Commit("<Latest>AAAA</Latest><Latest>AAAA</Latest>");
  Stage("BBBB", " waiting");

  Restart(folder.path());

  ASSERT_EQ(Commit("<Latest>AAAA</Latest><Latest>BBBB</Latest>").status, 201);
  EXPECT_EQ(Blob(), "committed waiting");
}

class UncommittedLimitTest : public ServiceTest {
 protected:
  // Adds so many empty blocks, whose ids have six bytes, to a blob.
  void Add(std::int64_t count) {
    auto transaction = database_->Write();
    transaction
        .Prepare(R"sql(
          WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < :count)
          INSERT INTO uncommitted_block (container_id, blob_name, block_id, offset, length,
            crc64, staged_ms) SELECT (SELECT id FROM container), 'a.mp4',
            printf('%06dAA', n), 0, 0, 0, :now FROM number
        )sql")
        .Bind(":count", count)
        .Bind(":now", clock_.Now())
        .Run();
    transaction.Commit();
  }

  std::string Stage(const std::string& id) {
    return Code(SendText(Method::kPut, Target() + "&comp=block&blockid=" + PercentEncode(id), "x"));
  }
};

TEST_F(UncommittedLimitTest, IsAHundredThousandBlocks) {
  Add(99'999);

  EXPECT_EQ(Stage("xxxxxxAA"), "(none)");
  EXPECT_EQ(Stage("yyyyyyAA"), "RequestEntityTooLargeBlockCountExceedsLimit");
  EXPECT_EQ(Stage("xxxxxxAA"), "(none)");  // Replaces itself.
}

TEST_F(UncommittedLimitTest, BeginsAnewAfterABlockList) {
  Add(100'000);
  ASSERT_EQ(Put(Target(), "x").status, 201);

  EXPECT_EQ(Stage("yyyyyyAA"), "(none)");
}

}  // namespace
}  // namespace msc::storage
