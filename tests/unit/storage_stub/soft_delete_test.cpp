#include "storage_stub/records/blob_store.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class SoftDeleteTest : public ServiceTest {
 protected:
  SoftDeleteTest() {
    soft_delete_days_ = 7;
    RestartLoose();  // The signatures end before the days do.
    Put(Target(), "old", {{"x-ms-meta-a", "1"}});
  }

  http::Response Delete(const std::string& more = "", http::Headers headers = {}) {
    return Send(Method::kDelete, Target() + more, std::move(headers));
  }

  http::Response Get() { return Send(Method::kGet, Target()); }
  http::Response Undelete() { return SendText(Method::kPut, Target() + "&comp=undelete", ""); }
  std::string Snapshot() {
    return Value(SendText(Method::kPut, Target() + "&comp=snapshot", ""), "x-ms-snapshot");
  }

  std::string List(const std::string& include = "deleted,snapshots") {
    return Content(Send(Method::kGet, Container("&comp=list&include=" + include)));
  }

  // As a write does it, an hour later at the latest.
  void Purge() { Put(Target("other"), ""); }

  void ExpectValidRecords() { EXPECT_EQ(database_->Read().FindBadRow(), std::nullopt); }

  static void ExpectError(const http::Response& response, int status, std::string_view code) {
    EXPECT_EQ(response.status, status);
    EXPECT_EQ(Code(response), code);
  }
};

class SoftDelete : public SoftDeleteTest {};

TEST_F(SoftDelete, HidesTheBlob) {
  EXPECT_EQ(Value(Delete(), "x-ms-delete-type-permanent"), "false");

  ExpectError(Get(), 404, "BlobNotFound");
  ExpectError(Delete(), 404, "BlobNotFound");
  EXPECT_THAT(All(List("snapshots"), "Name"), IsEmpty());
  ExpectValidRecords();
}

TEST_F(SoftDelete, IsInListsThatAskForIt) {
  Delete();
  clock_.Advance(36h);

  const auto list = List("deleted");
  EXPECT_THAT(All(list, "Deleted"), ElementsAre("true"));
  EXPECT_THAT(All(list, "DeletedTime"), ElementsAre("Mon, 23 Mar 2015 19:35:07 GMT"));
  EXPECT_THAT(All(list, "RemainingRetentionDays"), ElementsAre("6"));
  EXPECT_THAT(All(list, "Snapshot"), IsEmpty());
}

TEST_F(SoftDelete, EndsAfterTheDays) {
  Delete();
  clock_.Advance(24h * 7);

  EXPECT_THAT(All(List(), "Name"), IsEmpty());
  ExpectError(Undelete(), 404, "BlobNotFound");
}

TEST_F(SoftDelete, FreesTheBytesAfterTheDays) {
  Delete();
  EXPECT_FALSE(ReadUsedExtents(*database_).empty());
  clock_.Advance(24h * 7);
  Purge();
  Delete();

  for (const auto& extent : ReadUsedExtents(*database_)) EXPECT_EQ(extent.length, 0u);
  ExpectValidRecords();
}

TEST_F(SoftDelete, KeepsWhatIsOverwrittenAsADeletedSnapshot) {
  Put(Target(), "new");

  const auto list = List();
  EXPECT_THAT(All(list, "Name"), ElementsAre("a.mp4", "a.mp4"));
  EXPECT_EQ(All(list, "Snapshot").size(), 1u);
  EXPECT_THAT(All(list, "Deleted"), ElementsAre("true"));
  EXPECT_EQ(Delete().status, 202);  // It forbids nothing.
  ExpectValidRecords();
}

TEST_F(SoftDelete, KeepsSnapshotsToo) {
  const auto snapshot = Snapshot();
  Delete("", {{"x-ms-delete-snapshots", "include"}});

  EXPECT_EQ(All(List(), "Deleted").size(), 2u);
  EXPECT_EQ(Undelete().status, 200);
  EXPECT_EQ(Content(Send(Method::kGet, Target() + "&snapshot=" + snapshot)), "old");
}

TEST_F(SoftDelete, IsSetByTheServicesPropertiesToo) {
  soft_delete_days_ = 0;
  RestartLoose();
  const auto properties =
      Authorized('/' + std::string(kAccountName) + "?restype=service&comp=properties");
  SendText(Method::kPut, properties,
           "<StorageServiceProperties><DeleteRetentionPolicy><Enabled>true</Enabled><Days>1</Days>"
           "</DeleteRetentionPolicy></StorageServiceProperties>");
  Put(Target(), "old");

  EXPECT_EQ(Value(Delete(), "x-ms-delete-type-permanent"), "false");
  EXPECT_THAT(All(List(), "RemainingRetentionDays"), ElementsAre("1"));
}

TEST_F(SoftDelete, IsInTheServicesProperties) {
  const auto properties =
      Content(Send(Method::kGet, Authorized('/' + std::string(kAccountName) +
                                            "?restype=service&comp=properties")));

  EXPECT_THAT(properties,
              HasSubstr("<DeleteRetentionPolicy><Enabled>true</Enabled><Days>7</Days>"));
}

TEST_F(SoftDelete, KeepsAtMostAYear) {
  const auto response = SendText(
      Method::kPut,
      Authorized('/' + std::string(kAccountName) + "?restype=service&comp=properties"),
      "<StorageServiceProperties><DeleteRetentionPolicy><Enabled>true</Enabled><Days>366</Days>"
      "</DeleteRetentionPolicy></StorageServiceProperties>");

  ExpectError(response, 400, "InvalidXmlNodeValue");
}

class UndeleteBlob : public SoftDeleteTest {};

TEST_F(UndeleteBlob, RestoresTheBlob) {
  Delete();

  EXPECT_EQ(Undelete().status, 200);
  EXPECT_EQ(Content(Get()), "old");
  EXPECT_EQ(Value(Get(), "x-ms-meta-a"), "1");
  EXPECT_THAT(All(List(), "Deleted"), IsEmpty());
  ExpectValidRecords();
}

TEST_F(UndeleteBlob, RestoresWhatWasDeletedLast) {
  Delete();
  Put(Target(), "new");
  Delete();

  EXPECT_EQ(Undelete().status, 200);
  EXPECT_EQ(Content(Get()), "new");
  EXPECT_EQ(All(List(), "Snapshot").size(), 1u);
  ExpectValidRecords();
}

TEST_F(UndeleteBlob, LeavesABlobThatIsThere) {
  Put(Target(), "new");

  EXPECT_EQ(Undelete().status, 200);
  EXPECT_EQ(Content(Get()), "new");
  EXPECT_EQ(All(List("snapshots"), "Snapshot").size(), 1u);
}

TEST_F(UndeleteBlob, NeedsABlob) {
  ExpectError(SendText(Method::kPut, Target("none") + "&comp=undelete", ""), 404, "BlobNotFound");
}

TEST_F(UndeleteBlob, RestoresDeletedVersions) {
  versioning_ = true;
  RestartLoose();
  Put(Target(), "one");
  const auto first = Value(Get(), "x-ms-version-id");
  Put(Target(), "two");
  const auto version = "&versionid=" + first;
  SendByKey(Method::kDelete, Path() + "?versionid=" + first);

  EXPECT_EQ(All(List("deleted,versions"), "Deleted").size(), 1u);
  EXPECT_EQ(Undelete().status, 200);
  EXPECT_EQ(Content(Send(Method::kGet, Target() + version)), "one");
  EXPECT_EQ(Content(Get()), "two");
}

}  // namespace
}  // namespace msc::storage
