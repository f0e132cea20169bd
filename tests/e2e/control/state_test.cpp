// Reset, snapshots, and the whole state as an archive.
#include "tests/e2e/control/control_fixture.h"
#include "tests/support/blob_client.h"

namespace msc {
namespace {

using namespace msc::testing;
using namespace std::chrono_literals;
using ::testing::IsEmpty;

class ControlState : public ControlTest {
 protected:
  // Something of everything that a reset can clear.
  CreatedVideo Fill() const {
    auto video = Submit();
    Put("clock", R"({"action":"advance","durationMillis":1000})");
    Post("faults", R"({"match":{"operation":"GetKey"},"action":{"status":503}})");
    Put("transitions/video", R"({"progression":"hold"})");
    return video;
  }

  // What is left of that, by the names that `keep` knows.
  std::vector<std::string> Left() const {
    std::vector<std::string> left;
    if (Get("clock").json.at("currentInstant") != "2024-06-30T12:00:00.000Z")
      left.push_back("clock");
    if (!emulator_.Faults().empty()) left.push_back("faults");
    if (!emulator_.Videos().empty()) left.push_back("videos");
    if (!emulator_.Requests().empty()) left.push_back("requests");
    if (Get("transitions/video").json.at("progression") == "hold") left.push_back("program");
    return left;
  }

