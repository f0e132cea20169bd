#include "storage_stub/handlers/delegation_key.h"

#include <chrono>
#include <string>

#include "emulator/base/encoding.h"
#include "emulator/base/time_format.h"
#include "emulator/base/time_range.h"
#include "storage_stub/protocol/list_xml.h"
#include "storage_stub/protocol/xml.h"

namespace msc::storage {
namespace {

constexpr const char* kKeyInfo = "KeyInfo";
constexpr const char* kKeyStart = "Start";
constexpr const char* kKeyExpiry = "Expiry";
constexpr std::chrono::days kLongestKey(7);

}  // namespace

Result<KeyPeriod> ParseKeyPeriod(std::string_view body, Time now) {
  const auto document = ParseXml(body, kKeyInfo);
  if (!document) return document.error();
  const auto info = document->child(kKeyInfo);
  const auto start = TextOf(info.child(kKeyStart));
  const auto starts = start.empty() ? now : ParseIso8601(start);
  if (!starts) return BadNode(kKeyStart, start);
  const auto expiry = TextOf(info.child(kKeyExpiry));
  const auto expires = ParseIso8601(expiry);
  const bool fits = expires && *expires > *starts && *expires <= Shifted(now, kLongestKey);
  if (!fits) return BadNode(kKeyExpiry, expiry);
  return KeyPeriod{.starts = *starts, .expires = *expires};
}

http::Response UserDelegationKeyAnswer(const UserDelegationKey& key, const Bytes& secret) {
  XmlWriter xml;
  xml.Open("UserDelegationKey").Element("SignedOid", key.object_id);
  xml.Element("SignedTid", key.tenant_id).Element("SignedStart", FormatSeconds(key.starts));
  xml.Element("SignedExpiry", FormatSeconds(key.expires)).Element("SignedService", key.service);
  xml.Element("SignedVersion", key.version).Element("Value", Base64Encode(secret));
  return XmlAnswer(xml.Close().Take());
}

}  // namespace msc::storage
