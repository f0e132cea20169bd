#include "storage_stub/error_body.h"

#include <stdexcept>

#include "emulator/base/encoding.h"
#include "emulator/base/time_format.h"
#include "storage_stub/wire.h"

namespace msc::storage {
namespace {

constexpr std::string_view kProlog = "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?>";
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kNotFound = "The specified resource does not exist.";

constexpr WireError kInternalError = {
    500, "InternalError", "The server encountered an internal error. Please retry the request."};

std::string Element(std::string_view name, std::string_view text) {
  const std::string tag(name);
  return '<' + tag + '>' + XmlText(text) + "</" + tag + '>';
}

// As the service does between tags, where quotes need nothing.
void AppendEscaped(std::string& out, char c) {
  switch (c) {
    case '&':
      out += "&amp;";
      break;
    case '<':
      out += "&lt;";
      break;
    case '>':
      out += "&gt;";
      break;
    default:
      out += c;
  }
}

// U+FFFE and U+FFFF, which are UTF-8 but not XML.
bool IsNoncharacter(std::string_view text) {
  return text.starts_with("\xEF\xBF\xBE") || text.starts_with("\xEF\xBF\xBF");
}

std::string Body(const WireError& wire, const Error& error, const std::string& request_id,
                 Time now) {
  std::string body(kProlog);
  body += "<Error>" + Element("Code", wire.code) +
          Element("Message", std::string(wire.message) + "\nRequestId:" + request_id +
                                 "\nTime:" + FormatTicks(now));
  if (!error.detail.empty()) body += Element("AuthenticationErrorDetail", error.detail);
  for (const auto& [name, value] : error.members) body += Element(name, value);
  return body + "</Error>";
}

}  // namespace

std::string XmlText(std::string_view text) {
  const bool is_utf8 = IsUtf8(text);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool control = byte < 0x20 && text[i] != '\n' && text[i] != '\t';
    if (IsNoncharacter(text.substr(i))) {
      out += kReplacement;
      i += 2;
    } else if (control || (byte >= 0x80 && !is_utf8)) {
      out += kReplacement;
    } else {
      AppendEscaped(out, text[i]);
    }
  }
  return out;
}

http::Response RenderError(const http::Request& request, const Error& error,
                           const std::string& request_id, Time now) {
  const WireError wire = ToWire(error.code);
  http::Response response{.status = wire.status, .reason = std::string(wire.message)};
  std::string body = Body(wire, error, request_id, now);
  response.headers = {{wire::kContentLength, std::to_string(body.size())}};
  if (request.method != http::Method::kHead) {
    response.headers.push_back({wire::kContentType, wire::kXml});
    response.body = std::move(body);
  }
  if (error.code == ErrorCode::kMethodNotAllowed) {
    response.headers.push_back({wire::kAllow, error.message});
  }
  if (error.code == ErrorCode::kNoAuthenticationInformation) {
    response.headers.push_back({wire::kWwwAuthenticate, wire::kBearer});
  }
  response.headers.push_back({wire::kRequestId, request_id});
  response.headers.push_back({wire::kErrorCode, std::string(wire.code)});
  return response;
}

