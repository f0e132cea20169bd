#include "emulator/videos/url_maker.h"

#include <gtest/gtest.h>

namespace msc::videos {
namespace {

http::Request To(std::string authority, std::string target = "/") {
  return {.target = std::move(target), .authority = std::move(authority)};
}

struct BlobBaseCase {
  const char* name;
  const char* authority;
  VideoServiceOptions options;
  const char* base;
};

void PrintTo(const BlobBaseCase& the_case, std::ostream* out) { *out << the_case.name; }

class BlobBaseTest : public ::testing::TestWithParam<BlobBaseCase> {};

TEST_P(BlobBaseTest, IsMadeOfTheFirstThatIsKnown) {
  const UrlMaker urls(GetParam().options, "acct");

  EXPECT_EQ(urls.BlobBase(To(GetParam().authority)), GetParam().base);
}

INSTANTIATE_TEST_SUITE_P(
    Options, BlobBaseTest,
    ::testing::Values(
        BlobBaseCase{"Request", "h:10010", {}, "http://h:10010/acct"},
        BlobBaseCase{"RequestWithoutPort", "h", {}, "http://h/acct"},
        BlobBaseCase{"Port", "h:10010", {.blob_port = 9}, "http://h:9/acct"},
        BlobBaseCase{"PortWithoutPort", "h", {.blob_port = 9}, "http://h:9/acct"},
        BlobBaseCase{"PortOfIpv6", "[::1]:10010", {.blob_port = 9}, "http://[::1]:9/acct"},
        BlobBaseCase{"External", "h", {.external_url = "https://x/p"}, "https://x/p/acct"},
        BlobBaseCase{"ExternalWithPort",
                     "h",
                     {.external_url = "https://x:8443", .blob_port = 9},
                     "https://x:9/acct"},
        BlobBaseCase{
            "BlobExternal",
            "h",
            {.external_url = "https://x", .blob_external_url = "https://b/a", .blob_port = 9},
            "https://b/a"}),
    [](const auto& test) { return test.param.name; });

TEST(UrlMaker, GivesTheHostWithoutPortAndBrackets) {
  const VideoServiceOptions options;
  const UrlMaker urls(options, "acct");

  EXPECT_EQ(urls.Host(To("h.example:80")), "h.example");
  EXPECT_EQ(urls.Host(To("[::1]:80")), "::1");
}

struct OutgoingCase {
  const char* target;
  const char* url;
};

void PrintTo(const OutgoingCase& the_case, std::ostream* out) { *out << the_case.url; }

class OutgoingTest : public ::testing::TestWithParam<OutgoingCase> {};

TEST_P(OutgoingTest, IsTheRequestsOwnInPrintableAscii) {
  const VideoServiceOptions options;

  EXPECT_EQ(UrlMaker(options, "acct").Outgoing(To("h", GetParam().target)), GetParam().url);
}

INSTANTIATE_TEST_SUITE_P(
    Targets, OutgoingTest,
    ::testing::Values(OutgoingCase{"/api/Videos", "http://h/api/Videos"},
                      OutgoingCase{"/api/Videos/", "http://h/api/Videos"},
                      OutgoingCase{"/api/Videos/?a=b/", "http://h/api/Videos?a=b/"},
                      OutgoingCase{"/", "http://h"},
                      OutgoingCase{"/a%20b?c=%C3%A9", "http://h/a%20b?c=%C3%A9"},
                      OutgoingCase{"/\xC3\xA9 \x01\x7F", "http://h/%C3%A9%20%01%7F"}),
    [](const auto& test) { return "Number" + std::to_string(test.index); });

}  // namespace
}  // namespace msc::videos
