#include "storage_stub/complete_target.h"

#include <algorithm>
#include <array>
#include <string>

#include "emulator/base/text.h"
#include "storage_stub/model/resource_name.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

// Operations on containers; clients may forget the `restype` that belongs to them.
constexpr std::array<std::string_view, 4> kCompsOfContainers = {"acl", "batch", "blobs", "list"};

constexpr std::array kReserved = {kRootContainer, kWebContainer, kLogsContainer};

template <typename List>
bool IsOneOf(const List& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

}  // namespace

void PutIntoRoot(http::Request& request) {
  const auto path = request.path();
  const auto slash = path.find('/', 1);
  if (slash == path.npos || path.substr(0, slash).ends_with(kWebsiteSuffix)) return;
  const auto name = path.substr(slash + 1);
  if (name.empty() || name.find('/') != name.npos || IsOneOf(kReserved, name)) return;
  if (request.parameter(wire::kRestype)) return;
  if (IsOneOf(kCompsOfContainers, ToLower(request.parameter(wire::kComp).value_or("")))) return;
  request.target.insert(slash + 1, std::string(kRootContainer) + '/');
}

}  // namespace msc::storage
