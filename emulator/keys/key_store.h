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
  // Empty `path`: in memory. Throws std::runtime_error where it cannot be opened.
  explicit KeyStore(const std::string& path, Durability durability = Durability::kProcess);

  void Insert(std::string_view key_id, std::string_view bytes);

  // No effect where there is none of that id.
  void Delete(std::string_view key_id);

  // All of them, in no order.
  std::vector<std::string> Ids();

  // The key's bytes. kKeyNotFound.
  Result<Bytes> Find(std::string_view key_id);

  // The key that signs tokens, the same for as long as the file lives; the first call makes it.
  Bytes SigningKey(Random& random);

 private:
  sqlite::Database database_;
};

}  // namespace msc::keys
