// The documents that the control API serves about itself. control_fixture.h compares every exchange
// of the other tests with openapi.json.
#include <fstream>

#include "tests/e2e/control/api_document.h"
#include "tests/e2e/control/control_fixture.h"
#include "tests/e2e/control/json_schema.h"
#include "tests/support/child_process.h"

namespace msc {
namespace {

using namespace msc::testing;

class OpenApi : public ControlTest {
 protected:
  Json Schema(const std::string& name) const { return Get("schemas/" + name).json; }
};

TEST_F(OpenApi, NamesTheVersionAndTheAddressThatItWasAskedAt) {
  const auto document = Get("openapi.json").json;

  EXPECT_EQ(document.at("openapi"), "3.1.0");
  EXPECT_EQ(document.at("info").at("version"), Get("health").json.at("version"));
  EXPECT_EQ(document.at("servers").at(0).at("url"), "http://127.0.0.1:" + std::to_string(port()));
}

TEST_F(OpenApi, DescribesTheRoutes) {
  const auto paths = ApiDocument().at("paths");

  EXPECT_TRUE(paths.at("/__admin/snapshots").contains("get"));
  EXPECT_TRUE(paths.at("/__admin/snapshots/{name}").contains("delete"));
  EXPECT_TRUE(paths.at("/__admin/videos/{id}").contains("delete"));
  EXPECT_TRUE(paths.at("/__admin/diagnostics").contains("get"));
  EXPECT_TRUE(paths.at("/__admin/openapi.json").contains("get"));
}

TEST_F(OpenApi, NamesAllDiagnosticsInTheirOrder) {
  const auto& names =
      ApiDocument().at("/components/schemas/Diagnostic/properties/code/enum"_json_pointer);

  for (std::size_t i = 0; i < names.size(); ++i) {
    EXPECT_EQ(Name(static_cast<DiagnosticCode>(i)), names[i]);
  }
  EXPECT_THROW((void)Name(static_cast<DiagnosticCode>(names.size())), std::logic_error);
}

TEST_F(OpenApi, TellsExchangesThatItDoesNotDescribe) {
  const Exchange described{.method = "GET",
                           .path = "ready",
                           .status = 200,
                           .type = "application/json",
                           .received = {{"status", "ready"}}};
  Exchange other = described;
  EXPECT_EQ(DifferenceFromDocument(described), "");

  other.received["more"] = 1;
  EXPECT_EQ(DifferenceFromDocument(other), "getReadiness: received.more is not described");
  other = described;
  other.status = 418;
  EXPECT_EQ(DifferenceFromDocument(other), "getReadiness: the status 418 is not described");
  const Exchange sent{
      .method = "POST", .path = "reset", .sent = R"({"keep":["all"]})", .status = 200};
  EXPECT_NE(DifferenceFromDocument(sent), "");
}

TEST_F(OpenApi, ASchemaThatIsNotThereIsAProblem) {
  EXPECT_EQ(Get("schemas/other.json").status, 404);
  EXPECT_EQ(HeaderOf(Get("schemas/seed.json").raw, "Content-Type"), "application/schema+json");
}

TEST_F(OpenApi, ASeededVideoIsWhatPostTakesAndAFile) {
  auto in_file = Schema("seed.json").at("$defs").at("video").at("properties");
  auto posted = ApiDocument().at("/components/schemas/NewVideo/properties"_json_pointer);
  ASSERT_EQ(in_file.erase("file"), 1u);

  for (const auto& [name, schema] : posted.items()) EXPECT_TRUE(in_file.contains(name)) << name;
  EXPECT_EQ(in_file.size(), posted.size());
}

struct SeedCase {
  std::string name;
  std::string text;
  bool is_valid;
};

class SeedSchema : public OpenApi, public ::testing::WithParamInterface<SeedCase> {
 protected:
  // Whether an emulator starts with this seed.
  bool Starts(const std::string& text) const {
    std::ofstream(folder_.path() + "/clip.mp4") << "bytes";
    std::ofstream(folder_.path() + "/seed.json") << text;
    try {
      const Emulator emulator({.seed = folder_.path() + "/seed.json"});
    } catch (const StartError&) {
      return false;
    }
    return true;
  }

  const ScratchFolder folder_;
};

TEST_P(SeedSchema, SaysWhatTheEmulatorDoes) {
  const auto schema = Schema("seed.json");

  const auto problem = SchemaProblem(schema, schema, Json::parse(GetParam().text));

  EXPECT_EQ(problem.empty(), GetParam().is_valid) << problem;
  EXPECT_EQ(Starts(GetParam().text), GetParam().is_valid);
}

INSTANTIATE_TEST_SUITE_P(
    Files, SeedSchema,
    ::testing::Values(
        SeedCase{"File", R"({"videos":[{"OriginalFileName":"a.mp4","file":"clip.mp4"}]})", true},
        SeedCase{"All",
                 R"({"$schema":"s","videos":[{"Id":"0d7c4f9e-7b34-4b0c-8f37-2a9a0f3f1c55",)"
                 R"("OriginalFileName":"a.mp4","ContentProtectionMode":"AES128","state":"Failed",)"
                 R"("code":999,"reason":"why","content":"YQ=="}]})",
                 true},
        SeedCase{"NoModes",
                 R"({"videos":[{"OriginalFileName":"a.mp4","ContentProtectionMode":"",)"
                 R"("InputStorageEncryptionMode":""}]})",
                 true},
        SeedCase{"Empty", R"({"videos":[]})", true}, SeedCase{"NoVideos", "{}", false},
        SeedCase{"OtherMember", R"({"videos":[],"faults":[]})", false},
        SeedCase{"NoName", R"({"videos":[{}]})", false},
        SeedCase{"OtherState", R"({"videos":[{"OriginalFileName":"a.mp4","state":"Done"}]})",
                 false},
        SeedCase{"OtherMode",
                 R"({"videos":[{"OriginalFileName":"a.mp4","ContentProtectionMode":"AES"}]})",
                 false},
        SeedCase{"OtherCode", R"({"videos":[{"OriginalFileName":"a.mp4","code":1000}]})", false},
        SeedCase{"Both",
                 R"({"videos":[{"OriginalFileName":"a.mp4","file":"clip.mp4","content":""}]})",
                 false}),
    [](const auto& row) { return row.param.name; });

TEST_F(OpenApi, TheExamplesOfTheSeedsSchemaAreValid) {
  const auto schema = Schema("seed.json");

  for (const auto& example : schema.at("examples")) {
    EXPECT_EQ(SchemaProblem(schema, schema, example), "");
  }
}

}  // namespace
}  // namespace msc
