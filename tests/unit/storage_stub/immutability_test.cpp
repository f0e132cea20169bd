#include "storage_stub/model/blob_use.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kTomorrow = "Tue, 24 Mar 2015 19:35:07 GMT";
constexpr const char* kInTwoDays = "Wed, 25 Mar 2015 19:35:07 GMT";

class ImmutabilityTest : public ServiceTest {
 protected:
  ImmutabilityTest() { Put(Blob(), "content"); }

  static std::string Blob(const std::string& more = "", std::string_view blob = "a.mp4",
                          const std::string& permissions = "rwdlactfi") {
    const AccountSas sas{.version = "2021-12-02",
                         .services = "b",
                         .resource_types = "sco",
                         .permissions = permissions,
                         .expires = "2015-12-31T00:00:00Z"};
    const std::string signature = Sign(TestKey(), StringToSign(sas, kAccountName));
    return Path(blob) + "?sv=2021-12-02&ss=b&srt=sco&sp=" + permissions + "&se=" + sas.expires +
           "&sig=" + PercentEncode(signature) + more;
  }

  static http::Headers Policy(const std::string& until, const std::string& mode = "Unlocked") {
    return {{"x-ms-immutability-policy-until-date", until},
            {"x-ms-immutability-policy-mode", mode}};
  }

  http::Response SetPolicy(const std::string& until, const std::string& mode = "Unlocked") {
    return Send(Method::kPut, Blob("&comp=immutabilityPolicies"), Policy(until, mode));
  }

  http::Response DeletePolicy() {
    return Send(Method::kDelete, Blob("&comp=immutabilityPolicies"));
  }

  http::Response SetLegalHold(const std::string& value) {
    return Send(Method::kPut, Blob("&comp=legalhold"), {{"x-ms-legal-hold", value}});
  }

  std::string Property(const std::string& name, std::string_view blob = "a.mp4") {
    return Value(Send(Method::kHead, Blob("", blob)), name);
  }

  std::string List(const std::string& include) {
    return Send(Method::kGet, Container("&comp=list&include=" + include)).body;
  }

  // What the endpoint answers to a write.
  std::string Overwrite() { return Code(Put(Blob(), "new")); }
};

class SetImmutabilityPolicy : public ImmutabilityTest {};

TEST_F(SetImmutabilityPolicy, IsAnsweredAndRead) {
  const auto etag = Property("ETag");
  const auto set = SetPolicy(kTomorrow);

  EXPECT_EQ(set.status, 200);
  EXPECT_EQ(Value(set, "x-ms-immutability-policy-until-date"), kTomorrow);
  EXPECT_EQ(Value(set, "x-ms-immutability-policy-mode"), "unlocked");
  EXPECT_EQ(Property("x-ms-immutability-policy-until-date"), kTomorrow);
  EXPECT_EQ(Value(Send(Method::kGet, Blob()), "x-ms-immutability-policy-mode"), "unlocked");
  EXPECT_EQ(Property("ETag"), etag);
}

TEST_F(SetImmutabilityPolicy, RejectsWritesAndDeletesUntilItsEnd) {
  SetPolicy(kTomorrow);

  EXPECT_EQ(Put(Blob(), "new").status, 409);
  EXPECT_EQ(Overwrite(), "BlobImmutableDueToPolicy");
  EXPECT_EQ(Code(Send(Method::kDelete, Blob())), "BlobImmutableDueToPolicy");
  EXPECT_EQ(Code(Send(Method::kPut, Blob("&comp=metadata"))), "BlobImmutableDueToPolicy");
  EXPECT_EQ(Code(Send(Method::kPut, Blob("&comp=properties"))), "BlobImmutableDueToPolicy");
  EXPECT_EQ(Content(Send(Method::kGet, Blob())), "content");

  clock_.Advance(24h);
  EXPECT_EQ(Put(Blob(), "new").status, 201);
  EXPECT_EQ(Property("x-ms-immutability-policy-mode"), "(none)");
}

TEST_F(SetImmutabilityPolicy, CanBeShortenedAndRemovedIfItIsUnlocked) {
  SetPolicy(kInTwoDays);

  EXPECT_EQ(SetPolicy(kTomorrow).status, 200);
  EXPECT_EQ(Property("x-ms-immutability-policy-until-date"), kTomorrow);
  EXPECT_EQ(DeletePolicy().status, 200);
  EXPECT_EQ(Property("x-ms-immutability-policy-until-date"), "(none)");
  EXPECT_EQ(Send(Method::kDelete, Blob()).status, 202);
}

