#include <gtest/gtest.h>

#include <ostream>

#include "emulator/http/http_error.h"
#include "tests/unit/http_router/router_test.h"

namespace msc::http {
namespace {

using enum Method;

struct Row {
  const char* name;
  std::string target;
  std::string answer;  // Empty: nothing is there.
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

std::string NameOf(const ::testing::TestParamInfo<Row>& row) { return row.param.name; }

class Matching : public RouterTest, public ::testing::WithParamInterface<Row> {
 protected:
  static void Expect(const Router& router, const Row& row) {
    const auto response = Dispatch(router, kGet, row.target);
    if (row.answer.empty()) {
      EXPECT_EQ(response.status, StatusOf(HttpError::kRouteNotFound));
    } else {
      EXPECT_EQ(response.body, row.answer);
    }
  }

  const Router router_{{{kGet, "/", Say("root")},
                        {kGet, "/things/special", Say("special")},
                        {kGet, "/things/{id}", Say("thing")},
                        {kGet, "/things/{id}/parts/{part}", Say("part")},
                        {kGet, "/files/{path*}", Say("file")}},
                       Plain()};
};

TEST_P(Matching, FindsTheRoute) { Expect(router_, GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    Targets, Matching,
    ::testing::Values(Row{"Root", "/", "root"}, Row{"RootWithQuery", "/?a=b", "root"},
                      Row{"FirstThatFits", "/things/special", "special"},
                      Row{"OneSegment", "/things/7", "thing id=7"},
                      Row{"TrailingSlash", "/things/7/", "thing id=7"},
                      Row{"TwoTrailingSlashes", "/things/7//", ""},
                      Row{"NoSegment", "/things/", ""}, Row{"TooShort", "/things", ""},
                      Row{"TooLong", "/things/7/parts", ""},
                      Row{"TwoCaptures", "/things/7/parts/8", "part id=7 part=8"},
                      Row{"EmptySegment", "/things//parts/8", ""},
                      Row{"EncodedOnce", "/things/%2541", "thing id=%41"},
                      Row{"EncodedSlashStaysInside", "/things/a%2Fb", "thing id=a/b"},
                      Row{"EncodedSlashIsNoSegment", "/things%2F7", ""},
                      Row{"EncodedQuestionMark", "/things/a%3Fb", "thing id=a?b"},
                      Row{"EncodedLiteral", "/%74hings/7", "thing id=7"},
                      Row{"PlusStays", "/things/a+b", "thing id=a+b"},
                      Row{"Nul", "/things/%00", std::string("thing id=\0", 10)},
                      Row{"BrokenEscape", "/things/%zz", ""}, Row{"CutEscape", "/things/%4", ""},
                      Row{"OtherCase", "/Things/7", ""},
                      Row{"DotsAreNoPath", "/things/..", "thing id=.."},
                      Row{"RestOfOne", "/files/a", "file path=a"},
                      Row{"RestOfMany", "/files/a/b//c", "file path=a/b//c"},
                      Row{"RestKeepsItsTrailingSlash", "/files/a/", "file path=a/"},
                      Row{"RestDecodedOnce", "/files/a%2520b/%C3%A9", "file path=a%20b/é"},
                      Row{"EmptyRest", "/files/", ""}, Row{"NoRest", "/files", ""},
                      Row{"Empty", "", ""}, Row{"NoSlash", "things/7", ""}, Row{"Star", "*", ""},
                      Row{"Absolute", "http://host/things/7", ""}, Row{"QueryAlone", "?a=b", ""},
                      Row{"Many", "/things/" + std::string(16'000, '/'), ""}),
    NameOf);

class MatchingByQuery : public Matching {
 protected:
  const Router by_query_{{{kGet, "/c/{name}?restype=container&comp=acl", Say("acl")},
                          {kGet, "/c/{name}?comp", Say("any comp")},
                          {kGet, "/c/{name}", Say("plain")}},
                         Plain()};
};

TEST_P(MatchingByQuery, FindsTheRoute) { Expect(by_query_, GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    Targets, MatchingByQuery,
    ::testing::Values(Row{"All", "/c/x?restype=container&comp=acl", "acl name=x"},
                      Row{"OtherOrderAndMore", "/c/x?comp=acl&more=1&restype=container",
                          "acl name=x"},
                      Row{"OtherCase", "/c/x?COMP=ACL&ResType=Container", "acl name=x"},
                      Row{"Encoded", "/c/x?comp=%61cl&restype=container", "acl name=x"},
                      Row{"OneOfTwo", "/c/x?comp=acl", "any comp name=x"},
                      Row{"WithoutValue", "/c/x?comp", "any comp name=x"},
                      Row{"OtherName", "/c/x?component=acl", "plain name=x"},
                      Row{"None", "/c/x", "plain name=x"}),
    NameOf);

class MatchingIgnoringCase : public Matching {
 protected:
  const Router ignoring_{{{kGet, "/api/Videos/{id}", Say("video")}},
                         {.render_error = Refuse, .ignore_case = true}};
};

TEST_P(MatchingIgnoringCase, FindsTheRoute) { Expect(ignoring_, GetParam()); }

INSTANTIATE_TEST_SUITE_P(Targets, MatchingIgnoringCase,
                         ::testing::Values(Row{"Same", "/api/Videos/aB", "video id=aB"},
                                           Row{"Lower", "/api/videos/aB", "video id=aB"},
                                           Row{"Upper", "/API/VIDEOS/aB/", "video id=aB"},
                                           Row{"Encoded", "/api/%56ideos/aB", "video id=aB"},
                                           Row{"Other", "/api/video/aB", ""}),
                         NameOf);

}  // namespace
}  // namespace msc::http
