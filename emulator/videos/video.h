#pragma once

#include <msc/video.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/crypto.h"
#include "emulator/processing/media_description.h"
#include "emulator/processing/progress.h"

namespace msc::videos {

// Followed by a GUID: the container of a video's upload.
inline constexpr std::string_view kContainerPrefix = "asset-";

// Bytes. The rest of the vector, the block counter, is zero.
inline constexpr std::size_t kInputKeySize = 32;
inline constexpr std::size_t kInputVectorSize = 16;
inline constexpr std::size_t kInputNonceSize = 8;

inline constexpr std::size_t kVideoStateCount = 4;

// Of polls that a step may still wait for.
inline constexpr std::int64_t kMostPolls = std::numeric_limits<int>::max();

// The key and the vector with which a client encrypts its upload (AES-256-CTR).
struct InputEncryption {
  Bytes key;  // kInputKeySize bytes.
  Bytes iv;   // kInputVectorSize bytes.

  friend bool operator==(const InputEncryption&, const InputEncryption&) = default;
};

// The record of a video. All ids are GUIDs in lower case.
struct Video {
  std::string id;
  std::string asset_id;
  std::string file_id;
  std::string extension;           // In lower case, without the dot.
  std::string original_name = {};  // As the client named it.
  std::string policy_id;
  std::string locator_id;
  Time upload_starts;                      // Whole seconds.
  std::optional<std::string> key_id = {};  // Absent: not protected.
  std::optional<InputEncryption> input_encryption = {};
  processing::Progress progress = {};
  std::chrono::milliseconds duration{0};  // 0: not known.
  std::string media_problem =
      {};  // Why media work made nothing to play; empty: it did, or was not done.

  VideoState state() const { return progress.state; }
  std::string container() const { return std::string(kContainerPrefix) + asset_id; }

  // The container of the packaged media.
  std::string media_container() const { return std::string(kContainerPrefix) + locator_id; }

  std::string file_name() const { return file_id + '.' + extension; }

  friend bool operator==(const Video&, const Video&) = default;
};

// A video and what playback serves of it; null: there is nothing to play, or not yet.
struct PlayableVideo {
  Video video;
  std::shared_ptr<const processing::MediaDescription> media;
};

// The result of media work on an upload.
struct MediaResult {
  std::optional<processing::MediaDescription> media = {};  // Absent: there is nothing to play.
  std::string problem = {};                                // Why there is nothing to play; UTF-8.
  std::optional<Step> failure = {};  // The step of kFailed that the video ends with; absent: none.

  // Whether it is the result of work that is not wanted any more, as listeners were told. Asked
  // under the lock of the videos; null: it is not.
  std::function<bool()> is_obsolete = nullptr;
};

// What a client wants of a new video.
struct NewVideo {
  std::string extension;  // In lower case, without the dot.
  bool is_protected = false;
  bool is_input_encrypted = false;
  std::string original_name = {};
  std::string id = {};  // A GUID; empty: a new one.

  friend bool operator==(const NewVideo&, const NewVideo&) = default;
};

// A video with everything that the control API shows.
struct VideoDetails {
  Video video;
  std::int64_t number = 0;  // Counts up with each video that is created.
  VideoState state = VideoState::kPending;
  int failure_code = 0;                                            // Of a failed one.
  std::string failure_reason = {};                                 // Empty: the service's own text.
  std::vector<Transition> history = {};                            // Oldest first.
  std::shared_ptr<const processing::MediaDescription> media = {};  // As in PlayableVideo.
};

// How many videos are in each state, by its value.
using VideoCounts = std::array<std::int64_t, kVideoStateCount>;

// A part of the list of all videos, in the order of creation.
struct VideoPage {
  std::int64_t after = 0;        // The number of the video before it; 0: from the beginning.
  std::size_t most = INT64_MAX;  // How many.
};

// Called once for each change of a video's state, in the order of the records, by the thread that
// wrote it. Must not throw, nor call the videos.
using TransitionListener = std::function<void(const Transition&)>;

// Called when something happens to videos; each function may be null.
struct VideoListeners {
  TransitionListener on_transition = nullptr;

  // Called when media work on a video's upload is to be done, from its beginning. Must not throw,
  // nor call the videos.
  std::function<void(const std::string& video_id)> on_media_wanted = nullptr;

  // Called when such work is not wanted any more. Must not throw, nor call the videos.
  std::function<void(const std::string& video_id)> on_media_unwanted = nullptr;

  // Called when all videos were replaced or deleted. Must not throw, nor call the videos.
  std::function<void()> on_replaced = nullptr;

  // Called when a video was deleted, or when something happened that may move its next change by
  // time. Must not throw, nor call the videos.
  std::function<void()> on_change = nullptr;
};

}  // namespace msc::videos
