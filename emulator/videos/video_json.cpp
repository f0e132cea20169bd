#include "emulator/videos/video_json.h"

#include <chrono>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "emulator/base/encoding.h"
#include "emulator/base/json_text.h"
#include "emulator/videos/formats.h"
#include "emulator/videos/wire.h"

namespace msc::videos {
namespace {

using nlohmann::ordered_json;

// The service returns 0 until it has read the file.
std::int64_t WholeSeconds(std::chrono::milliseconds duration) {
  return std::chrono::round<std::chrono::seconds>(duration).count();
}

struct StatusText {
  int code;
  std::string_view message;
};

StatusText TextOf(VideoState state) {
  switch (state) {
    case VideoState::kPending:
      return {0, "Video has not been marked complete."};
    case VideoState::kProcessing:
      return {1, "Video is still being processed. Try again later."};
    case VideoState::kCompleted:
      return {2, "Video is ready."};
    case VideoState::kFailed:
      return {kDefaultFailureCode, "Video could not be processed."};
  }
  throw std::logic_error("VideoState out of range");
}

void AddOrNull(JsonText& object, std::string_view name, const std::optional<std::string>& text) {
  if (text) {
    object.Text(name, *text);
  } else {
    object.Null(name);
  }
}

std::optional<std::string> InBase64(const Bytes* bytes) {
  if (bytes == nullptr) return std::nullopt;
  return Base64Encode(*bytes);
}

}  // namespace

std::string VideoJson(const Video& video, const std::optional<std::string>& upload_uri,
                      Secrets secrets) {
  const auto* input = video.input_encryption ? &*video.input_encryption : nullptr;
  const auto* shown = secrets == Secrets::kShown ? input : nullptr;
  JsonText object;
  object.Text(wire::kId, video.id);
  AddOrNull(object, wire::kUploadUri, upload_uri);
  object.Text(wire::kContentProtectionMode, video.key_id ? wire::kAes128 : wire::kNone);
  AddOrNull(object, wire::kContentProtectionKeyId, video.key_id);
  object.Number(wire::kDuration, WholeSeconds(video.duration))
      .Text(wire::kOriginalFileName, video.file_name());
  AddOrNull(object, wire::kInputStorageEncryptionMode,
            input != nullptr ? std::optional<std::string>(wire::kAes256) : std::nullopt);
  AddOrNull(object, wire::kInputStorageEncryptionSymmetricKey,
            InBase64(shown != nullptr ? &shown->key : nullptr));
  AddOrNull(object, wire::kInputStorageEncryptionIv,
            InBase64(shown != nullptr ? &shown->iv : nullptr));
  return object.Finish();
}

std::string StatusJson(VideoState state, int failure_code, std::string_view failure_reason) {
  auto [code, message] = TextOf(state);
  if (state == VideoState::kFailed) {
    code = failure_code;
    if (!failure_reason.empty()) message = failure_reason;
  }
  return JsonText()
      .Number(wire::kStatusCode, code)
      .Text(wire::kStatus, Name(state))
      .Text(wire::kMessage, message)
      .Finish();
}

std::string TokenJson(const std::string& token) {
  return JsonText().Text(wire::kValue, token).Finish();
}

std::string FormatsJson() {
  auto formats = ordered_json::array();
  for (const auto& format : Formats()) {
    formats.push_back({{wire::kExtension, format.extension}, {wire::kMimeType, format.mime_type}});
  }
  return formats.dump();
}

std::string ThumbnailsJson(const std::string& url) {
  const ordered_json poster = {{wire::kKind, "Poster"},
                               {wire::kHeight, "960"},
                               {wire::kIndex, "0"},
                               {wire::kTime, "0"},
                               {wire::kUrl, url}};
  return ordered_json::array({poster}).dump();
}

std::string PlaybackJson(std::string_view type, const std::string& url) {
  return JsonText().Text(wire::kType, type).Text(wire::kPlaybackUrl, url).Finish();
}

}  // namespace msc::videos
