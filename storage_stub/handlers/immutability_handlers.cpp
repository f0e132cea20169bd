#include "storage_stub/handlers/immutability_handlers.h"

#include "storage_stub/handlers/immutability_headers.h"
#include "storage_stub/handlers/write_preconditions.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {

// Source: "Set Blob Immutability Policy",
// https://learn.microsoft.com/en-us/rest/api/storageservices/set-blob-immutability-policy
Result<http::Response> ImmutabilityHandlers::SetPolicy(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kSetImmutability);
  if (!authorized) return authorized.error();
  const auto preconditions = ReadWritePreconditions(request, *authorized);
  if (!preconditions) return preconditions.error();
  const auto& wanted = preconditions->immutability;
  if (!wanted.until) return HeaderMissing(wire::kImmutableUntil);
  const auto set = blobs_.ChangeImmutability(
      authorized->name, *preconditions,
      [&](const Immutability& stored) { return WithPolicy(stored, wanted); });
  if (!set) return set.error();
  http::Response response;
  AddPolicy(response.headers, *set);
  return response;
}

// Source: "Delete Blob Immutability Policy",
// https://learn.microsoft.com/en-us/rest/api/storageservices/delete-blob-immutability-policy
Result<http::Response> ImmutabilityHandlers::DeletePolicy(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kSetImmutability);
  if (!authorized) return authorized.error();
  const auto preconditions = ReadWritePreconditions(request, *authorized);
  if (!preconditions) return preconditions.error();
  const auto set = blobs_.ChangeImmutability(authorized->name, *preconditions, WithoutPolicy);
  if (!set) return set.error();
  return http::Response{};
}

// Source: "Set Blob Legal Hold",
// https://learn.microsoft.com/en-us/rest/api/storageservices/set-blob-legal-hold
Result<http::Response> ImmutabilityHandlers::SetLegalHold(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kSetImmutability);
  if (!authorized) return authorized.error();
  const auto preconditions = ReadWritePreconditions(request, *authorized);
  if (!preconditions) return preconditions.error();
  if (!request.header(wire::kLegalHold)) return HeaderMissing(wire::kLegalHold);
  const bool holds = preconditions->immutability.has_legal_hold;
  const auto set =
      blobs_.ChangeImmutability(authorized->name, *preconditions, [&](Immutability changed) {
        changed.has_legal_hold = holds;
        return Result<Immutability>(changed);
      });
  if (!set) return set.error();
  return http::Response{.headers = {{wire::kLegalHold, holds ? wire::kTrue : wire::kFalse}}};
}

}  // namespace msc::storage
