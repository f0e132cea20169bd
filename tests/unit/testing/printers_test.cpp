#include <gtest/gtest.h>
#include <msc/testing/printers.h>

#include <chrono>
#include <optional>

namespace msc {
namespace {

using ::testing::PrintToString;

constexpr Time kNoon =
    std::chrono::sys_days{std::chrono::year(2024) / 6 / 30} + std::chrono::hours(12);

TEST(Printers, NameStatesAndOperations) {
  EXPECT_EQ(PrintToString(VideoState::kFailed), "Failed");
  EXPECT_EQ(PrintToString(Operation::kPutBlockList), "PutBlockList");
}

TEST(Printers, ShowATransition) {
  const Transition done{kNoon, "7ac1", VideoState::kProcessing, VideoState::kCompleted};

  EXPECT_EQ(PrintToString(done), "video 7ac1 Processing -> Completed at 2024-06-30T12:00:00.000Z");
}

TEST(Printers, ShowAVideo) {
  VideoInfo video{.id = "7ac1", .original_name = "clip.mp4"};
  EXPECT_EQ(PrintToString(video), "video 7ac1 \"clip.mp4\" Pending");
  EXPECT_EQ(PrintToString(std::optional(video)), "(video 7ac1 \"clip.mp4\" Pending)");

  video.state = VideoState::kFailed;
  video.failure_code = 4;
  video.failure_reason = "no picture";
  video.uploaded_bytes = 12;
  EXPECT_EQ(PrintToString(video),
            "video 7ac1 \"clip.mp4\" Failed with 4, no picture, 12 bytes uploaded");
}

TEST(Printers, ShowARequest) {
  RecordedRequest request{
      .id = 5, .operation = Operation::kPutBlock, .method = "PUT", .target = "/a?b", .status = 201};
  EXPECT_EQ(PrintToString(request), "request 5, PutBlock PUT /a?b: 201");

  request.operation.reset();
  request.status = 0;
  request.fault_id = 2;
  EXPECT_EQ(PrintToString(request), "request 5, PUT /a?b: no answer by fault 2");
}

TEST(Printers, ShowADiagnostic) {
  Diagnostic diagnostic{
      .code = DiagnosticCode::kPolledTooFast, .video_id = "7ac1", .message = "wait longer"};
  EXPECT_EQ(PrintToString(diagnostic), "PolledTooFast: video 7ac1: wait longer");

  diagnostic.count = 3;
  EXPECT_EQ(PrintToString(diagnostic), "PolledTooFast: video 7ac1: wait longer (3 times)");
}

TEST(Printers, ShowAFault) {
  FaultStatus fault{.id = 3, .matched = 4, .fired = 1, .remaining = 2};
  EXPECT_EQ(PrintToString(fault), "fault 3 fired 1 of 4 requests that fitted, 2 to come");

  fault.remaining.reset();
  fault.completed = true;
  EXPECT_EQ(PrintToString(fault), "fault 3 fired 1 of 4 requests that fitted, over");
}

}  // namespace
}  // namespace msc
