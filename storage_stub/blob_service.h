#pragma once

#include <msc/durability.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/log.h"
#include "emulator/base/random.h"
#include "emulator/base/result.h"
#include "emulator/http/router.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/model/account.h"
#include "storage_stub/model/blob_info.h"
#include "storage_stub/model/stored_policy.h"

namespace msc::storage {

// Every field but `accounts` has a working default.
struct BlobServiceOptions {
  // The first one is the default account. REQUIRES: not empty, each with a key.
  std::vector<Account> accounts;

  // Folder for the blobs' bytes; empty: they are lost with the object.
  std::string data_directory = {};

  // What a write survives after it was acknowledged.
  Durability durability = Durability::kProcess;

  // Whether the size limits of the version in `sv` apply instead of today's.
  bool strict = false;

  // Whether signatures are accepted before their start and after their expiry (this is logged), and
  // bodies may be chunked.
  bool loose = false;

  // Whether tokens of Microsoft Entra ID are accepted, over HTTPS. Their signatures are not
  // verified.
  bool oauth = false;

  // Whether writes keep what was before as former versions.
  bool versioning = false;

  // Days for which deleted and overwritten blobs can come back, up to 365, as long as the service's
  // properties say nothing else; 0: they cannot.
  int soft_delete_days = 0;

  // Origins whose pages may call, as long as no CORS rules were set: a list separated by commas.
  // With
  // "*" or "local" in it: all.
  std::string cors_origins = "*";

  // The other servers that copies may read from, as CopySources takes them. Empty: none.
  std::string copy_sources = {};

  // Serves a request that is part of a batch, in the thread of the batch; null: as Dispatch does.
  std::function<http::Response(http::Request&)> serve_part = nullptr;
};

class BlobImport;
class BlobSnapshot;

// The blob endpoint of one or more accounts: containers, stored access policies, blobs.
// Thread-safe.
class BlobService {
 public:
  // Keeps its tables in `database`. Throws std::runtime_error if they cannot be created, or the
  // file of bytes cannot be opened. REQUIRES: the references outlive the object.
  BlobService(BlobServiceOptions options, sqlite::Database& database, const Clock& clock,
              Random& random, Log log = LogToStderr());
  ~BlobService();
  BlobService(const BlobService&) = delete;
  BlobService& operator=(const BlobService&) = delete;

  // Creates the tables in `database`, or brings them up to date; the constructor does it too.
  static void Migrate(sqlite::Database& database);

  // The following methods act on the default account. Those with a transaction are part of it:
  // without its commit they have no effect.

  // kContainerAlreadyExists, kInvalidResourceName, kNameLengthOutOfRange.
  Status CreateContainer(std::string_view container);
  Status CreateContainer(sqlite::Transaction& transaction, std::string_view container);

  // Also deletes its blobs. kContainerNotFound.
  Status DeleteContainer(sqlite::Transaction& transaction, std::string_view container);

  // Adds the policy, or replaces the one with that id. kContainerNotFound; kInvalidInput for an
  // invalid id or permissions, or a sixth policy.
  Status SetPolicy(std::string_view container, const StoredPolicy& policy);
  Status SetPolicy(sqlite::Transaction& transaction, std::string_view container,
                   const StoredPolicy& policy);

  // nullopt if there is no policy with that id, or no such container.
  std::optional<StoredPolicy> FindPolicy(std::string_view container,
                                         std::string_view policy_id) const;

  // No effect if there is no policy with that id.
  void RemovePolicy(sqlite::Transaction& transaction, std::string_view container,
                    std::string_view policy_id);

  // kContainerNotFound, kBlobNotFound.
  Result<BlobInfo> FindBlob(std::string_view container, std::string_view blob) const;

  // Reads the whole blob, if the budget allows it, but only once as long as it does not change.
  // kContainerNotFound, kBlobNotFound.
  Result<BlobInspection> Inspect(std::string_view container, std::string_view blob,
                                 HashBudget& budget) const;

