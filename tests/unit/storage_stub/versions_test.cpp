#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class VersionsTest : public ServiceTest {
 protected:
  VersionsTest() {
    versioning_ = true;
    Restart({});
  }

  // With the signature of an account that may delete versions.
  static std::string Key(std::string_view blob = "a.mp4") {
    const AccountSas sas{.version = "2020-12-06",
                         .services = "b",
                         .resource_types = "sco",
                         .permissions = "rwdxlac",
                         .expires = kExpires};
    const std::string signature = Sign(TestKey(), StringToSign(sas, kAccountName));
    return Path(blob) + "?sv=2020-12-06&ss=b&srt=sco&sp=rwdxlac&se=" + kExpires +
           "&sig=" + PercentEncode(signature);
  }

  // The version that a response names.
  static std::string Of(const http::Response& response) {
    return Value(response, "x-ms-version-id");
  }

  std::string Write(const std::string& content) { return Of(Put(Key(), content)); }

  http::Response Get(const std::string& version = "") {
    return Send(Method::kGet, Key() + (version.empty() ? "" : "&versionid=" + version));
  }

  http::Response Delete(const std::string& version = "", http::Headers headers = {}) {
    return Send(Method::kDelete, Key() + (version.empty() ? "" : "&versionid=" + version),
                std::move(headers));
  }

  http::Response SetMetadata(const std::string& value) {
    return SendText(Method::kPut, Key() + "&comp=metadata", "", {{"x-ms-meta-a", value}});
  }

  std::string List(const std::string& more = "") {
    return Content(Send(Method::kGet, Container("&comp=list&include=versions" + more)));
  }

  std::vector<std::string> Versions() { return All(List(), "VersionId"); }

  void ExpectValidRecords() { EXPECT_EQ(database_->Read().FindBadRow(), std::nullopt); }

  static void ExpectError(const http::Response& response, int status, std::string_view code) {
    EXPECT_EQ(response.status, status);
    EXPECT_EQ(Code(response), code);
  }
};

class BlobVersions : public VersionsTest {};

TEST_F(BlobVersions, AreKeptByEachPut) {
  const auto first = Write("one"), second = Write("two");

  EXPECT_EQ(Content(Get()), "two");
  EXPECT_EQ(Content(Get(first)), "one");
  EXPECT_EQ(Content(Get(second)), "two");
  EXPECT_THAT(Versions(), ElementsAre(first, second));
  ExpectValidRecords();
}

TEST_F(BlobVersions, SayWhichIsTheCurrentOne) {
  const auto first = Write("one"), second = Write("two");

  EXPECT_EQ(Of(Get()), second);
  EXPECT_EQ(Value(Get(), "x-ms-is-current-version"), "true");
  EXPECT_EQ(Value(Get(second), "x-ms-is-current-version"), "true");
  EXPECT_EQ(Of(Get(first)), first);
  EXPECT_EQ(Value(Get(first), "x-ms-is-current-version"), "(none)");
  EXPECT_THAT(All(List(), "IsCurrentVersion"), ElementsAre("true"));
}

TEST_F(BlobVersions, AreKeptByABlockList) {
  const auto first = Write("one");
  SendText(Method::kPut, Key() + "&comp=block&blockid=YQ%3D%3D", "two");
  const auto second = Of(SendText(Method::kPut, Key() + "&comp=blocklist",
                                  "<BlockList><Latest>YQ==</Latest></BlockList>"));

  EXPECT_THAT(Versions(), ElementsAre(first, second));
}

TEST_F(BlobVersions, AreKeptBySetBlobMetadata) {
  const auto first = Write("one");
  const auto second = Of(SetMetadata("b"));

  EXPECT_THAT(Versions(), ElementsAre(first, second));
  EXPECT_EQ(Value(Get(first), "x-ms-meta-a"), "(none)");
  EXPECT_EQ(Value(Get(), "x-ms-meta-a"), "b");
  EXPECT_EQ(Content(Get(first)), "one");
  EXPECT_EQ(Content(Get()), "one");
  ExpectValidRecords();
}

TEST_F(BlobVersions, AreNotKeptBySetBlobProperties) {
  const auto only = Write("one");
  SendText(Method::kPut, Key() + "&comp=properties", "", {{"x-ms-blob-content-type", "text/a"}});

  EXPECT_THAT(Versions(), ElementsAre(only));
}

TEST_F(BlobVersions, AreNotKeptByAppendBlock) {
  const auto only = Of(SendText(Method::kPut, Key(), "", {{"x-ms-blob-type", "AppendBlob"}}));
  SendText(Method::kPut, Key() + "&comp=appendblock", "one");
  const auto next = Of(SetMetadata("b"));
  SendText(Method::kPut, Key() + "&comp=appendblock", "two");

  EXPECT_THAT(Versions(), ElementsAre(only, next));
  EXPECT_EQ(Content(Get(only)), "one");
  EXPECT_EQ(Content(Get()), "onetwo");
}

