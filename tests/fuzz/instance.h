#pragma once

#include <string>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/random.h"
#include "emulator/base/time_format.h"
#include "emulator/control/archive/emulator_state.h"
#include "emulator/control/archive/state_archive.h"
#include "emulator/keys/key_service.h"
#include "emulator/sqlite/database.h"
#include "emulator/videos/video_service.h"
#include "storage_stub/blob_service.h"
#include "tests/fuzz/input.h"

namespace msc::fuzz {

inline constexpr const char* kAccount = "devstoreaccount1";

// The state of one emulator, in memory and without sockets.
class Instance {
 public:
  http::Response Send(http::Method method, std::string target, std::string text = {},
                      http::Headers headers = {}) {
    TextBody body(text);
    http::Request request{.method = method,
                          .target = std::move(target),
                          .scheme = "http",
                          .authority = "localhost",
                          .headers = std::move(headers),
                          .body = &body};
    const bool is_api = request.target.starts_with("/api");
    auto response = is_api ? videos.router().Dispatch(request) : blobs.Dispatch(request);
    // A broken record would be a 500, or headers that the connection splits.
    Require(response.status > 0 && response.status != 500);
    for (const auto& header : response.headers) Require(http::IsHeaderText(header.value));
    return response;
  }

  // Reads everything that the records can show.
  void ReadAll() {
    for (const auto& details : videos.List()) Read(details);
    videos.Pending();
    videos.FireDue();
    clock.Advance(std::chrono::hours(24 * 365));
    videos.FireDue();
    videos.List();
  }

  std::string Export() const {
    const auto source = archive.Export();
    std::string all, buffer(64 * 1024, '\0');
    while (const std::size_t count = source->Read(buffer)) all.append(buffer, 0, count);
    return all;
  }

  bool Import(const std::string& bytes) const {
    TextBody body(bytes);
    const auto import = archive.Read(body);
    if (!import) return false;
    Require(static_cast<bool>(archive.Replace(*import)));
    return true;
  }

  Clock clock{*ParseIso8601("2024-06-30T12:00:00Z")};
  Random random{42, 0};
  sqlite::Database database{""};
  storage::BlobService blobs{
      {.accounts = {{kAccount, {"key"}}}}, database, clock, random, Silent()};
  keys::KeyService keys{database, clock, random, Silent()};
  videos::VideoService videos{{}, database, clock, random, blobs, keys, Silent()};
  control::EmulatorState state{{.database = database,
                                .blobs = blobs,
                                .clock = clock,
                                .random = random,
                                .log = Silent(),
                                .on_records_replaced = [this] { videos.OnRecordsReplaced(); }}};
  control::StateArchive archive{state};

 private:
  static Log Silent() {
    return [](LogLevel, std::string_view) {};
  }

  void Read(const videos::VideoDetails& details) {
    const auto& video = details.video;
    for (const char* below : {"", "/Status", "/AuthorizationToken", "/Thumbnails"}) {
      Send(http::Method::kGet, "/api/Videos/" + video.id + below);
    }
    if (video.key_id) static_cast<void>(keys.FindKey(*video.key_id));
    const auto container = '/' + std::string(kAccount) + '/' + video.container();
    const auto query = '?' + videos.UploadQuery(video);
    const auto blob = container + '/' + video.file_name() + query;
    Send(http::Method::kGet, blob);
    Send(http::Method::kGet, blob + "&comp=blocklist&blocklisttype=all");
    Send(http::Method::kPut, blob + "&comp=block&blockid=QUFB", "x");
    storage::HashBudget budget;
    static_cast<void>(blobs.Inspect(video.container(), video.file_name(), budget));
  }
};

}  // namespace msc::fuzz
