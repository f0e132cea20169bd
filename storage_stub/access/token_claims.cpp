#include "storage_stub/access/token_claims.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "emulator/base/encoding.h"
#include "emulator/base/json_shape.h"
#include "emulator/base/time_range.h"

namespace msc::storage {
namespace {

using Json = nlohmann::json;

// Base64 for URLs, without padding.
std::optional<Bytes> DecodePart(std::string_view part) {
  std::string text(part);
  std::replace(text.begin(), text.end(), '-', '+');
  std::replace(text.begin(), text.end(), '_', '/');
  text.resize((text.size() + 3) / 4 * 4, '=');
  return Base64DecodeAnyTail(text);
}

// The part between the two dots.
std::optional<std::string_view> PayloadOf(std::string_view token) {
  const auto first = token.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  const auto last = token.find('.', first + 1);
  if (last == std::string_view::npos || token.find('.', last + 1) != std::string_view::npos) {
    return std::nullopt;
  }
  return token.substr(first + 1, last - first - 1);
}

Json ParsePayload(std::string_view token) {
  const auto payload = PayloadOf(token);
  const auto text = payload ? DecodePart(*payload) : std::nullopt;
  if (!text || JsonShapeProblem(*text)) return {};
  return Json::parse(*text, nullptr, /*allow_exceptions=*/false);
}

std::string TextAt(const Json& claims, const char* name) {
  const auto found = claims.find(name);
  return found != claims.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// Seconds since 1970.
std::optional<Time> TimeAt(const Json& claims, const char* name) {
  const auto found = claims.find(name);
  if (found == claims.end() || !found->is_number()) return std::nullopt;
  const auto seconds = [](Time time) {
    return static_cast<double>(time.time_since_epoch() / std::chrono::seconds(1));
  };
  const double given = std::clamp(found->get<double>(), seconds(kFirstTime), seconds(kLastTime));
  return Time(std::chrono::milliseconds(static_cast<std::int64_t>(given * 1000)));
}

}  // namespace

std::optional<TokenClaims> ReadClaims(std::string_view token) {
  const Json payload = ParsePayload(token);
  if (!payload.is_object()) return std::nullopt;
  const auto not_before = TimeAt(payload, "nbf");
  const auto expires = TimeAt(payload, "exp");
  if (!not_before || !expires) return std::nullopt;
  return TokenClaims{.issuer = TextAt(payload, "iss"),
                     .audience = TextAt(payload, "aud"),
                     .not_before = *not_before,
                     .expires = *expires,
                     .object_id = TextAt(payload, "oid"),
                     .tenant_id = TextAt(payload, "tid")};
}

}  // namespace msc::storage
