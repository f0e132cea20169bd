#include "emulator/videos/video_json.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "emulator/base/encoding.h"
#include "emulator/videos/formats.h"
#include "emulator/videos/wire.h"

namespace msc::videos {
namespace {

using nlohmann::ordered_json;

// Seconds. The service returns 0 until it has read the file.
constexpr int kDurationUnknown = 0;

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

ordered_json OrNull(const std::optional<std::string>& text) {
  return text ? ordered_json(*text) : ordered_json(nullptr);
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
  return ordered_json{
      {wire::kId, video.id},
      {wire::kUploadUri, OrNull(upload_uri)},
      {wire::kContentProtectionMode, video.key_id ? wire::kAes128 : wire::kNone},
      {wire::kContentProtectionKeyId, OrNull(video.key_id)},
      {wire::kDuration, kDurationUnknown},
      {wire::kOriginalFileName, video.file_name()},
      {wire::kInputStorageEncryptionMode,
       input != nullptr ? ordered_json(wire::kAes256) : ordered_json(nullptr)},
      {wire::kInputStorageEncryptionSymmetricKey,
       OrNull(InBase64(shown != nullptr ? &shown->key : nullptr))},
      {wire::kInputStorageEncryptionIv, OrNull(InBase64(shown != nullptr ? &shown->iv : nullptr))},
  }
      .dump();
}

std::string StatusJson(VideoState state, int failure_code, std::string_view failure_reason) {
  auto [code, message] = TextOf(state);
  if (state == VideoState::kFailed) {
    code = failure_code;
    if (!failure_reason.empty()) message = failure_reason;
  }
  return ordered_json{
      {wire::kStatusCode, code}, {wire::kStatus, Name(state)}, {wire::kMessage, message}}
      .dump();
}

std::string TokenJson(const std::string& token) {
  return ordered_json{{wire::kValue, token}}.dump();
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
  return ordered_json{{wire::kType, type}, {wire::kPlaybackUrl, url}}.dump();
}

}  // namespace msc::videos
