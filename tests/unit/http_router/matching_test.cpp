#include <gtest/gtest.h>

#include <ostream>

#include "emulator/http/http_error.h"
#include "tests/unit/http_router/router_test.h"

namespace msc::http {
namespace {

using enum Method;

struct MatchingRow {
  const char* name;
  std::string target;
  std::string answer;  // Empty: nothing is there.
};

void PrintTo(const MatchingRow& row, std::ostream* out) { *out << row.name; }

std::string MatchingName(const ::testing::TestParamInfo<MatchingRow>& row) {
  return row.param.name;
}

class Matching : public RouterTest, public ::testing::WithParamInterface<MatchingRow> {
 protected:
  static void Expect(const Router& router, const MatchingRow& row) {
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
                        {kGet, "/streams/{file}.ism/Level({rate})", Say("level")},
                        {kGet, "/files/{path*}", Say("file")}},
                       Plain()};
};

TEST_P(Matching, FindsTheRoute) { Expect(router_, GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    Targets, Matching,
    ::testing::Values(
        MatchingRow{"Root", "/", "root"}, MatchingRow{"RootWithQuery", "/?a=b", "root"},
        MatchingRow{"FirstThatFits", "/things/special", "special"},
        MatchingRow{"OneSegment", "/things/7", "thing id=7"},
        MatchingRow{"TrailingSlash", "/things/7/", "thing id=7"},
        MatchingRow{"TwoTrailingSlashes", "/things/7//", ""},
        MatchingRow{"NoSegment", "/things/", ""}, MatchingRow{"TooShort", "/things", ""},
        MatchingRow{"TooLong", "/things/7/parts", ""},
        MatchingRow{"TwoCaptures", "/things/7/parts/8", "part id=7 part=8"},
        MatchingRow{"PartsOfSegments", "/streams/a.b.ism/Level(7)", "level file=a.b rate=7"},
        MatchingRow{"EncodedAroundAPart", "/streams/a%2Eism/Level%287%29", "level file=a rate=7"},
        MatchingRow{"EmptyPart", "/streams/a.ism/Level()", ""},
        MatchingRow{"NothingAfterAPart", "/streams/a.ism/Level(7", ""},
        MatchingRow{"OverlappingEnds", "/streams/.ism/Level(7)", ""},
        MatchingRow{"EmptySegment", "/things//parts/8", ""},
        MatchingRow{"EncodedOnce", "/things/%2541", "thing id=%41"},
        MatchingRow{"EncodedSlashStaysInside", "/things/a%2Fb", "thing id=a/b"},
        MatchingRow{"EncodedSlashIsNoSegment", "/things%2F7", ""},
        MatchingRow{"EncodedQuestionMark", "/things/a%3Fb", "thing id=a?b"},
        MatchingRow{"EncodedLiteral", "/%74hings/7", "thing id=7"},
        MatchingRow{"PlusStays", "/things/a+b", "thing id=a+b"},
        MatchingRow{"Nul", "/things/%00", std::string("thing id=\0", 10)},
        MatchingRow{"BrokenEscape", "/things/%zz", ""}, MatchingRow{"CutEscape", "/things/%4", ""},
        MatchingRow{"OtherCase", "/Things/7", ""},
        MatchingRow{"DotsAreNoPath", "/things/..", "thing id=.."},
        MatchingRow{"RestOfOne", "/files/a", "file path=a"},
        MatchingRow{"RestOfMany", "/files/a/b//c", "file path=a/b//c"},
        MatchingRow{"RestKeepsItsTrailingSlash", "/files/a/", "file path=a/"},
        MatchingRow{"RestDecodedOnce", "/files/a%2520b/%C3%A9", "file path=a%20b/é"},
        MatchingRow{"EmptyRest", "/files/", ""}, MatchingRow{"NoRest", "/files", ""},
        MatchingRow{"Empty", "", ""}, MatchingRow{"NoSlash", "things/7", ""},
        MatchingRow{"Star", "*", ""}, MatchingRow{"Absolute", "http://host/things/7", ""},
        MatchingRow{"QueryAlone", "?a=b", ""},
        MatchingRow{"Many", "/things/" + std::string(16'000, '/'), ""}),
    MatchingName);

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
    ::testing::Values(MatchingRow{"All", "/c/x?restype=container&comp=acl", "acl name=x"},
                      MatchingRow{"OtherOrderAndMore", "/c/x?comp=acl&more=1&restype=container",
                                  "acl name=x"},
                      MatchingRow{"OtherCase", "/c/x?COMP=ACL&ResType=Container", "acl name=x"},
                      MatchingRow{"Encoded", "/c/x?comp=%61cl&restype=container", "acl name=x"},
                      MatchingRow{"OneOfTwo", "/c/x?comp=acl", "any comp name=x"},
                      MatchingRow{"WithoutValue", "/c/x?comp", "any comp name=x"},
                      MatchingRow{"OtherName", "/c/x?component=acl", "plain name=x"},
                      MatchingRow{"None", "/c/x", "plain name=x"}),
    MatchingName);

class MatchingIgnoringCase : public Matching {
 protected:
  const Router ignoring_{{{kGet, "/api/Videos/{id}", Say("video")}},
                         {.render_error = Refuse, .ignore_case = true}};
};

TEST_P(MatchingIgnoringCase, FindsTheRoute) { Expect(ignoring_, GetParam()); }

INSTANTIATE_TEST_SUITE_P(Targets, MatchingIgnoringCase,
                         ::testing::Values(MatchingRow{"Same", "/api/Videos/aB", "video id=aB"},
                                           MatchingRow{"Lower", "/api/videos/aB", "video id=aB"},
                                           MatchingRow{"Upper", "/API/VIDEOS/aB/", "video id=aB"},
                                           MatchingRow{"Encoded", "/api/%56ideos/aB",
                                                       "video id=aB"},
                                           MatchingRow{"Other", "/api/video/aB", ""}),
                         MatchingName);

}  // namespace
}  // namespace msc::http
