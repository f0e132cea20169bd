#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "emulator/base/clock.h"
#include "emulator/base/crypto.h"
#include "emulator/base/log.h"
#include "emulator/base/random.h"
#include "emulator/base/result.h"
#include "emulator/http/router.h"
#include "emulator/sqlite/database.h"

namespace msc::keys {

// The AES-128 content keys, the tokens that allow to fetch them, and their delivery at
// /keydelivery. Thread-safe.
class KeyService {
 public:
  // Keeps its tables in `database`. Throws std::runtime_error if they cannot be created. REQUIRES:
  // the references outlive the object.
  KeyService(sqlite::Database& database, const Clock& clock, Random& random,
             Log log = LogToStderr());
  ~KeyService();
  KeyService(const KeyService&) = delete;
  KeyService& operator=(const KeyService&) = delete;

  // Creates a random 16-byte key and returns its id, a GUID. In a transaction of its own, or in the
  // caller's one of the same database.
  std::string CreateKey();
  std::string CreateKey(sqlite::Transaction& transaction);

  // Part of the caller's transaction. No effect if there is no key with that id.
  void DeleteKey(sqlite::Transaction& transaction, std::string_view key_id);

  // The key's 16 bytes. kKeyNotFound.
  Result<Bytes> FindKey(std::string_view key_id) const;

  // A token for the key, valid for five minutes from now:
  // "Bearer=urn%3amicrosoft%3a…&HMACSHA256=…". `host`: the host that serves the key, without port.
  // kKeyNotFound.
  Result<std::string> IssueToken(std::string_view key_id, std::string_view host) const;

  // Copies the signing key to `other`, a database with the same tables.
  static void CopySigningKey(sqlite::Transaction& from, sqlite::Database& other);

  // Whether an imported database has a key that signs tokens.
  static bool HasSigningKey(sqlite::Database& records);

  // GET and POST /keydelivery. REQUIRES: the service outlives it.
  const http::Router& router() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace msc::keys