TEST_F(SetImmutabilityPolicy, CanOnlyBeExtendedIfItIsLocked) {
  ASSERT_EQ(SetPolicy(kTomorrow).status, 200);
  ASSERT_EQ(SetPolicy(kTomorrow, "locked").status, 200);

  EXPECT_EQ(Code(SetPolicy("Tue, 24 Mar 2015 10:00:00 GMT", "Locked")), "BlobImmutableDueToPolicy");
  EXPECT_EQ(Code(SetPolicy(kInTwoDays)), "BlobImmutableDueToPolicy");
  EXPECT_EQ(DeletePolicy().status, 409);
  EXPECT_EQ(Code(DeletePolicy()), "ImmutabilityPolicyDeleteOnLockedPolicy");

  EXPECT_EQ(SetPolicy(kInTwoDays, "Locked").status, 200);
  EXPECT_EQ(Property("x-ms-immutability-policy-mode"), "locked");
}

TEST_F(SetImmutabilityPolicy, RejectsInvalidOnes) {
  EXPECT_EQ(Code(SetPolicy("Mon, 23 Mar 2015 19:35:06 GMT")), "InvalidHeaderValue");
  EXPECT_EQ(Code(SetPolicy("tomorrow")), "InvalidHeaderValue");
  EXPECT_EQ(Code(SetPolicy(kTomorrow, "Mutable")), "InvalidHeaderValue");
  EXPECT_EQ(Code(Send(Method::kPut, Blob("&comp=immutabilitypolicies"))), "MissingRequiredHeader");
  EXPECT_EQ(Code(Send(Method::kPut, Blob("&comp=immutabilitypolicies", "none"), Policy(kTomorrow))),
            "BlobNotFound");
}

TEST_F(SetImmutabilityPolicy, NeedsItsPermission) {
  const auto response =
      Send(Method::kPut, Blob("&comp=immutabilitypolicies", "a.mp4", "rwd"), Policy(kTomorrow));

  EXPECT_EQ(response.status, 403);
}

TEST_F(SetImmutabilityPolicy, IsListedIfAskedFor) {
  SetPolicy(kTomorrow);
  SetLegalHold("true");

  EXPECT_THAT(List("immutabilitypolicy"),
              HasSubstr(std::string("<ImmutabilityPolicyUntilDate>") + kTomorrow +
                        "</ImmutabilityPolicyUntilDate><ImmutabilityPolicyMode>unlocked<"));
  EXPECT_THAT(List("legalhold"), HasSubstr("<LegalHold>true</LegalHold>"));
  EXPECT_THAT(List("metadata"), Not(HasSubstr("ImmutabilityPolicy")));
  EXPECT_THAT(List("metadata"), Not(HasSubstr("<LegalHold>")));
}

TEST_F(SetImmutabilityPolicy, IsThereAfterARestart) {
  const TemporaryFolder folder;
  Restart(folder.path());
  Put(Blob(), "content");
  SetPolicy(kTomorrow, "Locked");

  Restart(folder.path());

  EXPECT_EQ(Property("x-ms-immutability-policy-mode"), "locked");
  EXPECT_EQ(Overwrite(), "BlobImmutableDueToPolicy");
}

class SetBlobLegalHold : public ImmutabilityTest {};

TEST_F(SetBlobLegalHold, RejectsWritesAndDeletesUntilItIsCleared) {
  const auto set = SetLegalHold("true");
  EXPECT_EQ(set.status, 200);
  EXPECT_EQ(Value(set, "x-ms-legal-hold"), "true");
  EXPECT_EQ(Property("x-ms-legal-hold"), "true");
  EXPECT_EQ(Overwrite(), "BlobImmutableDueToLegalHold");
  EXPECT_EQ(Code(Send(Method::kDelete, Blob())), "BlobImmutableDueToLegalHold");

  EXPECT_EQ(Value(SetLegalHold("false"), "x-ms-legal-hold"), "false");

  EXPECT_EQ(Property("x-ms-legal-hold"), "(none)");
  EXPECT_EQ(Send(Method::kDelete, Blob()).status, 202);
}

