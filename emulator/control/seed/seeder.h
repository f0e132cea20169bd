#pragma once

#include <msc/video.h>

#include <filesystem>
#include <string>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "emulator/control/json/render.h"
#include "emulator/http/body.h"
#include "emulator/videos/video_service.h"
#include "storage_stub/blob_service.h"

namespace msc::control {

// Creates videos in any state, with their uploads. Thread-safe. REQUIRES: the references outlive
// the object.
class Seeder {
 public:
  Seeder(videos::VideoService& videos, storage::BlobService& blobs, const Clock& clock,
         bool any_extension)
      : videos_(videos), blobs_(blobs), clock_(clock), any_extension_(any_extension) {}

  // Returns the id. kInvalidArgument, kVideoExists, kInternalError.
  Result<std::string> Seed(const VideoSeed& seed) const;

  // The same from a JSON object:
  // {"OriginalFileName","ContentProtectionMode","InputStorageEncryptionMode","Id","state","code","reason","content"}.
  // Only the first member is required; "content" is base64; "state" is Pending if it is absent. The
  // errors of Seed.
  Result<std::string> SeedJson(const Json& json) const;

  // Creates the videos of a file {"videos":[…]}. Each is as above, or has "file", a path relative
  // to the seed's folder, instead of "content". Creates all of them or none. Throws
  // std::runtime_error that names the video and the error.
  void SeedFile(const std::filesystem::path& path) const;

  // Creates a completed, a processing, a failed and a protected video.
  void SeedDemo() const;

 private:
  // kInvalidArgument.
  Result<VideoSeed> Read(const Json& json) const;
  Result<videos::NewVideo> Check(const VideoSeed& seed) const;

  // Calls Seed, and throws std::runtime_error if it returns an error. `file`: as in VideoSeed.
  std::string SeedOrThrow(const Json& video, const std::filesystem::path& file = {}) const;

  // The content to upload; null: none. kInvalidArgument for a file that cannot be read.
  static Result<std::unique_ptr<http::BodyReader>> ContentOf(const VideoSeed& seed);

  // kInvalidArgument, kInternalError.
  Status Upload(const videos::Video& video, http::BodyReader& content) const;

  videos::VideoService& videos_;
  storage::BlobService& blobs_;
  const Clock& clock_;
  const bool any_extension_;
};

}  // namespace msc::control
