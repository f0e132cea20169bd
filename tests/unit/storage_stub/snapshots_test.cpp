#include "storage_stub/records/blob_store.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class SnapshotsTest : public ServiceTest {
 protected:
  SnapshotsTest() { Put(Target(), "old", {{"x-ms-meta-a", "1"}}); }

  http::Response Take(http::Headers headers = {}, std::string_view blob = "a.mp4") {
    return SendText(Method::kPut, Target(blob) + "&comp=snapshot", "", std::move(headers));
  }

  // The parameter that names a new snapshot.
  std::string TakeOne(std::string_view blob = "a.mp4") {
    return "&snapshot=" + Value(Take({}, blob), "x-ms-snapshot");
  }

  http::Response Get(const std::string& moment = "") {
    return Send(Method::kGet, Target() + moment);
  }
  http::Response Head(const std::string& moment = "") {
    return Send(Method::kHead, Target() + moment);
  }

  http::Response Delete(const std::string& moment, const std::string& snapshots = "") {
    http::Headers headers;
    if (!snapshots.empty()) headers.push_back({"x-ms-delete-snapshots", snapshots});
    return Send(Method::kDelete, Target() + moment, headers);
  }

  std::string List(const std::string& parameters = "&include=snapshots") {
    return Content(Send(Method::kGet, Container("&comp=list" + parameters)));
  }

  static void ExpectError(const http::Response& response, int status, std::string_view code) {
    EXPECT_EQ(response.status, status);
    EXPECT_EQ(Code(response), code);
  }

  // Names and moments of a list, page by page.
  std::vector<std::string> Pages(const std::string& parameters) {
    std::vector<std::string> items;
    std::string marker;
    do {
      const auto page = List(parameters + "&maxresults=1&marker=" + PercentEncode(marker));
      const auto moments = All(page, "Snapshot");
      items.push_back(All(page, "Name").at(0) + '@' + (moments.empty() ? "" : moments[0]));
      marker = All(page, "NextMarker").empty() ? "" : All(page, "NextMarker").at(0);
    } while (!marker.empty());
    return items;
  }
};

class SnapshotBlob : public SnapshotsTest {};

TEST_F(SnapshotBlob, NamesTheSnapshotByATimeOfItsOwn) {
  const auto first = Take(), second = Take();

  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(Value(first, "x-ms-snapshot"), "2015-03-23T19:35:07.0000002Z");
  EXPECT_NE(Value(first, "x-ms-snapshot"), Value(second, "x-ms-snapshot"));
  EXPECT_EQ(Value(first, "ETag"), Value(Head(), "ETag"));
  EXPECT_EQ(Value(first, "Last-Modified"), Value(Head(), "Last-Modified"));
}

TEST_F(SnapshotBlob, KeepsWhatTheBlobWas) {
  const auto snapshot = TakeOne();
  Put(Target(), "new", {{"x-ms-meta-a", "2"}});

  EXPECT_EQ(Content(Get(snapshot)), "old");
  EXPECT_EQ(Value(Get(snapshot), "x-ms-meta-a"), "1");
  EXPECT_EQ(Value(Head(snapshot), "Content-Length"), "3");
  EXPECT_EQ(Content(Get()), "new");
}

TEST_F(SnapshotBlob, CanHaveMetadataOfItsOwn) {
  clock_.Advance(1min);
  const auto taken = Take({{"x-ms-meta-b", "2"}});

  const auto snapshot = Head("&snapshot=" + Value(taken, "x-ms-snapshot"));
  EXPECT_EQ(Value(snapshot, "x-ms-meta-a"), "(none)");
  EXPECT_EQ(Value(snapshot, "x-ms-meta-b"), "2");
  EXPECT_EQ(Value(snapshot, "ETag"), Value(taken, "ETag"));
  EXPECT_NE(Value(snapshot, "ETag"), Value(Head(), "ETag"));
  EXPECT_EQ(Value(Head(), "x-ms-meta-a"), "1");
}

