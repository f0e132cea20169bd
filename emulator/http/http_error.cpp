#include "emulator/http/http_error.h"

#include <stdexcept>

namespace msc::http {

int StatusOf(HttpError error) {
  switch (error) {
    case HttpError::kMalformedRequest:
    case HttpError::kClientGone:
      return 400;
    case HttpError::kRouteNotFound:
    case HttpError::kOtherPort:
      return 404;
    case HttpError::kMethodNotAllowed:
      return 405;
    case HttpError::kRequestTimeout:
      return 408;
    case HttpError::kLengthRequired:
      return 411;
    case HttpError::kBodyTooLarge:
      return 413;
    case HttpError::kInternalError:
      return 500;
  }
  throw std::logic_error("HttpError out of range");
}

HttpError ToHttpError(ErrorCode code) {
  return code.As<HttpError>().value_or(HttpError::kInternalError);
}

std::string AllowValue(const Error& error) {
  const auto* allowed = error.fact<AllowedMethods>();
  std::string value;
  if (allowed == nullptr) return value;
  for (const auto& name : allowed->names) value += (value.empty() ? "" : ", ") + name;
  return value;
}

}  // namespace msc::http
