#include "storage_stub/model/read_moment.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/base/text.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

// What can be changed of a snapshot and a former version. All other changes are of the blob itself.
constexpr std::array<std::string_view, 5> kChangesOfHistory = {
    "tags", "tier", "immutabilitypolicies", "legalhold", "query"};

bool TakesMoment(const http::Request& request) {
  using enum http::Method;
  if (request.method == kGet || request.method == kHead || request.method == kDelete) return true;
  const std::string comp = ToLower(request.parameter(wire::kComp).value_or(""));
  return std::find(kChangesOfHistory.begin(), kChangesOfHistory.end(), comp) !=
         kChangesOfHistory.end();
}

}  // namespace

Result<BlobMoment> ReadMoment(const http::Request& request) {
  const std::string snapshot = request.parameter(wire::kSnapshot).value_or("");
  const std::string version = request.parameter(wire::kVersionId).value_or("");
  if (snapshot.empty() && version.empty()) return BlobMoment{};
  if (!snapshot.empty() && !version.empty()) {
    return Error{StorageError::kMutuallyExclusiveQueryParameters,
                 "a snapshot and a version at once"};
  }
  const auto name = snapshot.empty() ? wire::kVersionId : wire::kSnapshot;
  const std::string& text = snapshot.empty() ? version : snapshot;
  const auto number = ParseMoment(text);
  if (!number || !TakesMoment(request)) {
    return BadParameter(StorageError::kInvalidQueryParameterValue, name, text);
  }
  return BlobMoment{snapshot.empty() ? BlobKind::kVersion : BlobKind::kSnapshot, *number};
}

}  // namespace msc::storage
