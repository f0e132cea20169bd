#pragma once

#include <msc/export.h>
#include <msc/media.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace msc {

// An instant of an emulator's own clock: UTC, to the millisecond.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;

// The state of a video. Without a test's help it never goes back.
enum class VideoState {
  kPending,     // Created, not marked complete.
  kProcessing,  // Marked complete.
  kCompleted,   // Ready to be played.
  kFailed,
};

// "Completed" for kCompleted. Throws std::logic_error for any other value.
MSC_EXPORT std::string_view Name(VideoState state);

// The state with exactly that name; nullopt if there is none.
MSC_EXPORT std::optional<VideoState> ParseVideoState(std::string_view name);

// One change of a video's state; `at` is an instant of the emulator's clock.
struct Transition {
  Time at{};
  std::string video_id{};
  VideoState from = VideoState::kPending;
  VideoState to = VideoState::kPending;

  friend bool operator==(const Transition&, const Transition&) = default;
};

// The StatusCode of a failed video, unless its program says otherwise.
inline constexpr int kDefaultFailureCode = 4;

// One step of a program. It lasts for a time or for a number of polls; with neither, for ever.
struct Step {
  VideoState state = VideoState::kProcessing;  // Never kPending.

  // How long it lasts, in time of the emulator's clock.
  std::optional<std::chrono::milliseconds> duration = {};

  // How many GET Status are answered in this step; the next one is answered in the next step.
  std::optional<int> polls = {};

  // For kFailed: StatusCode and Message. Empty reason: the service's own text.
  int code = kDefaultFailureCode;
  std::string reason = {};

  friend bool operator==(const Step&, const Step&) = default;
};

// The states of a video from MarkComplete on: steps of kProcessing, then kCompleted or kFailed. If
// the last step has neither, kCompleted follows.
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

// What a client may do that would fail with the real service or cost money.
enum class DiagnosticCode {
  kMarkCompleteBeforeUpload,
  kPlaintextUploaded,  // Although AES256 was asked for.
  kUploadAfterMarkComplete,
  kPolledTooFast,   // More often than once a second.
  kPolledAfterEnd,  // After the client was told Completed or Failed.
  kTokenNotUsed,    // No key was fetched with it.
  kBlocksNotCommitted,
  kSignatureOutOfTime,  // Accepted because of EmulatorOptions::loose.
  kLengthMissing,       // The same.
  kChunkedUpload,       // The same.
  kFormUploaded,        // A multipart form instead of the file's bytes.
  kTextUploaded,        // JSON, HTML or XML.
  kKeyFetchedAgain,     // For each fragment.
  kPlayedWithoutKey,    // A protected video, whose key was not fetched with a token.
};

// "TokenNotUsed" for kTokenNotUsed. Throws std::logic_error for any other value.
MSC_EXPORT std::string_view Name(DiagnosticCode code);

// The code with exactly that name; nullopt if there is none.
MSC_EXPORT std::optional<DiagnosticCode> ParseDiagnosticCode(std::string_view name);

// Something a client did to a video that would fail with the real service or cost money.
struct Diagnostic {
  DiagnosticCode code = DiagnosticCode::kMarkCompleteBeforeUpload;

  std::string video_id{};

  // A sentence for people: what was done, and what to do instead.
  std::string message{};

  Time first_at{};

  int count = 1;  // How often.

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

// A video to create in any state, optionally with its upload.
struct VideoSeed {
  // As a client would name it: UTF-8, with an extension that GET /api/Formats lists.
  std::string original_name = "video.mp4";

  std::string id = {};              // A GUID that no video has; empty: a new one.
  bool is_protected = false;        // ContentProtectionMode AES128, with a content key.
  bool is_input_encrypted = false;  // InputStorageEncryptionMode AES256; no upload then.

  // The upload: bytes, or a file that holds them. If neither is set, nothing is uploaded.
  std::optional<std::string> content = {};
  std::filesystem::path file = {};

  VideoState state = VideoState::kPending;

  // StatusCode (0 to 999) and Message (UTF-8) of a failed video.
  int failure_code = kDefaultFailureCode;
  std::string failure_reason = {};
};

// A video and what the emulator knows about it.
struct VideoInfo {
  std::string id{};
  VideoState state = VideoState::kPending;

  std::string file_name{};              // In the API: "<guid>.mp4".
  std::string original_name{};          // As the client named it.
  std::chrono::seconds duration{0};     // Rounded; 0: not known.
  std::optional<std::string> key_id{};  // Of the content key; absent: not protected.

  // Of a failed video; otherwise 0 and empty.
  int failure_code = 0;
  std::string failure_reason{};

  // The blob behind the upload URL; absent if nothing was uploaded.
  std::optional<std::uint64_t> uploaded_bytes{};
  std::string upload_sha256{};  // Lower-case hex; empty above 16 GiB.
  int upload_blocks = 0;        // How many blocks it consists of; 0: one Put Blob.
  std::string upload_error{};   // Why its bytes cannot be read: somebody else changed them.

  // Whether the upload is not encrypted; absent unless AES256 was asked for and something was
  // uploaded.
  std::optional<bool> upload_is_plaintext{};

  MediaInfo media{};

  // GET Status by clients. The interval is in the machine's time, not the emulator's.
  int polls = 0;
  std::optional<std::chrono::milliseconds> min_poll_interval{};
  int polls_after_end = 0;  // After the client was told Completed or Failed.

  std::vector<Transition> history{};  // Oldest first.
  std::vector<Diagnostic> diagnostics{};
};

}  // namespace msc