TEST_F(SnapshotBlob, HasConditions) {
  ExpectError(Take({{"If-Match", "\"0x1\""}}), 412, "ConditionNotMet");
  EXPECT_EQ(Take({{"If-Match", Value(Head(), "ETag")}}).status, 201);
}

TEST_F(SnapshotBlob, NeedsABlob) { ExpectError(Take({}, "none"), 404, "BlobNotFound"); }

TEST_F(SnapshotBlob, IsNotTakenOfASnapshot) {
  const auto response = SendText(Method::kPut, Target() + TakeOne() + "&comp=snapshot", "");

  ExpectError(response, 400, "InvalidQueryParameterValue");
}

TEST_F(SnapshotBlob, KeepsTheBlocksOfAnAppendBlob) {
  SendText(Method::kPut, Target("log"), "", {{"x-ms-blob-type", "AppendBlob"}});
  SendText(Method::kPut, Target("log") + "&comp=appendblock", "one");
  const auto snapshot = TakeOne("log");
  SendText(Method::kPut, Target("log") + "&comp=appendblock", "two");

  EXPECT_EQ(Content(Send(Method::kGet, Target("log") + snapshot)), "one");
  EXPECT_EQ(Content(Send(Method::kGet, Target("log"))), "onetwo");
}

TEST_F(SnapshotBlob, KeepsThePagesOfAPageBlob) {
  const auto write = [&](char page) {
    SendText(Method::kPut, Target("disk") + "&comp=page", std::string(512, page),
             {{"x-ms-page-write", "update"}, {"x-ms-range", "bytes=0-511"}});
  };
  SendText(Method::kPut, Target("disk"), "",
           {{"x-ms-blob-type", "PageBlob"}, {"x-ms-blob-content-length", "512"}});
  write('a');
  const auto snapshot = TakeOne("disk");
  write('b');

  EXPECT_EQ(Content(Send(Method::kGet, Target("disk") + snapshot)), std::string(512, 'a'));
  EXPECT_EQ(Content(Send(Method::kGet, Target("disk"))), std::string(512, 'b'));
}

TEST_F(SnapshotBlob, KeepsTheBlockListWithoutUncommittedBlocks) {
  SendText(Method::kPut, Target() + "&comp=block&blockid=YQ%3D%3D", "block");
  SendText(Method::kPut, Target() + "&comp=blocklist",
           "<BlockList><Latest>YQ==</Latest></BlockList>");
  const auto snapshot = TakeOne();
  SendText(Method::kPut, Target() + "&comp=block&blockid=Yg%3D%3D", "next");

  const auto list = Content(Get(snapshot + "&comp=blocklist&blocklisttype=all"));

  EXPECT_THAT(list, HasSubstr("<Name>YQ==</Name>"));
  EXPECT_THAT(list, Not(HasSubstr("<Name>Yg==</Name>")));
}

class SnapshotName : public SnapshotsTest {};

TEST_F(SnapshotName, MustBeATimeWithSevenDecimals) {
  for (const auto* name :
       {"1", "2015-03-23", "2015-03-23T19:35:07Z", "2015-13-23T19:35:07.0000000Z"}) {
    ExpectError(Get("&snapshot=" + std::string(name)), 400, "InvalidQueryParameterValue");
    ExpectError(Get("&versionid=" + std::string(name)), 400, "InvalidQueryParameterValue");
  }
}

TEST_F(SnapshotName, MustBeThatOfASnapshot) {
  const auto snapshot = TakeOne();

  ExpectError(Get("&snapshot=2015-03-23T19:35:07.0000000Z"), 404, "BlobNotFound");
  ExpectError(Get("&versionid=" + snapshot.substr(snapshot.find('=') + 1)), 404, "BlobNotFound");
}

TEST_F(SnapshotName, ExcludesThatOfAVersion) {
  const auto response = Get(TakeOne() + "&versionid=2015-03-23T19:35:07.0000000Z");

  ExpectError(response, 400, "MutuallyExclusiveQueryParameters");
}

