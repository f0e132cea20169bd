#include "storage_stub/protocol/refusals.h"

#include <string>
#include <utility>

#include "storage_stub/protocol/wire.h"

namespace msc::storage {

Error BadHeader(StorageError code, std::string_view name, std::string_view value) {
  return {.code = code,
          .message = "the header " + std::string(name) + " is not valid",
          .members = {{wire::kHeaderName, std::string(name)},
                      {wire::kHeaderValue, std::string(value)}}};
}

Error HeaderMissing(std::string_view name) {
  return {.code = StorageError::kMissingRequiredHeader,
          .message = "the header " + std::string(name) + " is missing",
          .members = {{wire::kHeaderName, std::string(name)}}};
}

Error BadParameter(StorageError code, std::string_view name, std::string_view value) {
  return {.code = code,
          .message = "the parameter " + std::string(name) + " is not valid",
          .members = {{wire::kQueryParameterName, std::string(name)},
                      {wire::kQueryParameterValue, std::string(value)}}};
}

Error AuthenticationFailed(std::string detail) {
  return {.code = StorageError::kAuthenticationFailed,
          .message = "the request does not prove who sent it",
          .detail = std::move(detail)};
}

}  // namespace msc::storage
