#include "emulator/control/seed/seeder.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "emulator/base/encoding.h"
#include "emulator/control/error/control_error.h"
#include "emulator/control/json/failure.h"
#include "emulator/control/json/json_reader.h"
#include "emulator/control/seed/demo_clip.h"
#include "emulator/videos/new_video.h"

namespace msc::control {
namespace {

// What a client would send.
class TextBody final : public http::BodyReader {
 public:
  explicit TextBody(std::string text) : text_(std::move(text)) {}

  std::optional<std::uint64_t> size() const override { return text_.size(); }
  void Limit(std::uint64_t) override {}
  Result<std::size_t> Read(std::span<char> buffer) override {
    const std::size_t count = text_.copy(buffer.data(), buffer.size(), at_);
    at_ += count;
    return count;
  }

 private:
  const std::string text_;
  std::size_t at_ = 0;
};

Error Invalid(std::string message) { return {ControlError::kInvalidArgument, std::move(message)}; }

std::string ReadFile(const std::filesystem::path& path) {
  if (std::filesystem::is_directory(path)) throw std::runtime_error(path.string() + " is a folder");
  std::ifstream in(path, std::ios::binary);
  std::string content((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in.good() && !in.eof()) throw std::runtime_error(path.string() + " cannot be read");
  return content;
}

// The members that a client would POST.
Json EntityOf(JsonReader& reader) {
  Json entity;
  for (const char* const name :
       {"OriginalFileName", "ContentProtectionMode", "InputStorageEncryptionMode"}) {
    if (const auto text = reader.Text(name)) entity[name] = *text;
  }
  return entity;
}

// `video` with the bytes of its "file", a path from `folder`, as "content".
Json WithContent(Json video, const std::filesystem::path& folder) {
  if (!video.is_object() || !video.contains("file")) return video;
  if (!video["file"].is_string() || video.contains("content")) {
    throw std::runtime_error("file: it must be a path, with no content beside it");
  }
  const auto file = folder / video["file"].get<std::string>();
  if (!std::filesystem::is_regular_file(file)) {
    throw std::runtime_error("file: there is no file " + file.string());
  }
  video["content"] = Base64Encode(ReadFile(file));
  video.erase("file");
  return video;
}

}  // namespace

Result<std::string> Seeder::Seed(const Json& json) const {
  JsonReader reader(json);
  auto wanted = videos::ParseNewVideo(Dump(EntityOf(reader)), any_extension_);
  const auto id = reader.Text("Id").value_or("");
  const auto name = reader.Text("state").value_or("Pending");
  const auto state = ParseVideoState(name);
  if (!state) reader.Refuse("state", "Pending, Processing, Completed or Failed");
  const auto [code, reason] = ReadFailure(reader);
  std::optional<Bytes> content;
  if (const auto text = reader.Text("content")) {
    content = Base64Decode(*text);
    if (!content) reader.Refuse("content", "base64");
  }
  if (auto done = reader.Done(); !done) return done.error();
  if (!wanted) return Invalid("OriginalFileName, or a mode: " + wanted.error().message);
  if (content && wanted->is_input_encrypted) {
    return Invalid("content: it cannot be given where AES256 is asked for, which clients do");
  }
  wanted->id = id;

  const auto video = videos_.Seed(*wanted, VideoState::kPending);
  if (!video) return video.error();
  Status done = Done{};
  if (content) done = Upload(*video, *std::move(content));
  if (done && *state != VideoState::kPending) {
    done = videos_.SetState(video->id, *state, code, reason);
  }
  if (!done) {
    (void)videos_.Delete(video->id);
    return done.error();
  }
  return video->id;
}

Status Seeder::Upload(const videos::Video& video, std::string content) const {
  using namespace std::chrono_literals;
  const Time now = clock_.Now();
  const auto signature =
      blobs_.SignBlob(video.container(), video.file_name(), "w", now - 5min, now + 1h);
  TextBody body(std::move(content));
  http::Request request{.method = http::Method::kPut,
                        .target = '/' + blobs_.default_account() + '/' + video.container() + '/' +
                                  video.file_name() + '?' + signature,
                        .headers = {{"x-ms-blob-type", "BlockBlob"}},
                        .body = &body};
  const auto response = blobs_.Dispatch(request);
  if (response.status == 201) return Done{};
  return Invalid("content: the blob endpoint answered " + std::to_string(response.status));
}

void Seeder::SeedFile(const std::string& path) const {
  const auto json = Json::parse(ReadFile(path), nullptr, /*allow_exceptions=*/false);
  if (!json.is_object() || !json.contains("videos") || !json["videos"].is_array()) {
    throw std::runtime_error(path + R"( must be a JSON object like {"videos":[…]})");
  }
  if (json.size() != 1) throw std::runtime_error(path + ": there is no member but videos");
  const auto folder = std::filesystem::path(path).parent_path();
  std::vector<std::string> seeded;
  for (const auto& video : json["videos"]) {
    const std::string where = path + ": videos[" + std::to_string(seeded.size()) + "]: ";
    try {
      seeded.push_back(SeedOrThrow(WithContent(video, folder)));
    } catch (const std::exception& error) {
      // With half of them kept, the mended seed would not be read.
      for (const auto& id : seeded) (void)videos_.Delete(id);
      throw std::runtime_error(where + error.what());
    }
  }
}

std::string Seeder::SeedOrThrow(const Json& video) const {
  const auto seeded = Seed(video);
  if (!seeded) throw std::runtime_error(seeded.error().message);
  return *seeded;
}

void Seeder::SeedDemo() const {
  const std::string clip = Base64Encode(kDemoClip);
  const std::vector<Json> videos = {
      {{"OriginalFileName", "completed.mp4"}, {"content", clip}, {"state", "Completed"}},
      {{"OriginalFileName", "processing.mp4"}, {"content", clip}, {"state", "Processing"}},
      {{"OriginalFileName", "failed.mp4"},
       {"content", clip},
       {"state", "Failed"},
       {"reason", "The file has no video track."}},
      {{"OriginalFileName", "protected.mp4"},
       {"ContentProtectionMode", "AES128"},
       {"content", clip},
       {"state", "Completed"}},
  };
  for (const auto& video : videos) (void)SeedOrThrow(video);
}

}  // namespace msc::control
