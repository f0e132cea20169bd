// What C++ can do without a request, and that /__admin can do the same.
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/e2e/control/control_fixture.h"
#include "tests/support/child_process.h"

namespace msc {
namespace {

using namespace msc::testing;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kSeededId = "0f8fad5b-d9cb-469f-a165-70867728950e";
constexpr const char* kUnknownId = "00000000-0000-4000-8000-000000000000";

std::filesystem::path WriteText(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

std::string ReadText(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// What the exception says that tells of a mistake in `call`; empty: there is none.
template <typename Call>
std::string MistakeIn(const Call& call) {
  try {
    call();
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return {};
}

class EmulatorVideos : public ControlTest {
 protected:
  std::string MistakeOf(const VideoSeed& seed) {
    return MistakeIn([&] { emulator_.CreateVideo(seed); });
  }

  const ScratchFolder folder_;
};

TEST_F(EmulatorVideos, CreatesAPendingOneFromNothing) {
  const auto video = emulator_.CreateVideo();

  EXPECT_EQ(video.state, VideoState::kPending);
  EXPECT_EQ(video.original_name, "video.mp4");
  EXPECT_FALSE(video.uploaded_bytes);
  EXPECT_EQ(StatusOf(Call(port(), "GET", "/api/Videos/" + video.id)), 200);
}

TEST_F(EmulatorVideos, CreatesOneInAnyStateWithItsUpload) {
  const auto video = emulator_.CreateVideo({.original_name = "a.mov",
                                            .id = kSeededId,
                                            .is_protected = true,
                                            .content = std::string("\0odd\xFF", 5),
                                            .state = VideoState::kFailed,
                                            .failure_code = 7,
                                            .failure_reason = "no track"});

  EXPECT_EQ(video.id, kSeededId);
  EXPECT_EQ(video.state, VideoState::kFailed);
  EXPECT_EQ(video.failure_code, 7);
  EXPECT_EQ(video.failure_reason, "no track");
  EXPECT_EQ(video.uploaded_bytes, 5u);
  EXPECT_TRUE(video.key_id);
  EXPECT_EQ(Get("videos/" + video.id).json.at("state"), "Failed");
}

TEST_F(EmulatorVideos, UploadsAFile) {
  const std::string text(200'000, 'x');
  const auto file = WriteText(folder_.path() + "/clip", text);

  const auto video = emulator_.CreateVideo({.file = file});

  EXPECT_EQ(video.uploaded_bytes, text.size());
}

TEST_F(EmulatorVideos, RefusesASeedThatCannotBeAndLeavesNothing) {
  EXPECT_THAT(MistakeOf({.original_name = "no extension"}), HasSubstr("original_name"));
  EXPECT_THAT(MistakeOf({.original_name = "\xFF.mp4"}), HasSubstr("UTF-8"));
  EXPECT_THAT(MistakeOf({.id = "one"}), HasSubstr("GUID"));
  EXPECT_THAT(MistakeOf({.file = folder_.path() + "/none"}), HasSubstr("there is no file"));
  EXPECT_THAT(MistakeOf({.file = folder_.path()}), HasSubstr("there is no file"));
  EXPECT_THAT(MistakeOf({.content = "x", .file = "y"}), HasSubstr("beside content"));
  EXPECT_THAT(MistakeOf({.is_input_encrypted = true, .content = "x"}), HasSubstr("AES256"));
  EXPECT_NE(MistakeOf({.state = VideoState::kFailed, .failure_code = 1000}), "");
  EXPECT_NE(MistakeOf({.state = VideoState::kFailed, .failure_reason = "\xFF"}), "");

  EXPECT_THAT(emulator_.Videos(), IsEmpty());
}

TEST_F(EmulatorVideos, RefusesAnIdThatIsTaken) {
  emulator_.CreateVideo({.id = kSeededId});

  EXPECT_NE(MistakeOf({.id = kSeededId}), "");
}

TEST_F(EmulatorVideos, DeletesOneWithItsUpload) {
  const auto video = CreateVideo(port());
  Upload(port(), video, "the bytes");

  EXPECT_TRUE(emulator_.DeleteVideo(video.id));

  EXPECT_EQ(StatusOf(Call(port(), "GET", "/api/Videos/" + video.id)), 404);
  EXPECT_EQ(StatusOf(Call(port(), "GET", video.upload_target)), 403);
  EXPECT_FALSE(emulator_.DeleteVideo(video.id));
}

TEST_F(EmulatorVideos, DeletesNothingThatIsNotThere) {
  for (const std::string id : {kUnknownId, "", "no id", "'; --", "\xFF"}) {
    EXPECT_FALSE(emulator_.DeleteVideo(id)) << id;
  }
  EXPECT_EQ(Delete(std::string("videos/") + kUnknownId).status, 404);
  EXPECT_EQ(Delete("videos/%FF").status, 404);
}

TEST_F(EmulatorVideos, AreDeletedOverHttpToo) {
  const auto video = emulator_.CreateVideo();

  EXPECT_EQ(Delete("videos/" + video.id).status, 200);

  EXPECT_THAT(emulator_.Videos(), IsEmpty());
}

TEST_F(EmulatorVideos, TellTheirDefaultProgram) {
  EXPECT_FALSE(emulator_.DefaultProgram());

  emulator_.SetDefaultProgram(Program::AfterPolls(2));

  EXPECT_EQ(emulator_.DefaultProgram(), Program::AfterPolls(2));
}

using EmulatorFaults = ControlTest;

TEST_F(EmulatorFaults, StayWhenTheyAreDetached) {
  std::int64_t id = 0;
  {
    auto fault = emulator_.Inject({.action = AnswerStatus{.status = 503}});
    id = fault.Detach();
  }

  EXPECT_EQ(StatusOf(Call(port(), "GET", "/api/Formats")), 503);
  ASSERT_EQ(emulator_.Faults().size(), 1u);
  EXPECT_EQ(emulator_.Faults()[0].fired, 1);
  EXPECT_TRUE(emulator_.RemoveFault(id));
  EXPECT_FALSE(emulator_.RemoveFault(id));
  EXPECT_EQ(StatusOf(Call(port(), "GET", "/api/Formats")), 200);
}

TEST_F(EmulatorFaults, StayDetachedWhenTheObjectMoves) {
  {
    auto fault = emulator_.Inject({.action = AnswerStatus{}});
    fault.Detach();
    const ScopedFault moved = std::move(fault);
  }

  EXPECT_EQ(emulator_.Faults().size(), 1u);
}

TEST_F(EmulatorFaults, GoWhenTheyAreRemoved) {
  auto fault = emulator_.Inject({.action = AnswerStatus{}});
  Call(port(), "GET", "/api/Formats");

  fault.Remove();
  fault.Remove();

  EXPECT_THAT(emulator_.Faults(), IsEmpty());
  EXPECT_EQ(fault.Fired(), 0);
}

TEST_F(EmulatorFaults, GoAllAtOnce) {
  const auto one = emulator_.Inject({.action = AnswerStatus{}});
  const auto two = emulator_.Inject({.action = AnswerStatus{}});

  emulator_.RemoveFaults();

  EXPECT_THAT(emulator_.Faults(), IsEmpty());
  EXPECT_THAT(emulator_.UnusedFaults(), IsEmpty());
}

TEST_F(EmulatorFaults, LeaveTheJournalWhichIsEmptiedAlone) {
  const auto fault = emulator_.Inject({.action = AnswerStatus{}});
  Call(port(), "GET", "/api/Formats");

  emulator_.ClearRequests();

  EXPECT_THAT(emulator_.Requests(), IsEmpty());
  EXPECT_EQ(fault.Fired(), 1);
}

using EmulatorSnapshots = ControlTest;

TEST_F(EmulatorSnapshots, AreListedByName) {
  EXPECT_EQ(Get("snapshots").json, Json::parse(R"({"snapshots":[]})"));

  emulator_.Snapshot("b");
  Post("snapshots/a%2Fc");

  EXPECT_THAT(emulator_.Snapshots(), ElementsAre("a/c", "b"));
  EXPECT_EQ(Get("snapshots").json, Json::parse(R"({"snapshots":[{"name":"a/c"},{"name":"b"}]})"));
}

TEST_F(EmulatorSnapshots, AreGoneWhenTheyAreDeleted) {
  emulator_.Snapshot("a");
  emulator_.Snapshot("b");

  EXPECT_TRUE(emulator_.DeleteSnapshot("a"));
  EXPECT_EQ(Delete("snapshots/b").status, 200);

  EXPECT_THAT(emulator_.Snapshots(), IsEmpty());
  EXPECT_THROW(emulator_.Restore("a"), std::invalid_argument);
  EXPECT_FALSE(emulator_.DeleteSnapshot("a"));
  EXPECT_EQ(Delete("snapshots/b").status, 404);
}

TEST_F(EmulatorSnapshots, HaveNamesOfAnyBytes) {
  const std::string odd("\0/'\xFF", 4);
  emulator_.Snapshot(odd);

  EXPECT_THAT(emulator_.Snapshots(), ElementsAre(odd));
  EXPECT_EQ(Get("snapshots").status, 200);
  EXPECT_EQ(Post("snapshots/%00%2F%27%FF/restore").status, 200);
  EXPECT_EQ(Delete("snapshots/%00%2F%27%FF").status, 200);
  EXPECT_THAT(emulator_.Snapshots(), IsEmpty());
}

TEST_F(EmulatorSnapshots, MakeRoomForOthersWhenTheyAreDeleted) {
  for (int i = 0; i < 100; ++i) emulator_.Snapshot(std::to_string(i));
  EXPECT_THROW(emulator_.Snapshot("more"), std::invalid_argument);

  emulator_.DeleteSnapshot("50");

  EXPECT_NO_THROW(emulator_.Snapshot("more"));
}

class EmulatorArchive : public ControlTest {
 protected:
  const ScratchFolder folder_;
  const std::filesystem::path file_ = folder_.path() + "/state.tar";
};

TEST_F(EmulatorArchive, MakesAnotherEmulatorHaveTheSame) {
  const auto video = CreateVideo(port());
  Upload(port(), video, "the bytes");
  emulator_.Export(file_);
  Emulator other({.frozen_at = kNoon});

  other.Import(file_);

  EXPECT_EQ(BodyOf(Call(other.Port(), "GET", video.upload_target)), "the bytes");
  EXPECT_EQ(other.Videos().size(), 1u);
}

TEST_F(EmulatorArchive, ReplacesAFileAndLeavesNothingBeside) {
  WriteText(file_, "what was there before");

  emulator_.Export(file_);

  EXPECT_NE(ReadText(file_), "what was there before");
  const std::filesystem::directory_iterator files(folder_.path());
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST_F(EmulatorArchive, IsNotWrittenWhereThereIsNoFolder) {
  EXPECT_THROW(emulator_.Export(folder_.path() + "/none/state.tar"), std::runtime_error);
  EXPECT_THROW(emulator_.Export(folder_.path()), std::runtime_error);

  EXPECT_TRUE(std::filesystem::is_directory(folder_.path()));
}

TEST_F(EmulatorArchive, ThatIsNoneIsRefusedAndChangesNothing) {
  const auto video = Submit();
  emulator_.Export(file_);
  const auto archive = ReadText(file_);

  for (const auto& bad :
       {std::string(), std::string("{}"), archive.substr(0, archive.size() / 2)}) {
    WriteText(file_, bad);
    EXPECT_THROW(emulator_.Import(file_), std::invalid_argument) << bad.size();
  }

  EXPECT_EQ(VideoStatus(port(), video), "Processing");
}

TEST_F(EmulatorArchive, ThatCannotBeReadIsNoMistakeInTheCall) {
  for (const auto& file : {folder_.path() + "/none", folder_.path()}) {
    EXPECT_EQ(MistakeIn([&] { EXPECT_THROW(emulator_.Import(file), std::runtime_error) << file; }),
              "");
  }
}

TEST_F(EmulatorArchive, IsRefusedByItsNameWhereAnOptionIsAPath) {
  try {
    const Emulator emulator({.seed = std::filesystem::path(folder_.path()) / "none.json"});
    FAIL() << "it started";
  } catch (const StartError& error) {
    EXPECT_EQ(error.reason(), StartError::Reason::kSeed);
    EXPECT_THAT(error.what(), HasSubstr("none.json"));
  }
}

TEST(EmulatorMistakes, InPatternsAndProgramsAreToldByExceptions) {
  Emulator emulator;
  const RequestPattern bad{.url_path_pattern = "("};

  EXPECT_THROW(emulator.Requests(bad), std::invalid_argument);
  EXPECT_THROW(emulator.WaitFor(bad, 1, 0ms), std::invalid_argument);
  EXPECT_THROW(emulator.SetDefaultProgram(Program{}), std::invalid_argument);
  EXPECT_THROW((void)emulator.Inject({.skip = -1, .action = AnswerStatus{}}),
               std::invalid_argument);
}

TEST(DiagnosticCodes, HaveTheNamesThatHttpShows) {
  for (int i = 0; i <= static_cast<int>(DiagnosticCode::kSignatureOutOfTime); ++i) {
    const auto code = static_cast<DiagnosticCode>(i);
    EXPECT_EQ(ParseDiagnosticCode(Name(code)), code);
  }
  EXPECT_EQ(Name(DiagnosticCode::kTokenNotUsed), "TokenNotUsed");
  EXPECT_FALSE(ParseDiagnosticCode("tokennotused"));
  EXPECT_FALSE(ParseDiagnosticCode(""));
}

}  // namespace
}  // namespace msc
