#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "emulator/base/encoding.h"
#include "emulator/http/text_body.h"
#include "emulator/playback/links.h"
#include "emulator/playback/playback_service.h"
#include "tests/unit/playback/decrypt.h"
#include "tests/unit/playback/sample_media.h"
#include "tests/unit/videos/videos_fixture.h"

namespace msc::playback {

// The body of a response, read to its end.
inline std::string WholeBody(http::Response& response, std::size_t step = 4096) {
  if (!response.source) return response.body;
  std::string body;
  std::string buffer(step, '\0');
  while (const auto count = response.source->Read(buffer)) body.append(buffer, 0, count);
  return body;
}

// A completed video with the sample's media, in blobs of bytes that all differ.
class PlaybackFixture : public videos::VideosFixture {
 protected:
  explicit PlaybackFixture(std::string_view kind = videos::kFile, PlaybackOptions options = {})
      : VideosFixture({.external_url = options.external_url,
                       .wants_media = [](const auto&) { return true; }}),
        playback_(std::move(options), service_, keys_, blobs_, clock_, Silent()) {
    const auto created = Create(kind);
    id_ = created.at("Id").get<std::string>();
    EXPECT_EQ(Upload(created.at("UploadUri"), "bytes"), 201);
    Finish(SampleMedia());
  }

  // Completes the video with these media.
  void Finish(const std::optional<processing::MediaDescription>& media) {
    MarkComplete(id_);
    for (const auto* blob :
         {"video.mp4", "video.ts", "muxed.ts", "audio.mp4", "audio.ts", "progressive.mp4"}) {
      Store(blob);
    }
    EXPECT_TRUE(service_.EndMedia(id_, {.media = media}));
    clock_.Advance(std::chrono::hours(1));
  }

  void Store(const std::string& blob) {
    http::TextBody body(BytesOf(blob));
    EXPECT_TRUE(blobs_.WriteBlob(Record().media_container(), blob, "video/mp4", body));
  }

  static std::string BytesOf(const std::string& blob) {
    std::string bytes;
    while (bytes.size() < 3000) bytes += blob + std::to_string(bytes.size());
    return bytes;
  }

  // Bytes of a blob that are those of one fragment of the sample.
  static std::string FragmentOf(const std::string& blob, std::size_t index) {
    std::size_t offset = blob.ends_with(".mp4") ? kHeaderSize : 0;
    for (std::size_t i = 0; i < index; ++i) offset += FragmentSize(i);
    return BytesOf(blob).substr(offset, FragmentSize(index));
  }

  videos::Video Record() { return service_.Find(id_)->video; }

  // The target of what is below the presentation: "Manifest".
  std::string Below(const std::string& path) {
    return '/' + Record().locator_id + '/' + Record().file_id + ".ism/" + path;
  }

  http::Response Play(std::string target, http::Headers headers = {},
                      http::Method method = http::Method::kGet,
                      http::HandlerFault* fault = nullptr) const {
    http::Request request{.method = method,
                          .target = std::move(target),
                          .scheme = scheme_,
                          .authority = authority_,
                          .headers = std::move(headers),
                          .fault = fault};
    return playback_.router().Dispatch(request);
  }

  http::Response PlayBelow(const std::string& path, http::Headers headers = {}) {
    return Play(Below(path), std::move(headers));
  }

  // "Code" of an error's body.
  static std::string CodeIn(const http::Response& response) {
    return nlohmann::json::parse(response.body).at("Error").at("Code").get<std::string>();
  }

  static std::string_view HeaderIn(const http::Response& response, std::string_view name) {
    return http::Find(response.headers, name).value_or("");
  }

  std::string id_;
  const PlaybackService playback_;
};

class ProtectedPlayback : public PlaybackFixture {
 protected:
  ProtectedPlayback() : PlaybackFixture(videos::kProtectedFile) {}

  std::optional<std::string> Decrypted(const std::string& encrypted) {
    const auto key_id = *Record().key_id;
    return Decrypt(encrypted, *keys_.FindKey(key_id), VectorOf(key_id));
  }
};

inline constexpr const char* kFirstFragment =
    "QualityLevels(3579827)/Fragments(video=0,format=m3u8-aapl)";
inline constexpr const char* kVideoPlaylist =
    "QualityLevels(3579827)/Manifest(video,format=m3u8-aapl)";

}  // namespace msc::playback
