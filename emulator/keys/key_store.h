#pragma once

#include <string_view>

#include "emulator/base/crypto.h"
#include "emulator/base/random.h"
#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "emulator/sqlite/read_cache.h"

namespace msc::keys {

// The content keys and the signing key, in tables of a database that other subjects use too.
// Methods with a transaction are part of the caller's. Thread-safe.
class KeyStore {
 public:
  // Creates the tables and the signing key if they do not exist. Throws std::runtime_error if that
  // fails. REQUIRES: `database` outlives the store.
  KeyStore(sqlite::Database& database, Random& random);

  static void Insert(sqlite::Transaction& transaction, std::string_view key_id,
                     std::string_view bytes);

  // No effect if there is no key with that id.
  static void Delete(sqlite::Transaction& transaction, std::string_view key_id);

  // The key's bytes. kKeyNotFound.
  Result<Bytes> Find(std::string_view key_id);

  // The key that signs tokens. It stays the same until the database is replaced.
  HmacKey SigningKey();

  // Replaces the signing key by `bytes`.
  static void SetSigningKey(sqlite::Transaction& transaction, std::string_view bytes);

  // Empty if there is none.
  static Bytes SigningKey(sqlite::Transaction& transaction);

 private:
  sqlite::Database& database_;
  sqlite::ReadCache<Result<Bytes>> found_;
  sqlite::ReadCache<HmacKey> signing_keys_;
};

}  // namespace msc::keys
