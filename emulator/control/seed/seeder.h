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

// Makes videos in any state, with what was uploaded to them. Thread-safe. REQUIRES: the references
// outlive the object.
class Seeder {
 public:
  Seeder(videos::VideoService& videos, storage::BlobService& blobs, const Clock& clock,
         bool any_extension)
      : videos_(videos), blobs_(blobs), clock_(clock), any_extension_(any_extension) {}

  // Returns the id. kInvalidArgument, kVideoExists, kInternalError.
  Result<std::string> Seed(const VideoSeed& seed) const;

  // The same of a JSON object:
  // {"OriginalFileName","ContentProtectionMode","InputStorageEncryptionMode","Id",
  // "state","code","reason","content"}, of which the first must be given; "content" is base64, and
  // "state" Pending if it is absent. Seed's errors.
  Result<std::string> SeedJson(const Json& json) const;

  // Those of a file {"videos":[…]}, each as above or with "file", a path from the folder of the
  // seed, in place of "content"; all of them or none. Throws std::runtime_error that names the
  // video and what is wrong.
  void SeedFile(const std::filesystem::path& path) const;

  // One that is completed, one that is processing, one that has failed, one that is protected.
  void SeedDemo() const;

 private:
  // kInvalidArgument.
  Result<VideoSeed> Read(const Json& json) const;
  Result<videos::NewVideo> Check(const VideoSeed& seed) const;

  // Seed, which throws std::runtime_error if that is refused. `file`: as in VideoSeed.
  std::string SeedOrThrow(const Json& video, const std::filesystem::path& file = {}) const;

  // What is to be uploaded; null: nothing. kInvalidArgument for a file that cannot be read.
  static Result<std::unique_ptr<http::BodyReader>> ContentOf(const VideoSeed& seed);

  // kInvalidArgument, kInternalError.
  Status Upload(const videos::Video& video, http::BodyReader& content) const;

  videos::VideoService& videos_;
  storage::BlobService& blobs_;
  const Clock& clock_;
  const bool any_extension_;
};

}  // namespace msc::control
