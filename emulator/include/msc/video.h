#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace msc {

// A moment of an emulator's own clock: UTC, to the millisecond.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;

// Where a video stands. Left to itself it never goes back.
enum class VideoState {
  kPending,     // Created, not marked complete.
  kProcessing,  // Marked complete.
  kCompleted,   // Ready to be played.
  kFailed,
};

// "Completed" for kCompleted. Throws std::logic_error for what is none of the four.
std::string_view Name(VideoState state);

// The state of that name, exactly so; nullopt where there is none.
std::optional<VideoState> ParseVideoState(std::string_view name);

// One change of a video's state, `at` an instant of the emulator's clock.
struct Transition {
  Time at{};
  std::string video_id{};
  VideoState from = VideoState::kPending;
  VideoState to = VideoState::kPending;

  friend bool operator==(const Transition&, const Transition&) = default;
};

// The StatusCode of a failed video, unless its program says otherwise.
inline constexpr int kDefaultFailureCode = 4;

// A stretch of a program. It lasts for a time or for a number of polls; with neither, for ever.
struct Step {
  VideoState state = VideoState::kProcessing;  // Never kPending.

  // How long it lasts, in time of the emulator's clock.
  std::optional<std::chrono::milliseconds> duration = {};

  // How many GET Status are answered in it; the next one sees the next step.
  std::optional<int> polls = {};

  // Of kFailed: StatusCode and Message; an empty reason stands for the service's own words.
  int code = kDefaultFailureCode;
  std::string reason = {};

  friend bool operator==(const Step&, const Step&) = default;
};

// What becomes of a video from MarkComplete on: kProcessing steps in order, and at the end
// kCompleted (what follows a program that does not say) or kFailed.
struct Program {
  std::vector<Step> steps = {};

  static Program AfterTime(std::chrono::milliseconds processing_time) {
    return {{{.duration = processing_time}}};
  }
  static Program AfterPolls(int polls) { return {{{.polls = polls}}}; }
  static Program Immediate() { return {{{.state = VideoState::kCompleted}}}; }
  static Program Hold() { return {{{}}}; }

  friend bool operator==(const Program&, const Program&) = default;
};

// What a client may do that the real service would punish or that costs money.
enum class DiagnosticCode {
  kMarkCompleteBeforeUpload,
  kPlaintextUploaded,  // AES256 was asked for.
  kUploadAfterMarkComplete,
  kPolledTooFast,   // More often than once a second.
  kPolledAfterEnd,  // After the client was told Completed or Failed.
  kTokenNotUsed,    // No key was fetched with it.
  kBlocksNotCommitted,
  kSignatureOutOfTime,  // Accepted because of EmulatorOptions::loose.
  kLengthMissing,       // Likewise.
  kChunkedUpload,       // Likewise.
  kFormUploaded,        // A multipart form, boundaries and all.
  kTextUploaded,        // JSON, HTML or XML.
};

// "TokenNotUsed" for kTokenNotUsed. Throws std::logic_error for what is none of them.
std::string_view Name(DiagnosticCode code);

// The code of that name, exactly so; nullopt if there is none.
std::optional<DiagnosticCode> ParseDiagnosticCode(std::string_view name);

// Something a client did to a video that the real service would punish or that costs money.
struct Diagnostic {
  DiagnosticCode code = DiagnosticCode::kMarkCompleteBeforeUpload;

  std::string video_id{};

  // A sentence for a person: what was done, and what to do instead.
  std::string message{};

  Time first_at{};

  int count = 1;  // How often.

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

// A video to create in any state, with what was uploaded to it.
struct VideoSeed {
  // As a client would name it: UTF-8, with an extension that GET /api/Formats lists.
  std::string original_name = "video.mp4";

  std::string id = {};              // A GUID that no video has; empty: a new one.
  bool is_protected = false;        // ContentProtectionMode AES128: it has a content key.
  bool is_input_encrypted = false;  // InputStorageEncryptionMode AES256: excludes an upload.

  // The upload: bytes, or a file that holds them; neither: nothing is uploaded.
  std::optional<std::string> content = {};
  std::filesystem::path file = {};

  VideoState state = VideoState::kPending;

  // StatusCode (0 to 999) and Message (UTF-8) of a failed one.
  int failure_code = kDefaultFailureCode;
  std::string failure_reason = {};
};

// A video as the emulator sees it.
struct VideoInfo {
  std::string id{};
  VideoState state = VideoState::kPending;

  std::string file_name{};      // As the API calls it: "<guid>.mp4".
  std::string original_name{};  // As the client named it.
  std::chrono::seconds duration{0};
  std::optional<std::string> key_id{};  // Of the content key; absent: not protected.

  // The failure's; otherwise 0 and empty.
  int failure_code = 0;
  std::string failure_reason{};

  // The blob behind the upload URL; absent until it is there.
  std::optional<std::uint64_t> uploaded_bytes{};
  std::string upload_sha256{};  // Lower-case hex.
  int upload_blocks = 0;        // Blocks it was committed from; 0: one Put Blob.

  // Whether what was uploaded lies there unencrypted; absent unless AES256 was asked for and
  // something was uploaded.
  std::optional<bool> upload_is_plaintext{};

  // GET Status by clients. The interval is of the machine's time, not the emulator's.
  int polls = 0;
  std::optional<std::chrono::milliseconds> min_poll_interval{};
  int polls_after_end = 0;  // After the client was told Completed or Failed.

  std::vector<Transition> history{};  // Oldest first.
  std::vector<Diagnostic> diagnostics{};
};

}  // namespace msc
