#include <filesystem>

#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::HasSubstr;

class PageBlobsTest : public ServiceTest {
 protected:
  PageBlobsTest() { Create(8192); }

  http::Response Create(std::uint64_t size, http::Headers headers = {},
                        std::string_view blob = "a.mp4") {
    headers.push_back({"x-ms-blob-type", "PageBlob"});
    headers.push_back({"x-ms-blob-content-length", std::to_string(size)});
    return SendText(Method::kPut, Target(blob), "", std::move(headers));
  }

  static std::string Range(std::uint64_t first, std::uint64_t length) {
    return "bytes=" + std::to_string(first) + '-' + std::to_string(first + length - 1);
  }

  http::Response Write(std::uint64_t first, std::string pages, http::Headers headers = {}) {
    headers.push_back({"x-ms-page-write", "update"});
    headers.push_back({"x-ms-range", Range(first, pages.size())});
    return SendText(Method::kPut, Target() + "&comp=page", std::move(pages), std::move(headers));
  }

  http::Response Clear(std::uint64_t first, std::uint64_t length, http::Headers headers = {}) {
    headers.push_back({"x-ms-page-write", "clear"});
    headers.push_back({"x-ms-range", Range(first, length)});
    return SendText(Method::kPut, Target() + "&comp=page", "", std::move(headers));
  }

  http::Response Change(http::Headers headers) {
    return SendText(Method::kPut, Target() + "&comp=properties", "", std::move(headers));
  }

  http::Response Get(http::Headers headers = {}) {
    return Send(Method::kGet, Target(), std::move(headers));
  }

  // "0-511 1024-1535": the page ranges in a list.
  std::string Ranges(std::string_view parameters = "", http::Headers headers = {}) {
    const auto list = Send(Method::kGet, Target() + "&comp=pagelist" + std::string(parameters),
                           std::move(headers));
    std::string ranges;
    for (std::size_t at = 0; (at = list.body.find("<Start>", at)) != std::string::npos;) {
      at += 7;
      const auto end = list.body.find("<End>", at);
      if (!ranges.empty()) ranges += ' ';
      ranges += list.body.substr(at, list.body.find('<', at) - at) + '-' +
                list.body.substr(end + 5, list.body.find('<', end + 5) - end - 5);
    }
    return ranges;
  }

  static void ExpectError(const http::Response& response, int status, std::string_view code) {
    EXPECT_EQ(response.status, status);
    EXPECT_EQ(Code(response), code);
  }

  void ExpectValidRecords() { EXPECT_EQ(database_->Read().FindBadRow(), std::nullopt); }
};

class PutPageBlob : public PageBlobsTest {};

TEST_F(PutPageBlob, HasZerosOnly) {
  const auto blob = Get();

  EXPECT_EQ(Content(blob), std::string(8192, '\0'));
  EXPECT_EQ(Value(blob, "x-ms-blob-type"), "PageBlob");
  EXPECT_EQ(Value(blob, "x-ms-blob-sequence-number"), "0");
  EXPECT_EQ(Value(Send(Method::kHead, Target()), "x-ms-access-tier"), "(none)");
}

TEST_F(PutPageBlob, NeedsASizeOfWholePages) {
  ExpectError(Create(513), 400, "InvalidHeaderValue");
  ExpectError(Create((std::uint64_t{8} << 40) + 512), 400, "InvalidHeaderValue");
  ExpectError(SendText(Method::kPut, Target(), "", {{"x-ms-blob-type", "PageBlob"}}), 400,
              "MissingRequiredHeader");
}

TEST_F(PutPageBlob, TakesNoBody) {
  const auto response =
      SendText(Method::kPut, Target(), std::string(512, 'x'),
               {{"x-ms-blob-type", "PageBlob"}, {"x-ms-blob-content-length", "512"}});

  ExpectError(response, 400, "InvalidHeaderValue");
}

TEST_F(PutPageBlob, TakesASequenceNumber) {
  Create(512, {{"x-ms-blob-sequence-number", "7"}});

  EXPECT_EQ(Value(Get(), "x-ms-blob-sequence-number"), "7");
}

