// What the control API says about names that it does not know, and where it begins.
#include "tests/e2e/control/control_fixture.h"

namespace msc {
namespace {

using namespace msc::testing;
using ::testing::HasSubstr;

struct Misspelt {
  const char* name;
  const char* method;
  const char* path;
  const char* body;
  const char* detail;
};

void PrintTo(const Misspelt& row, std::ostream* out) { *out << row.name; }

class MisspeltNames : public ControlTest, public ::testing::WithParamInterface<Misspelt> {};

TEST_P(MisspeltNames, AreNamedWithTheNearest) {
  const auto answer = Admin(port(), GetParam().method, GetParam().path, GetParam().body);

  EXPECT_THAT(answer.json.at("detail").get<std::string>(), HasSubstr(GetParam().detail));
}

INSTANTIATE_TEST_SUITE_P(
    Of, MisspeltNames,
    ::testing::Values(
        Misspelt{"Member", "POST", "requests/find", R"({"opertion":"GetKey"})",
                 "unknown member opertion; known are operation, videoId, method, url, "
                 "urlPathPattern, status, headers; did you mean \"operation\"?"},
        Misspelt{"Operation", "POST", "requests/find", R"({"operation":"PutBlok"})",
                 "did you mean \"PutBlob\"?"},
        Misspelt{"MissingMember", "POST", "faults", R"({"acton":{"status":503}})",
                 "unknown member acton; known are "},
        Misspelt{"Action", "POST", "faults", R"({"action":{"statu":503}})",
                 "unknown member action.statu; known are status, fault"},
        Misspelt{"FaultName", "POST", "faults", R"({"action":{"fault":"EMPTY_RESPONS"}})",
                 "did you mean \"EMPTY_RESPONSE\"?"},
        Misspelt{"Steps", "PUT", "transitions/video", R"({"stpes":[]})", "did you mean \"steps\"?"},
        Misspelt{"Step", "PUT", "transitions/video",
                 R"({"steps":[{"state":"Failed","resaon":""}]})", "did you mean \"reason\"?"},
        Misspelt{"Parameter", "GET", "requests?limt=1", "", "did you mean \"limit\"?"},
        Misspelt{"Route", "GET", "vidoes", "", "the nearest is GET /__admin/videos"},
        Misspelt{"BrokenJson", "POST", "faults", "{\n\"match\":}",
                 "the body is no JSON: line 2, column 9: "}),
    [](const auto& row) { return row.param.name; });

class AdminUrl : public ControlTest {};

TEST_F(AdminUrl, ListsWhatIsThere) {
  for (const char* target : {"/__admin", "/__admin/"}) {
    const auto answer = Call(port(), "GET", target);

    ASSERT_EQ(StatusOf(answer), 200) << target;
    const auto routes = Json::parse(BodyOf(answer)).at("routes");
    EXPECT_EQ(routes.at(0).at("path"), "/__admin");
    EXPECT_GT(routes.size(), 30u);
  }
}

}  // namespace
}  // namespace msc
