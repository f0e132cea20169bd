#include "emulator/control/archive/state_manifest.h"

#include <nlohmann/json.hpp>

#include "emulator/base/json_shape.h"
#include "emulator/base/time_format.h"
#include "emulator/control/archive/archive_error.h"

namespace msc::control {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kFormatMember = "format";
constexpr const char* kVersionMember = "version";
constexpr const char* kInstantMember = "instant";
constexpr const char* kPositionMember = "randomPosition";
constexpr const char* kFormat = "msc-emulator-state";
constexpr int kFormatVersion = 1;

Error Bad(const std::string& member, const std::string& remedy) {
  return ArchiveInvalid("manifest.json: \"" + member + "\" must be " + remedy);
}

}  // namespace

std::string FormatManifest(const StateManifest& manifest) {
  return Json{{kFormatMember, kFormat},
              {kVersionMember, kFormatVersion},
              {kInstantMember, FormatMillis(manifest.instant)},
              {kPositionMember, manifest.random_position}}
             .dump() +
         '\n';
}

Result<StateManifest> ParseManifest(std::string_view text) {
  if (const auto problem = JsonShapeProblem(text)) {
    return ArchiveInvalid("manifest.json is too much: " + *problem);
  }
  const auto json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return ArchiveInvalid("manifest.json is no JSON object");
  if (json.value(kFormatMember, Json()) != kFormat) return Bad(kFormatMember, kFormat);
  if (json.value(kVersionMember, Json()) != kFormatVersion) {
    return Bad(kVersionMember, "1: the archive comes from another version of this program");
  }
  const auto instant = json.value(kInstantMember, Json());
  const auto time = instant.is_string() ? ParseIso8601(instant.get<std::string>()) : std::nullopt;
  if (!time) return Bad(kInstantMember, "a time such as 2024-06-30T12:00:00Z");
  const auto position = json.value(kPositionMember, Json());
  if (!position.is_number_unsigned()) return Bad(kPositionMember, "a whole number, not negative");
  return StateManifest{.instant = *time, .random_position = position.get<std::uint64_t>()};
}

}  // namespace msc::control