TEST_F(PutPageBlob, IsReplacedByABlockBlobWithoutATrace) {
  Create(512, {{"x-ms-blob-sequence-number", "7"}});
  Write(0, std::string(512, 'x'));

  ASSERT_EQ(Put(Target(), "block").status, 201);

  EXPECT_EQ(Content(Get()), "block");
  EXPECT_EQ(Value(Get(), "x-ms-blob-sequence-number"), "(none)");
  ExpectValidRecords();
}

class PutPage : public PageBlobsTest {};

TEST_F(PutPage, WritesBytesAtTheirPlace) {
  const auto response = Write(1024, std::string(512, 'x'));

  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(Value(response, "x-ms-blob-sequence-number"), "0");
  EXPECT_EQ(Value(response, "Content-MD5"), Base64Encode(Md5Of(std::string(512, 'x'))));
  EXPECT_EQ(Content(Get()),
            std::string(1024, '\0') + std::string(512, 'x') + std::string(8192 - 1536, '\0'));
  EXPECT_EQ(Value(Get(), "ETag"), Value(response, "ETag"));
}

TEST_F(PutPage, ReplacesPartsOfEarlierPages) {
  Write(0, std::string(2048, 'a'));
  Write(512, std::string(512, 'b'));
  Write(1536, std::string(1024, 'c'));

  EXPECT_EQ(Content(Get({{"Range", "bytes=0-2559"}})),
            std::string(512, 'a') + std::string(512, 'b') + std::string(512, 'a') +
                std::string(1024, 'c'));
  ExpectValidRecords();
}

TEST_F(PutPage, ReadsRangesThatBeginAndEndInGaps) {
  Write(1024, std::string(512, 'x'));

  EXPECT_EQ(Content(Get({{"Range", "bytes=1022-1025"}})), std::string("\0\0xx", 4));
  EXPECT_EQ(Content(Get({{"Range", "bytes=1534-1537"}})), std::string("xx\0\0", 4));
  EXPECT_EQ(Content(Get({{"Range", "bytes=1600-1601"}})), std::string("\0\0", 2));
}

