#include "storage_stub/handlers/blob_bytes.h"

#include <cstdint>
#include <memory>
#include <utility>

#include "storage_stub/extents/extent_reader.h"
#include "storage_stub/extents/extent_source.h"

namespace msc::storage {
namespace {

// Bytes that were changed from outside are a 500 if they are found before the head is sent. So few
// bytes are read at once and sent from memory, some are read twice, and only large bodies are cut
// off at the changed extent.
constexpr std::uint64_t kReadAtOnce = 64 * 1024;
constexpr std::uint64_t kVerifiedFirst = 4 * 1024 * 1024;

}  // namespace

void AddBytes(http::Response& response, OpenBlob blob) {
  const std::uint64_t length = blob.range.length;
  if (length <= kReadAtOnce) {
    response.body.resize(length);
    ExtentReader(blob.bytes, blob.skip, length).Read(response.body);
    return;
  }
  if (length <= kVerifiedFirst) Verify(blob.bytes, blob.skip, length);
  response.source = std::make_unique<ExtentSource>(std::move(blob.bytes), blob.skip, length);
}

}  // namespace msc::storage
