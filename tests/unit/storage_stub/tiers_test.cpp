#include "storage_stub/model/blob_use.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::HasSubstr;
using ::testing::Not;

class TiersTest : public ServiceTest {
 protected:
  TiersTest() { Put(Blob(), "content"); }

  // The target of a blob, signed for longer than a rehydration takes.
  static std::string Blob(std::string_view blob = "a.mp4", const std::string& more = "",
                          const std::string& version = "2021-12-02") {
    const AccountSas sas{.version = version,
                         .services = "b",
                         .resource_types = "sco",
                         .permissions = "rwdlactf",
                         .expires = "2015-12-31T00:00:00Z"};
    const std::string signature = Sign(TestKey(), StringToSign(sas, kAccountName));
    return Path(blob) + "?sv=" + version + "&ss=b&srt=sco&sp=rwdlactf&se=" + sas.expires +
           "&sig=" + PercentEncode(signature) + more;
  }

  http::Response SetTier(std::string tier, http::Headers headers = {}) {
    headers.push_back({"x-ms-access-tier", std::move(tier)});
    return Send(Method::kPut, Blob("a.mp4", "&comp=tier"), std::move(headers));
  }

  http::Response Copy(std::string_view to, http::Headers headers = {}) {
    headers.push_back({"x-ms-copy-source", "http://127.0.0.1" + Blob()});
    headers.push_back({"Content-Length", "0"});
    return Send(Method::kPut, Blob(to), std::move(headers));
  }

  std::string Property(const std::string& name, std::string_view blob = "a.mp4") {
    return Value(Send(Method::kHead, Blob(blob)), name);
  }

  std::string List() {
    const std::string query = Blob("", "&restype=container&comp=list");
    return Send(Method::kGet, query.substr(0, query.find("/?")) + query.substr(query.find('?')))
        .body;
  }

  std::string Read(std::string_view blob = "a.mp4") {
    const auto response = Send(Method::kGet, Blob(blob));
    return response.status == 200 ? Content(response) : Code(response);
  }
};

class SetBlobTier : public TiersTest {};

TEST_F(SetBlobTier, ChangesNeitherETagNorTime) {
  const auto before = service_->FindBlob(kContainerName, "a.mp4");
  clock_.Advance(1h);

  EXPECT_EQ(SetTier("Cool").status, 200);

  EXPECT_EQ(Property("x-ms-access-tier"), "Cool");
  EXPECT_EQ(Property("x-ms-access-tier-inferred"), "false");
  EXPECT_EQ(Property("x-ms-access-tier-change-time"), "Mon, 23 Mar 2015 20:35:07 GMT");
  EXPECT_EQ(Property("ETag"), before->etag);
  EXPECT_EQ(Property("Last-Modified"), "Mon, 23 Mar 2015 19:35:07 GMT");
}

TEST_F(SetBlobTier, TakesColdFromItsVersionOn) {
  EXPECT_EQ(SetTier("Cold").status, 200);
  EXPECT_EQ(Property("x-ms-access-tier"), "Cold");

  const auto early =
      Send(Method::kPut, Blob("a.mp4", "&comp=tier", "2021-10-04"), {{"x-ms-access-tier", "Cold"}});

  EXPECT_EQ(early.status, 400);
  EXPECT_EQ(Code(early), "InvalidHeaderValue");
}

TEST_F(SetBlobTier, NeedsABlobAndATier) {
  EXPECT_EQ(Code(Send(Method::kPut, Blob("a.mp4", "&comp=tier"))), "MissingRequiredHeader");
  EXPECT_EQ(Code(Send(Method::kPut, Blob("none", "&comp=tier"), {{"x-ms-access-tier", "Hot"}})),
            "BlobNotFound");
  EXPECT_EQ(Code(SetTier("Lukewarm")), "InvalidHeaderValue");
  EXPECT_EQ(Code(SetTier("P10")), "AccessTierNotSupportedForBlobType");
  EXPECT_EQ(Code(SetTier("Hot", {{"x-ms-rehydrate-priority", "Low"}})), "InvalidHeaderValue");
}

