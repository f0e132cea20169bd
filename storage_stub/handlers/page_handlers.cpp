#include "storage_stub/handlers/page_handlers.h"

#include <optional>
#include <string>
#include <utility>

#include "emulator/base/text.h"
#include "storage_stub/handlers/blob_answers.h"
#include "storage_stub/handlers/encryption_headers.h"
#include "storage_stub/handlers/incoming.h"
#include "storage_stub/handlers/page_headers.h"
#include "storage_stub/handlers/write_preconditions.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/list_xml.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

http::Response PutPageAnswer(const BlobRecord& record) {
  http::Response response{.status = 201, .headers = WriteHeaders(record)};
  response.headers.push_back({wire::kSequenceNumber, std::to_string(record.sequence_number)});
  return response;
}

Error WrongLength(const http::Request& request) {
  return BadHeader(StorageError::kInvalidHeaderValue, wire::kContentLength,
                   request.header(wire::kContentLength).value_or(""));
}

// The snapshot that is named by the parameter, or by the header with its URL.
Result<std::optional<std::int64_t>> ReadPreviousSnapshot(const http::Request& request) {
  if (const auto text = request.parameter(wire::kPreviousSnapshot)) {
    const auto moment = ParseMoment(*text);
    if (moment) return moment;
    return BadParameter(StorageError::kInvalidQueryParameterValue, wire::kPreviousSnapshot, *text);
  }
  const auto url = request.header(wire::kPreviousSnapshotUrl);
  if (!url) return std::optional<std::int64_t>();
  const http::Request snapshot{.target = std::string(*url)};
  const auto moment = ParseMoment(snapshot.parameter(wire::kSnapshot).value_or(""));
  if (moment) return moment;
  return BadHeader(StorageError::kInvalidHeaderValue, wire::kPreviousSnapshotUrl, *url);
}

Result<PageRangesRequest> ReadRangesRequest(const http::Request& request) {
  const auto range = ReadRange(request);
  if (!range) return range.error();
  const auto page = ReadPageRequest(request);
  if (!page) return page.error();
  PageRangesRequest wanted{.range = *range};
  const auto previous = ReadPreviousSnapshot(request);
  if (!previous) return previous.error();
  wanted.previous = *previous;
  if (page->has_max_results) wanted.max_results = page->max_results;
  if (page->from.empty()) return wanted;
  const auto from = ParseUnsigned(page->from);
  if (!from) {
    return BadParameter(StorageError::kInvalidQueryParameterValue, wire::kMarker, page->marker);
  }
  wanted.from = *from;
  return wanted;
}

// Source: "Get Page Ranges",
// https://learn.microsoft.com/en-us/rest/api/storageservices/get-page-ranges
http::Response PageRangesAnswer(const PageRanges& ranges, bool is_paged) {
  XmlWriter xml;
  xml.Open("PageList");
  for (const auto& [range, is_cleared] : ranges.ranges) {
    xml.Open(is_cleared ? "ClearRange" : "PageRange");
    xml.Element("Start", std::to_string(range.first));
    xml.Element("End", std::to_string(range.first + range.length - 1)).Close();
  }
  if (is_paged) {
    xml.Element("NextMarker", ranges.next ? MarkerOf(std::to_string(*ranges.next)) : "");
  }
  auto response = XmlAnswer(xml.Close().Take());
  for (auto& header : WriteHeaders(ranges.record)) response.headers.push_back(std::move(header));
  response.headers.push_back({wire::kBlobContentLength, std::to_string(ranges.record.size)});
  return response;
}

}  // namespace

Result<http::Response> PageHandlers::PutPage(const http::Request& request) const {
  const auto write = ReadWrite(request);
  if (!write) return write.error();
  const auto clears = ReadClears(request);
  if (!clears) return clears.error();
  return *clears ? Clear(request, *write) : Update(request, *write);
}

Result<PageHandlers::PageWrite> PageHandlers::ReadWrite(const http::Request& request) const {
  auto authorized = authorizer_.Authorize(request, kChangeBlob);
  if (!authorized) return authorized.error();
  auto preconditions = ReadWritePreconditions(request, *authorized);
  if (!preconditions) return preconditions.error();
  const auto conditions = ReadSequenceConditions(request);
  if (!conditions) return conditions.error();
  const auto range = ReadPageRange(request);
  if (!range) return range.error();
  return PageWrite{.authorized = *std::move(authorized),
                   .preconditions = *std::move(preconditions),
                   .conditions = *conditions,
                   .range = *range};
}

// Source: "Put Page", https://learn.microsoft.com/en-us/rest/api/storageservices/put-page
Result<http::Response> PageHandlers::Update(const http::Request& request,
                                            const PageWrite& write) const {
  const auto& [authorized, preconditions, conditions, range] = write;
  const auto incoming = ReadIncoming(request, authorized, kPutPageLimit, authorizer_, source_);
  if (!incoming) return incoming.error();
  const auto& declared = incoming->declared;
  if (declared.capacity > kSmallBody) {
    const auto checked = pages_.CheckWrite(authorized.name, range, preconditions, conditions);
    if (!checked) return checked.error();
  }

  ExtentWriter writer(file_, declared.capacity);
  const bool tells_md5 = TellsMd5(declared, authorized.version);
  const auto digests = Receive(incoming->body, declared, writer, tells_md5);
  if (!digests) return digests.error();
  if (writer.extent().length != range.length) return WrongLength(request);
  const auto record =
      pages_.Write(authorized.name, range.first, writer, preconditions, conditions, clock_.Now());
  if (!record) return record.error();
  auto response = PutPageAnswer(*record);
  AddChecksum(response.headers, *digests, tells_md5);
  AddWrittenEncryption(response.headers, record->encryption, authorized.version);
  return response;
}

Result<http::Response> PageHandlers::Clear(const http::Request& request,
                                           const PageWrite& write) const {
  if (request.body != nullptr && request.body->size() != 0) return WrongLength(request);
  const auto record = pages_.Clear(write.authorized.name, write.range, write.preconditions,
                                   write.conditions, clock_.Now());
  if (!record) return record.error();
  return PutPageAnswer(*record);
}

Result<http::Response> PageHandlers::GetRanges(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kReadBlob);
  if (!authorized) return authorized.error();
  const auto conditions = ReadConditionsOfRead(request);
  if (!conditions) return conditions.error();
  auto wanted = ReadRangesRequest(request);
  if (!wanted) return wanted.error();
  wanted->now = authorized->now;
  const auto ranges = pages_.Ranges(authorized->name, *wanted, *conditions);
  if (!ranges) return ranges.error();
  const bool is_paged = request.parameter(wire::kMaxResults) || wanted->from > 0;
  return PageRangesAnswer(*ranges, is_paged);
}

}  // namespace msc::storage
