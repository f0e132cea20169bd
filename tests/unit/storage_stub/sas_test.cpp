#include "storage_stub/access/sas.h"

#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

const ResourceName kName{kAccountName, kContainerName, "a.mp4"};

Sas ConnectorSas(std::string version) {
  return {.version = std::move(version),
          .resource = "c",
          .identifier = kPolicyId,
          .starts = kStarts,
          .expires = kExpires};
}

struct SasVector {
  const char* name;
  const char* version;
  const char* signature;
};

class SasVectors : public ::testing::TestWithParam<SasVector> {};

TEST_P(SasVectors, SignsAsTheServiceDoes) {
  const Sas sas = ConnectorSas(GetParam().version);

  const auto signature = Sign(TestKey(), StringToSign(sas, CanonicalResource(sas, kName)));

  EXPECT_EQ(signature, GetParam().signature);
}

INSTANTIATE_TEST_SUITE_P(
    Versions, SasVectors,
    ::testing::Values(
        SasVector{"v20120212", "2012-02-12", "f60Cv0IVuA1cM/CRgLfBHC5NZomM/lf2s89T+uSfACo="},
        SasVector{"v20130815", "2013-08-15", "Vhcz3y9o83MeDAkxI9EmrQmOpSs3VhkNOkLPbxpy0KA="},
        SasVector{"v20150221", "2015-02-21", "+twZNLSOLeg+B5rieyYK9rb3LoFz1gphUQ3Xj10Zez8="},
        SasVector{"v20150405", "2015-04-05", "ml5/gSavdjOKJPvY7L+Qdu1Dtnl6TkQdL5MTxWRD7fo="},
        SasVector{"v20181109", "2018-11-09", "doS0KdN4RHIQnFxBGH70IsNjFik+cAKoY5D+XsF2uu8="},
        SasVector{"v20201206", "2020-12-06", "bn4wX/DGLAzyPKqlypM+plazYFBnFvyCLVCkKqP6mJk="}),
    [](const auto& vector) { return vector.param.name; });

TEST(Sas, SignsUnknownNewerVersionsLikeTheNewestKnownOne) {
  const Sas newest = ConnectorSas("2020-12-06");
  const Sas unknown = ConnectorSas("2031-01-01");

  std::string expected = StringToSign(newest, "/blob/a/c");
  expected.replace(expected.find(newest.version), newest.version.size(), unknown.version);

  EXPECT_EQ(StringToSign(unknown, "/blob/a/c"), expected);
}

TEST(Sas, PutsEveryFieldInItsPlace) {
  const Sas sas{.version = "2020-12-06",
                .resource = "b",
                .identifier = "ID",
                .permissions = "r",
                .starts = "ST",
                .expires = "SE",
                .address_range = "SIP",
                .protocol = "SPR",
                .encryption_scope = "SES",
                .cache_control = "CC",
                .content_disposition = "CD",
                .content_encoding = "CE",
                .content_language = "CL",
                .content_type = "CT"};

  EXPECT_EQ(StringToSign(sas, "/blob/a/c/n"),
            "r\nST\nSE\n/blob/a/c/n\nID\nSIP\nSPR\n2020-12-06\nb\n\nSES\nCC\nCD\nCE\nCL\nCT");
}

// The expected signatures were made by the service's official JavaScript SDK.
TEST(Sas, SignsTheSnapshotOrTheVersionThatItIsFor) {
  Sas sas{.version = "2020-12-06",
          .resource = "bs",
          .permissions = "r",
          .expires = kExpires,
          .snapshot = "2015-03-23T19:31:07.1234567Z",
          .version_id = "2015-03-23T19:31:07.1234567Z"};
  const auto signature = [&] {
    return Sign(TestKey(), StringToSign(sas, CanonicalResource(sas, kName)));
  };

  EXPECT_EQ(signature(), "H6hB+xRRnSlWhWwfiHOw0oTH6EoVr1GsI96aka5WQ8U=");
  sas.resource = "bv";
  EXPECT_EQ(signature(), "BegWyRxu0Pq4lq6zjzP+qMcGFi5Ool+wojzMzByyiPI=");
}

TEST(Sas, NamesTheServiceInTheResourceFrom20150221On) {
  EXPECT_EQ(CanonicalResource({.version = "2014-02-14", .resource = "b"}, {"a", "c", "n/m"}),
            "/a/c/n/m");
  EXPECT_EQ(CanonicalResource({.version = "2015-02-21", .resource = "b"}, {"a", "c", "n/m"}),
            "/blob/a/c/n/m");
}

TEST(Sas, LeavesTheBlobOutOfAContainersResource) {
  EXPECT_EQ(CanonicalResource({.version = "2012-02-12", .resource = "c"}, {"a", "c", "n"}), "/a/c");
}

TEST(Sas, ReadsFieldsWhateverTheCaseOfTheirNames) {
  const Sas sas = ReadSas({{"SV", "2012-02-12"}, {"Sig", "a+b="}});

  EXPECT_EQ(sas.version, "2012-02-12");
  EXPECT_EQ(sas.signature, "a+b=");
}

TEST(Sas, JoinsTheValuesOfAFieldThatIsSentTwice) {
  const Sas sas = ReadSas({{"sp", "r"}, {"si", ""}, {"SP", "w"}, {"si", ""}});

  EXPECT_EQ(sas.permissions, "r,w");
  EXPECT_EQ(sas.identifier, ",");
}

}  // namespace
}  // namespace msc::storage