TEST_F(SetBlobTier, DependsOnTags) {
  const http::Headers wrong = {{"x-ms-if-tags", "\"state\" = 'old'"}};

  EXPECT_EQ(SetTier("Cool", wrong).status, 412);
  EXPECT_EQ(Property("x-ms-access-tier"), "Hot");
}

TEST_F(SetBlobTier, IsForBlockBlobs) {
  for (const std::string type : {"AppendBlob", "PageBlob"}) {
    const http::Headers create = {{"x-ms-blob-type", type}, {"x-ms-blob-content-length", "512"}};
    ASSERT_EQ(Send(Method::kPut, Blob(type), create).status, 201);
    const auto response =
        Send(Method::kPut, Blob(type, "&comp=tier"), {{"x-ms-access-tier", "Cool"}});

    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(Code(response), "AccessTierNotSupportedForBlobType");
  }
}

TEST_F(SetBlobTier, IsThereAfterARestart) {
  const TemporaryFolder folder;
  Restart(folder.path());
  Put(Blob(), "content");
  SetTier("Archive");
  SetTier("Cool", {{"x-ms-rehydrate-priority", "High"}});

  Restart(folder.path());

  EXPECT_EQ(Property("x-ms-archive-status"), "rehydrate-pending-to-cool");
  clock_.Advance(1h);
  EXPECT_EQ(Property("x-ms-access-tier"), "Cool");
}

class TierOfNewBlob : public TiersTest {};

TEST_F(TierOfNewBlob, IsInferredIfItIsNotGiven) {
  EXPECT_EQ(Property("x-ms-access-tier"), "Hot");
  EXPECT_EQ(Property("x-ms-access-tier-inferred"), "true");
  EXPECT_EQ(Property("x-ms-access-tier-change-time"), "(none)");
  EXPECT_THAT(List(), HasSubstr("<AccessTier>Hot</AccessTier><AccessTierInferred>true<"));
}

TEST_F(TierOfNewBlob, IsThatOfPutBlob) {
  ASSERT_EQ(Put(Blob("b"), "x", {{"x-ms-access-tier", "cool"}}).status, 201);

  EXPECT_EQ(Property("x-ms-access-tier", "b"), "Cool");
  EXPECT_EQ(Property("x-ms-access-tier-inferred", "b"), "false");
  EXPECT_EQ(Property("x-ms-access-tier-change-time", "b"), "Mon, 23 Mar 2015 19:35:07 GMT");
  EXPECT_THAT(List(), HasSubstr("<AccessTier>Cool</AccessTier><AccessTierChangeTime>Mon, 23 Mar "
                                "2015 19:35:07 GMT</AccessTierChangeTime>"));
}

TEST_F(TierOfNewBlob, IsThatOfPutBlockList) {
  Send(Method::kPut, Blob("b", "&comp=block&blockid=AAAA"));
  const auto response = SendText(Method::kPut, Blob("b", "&comp=blocklist"),
                                 "<BlockList></BlockList>", {{"x-ms-access-tier", "Archive"}});

  ASSERT_EQ(response.status, 201);
  EXPECT_EQ(Property("x-ms-access-tier", "b"), "Archive");
  EXPECT_EQ(Read("b"), "BlobArchived");
}

TEST_F(TierOfNewBlob, IsThatOfACopy) {
  EXPECT_EQ(Copy("b", {{"x-ms-access-tier", "Cool"}}).status, 202);
  EXPECT_EQ(Property("x-ms-access-tier", "b"), "Cool");

  EXPECT_EQ(Copy("c", {{"x-ms-access-tier", "Cold"}, {"x-ms-requires-sync", "true"}}).status, 202);
  EXPECT_EQ(Property("x-ms-access-tier", "c"), "Cold");

  EXPECT_EQ(Copy("d", {{"x-ms-access-tier", "Cool"}, {"x-ms-blob-type", "BlockBlob"}}).status, 201);
  EXPECT_EQ(Property("x-ms-access-tier", "d"), "Cool");

  EXPECT_EQ(Copy("e").status, 202);
  EXPECT_EQ(Property("x-ms-access-tier", "e"), "Hot");
}

