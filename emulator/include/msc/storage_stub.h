#pragma once

#include <msc/durability.h>
#include <msc/export.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace msc {

// Every field has a working default.
struct StorageStubOptions {
  // TCP port on both loopbacks; 0 picks a free one.
  int port = 0;

  // The storage account, and its key in base64. Empty: the well-known key of development storage.
  std::string account = "devstoreaccount1";
  std::string account_key = {};

  // Folder that blobs and their records are kept in. Empty: all data is lost with the object.
  std::filesystem::path data_directory = {};

  // What a write survives after it was acknowledged.
  Durability durability = Durability::kProcess;

  // Applies the size limits of the storage version that a URL names.
  bool strict = false;

  // Whether writes keep what was before as former versions.
  bool versioning = false;

  // Days for which deleted and overwritten blobs can come back, up to 365; 0: they cannot.
  int soft_delete_days = 0;
};

// The blob endpoint alone, served in this process. Thread-safe. Every method may throw
// std::runtime_error if the disk is full or broken. A forked child may destroy it, but not use it.
class MSC_EXPORT StorageStub {
 public:
  using Time = std::chrono::sys_time<std::chrono::milliseconds>;

  // Requests are served once this returns. Throws std::runtime_error that names the cause.
  StorageStub();
  explicit StorageStub(const StorageStubOptions& options);

  // Closes all connections at once. In a child that the program has forked it does nothing.
  ~StorageStub();

  StorageStub(const StorageStub&) = delete;
  StorageStub& operator=(const StorageStub&) = delete;

  // "http://127.0.0.1:10000/devstoreaccount1", no trailing slash.
  std::string Url() const;

  // Throws std::runtime_error if the name is taken or invalid.
  void CreateContainer(const std::string& name);

  // Adds a stored access policy, or replaces the one with that id (at most 64 characters).
  // `permissions`: letters out of "racwdxyltfmeopi". If a time is absent, the URL must contain it.
  // Throws std::runtime_error if there is no such container, or for an invalid id or permissions.
  void SetPolicy(const std::string& container, const std::string& id,
                 const std::string& permissions, std::optional<Time> starts = {},
                 std::optional<Time> expires = {});

  // A URL of the blob, signed with the policy; neither has to exist. If the policy has no times,
  // the URL is valid from five minutes ago until an hour from now.
  std::string SignedUrl(const std::string& container, const std::string& blob,
                        const std::string& policy) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace msc
