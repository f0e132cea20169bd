#include "storage_stub/handlers/range_digests.h"

#include <array>
#include <span>

#include "emulator/base/text.h"
#include "emulator/http/http_error.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::uint64_t kMaxRange = 4 * 1024 * 1024;
constexpr std::uint64_t kCheckedEvery = 1024 * 1024;  // Bytes.

bool Asks(const http::Request& request, std::string_view name) {
  return EqualsIgnoringCase(request.header(name).value_or(""), wire::kTrue);
}

}  // namespace

Result<WantedDigests> ReadRangeDigests(const http::Request& request,
                                       const std::optional<http::RangeRequest>& range) {
  const WantedDigests wanted{.md5 = Asks(request, wire::kRangeGetMd5),
                             .crc64 = Asks(request, wire::kRangeGetCrc64)};
  const bool any = wanted.md5 || wanted.crc64;
  if ((any && !range) || (wanted.md5 && wanted.crc64)) {
    return BadHeader(StorageError::kInvalidHeaderValue,
                     wanted.md5 ? wire::kRangeGetMd5 : wire::kRangeGetCrc64, wire::kTrue);
  }
  return wanted;
}

Result<Digests> DigestsOf(const OpenBlob& blob, WantedDigests wanted,
                          const http::Request& request) {
  Digester digester(wanted);
  ExtentReader reader(blob.bytes, blob.skip, blob.range.length);
  std::array<char, 64 * 1024> buffer;
  std::uint64_t done = 0;
  while (const std::size_t count = reader.Read(buffer)) {
    digester.Update(std::span(buffer).first(count));
    done += count;
    if (done % kCheckedEvery < count && request.IsUnwanted()) {
      return Error{http::HttpError::kClientGone, "nobody waits for the checksum any more"};
    }
  }
  return digester.Finish();
}

Result<Digests> DigestsOfRange(const OpenBlob& blob, WantedDigests wanted,
                               const http::Request& request) {
  if (!wanted.md5 && !wanted.crc64) return Digests{};
  if (blob.range.length > kMaxRange) {
    return Error{StorageError::kOutOfRangeInput, "a range has a checksum up to 4 MiB"};
  }
  return DigestsOf(blob, wanted, request);
}

}  // namespace msc::storage
