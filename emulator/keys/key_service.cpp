#include "emulator/keys/key_service.h"

#include <chrono>
#include <utility>

#include "emulator/base/guid.h"
#include "emulator/base/text.h"
#include "emulator/keys/delivery.h"
#include "emulator/keys/key_rules.h"
#include "emulator/keys/key_store.h"
#include "emulator/keys/swt.h"
#include "emulator/keys/wire.h"

namespace msc::keys {
namespace {

constexpr std::chrono::minutes kTokenLife(5);

}  // namespace

struct KeyService::Impl {
  Impl(sqlite::Database& the_database, const Clock& the_clock, Random& the_random, Log log)
      : database(the_database),
        clock(the_clock),
        random(the_random),
        keys(database, random),
        delivery(keys, clock),
        router(DeliveryRouter(delivery, clock, std::move(log))) {}

  sqlite::Database& database;
  const Clock& clock;
  Random& random;
  KeyStore keys;
  const KeyDelivery delivery;
  const http::Router router;
};

KeyService::KeyService(sqlite::Database& database, const Clock& clock, Random& random, Log log)
    : impl_(std::make_unique<Impl>(database, clock, random, std::move(log))) {}

KeyService::~KeyService() = default;

std::string KeyService::CreateKey() {
  auto transaction = impl_->database.Write();
  std::string key_id = CreateKey(transaction);
  transaction.Commit();
  return key_id;
}

std::string KeyService::CreateKey(sqlite::Transaction& transaction) {
  std::string key_id = NewGuid(impl_->random);
  KeyStore::Insert(transaction, key_id, impl_->random.Next(kContentKeySize));
  return key_id;
}

void KeyService::DeleteKey(sqlite::Transaction& transaction, std::string_view key_id) {
  KeyStore::Delete(transaction, ToLower(key_id));
}

Result<Bytes> KeyService::FindKey(std::string_view key_id) const {
  return impl_->keys.Find(ToLower(key_id));
}

Result<std::string> KeyService::IssueToken(std::string_view key_id, std::string_view host) const {
  if (auto key = FindKey(key_id); !key) return key.error();

  const auto expires = std::chrono::floor<std::chrono::seconds>(impl_->clock.Now() + kTokenLife);
  const auto text =
      TextToSign({.key_id = ToLower(key_id), .host = std::string(host), .expires = expires});
  return std::string(wire::kBearerPrefix) + SignToken(text, impl_->keys.SigningKey());
}

void KeyService::CopySigningKey(sqlite::Transaction& from, sqlite::Database& other) {
  auto to = other.Write();
  KeyStore::SetSigningKey(to, KeyStore::SigningKey(from));
  to.Commit();
}

bool KeyService::HasSigningKey(sqlite::Database& records) {
  auto transaction = records.Read();
  return !KeyStore::SigningKey(transaction).empty();
}

const http::Router& KeyService::router() const { return impl_->router; }

}  // namespace msc::keys
