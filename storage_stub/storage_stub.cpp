#include <msc/storage_stub.h>

#include <optional>
#include <stdexcept>
#include <utility>

#include "emulator/base/clock.h"
#include "emulator/base/data_directory.h"
#include "emulator/base/encoding.h"
#include "emulator/base/forked_child.h"
#include "emulator/base/random.h"
#include "emulator/base/time_range.h"
#include "emulator/http/length_required.h"
#include "emulator/http/server.h"
#include "emulator/sqlite/database.h"
#include "emulator/sqlite/tables_check.h"
#include "storage_stub/blob_service.h"
#include "storage_stub/model/bytes_file.h"
#include "storage_stub/model/development_account.h"

namespace msc {
namespace {

constexpr std::chrono::minutes kClockSkew(5);
constexpr std::chrono::hours kUrlLife(1);

constexpr const char* kRecordsFile = "storage.db";

// Empty: in memory.
std::string RecordsPath(const StorageStubOptions& options, const DataDirectory& directory) {
  if (options.data_directory.empty()) return {};
  auto path = (options.data_directory / kRecordsFile).string();
  if (directory.has_contents()) sqlite::RequireTables(path);
  return path;
}

Bytes Key(const std::string& base64) {
  const auto key = Base64DecodeAnyTail(base64.empty() ? storage::kDevelopmentKey : base64);
  if (!key || key->empty()) throw std::runtime_error("account_key is not base64: " + base64);
  return *key;
}

void ThrowUnless(const Status& status) {
  if (!status) throw std::runtime_error(status.error().message);
}

// Keeps the slashes that divide a blob's name.
std::string EncodePath(const std::string& blob) {
  std::string path;
  for (const char c : blob) path += c == '/' ? "/" : PercentEncode({&c, 1});
  return path;
}

}  // namespace

struct [[gnu::visibility("hidden")]] StorageStub::Impl {
  explicit Impl(const StorageStubOptions& options)
      : bound({"127.0.0.1", "::1"}, options.port),
        port(bound.port()),
        account(options.account),
        directory(options.data_directory.string(), {kRecordsFile, storage::kBytesFile}),
        database(RecordsPath(options, directory), options.durability),
        blobs({.accounts = {{options.account, {Key(options.account_key)}}},
               .data_directory = options.data_directory.string(),
               .durability = options.durability,
               .strict = options.strict,
               .versioning = options.versioning,
               .soft_delete_days = options.soft_delete_days},
              database, clock, random) {}

  // Serves once it returns. REQUIRES: called once.
  void Start() {
    directory.MarkUsed();
    std::vector<http::Service> services;
    services.push_back({std::move(bound), [this](http::Request& request) {
                          if (http::LacksLength(request)) {
                            return http::LengthRequiredAnswer(clock.Now());
                          }
                          return blobs.Dispatch(request);
                        }});
    server.emplace(std::move(services));
  }

  const MakingProcess process;
  http::BoundPort bound;  // Moves into the server.
  const int port;
  const std::string account;
  DataDirectory directory;
  const Clock clock;
  Random random;
  sqlite::Database database;
  storage::BlobService blobs;
  std::optional<http::Server> server;  // Absent until Start.
};

StorageStub::StorageStub() : StorageStub(StorageStubOptions{}) {}
StorageStub::StorageStub(const StorageStubOptions& options)
    : impl_(std::make_unique<Impl>(options)) {
  impl_->Start();
}
StorageStub::~StorageStub() {
  if (!impl_->process.IsThis()) Abandon(impl_.release());
}

std::string StorageStub::Url() const {
  return "http://127.0.0.1:" + std::to_string(impl_->port) + '/' + impl_->account;
}

void StorageStub::CreateContainer(const std::string& name) {
  ThrowUnless(impl_->blobs.CreateContainer(name));
}

void StorageStub::SetPolicy(const std::string& container, const std::string& id,
                            const std::string& permissions, std::optional<Time> starts,
                            std::optional<Time> expires) {
  ThrowUnless(impl_->blobs.SetPolicy(container, {id, permissions, starts, expires}));
}

std::string StorageStub::SignedUrl(const std::string& container, const std::string& blob,
                                   const std::string& policy) const {
  const auto stored = impl_->blobs.FindPolicy(container, policy);
  const Time now = impl_->clock.Now();
  std::optional<Time> starts = Shifted(now, -kClockSkew);
  std::optional<Time> expires = Shifted(now, kUrlLife);
  if (stored && stored->starts) starts.reset();  // A field stands in one of the two only.
  if (stored && stored->expires) expires.reset();
  const std::string query = impl_->blobs.SignByPolicy(container, policy, starts, expires);
  return Url() + '/' + container + '/' + EncodePath(blob) + '?' + query;
}

}  // namespace msc
