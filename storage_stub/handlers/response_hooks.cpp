#include "storage_stub/handlers/response_hooks.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "emulator/base/encoding.h"
#include "emulator/base/guid.h"
#include "emulator/base/text.h"
#include "emulator/base/time_format.h"
#include "storage_stub/handlers/cors.h"
#include "storage_stub/protocol/error_body.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/host_style.h"
#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/protocol/unsupported.h"
#include "storage_stub/protocol/version.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::size_t kMaxClientRequestId = 1024;
constexpr std::size_t kMostAdded = 10;  // Headers that are added to those of the handler.

bool IsServiceHeader(const http::Header& header) {
  return EqualsIgnoringCase(std::string_view(header.name).substr(0, wire::kServicePrefix.size()),
                            wire::kServicePrefix);
}

bool IsRequestId(const http::Header& header) { return header.name == wire::kRequestId; }

void AddCommonHeaders(http::Headers& headers, const http::Request& request,
                      std::string request_id) {
  headers.push_back({wire::kServer, wire::kServerName});
  headers.push_back({wire::kRequestId, std::move(request_id)});
  const auto client_id = request.header(wire::kClientRequestId);
  if (client_id && client_id->size() <= kMaxClientRequestId && http::IsHeaderText(*client_id)) {
    headers.push_back({wire::kClientRequestId, std::string(*client_id)});
  }
  headers.push_back({wire::kVersion, AnsweredVersion(request)});
}

// Puts the handler's headers into the service's order: those of HTTP, the common ones, the
// service's own, CORS, and the date.
void Finish(const http::Request& request, http::Response& response, const CorsRules& rules,
            const Clock& clock, Random& random) {
  http::Headers headers, own;
  headers.reserve(response.headers.size() + kMostAdded);
  own.reserve(response.headers.size());
  if (!http::Find(response.headers, wire::kContentLength) && response.status != 304) {
    headers.push_back({wire::kContentLength, std::to_string(response.body_size())});
  }
  std::string id;
  for (auto& header : response.headers) {
    if (IsRequestId(header)) {
      id = std::move(header.value);
    } else {
      (IsServiceHeader(header) ? own : headers).push_back(std::move(header));
    }
  }
  AddCommonHeaders(headers, request, id.empty() ? NewGuid(random) : std::move(id));
  std::move(own.begin(), own.end(), std::back_inserter(headers));
  headers.push_back({wire::kDate, FormatHttpDate(clock.Now())});
  if (request.method != http::Method::kOptions) {
    const auto allowed = CorsHeaders(rules, request, headers);
    headers.insert(headers.end() - 1, allowed.begin(), allowed.end());
  }
  response.headers = std::move(headers);
}

Result<std::optional<http::Response>> Before(const http::Request& request, const CorsRules& rules,
                                             const Served& served) {
  if (request.method == http::Method::kOptions) {
    auto answer = Preflight(rules, request);
    if (!answer) return answer.error();
    return std::optional(*std::move(answer));
  }
  if (!PercentDecode(request.path())) {
    return Error{StorageError::kInvalidUri, "the path has a percent sign without two hex digits"};
  }
  const bool is_chunked = request.body != nullptr && !request.body->size();
  if (is_chunked && !served.chunked_bodies) return ContentLengthMissing();
  if (auto supported = CheckSupported(request, served.comps); !supported) return supported.error();
  const bool reads = request.method == http::Method::kGet || request.method == http::Method::kHead;
  if (!reads && IsSecondary(request)) {
    return Error{StorageError::kInsufficientAccountPermissions, "the secondary is read-only"};
  }
  return std::optional<http::Response>();
}

// The CORS rules of the account in the path.
std::shared_ptr<const CorsRules> RulesFor(const http::Request& request,
                                          const ServiceStore& service) {
  return service.Rules(PrimaryName(AccountInPath(request)));
}

}  // namespace

http::ResponseHooks BlobResponseHooks(const ServiceStore& service, const Clock& clock,
                                      Random& random, Served served) {
  return {.render_error =
              [&](const http::Request& request, const Error& error) {
                return RenderError(request, error, NewGuid(random), clock.Now());
              },
          .render_injected_error =
              [&](const http::Request& request, int status, std::string_view code) {
                return RenderInjectedError(request, status, code, NewGuid(random), clock.Now());
              },
          .on_response =
              [&](const http::Request& request, http::Response& response) {
                Finish(request, response, *RulesFor(request, service), clock, random);
              },
          .on_request =
              [&service, served = std::move(served)](const http::Request& request) {
                return Before(request, *RulesFor(request, service), served);
              }};
}

}  // namespace msc::storage