TEST_F(PutPage, KeepsLargeWritesAndTheirRests) {
  Create(1 << 20);
  std::string expected(1 << 20, '\0');
  for (const std::uint64_t first : {0u, 65024u, 300'032u, 65536u}) {
    const std::string pages = Pattern(200'192);
    ASSERT_EQ(Write(first, pages).status, 201);
    expected.replace(first, pages.size(), pages);
  }

  EXPECT_TRUE(Content(Get()) == expected);
  ExpectValidRecords();
}

TEST_F(PutPage, WantsWholePages) {
  ExpectError(Write(1, std::string(512, 'x')), 416, "InvalidPageRange");
  ExpectError(Write(0, std::string(511, 'x')), 416, "InvalidPageRange");
}

TEST_F(PutPage, WantsPagesWithinTheBlob) {
  ExpectError(Write(8192, std::string(512, 'x')), 416, "InvalidPageRange");
  ExpectError(Write(7680, std::string(1024, 'x')), 416, "InvalidPageRange");
}

TEST_F(PutPage, WantsAsManyBytesAsTheRangeHas) {
  const auto response = SendText(Method::kPut, Target() + "&comp=page", std::string(512, 'x'),
                                 {{"x-ms-page-write", "update"}, {"x-ms-range", "bytes=0-1023"}});

  ExpectError(response, 400, "InvalidHeaderValue");
}

TEST_F(PutPage, WantsARangeAndAnAction) {
  ExpectError(SendText(Method::kPut, Target() + "&comp=page", "", {{"x-ms-page-write", "clear"}}),
              400, "MissingRequiredHeader");
  ExpectError(SendText(Method::kPut, Target() + "&comp=page", "", {{"x-ms-range", "bytes=0-511"}}),
              400, "MissingRequiredHeader");
  ExpectError(SendText(Method::kPut, Target() + "&comp=page", "",
                       {{"x-ms-range", "bytes=0-511"}, {"x-ms-page-write", "read"}}),
              400, "InvalidHeaderValue");
}

TEST_F(PutPage, RejectsMoreThan4MiB) {
  Create(8 << 20);
  const auto response = Write(0, std::string((4 << 20) + 512, 'x'));

  EXPECT_EQ(response.status, 413);
  EXPECT_THAT(response.body, HasSubstr("<MaxLimit>4194304</MaxLimit>"));
}

TEST_F(PutPage, NeedsAPageBlob) {
  Put(Target(), "block");

  ExpectError(Write(0, std::string(512, 'x')), 409, "InvalidBlobType");
}

TEST_F(PutPage, ObeysConditionsOnTheSequenceNumber) {
  Create(512, {{"x-ms-blob-sequence-number", "5"}});
  const std::string page(512, 'x');
  const auto write = [&](const char* name, const char* number) {
    return Code(Write(0, page, {{name, number}}));
  };

  EXPECT_EQ(write("x-ms-if-sequence-number-le", "4"), "SequenceNumberConditionNotMet");
  EXPECT_EQ(write("x-ms-if-sequence-number-le", "5"), "(none)");
  EXPECT_EQ(write("x-ms-if-sequence-number-lt", "5"), "SequenceNumberConditionNotMet");
  EXPECT_EQ(write("x-ms-if-sequence-number-lt", "6"), "(none)");
  EXPECT_EQ(write("x-ms-if-sequence-number-eq", "4"), "SequenceNumberConditionNotMet");
  EXPECT_EQ(write("x-ms-if-sequence-number-eq", "5"), "(none)");
}

TEST_F(PutPage, ObeysConditions) {
  ExpectError(Write(0, std::string(512, 'x'), {{"If-Match", "\"0x0\""}}), 412, "ConditionNotMet");
}

TEST_F(PutPage, CopiesFromAUrl) {
  Put(Target("source"), std::string(512, '-') + std::string(512, '+'));
  const auto response = SendText(Method::kPut, Target() + "&comp=page", "",
                                 {{"x-ms-page-write", "update"},
                                  {"x-ms-range", "bytes=512-1023"},
                                  {"x-ms-source-range", "bytes=512-1023"},
                                  {"x-ms-copy-source", "http://127.0.0.1" + Target("source")}});

  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(Content(Get({{"Range", "bytes=511-512"}})), std::string("\0+", 2));
}

class ClearPages : public PageBlobsTest {};

TEST_F(ClearPages, LeavesZeros) {
  Write(0, std::string(2048, 'a'));

  const auto response = Clear(512, 1024);

  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(Content(Get({{"Range", "bytes=0-2047"}})),
            std::string(512, 'a') + std::string(1024, '\0') + std::string(512, 'a'));
  EXPECT_EQ(Ranges(), "0-511 1536-2047");
  ExpectValidRecords();
}

TEST_F(ClearPages, TakesNoBody) {
  const auto response = SendText(Method::kPut, Target() + "&comp=page", std::string(512, 'x'),
                                 {{"x-ms-page-write", "clear"}, {"x-ms-range", "bytes=0-511"}});

  ExpectError(response, 400, "InvalidHeaderValue");
}

TEST_F(ClearPages, GivesTheBytesBack) {
  const TemporaryFolder folder;
  Restart(folder.path());
  Create(1 << 20);
  for (std::uint64_t at = 0; at < (1 << 20); at += 4096) Write(at, Pattern(4096));

  Clear(0, 1 << 20);
  Send(Method::kDelete, Target());

  EXPECT_EQ(std::filesystem::file_size(folder.path() + "/blobs.bytes"), 0u);
}

class GetPageRanges : public PageBlobsTest {};

TEST_F(GetPageRanges, ListsWhatWasWritten) {
  Write(512, std::string(1024, 'x'));
  Write(4096, std::string(512, 'z'));

  const auto list = Send(Method::kGet, Target() + "&comp=pagelist");

  EXPECT_EQ(list.status, 200);
  EXPECT_EQ(Value(list, "x-ms-blob-content-length"), "8192");
  EXPECT_THAT(list.body, HasSubstr("<PageList><PageRange><Start>512</Start><End>1535</End>"
                                   "</PageRange><PageRange><Start>4096</Start><End>4607</End>"
                                   "</PageRange></PageList>"));
}

TEST_F(GetPageRanges, ListsWhatIsLeftOfEachWrite) {
  Write(0, std::string(1536, 'a'));
  Write(512, std::string(512, 'b'));
  Write(2048, std::string(512, 'c'));
  Write(2560, std::string(512, 'd'));

  EXPECT_EQ(Ranges(), "0-511 512-1023 1024-1535 2048-2559 2560-3071");
}

TEST_F(GetPageRanges, ListsALargeWriteAsOne) {
  Create(1 << 20);
  Write(0, Pattern(200'192));
  EXPECT_EQ(Ranges(), "0-200191");

  Write(66'048, std::string(512, 'x'));
  EXPECT_EQ(Ranges(), "0-66047 66048-66559 66560-200191");

  Clear(66'048, 65'024);
  EXPECT_EQ(Ranges(), "0-66047 131072-200191");
}

TEST_F(GetPageRanges, ListsOnlyARange) {
  Write(0, std::string(4096, 'x'));

  EXPECT_EQ(Ranges("", {{"x-ms-range", "bytes=1024-2047"}}), "1024-2047");
  EXPECT_EQ(Ranges("", {{"x-ms-range", "bytes=4096-5000"}}), "");
}

TEST_F(GetPageRanges, ComesInParts) {
  for (const std::uint64_t first : {0u, 1024u, 2048u}) Write(first, std::string(512, 'x'));
  const auto first = Send(Method::kGet, Target() + "&comp=pagelist&maxresults=2");
  const auto at = first.body.find("<NextMarker>") + 12;
  const auto marker = first.body.substr(at, first.body.find('<', at) - at);

  EXPECT_EQ(Ranges("&maxresults=2"), "0-511 1024-1535");
  EXPECT_EQ(Ranges("&maxresults=2&marker=" + PercentEncode(marker)), "2048-2559");
}

TEST_F(GetPageRanges, NeedsAPageBlob) {
  Put(Target(), "block");

  ExpectError(Send(Method::kGet, Target() + "&comp=pagelist"), 409, "InvalidBlobType");
}

// What was written or cleared since a snapshot.
class DifferenceOfPageRanges : public PageBlobsTest {
 protected:
  // The name of a new snapshot.
  std::string Snapshot() {
    return Value(SendText(Method::kPut, Target() + "&comp=snapshot", ""), "x-ms-snapshot");
  }

  http::Response Since(const std::string& snapshot, const std::string& more = "") {
    return Send(Method::kGet, Target() + "&comp=pagelist&prevsnapshot=" + snapshot + more);
  }
};

TEST_F(DifferenceOfPageRanges, HasWrittenAndClearedPagesInOrder) {
  for (const std::uint64_t first : {0u, 1024u, 2048u}) Write(first, std::string(512, 'x'));
  const auto snapshot = Snapshot();
  Write(1024, std::string(1024, 'y'));
  Clear(0, 512);

  EXPECT_THAT(Since(snapshot).body,
              HasSubstr("<PageList><ClearRange><Start>0</Start><End>511</End></ClearRange>"
                        "<PageRange><Start>1024</Start><End>2047</End></PageRange></PageList>"));
}

TEST_F(DifferenceOfPageRanges, HasOnlyThePartsThatChanged) {
  Write(0, std::string(4096, 'x'));
  const auto snapshot = Snapshot();
  Write(512, std::string(512, 'y'));
  Clear(2048, 512);

  EXPECT_EQ(Ranges("&prevsnapshot=" + snapshot), "512-1023 2048-2559");
  EXPECT_EQ(Ranges("&prevsnapshot=" + snapshot, {{"x-ms-range", "bytes=0-1023"}}), "512-1023");
  EXPECT_EQ(Ranges("&maxresults=1&prevsnapshot=" + snapshot), "512-1023");
}

TEST_F(DifferenceOfPageRanges, IsEmptyIfNothingChanged) {
  Write(0, std::string(512, 'x'));

  EXPECT_EQ(Ranges("&prevsnapshot=" + Snapshot()), "");
}

TEST_F(DifferenceOfPageRanges, CanBeThatOfTwoSnapshots) {
  const auto first = Snapshot();
  Write(0, std::string(512, 'x'));
  const auto second = Snapshot();
  Write(512, std::string(512, 'y'));

  EXPECT_EQ(Ranges("&prevsnapshot=" + first + "&snapshot=" + second), "0-511");
  EXPECT_EQ(Ranges("&prevsnapshot=" + second), "512-1023");
}

TEST_F(DifferenceOfPageRanges, HasAllPagesOfABlobThatReplacedIt) {
  Write(0, std::string(1024, 'x'));
  const auto snapshot = Snapshot();
  SendText(Method::kPut, Target(), "",
           {{"x-ms-copy-source", "http://127.0.0.1" + Target() + "&snapshot=" + snapshot}});

  EXPECT_EQ(Ranges("&prevsnapshot=" + snapshot), "0-1023");
}

TEST_F(DifferenceOfPageRanges, TakesTheSnapshotsUrlToo) {
  const auto snapshot = Snapshot();
  Write(0, std::string(512, 'x'));

  EXPECT_EQ(Ranges("", {{"x-ms-previous-snapshot-url",
                         "http://127.0.0.1" + Path() + "?snapshot=" + snapshot}}),
            "0-511");
}

TEST_F(DifferenceOfPageRanges, NeedsAnOlderSnapshot) {
  const auto first = Snapshot(), second = Snapshot();

  ExpectError(Since(second, "&snapshot=" + first), 409, "PreviousSnapshotCannotBeNewer");
  ExpectError(Since("2011-03-09T01:42:34.9360000Z"), 409, "PreviousSnapshotNotFound");
  ExpectError(Since("1"), 400, "InvalidQueryParameterValue");
}

class SetPageBlobProperties : public PageBlobsTest {};

TEST_F(SetPageBlobProperties, ShrinksAndGrows) {
  Write(0, std::string(2048, 'x'));

  EXPECT_EQ(Change({{"x-ms-blob-content-length", "1024"}}).status, 200);
  EXPECT_EQ(Content(Get()), std::string(1024, 'x'));

  Change({{"x-ms-blob-content-length", "2048"}});
  EXPECT_EQ(Content(Get()), std::string(1024, 'x') + std::string(1024, '\0'));
  ExpectValidRecords();
}

TEST_F(SetPageBlobProperties, KeepsOtherPropertiesIfNoneIsSent) {
  Create(512, {{"Content-Type", "text/plain"}});
  Change({{"x-ms-blob-content-length", "1024"}});
  EXPECT_EQ(Value(Get(), "Content-Type"), "text/plain");

  Change({{"x-ms-blob-content-length", "512"}, {"x-ms-blob-content-type", "image/png"}});
  EXPECT_EQ(Value(Get(), "Content-Type"), "image/png");
}

TEST_F(SetPageBlobProperties, ChangesTheSequenceNumber) {
  const auto change = [&](const char* action, const char* number) {
    http::Headers headers = {{"x-ms-sequence-number-action", action}};
    if (*number != '\0') headers.push_back({"x-ms-blob-sequence-number", number});
    return Value(Change(headers), "x-ms-blob-sequence-number");
  };

  EXPECT_EQ(change("update", "7"), "7");
  EXPECT_EQ(change("max", "5"), "7");
  EXPECT_EQ(change("max", "9"), "9");
  EXPECT_EQ(change("increment", ""), "10");
  EXPECT_EQ(change("update", "3"), "3");
}

TEST_F(SetPageBlobProperties, RejectsBadSequenceNumbers) {
  ExpectError(Change({{"x-ms-sequence-number-action", "max"}}), 400, "MissingRequiredHeader");
  ExpectError(Change({{"x-ms-sequence-number-action", "none"}}), 400, "InvalidHeaderValue");
  Change({{"x-ms-sequence-number-action", "update"},
          {"x-ms-blob-sequence-number", "9223372036854775807"}});
  ExpectError(Change({{"x-ms-sequence-number-action", "increment"}}), 409,
              "SequenceNumberIncrementTooLarge");
}

TEST_F(SetPageBlobProperties, ResizesPageBlobsOnly) {
  Put(Target(), "block");

  ExpectError(Change({{"x-ms-blob-content-length", "512"}}), 409, "InvalidBlobType");
}

class PageBlobs : public PageBlobsTest {};

TEST_F(PageBlobs, Of8TiBTakeThePagesThatWereWritten) {
  constexpr std::uint64_t kSize = std::uint64_t{8} << 40;
  const TemporaryFolder folder;
  Restart(folder.path());
  Create(kSize);
  for (const std::uint64_t first : {std::uint64_t{0}, kSize / 2, kSize - 512}) {
    ASSERT_EQ(Write(first, std::string(512, 'x')).status, 201);
  }

  EXPECT_EQ(Content(Get({{"Range", Range(kSize - 513, 513)}})), '\0' + std::string(512, 'x'));
  EXPECT_EQ(service_->FindBlob(kContainerName, "a.mp4")->size, kSize);
  EXPECT_LE(std::filesystem::file_size(folder.path() + "/blobs.bytes"), 3 * 4096u);
}

TEST_F(PageBlobs, AreCopiedWithTheirGaps) {
  Create(8192, {{"x-ms-blob-sequence-number", "7"}});
  Write(1024, std::string(512, 'x'));
  const http::Headers source = {{"x-ms-copy-source", "http://127.0.0.1" + Target()}};
  ASSERT_EQ(SendText(Method::kPut, Target("copy"), "", source).status, 202);
  Write(1024, std::string(512, 'y'));

  const auto copy = Send(Method::kGet, Target("copy"));

  EXPECT_EQ(Content(copy),
            std::string(1024, '\0') + std::string(512, 'x') + std::string(6656, '\0'));
  EXPECT_EQ(Value(copy, "x-ms-blob-sequence-number"), "7");
  ExpectValidRecords();
}

TEST_F(PageBlobs, DoNotBecomeBlockBlobs) {
  const http::Headers source = {{"x-ms-copy-source", "http://127.0.0.1" + Target()},
                                {"x-ms-blob-type", "BlockBlob"}};

  ExpectError(SendText(Method::kPut, Target("copy"), "", source), 409, "InvalidSourceBlobType");
}

TEST_F(PageBlobs, AreListedAsSuch) {
  const auto list = Send(Method::kGet, Container("&comp=list"));

  EXPECT_THAT(list.body, HasSubstr("<x-ms-blob-sequence-number>0</x-ms-blob-sequence-number>"
                                   "<BlobType>PageBlob</BlobType>"));
}

TEST_F(PageBlobs, SurviveARestart) {
  const TemporaryFolder folder;
  Restart(folder.path());
  Create(8192);
  Write(1024, std::string(512, 'x'));

  Restart(folder.path());

  EXPECT_EQ(Ranges(), "1024-1535");
  EXPECT_EQ(Content(Get({{"Range", "bytes=1023-1024"}})), std::string("\0x", 2));
}

TEST_F(PageBlobs, AreInspectedWithTheirZeros) {
  Write(512, std::string(512, 'x'));
  HashBudget budget;

  const auto inspection = service_->Inspect(kContainerName, "a.mp4", budget);

  Sha256Stream expected;
  expected.Update(std::string(512, '\0') + std::string(512, 'x') + std::string(7168, '\0'));
  EXPECT_EQ(inspection->sha256, HexEncode(expected.Finish()));
  EXPECT_EQ(inspection->head.substr(511, 2), std::string("\0x", 2));
}

}  // namespace
}  // namespace msc::storage
