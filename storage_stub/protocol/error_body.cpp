#include "storage_stub/protocol/error_body.h"

#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "emulator/base/overloaded.h"
#include "emulator/base/time_format.h"
#include "emulator/http/http_error.h"
#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/protocol/wire.h"
#include "storage_stub/protocol/xml.h"

namespace msc::storage {
namespace {

using Place = RequestField::Place;

// The further members of the XML, in their order.
using Members = std::vector<std::pair<std::string_view, std::string>>;

Members MembersOf(const RequestField& field) {
  const auto with_value = [&](std::string_view name, std::string_view value) {
    Members members = {{name, field.name}};
    if (field.value) members.emplace_back(value, *field.value);
    return members;
  };
  switch (field.place) {
    case Place::kHeader:
      return with_value(wire::kHeaderName, wire::kHeaderValue);
    case Place::kQuery:
      return with_value(wire::kQueryParameterName, wire::kQueryParameterValue);
    case Place::kBody:
      return with_value(wire::kXmlNodeName, wire::kXmlNodeValue);
  }
  return {};
}

Members MembersOf(const ChecksumMismatch& checksum) {
  const bool is_md5 = checksum.algorithm == ChecksumMismatch::Algorithm::kMd5;
  return {
      {is_md5 ? wire::kUserSpecifiedMd5 : wire::kUserSpecifiedCrc64, checksum.declared},
      {is_md5 ? wire::kServerCalculatedMd5 : wire::kServerCalculatedCrc64, checksum.calculated}};
}

Members MembersOf(const SizeLimit& limit) {
  return {{wire::kMaxLimit, std::to_string(limit.bytes)}};
}

Members MembersOf(const ClientAddress& address) { return {{wire::kSourceIp, address.text}}; }

// Facts that are not in the XML.
template <typename Other>
Members MembersOf(const Other& /*fact*/) {
  return {};
}

http::Headers HeadersOf(const AllowedMethods& /*allowed*/, const Error& error) {
  return {{wire::kAllow, http::AllowValue(error)}};
}

http::Headers HeadersOf(const ResourceSize& size, const Error& /*error*/) {
  return {{wire::kContentRange, "bytes */" + std::to_string(size.bytes)}};
}

http::Headers HeadersOf(const ResourceVersion& version, const Error& /*error*/) {
  return {{wire::kEtag, version.etag},
          {wire::kLastModified, FormatHttpDate(version.last_modified)}};
}

// Facts that are not in headers.
template <typename Other>
http::Headers HeadersOf(const Other& /*fact*/, const Error& /*error*/) {
  return {};
}

std::string DetailOf(const SignatureMismatch& mismatch) {
  if (mismatch.field.place == Place::kQuery) {
    return "Signature did not match. String to sign used was " + mismatch.string_to_sign;
  }
  return "The MAC signature found in the HTTP request '" + mismatch.signature +
         "' is not the same as any computed signature. Server used following string to sign: '" +
         mismatch.string_to_sign + "'.";
}

std::string DetailOf(const TimeFrame& frame) {
  return "Signature not valid in the specified time frame: Start [" + FormatHttpDate(frame.starts) +
         "] - Expiry [" + FormatHttpDate(frame.expires) + "] - Current [" +
         FormatHttpDate(frame.now) + "]";
}

std::string DetailOf(const DateSkew& skew) {
  return "Request date header too " + std::string(skew.date < skew.now ? "old" : "new") + ": '" +
         skew.text + "'; the current time is '" + FormatHttpDate(skew.now) + "'";
}

std::string Body(const WireError& wire, const Error& error, const std::string& request_id,
                 Time now) {
  XmlWriter xml;
  xml.Open("Error").Element("Code", wire.code);
  xml.Element("Message", std::string(wire.message) + "\nRequestId:" + request_id +
                             "\nTime:" + FormatTicks(now));
  xml.ElementIfAny("AuthenticationErrorDetail", AuthenticationErrorDetail(error));
  const auto members = std::visit([](const auto& fact) { return MembersOf(fact); }, error.facts);
  for (const auto& [name, value] : members) xml.Element(name, value);
  return xml.Close().Take();
}

// The text of an injected error, if the service has one for it.
WireError InjectedWireError(int status, std::string_view code) {
  if (code == "ServerBusy" || (code.empty() && status == 503)) {
    return {status, "ServerBusy", "The server is busy."};
  }
  if (code == "OperationTimedOut") {
    return {status, code, "Operation could not be completed within the specified time."};
  }
  const WireError internal = ToWire(http::HttpError::kInternalError);
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

std::string AuthenticationErrorDetail(const Error& error) {
  const bool has_detail = error.code == StorageError::kAuthenticationFailed ||
                          error.code == StorageError::kInvalidToken;
  if (!has_detail) return {};
  return std::visit(Overloaded{[](const SignatureMismatch& mismatch) { return DetailOf(mismatch); },
                               [](const TimeFrame& frame) { return DetailOf(frame); },
                               [](const DateSkew& skew) { return DetailOf(skew); },
                               [&](const auto&) { return error.message; }},
                    error.facts);
}

http::Response RenderInjectedError(const http::Request& request, int status, std::string_view code,
                                   const std::string& request_id, Time now) {
  const WireError wire = InjectedWireError(status, code);
  http::Response response =
      Render(request, wire, {http::HttpError::kInternalError}, request_id, now);
  AddIds(response, wire, request_id);
  return response;
}

http::Response RenderError(const http::Request& request, const Error& error,
                           const std::string& request_id, Time now) {
  WireError wire = ToWire(error.code);
  if (wire.message.empty()) wire.message = error.message;
  http::Response response = Render(request, wire, error, request_id, now);
  if (wire.status == 401 && error.code != StorageError::kCopySourceUnauthenticated) {
    response.headers.push_back({wire::kWwwAuthenticate, wire::kBearerChallenge});
  }
  for (auto& header :
       std::visit([&](const auto& fact) { return HeadersOf(fact, error); }, error.facts)) {
    response.headers.push_back(std::move(header));
  }
  AddIds(response, wire, request_id);
  return response;
}

}  // namespace msc::storage
