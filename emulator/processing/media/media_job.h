#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "emulator/base/crypto.h"
#include "emulator/base/result.h"
#include "emulator/processing/media/cancellation.h"
#include "emulator/processing/media/media_tools.h"
#include "emulator/processing/media_description.h"
#include "storage_stub/blob_service.h"

namespace msc::processing {

// How an upload was encrypted: AES-256-CTR.
struct MediaKey {
  Bytes key;  // 32 bytes.
  Bytes iv;   // 16 bytes.
};

// What a job reads, and where it writes.
struct MediaInput {
  std::string container;         // Of the upload; gets the poster.
  std::string blob;              // The upload.
  std::optional<MediaKey> key;   // Absent: the upload is plaintext.
  std::string output_container;  // For everything else; created if it is missing.
};

struct MediaProgress {
  std::string phase = "waiting";  // "waiting", "copying", "probing", "packaging", "storing".
  int percent = 0;                // Of the phase.

  friend bool operator==(const MediaProgress&, const MediaProgress&) = default;
};

struct MediaJobOptions {
  MediaTools tools = {};

  // How many bytes the job may have in files at once, in addition to the copy of the upload. What
  // is stored as a blob is removed from the files then.
  std::uint64_t limit = std::uint64_t{8} << 30;

  // How long the job may take (transport time).
  std::chrono::milliseconds timeout = std::chrono::hours(1);

  // The folder for nameless files; empty: the system's.
  std::string directory = {};
};

// Makes all that playback needs of an upload, and stores it. JobErrors; throws std::runtime_error
// if the disk is full or broken, or a tool cannot be started. Blobs that were stored before an
// error stay. REQUIRES: the references outlive the call, which blocks.
Result<MediaDescription> RunMediaJob(const MediaJobOptions& options, const MediaInput& input,
                                     storage::BlobService& blobs, const Cancellation& cancellation,
                                     const std::function<void(const MediaProgress&)>& report);

}  // namespace msc::processing
