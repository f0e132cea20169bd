#include "emulator/http/head.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace msc::http {
namespace {

// The status of an error; 0 if the head is accepted.
int Refusal(const std::string& text) {
  const auto head = ParseHead(text);
  const auto* bad = std::get_if<BadHead>(&head);
  return bad == nullptr ? 0 : bad->status;
}

Head Accepted(const std::string& text) { return std::get<Head>(ParseHead(text)); }

std::string WithLines(const std::string& lines) {
  return "GET / HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n";
}

struct Case {
  std::string name;
  std::string text;
  int status;
};

class HeadRefusals : public ::testing::TestWithParam<Case> {};

TEST_P(HeadRefusals, HaveTheirStatus) { EXPECT_EQ(Refusal(GetParam().text), GetParam().status); }

INSTANTIATE_TEST_SUITE_P(
    All, HeadRefusals,
    ::testing::Values(
        Case{"NoVersion", "GET /\r\nHost: a\r\n\r\n", 400}, Case{"EmptyLine", "\r\n\r\n", 400},
        Case{"TwoSpaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Case{"SpaceInTarget", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Case{"TabInTarget", "GET /a\tb HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Case{"FragmentInTarget", "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Case{"RelativeTarget", "GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Case{"StarForGet", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Case{"OtherScheme", "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Case{"AbsoluteBadHost", "GET http://a b/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Case{"MethodNoToken", "G@T / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Case{"UnknownMethod", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
        Case{"LowerCaseMethod", "get / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
        Case{"Connect", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 501},
        Case{"Http2", "PRI * HTTP/2.0\r\n\r\n", 505},
        Case{"OddVersion", "GET / HTTP/1.x\r\nHost: a\r\n\r\n", 400},
        Case{"LowerCaseVersion", "GET / http/1.1\r\nHost: a\r\n\r\n", 400},
        Case{"NoHost", "GET / HTTP/1.1\r\n\r\n", 400},
        Case{"TwoHosts", WithLines("Host: b\r\n"), 400},
        Case{"EmptyHost", "GET / HTTP/1.1\r\nHost: \r\n\r\n", 400},
        Case{"HostWithPath", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
        Case{"HostWithMarkup", "GET / HTTP/1.1\r\nHost: <script>\r\n\r\n", 400},
        Case{"HostPortTooLarge", "GET / HTTP/1.1\r\nHost: a:65536\r\n\r\n", 400},
        Case{"HostWithUser", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400},
        Case{"Folding", WithLines("X: a\r\n b\r\n"), 400},
        Case{"SpaceBeforeColon", WithLines("X : a\r\n"), 400},
        Case{"NoColon", WithLines("nonsense\r\n"), 400}, Case{"NoName", WithLines(": a\r\n"), 400},
        Case{"NulInValue", WithLines(std::string("X: a\0b\r\n", 8)), 400},
        Case{"ReturnInValue", WithLines("X: a\rb\r\n"), 400},
        Case{"BothFramings", WithLines("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n"), 400},
        Case{"TwoLengths", WithLines("Content-Length: 3\r\nContent-Length: 3\r\n"), 400},
        Case{"LengthList", WithLines("Content-Length: 3, 3\r\n"), 400},
        Case{"SignedLength", WithLines("Content-Length: +3\r\n"), 400},
        Case{"NegativeLength", WithLines("Content-Length: -3\r\n"), 400},
        Case{"HexLength", WithLines("Content-Length: 0x3\r\n"), 400},
        Case{"EmptyLength", WithLines("Content-Length:\r\n"), 400},
        Case{"HugeLength", WithLines("Content-Length: 18446744073709551616\r\n"), 400},
        Case{"TwoCodings",
             WithLines("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400},
        Case{"OtherCoding", WithLines("Transfer-Encoding: gzip, chunked\r\n"), 501},
        Case{"MangledCoding", WithLines("Transfer-Encoding: xchunked\r\n"), 501},
        Case{"CodingIn10", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        Case{"OtherExpectation", WithLines("Expect: 200-ok\r\n"), 417}),
    [](const auto& row) { return row.param.name; });

TEST(Head, KeepsHeadersAsTheyCame) {
  const auto head =
      Accepted(WithLines("X-A:  urn%3a \t\r\nx-a: two\r\nEmpty:\r\nUtf: \xC3\xA9\r\n"));

  const Headers expected = {
      {"Host", "a"}, {"X-A", "urn%3a"}, {"x-a", "two"}, {"Empty", ""}, {"Utf", "\xC3\xA9"}};
  EXPECT_EQ(head.headers, expected);
}

TEST(Head, KeepsTheTargetAsItCame) {
  EXPECT_EQ(Accepted("GET /a%2Fb?x=+%20&y?z HTTP/1.1\r\nHost: a\r\n\r\n").target,
            "/a%2Fb?x=+%20&y?z");
}

TEST(Head, SplitsAnAbsoluteTarget) {
  const auto head = Accepted("GET HTTP://b:81?q HTTP/1.1\r\nHost: a\r\n\r\n");

  EXPECT_EQ(head.authority, "b:81");
  EXPECT_EQ(head.target, "/?q");
}

TEST(Head, RefusesASchemeThatIsAllOfTheTarget) {
  for (const char* target : {"http", "https", "HTTPS", "http:", "http:/"}) {
    EXPECT_EQ(Refusal(std::string("GET ") + target + " HTTP/1.1\r\nHost: a\r\n\r\n"), 400)
        << target;
  }
}

TEST(Head, TakesTheHostAsAuthority) {
  EXPECT_EQ(Accepted("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n").authority, "[::1]:80");
}

TEST(Head, NeedsNoHostFromHttp10) {
  const auto head = Accepted("GET / HTTP/1.0\r\n\r\n");

  EXPECT_EQ(head.authority, "");
  EXPECT_FALSE(head.keep_alive);
}

TEST(Head, ReadsCloseOutOfAList) {
  EXPECT_FALSE(Accepted(WithLines("Connection: foo, Close\r\n")).keep_alive);
  EXPECT_TRUE(Accepted(WithLines("Connection: closer\r\n")).keep_alive);
}

TEST(Head, KeepsAnHttp10ConnectionThatAsksForIt) {
  EXPECT_TRUE(Accepted("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n").keep_alive);
  EXPECT_FALSE(Accepted("GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n").keep_alive);
}

TEST(Head, CountsBytesAndNotLines) {
  std::string lines;
  for (int i = 0; i < 400; ++i) lines += "x-ms-meta-m" + std::to_string(i) + ": y\r\n";

  EXPECT_EQ(Accepted(WithLines(lines)).headers.size(), 401u);
}

TEST(Head, RefusesAHeaderLineOverItsLimit) {
  const std::string most(kMaxHeaderLine - std::string("X: \r\n").size(), 'y');

  EXPECT_EQ(Refusal(WithLines("X: " + most + "\r\n")), 0);
  EXPECT_EQ(Refusal(WithLines("X: " + most + "y\r\n")), 431);
}

TEST(Head, SurvivesEveryCutAndEveryFlippedByte) {
  const std::string whole =
      "PUT /a?b HTTP/1.1\r\nHost: a:1\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n";
  for (std::size_t i = 0; i < whole.size(); ++i) {
    (void)ParseHead(whole.substr(0, i));
    for (int flip = 1; flip < 256; ++flip) {
      std::string mutated = whole;
      mutated[i] = static_cast<char>(mutated[i] ^ flip);
      std::size_t scanned = 0;
      (void)FindHeadEnd(mutated, scanned);
      (void)ParseHead(mutated);
    }
  }
}

std::variant<std::size_t, BadHead> Find(std::string_view text) {
  std::size_t scanned = 0;
  return FindHeadEnd(text, scanned);
}

TEST(HeadEnd, IsFoundByteByByte) {
  const std::string text = "GET / HTTP/1.1\r\nHost: a\r\n\r\nrest";
  std::size_t scanned = 0;
  std::size_t found = 0;
  std::size_t received = 0;

  while (found == 0)
    found = std::get<std::size_t>(FindHeadEnd(text.substr(0, ++received), scanned));

  EXPECT_EQ(text.substr(found), "rest");
}

TEST(HeadEnd, RefusesABareLineFeedAtOnce) {
  EXPECT_EQ(std::get<BadHead>(Find("GET / HTTP/1.1\nHost")).status, 400);
}

TEST(HeadEnd, RefusesALongRequestLineBeforeItEnds) {
  EXPECT_EQ(std::get<std::size_t>(Find(std::string(kMaxRequestLine - 1, 'a'))), 0u);
  EXPECT_EQ(std::get<BadHead>(Find(std::string(kMaxRequestLine, 'a'))).status, 414);
}

TEST(HeadEnd, RefusesALongHeadBeforeItEnds) {
  const std::string start = "GET / HTTP/1.1\r\nX: ";

  EXPECT_EQ(std::get<BadHead>(Find(start + std::string(kMaxHead, 'a'))).status, 431);
}

}  // namespace
}  // namespace msc::http
