#include "storage_stub/access/requested_name.h"

#include <algorithm>
#include <string_view>

#include "storage_stub/model/read_moment.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

bool HasCapture(const http::Request& request, std::string_view name) {
  return std::any_of(request.captures.begin(), request.captures.end(),
                     [&](const auto& capture) { return capture.first == name; });
}

// How far the URL of a request goes.
SasResourceType LevelOf(const http::Request& request) {
  if (HasCapture(request, wire::kBlob)) return SasResourceType::kBlob;
  return HasCapture(request, wire::kContainer) ? SasResourceType::kContainer
                                               : SasResourceType::kService;
}

}  // namespace

Result<ResourceName> RequestedName(const http::Request& request, const std::string& account,
                                   SasResourceType level) {
  if (level == SasResourceType::kAny) level = LevelOf(request);
  ResourceName name{.account = account, .container = {}};
  if (level == SasResourceType::kService) return name;
  name.container = request.capture(wire::kContainer);
  if (auto checked = CheckContainerName(name.container); !checked) return checked.error();
  if (level == SasResourceType::kContainer) return name;
  name.blob = ResolveBlobName(request.capture(wire::kBlob));
  if (auto checked = CheckBlobName(name.blob); !checked) return checked.error();
  const auto moment = ReadMoment(request);
  if (!moment) return moment.error();
  name.moment = *moment;
  return name;
}

}  // namespace msc::storage
