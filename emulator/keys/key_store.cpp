#include "emulator/keys/key_store.h"

#include <string>

#include "emulator/keys/key_error.h"
#include "emulator/keys/key_rules.h"
#include "migrations.h"

namespace msc::keys {
namespace {

constexpr std::string_view kKeysSubject = "keys";

constexpr std::string_view kInsertKey = R"sql(
  INSERT INTO content_key (id, bytes) VALUES (:id, :bytes)
)sql";

constexpr std::string_view kDeleteKey = R"sql(
  DELETE FROM content_key WHERE id = :id
)sql";

constexpr std::string_view kSelectKey = R"sql(
  SELECT bytes FROM content_key WHERE id = :id
)sql";

constexpr std::string_view kSelectSigningKey = R"sql(
  SELECT bytes FROM signing_key
)sql";

constexpr std::string_view kReplaceSigningKey = R"sql(
  REPLACE INTO signing_key (id, bytes) VALUES (1, :bytes)
)sql";

}  // namespace

KeyStore::KeyStore(sqlite::Database& database, Random& random) : database_(database) {
  database_.Migrate(kKeysSubject, kMigrations, KeyRules());
  {
    auto transaction = database_.Read();
    if (!SigningKey(transaction).empty()) return;
  }
  auto transaction = database_.Write();
  SetSigningKey(transaction, random.Next(kSigningKeySize));
  transaction.Commit();
}

void KeyStore::Insert(sqlite::Transaction& transaction, std::string_view key_id,
                      std::string_view bytes) {
  transaction.Prepare(kInsertKey).Bind(":id", key_id).BindBlob(":bytes", bytes).Run();
}

void KeyStore::Delete(sqlite::Transaction& transaction, std::string_view key_id) {
  transaction.Prepare(kDeleteKey).Bind(":id", key_id).Run();
}

Result<Bytes> KeyStore::Find(std::string_view key_id) {
  auto transaction = database_.Read();
  return found_.Get(transaction, key_id, [&]() -> Result<Bytes> {
    auto select = transaction.Prepare(kSelectKey);
    if (!select.Bind(":id", key_id).Step()) {
      return Error{KeyError::kKeyNotFound, "there is no key " + std::string(key_id)};
    }
    return select.Text(0);
  });
}

HmacKey KeyStore::SigningKey() {
  auto transaction = database_.Read();
  return signing_keys_.Get(transaction, {}, [&] { return HmacKey(SigningKey(transaction)); });
}

Bytes KeyStore::SigningKey(sqlite::Transaction& transaction) {
  auto select = transaction.Prepare(kSelectSigningKey);
  return select.Step() ? select.Text(0) : Bytes();
}

void KeyStore::SetSigningKey(sqlite::Transaction& transaction, std::string_view bytes) {
  transaction.Prepare(kReplaceSigningKey).BindBlob(":bytes", bytes).Run();
}

}  // namespace msc::keys
