#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/crypto.h"
#include "emulator/base/random.h"
#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"

namespace msc::keys {

// keys.db: the content keys and the signing key. Thread-safe.
class KeyStore {
 public:
  // Empty `path`: in memory. Makes the signing key where there is none yet. Throws
  // std::runtime_error where it cannot be opened.
  KeyStore(const std::string& path, Random& random, Durability durability = Durability::kProcess);

  void Insert(std::string_view key_id, std::string_view bytes);

  // No effect where there is none of that id.
  void Delete(std::string_view key_id);

  // All of them, in no order.
  std::vector<std::string> Ids();

  // The key's bytes. kKeyNotFound.
  Result<Bytes> Find(std::string_view key_id);

  // The key that signs tokens, the same for as long as the file lives or until Load brings another.
  Bytes SigningKey();

  // Deletes all content keys.
  void Clear();

  // All of it, the signing key too, as sqlite::Transaction has it.
  std::string Image() { return database_.Image(); }
  void Load(std::string_view image);

 private:
  sqlite::Database database_;
};

}  // namespace msc::keys