TEST_F(SnapshotName, IsNotTakenByOperationsThatChangeTheBlob) {
  const auto snapshot = TakeOne();

  for (const auto* comp :
       {"", "&comp=metadata", "&comp=properties", "&comp=block&blockid=YQ%3D%3D"}) {
    ExpectError(Put(Target() + snapshot + comp, "x"), 400, "InvalidQueryParameterValue");
  }
  EXPECT_EQ(Content(Get(snapshot)), "old");
}

class ListSnapshots : public SnapshotsTest {};

TEST_F(ListSnapshots, HasThemBeforeTheBlobTheOldestFirst) {
  const auto first = Value(Take(), "x-ms-snapshot"), second = Value(Take(), "x-ms-snapshot");

  const auto list = List();

  EXPECT_THAT(All(list, "Name"), ElementsAre("a.mp4", "a.mp4", "a.mp4"));
  EXPECT_THAT(All(list, "Snapshot"), ElementsAre(first, second));
  EXPECT_LT(list.find(second), list.rfind("<Name>"));
}

TEST_F(ListSnapshots, HasThemOnlyIfAskedFor) {
  Take();

  EXPECT_THAT(All(List(""), "Name"), ElementsAre("a.mp4"));
  EXPECT_THAT(List(""), Not(HasSubstr("<Snapshot>")));
}

TEST_F(ListSnapshots, ContinuesInTheMiddleOfAName) {
  Put(Target("b"), "x");
  const auto first = Value(Take(), "x-ms-snapshot"), second = Value(Take(), "x-ms-snapshot");
  const auto of_b = Value(Take({}, "b"), "x-ms-snapshot");

  EXPECT_THAT(Pages("&include=snapshots"),
              ElementsAre("a.mp4@" + first, "a.mp4@" + second, "a.mp4@", "b@" + of_b, "b@"));
}

TEST_F(ListSnapshots, HasAnUncommittedBlobOnceToo) {
  Take();
  SendText(Method::kPut, Target() + "&comp=block&blockid=YQ%3D%3D", "block");
  SendText(Method::kPut, Target("aa") + "&comp=block&blockid=YQ%3D%3D", "block");

  EXPECT_THAT(All(List("&include=snapshots,uncommittedblobs"), "Name"),
              ElementsAre("a.mp4", "a.mp4", "aa"));
}

TEST_F(ListSnapshots, IsNotGroupedByADelimiter) {
  const auto response = Send(Method::kGet, Container("&comp=list&include=snapshots&delimiter=/"));

  ExpectError(response, 400, "InvalidQueryParameterValue");
}

class DeleteSnapshots : public SnapshotsTest {};

TEST_F(DeleteSnapshots, MustBeAskedForIfThereAreSome) {
  const auto snapshot = TakeOne();

  ExpectError(Delete(""), 409, "SnapshotsPresent");
  EXPECT_EQ(Content(Get()), "old");
  EXPECT_EQ(Content(Get(snapshot)), "old");
}

TEST_F(DeleteSnapshots, GoTogetherWithTheBlob) {
  TakeOne();
  TakeOne();

  EXPECT_EQ(Delete("", "include").status, 202);
  EXPECT_THAT(List(), Not(HasSubstr("<Blob>")));
}

TEST_F(DeleteSnapshots, CanGoAlone) {
  const auto snapshot = TakeOne();

  EXPECT_EQ(Delete("", "only").status, 202);
  EXPECT_EQ(Content(Get()), "old");
  ExpectError(Get(snapshot), 404, "BlobNotFound");
}

TEST_F(DeleteSnapshots, CanBeOne) {
  const auto first = TakeOne(), second = TakeOne();

  EXPECT_EQ(Delete(first).status, 202);
  ExpectError(Get(first), 404, "BlobNotFound");
  EXPECT_EQ(Content(Get(second)), "old");
  EXPECT_EQ(Content(Get()), "old");
  ExpectError(Delete(first), 404, "BlobNotFound");
}