TEST_F(BlobVersions, AreKeptBySnapshotBlob) {
  const auto first = Write("one");
  const auto taken = SendText(Method::kPut, Key() + "&comp=snapshot", "");

  EXPECT_THAT(Versions(), ElementsAre(first, Of(taken)));
  EXPECT_EQ(Content(Send(Method::kGet, Key() + "&snapshot=" + Value(taken, "x-ms-snapshot"))),
            "one");
  ExpectValidRecords();
}

TEST_F(BlobVersions, ArePromotedByACopy) {
  const auto first = Write("one");
  Write("two");
  const auto copy =
      SendText(Method::kPut, Key(), "",
               {{"x-ms-copy-source", "http://127.0.0.1" + Key() + "&versionid=" + first}});

  EXPECT_EQ(copy.status, 202);
  EXPECT_EQ(Content(Get()), "one");
  EXPECT_EQ(Versions().size(), 3u);
  EXPECT_EQ(Versions().back(), Of(copy));
}

TEST_F(BlobVersions, HaveOneType) {
  Write("one");
  const http::Headers append = {{"x-ms-blob-type", "AppendBlob"}};

  ExpectError(SendText(Method::kPut, Key(), "", append), 409, "InvalidBlobType");
  Delete();
  ExpectError(SendText(Method::kPut, Key(), "", append), 409, "InvalidBlobType");
  Delete(Versions().at(0));
  EXPECT_EQ(SendText(Method::kPut, Key(), "", append).status, 201);
}

TEST_F(BlobVersions, DoNotOutliveTheContainer) {
  Write("one");
  Write("two");

  EXPECT_TRUE(DeleteContainer());
  ExpectValidRecords();
}

class DeleteVersions : public VersionsTest {};

TEST_F(DeleteVersions, LeavesTheOthers) {
  const auto first = Write("one"), second = Write("two");

  EXPECT_EQ(Delete(first).status, 202);
  EXPECT_THAT(Versions(), ElementsAre(second));
  ExpectError(Get(first), 404, "BlobNotFound");
  EXPECT_EQ(Content(Get()), "two");
}

TEST_F(DeleteVersions, IsNotForTheCurrentOne) {
  ExpectError(Delete(Write("one")), 403, "OperationNotAllowedOnRootBlob");
}

TEST_F(DeleteVersions, NeedsAPermissionOfItsOwn) {
  const auto first = Write("one");
  Write("two");

  EXPECT_EQ(Send(Method::kDelete, Authorized(Path() + "?versionid=" + first)).status, 403);
}

TEST_F(DeleteVersions, TheBlobItselfBecomesAFormerVersion) {
  const auto first = Write("one"), second = Write("two");

  EXPECT_EQ(Value(Delete(), "x-ms-delete-type-permanent"), "false");
  ExpectError(Get(), 404, "BlobNotFound");
  EXPECT_THAT(Versions(), ElementsAre(first, second));
  EXPECT_THAT(All(List(), "IsCurrentVersion"), IsEmpty());
  EXPECT_EQ(Content(Get(second)), "two");
  const auto third = Write("three");
  EXPECT_THAT(Versions(), ElementsAre(first, second, third));
}

TEST_F(DeleteVersions, SnapshotsDoNotBecomeVersions) {
  Write("one");
  SendText(Method::kPut, Key() + "&comp=snapshot", "");

  ExpectError(Delete(), 409, "SnapshotsPresent");
  EXPECT_EQ(Delete("", {{"x-ms-delete-snapshots", "include"}}).status, 202);
  EXPECT_EQ(Versions().size(), 2u);
  EXPECT_THAT(All(List(), "Snapshot"), IsEmpty());
}

class VersioningSwitch : public VersionsTest {};

TEST_F(VersioningSwitch, OffKeepsWhatIsThere) {
  const TemporaryFolder folder;
  Restart(folder.path());
  const auto first = Write("one"), second = Write("two");
  versioning_ = false;
  Restart(folder.path());

  EXPECT_EQ(Write("three"), "(none)");
  EXPECT_THAT(Versions(), ElementsAre(first, second));
  EXPECT_EQ(Content(Get(second)), "two");
  EXPECT_EQ(Write("four"), "(none)");
  EXPECT_THAT(All(List(), "Name").size(), 3u);
}

TEST_F(VersioningSwitch, OnMakesAVersionOfWhatWasThere) {
  const TemporaryFolder folder;
  versioning_ = false;
  Restart(folder.path());
  Write("one");
  versioning_ = true;
  Restart(folder.path());
  const auto second = Write("two");

  EXPECT_EQ(Versions().size(), 2u);
  EXPECT_EQ(Content(Get(Versions().front())), "one");
  EXPECT_EQ(Versions().back(), second);
}

}  // namespace
}  // namespace msc::storage
