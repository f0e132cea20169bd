#include "storage_stub/protocol/version.h"

#include <algorithm>

#include "emulator/base/text.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::string_view kShape = "dddd-dd-dd";
constexpr std::string_view kDefault = "2023-11-03";

}  // namespace

bool IsVersion(std::string_view text) {
  return std::equal(
      text.begin(), text.end(), kShape.begin(), kShape.end(),
      [](char c, char expected) { return expected == 'd' ? IsDigit(c) : c == expected; });
}

std::string RequestedVersion(const http::Request& request) {
  if (!request.header(wire::kAuthorization) && request.parameter(wire::kSignature)) {
    const auto signed_version = request.parameter(wire::kSignedVersion);
    if (signed_version && IsVersion(*signed_version)) return *signed_version;
  }
  const auto header = request.header(wire::kVersion).value_or("");
  return IsVersion(header) ? std::string(header) : std::string();
}

std::string AnsweredVersion(const http::Request& request) {
  const std::string requested = RequestedVersion(request);
  return requested.empty() ? std::string(kDefault) : requested;
}

}  // namespace msc::storage
