#include "storage_stub/extents/body_pump.h"

#include "storage_stub/extents/digest_pipeline.h"

namespace msc::storage {
namespace {

// Reads until `buffer` is full or the body ends, and returns how much that was.
Result<std::size_t> Fill(http::BodyReader& body, std::span<char> buffer) {
  std::size_t filled = 0;
  while (filled < buffer.size()) {
    const auto count = body.Read(buffer.subspan(filled));
    if (!count) return count.error();
    if (*count == 0) break;
    filled += *count;
  }
  return filled;
}

}  // namespace

Result<Digests> Pump(http::BodyReader* body, ExtentWriter& writer, bool wants_md5) {
  DigestPipeline pipeline(body == nullptr ? 0 : body->size(), {.md5 = wants_md5});
  for (bool more = body != nullptr; more;) {
    const auto buffer = pipeline.NextBuffer();
    const auto filled = Fill(*body, buffer);
    if (!filled) return filled.error();
    const auto piece = buffer.first(*filled);
    pipeline.Add(piece);
    writer.Append(piece);
    more = piece.size() == buffer.size();
  }
  writer.Close();
  Digests digests = pipeline.Finish();
  digests.crc64 = Crc64Bytes(writer.crc64());
  return digests;
}

}  // namespace msc::storage