WireError ToWire(ErrorCode code) {
  switch (code) {
    case ErrorCode::kMalformedRequest:
    case ErrorCode::kInvalidInput:
      return {400, "InvalidInput", "One of the request inputs is not valid."};
    case ErrorCode::kInvalidUri:
      return {400, "InvalidUri",
              "The requested URI does not represent any resource on the server."};
    case ErrorCode::kInvalidResourceName:
      return {400, "InvalidResourceName",
              "The specified resource name contains invalid characters."};
    case ErrorCode::kInvalidHeaderValue:
      return {400, "InvalidHeaderValue",
              "The value for one of the HTTP headers is not in the correct format."};
    case ErrorCode::kMissingRequiredHeader:
      return {400, "MissingRequiredHeader",
              "An HTTP header that's mandatory for this request is not specified."};
    case ErrorCode::kInvalidQueryParameterValue:
      return {400, "InvalidQueryParameterValue",
              "Value for one of the query parameters specified in the request URI is invalid."};
    case ErrorCode::kInvalidMd5:
      return {
          400, "InvalidMd5",
          "The MD5 value specified in the request is invalid. The MD5 value must be 128 bits and "
          "base64-encoded."};
    case ErrorCode::kMd5Mismatch:
      return {
          400, "Md5Mismatch",
          "The MD5 value specified in the request did not match with the MD5 value calculated by "
          "the server."};
    case ErrorCode::kInvalidMetadata:
      return {400, "InvalidMetadata",
              "The specified metadata is invalid. It includes characters that are not permitted."};
    case ErrorCode::kMetadataTooLarge:
      return {400, "MetadataTooLarge",
              "The size of the specified metadata exceeds the maximum size permitted."};
    case ErrorCode::kNoAuthenticationInformation:
      return {401, "NoAuthenticationInformation",
              "Server failed to authenticate the request. Please refer to the information in the "
              "www-authenticate header."};
    case ErrorCode::kAuthenticationFailed:
      return {
          403, "AuthenticationFailed",
          "Server failed to authenticate the request. Make sure the value of Authorization header "
          "is formed correctly including the signature."};
    case ErrorCode::kAuthorizationPermissionMismatch:
      return {403, "AuthorizationPermissionMismatch",
              "This request is not authorized to perform this operation using this permission."};
    case ErrorCode::kUnauthorizedBlobOverwrite:
      return {403, "UnauthorizedBlobOverwrite",
              "This request is not authorized to perform blob overwrites."};
    case ErrorCode::kCorsPreflightFailure:
      return {403, "CorsPreflightFailure",
              "CORS not enabled or no matching rule found for this request."};
    case ErrorCode::kAccountNotFound:
    case ErrorCode::kResourceNotFound:
    case ErrorCode::kRouteNotFound:
      return {404, "ResourceNotFound", kNotFound};
    case ErrorCode::kContainerNotFound:
      return {404, "ContainerNotFound", "The specified container does not exist."};
    case ErrorCode::kBlobNotFound:
      return {404, "BlobNotFound", "The specified blob does not exist."};
    case ErrorCode::kMethodNotAllowed:
      return {405, "UnsupportedHttpVerb", "The resource doesn't support specified Http Verb."};
    case ErrorCode::kRequestTimeout:
      return {408, "RequestTimeout", "The request body was not received in time."};
    case ErrorCode::kContainerAlreadyExists:
      return {409, "ContainerAlreadyExists", "The specified container already exists."};
    case ErrorCode::kLengthRequired:
      return {411, "MissingContentLengthHeader", "The Content-Length header was not specified."};
    case ErrorCode::kBodyTooLarge:
      return {413, "RequestBodyTooLarge",
              "The request body is too large and exceeds the maximum permissible limit."};
    case ErrorCode::kClientGone:
      return {400, "IncompleteBody", "The connection ended before the request body did."};

    case ErrorCode::kFault:
    // Refusals of other subjects: none of them is made here.
    case ErrorCode::kVideoUnreadable:
    case ErrorCode::kModeNotSupported:
    case ErrorCode::kVideoNotFound:
    case ErrorCode::kVideoNotReady:
    case ErrorCode::kNothingUploaded:
    case ErrorCode::kKeyIdMalformed:
    case ErrorCode::kKeyNotFound:
    case ErrorCode::kParameterInvalid:
    case ErrorCode::kSignInRequired:
    case ErrorCode::kTokenRefused:
    case ErrorCode::kHostForbidden:
    case ErrorCode::kOriginForbidden:
    case ErrorCode::kMediaTypeUnsupported:
    case ErrorCode::kAdminTokenRefused:
      return kInternalError;
  }
  throw std::logic_error("ErrorCode out of range");
}

}  // namespace msc::storage
