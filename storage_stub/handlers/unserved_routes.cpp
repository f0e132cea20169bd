#include "storage_stub/handlers/unserved_routes.h"

#include <array>
#include <string_view>

#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

using enum http::Method;
using enum Operation;

struct Unserved {
  http::Method method;
  std::string_view pattern;
  Operation operation;
};

// clang-format off
constexpr Unserved kUnserved[] = {
    {kPut, "/{account}/{container}/{blob*}?comp=incrementalcopy", kIncrementalCopyBlob},
    {kPost, "/{account}/{container}/{blob*}?comp=query", kQueryBlobContents},
    {kPut, "/{account}/{container}/{blob*}?comp=expiry", kSetBlobExpiry},
    {kPut, "/{account}/{container}?restype=container&comp=undelete", kRestoreContainer},
    {kPut, "/{account}/{container}?restype=container&comp=rename", kRenameContainer},
};
// clang-format on

}  // namespace

std::vector<http::Route> UnservedRoutes() {
  const auto refuse = [](const http::Request& request) -> Result<http::Response> {
    return NotServed(request.parameter(wire::kComp).value_or(""));
  };
  std::vector<http::Route> routes;
  for (const auto& [method, pattern, operation] : kUnserved) {
    routes.push_back({method, pattern, refuse, operation});
  }
  return routes;
}

}  // namespace msc::storage
