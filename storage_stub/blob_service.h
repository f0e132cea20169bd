#pragma once

#include <msc/durability.h>

#include <cstdint>
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

  // Folder for the blobs' bytes; empty: they do not outlive the object.
  std::string data_directory = {};

  // What an acknowledged write survives.
  Durability durability = Durability::kProcess;

  // Whether limits are those of the `sv`'s age instead of today's.
  bool strict = false;

  // Whether signatures count before their start and after their expiry too (the log tells), and
  // bodies may come in chunks.
  bool loose = false;
};

class BlobImport;
class BlobSnapshot;

// The fake blob endpoint of one or more accounts: containers, stored access policies, blobs.
// Thread-safe.
class BlobService {
 public:
  // Keeps its tables in `database`. Throws std::runtime_error if they cannot be made, or the bytes
  // cannot be opened. REQUIRES: the references outlive the object.
  BlobService(BlobServiceOptions options, sqlite::Database& database, const Clock& clock,
              Random& random, Log log = LogToStderr());
  ~BlobService();
  BlobService(const BlobService&) = delete;
  BlobService& operator=(const BlobService&) = delete;

  // All of the below act on the default account. What takes a transaction of the database is part
  // of it, and is undone unless that is committed.

  // kContainerAlreadyExists, kInvalidResourceName, kNameLengthOutOfRange.
  Status CreateContainer(std::string_view container);
  Status CreateContainer(sqlite::Transaction& transaction, std::string_view container);

  // With all its blobs. kContainerNotFound.
  Status DeleteContainer(sqlite::Transaction& transaction, std::string_view container);

  // Adds the policy or replaces the one of that id. kContainerNotFound; kInvalidInput for an id or
  // permissions that cannot be, or a sixth policy.
  Status SetPolicy(std::string_view container, const StoredPolicy& policy);
  Status SetPolicy(sqlite::Transaction& transaction, std::string_view container,
                   const StoredPolicy& policy);

  // nullopt where there is none of that id, or no such container.
  std::optional<StoredPolicy> FindPolicy(std::string_view container,
                                         std::string_view policy_id) const;

  // No effect where there is none of that id.
  void RemovePolicy(sqlite::Transaction& transaction, std::string_view container,
                    std::string_view policy_id);

  // kContainerNotFound, kBlobNotFound.
  Result<BlobInfo> FindBlob(std::string_view container, std::string_view blob) const;

  // Reads the whole blob, but not again while it stays as it is. kContainerNotFound,
  // kBlobNotFound.
  Result<BlobInspection> Inspect(std::string_view container, std::string_view blob) const;

  // The first 64 KiB of a blob, at little cost. The same errors.
  Result<Bytes> Head(std::string_view container, std::string_view blob) const;

  // Blocks that wait for a block list, of all blobs in the container; 0 where there is none of that
  // name.
  std::size_t UncommittedBlocks(std::string_view container) const;

  // The query of a service SAS for a container by stored policy, as the connector wrote it:
  // "sv=2012-02-12&sr=c&si=…&sig=…&st=…&se=…", values escaped with upper-case hex. `st` and `se`
  // (whole seconds) stand in the URL unless absent, the permissions in the policy.
  std::string SignByPolicy(std::string_view container, std::string_view policy_id,
                           std::optional<Time> starts, std::optional<Time> expires) const;

  // The query of a service SAS for one blob, all fields in the URL:
  // "sv=2012-02-12&sr=b&sig=…&st=…&se=…&sp=…".
  std::string SignBlob(std::string_view container, std::string_view blob,
                       std::string_view permissions, Time starts, Time expires) const;

  // The following act on all accounts, and on all that the database holds, whoever else has tables
  // in it. Requests under way keep the bytes they read; a write under way is judged by the records
  // that are there when it ends.

  // All records and the bytes of blobs as they are now; the bytes are shared, not copied. May
  // outlive the service.
  std::shared_ptr<const BlobSnapshot> TakeSnapshot() const;
  std::shared_ptr<const BlobSnapshot> TakeSnapshot(sqlite::Transaction& transaction) const;

  // The same of `records`, the bytes of a database file that names no bytes of blobs.
  std::shared_ptr<const BlobSnapshot> TakeEmptySnapshot(std::string records) const;

  // Puts the snapshot in the place of all that is there, in one step. Throws std::runtime_error,
  // and changes nothing, if that fails. REQUIRES: a snapshot or an import of this object; a
  // transaction that reads.
  void Restore(const BlobSnapshot& snapshot);
  void Restore(sqlite::Transaction& transaction, const BlobSnapshot& snapshot);

  // Begins to take in the state of another service. Changes nothing here.
  std::unique_ptr<BlobImport> BeginImport() const;

  // Everything below "/<account>". REQUIRES: requests went through Prepare; the service outlives
  // it.
  const http::Router& router() const;

  // Puts the account into the target of a request whose host names it, and the blob's name as the
  // service takes it.
  void Prepare(http::Request& request) const;

  // Prepare and the router's answer.
  http::Response Dispatch(http::Request& request) const;

  const std::string& default_account() const;

  bool HasAccount(std::string_view name) const;

  // Whether the request's host names one of the accounts, as "account.blob.localhost" does.
  bool IsHostOfAccount(const http::Request& request) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace msc::storage
