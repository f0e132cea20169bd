#include "storage_stub/access/sas_check.h"

#include "storage_stub/protocol/error_body.h"
#include "storage_stub/protocol/storage_error.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

const Sas kGood{.version = "2012-02-12",
                .resource = "c",
                .permissions = "r",
                .starts = kStarts,
                .expires = kExpires,
                .signature = "x"};

struct Doubled {
  const char* name;
  StoredPolicy policy;
};

class SasFieldInBoth : public ::testing::TestWithParam<Doubled> {};

TEST_P(SasFieldInBoth, IsRefused) {
  const auto grant = MergeGrant(kGood, GetParam().policy);

  ASSERT_FALSE(grant);
  EXPECT_EQ(AuthenticationErrorDetail(grant.error()),
            "Access policy fields can be associated with signature or SAS identifier "
            "but not both");
}

INSTANTIATE_TEST_SUITE_P(Fields, SasFieldInBoth,
                         ::testing::Values(Doubled{"Permissions", {.id = "i", .permissions = "r"}},
                                           Doubled{"Start", {.id = "i", .starts = At(kStarts)}},
                                           Doubled{"Expiry", {.id = "i", .expires = At(kExpires)}}),
                         [](const auto& row) { return row.param.name; });

TEST(SasGrant, RefuseWithoutAnyExpiry) {
  Sas sas = kGood;
  sas.expires = {};

  const auto grant = MergeGrant(sas, StoredPolicy{.id = "i"});

  ASSERT_FALSE(grant);
  EXPECT_EQ(AuthenticationErrorDetail(grant.error()), "se is mandatory. Cannot be empty");
}

TEST(SasGrant, RefuseWithoutAnyPermissions) {
  Sas sas = kGood;
  sas.permissions = {};

  const auto grant = MergeGrant(sas, StoredPolicy{.id = "i"});

  ASSERT_FALSE(grant);
  EXPECT_EQ(AuthenticationErrorDetail(grant.error()), "sp is mandatory. Cannot be empty");
}

TEST(SasGrant, TakeWhatThePolicyHas) {
  Sas sas = kGood;
  sas.permissions = sas.starts = sas.expires = {};

  const auto grant = MergeGrant(
      sas,
      StoredPolicy{.id = "i", .permissions = "w", .starts = At(kStarts), .expires = At(kExpires)});

  ASSERT_TRUE(grant);
  EXPECT_EQ(grant->permissions, "w");
  EXPECT_EQ(grant->starts, At(kStarts));
  EXPECT_EQ(grant->expires, At(kExpires));
}

TEST(SasTime, BeginsAtTheStartAndEndsBeforeTheExpiry) {
  const SasGrant grant{.permissions = "r", .starts = At(kStarts), .expires = At(kExpires)};

  EXPECT_FALSE(CheckTime(grant, At(kStarts) - 1ms));
  EXPECT_TRUE(CheckTime(grant, At(kStarts)));
  EXPECT_TRUE(CheckTime(grant, At(kExpires) - 1ms));
  EXPECT_FALSE(CheckTime(grant, At(kExpires)));
}

TEST(SasTime, SaysTheFrame) {
  const SasGrant grant{.permissions = "r", .starts = At(kStarts), .expires = At(kExpires)};

  EXPECT_EQ(AuthenticationErrorDetail(CheckTime(grant, At(kExpires)).error()),
            "Signature not valid in the specified time frame: Start [Mon, 23 Mar 2015 19:30:07 GMT]"
            " - Expiry [Tue, 24 Mar 2015 08:00:07 GMT] - Current [Tue, 24 Mar 2015 08:00:07 GMT]");
}

TEST(SasTime, NeedsNoStart) {
  const SasGrant grant{.permissions = "r", .starts = std::nullopt, .expires = At(kExpires)};

  EXPECT_TRUE(CheckTime(grant, At("1999-01-01")));
  EXPECT_THAT(AuthenticationErrorDetail(CheckTime(grant, At(kExpires)).error()),
              ::testing::HasSubstr("Start [Mon, 01 Jan 0001 00:00:00 GMT]"));
}

TEST(SasSignature, IsAcceptedFromAnyKeyOfTheAccount) {
  const ResourceName name{"a", "con", "b"};
  Sas sas = kGood;
  sas.signature = Sign("second", StringToSign(sas, CanonicalResource(sas, name)));

  const auto text = StringToSign(sas, CanonicalResource(sas, name));
  EXPECT_TRUE(CheckSignature(sas.signature, text, {"first", "second"}));
  EXPECT_FALSE(CheckSignature(sas.signature, text, {"first"}));
}

TEST(SasSignature, SaysTheStringToSignWhereItDiffers) {
  const auto text = StringToSign(kGood, CanonicalResource(kGood, {"a", "con", "b"}));
  const auto checked = CheckSignature("x", text, {"key"});

  ASSERT_FALSE(checked);
  EXPECT_EQ(AuthenticationErrorDetail(checked.error()),
            "Signature did not match. String to sign used was "
            "r\n2015-03-23T19:30:07Z\n2015-03-24T08:00:07Z\n/a/con\n\n2012-02-12");
}

}  // namespace
}  // namespace msc::storage
