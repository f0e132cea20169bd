#include "storage_stub/access/sas_form.h"

#include "storage_stub/protocol/error_body.h"
#include "storage_stub/protocol/storage_error.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

const Sas kWellFormed{.version = "2012-02-12",
                      .resource = "c",
                      .permissions = "r",
                      .starts = kStarts,
                      .expires = kExpires,
                      .signature = "AAAA"};

const AccountSas kWellFormedOfAccount{.version = "2018-11-09",
                                      .services = "b",
                                      .resource_types = "sco",
                                      .permissions = "r",
                                      .expires = kExpires,
                                      .signature = "AAAA"};

struct Malformed {
  const char* name;
  std::string Sas::*field;
  std::string value;
};

class SasForm : public ::testing::TestWithParam<Malformed> {};

TEST_P(SasForm, RefusesWhatCannotBe) {
  Sas sas = kWellFormed;
  sas.*GetParam().field = GetParam().value;

  const auto checked = CheckForm(sas);

  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, StorageError::kAuthenticationFailed);
  EXPECT_EQ(AuthenticationErrorDetail(checked.error()), "Signature fields not well formed.");
  EXPECT_EQ(checked.error().fact<CredentialMismatch>()->field.value, GetParam().value);
}

INSTANTIATE_TEST_SUITE_P(
    Fields, SasForm,
    ::testing::Values(Malformed{"NoVersion", &Sas::version, ""},
                      Malformed{"VersionBeforeTheFirst", &Sas::version, "2011-08-18"},
                      Malformed{"VersionWithoutDashes", &Sas::version, "2012.02.12"},
                      Malformed{"VersionWithTail", &Sas::version, "2012-02-12x"},
                      Malformed{"UnknownResource", &Sas::resource, "q"},
                      Malformed{"StartIsNoDate", &Sas::starts, "yesterday"},
                      Malformed{"StartDoesNotExist", &Sas::starts, "2015-02-30T00:00:00Z"},
                      Malformed{"ExpiryIsNoDate", &Sas::expires, "2015-03-23T19:30:07"},
                      Malformed{"ExpiryWithZone", &Sas::expires, "2015-03-23T19:30:07+01:00"},
                      Malformed{"PermissionIsNoLetter", &Sas::permissions, "r w"},
                      Malformed{"IdentifierTooLong", &Sas::identifier, std::string(65, 'i')},
                      Malformed{"PermissionUnknown", &Sas::permissions, "rz"},
                      Malformed{"PermissionTwice", &Sas::permissions, "rr"},
                      Malformed{"PermissionsOutOfOrder", &Sas::permissions, "wr"},
                      Malformed{"PermissionOfLaterVersions", &Sas::permissions, "rc"},
                      Malformed{"PermissionsSentTwice", &Sas::permissions, "r,r"},
                      Malformed{"NoSignature", &Sas::signature, ""},
                      Malformed{"SignatureIsNoBase64", &Sas::signature, "abc"},
                      Malformed{"SignatureWithBlank", &Sas::signature, "ab c"},
                      Malformed{"SignatureSentTwice", &Sas::signature, "AAAA,AAAA"}),
    [](const auto& row) { return row.param.name; });

TEST(SasForm, AllowsIdentifiersOf64Characters) {
  Sas sas = kWellFormed;
  sas.identifier = std::string(64, 'i');

  EXPECT_TRUE(CheckForm(sas));
}

TEST(SasForm, KnowsAddressesAndProtocolsFromTheirVersionOn) {
  for (const auto& [range, protocol] : {std::pair("localhost", ""), std::pair("10.0.0.1-", ""),
                                        std::pair("", "http"), std::pair("", "https http")}) {
    Sas sas = kWellFormed;
    sas.address_range = range;
    sas.protocol = protocol;
    EXPECT_TRUE(CheckForm(sas));

    sas.version = "2015-04-05";
    EXPECT_FALSE(CheckForm(sas)) << range << protocol;
  }
}

struct Letters {
  const char* name;
  const char* version;
  const char* permissions;
  bool is_well_formed;
};

class SasPermissions : public ::testing::TestWithParam<Letters> {};

TEST_P(SasPermissions, StandInTheOrderOfTheirVersion) {
  Sas sas = kWellFormed;
  sas.version = GetParam().version;
  sas.permissions = GetParam().permissions;

  EXPECT_EQ(static_cast<bool>(CheckForm(sas)), GetParam().is_well_formed);
}

