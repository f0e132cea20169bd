#include "emulator/keys/key_store.h"

#include "emulator/keys/key_error.h"
#include "migrations.h"

namespace msc::keys {
namespace {

constexpr std::size_t kSigningKeySize = 64;

constexpr std::string_view kInsertKey = R"sql(
  INSERT INTO content_key (id, bytes) VALUES (:id, :bytes)
)sql";

constexpr std::string_view kDeleteKey = R"sql(
  DELETE FROM content_key WHERE id = :id
)sql";

constexpr std::string_view kSelectKey = R"sql(
  SELECT bytes FROM content_key WHERE id = :id
)sql";

constexpr std::string_view kSelectKeyIds = R"sql(
  SELECT id FROM content_key
)sql";

constexpr std::string_view kDeleteKeys = R"sql(
  DELETE FROM content_key
)sql";

constexpr std::string_view kSelectSigningKey = R"sql(
  SELECT bytes FROM signing_key
)sql";

constexpr std::string_view kInsertSigningKey = R"sql(
  INSERT INTO signing_key (id, bytes) VALUES (1, :bytes)
)sql";

// Empty: there is none.
Bytes SelectSigningKey(sqlite::Transaction& transaction) {
  auto select = transaction.Prepare(kSelectSigningKey);
  return select.Step() ? select.Text(0) : Bytes();
}

}  // namespace

KeyStore::KeyStore(const std::string& path, Random& random, Durability durability)
    : database_(path, kMigrations, durability) {
  auto transaction = database_.Write();
  if (!SelectSigningKey(transaction).empty()) return;
  transaction.Prepare(kInsertSigningKey).BindBlob(":bytes", random.Next(kSigningKeySize)).Run();
  transaction.Commit();
}

void KeyStore::Insert(std::string_view key_id, std::string_view bytes) {
  auto transaction = database_.Write();
  transaction.Prepare(kInsertKey).Bind(":id", key_id).BindBlob(":bytes", bytes).Run();
  transaction.Commit();
}

void KeyStore::Delete(std::string_view key_id) {
  auto transaction = database_.Write();
  transaction.Prepare(kDeleteKey).Bind(":id", key_id).Run();
  transaction.Commit();
}

std::vector<std::string> KeyStore::Ids() {
  auto transaction = database_.Read();
  auto select = transaction.Prepare(kSelectKeyIds);
  std::vector<std::string> ids;
  while (select.Step()) ids.push_back(select.Text(0));
  return ids;
}

Result<Bytes> KeyStore::Find(std::string_view key_id) {
  auto transaction = database_.Read();
  auto select = transaction.Prepare(kSelectKey);
  if (!select.Bind(":id", key_id).Step()) {
    return Error{KeyError::kKeyNotFound, "there is no key " + std::string(key_id)};
  }
  return select.Text(0);
}

Bytes KeyStore::SigningKey() {
  auto transaction = database_.Read();
  return SelectSigningKey(transaction);
}

void KeyStore::Clear() {
  auto transaction = database_.Write();
  transaction.Prepare(kDeleteKeys).Run();
  transaction.Commit();
}

void KeyStore::Load(std::string_view image) {
  {
    sqlite::Database tried("", kMigrations);
    tried.Load(image);
    auto transaction = tried.Read();
    if (SelectSigningKey(transaction).empty()) {
      throw sqlite::ImageRefused("it has no key to sign tokens with");
    }
  }
  database_.Load(image);
}

}  // namespace msc::keys
