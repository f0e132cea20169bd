#include "emulator/control/seed/seeder.h"

#include <chrono>
#include <stdexcept>
#include <utility>

#include "emulator/base/encoding.h"
#include "emulator/base/time_range.h"
#include "emulator/control/error/control_error.h"
#include "emulator/control/json/failure.h"
#include "emulator/control/json/json_reader.h"
#include "emulator/control/seed/demo_clips.h"
#include "emulator/control/seed/seed_file.h"
#include "emulator/http/file_body.h"
#include "emulator/http/http_error.h"
#include "emulator/http/text_body.h"
#include "emulator/videos/new_video.h"

namespace msc::control {
namespace {

Error Invalid(std::string message) { return {ControlError::kInvalidArgument, std::move(message)}; }

// The members that a client would send in its POST.
Json EntityOf(JsonReader& reader) {
  Json entity;
  for (const char* const name :
       {"OriginalFileName", "ContentProtectionMode", "InputStorageEncryptionMode"}) {
    if (const auto text = reader.Text(name)) entity[name] = *text;
  }
  return entity;
}

// Removes "file" from `video` and returns that file, whose path is relative to `folder`; empty if
// there is none. Throws std::runtime_error.
std::filesystem::path TakeFile(Json& video, const std::filesystem::path& folder) {
  if (!video.is_object() || !video.contains("file")) return {};
  if (!video["file"].is_string() || video.contains("content")) {
    throw std::runtime_error("file: it must be a path, with no content beside it");
  }
  auto file = folder / video["file"].get<std::string>();
  video.erase("file");
  return file;
}

}  // namespace

Result<VideoSeed> Seeder::Read(const Json& json) const {
  JsonReader reader(json);
  const auto wanted = videos::ParseNewVideo(Dump(EntityOf(reader)), any_extension_);
  VideoSeed seed{.id = reader.Text("Id").value_or("")};
  const auto state = ParseVideoState(reader.Text("state").value_or("Pending"));
  if (!state) {
    reader.Refuse("state", "Pending, Processing, Completed or Failed",
                  {"Pending", "Processing", "Completed", "Failed"});
  }
  const auto [code, reason] = ReadFailure(reader);
  seed.failure_code = code;
  seed.failure_reason = reason;
  if (const auto text = reader.Text("content")) {
    seed.content = Base64Decode(*text);
    if (!seed.content) reader.Refuse("content", "base64");
  }
  if (auto done = reader.Done(); !done) return done.error();
  if (!wanted) return Invalid("OriginalFileName, or a mode: " + wanted.error().message);
  seed.original_name = wanted->original_name;
  seed.is_protected = wanted->is_protected;
  seed.is_input_encrypted = wanted->is_input_encrypted;
  seed.state = *state;
  return seed;
}

Result<videos::NewVideo> Seeder::Check(const VideoSeed& seed) const {
  if (!IsUtf8(seed.original_name)) return Invalid("original_name: it must be UTF-8");
  auto extension = videos::ExtensionOf(seed.original_name, any_extension_);
  if (!extension) return Invalid("original_name: " + extension.error().message);
  if (seed.content && !seed.file.empty()) {
    return Invalid("file: it cannot be given beside content");
  }
  if (seed.is_input_encrypted && (seed.content || !seed.file.empty())) {
    return Invalid("content: it cannot be given where AES256 is asked for, which clients do");
  }
  return videos::NewVideo{.extension = *std::move(extension),
                          .is_protected = seed.is_protected,
                          .is_input_encrypted = seed.is_input_encrypted,
                          .original_name = seed.original_name,
                          .id = seed.id};
}

Result<std::unique_ptr<http::BodyReader>> Seeder::ContentOf(const VideoSeed& seed) {
  std::unique_ptr<http::BodyReader> content;
  if (seed.content) content = std::make_unique<http::TextBody>(*seed.content);
  if (seed.file.empty()) return content;
  try {
    content = std::make_unique<http::FileBody>(seed.file);
  } catch (const std::runtime_error& error) {
    return Invalid(std::string("file: ") + error.what());
  }
  return content;
}

Result<std::string> Seeder::SeedJson(const Json& json) const {
  const auto seed = Read(json);
  if (!seed) return seed.error();
  return Seed(*seed);
}

Result<std::string> Seeder::Seed(const VideoSeed& seed) const {
  const auto wanted = Check(seed);
  if (!wanted) return wanted.error();
  const auto content = ContentOf(seed);
  if (!content) return content.error();

  const auto video = videos_.Seed(*wanted, VideoState::kPending);
  if (!video) return video.error();
  Status done = Done{};
  if (*content) done = Upload(*video, **content);
  if (done && seed.state != VideoState::kPending) {
    done = videos_.SetState(video->id, seed.state, seed.failure_code, seed.failure_reason);
  }
  if (!done) {
    (void)videos_.Delete(video->id);
    return done.error();
  }
  return video->id;
}

Status Seeder::Upload(const videos::Video& video, http::BodyReader& content) const {
  using namespace std::chrono_literals;
  const Time now = clock_.Now();
  const auto signature = blobs_.SignBlob(video.container(), video.file_name(), "w",
                                         Shifted(now, -5min), Shifted(now, 1h));
  http::Request request{.method = http::Method::kPut,
                        .target = '/' + blobs_.default_account() + '/' + video.container() + '/' +
                                  video.file_name() + '?' + signature,
                        .headers = {{"x-ms-blob-type", "BlockBlob"}},
                        .body = &content};
  const auto response = blobs_.Dispatch(request);
  if (response.status == 201) return Done{};
  const auto what = "content: the blob endpoint answered " + std::to_string(response.status);
  if (response.status >= 500) return Error{http::HttpError::kInternalError, what};
  return Invalid(what);
}

void Seeder::SeedFile(const std::filesystem::path& path) const {
  const auto folder = path.parent_path();
  std::vector<std::string> seeded;
  try {
    ReadSeedFile(path, [&](Json& video) {
      const auto file = TakeFile(video, folder);
      seeded.push_back(SeedOrThrow(video, file));
    });
  } catch (const std::exception&) {
    // If some of them were kept, the corrected seed would not be read at the next start.
    for (const auto& id : seeded) (void)videos_.Delete(id);
    throw;
  }
}

std::string Seeder::SeedOrThrow(const Json& video, const std::filesystem::path& file) const {
  auto seed = Read(video);
  if (!seed) throw std::runtime_error(seed.error().message);
  seed->file = file;
  const auto seeded = Seed(*seed);
  if (!seeded) throw std::runtime_error(seeded.error().message);
  return *seeded;
}

void Seeder::SeedDemo() const {
  const std::vector<Json> videos = {
      {{"OriginalFileName", "aurora.mp4"},
       {"content", Base64Encode(kAuroraClip)},
       {"state", "Completed"}},
      {{"OriginalFileName", "life.mp4"},
       {"content", Base64Encode(kLifeClip)},
       {"state", "Processing"}},
      {{"OriginalFileName", "chord.mp4"},
       {"content", Base64Encode(kChordClip)},
       {"state", "Failed"},
       {"reason", "The file has no video track."}},
      {{"OriginalFileName", "ribbons-protected.mp4"},
       {"ContentProtectionMode", "AES128"},
       {"content", Base64Encode(kRibbonsClip)},
       {"state", "Completed"}},
  };
  for (const auto& video : videos) (void)SeedOrThrow(video);
}

}  // namespace msc::control
