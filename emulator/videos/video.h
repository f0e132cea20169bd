#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emulator/base/clock.h"
#include "emulator/base/crypto.h"

namespace msc::videos {

// Followed by a GUID: the container that an upload goes to.
inline constexpr std::string_view kContainerPrefix = "asset-";

// What a client encrypts its upload with: AES-256-CTR.
struct InputEncryption {
  Bytes key;  // 32 bytes.
  Bytes iv;   // 16 bytes, of which the last eight, the block counter, are zero.

  friend bool operator==(const InputEncryption&, const InputEncryption&) = default;
};

// The record of a video. All ids are GUIDs in lower case.
struct Video {
  std::string id;
  std::string asset_id;
  std::string file_id;
  std::string extension;  // In lower case, without the dot.
  std::string policy_id;
  std::string locator_id;
  Time upload_starts;                      // Whole seconds.
  std::optional<std::string> key_id = {};  // Absent: not protected.
  std::optional<InputEncryption> input_encryption = {};
  std::optional<Time> completes = {};  // Absent until it is marked complete.

  std::string container() const { return std::string(kContainerPrefix) + asset_id; }
  std::string file_name() const { return file_id + '.' + extension; }

  friend bool operator==(const Video&, const Video&) = default;
};

// What a client asks of a new video.
struct NewVideo {
  std::string extension;  // In lower case, without the dot.
  bool is_protected = false;
  bool is_input_encrypted = false;

  friend bool operator==(const NewVideo&, const NewVideo&) = default;
};

}  // namespace msc::videos
