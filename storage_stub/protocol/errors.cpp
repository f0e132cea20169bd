#include "storage_stub/protocol/errors.h"

#include <string>
#include <utility>

#include "emulator/http/http_error.h"
#include "storage_stub/protocol/error_body.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

using Place = RequestField::Place;

Error Unauthenticated(ErrorFacts facts) {
  Error error{.code = StorageError::kAuthenticationFailed, .facts = std::move(facts)};
  error.message = AuthenticationErrorDetail(error);
  return error;
}

}  // namespace

Error BadHeader(StorageError code, std::string_view name, std::string_view value) {
  return {.code = code,
          .message = "the header " + std::string(name) + " is not valid",
          .facts = RequestField{Place::kHeader, std::string(name), std::string(value)}};
}

Error HeaderMissing(std::string_view name) {
  return {.code = StorageError::kMissingRequiredHeader,
          .message = "the header " + std::string(name) + " is missing",
          .facts = RequestField{Place::kHeader, std::string(name)}};
}

Error BadParameter(StorageError code, std::string_view name, std::string_view value) {
  return {.code = code,
          .message = "the parameter " + std::string(name) + " is not valid",
          .facts = RequestField{Place::kQuery, std::string(name), std::string(value)}};
}

Error ParameterMissing(std::string_view name) {
  return {.code = StorageError::kMissingRequiredQueryParameter,
          .message = "the parameter " + std::string(name) + " is missing",
          .facts = RequestField{Place::kQuery, std::string(name)}};
}

Error NotServed(std::string_view comp) {
  Error error = BadParameter(StorageError::kUnsupportedQueryParameter, wire::kComp, comp);
  error.message = "the operation comp=" + std::string(comp) + " is not served by the emulator";
  return error;
}

Error CopySourceMissing(const Error& missing) {
  return {missing.code == StorageError::kBlobNotFound ? StorageError::kCopySourceBlobNotFound
                                                      : StorageError::kCopySourceContainerNotFound,
          "the source cannot be read: " + missing.message};
}

Error ContentLengthMissing() {
  return {.code = http::HttpError::kLengthRequired,
          .message = "the body is chunked, and the service wants its Content-Length",
          .facts = RequestField{Place::kHeader, wire::kContentLength}};
}

Error AuthenticationFailed(std::string why) {
  return {StorageError::kAuthenticationFailed, std::move(why)};
}

Error AuthenticationFailed(std::string why, RequestField field, std::string expected) {
  return {.code = StorageError::kAuthenticationFailed,
          .message = std::move(why),
          .facts = CredentialMismatch{std::move(field), std::move(expected)}};
}

Error AuthenticationFailed(SignatureMismatch mismatch) {
  return {.code = StorageError::kAuthenticationFailed,
          .message = "the signature does not match",
          .facts = std::move(mismatch)};
}

Error AuthenticationFailed(const TimeFrame& frame) { return Unauthenticated(frame); }

Error AuthenticationFailed(DateSkew skew) { return Unauthenticated(std::move(skew)); }

}  // namespace msc::storage