TEST_F(TierOfNewBlob, IsThatOfTheBlobBeforeIfItIsNotGiven) {
  SetTier("Cool");

  Put(Blob(), "new");
  EXPECT_EQ(Property("x-ms-access-tier"), "Cool");

  Put(Blob(), "new", {{"x-ms-access-tier", "Hot"}});
  EXPECT_EQ(Property("x-ms-access-tier"), "Hot");
}

TEST_F(TierOfNewBlob, IsNotForOtherTypes) {
  const http::Headers page = {{"x-ms-blob-type", "PageBlob"}, {"x-ms-blob-content-length", "512"}};
  ASSERT_EQ(Send(Method::kPut, Blob(), page).status, 201);
  for (const char* type : {"PageBlob", "AppendBlob"}) {
    const auto created = Send(Method::kPut, Blob("b"),
                              {{"x-ms-blob-type", type},
                               {"x-ms-blob-content-length", "512"},
                               {"x-ms-access-tier", "P10"}});
    EXPECT_EQ(Code(created), "AccessTierNotSupportedForBlobType");
  }

  EXPECT_EQ(Code(Copy("c", {{"x-ms-access-tier", "P10"}})), "AccessTierNotSupportedForBlobType");
  EXPECT_EQ(Code(Copy("c", {{"x-ms-access-tier", "Cool"}})), "AccessTierNotSupportedForBlobType");
}

class ArchivedBlob : public TiersTest {
 protected:
  ArchivedBlob() { SetTier("Archive"); }
};

TEST_F(ArchivedBlob, CanBeSeenTaggedAndDeleted) {
  EXPECT_EQ(Property("x-ms-access-tier"), "Archive");
  EXPECT_EQ(Send(Method::kGet, Blob("a.mp4", "&comp=metadata")).status, 200);
  EXPECT_EQ(SendText(Method::kPut, Blob("a.mp4", "&comp=tags"), "<Tags><TagSet/></Tags>").status,
            204);
  EXPECT_EQ(Send(Method::kGet, Blob("a.mp4", "&comp=tags")).status, 200);

  EXPECT_EQ(Send(Method::kDelete, Blob()).status, 202);
}

TEST_F(ArchivedBlob, CanBeNeitherReadNorChanged) {
  EXPECT_EQ(Send(Method::kGet, Blob()).status, 409);
  EXPECT_EQ(Read(), "BlobArchived");
  EXPECT_EQ(Code(Put(Blob(), "new")), "BlobArchived");
  EXPECT_EQ(Code(Send(Method::kPut, Blob("a.mp4", "&comp=metadata"))), "BlobArchived");
  EXPECT_EQ(Code(Send(Method::kPut, Blob("a.mp4", "&comp=properties"))), "BlobArchived");
  EXPECT_EQ(Code(Copy("b")), "BlobArchived");
  EXPECT_EQ(Code(Copy("b", {{"x-ms-access-tier", "Hot"}, {"x-ms-requires-sync", "true"}})),
            "BlobArchived");
  EXPECT_EQ(Code(Copy("a.mp4", {{"x-ms-access-tier", "Hot"}})), "BlobArchived");
  EXPECT_EQ(Property("x-ms-access-tier"), "Archive");
}

TEST_F(ArchivedBlob, ComesBackAfterFifteenHours) {
  EXPECT_EQ(SetTier("Hot").status, 202);
  EXPECT_EQ(Property("x-ms-archive-status"), "rehydrate-pending-to-hot");
  EXPECT_EQ(Property("x-ms-rehydrate-priority"), "Standard");
  EXPECT_THAT(List(), HasSubstr("<AccessTier>Archive</AccessTier><ArchiveStatus>rehydrate-pending-"
                                "to-hot</ArchiveStatus><RehydratePriority>Standard<"));

  clock_.Advance(15h - 1ms);
  EXPECT_EQ(Read(), "BlobBeingRehydrated");

  clock_.Advance(1ms);
  EXPECT_EQ(Read(), "content");
  EXPECT_EQ(Property("x-ms-access-tier"), "Hot");
  EXPECT_EQ(Property("x-ms-archive-status"), "(none)");
  EXPECT_THAT(List(), Not(HasSubstr("ArchiveStatus")));
}

