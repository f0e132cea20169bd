// User delegation keys, and signatures made with them.
#include "storage_stub/access/sas_form.h"
#include "tests/unit/storage_stub/token.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::HasSubstr;

const std::string kKeyTarget =
    '/' + std::string(kAccountName) + "/?restype=service&comp=userdelegationkey";

std::string KeyInfo(const std::string& start, const std::string& expiry) {
  return "<KeyInfo><Start>" + start + "</Start><Expiry>" + expiry + "</Expiry></KeyInfo>";
}

Sas Delegated(std::string version) {
  return {.version = std::move(version),
          .resource = "b",
          .permissions = "rw",
          .starts = kStarts,
          .expires = kExpires,
          .key_object_id = kObjectId,
          .key_tenant_id = kTenantId,
          .key_starts = kStarts,
          .key_expires = kExpires,
          .key_service = "b",
          .key_version = "2020-12-06"};
}

class GetUserDelegationKeyTest : public TokenTest {
 protected:
  http::Response GetKey(const std::string& start, const std::string& expiry) {
    return SendWith(Token(), Method::kPost, kKeyTarget, KeyInfo(start, expiry));
  }

  // The text between two tags of a response.
  static std::string Member(const http::Response& response, const std::string& name) {
    const auto from = response.body.find('<' + name + '>') + name.size() + 2;
    return response.body.substr(from, response.body.find("</" + name + '>') - from);
  }
};

TEST_F(GetUserDelegationKeyTest, NamesTheUserAndThePeriod) {
  const auto response = GetKey(kStarts, kExpires);

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(Value(response, "Content-Type"), "application/xml");
  EXPECT_THAT(response.body,
              HasSubstr("<UserDelegationKey><SignedOid>" + std::string(kObjectId) +
                        "</SignedOid><SignedTid>" + kTenantId + "</SignedTid><SignedStart>" +
                        kStarts + "</SignedStart><SignedExpiry>" + kExpires +
                        "</SignedExpiry><SignedService>b</SignedService>"
                        "<SignedVersion>2020-12-06</SignedVersion><Value>"));
  EXPECT_EQ(Base64Decode(Member(response, "Value"))->size(), 32U);
}

TEST_F(GetUserDelegationKeyTest, GivesTheSameKeyForTheSamePeriod) {
  const auto value = [&](const char* expiry) { return Member(GetKey(kStarts, expiry), "Value"); };

  EXPECT_EQ(value(kExpires), value("2015-03-24T08:00:07.0000000Z"));
  EXPECT_NE(value(kExpires), value("2015-03-24T08:00:08Z"));
}

TEST_F(GetUserDelegationKeyTest, BeginsNowIfItIsNotSaid) {
  const auto response = SendWith(Token(), Method::kPost, kKeyTarget,
                                 "<KeyInfo><Expiry>2015-03-30T19:35:07Z</Expiry></KeyInfo>");

  EXPECT_EQ(Member(response, "SignedStart"), "2015-03-23T19:35:07Z");
}

TEST_F(GetUserDelegationKeyTest, RejectsPeriodsThatAreNone) {
  for (const auto& [start, expiry] :
       {std::pair(kStarts, "soon"), std::pair(kStarts, kStarts), std::pair("soon", kExpires),
        std::pair(kStarts, "2015-03-30T19:35:08Z"), std::pair(kStarts, "")}) {
    EXPECT_EQ(Code(GetKey(start, expiry)), "InvalidXmlNodeValue") << start << ' ' << expiry;
  }
  EXPECT_EQ(Code(SendWith(Token(), Method::kPost, kKeyTarget, "<Other/>")), "InvalidXmlDocument");
}

