#include "emulator/keys/key_service.h"

#include <chrono>
#include <utility>

#include "emulator/base/guid.h"
#include "emulator/base/text.h"
#include "emulator/keys/delivery.h"
#include "emulator/keys/key_store.h"
#include "emulator/keys/swt.h"
#include "emulator/keys/wire.h"

namespace msc::keys {
namespace {

constexpr std::size_t kContentKeySize = 16;
constexpr std::chrono::minutes kTokenLife(5);

std::string DatabasePath(const std::string& data_directory) {
  return data_directory.empty() ? std::string() : data_directory + "/keys.db";
}

}  // namespace

struct KeyService::Impl {
  Impl(const std::string& data_directory, const Clock& the_clock, Random& the_random, Log log,
       Durability durability)
      : clock(the_clock),
        random(the_random),
        keys(DatabasePath(data_directory), random, durability),
        delivery(keys, clock),
        router(DeliveryRouter(delivery, clock, std::move(log))) {}

  const Clock& clock;
  Random& random;
  KeyStore keys;
  const KeyDelivery delivery;
  const http::Router router;
};

KeyService::KeyService(const std::string& data_directory, const Clock& clock, Random& random,
                       Log log, Durability durability)
    : impl_(std::make_unique<Impl>(data_directory, clock, random, std::move(log), durability)) {}

KeyService::~KeyService() = default;

std::string KeyService::CreateKey() {
  std::string key_id = NewGuid(impl_->random);
  impl_->keys.Insert(key_id, impl_->random.Next(kContentKeySize));
  return key_id;
}

void KeyService::DeleteKey(std::string_view key_id) { impl_->keys.Delete(ToLower(key_id)); }

std::vector<std::string> KeyService::KeyIds() const { return impl_->keys.Ids(); }

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

void KeyService::Clear() { impl_->keys.Clear(); }

std::string KeyService::Image() const { return impl_->keys.Image(); }

void KeyService::Load(std::string_view image) { impl_->keys.Load(image); }

const http::Router& KeyService::router() const { return impl_->router; }

}  // namespace msc::keys
