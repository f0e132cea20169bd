#include "storage_stub/handlers/immutability_headers.h"

#include "emulator/base/text.h"
#include "emulator/base/time_format.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

Error BadValue(const char* header, std::string_view value) {
  return BadHeader(StorageError::kInvalidHeaderValue, header, value);
}

}  // namespace

Result<Immutability> ReadImmutability(const http::Request& request, Time now) {
  const auto hold = ReadLegalHold(request);
  if (!hold) return hold.error();
  Immutability immutability{.has_legal_hold = hold->value_or(false)};
  const auto date = request.header(wire::kImmutableUntil).value_or("");
  const auto mode_name = request.header(wire::kImmutabilityMode).value_or("");
  if (date.empty()) {
    if (!mode_name.empty()) return HeaderMissing(wire::kImmutableUntil);
    return immutability;
  }
  immutability.until = ParseHttpDate(date);
  if (!immutability.until || *immutability.until < now) {
    return BadValue(wire::kImmutableUntil, date);
  }
  const auto mode = mode_name.empty() ? std::optional(ImmutabilityMode::kUnlocked)
                                      : ParseImmutabilityMode(mode_name);
  if (!mode) return BadValue(wire::kImmutabilityMode, mode_name);
  immutability.mode = *mode;
  return immutability;
}

Result<std::optional<bool>> ReadLegalHold(const http::Request& request) {
  const auto text = request.header(wire::kLegalHold).value_or("");
  if (text.empty()) return std::optional<bool>();
  const bool holds = EqualsIgnoringCase(text, wire::kTrue);
  if (!holds && !EqualsIgnoringCase(text, wire::kFalse)) return BadValue(wire::kLegalHold, text);
  return std::optional(holds);
}

void AddPolicy(http::Headers& headers, const Immutability& immutability) {
  if (!immutability.until) return;
  headers.push_back({wire::kImmutableUntil, FormatHttpDate(*immutability.until)});
  headers.push_back({wire::kImmutabilityMode, NameOf(immutability.mode)});
}

void AddImmutability(http::Headers& headers, const Immutability& immutability) {
  AddPolicy(headers, immutability);
  if (immutability.has_legal_hold) headers.push_back({wire::kLegalHold, wire::kTrue});
}

void WritePolicy(XmlWriter& xml, const Immutability& immutability) {
  if (!immutability.until) return;
  xml.Element("ImmutabilityPolicyUntilDate", FormatHttpDate(*immutability.until));
  xml.Element("ImmutabilityPolicyMode", NameOf(immutability.mode));
}

void WriteLegalHold(XmlWriter& xml, const Immutability& immutability) {
  if (immutability.has_legal_hold) xml.Element("LegalHold", wire::kTrue);
}

}  // namespace msc::storage
