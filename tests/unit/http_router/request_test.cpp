#include "emulator/http/request.h"

#include <gmock/gmock.h>

#include <ostream>
#include <stdexcept>

namespace msc::http {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(Request, SplitsTheTargetUndecoded) {
  const Request request{.target = "/a%2Fb/c?x=%41&y"};

  EXPECT_EQ(request.path(), "/a%2Fb/c");
  EXPECT_EQ(request.query(), "x=%41&y");
}

TEST(Request, DecodesTheQueryOfANewTargetAnew) {
  Request request{.target = "/a?b=1"};
  ASSERT_THAT(request.parameters(), ElementsAre(Pair("b", "1")));

  request.target = "/a?c=2";

  EXPECT_THAT(request.parameters(), ElementsAre(Pair("c", "2")));
}

TEST(Request, QueryBeginsAtTheFirstQuestionMark) {
  const Request request{.target = "/a?b?c=d?"};

  EXPECT_EQ(request.path(), "/a");
  EXPECT_THAT(request.parameters(), ElementsAre(Pair("b?c", "d?")));
}

TEST(Request, NoQueryHasNoParameters) {
  EXPECT_THAT(Request{.target = "/a"}.parameters(), IsEmpty());
  EXPECT_THAT(Request{.target = "/a?"}.parameters(), IsEmpty());
  EXPECT_THAT(Request{.target = "/a?&&"}.parameters(), IsEmpty());
}

TEST(Request, ParametersKeepTheirOrderAndRepetitions) {
  const Request request{.target = "/?b=1&a=2&b=3"};

  EXPECT_THAT(request.parameters(), ElementsAre(Pair("b", "1"), Pair("a", "2"), Pair("b", "3")));
}

TEST(Request, ParametersAreDecodedOnce) {
  const Request request{.target = "/?k%3D=%2541&e%26f=g%26h%3Di"};

  EXPECT_THAT(request.parameters(), ElementsAre(Pair("k=", "%41"), Pair("e&f", "g&h=i")));
}

TEST(Request, ParameterKeepsItsFurtherEquals) {
  const Request request{.target = "/?sig=ab==&bare&=nameless"};

  EXPECT_THAT(request.parameters(),
              ElementsAre(Pair("sig", "ab=="), Pair("bare", ""), Pair("", "nameless")));
}

TEST(Request, PlusInAParameterIsABlankUnlessEncoded) {
  const Request request{.target = "/?a+b=c+d%2Be"};

  EXPECT_THAT(request.parameters(), ElementsAre(Pair("a b", "c d+e")));
}

TEST(Request, ParameterThatCannotBeDecodedStandsAsItIs) {
  const Request request{.target = "/?a=%zz+&%=%4"};

  EXPECT_THAT(request.parameters(), ElementsAre(Pair("a", "%zz+"), Pair("%", "%4")));
}

TEST(Request, ParameterIsTheFirstWhateverItsCase) {
  const Request request{.target = "/?KID=1&kid=2"};

  EXPECT_EQ(request.parameter("kid"), "1");
  EXPECT_EQ(request.parameter("token"), std::nullopt);
}

TEST(Request, HeaderIsTheFirstWhateverItsCase) {
  const Request request{.headers = {{"X-One", "1"}, {"x-one", "2"}, {"Empty", ""}}};

  EXPECT_EQ(request.header("x-ONE"), "1");
  EXPECT_EQ(request.header("empty"), "");
  EXPECT_EQ(request.header("x-two"), std::nullopt);
}

TEST(Request, UnknownCaptureIsABug) {
  const Request request{.captures = {{"id", "7"}}};

  EXPECT_EQ(request.capture("id"), "7");
  EXPECT_THROW(request.capture("name"), std::logic_error);
}

TEST(Request, BaseUrlIsWhatTheClientWrote) {
  const Request request{.scheme = "https", .authority = "Emulator.Example:8443"};

  EXPECT_EQ(request.base_url(), "https://Emulator.Example:8443");
}

struct Host {
  const char* name;
  std::string authority;
  std::string host = {};
};

void PrintTo(const Host& row, std::ostream* out) { *out << row.name; }

std::string HostName(const ::testing::TestParamInfo<Host>& row) { return row.param.name; }

class GoodAuthority : public ::testing::TestWithParam<Host> {};

TEST_P(GoodAuthority, IsAccepted) { EXPECT_TRUE(IsAuthority(GetParam().authority)); }

TEST_P(GoodAuthority, HasItsHost) {
  EXPECT_EQ(Request{.authority = GetParam().authority}.host(), GetParam().host);
}

INSTANTIATE_TEST_SUITE_P(
    Hosts, GoodAuthority,
    ::testing::Values(Host{"Name", "localhost", "localhost"},
                      Host{"NameAndPort", "localhost:10010", "localhost"},
                      Host{"Labels", "a-b.c_d.example:1", "a-b.c_d.example"},
                      Host{"RootDot", "example.:80", "example."},
                      Host{"Ipv4", "127.0.0.1:10010", "127.0.0.1"}, Host{"Ipv6", "[::1]", "::1"},
                      Host{"Ipv6AndPort", "[::1]:10010", "::1"},
                      Host{"Ipv6Long", "[2001:db8::1:2:3:4]:1", "2001:db8::1:2:3:4"},
                      Host{"Ipv6OfIpv4", "[::ffff:127.0.0.1]", "::ffff:127.0.0.1"},
                      Host{"HighestPort", "a:65535", "a"},
                      Host{"LongestLabel", std::string(63, 'a'), std::string(63, 'a')}),
    HostName);

class BadAuthority : public ::testing::TestWithParam<Host> {};

TEST_P(BadAuthority, IsRefused) { EXPECT_FALSE(IsAuthority(GetParam().authority)); }

INSTANTIATE_TEST_SUITE_P(
    Hosts, BadAuthority,
    ::testing::Values(
        Host{"Empty", ""}, Host{"PortAlone", ":80"}, Host{"NoPort", "a:"},
        Host{"PortTooHigh", "a:65536"}, Host{"PortMuchTooHigh", "a:99999999999999999999"},
        Host{"PortInWords", "a:http"}, Host{"NegativePort", "a:-1"}, Host{"TwoPorts", "a:1:2"},
        Host{"User", "user@a"}, Host{"UserAndPassword", "user:pass@a"}, Host{"Path", "a/b"},
        Host{"Query", "a?b"}, Host{"Fragment", "a#b"}, Host{"Scheme", "http://a"},
        Host{"Backslash", "a\\b"}, Host{"Blank", "a b"}, Host{"BlankInFront", " a"},
        Host{"Tab", "a\t"}, Host{"NewLine", "a\nX: y"}, Host{"CarriageReturn", "a\r"},
        Host{"Nul", std::string("a\0b", 3)}, Host{"Markup", "<script>"}, Host{"Quote", "a\"b"},
        Host{"Comma", "a,b"}, Host{"Percent", "a%2e"}, Host{"HighByte", "caf\xC3\xA9"},
        Host{"Star", "*.example"}, Host{"DotAlone", "."}, Host{"Dots", ".."},
        Host{"EmptyLabel", "a..b"}, Host{"DotInFront", ".a"},
        Host{"LongLabel", std::string(64, 'a')},
        Host{"LongName", std::string(60, 'a') + "." + std::string(60, 'a') + "." +
                             std::string(60, 'a') + "." + std::string(60, 'a') + "." +
                             std::string(60, 'a')},
        Host{"VeryLong", std::string(65536, 'a')}, Host{"Ipv6Bare", "::1"},
        Host{"Ipv6BareAndPort", "::1:80"}, Host{"BracketOpen", "["}, Host{"BracketClose", "]"},
        Host{"BracketsEmpty", "[]"}, Host{"BracketNotClosed", "[::1"},
        Host{"BracketNotOpened", "::1]"}, Host{"BracketThenText", "[::1]a"},
        Host{"BracketThenTextAndPort", "[::1]a:80"}, Host{"BracketNoPort", "[::1]:"},
        Host{"BracketedName", "[localhost]"}, Host{"BracketedIpv4", "[127.0.0.1]"},
        Host{"BracketedColons", "[:::::::::]"}, Host{"BracketedDots", "[...]"},
        Host{"Ipv6Zone", "[fe80::1%25eth0]"}, Host{"BracketedTwice", "[[::1]]"},
        Host{"BracketedNul", std::string("[::1\0]", 6)}),
    HostName);

}  // namespace
}  // namespace msc::http