TEST_F(ArchivedBlob, ComesBackAfterAnHourIfItIsUrgent) {
  EXPECT_EQ(SetTier("Cold", {{"x-ms-rehydrate-priority", "High"}}).status, 202);
  EXPECT_EQ(Property("x-ms-rehydrate-priority"), "High");

  clock_.Advance(1h);

  EXPECT_EQ(Property("x-ms-access-tier"), "Cold");
  EXPECT_EQ(Put(Blob(), "new").status, 201);
}

TEST_F(ArchivedBlob, CanBeHurriedOnItsWay) {
  SetTier("Hot");
  clock_.Advance(30min);

  EXPECT_EQ(SetTier("Hot", {{"x-ms-rehydrate-priority", "High"}}).status, 202);
  EXPECT_EQ(SetTier("Hot").status, 202);
  EXPECT_EQ(Property("x-ms-rehydrate-priority"), "High");

  clock_.Advance(1h);
  EXPECT_EQ(Read(), "content");
}

TEST_F(ArchivedBlob, CannotBeSentElsewhereOnItsWay) {
  SetTier("Hot");

  for (const char* tier : {"Cool", "Archive"}) {
    EXPECT_EQ(SetTier(tier).status, 409);
    EXPECT_EQ(Code(SetTier(tier)), "BlobBeingRehydrated");
  }
  EXPECT_EQ(Code(Copy("b", {{"x-ms-access-tier", "Hot"}})), "BlobBeingRehydrated");
  EXPECT_EQ(Send(Method::kDelete, Blob()).status, 202);
}

TEST_F(ArchivedBlob, IsRehydratedByACopyToAnOnlineTier) {
  EXPECT_EQ(Copy("b", {{"x-ms-access-tier", "Cool"}, {"x-ms-rehydrate-priority", "High"}}).status,
            202);
  EXPECT_EQ(Property("x-ms-access-tier", "b"), "Cool");
  EXPECT_EQ(Property("x-ms-archive-status", "b"), "rehydrate-pending-to-cool");
  EXPECT_EQ(Read("b"), "BlobBeingRehydrated");

  clock_.Advance(1h);

  EXPECT_EQ(Read("b"), "content");
  EXPECT_EQ(Property("x-ms-archive-status", "b"), "(none)");
  EXPECT_EQ(Read(), "BlobArchived");
}

struct UseOfArchived {
  BlobUse use;
  bool while_archived;
  bool while_rehydrated;
};

class UsesOfArchivedBlobs : public ::testing::TestWithParam<UseOfArchived> {};

TEST_P(UsesOfArchivedBlobs, AreThoseThatNeedNoBytes) {
  const auto& [use, while_archived, while_rehydrated] = GetParam();
  const Time now = At("2015-03-23T19:35:07Z");
  BlobRecord record{.tier = {.tier = Tier::kArchive, .is_set = true}};

  EXPECT_EQ(static_cast<bool>(CheckUse(record, use, {}, now)), while_archived);

  record.tier.rehydration = BeginRehydration({.tier = Tier::kHot}, now);
  EXPECT_EQ(static_cast<bool>(CheckUse(record, use, {}, now)), while_rehydrated);
  EXPECT_TRUE(CheckUse(record, use, {}, now + 15h));
}

INSTANTIATE_TEST_SUITE_P(Uses, UsesOfArchivedBlobs,
                         ::testing::Values(UseOfArchived{BlobUse::kReadContent, false, false},
                                           UseOfArchived{BlobUse::kReadProperties, true, true},
                                           UseOfArchived{BlobUse::kLookUp, true, true},
                                           UseOfArchived{BlobUse::kCopyOutOfArchive, true, false},
                                           UseOfArchived{BlobUse::kChangeContent, false, false},
                                           UseOfArchived{BlobUse::kChangeProperties, false, false},
                                           UseOfArchived{BlobUse::kChangeMetadata, false, false},
                                           UseOfArchived{BlobUse::kChangeTags, true, true},
                                           UseOfArchived{BlobUse::kSetTier, true, true},
                                           UseOfArchived{BlobUse::kSnapshot, false, false},
                                           UseOfArchived{BlobUse::kLease, true, true},
                                           UseOfArchived{BlobUse::kReplace, false, false},
                                           UseOfArchived{BlobUse::kDelete, true, true}));

}  // namespace
}  // namespace msc::storage
