// What stays true while several threads and clients use an emulator at once.
#include <atomic>
#include <thread>

#include "tests/e2e/control/control_fixture.h"
#include "tests/support/blob_client.h"

namespace msc {
namespace {

using namespace msc::testing;
using namespace std::chrono_literals;

using ControlConsistency = ControlTest;

TEST_F(ControlConsistency, AnArchiveOfManyMebibytesComesBack) {
  const auto video = CreateVideo(port());
  Upload(port(), video, std::string(3 * 1024 * 1024, 'a'));
  RawClient client(port());
  client.Send("GET /__admin/state HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  const auto archive = BodyOf(client.ReadToEnd().value());
  Post("reset", "{}");

  const auto answer =
      Call(port(), "PUT", "/__admin/state", archive, "Content-Type: application/x-tar\r\n");

  EXPECT_EQ(StatusOf(answer), 200);
  EXPECT_EQ(emulator_.Video(video.id)->uploaded_bytes, 3u * 1024 * 1024);
}

TEST_F(ControlConsistency, AnImportThatStandsStillKeepsNobodyWaiting) {
  RawClient stalled(port());
  stalled.Send(
      "PUT /__admin/state HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-tar\r\n"
      "Content-Length: 100000\r\n\r\n0123456789");

  EXPECT_EQ(Post("reset", "{}").status, 200);
  EXPECT_EQ(Post("snapshots/a", "{}").status, 201);
}

TEST_F(ControlConsistency, AnAdvanceTellsWhatItFiredWhateverClientsAsk) {
  std::atomic<bool> stop = false;
  const auto video = Submit();
  std::vector<std::thread> pollers;
  for (int i = 0; i < 3; ++i) {
    pollers.emplace_back([&] {
      while (!stop) Call(port(), "GET", "/api/Videos/" + video.id + "/Status");
    });
  }

  for (int round = 0; round < 40; ++round) {
    emulator_.SetState(video.id, VideoState::kProcessing);
    EXPECT_EQ(emulator_.AdvanceClock(10s).size(), 1u);
  }

  stop = true;
  for (auto& poller : pollers) poller.join();
}

TEST_F(ControlConsistency, ARestoredVideoIsNotFinishedByTheTimeThatWas) {
  const auto video = Submit();
  emulator_.Snapshot("processing");
  for (int round = 0; round < 40; ++round) {
    emulator_.AdvanceClock(1h);

    emulator_.Restore("processing");

    ASSERT_EQ(emulator_.Video(video.id)->state, VideoState::kProcessing);
  }
}

TEST(TransitionScheduler, WakesForATimedStepThatAPollBegan) {
  Emulator emulator;
  const auto video = CreateVideo(emulator.Port());
  emulator.SetProgram(
      video.id,
      {{{.polls = 1}, {.duration = 50ms}, {.state = VideoState::kFailed, .reason = "over"}}});
  emulator.SetState(video.id, VideoState::kProcessing);
  for (int i = 0; i < 2; ++i) {
    Call(emulator.Port(), "GET", "/api/Videos/" + video.id + "/Status");
  }

  // An hour: if no thread wakes this one, the test hangs.
  EXPECT_TRUE(emulator.WaitForState(video.id, VideoState::kFailed, 1h));
}

TEST_F(ControlConsistency, AWaitForAVideoThatIsDeletedEnds) {
  const auto video = CreateVideo(port());
  std::thread waiter(
      [&] { EXPECT_FALSE(emulator_.WaitForState(video.id, VideoState::kCompleted, 1h)); });

  Call(port(), "DELETE", "/api/Videos/" + video.id);

  waiter.join();
}

TEST_F(ControlConsistency, APollAfterAVideoWasReopenedIsNoDiagnostic) {
  const auto video = Submit();
  emulator_.AdvanceClock(10s);
  Call(port(), "GET", "/api/Videos/" + video.id + "/Status");
  emulator_.SetState(video.id, VideoState::kProcessing);

  Call(port(), "GET", "/api/Videos/" + video.id + "/Status");

  EXPECT_TRUE(emulator_.Diagnostics().empty());
}

TEST_F(ControlConsistency, AnAnswerThatNeverCameWholeTellsNoEnd) {
  const auto video = Submit();
  emulator_.AdvanceClock(10s);
  auto cut =
      emulator_.Inject({.operation = Operation::kGetStatus, .times = 1, .action = TruncateBody{}});
  Call(port(), "GET", "/api/Videos/" + video.id + "/Status");

  Call(port(), "GET", "/api/Videos/" + video.id + "/Status");

  EXPECT_EQ(cut.Fired(), 1);
  EXPECT_EQ(emulator_.Video(video.id)->polls_after_end, 0);
}

TEST_F(ControlConsistency, AnUploadThatWasRefusedUnreadHasNoHash) {
  const auto video = CreateVideo(port());
  Call(port(), "PUT", video.upload_target.substr(0, video.upload_target.find('?')), "abc",
       "x-ms-blob-type: BlockBlob\r\n");

  EXPECT_EQ(emulator_.Requests(Operation::kPutBlob).back().body_sha256, "");
}

TEST_F(ControlConsistency, WhatTakesNoMembersRefusesThem) {
  for (const auto* const path : {"snapshots/a", "snapshots/a/restore", "shutdown"}) {
    const auto answer = Post(path, R"({"bogus":1})");

    EXPECT_EQ(answer.status, 400) << path;
    EXPECT_NE(answer.raw.find("bogus"), std::string::npos) << path;
  }
}

TEST_F(ControlConsistency, AStatusThatIsNoErrorHasNoErrorsBody) {
  Post("faults", R"({"times":1,"match":{"operation":"GetFormats"},"action":{"status":204}})");

  const auto answer = Call(port(), "GET", "/api/Formats");

  EXPECT_EQ(StatusOf(answer), 204);
  EXPECT_EQ(answer.find("Content-Length"), std::string::npos);
}

}  // namespace
}  // namespace msc
