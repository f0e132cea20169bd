#pragma once

#include <string>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "emulator/control/json/render.h"
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

  // One video: {"OriginalFileName","ContentProtectionMode","InputStorageEncryptionMode","Id",
  // "state","code","reason","content"}, of which the first must be given; "content" is base64, and
  // "state" Pending where it is absent. Returns the id. kInvalidArgument, kVideoExists.
  Result<std::string> Seed(const Json& json) const;

  // Those of a file {"videos":[…]}, each as above or with "file", a path from the folder of the
  // seed, in place of "content"; all of them or none. Throws std::runtime_error that names the
  // video and what is wrong.
  void SeedFile(const std::string& path) const;

  // One that is completed, one that is processing, one that has failed, one that is protected.
  void SeedDemo() const;

 private:
  // Plant, which throws std::runtime_error where that is refused.
  std::string SeedOrThrow(const Json& video) const;

  Status Upload(const videos::Video& video, std::string content) const;

  videos::VideoService& videos_;
  storage::BlobService& blobs_;
  const Clock& clock_;
  const bool any_extension_;
};

}  // namespace msc::control