TEST_F(GetUserDelegationKeyTest, NeedsATokenOfAUser) {
  const auto by_key = SendByKey(Method::kPost, kKeyTarget, KeyInfo(kStarts, kExpires));
  EXPECT_EQ(by_key.status, 403);
  EXPECT_THAT(by_key.body, HasSubstr("Only authentication scheme Bearer is supported"));
  const auto by_sas = SendText(Method::kPost, Authorized(kKeyTarget), KeyInfo(kStarts, kExpires));
  EXPECT_EQ(Code(by_sas), "AuthenticationFailed");
  EXPECT_THAT(by_sas.body, HasSubstr("Only authentication scheme Bearer is supported"));
  EXPECT_EQ(Code(SendWith(Token({.object_id = ""}), Method::kPost, kKeyTarget,
                          KeyInfo(kStarts, kExpires))),
            "AuthenticationFailed");
}

class DelegatedSignature : public GetUserDelegationKeyTest {
 protected:
  // The target of a blob, signed with a key that the service gave.
  std::string Signed(const Sas& sas, std::string_view blob = "a.mp4") {
    const auto key = GetKey(sas.key_starts, sas.key_expires);
    const auto secret = Base64Decode(Member(key, "Value")).value_or("");
    const ResourceName name{kAccountName, kContainerName, std::string(blob)};
    const auto signature = Sign(secret, StringToSign(sas, CanonicalResource(sas, name)));
    return Path(blob) + "?sv=" + sas.version + "&sr=" + sas.resource + "&sp=" + sas.permissions +
           "&st=" + sas.starts + "&se=" + sas.expires + "&si=" + sas.identifier +
           "&spr=" + sas.protocol + "&skoid=" + sas.key_object_id + "&sktid=" + sas.key_tenant_id +
           "&skt=" + sas.key_starts + "&ske=" + sas.key_expires + "&sks=" + sas.key_service +
           "&skv=" + sas.key_version + "&sig=" + PercentEncode(signature);
  }
};

TEST_F(DelegatedSignature, PermitsWhatItSays) {
  EXPECT_EQ(Put(Signed(Delegated("2020-12-06")), "bytes").status, 201);
  EXPECT_EQ(Content(Send(Method::kGet, Signed(Delegated("2020-12-06")))), "bytes");
  EXPECT_EQ(Code(Send(Method::kDelete, Signed(Delegated("2020-12-06")))),
            "AuthorizationPermissionMismatch");
}

TEST_F(DelegatedSignature, IsOfItsOwnBlob) {
  auto target = Signed(Delegated("2020-12-06"));
  target.replace(target.find("a.mp4"), 5, "b.mp4");

  EXPECT_EQ(Code(Put(target, "bytes")), "AuthenticationFailed");
}

TEST_F(DelegatedSignature, EndsWithItsKey) {
  Sas late = Delegated("2020-12-06");
  late.key_starts = "2015-03-23T19:35:08Z";
  Sas early = Delegated("2020-12-06");
  early.key_expires = "2015-03-23T19:35:07Z";

  for (const auto& sas : {late, early}) {
    const auto response = Put(Signed(sas), "bytes");
    EXPECT_EQ(response.status, 403);
    EXPECT_THAT(response.body, HasSubstr("not valid in the specified time frame"));
  }
}

TEST_F(DelegatedSignature, CanBeForHttpsAlone) {
  Sas sas = Delegated("2020-12-06");
  sas.protocol = "https";

  EXPECT_EQ(Code(Put(Signed(sas), "bytes")), "AuthorizationProtocolMismatch");
}

TEST_F(DelegatedSignature, HasNoStoredPolicy) {
  Sas sas = Delegated("2020-12-06");
  sas.identifier = kPolicyId;

  EXPECT_EQ(Code(Put(Signed(sas), "bytes")), "AuthenticationFailed");
}

TEST_F(DelegatedSignature, IsNotMadeWithTheKeyOfTheAccount) {
  Sas sas = Delegated("2020-12-06");
  const ResourceName name{kAccountName, kContainerName, "a.mp4"};
  const auto forged = Sign(TestKey(), StringToSign(sas, CanonicalResource(sas, name)));
  auto target = Signed(sas);
  target.replace(target.find("&sig="), std::string::npos, "&sig=" + PercentEncode(forged));

  EXPECT_EQ(Code(Put(target, "bytes")), "AuthenticationFailed");
}

struct BadKeyField {
  const char* name;
  std::string Sas::*field;
  const char* value;
};