  std::string Archive() const {
    RawClient client(port());
    client.Send("GET /__admin/state HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    return BodyOf(client.ReadToEnd().value());
  }
};

TEST_F(ControlState, AResetClearsEverything) {
  const auto video = Fill();

  EXPECT_EQ(Post("reset", "{}").status, 200);

  EXPECT_THAT(Left(), IsEmpty());
  EXPECT_EQ(StatusOf(Call(port(), "GET", video.upload_target)), 403);
}

TEST_F(ControlState, AResetNeedsNoBody) {
  Fill();

  EXPECT_EQ(Post("reset").status, 200);

  EXPECT_THAT(Left(), IsEmpty());
}

class Keeping : public ControlState, public ::testing::WithParamInterface<const char*> {};

TEST_P(Keeping, SparesThatAlone) {
  Fill();

  EXPECT_EQ(Post("reset", std::string(R"({"keep":[")") + GetParam() + "\"]}").status, 200);

  EXPECT_THAT(Left(), ::testing::ElementsAre(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Of, Keeping,
                         ::testing::Values("clock", "faults", "videos", "requests", "program"),
                         [](const auto& row) { return std::string(row.param); });

TEST_F(ControlState, AResetRefusesWhatItDoesNotKnowAndClearsNothing) {
  Fill();

  EXPECT_THAT(Post("reset", R"({"keep":["cookies"]})"), IsProblem("cookies"));
  EXPECT_THAT(Post("reset", R"({"keep":"clock"})"), IsProblem("\"clock\""));
  EXPECT_THAT(Post("reset", R"({"spare":["clock"]})"), IsProblem("spare"));

  EXPECT_EQ(Left().size(), 5u);
}

TEST_F(ControlState, AFaultThatIsKeptCountsOn) {
  const auto fault = emulator_.Inject({.action = AnswerStatus{}});
  Call(port(), "GET", "/api/Formats");

  emulator_.Reset({.faults = true});

  EXPECT_EQ(fault.Fired(), 1);
}

TEST_F(ControlState, ASnapshotBringsBackRecordsAndClock) {
  const auto video = Submit();
  const auto open = CreateVideo(port());
  Upload(port(), open, "the bytes");
  EXPECT_EQ(Post("snapshots/before").status, 201);
  emulator_.AdvanceClock(1h);
  Call(port(), "DELETE", "/api/Videos/" + video.id);
  Call(port(), "DELETE", "/api/Videos/" + open.id);

  EXPECT_EQ(Post("snapshots/before/restore").status, 200);

  EXPECT_EQ(VideoStatus(port(), video), "Processing");
  EXPECT_EQ(BodyOf(Call(port(), "GET", open.upload_target)), "the bytes");
  EXPECT_EQ(Get("clock").json.at("currentInstant"), "2024-06-30T12:00:00.000Z");
  EXPECT_EQ(emulator_.AdvanceClock(10s).size(), 1u);
}

TEST_F(ControlState, ASnapshotBringsBackUncommittedBlocks) {
  const auto video = CreateVideo(port());
  BlobClient blobs(port(), video.upload_target);
  ASSERT_EQ(blobs.PutBlock("a.mp4", "QUFB", "block").status, 201);
  emulator_.Snapshot("blocks");
  ASSERT_EQ(blobs.PutBlockList("a.mp4", {"QUFB"}).status, 201);

  emulator_.Restore("blocks");

  EXPECT_EQ(blobs.GetBlob("a.mp4").status, 404);
  EXPECT_EQ(blobs.PutBlockList("a.mp4", {"QUFB"}).status, 201);
  EXPECT_EQ(blobs.GetBlob("a.mp4").body, "block");
}

TEST_F(ControlState, ASnapshotCanBeRestoredAgainAndTakenAnew) {
  emulator_.Snapshot("s");
  for (int i = 0; i < 2; ++i) {
    CreateVideo(port());
    emulator_.Restore("s");
    EXPECT_THAT(emulator_.Videos(), IsEmpty());
  }
  CreateVideo(port());
  emulator_.Snapshot("s");
  emulator_.Reset();

  emulator_.Restore("s");

  EXPECT_EQ(emulator_.Videos().size(), 1u);
}

TEST_F(ControlState, ASnapshotRepeatsWhatComesAfterIt) {
  emulator_.Snapshot("s");
  const auto first = CreateVideo(port());

  emulator_.Restore("s");

  EXPECT_EQ(CreateVideo(port()).upload_target, first.upload_target);
}

TEST_F(ControlState, ASnapshotThatIsNotThereIsA404) {
  EXPECT_EQ(Post("snapshots/none/restore").status, 404);
  EXPECT_THROW(emulator_.Restore("none"), std::invalid_argument);
}

// What clients see of a video, byte for byte; the host is a fixed one, as ports differ.
std::string Seen(int port, const CreatedVideo& video) {
  std::string all;
  for (const auto& target : {"/api/Videos/" + video.id, "/api/Videos/" + video.id + "/Status",
                             video.upload_target, video.upload_target + "&comp=blocklist"}) {
    RawClient client(port);
    all += client.Ask("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
  return all;
}

TEST_F(ControlState, AnArchiveMakesAnotherEmulatorAnswerByteForByteAlike) {
  const auto video = CreateVideo(port());
  Upload(port(), video, "the bytes");
  Submit();
  emulator_.AdvanceClock(5s);
  const auto archive = Archive();
  const auto expected = Seen(port(), video);
  Emulator other({.frozen_at = "2025-01-01T00:00:00Z", .random_seed = 42});

  const auto put =
      Call(other.Port(), "PUT", "/__admin/state", archive, "Content-Type: application/x-tar\r\n");

  EXPECT_EQ(StatusOf(put), 200) << put;
  EXPECT_EQ(Seen(other.Port(), video), expected);
  EXPECT_EQ(other.AdvanceClock(5s).size(), 1u);
}

TEST_F(ControlState, AnArchiveContainsLeases) {
  const auto video = CreateVideo(port());
  Upload(port(), video, "leased");
  Call(port(), "PUT", video.upload_target + "&comp=lease", "",
       "x-ms-lease-action: acquire\r\nx-ms-lease-duration: -1\r\n");
  Emulator other({.frozen_at = kNoon, .random_seed = 42});

  Call(other.Port(), "PUT", "/__admin/state", Archive(), "Content-Type: application/x-tar\r\n");

  const auto read = Call(other.Port(), "GET", video.upload_target);
  EXPECT_EQ(HeaderOf(read, "x-ms-lease-state"), "leased");
  EXPECT_EQ(Upload(other.Port(), video, "by a stranger"), 412);
}

TEST_F(ControlState, WhatIsNoArchiveIsRefusedAndChangesNothing) {
  const auto video = Submit();
  const auto archive = Archive();

  for (const std::string& body : {std::string("{}"), archive.substr(0, archive.size() / 2)}) {
    EXPECT_THAT(Put("state", body), IsProblem(""));
  }

  EXPECT_EQ(VideoStatus(port(), video), "Processing");
}

TEST_F(ControlState, ShutdownIsRefusedInsideAnotherProcess) {
  EXPECT_EQ(Post("shutdown").status, 409);
}

}  // namespace
}  // namespace msc