TEST_F(DeleteSnapshots, HasTwoValuesAndNoneForASnapshot) {
  const auto snapshot = TakeOne();

  ExpectError(Delete("", "all"), 400, "InvalidHeaderValue");
  ExpectError(Delete(snapshot, "include"), 400, "InvalidHeaderValue");
  ExpectError(Delete(snapshot, "only"), 400, "InvalidHeaderValue");
}

TEST_F(DeleteSnapshots, KeepsTheBlocksThatOthersHave) {
  const auto first = TakeOne(), second = TakeOne();
  Put(Target(), "new");
  Delete(first);

  EXPECT_EQ(Content(Get(second)), "old");
  EXPECT_EQ(Delete(second).status, 202);
  EXPECT_EQ(Content(Get()), "new");
}

TEST_F(DeleteSnapshots, GoWithTheContainer) {
  TakeOne();

  EXPECT_TRUE(DeleteContainer());
  EXPECT_TRUE(ReadUsedExtents(*database_).empty());
}

class CopySnapshot : public SnapshotsTest {
 protected:
  http::Response Copy(std::string_view to, const std::string& moment) {
    return SendText(Method::kPut, Target(to), "",
                    {{"x-ms-copy-source", "http://127.0.0.1" + Target() + moment}});
  }
};

TEST_F(CopySnapshot, PromotesItToTheBlob) {
  const auto snapshot = TakeOne();
  Put(Target(), "new");

  EXPECT_EQ(Copy("a.mp4", snapshot).status, 202);
  EXPECT_EQ(Content(Get()), "old");
  EXPECT_EQ(Content(Get(snapshot)), "old");
}

TEST_F(CopySnapshot, MakesABlobOfItsOwn) {
  const auto snapshot = TakeOne();
  Put(Target(), "new");
  Copy("b", snapshot);
  Delete("", "include");

  const auto copy = Send(Method::kGet, Target("b"));
  EXPECT_EQ(Content(copy), "old");
  EXPECT_THAT(Value(copy, "x-ms-copy-source"), ::testing::EndsWith("a.mp4?" + snapshot.substr(1)));
}

TEST_F(CopySnapshot, NeedsASnapshot) {
  ExpectError(Copy("b", "&snapshot=2015-03-23T19:35:07.0000000Z"), 404, "CannotVerifyCopySource");
  ExpectError(Copy("b", "&snapshot=1"), 404, "CannotVerifyCopySource");
}

class SnapshotState : public SnapshotsTest {};

TEST_F(SnapshotState, OutlivesTheProcess) {
  const TemporaryFolder folder;
  Restart(folder.path());
  Put(Target(), "old");
  const auto snapshot = TakeOne();
  Put(Target(), "new");

  Restart(folder.path());

  EXPECT_EQ(Content(Get(snapshot)), "old");
  EXPECT_EQ(Content(Get()), "new");
}

TEST_F(SnapshotState, FollowsTheRulesOfRecords) {
  TakeOne();
  Put(Target(), "new");
  TakeOne();

  auto transaction = database_->Read();
  EXPECT_EQ(transaction.FindBadRow(), std::nullopt);
}

TEST_F(SnapshotsTest, HaveSignaturesOfTheirOwn) {
  const std::string moment = TakeOne();
  Sas sas{.version = "2020-12-06", .resource = "bs", .permissions = "r", .expires = kExpires};
  sas.snapshot = moment.substr(moment.find('=') + 1);
  const auto text =
      StringToSign(sas, CanonicalResource(sas, {kAccountName, kContainerName, "a.mp4"}));
  const std::string target = Path() + "?sv=2020-12-06&sr=bs&sp=r&se=" + kExpires +
                             "&sig=" + PercentEncode(Sign(TestKey(), text));
  Put(Target(), "new");

  EXPECT_EQ(Content(Send(Method::kGet, target + moment)), "old");
  ExpectError(Send(Method::kGet, target), 403, "AuthenticationFailed");
  ExpectError(Send(Method::kGet, target + TakeOne()), 403, "AuthenticationFailed");
}

}  // namespace
}  // namespace msc::storage