class DelegatedForm : public ::testing::TestWithParam<BadKeyField> {};

TEST_P(DelegatedForm, RejectsWhatCannotBe) {
  Sas sas = Delegated("2020-12-06");
  sas.signature = "AAAA";
  ASSERT_TRUE(CheckForm(sas));

  sas.authorized_object_id = kObjectId;
  sas.*GetParam().field = GetParam().value;

  EXPECT_EQ(CheckForm(sas).error().code, StorageError::kAuthenticationFailed);
}

INSTANTIATE_TEST_SUITE_P(
    Fields, DelegatedForm,
    ::testing::Values(BadKeyField{"OldVersion", &Sas::version, "2018-03-28"},
                      BadKeyField{"NoExpiry", &Sas::key_expires, ""},
                      BadKeyField{"Expiry", &Sas::key_expires, "soon"},
                      BadKeyField{"Start", &Sas::key_starts, "soon"},
                      BadKeyField{"Service", &Sas::key_service, "q"},
                      BadKeyField{"TwoObjects", &Sas::unauthorized_object_id, kObjectId},
                      BadKeyField{"DelegatedUser", &Sas::delegated_object_id, kObjectId},
                      BadKeyField{"Policy", &Sas::identifier, "policy"}),
    [](const auto& row) { return row.param.name; });

// Made by the service's official JavaScript SDK, with a key of the bytes 100 to 131.
struct DelegatedVector {
  const char* version;
  const char* authorized;
  const char* correlation;
  const char* scope;
  const char* signature;
};

class DelegatedVectors : public ::testing::TestWithParam<DelegatedVector> {};

TEST_P(DelegatedVectors, Match) {
  Sas sas = Delegated(GetParam().version);
  sas.address_range = "127.0.0.1-127.0.0.9";
  sas.protocol = "https,http";
  sas.content_type = "video/mp4";
  sas.authorized_object_id = GetParam().authorized;
  sas.correlation_id = GetParam().correlation;
  sas.encryption_scope = GetParam().scope;
  Bytes key(32, '\0');
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<char>(100 + i);

  const ResourceName name{kAccountName, kContainerName, "a.mp4"};
  EXPECT_EQ(Sign(key, StringToSign(sas, CanonicalResource(sas, name))), GetParam().signature);
}

INSTANTIATE_TEST_SUITE_P(
    Sdk, DelegatedVectors,
    ::testing::Values(DelegatedVector{"2018-11-09", "", "", "",
                                      "797snoRs2iEgmMzVi1bKTGTRBZUBsEi3uqn5iwVHJOA="},
                      DelegatedVector{"2020-02-10", "agent", "8a2dc6b4-2a4c-4b1e-8a53-7e2b8a3a6d10",
                                      "", "396XJW3H1Tesb+BV6dN/x4su8LdEg7AXs2vI5k2zTyA="},
                      DelegatedVector{"2020-12-06", "agent", "8a2dc6b4-2a4c-4b1e-8a53-7e2b8a3a6d10",
                                      "scope", "+HvwF6BcomR0aN6hYmDo9kJyLEdv7jIAtyfjbjuhliA="}));

TEST(DelegatedSas, HasTwoMoreFieldsForDelegatedUsersAndForSignedRequests) {
  Sas sas = Delegated("2025-07-05");
  sas.key_delegated_tenant = "SKDUTID";
  sas.encryption_scope = "SES";
  const std::string head = std::string("rw\n") + kStarts + '\n' + kExpires + "\n/r\n" + kObjectId +
                           '\n' + kTenantId + '\n' + kStarts + '\n' + kExpires +
                           "\nb\n2020-12-06\n\n\n\nSKDUTID\n\n\n\n";

  EXPECT_EQ(StringToSign(sas, "/r"), head + "2025-07-05\nb\n\nSES\n\n\n\n\n");
  sas.version = "2026-04-06";
  EXPECT_EQ(StringToSign(sas, "/r"), head + "2026-04-06\nb\n\nSES\n\n\n\n\n\n\n");
}

}  // namespace
}  // namespace msc::storage
