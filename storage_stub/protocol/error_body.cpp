#include "storage_stub/protocol/error_body.h"

#include "emulator/base/time_format.h"
#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/protocol/wire.h"
#include "storage_stub/protocol/xml.h"

namespace msc::storage {
namespace {

std::string Body(const WireError& wire, const Error& error, const std::string& request_id,
                 Time now) {
  XmlWriter xml;
  xml.Open("Error").Element("Code", wire.code);
  xml.Element("Message", std::string(wire.message) + "\nRequestId:" + request_id +
                             "\nTime:" + FormatTicks(now));
  xml.ElementIfAny("AuthenticationErrorDetail", error.detail);
  for (const auto& [name, value] : error.members) xml.Element(name, value);
  return xml.Close().Take();
}

// What the service says in trouble, where it says anything of its own.
WireError InjectedWireError(int status, std::string_view code) {
  if (code == "ServerBusy" || (code.empty() && status == 503)) {
    return {status, "ServerBusy", "The server is busy."};
  }
  if (code == "OperationTimedOut") {
    return {status, code, "Operation could not be completed within the specified time."};
  }
  const WireError internal = ToWire(ErrorCode::kInternalError);
  if (code.empty() || code == internal.code) return {status, internal.code, internal.message};
  return {status, code, http::StandardReason(status)};
}

http::Response Render(const http::Request& request, const WireError& wire, const Error& error,
                      const std::string& request_id, Time now) {
  http::Response response{.status = wire.status, .reason = std::string(wire.message)};
  const bool is_bodiless = request.method == http::Method::kHead || wire.status == 304;
  if (!is_bodiless) {
    response.body = Body(wire, error, request_id, now);
    response.headers.push_back({wire::kContentType, wire::kXml});
  }
  return response;
}

void AddIds(http::Response& response, const WireError& wire, const std::string& request_id) {
  response.headers.push_back({wire::kRequestId, request_id});
  response.headers.push_back({wire::kErrorCode, std::string(wire.code)});
}

}  // namespace

http::Response RenderInjectedError(const http::Request& request, int status, std::string_view code,
                                   const std::string& request_id, Time now) {
  const WireError wire = InjectedWireError(status, code);
  http::Response response = Render(request, wire, {ErrorCode::kInternalError}, request_id, now);
  AddIds(response, wire, request_id);
  return response;
}

http::Response RenderError(const http::Request& request, const Error& error,
                           const std::string& request_id, Time now) {
  const WireError wire = ToWire(error.code);
  http::Response response = Render(request, wire, error, request_id, now);
  if (error.code == ErrorCode::kMethodNotAllowed) {
    response.headers.push_back({wire::kAllow, error.message});
  }
  if (error.code == StorageError::kNoAuthenticationInformation) {
    response.headers.push_back({wire::kWwwAuthenticate, wire::kBearer});
  }
  for (const auto& [name, value] : error.headers) response.headers.push_back({name, value});
  AddIds(response, wire, request_id);
  return response;
}

}  // namespace msc::storage
