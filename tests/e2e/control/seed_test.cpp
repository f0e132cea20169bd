// What an emulator starts with, and videos that are seeded over HTTP.
#include <fstream>

#include "tests/e2e/control/control_fixture.h"
#include "tests/support/child_process.h"

namespace msc {
namespace {

using namespace msc::testing;
using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Seed : public ::testing::Test {
 protected:
  std::string Write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_.path() + '/' + name) << text;
    return folder_.path() + '/' + name;
  }

  // What a StartError says; empty: it started, or failed for another reason.
  static std::string Refusal(EmulatorOptions options) {
    try {
      const Emulator emulator(std::move(options));
    } catch (const StartError& error) {
      if (error.reason() == StartError::Reason::kSeed) return error.what();
    }
    return {};
  }

  const ScratchFolder folder_;
};

TEST_F(Seed, TheDemoHasOneVideoOfEachKind) {
  const Emulator emulator({.frozen_at = kNoon, .seed = "demo"});
  const auto videos = emulator.Videos();

  ASSERT_EQ(videos.size(), 4u);
  EXPECT_EQ(videos[0].state, VideoState::kCompleted);
  EXPECT_EQ(videos[1].state, VideoState::kProcessing);
  EXPECT_EQ(videos[2].state, VideoState::kFailed);
  EXPECT_FALSE(videos[2].failure_reason.empty());
  EXPECT_EQ(videos[3].state, VideoState::kCompleted);
  EXPECT_TRUE(videos[3].key_id.has_value());
  for (const auto& video : videos) EXPECT_GT(video.uploaded_bytes.value_or(0), 0u);
}

TEST_F(Seed, ADemoIsNoRequestOfAClient) {
  const Emulator emulator({.frozen_at = kNoon, .seed = "demo"});

  EXPECT_THAT(emulator.Requests(), IsEmpty());
  EXPECT_THAT(emulator.Diagnostics(), IsEmpty());
}

TEST_F(Seed, AFileGivesVideosWithTheirBytes) {
  Write("a.bin", "bytes of a file");
  const auto path =
      Write("seed.json", R"({"videos":[{"OriginalFileName":"a.mp4","file":"a.bin",)"
                         R"("Id":"00000000-0000-0000-0000-00000000000A"},)"
                         R"({"OriginalFileName":"b.mp4","content":"YWJj","state":"Failed",)"
                         R"("code":9,"reason":"why"}]})");

  const Emulator emulator({.frozen_at = kNoon, .seed = path});

  const auto first = emulator.Video("00000000-0000-0000-0000-00000000000a");
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->uploaded_bytes, 15u);
  EXPECT_EQ(first->original_name, "a.mp4");
  EXPECT_EQ(emulator.Videos()[1].failure_code, 9);
  EXPECT_EQ(emulator.Videos()[1].failure_reason, "why");
}

TEST_F(Seed, IsNotReadWhereVideosAreKept) {
  const auto path = Write("seed.json", R"({"videos":[{"OriginalFileName":"a.mp4"}]})");
  const ScratchFolder data;
  { const Emulator first({.data_directory = data.path(), .seed = path}); }

  const Emulator second({.data_directory = data.path(), .seed = path});

  EXPECT_EQ(second.Videos().size(), 1u);
}

TEST_F(Seed, OneThatFailsHalfwayLeavesNothingInTheDataFolder) {
  const auto path =
      Write("seed.json", R"({"videos":[{"OriginalFileName":"a.mp4"},{"OriginalFileName":""}]})");
  const ScratchFolder data;
  EXPECT_THAT(Refusal({.data_directory = data.path(), .seed = path}), HasSubstr("videos[1]"));

  const Emulator emulator({.data_directory = data.path()});

  EXPECT_THAT(emulator.Videos(), IsEmpty());
}

TEST_F(Seed, IsNotSeededAgainByAReset) {
  Emulator emulator({.frozen_at = kNoon, .seed = "demo"});

  emulator.Reset();

  EXPECT_THAT(emulator.Videos(), IsEmpty());
}

TEST_F(Seed, AFileMayHaveTheLineEndsAndTheByteOrderMarkOfWindows) {
  const auto path = Write(
      "seed.json",
      "\xEF\xBB\xBF{\r\n  \"videos\": [\r\n"
      "    {\"OriginalFileName\": \"clip.mp4\",\r\n     \"state\": \"Completed\"}\r\n  ]\r\n}\r\n");

  const Emulator emulator({.seed = path});

  ASSERT_EQ(emulator.Videos().size(), 1u);
  EXPECT_EQ(emulator.Videos().front().state, VideoState::kCompleted);
}