  // `size` bytes of a blob from `offset` on; they are kept while they are read. kContainerNotFound,
  // kBlobNotFound; kInvalidRange if the blob does not have them all. REQUIRES: `size` is not 0.
  Result<std::unique_ptr<http::BodySource>> ReadBlob(std::string_view container,
                                                     std::string_view blob, std::uint64_t offset,
                                                     std::uint64_t size) const;

  // Makes the whole body the blob, instead of one that is there. kContainerNotFound; the errors of
  // BodyReader::Read. Throws std::runtime_error if the disk is full or broken. REQUIRES: the size
  // of the body is known.
  Status WriteBlob(std::string_view container, std::string_view blob, std::string_view content_type,
                   http::BodyReader& body);

  // The first 64 KiB of a blob; fast. The same errors.
  Result<Bytes> Head(std::string_view container, std::string_view blob) const;

  // How many blocks of the container wait for a block list; 0 if there is no such container.
  std::size_t UncommittedBlocks(std::string_view container) const;

  // The containers that have such blocks.
  std::vector<std::string> ContainersWithUncommittedBlocks() const;

  // The query of a service SAS for a container with a stored policy, in the connector's form:
  // "sv=2012-02-12&sr=c&si=…&sig=…&st=…&se=…", values escaped with upper-case hex. `st` and `se`
  // (whole seconds) are in the URL unless absent; the permissions are in the policy.
  std::string SignByPolicy(std::string_view container, std::string_view policy_id,
                           std::optional<Time> starts, std::optional<Time> expires) const;

  // The query of a service SAS for one blob, all fields in the URL:
  // "sv=2012-02-12&sr=b&sig=…&st=…&se=…&sp=…".
  std::string SignBlob(std::string_view container, std::string_view blob,
                       std::string_view permissions, Time starts, Time expires) const;

  // The following methods act on all accounts and on the whole database, including tables of other
  // subjects. Requests that are running keep the bytes that they read; a running write is checked
  // against the records that exist when it ends.

  // All records and the bytes of blobs as they are now; the bytes are shared, not copied. May
  // outlive the service.
  std::shared_ptr<const BlobSnapshot> TakeSnapshot() const;
  std::shared_ptr<const BlobSnapshot> TakeSnapshot(sqlite::Transaction& transaction) const;

  // A snapshot with `records`, the bytes of a database file whose records refer to no blob bytes.
  std::shared_ptr<const BlobSnapshot> TakeEmptySnapshot(std::string records) const;

  // Replaces the whole state by the snapshot, in one step. Throws std::runtime_error, and changes
  // nothing, if that fails. REQUIRES: a snapshot or an import of this object; a transaction that
  // reads.
  void Restore(const BlobSnapshot& snapshot);
  void Restore(sqlite::Transaction& transaction, const BlobSnapshot& snapshot);

  // Begins to import the state of another service. Does not change this one.
  std::unique_ptr<BlobImport> BeginImport() const;

  // Serves everything below "/<account>". REQUIRES: requests were passed to Prepare; the service
  // outlives the router.
  const http::Router& router() const;

  // Adds what the target leaves out: the account, if the request's host names it or its static
  // website, and the container $root.
  void Prepare(http::Request& request) const;

  // Calls Prepare and the router.
  http::Response Dispatch(http::Request& request) const;

  // How long a Copy Blob from now on is pending; zero, the default: it is complete at once.
  // kCopiesAreHeld: until the next call with another duration, which completes the held ones.
  static constexpr auto kCopiesAreHeld = std::chrono::milliseconds::max();
  void SetCopyDuration(std::chrono::milliseconds duration);
  std::chrono::milliseconds copy_duration() const;

  const std::string& default_account() const;

  // Whether `name` is that of an account, of its secondary ("account-secondary") or of its static
  // website ("account.web").
  bool HasAccount(std::string_view name) const;

  // Whether the request's host names one of the accounts or its static website, as
  // "account.blob.localhost" and "account.web.localhost" do.
  bool IsHostOfAccount(const http::Request& request) const;

 private:
  http::Response ServePart(http::Request& request) const;

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace msc::storage
