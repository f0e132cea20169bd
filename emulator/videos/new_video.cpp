#include "emulator/videos/new_video.h"

#include <algorithm>
#include <optional>
#include <string>

#include "emulator/base/json_problem.h"
#include "emulator/base/nearest.h"
#include "emulator/base/text.h"
#include "emulator/videos/entity_members.h"
#include "emulator/videos/formats.h"
#include "emulator/videos/video_error.h"
#include "emulator/videos/wire.h"

namespace msc::videos {
namespace {

constexpr std::size_t kLongestExtension = 16;

Error Unreadable(std::string why) { return {VideoError::kVideoUnreadable, std::move(why)}; }

bool IsOfFormats(std::string_view extension) {
  return std::any_of(Formats().begin(), Formats().end(),
                     [&](const Format& format) { return format.extension == extension; });
}

// Whether the mode is `on`. It is off if it is absent, null, "" or `off`.
Result<bool> IsOn(const Member& mode, std::string_view on, std::string_view off) {
  if (mode.kind == Member::Kind::kOther) return Unreadable("a mode must be a string or null");
  if (mode.text.empty() || mode.text == off) return false;
  if (mode.text == on) return true;
  return Error{VideoError::kModeNotSupported,
               "a mode is '" + mode.text + "'; it can be " + std::string(on) + " or absent"};
}

std::string WhyNoObject(std::string_view body) {
  if (body.empty()) return "the body is empty";
  const std::string problem = JsonProblem(body);
  return problem.empty() ? "the body must be a JSON object in UTF-8"
                         : "the body is no JSON: " + problem;
}

// Why the member OriginalFileName cannot be used.
std::string WhyNoName(const EntityMembers& members) {
  const std::string given(wire::kOriginalFileName);
  if (members.original_file_name.kind == Member::Kind::kOther) return given + " must be a string";
  std::string name = "the member " + given;
  for (const auto& unknown : members.unknown) {
    if (Nearest(unknown, {wire::kOriginalFileName})) {
      return name.append(" is missing; is \"").append(unknown).append("\" misspelt?");
    }
  }
  return name + " is missing";
}

// Names a member that is ignored, but is nearly one of ours; empty: there is none.
std::string AdviceOn(const EntityMembers& members) {
  for (const auto& unknown : members.unknown) {
    const auto meant = Nearest(unknown, {wire::kOriginalFileName, wire::kContentProtectionMode,
                                         wire::kInputStorageEncryptionMode});
    if (meant) {
      return "the member \"" + unknown + "\" is ignored; did you mean \"" + std::string(*meant) +
             "\"?";
    }
  }
  return {};
}

// The video that the members describe. The errors of ParseNewVideo.
Result<NewVideo> ToNewVideo(const EntityMembers& members, bool any_extension) {
  const auto& name = members.original_file_name;
  if (name.kind != Member::Kind::kString) return Unreadable(WhyNoName(members));
  auto extension = ExtensionOf(name.text, any_extension);
  if (!extension) return extension.error();

  const auto is_protected = IsOn(members.protection_mode, wire::kAes128, wire::kNone);
  const auto is_encrypted = IsOn(members.input_encryption_mode, wire::kAes256, "");
  for (const auto* mode : {&is_protected, &is_encrypted}) {
    if (!*mode && mode->error().code == VideoError::kVideoUnreadable) return mode->error();
  }
  if (!is_protected) return is_protected.error();
  if (!is_encrypted) return is_encrypted.error();
  return NewVideo{.extension = *std::move(extension),
                  .is_protected = *is_protected,
                  .is_input_encrypted = *is_encrypted,
                  .original_name = name.text};
}

}  // namespace

bool IsExtension(std::string_view text) {
  return !text.empty() && text.size() <= kLongestExtension &&
         std::all_of(text.begin(), text.end(), IsAlphanumeric);
}

Result<std::string> ExtensionOf(std::string_view name, bool any_extension) {
  const auto dot = name.rfind('.');
  const std::string extension = dot == std::string::npos ? "" : ToLower(name.substr(dot + 1));
  if (any_extension ? IsExtension(extension) : IsOfFormats(extension)) return extension;
  return Unreadable(std::string(wire::kOriginalFileName) + " '" + std::string(name) +
                    "' must end in an extension that GET /api/Formats lists");
}

Result<NewVideo> ParseNewVideo(std::string_view body, bool any_extension,
                               http::RequestNotes* notes) {
  const auto members = ReadMembers(body);
  if (!members) return Unreadable(WhyNoObject(body));
  if (notes != nullptr) notes->advice = AdviceOn(*members);
  return ToNewVideo(*members, any_extension);
}

Result<NewVideo> ReadNewVideo(const http::Request& request, bool any_extension) {
  if (request.body == nullptr) return ParseNewVideo({}, any_extension);
  const auto text = http::ReadAll(*request.body);
  if (!text) return text.error();
  return ParseNewVideo(*text, any_extension, request.notes);
}

}  // namespace msc::videos
