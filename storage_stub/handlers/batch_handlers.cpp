#include "storage_stub/handlers/batch_handlers.h"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "emulator/base/guid.h"
#include "emulator/base/text.h"
#include "emulator/http/head.h"
#include "storage_stub/handlers/copy_source.h"
#include "storage_stub/handlers/upload.h"
#include "storage_stub/protocol/error_body.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/host_style.h"
#include "storage_stub/protocol/multipart.h"
#include "storage_stub/protocol/version.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::string_view kTier = "tier";

Error BadBatch(std::string why) { return {StorageError::kInvalidInput, std::move(why)}; }

bool IsDelete(const http::Request& request) {
  return request.method == http::Method::kDelete && !request.parameter(wire::kComp);
}

bool IsSetTier(const http::Request& request) {
  return request.method == http::Method::kPut &&
         EqualsIgnoringCase(request.parameter(wire::kComp).value_or(""), kTier);
}

// A head as a client would send it by itself: with a host, and an empty line at its end.
std::string CompleteHead(std::string_view text, std::string_view authority) {
  std::string head(text.substr(0, text.find_last_not_of("\r\n") + 1));
  if (ToLower(head).find("\r\nhost:") == std::string::npos) {
    head.append("\r\nHost: ").append(authority);
  }
  return head + "\r\n\r\n";
}

// A request of a batch. Its version is that of the batch, in which an empty body has no length to
// be signed.
Result<http::Request> ParseRequest(std::string_view text, const http::Request& batch) {
  auto parsed = http::ParseHead(CompleteHead(text, batch.authority));
  if (const auto* bad = std::get_if<http::BadHead>(&parsed)) return BadBatch(bad->message);
  auto& head = std::get<http::Head>(parsed);
  if (head.chunked || head.content_length.value_or(0) != 0) {
    return BadBatch("a request of a batch has no body");
  }
  std::erase_if(head.headers, [](const http::Header& header) {
    return EqualsIgnoringCase(header.name, wire::kContentLength);
  });
  http::Request request{.method = head.method,
                        .target = std::move(head.target),
                        .scheme = batch.scheme,
                        .authority = batch.authority,
                        .client_address = batch.client_address,
                        .headers = std::move(head.headers),
                        .stop = batch.stop,
                        .is_client_gone = batch.is_client_gone};
  if (IsDelete(request) || IsSetTier(request)) return request;
  return BadBatch("a batch consists of Delete Blob or of Set Blob Tier");
}

// Some clients leave out the account that the path of the batch has, as if it were in the host: so
// it is put there. What they signed is the path as they sent it.
void PutAccountIntoHost(http::Request& request, const ResourceName& scope,
                        const Authorizer& authorizer) {
  const bool is_named =
      !AccountInHost(request).empty() || authorizer.HasAccount(PrimaryName(AccountInPath(request)));
  if (is_named) return;
  request.authority = scope.account + ".blob.localhost";
}

Status CheckAccount(const http::Request& request, const ResourceName& scope) {
  const auto name = NameIn(request);
  if (name && name->account == scope.account) return Done{};
  return BadBatch("a blob is of another account");
}

bool IsInContainer(const http::Request& request, const ResourceName& scope) {
  return scope.container.empty() || NameIn(request)->container == scope.container;
}

Result<std::vector<http::Request>> ParseRequests(const std::vector<BodyPart>& parts,
                                                 const http::Request& batch,
                                                 const ResourceName& scope,
                                                 const Authorizer& authorizer) {
  if (parts.empty()) return BadBatch("the batch is empty");
  if (parts.size() > BatchHandlers::kMaxRequests) return BadBatch("a batch has 256 requests");
  std::vector<http::Request> requests;
  for (const auto& part : parts) {
    auto request = ParseRequest(part.content, batch);
    if (!request) return request.error();
    PutAccountIntoHost(*request, scope, authorizer);
    if (auto checked = CheckAccount(*request, scope); !checked) return checked.error();
    if (!requests.empty() && requests.front().method != request->method) {
      return BadBatch("all requests of a batch are of one operation");
    }
    requests.push_back(*std::move(request));
  }
  return requests;
}

// Errors are documents that are small enough to be in memory. An injected fault may have given
// them a source.
std::string BodyOf(const http::Response& response) {
  if (!response.source) return response.body;
  std::string body(static_cast<std::size_t>(response.body_size()), '\0');
  for (std::span<char> rest = body; !rest.empty();) {
    const auto count = response.source->Read(rest);
    if (count == 0) break;
    rest = rest.subspan(count);
  }
  return body;
}

std::string Written(const http::Response& response, const std::string& version) {
  const std::string_view reason =
      response.reason.empty() ? http::StandardReason(response.status) : response.reason;
  std::string text = "HTTP/1.1 " + std::to_string(response.status) + ' ';
  text.append(reason).append("\r\n");
  for (const auto& [name, value] : response.headers) {
    text.append(name).append(": ");
    text.append(name == wire::kVersion ? version : value).append("\r\n");
  }
  return text.append("\r\n").append(BodyOf(response));
}

}  // namespace

// Source: "Blob Batch", https://learn.microsoft.com/en-us/rest/api/storageservices/blob-batch
Result<http::Response> BatchHandlers::Run(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kBlobBatch);
  if (!authorized) return authorized.error();
  const auto type = request.header(wire::kContentType);
  if (!type) return HeaderMissing(wire::kContentType);
  const std::string boundary = BoundaryIn(*type);
  if (boundary.empty()) {
    return BadHeader(StorageError::kInvalidHeaderValue, wire::kContentType, *type);
  }
  const auto document = ReceiveDocument(request, kMaxBody);
  if (!document) return document.error();
  auto parts = ParseMultipart(*document, boundary);
  if (!parts) return parts.error();
  auto requests = ParseRequests(*parts, request, authorized->name, authorizer_);
  if (!requests) return requests.error();

  const std::string version = AnsweredVersion(request);
  http::Response response{.status = 202};
  blobs_.Together([&] {
    for (std::size_t i = 0; i < requests->size(); ++i) {
      auto part = Respond((*requests)[i], authorized->name);
      (*parts)[i].content = Written(part, version);
      // They share the connection of the batch.
      if (part.wire_fault) response.wire_fault = std::move(part.wire_fault);
    }
  });
  const std::string separator = "batchresponse_" + NewGuid(random_);
  response.headers.push_back({wire::kContentType, "multipart/mixed; boundary=" + separator});
  response.body = WriteMultipart(*parts, separator);
  return response;
}

http::Response BatchHandlers::Respond(http::Request& request, const ResourceName& scope) const {
  if (IsInContainer(request, scope)) return dispatch_(request);
  return RenderError(request, BadBatch("the blob is in another container than the batch"),
                     NewGuid(random_), clock_.Now());
}

}  // namespace msc::storage