INSTANTIATE_TEST_SUITE_P(
    Orders, SasPermissions,
    ::testing::Values(Letters{"AllOf2012", "2012-02-12", "rwdl", true},
                      Letters{"CreateIn2015", "2015-02-21", "cw", false},
                      Letters{"AllOf2015", "2015-04-05", "racwdl", true},
                      Letters{"OutOfOrder", "2015-04-05", "rwacd", false},
                      Letters{"AllOfToday", "2024-11-04", "racwdxyltmeopi", true},
                      Letters{"FilterBehindTags", "2024-11-04", "racwdxyltfmei", true},
                      Letters{"FilterBehindExecute", "2024-11-04", "racwdxyltmefi", true},
                      Letters{"DeletePermanentlyBehindAll", "2024-11-04", "racwdxltmeiyf", true},
                      Letters{"DeletePermanentlyTwice", "2024-11-04", "ryy", false},
                      Letters{"FilterTwice", "2024-11-04", "rff", false},
                      Letters{"Unknown", "2024-11-04", "rq", false}),
    [](const auto& row) { return row.param.name; });

TEST(SasForm, IsForASnapshotOrAVersionOnlyIfTheRequestIs) {
  for (const auto& [resource, field, first] : {std::tuple("bs", &Sas::snapshot, "2018-11-09"),
                                               std::tuple("bv", &Sas::version_id, "2019-12-12")}) {
    Sas sas = kWellFormed;
    sas.version = first;
    sas.resource = resource;
    EXPECT_FALSE(CheckForm(sas)) << resource;
    sas.*field = "2015-03-23T19:31:07.1234567Z";
    EXPECT_TRUE(CheckForm(sas)) << resource;
    sas.version = "2018-03-28";
    EXPECT_FALSE(CheckForm(sas)) << resource;
  }
}

struct MissingField {
  const char* name;
  std::string Sas::*field;
  const char* detail;
};

class SasMandatoryField : public ::testing::TestWithParam<MissingField> {};

TEST_P(SasMandatoryField, IsNamed) {
  Sas sas = kWellFormed;
  sas.*GetParam().field = {};

  const auto checked = CheckForm(sas);

  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, StorageError::kAuthenticationFailed);
  EXPECT_EQ(AuthenticationErrorDetail(checked.error()), GetParam().detail);
}

INSTANTIATE_TEST_SUITE_P(
    Fields, SasMandatoryField,
    ::testing::Values(MissingField{"Resource", &Sas::resource, "sr is mandatory. Cannot be empty"},
                      MissingField{"Expiry", &Sas::expires, "se is mandatory. Cannot be empty"},
                      MissingField{"Permissions", &Sas::permissions,
                                   "sp is mandatory. Cannot be empty"}),
    [](const auto& row) { return row.param.name; });

TEST(SasMandatoryField, MayStandInTheStoredPolicy) {
  Sas sas = kWellFormed;
  sas.identifier = "i";
  sas.expires = sas.permissions = {};

  EXPECT_TRUE(CheckForm(sas));
}

TEST(AccountSasForm, HasLettersInAnyOrder) {
  for (const char* permissions : {"rwdlacupyx", "rwdxylacuptfi", "lr"}) {
    AccountSas sas = kWellFormedOfAccount;
    sas.services = "bfqt";
    sas.resource_types = "ocs";
    sas.permissions = permissions;
    EXPECT_TRUE(CheckForm(sas)) << permissions;
  }
}

struct MalformedOfAccount {
  const char* name;
  std::string AccountSas::*field;
  const char* value;
  const char* detail = "Signature fields not well formed.";
};

class BadAccountSas : public ::testing::TestWithParam<MalformedOfAccount> {};

TEST_P(BadAccountSas, IsRefused) {
  AccountSas sas = kWellFormedOfAccount;
  sas.*GetParam().field = GetParam().value;

  const auto checked = CheckForm(sas);

  ASSERT_FALSE(checked);
  EXPECT_EQ(AuthenticationErrorDetail(checked.error()), GetParam().detail);
}

INSTANTIATE_TEST_SUITE_P(
    Fields, BadAccountSas,
    ::testing::Values(MalformedOfAccount{"VersionBeforeTheFirst", &AccountSas::version,
                                         "2015-02-21"},
                      MalformedOfAccount{"ServiceUnknown", &AccountSas::services, "bx"},
                      MalformedOfAccount{"ServiceTwice", &AccountSas::services, "bb"},
                      MalformedOfAccount{"TypeUnknown", &AccountSas::resource_types, "sb"},
                      MalformedOfAccount{"PermissionUnknown", &AccountSas::permissions, "rz"},
                      MalformedOfAccount{"PermissionTwice", &AccountSas::permissions, "rwr"},
                      MalformedOfAccount{"SignatureIsNoBase64", &AccountSas::signature, "a"},
                      MalformedOfAccount{"NoExpiry", &AccountSas::expires, "",
                                         "se is mandatory. Cannot be empty"},
                      MalformedOfAccount{"NoTypes", &AccountSas::resource_types, "",
                                         "srt is mandatory. Cannot be empty"},
                      MalformedOfAccount{"NoServices", &AccountSas::services, "",
                                         "ss is mandatory. Cannot be empty"}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace msc::storage
