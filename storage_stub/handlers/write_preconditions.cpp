#include "storage_stub/handlers/write_preconditions.h"

#include <array>
#include <string_view>
#include <utility>

#include "storage_stub/access/sas_check.h"
#include "storage_stub/handlers/encryption_headers.h"
#include "storage_stub/handlers/immutability_headers.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::array<std::string_view, 2> kOtherOperations = {wire::kComp, wire::kRestype};

}  // namespace

Status CheckIsBlobItself(const http::Request& request) {
  for (const auto name : kOtherOperations) {
    if (const auto value = request.parameter(name)) {
      return BadParameter(StorageError::kInvalidQueryParameterValue, name, *value);
    }
  }
  return Done{};
}

Result<WritePreconditions> ReadWritePreconditions(const http::Request& request,
                                                  const AuthorizedRequest& authorized) {
  if (request.header(wire::kTags)) {
    auto permitted = CheckPermission({.permissions = authorized.permissions}, kBlobTags.service_sas,
                                     authorized.version);
    if (!permitted) return permitted.error();
  }
  auto conditions = ReadConditions(request);
  if (!conditions) return conditions.error();
  auto encryption = ReadEncryption(request);
  if (!encryption) return encryption.error();
  const auto immutability = ReadImmutability(request, authorized.now);
  if (!immutability) return immutability.error();
  return WritePreconditions{.may_overwrite = authorized.permits('w'),
                            .policy_id = authorized.policy_id,
                            .conditions = *std::move(conditions),
                            .now = authorized.now,
                            .encryption = *std::move(encryption),
                            .immutability = *immutability};
}

}  // namespace msc::storage