TEST_F(SetBlobLegalHold, IsIndependentOfThePolicy) {
  SetPolicy(kTomorrow);
  SetLegalHold("true");

  EXPECT_EQ(DeletePolicy().status, 200);
  EXPECT_EQ(Overwrite(), "BlobImmutableDueToLegalHold");
}

TEST_F(SetBlobLegalHold, IsTrueOrFalse) {
  EXPECT_EQ(Code(SetLegalHold("maybe")), "InvalidHeaderValue");
  EXPECT_EQ(Code(Send(Method::kPut, Blob("&comp=legalhold"))), "MissingRequiredHeader");
}

class ImmutabilityOfNewBlobs : public ImmutabilityTest {
 protected:
  void ExpectProtected(std::string_view blob) {
    EXPECT_EQ(Property("x-ms-immutability-policy-until-date", blob), kTomorrow);
    EXPECT_EQ(Property("x-ms-immutability-policy-mode", blob), "locked");
    EXPECT_EQ(Property("x-ms-legal-hold", blob), "true");
  }

  static http::Headers Headers(http::Headers more = {}) {
    auto headers = Policy(kTomorrow, "Locked");
    headers.push_back({"x-ms-legal-hold", "true"});
    headers.insert(headers.end(), more.begin(), more.end());
    return headers;
  }
};

TEST_F(ImmutabilityOfNewBlobs, IsThatOfTheirRequest) {
  ASSERT_EQ(Put(Blob("", "put"), "x", Headers()).status, 201);
  ExpectProtected("put");

  ASSERT_EQ(
      SendText(Method::kPut, Blob("&comp=blocklist", "list"), "<BlockList></BlockList>", Headers())
          .status,
      201);
  ExpectProtected("list");

  ASSERT_EQ(Send(Method::kPut, Blob("", "copy"),
                 Headers({{"x-ms-copy-source", "http://127.0.0.1" + Blob()}}))
                .status,
            202);
  ExpectProtected("copy");
}

TEST_F(ImmutabilityOfNewBlobs, NeedsADate) {
  EXPECT_EQ(Code(Put(Blob(), "x", {{"x-ms-immutability-policy-mode", "Locked"}})),
            "MissingRequiredHeader");
  EXPECT_EQ(Code(Put(Blob(), "x", {{"x-ms-legal-hold", "yes"}})), "InvalidHeaderValue");
}

struct UseOfImmutable {
  BlobUse use;
  bool is_allowed;
};

class UsesOfImmutableBlobs : public ::testing::TestWithParam<UseOfImmutable> {};

TEST_P(UsesOfImmutableBlobs, AreThoseThatChangeNothing) {
  const auto& [use, is_allowed] = GetParam();
  const Time now = At("2015-03-23T19:35:07Z");
  const BlobRecord held{.immutability = {.has_legal_hold = true}};
  const BlobRecord kept{.immutability = {.until = now + 1h, .mode = ImmutabilityMode::kUnlocked}};

  EXPECT_EQ(static_cast<bool>(CheckUse(held, use, {}, now)), is_allowed);
  EXPECT_EQ(static_cast<bool>(CheckUse(kept, use, {}, now)), is_allowed);
  EXPECT_TRUE(CheckUse(kept, use, {}, now + 1h));
}

INSTANTIATE_TEST_SUITE_P(Uses, UsesOfImmutableBlobs,
                         ::testing::Values(UseOfImmutable{BlobUse::kLookUp, true},
                                           UseOfImmutable{BlobUse::kReadContent, true},
                                           UseOfImmutable{BlobUse::kReadProperties, true},
                                           UseOfImmutable{BlobUse::kCopyOutOfArchive, true},
                                           UseOfImmutable{BlobUse::kChangeContent, false},
                                           UseOfImmutable{BlobUse::kChangeProperties, false},
                                           UseOfImmutable{BlobUse::kChangeMetadata, false},
                                           UseOfImmutable{BlobUse::kChangeTags, true},
                                           UseOfImmutable{BlobUse::kSetTier, true},
                                           UseOfImmutable{BlobUse::kProtect, true},
                                           UseOfImmutable{BlobUse::kSnapshot, true},
                                           UseOfImmutable{BlobUse::kLease, true},
                                           UseOfImmutable{BlobUse::kReplace, false},
                                           UseOfImmutable{BlobUse::kDelete, false}));

}  // namespace
}  // namespace msc::storage
