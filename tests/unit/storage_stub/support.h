#pragma once

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "emulator/base/crc64.h"
#include "emulator/base/encoding.h"
#include "emulator/base/time_format.h"
#include "emulator/http/http_error.h"
#include "storage_stub/access/account_sas.h"
#include "storage_stub/access/sas.h"
#include "storage_stub/access/shared_key.h"
#include "storage_stub/blob_service.h"
#include "storage_stub/protocol/storage_error.h"

namespace msc::storage {

using namespace std::chrono_literals;

// A body that comes in pieces of odd sizes, with or without a known length, and may break off.
class FakeBody final : public http::BodyReader {
 public:
  explicit FakeBody(std::string text, bool chunked = false)
      : text_(std::move(text)), chunked_(chunked) {}

  // Ends with `error` where the bytes end.
  FakeBody& BreaksOffWith(ErrorCode error, std::uint64_t promised) {
    error_ = error;
    promised_ = promised;
    return *this;
  }

  std::optional<std::uint64_t> size() const override {
    if (chunked_) return std::nullopt;
    return promised_.value_or(text_.size());
  }
  void Limit(std::uint64_t bytes) override { limit_ = bytes; }
  Result<std::size_t> Read(std::span<char> buffer) override {
    const std::size_t count = std::min({buffer.size(), text_.size() - at_, std::size_t{99'991}});
    if (at_ + count > limit_) return Error{http::HttpError::kBodyTooLarge};
    if (count == 0 && error_) return Error{*error_};
    text_.copy(buffer.data(), count, at_);
    at_ += count;
    return count;
  }

  std::uint64_t limit() const { return limit_; }
  bool touched() const { return at_ > 0; }

 private:
  std::string text_;
  bool chunked_;
  std::optional<ErrorCode> error_;
  std::optional<std::uint64_t> promised_;
  std::uint64_t limit_ = UINT64_MAX;
  std::size_t at_ = 0;
};

// Bytes that repeat with no power of two, so that a piece in the wrong place shows.
inline std::string Pattern(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 31 % 251);
  return text;
}

inline Bytes Md5Of(std::string_view text) {
  Md5 md5;
  md5.Update(text);
  return md5.Finish();
}

inline Bytes Crc64Of(std::string_view text) {
  Crc64 crc64;
  crc64.Update(text);
  return crc64.Finish();
}

// A folder that goes with the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = ::testing::TempDir() + "/msc-storage-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

inline constexpr const char* kAccountName = "cvprbl203m01r12";
inline constexpr const char* kOtherAccount = "cvprbl203m02r12";
inline constexpr const char* kContainerName = "asset-0914435d-1500-80c3-9b0e-f1e4d193b00f";
inline constexpr const char* kPolicyId = "5e9ce4f6-9075-40d1-929a-831ebdc1edd9";
inline constexpr const char* kStarts = "2015-03-23T19:30:07Z";
inline constexpr const char* kExpires = "2015-03-24T08:00:07Z";

// Bytes 0 to 63.
inline Bytes TestKey() {
  Bytes key(64, '\0');
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<char>(i);
  return key;
}

inline Time At(std::string_view iso) { return *ParseIso8601(iso); }

// A service with one container and one policy "rwd", called without sockets.
class ServiceTest : public ::testing::Test {
 protected:
  ServiceTest() { Restart({}); }

  // A new service on what an old one left in `directory`, with the container and the policy.
  void Restart(const std::string& directory, bool strict = false, bool loose = false) {
    Stop();
    database_ = std::make_unique<sqlite::Database>(directory.empty() ? "" : directory + "/test.db");
    service_ = std::make_unique<BlobService>(
        BlobServiceOptions{.accounts = {{kAccountName, {TestKey()}}, {kOtherAccount, {TestKey()}}},
                           .data_directory = directory,
                           .strict = strict,
                           .loose = loose,
                           .oauth = oauth_,
                           .versioning = versioning_,
                           .soft_delete_days = soft_delete_days_},
        *database_, clock_, random_, [this](LogLevel, std::string_view line) { log_ += line; });
    if (auto created = service_->CreateContainer(kContainerName); !created) {
      EXPECT_EQ(created.error().code, StorageError::kContainerAlreadyExists);
    }
    EXPECT_TRUE(service_->SetPolicy(kContainerName, {.id = kPolicyId, .permissions = "rwd"}));
  }

  // A new service that forgives more.
  void RestartLoose() { Restart({}, /*strict=*/false, /*loose=*/true); }

  void Stop() {
    service_.reset();
    database_.reset();
  }

  Status DeleteContainer(std::string_view container = kContainerName) {
    auto transaction = database_->Write();
    auto deleted = service_->DeleteContainer(transaction, container);
    if (deleted) transaction.Commit();
    return deleted;
  }

  void RemovePolicy() {
    auto transaction = database_->Write();
    service_->RemovePolicy(transaction, kContainerName, kPolicyId);
    transaction.Commit();
  }

  static std::string Path(std::string_view blob = "a.mp4") {
    return '/' + std::string(kAccountName) + '/' + kContainerName + '/' + std::string(blob);
  }

  // The target for a blob, signed as the connector did.
  std::string Target(std::string_view blob = "a.mp4") const {
    return Path(blob) + '?' +
           service_->SignByPolicy(kContainerName, kPolicyId, At(kStarts), At(kExpires));
  }

  // The target with the signature of an account, which permits everything.
  static std::string Authorized(const std::string& target) {
    AccountSas sas{.version = "2020-12-06",
                   .services = "b",
                   .resource_types = "sco",
                   .permissions = "rwdlac",
                   .expires = kExpires};
    const std::string signature = Sign(TestKey(), StringToSign(sas, kAccountName));
    return target + (target.find('?') == std::string::npos ? '?' : '&') +
           "sv=2020-12-06&ss=b&srt=sco&sp=rwdlac&se=" + kExpires +
           "&sig=" + PercentEncode(signature);
  }

  // With the account's key itself, which policies demand.
  http::Response SendByKey(http::Method method, const std::string& target,
                           std::string body = "") const {
    http::Headers headers = {{"x-ms-date", "Mon, 23 Mar 2015 19:35:07 GMT"},
                             {"x-ms-version", "2020-12-06"},
                             {"Content-Length", std::to_string(body.size())}};
    http::Request request{.method = method, .target = target, .headers = headers};
    const auto text =
        StringToSign(request, '/' + std::string(kAccountName) + std::string(request.path()));
    headers.push_back(
        {"Authorization", "SharedKey " + std::string(kAccountName) + ':' + Sign(TestKey(), text)});
    FakeBody reader(std::move(body));
    return Send(method, target, headers, &reader);
  }

  // The target with a signature, for the container: "?restype=container" and more parameters.
  static std::string Container(std::string_view parameters = "",
                               std::string_view name = kContainerName) {
    return Authorized('/' + std::string(kAccountName) + '/' + std::string(name) +
                      "?restype=container" + std::string(parameters));
  }

  http::Response Send(http::Method method, std::string target, http::Headers headers = {},
                      http::BodyReader* body = nullptr) const {
    http::Request request{
        .method = method, .target = std::move(target), .headers = std::move(headers), .body = body};
    return service_->Dispatch(request);
  }

  http::Response Put(const std::string& target, std::string content,
                     http::Headers headers = {}) const {
    FakeBody body(std::move(content));
    headers.push_back({"x-ms-blob-type", "BlockBlob"});
    return Send(http::Method::kPut, target, std::move(headers), &body);
  }

  // A body with whatever headers.
  http::Response SendText(http::Method method, const std::string& target, std::string text,
                          http::Headers headers = {}) const {
    FakeBody body(std::move(text));
    return Send(method, target, std::move(headers), &body);
  }

  static std::string Code(const http::Response& response) {
    return Value(response, "x-ms-error-code");
  }

  static std::string Content(const http::Response& response) {
    if (!response.source) return response.body;
    std::string text(response.source->size() + 1, '\0');
    std::size_t size = 0;
    while (const std::size_t count = response.source->Read(std::span(text).subspan(size))) {
      size += count;
    }
    text.resize(size);
    return text;
  }

  // What the elements of a document contain, in order.
  static std::vector<std::string> All(const std::string& xml, const std::string& element) {
    std::vector<std::string> values;
    const std::string open = '<' + element + '>', close = "</" + element + '>';
    for (auto at = xml.find(open); at != std::string::npos; at = xml.find(open, at + 1)) {
      const auto first = at + open.size();
      values.push_back(xml.substr(first, xml.find(close, first) - first));
    }
    return values;
  }

  static std::string Value(const http::Response& response, std::string_view name) {
    return std::string(http::Find(response.headers, name).value_or("(none)"));
  }

  bool oauth_ = false;  // Of the next service.
  bool versioning_ = false;
  int soft_delete_days_ = 0;
  Clock clock_{At("2015-03-23T19:35:07Z")};
  Random random_{42, 0};
  std::string log_;
  std::unique_ptr<sqlite::Database> database_;
  std::unique_ptr<BlobService> service_;
};

}  // namespace msc::storage
