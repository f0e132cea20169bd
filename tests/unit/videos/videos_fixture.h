#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "emulator/base/clock.h"
#include "emulator/base/random.h"
#include "emulator/base/time_format.h"
#include "emulator/http/router.h"
#include "emulator/http/text_body.h"
#include "emulator/keys/key_service.h"
#include "emulator/sqlite/database.h"
#include "emulator/videos/video_service.h"
#include "storage_stub/blob_service.h"

namespace msc::videos {

inline constexpr std::string_view kFile = R"({"OriginalFileName":"holiday.mp4"})";
inline constexpr std::string_view kProtectedFile =
    R"({"OriginalFileName":"holiday.mp4","ContentProtectionMode":"AES128"})";
inline constexpr std::string_view kEncryptedFile =
    R"({"OriginalFileName":"holiday.mp4","InputStorageEncryptionMode":"AES256"})";

// An answer as the server writes it.
inline std::string OnTheWire(const http::Response& response) {
  const auto reason = response.reason.empty() ? std::string(http::StandardReason(response.status))
                                              : response.reason;
  std::string wire = "HTTP/1.1 " + std::to_string(response.status) + ' ' + reason + "\r\n";
  for (const auto& [name, value] : response.headers)
    wire.append(name).append(": ").append(value).append("\r\n");
  return wire + "\r\n" + response.body;
}

// The Videos API without a socket, on the real storage and keys, at a frozen instant.
class VideosFixture : public ::testing::Test {
 protected:
  explicit VideosFixture(VideoServiceOptions options = {})
      : service_(std::move(options), database_, clock_, random_, blobs_, keys_, Silent()) {}

  static Log Silent() {
    return [](LogLevel, std::string_view) {};
  }

  // As a client would, under scheme_ and authority_.
  http::Response Send(http::Method method, std::string target, http::Headers headers = {},
                      http::BodyReader* body = nullptr) const {
    http::Request request{.method = method,
                          .target = std::move(target),
                          .scheme = scheme_,
                          .authority = authority_,
                          .headers = std::move(headers),
                          .body = body};
    return service_.router().Dispatch(request);
  }

  http::Response Get(const std::string& target) const { return Send(http::Method::kGet, target); }

  http::Response Post(const std::string& target, std::string_view body) const {
    http::TextBody reader{std::string(body)};
    return Send(http::Method::kPost, target, {}, &reader);
  }

  nlohmann::json Create(std::string_view body = kFile) const {
    return nlohmann::json::parse(Post("/api/Videos", body).body);
  }

  std::string CreateId(std::string_view body = kFile) const {
    return Create(body).at("Id").get<std::string>();
  }

  // The path of a video, or of what is below it.
  static std::string Path(const std::string& id, const std::string& below = "") {
    return "/api/Videos/" + id + (below.empty() ? "" : '/' + below);
  }

  http::Response MarkComplete(const std::string& id) const {
    return Send(http::Method::kPost, Path(id, "MarkComplete"));
  }

  std::string StateOf(const std::string& id) const {
    return nlohmann::json::parse(Get(Path(id, "Status")).body).at("Status").get<std::string>();
  }

  nlohmann::json Retrieve(const std::string& id) const {
    return nlohmann::json::parse(Get(Path(id)).body);
  }

  // PUTs `bytes` to an upload URL of ours and returns the status.
  int Upload(const std::string& upload_uri, const std::string& bytes) const {
    http::TextBody body(bytes);
    const auto path = upload_uri.find('/', upload_uri.find("://") + 3);
    http::Request request{.method = http::Method::kPut,
                          .target = upload_uri.substr(path),
                          .scheme = scheme_,
                          .authority = authority_,
                          .headers = {{"x-ms-blob-type", "BlockBlob"},
                                      {"Content-Length", std::to_string(bytes.size())}},
                          .body = &body};
    return blobs_.Dispatch(request).status;
  }

  // As a client with the account's key may.
  Status DeleteContainer(std::string_view container) {
    auto transaction = database_.Write();
    auto deleted = blobs_.DeleteContainer(transaction, container);
    if (deleted) transaction.Commit();
    return deleted;
  }

  // Rows of a table, or of those that a condition is true of.
  std::int64_t Count(const std::string& table) {
    const std::string& sql = *counts_.insert("SELECT count(*) FROM " + table).first;
    auto transaction = database_.Read();
    auto select = transaction.Prepare(sql);
    select.Step();
    return select.Int(0);
  }

  std::set<std::string> counts_;  // A database keeps statements by the address of their text.
  std::string scheme_ = "http";
  std::string authority_ = "127.0.0.1:10010";
  Clock clock_{*ParseIso8601("2015-03-23T19:35:07Z")};
  Random random_{42, 0};
  sqlite::Database database_{""};
  storage::BlobService blobs_{
      {.accounts = {{"devstoreaccount1", {"key"}}}}, database_, clock_, random_, Silent()};
  keys::KeyService keys_{database_, clock_, random_, Silent()};
  VideoService service_;
};

}  // namespace msc::videos
