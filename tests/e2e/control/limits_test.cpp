// Limits of memory and time that small requests could use.
#include <filesystem>
#include <fstream>

#include "tests/e2e/control/control_fixture.h"
#include "tests/unit/base/temporary_folder.h"

namespace msc {
namespace {

using namespace msc::testing;
using ::testing::HasSubstr;

std::string ManyMembers(int count) {
  std::string json;
  for (int i = 0; i < count; ++i) json += "\"a" + std::to_string(i) + "\":0,";
  return '{' + json + "\"z\":0}";
}

std::string FaultWith(const std::string& match) {
  return R"({"match":)" + match + R"(,"action":{"status":503}})";
}

TEST_F(ControlTest, AnObjectHasNoMoreThanAThousandMembers) {
  for (const char* path : {"faults", "requests/find", "videos"}) {
    EXPECT_THAT(Post(path, ManyMembers(60'000)), IsProblem("at most 1000 members"));
    EXPECT_THAT(Post(path, R"({"headers":)" + ManyMembers(60'000) + '}'),
                IsProblem("at most 1000 members"));
  }
}

TEST_F(ControlTest, ALongListOfBadNamesIsRefusedByTheFirst) {
  std::string names;
  for (int i = 0; i < 100'000; ++i) names += "\"a\",";

  EXPECT_THAT(Post("reset", R"({"keep":[)" + names + "\"b\"]}"), IsProblem("keep"));
}

TEST_F(ControlTest, AnExpressionIsNotTooLarge) {
  EXPECT_THAT(Post("requests/find", R"({"urlPathPattern":"(\\pL{10}){100}"})"),
              IsProblem("no regular expression"));
}

TEST_F(ControlTest, FaultsHaveSoManyExpressionsTogether) {
  const auto fault = FaultWith(R"({"urlPathPattern":"/a+"})");
  int accepted = 0;
  while (accepted < 1000 && Post("faults", fault).status == 201) ++accepted;

  EXPECT_EQ(accepted, 256);
  EXPECT_EQ(Post("faults", fault).status, 413);
  EXPECT_EQ(Post("requests/count", R"({"urlPathPattern":"/a+"})").status, 413);
  Delete("faults/1");
  EXPECT_EQ(Post("faults", fault).status, 201);
}

TEST_F(ControlTest, FaultsHaveSoMuchTextTogether) {
  const auto fault = FaultWith(R"({"url":")" + std::string(1'000'000, 'x') + "\"}");
  int accepted = 0;
  while (accepted < 1000 && Post("faults", fault).status == 201) ++accepted;

  EXPECT_EQ(accepted, 16);
  EXPECT_EQ(Post("faults", fault).status, 413);
  Delete("faults");
  EXPECT_EQ(Post("faults", fault).status, 201);
}

// The reason why an emulator does not start with the seed; empty: it starts.
std::string SeedProblem(const std::filesystem::path& seed) {
  try {
    Emulator emulator({.frozen_at = kNoon, .seed = seed});
  } catch (const StartError& error) {
    return error.what();
  }
  return {};
}

TEST(SeedLimits, AreOfTheFileTheMembersAndTheNesting) {
  const TemporaryFolder folder;
  const std::string path = folder.File("seed.json");
  std::ofstream(path) << R"({"videos":[)" << ManyMembers(2'000) << "]}";
  EXPECT_THAT(SeedProblem(path), HasSubstr("videos[0]: an object has at most 1000 members"));

  std::ofstream(path) << R"({"videos":[{"a":)" << std::string(100'000, '[');
  EXPECT_THAT(SeedProblem(path), HasSubstr("videos[0]: it is nested too deeply"));

  std::filesystem::resize_file(path, 64 * 1024 * 1024 + 1);
  EXPECT_THAT(SeedProblem(path), HasSubstr("give large uploads as \"file\""));
}

TEST(SeedLimits, DoNotHinderManyVideos) {
  const TemporaryFolder folder;
  const std::string path = folder.File("seed.json");
  std::ofstream(path) << R"({"videos":[{"OriginalFileName":"a.mp4"}],"videos":[]})";
  EXPECT_THAT(SeedProblem(path), HasSubstr("must be a JSON object"));

  std::ofstream file(path);
  file << R"({"videos":[)";
  for (int i = 0; i < 300; ++i) file << R"({"OriginalFileName":"a.mp4"},)";
  file << R"({"OriginalFileName":"b.mp4"}]})" << std::flush;
  Emulator emulator({.frozen_at = kNoon, .seed = path});
  EXPECT_EQ(emulator.Videos().size(), 301u);
}

}  // namespace
}  // namespace msc