struct BadSeed {
  const char* name;
  const char* text;
  const char* named;
};

class BadSeeds : public Seed, public ::testing::WithParamInterface<BadSeed> {};

TEST_P(BadSeeds, IsAStartErrorThatNamesWhatIsWrong) {
  const auto path = Write("seed.json", GetParam().text);

  EXPECT_THAT(Refusal({.seed = path}), AllOf(HasSubstr(path), HasSubstr(GetParam().named)));
}

INSTANTIATE_TEST_SUITE_P(
    Of, BadSeeds,
    ::testing::Values(
        BadSeed{"Empty", "", "{\"videos\""}, BadSeed{"NoJson", "videos: []", "{\"videos\""},
        BadSeed{"Array", "[]", "{\"videos\""},
        BadSeed{"BrokenJson", "{\"videos\":\r\n[}", ": line 2, column 2: syntax error"},
        BadSeed{"MoreThanVideos", R"({"videos":[],"faults":[]})",
                "unknown member faults; known are videos"},
        BadSeed{"UnknownMember", R"({"videos":[{"OriginalFileName":"a.mp4","colour":1}]})",
                "videos[0]: unknown member colour; known are OriginalFileName, "},
        BadSeed{"NoName", R"({"videos":[{}]})", "OriginalFileName"},
        BadSeed{"NumberForAVideo", R"({"videos":[5]})", "videos[0]"},
        BadSeed{"BadState", R"({"videos":[{"OriginalFileName":"a.mp4","state":"Done"}]})",
                "\"Done\""},
        BadSeed{"BadId", R"({"videos":[{"OriginalFileName":"a.mp4","Id":"7"}]})", "videos[0]"},
        BadSeed{"BadMode",
                R"({"videos":[{"OriginalFileName":"a.mp4","ContentProtectionMode":"DES"}]})",
                "videos[0]"},
        BadSeed{"BadContent", R"({"videos":[{"OriginalFileName":"a.mp4","content":"%"}]})",
                "base64"},
        BadSeed{"MissingFile", R"({"videos":[{"OriginalFileName":"a.mp4","file":"none.mp4"}]})",
                "none.mp4"},
        BadSeed{"FileAndContent",
                R"({"videos":[{"OriginalFileName":"a.mp4","file":"seed.json","content":"YQ=="}]})",
                "content"},
        BadSeed{"DuplicateId",
                R"({"videos":[{"OriginalFileName":"a.mp4",)"
                R"("Id":"00000000-0000-0000-0000-000000000001"},{"OriginalFileName":"b.mp4",)"
                R"("Id":"00000000-0000-0000-0000-000000000001"}]})",
                "videos[1]: "}),
    [](const auto& row) { return row.param.name; });

TEST_F(Seed, AFileThatIsNotThereIsNamed) {
  EXPECT_THAT(Refusal({.seed = "/none/seed.json"}), HasSubstr("/none/seed.json"));
  EXPECT_THAT(Refusal({.seed = folder_.path()}), HasSubstr(folder_.path()));
}

class Seeding : public ControlTest {};

TEST_F(Seeding, MakesAVideoInAnyState) {
  for (const auto* state : {"Pending", "Processing", "Completed", "Failed"}) {
    const auto answer = Post("videos", std::string(R"({"OriginalFileName":"a.mp4","state":")") +
                                           state + R"(","content":"YWJj"})");

    EXPECT_EQ(answer.status, 201) << answer.raw;
    EXPECT_EQ(answer.json.at("state"), state);
    EXPECT_EQ(answer.json.at("upload").at("bytes"), 3);
  }
  EXPECT_EQ(Get("videos").json.at("videos").size(), 4u);
}

TEST_F(Seeding, RefusesAnIdThatIsTaken) {
  const std::string body =
      R"({"OriginalFileName":"a.mp4","Id":"00000000-0000-0000-0000-000000000001"})";
  EXPECT_EQ(Post("videos", body).status, 201);

  EXPECT_EQ(Post("videos", body).status, 409);

  EXPECT_EQ(emulator_.Videos().size(), 1u);
}

}  // namespace
}  // namespace msc
