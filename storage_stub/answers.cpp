#include "storage_stub/answers.h"

#include <algorithm>
#include <iterator>

#include "emulator/base/encoding.h"
#include "emulator/base/guid.h"
#include "emulator/base/text.h"
#include "emulator/base/time_format.h"
#include "storage_stub/error_body.h"
#include "storage_stub/resource_names.h"
#include "storage_stub/version.h"
#include "storage_stub/wire.h"

namespace msc::storage {
namespace {

constexpr std::size_t kMaxClientRequestId = 1024;

bool IsServiceHeader(const http::Header& header) {
  return EqualsIgnoringCase(std::string_view(header.name).substr(0, wire::kServicePrefix.size()),
                            wire::kServicePrefix);
}

bool IsRequestId(const http::Header& header) { return header.name == wire::kRequestId; }

http::Headers CommonHeaders(const http::Request& request, std::string request_id) {
  http::Headers headers = {{wire::kServer, wire::kServerName},
                           {wire::kRequestId, std::move(request_id)}};
  const auto client_id = request.header(wire::kClientRequestId);
  if (client_id && client_id->size() <= kMaxClientRequestId && IsHeaderText(*client_id)) {
    headers.push_back({wire::kClientRequestId, std::string(*client_id)});
  }
  headers.push_back({wire::kVersion, AnsweredVersion(request)});
  return headers;
}

// Puts the handler's headers into the service's order: those of HTTP, the common ones, the
// service's own, CORS, and the date.
void Finish(const http::Request& request, http::Response& response, const Cors& cors,
            const Clock& clock, Random& random) {
  auto& headers = response.headers;
  if (!http::Find(headers, wire::kContentLength)) {
    headers.insert(headers.begin(), {wire::kContentLength, std::to_string(response.body_size())});
  }
  const auto id = http::Find(headers, wire::kRequestId);
  auto common = CommonHeaders(request, id ? std::string(*id) : NewGuid(random));
  headers.erase(std::remove_if(headers.begin(), headers.end(), IsRequestId), headers.end());

  const auto own = std::stable_partition(
      headers.begin(), headers.end(), [](const auto& header) { return !IsServiceHeader(header); });
  headers.insert(own, std::make_move_iterator(common.begin()),
                 std::make_move_iterator(common.end()));
  headers.push_back({wire::kDate, FormatHttpDate(clock.Now())});
  if (request.method != http::Method::kOptions) {
    const auto allowed = cors.Actual(request, headers);
    headers.insert(headers.end() - 1, allowed.begin(), allowed.end());
  }
}

Result<std::optional<http::Response>> Before(const http::Request& request, const Cors& cors) {
  if (request.method == http::Method::kOptions) {
    auto answer = cors.Preflight(request);
    if (!answer) return answer.error();
    return std::optional(*std::move(answer));
  }
  if (!PercentDecode(request.path())) {
    return Error{ErrorCode::kInvalidUri, "the path has a percent sign without two hex digits"};
  }
  return std::optional<http::Response>();
}

}  // namespace

http::Voice BlobVoice(const Cors& cors, const Clock& clock, Random& random) {
  return {
      .refuse =
          [&](const http::Request& request, const Error& error) {
            return RenderError(request, error, NewGuid(random), clock.Now());
          },
      .finish = [&](const http::Request& request,
                    http::Response& response) { Finish(request, response, cors, clock, random); },
      .before = [&](const http::Request& request) { return Before(request, cors); }};
}

}  // namespace msc::storage
