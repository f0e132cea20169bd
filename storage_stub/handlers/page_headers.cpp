#include "storage_stub/handlers/page_headers.h"

#include <string>

#include "emulator/base/text.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/number_header.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

// nullopt: the header is absent.
Result<std::optional<std::uint64_t>> ReadSize(const http::Request& request) {
  auto size = ReadNumber(request, wire::kBlobContentLength, kMaxPageBlob);
  if (size && *size && **size % kPageSize != 0) {
    return BadHeader(StorageError::kInvalidHeaderValue, wire::kBlobContentLength,
                     *request.header(wire::kBlobContentLength));
  }
  return size;
}

Result<SequenceChange> ReadSequenceChange(const http::Request& request, std::string_view action) {
  const auto number = ReadNumber(request, wire::kSequenceNumber);
  if (!number) return number.error();
  using enum SequenceChange::Action;
  if (EqualsIgnoringCase(action, wire::kIncrement)) {
    if (!*number) return SequenceChange{.action = kIncrement};
    return BadHeader(StorageError::kInvalidHeaderValue, wire::kSequenceNumber,
                     std::to_string(**number));
  }
  const bool is_max = EqualsIgnoringCase(action, wire::kMax);
  if (!is_max && !EqualsIgnoringCase(action, wire::kUpdate)) {
    return BadHeader(StorageError::kInvalidHeaderValue, wire::kSequenceNumberAction, action);
  }
  if (!*number) return HeaderMissing(wire::kSequenceNumber);
  return SequenceChange{.action = is_max ? kMax : kUpdate, .number = **number};
}

}  // namespace

Result<std::uint64_t> ReadPageBlobSize(const http::Request& request) {
  const auto size = ReadSize(request);
  if (!size) return size.error();
  if (!*size) return HeaderMissing(wire::kBlobContentLength);
  return **size;
}

Result<std::uint64_t> ReadSequenceNumber(const http::Request& request) {
  const auto number = ReadNumber(request, wire::kSequenceNumber);
  if (!number) return number.error();
  return number->value_or(0);
}

Result<http::ByteRange> ReadPageRange(const http::Request& request) {
  const auto range = ReadRange(request);
  if (!range) return range.error();
  const bool is_closed = *range && (*range)->first && (*range)->last;
  if (!is_closed) {
    const auto text = request.header(wire::kRange);
    if (text) return BadHeader(StorageError::kInvalidHeaderValue, wire::kRange, *text);
    return HeaderMissing(wire::kServiceRange);
  }
  const std::uint64_t first = *(*range)->first, last = *(*range)->last;
  if (first % kPageSize != 0 || last % kPageSize != kPageSize - 1 || last >= kMaxPageBlob) {
    return Error{StorageError::kInvalidPageRange, "a page has 512 bytes"};
  }
  return http::ByteRange{.first = first, .length = last - first + 1};
}

Result<bool> ReadClears(const http::Request& request) {
  const auto write = request.header(wire::kPageWrite);
  if (!write) return HeaderMissing(wire::kPageWrite);
  if (EqualsIgnoringCase(*write, wire::kUpdate)) return false;
  if (EqualsIgnoringCase(*write, wire::kClear)) return true;
  return BadHeader(StorageError::kInvalidHeaderValue, wire::kPageWrite, *write);
}

Result<SequenceConditions> ReadSequenceConditions(const http::Request& request) {
  const auto at_most = ReadNumber(request, wire::kIfSequenceNumberAtMost);
  if (!at_most) return at_most.error();
  const auto below = ReadNumber(request, wire::kIfSequenceNumberBelow);
  if (!below) return below.error();
  const auto is = ReadNumber(request, wire::kIfSequenceNumberIs);
  if (!is) return is.error();
  return SequenceConditions{.at_most = *at_most, .below = *below, .is = *is};
}

bool ChangesPageBlob(const http::Request& request) {
  return request.header(wire::kBlobContentLength) || request.header(wire::kSequenceNumberAction);
}

Result<PageBlobChange> ReadPageBlobChange(const http::Request& request) {
  const auto size = ReadSize(request);
  if (!size) return size.error();
  PageBlobChange change{.size = *size};
  if (const auto action = request.header(wire::kSequenceNumberAction)) {
    const auto sequence = ReadSequenceChange(request, *action);
    if (!sequence) return sequence.error();
    change.sequence = *sequence;
  }
  return change;
}

}  // namespace msc::storage
