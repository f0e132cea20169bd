#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "emulator/base/crypto.h"
#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "storage_stub/blob_record.h"

namespace msc::storage {

// What the headers of a Put Blob ask for.
struct PutBlobOrder {
  BlobProperties properties;               // Without the MD5, which the body decides.
  std::optional<std::uint64_t> size = {};  // Bytes of the body; nullopt: chunked.
  std::vector<Bytes> expected_md5 = {};    // That the client claims the body to have.
};

// kMissingRequiredHeader, kInvalidHeaderValue, kInvalidMd5, kInvalidMetadata, kMetadataTooLarge,
// kLengthRequired; kBodyTooLarge where the body has more than `limit` bytes. Also limits what the
// body hands out.
Result<PutBlobOrder> ReadPutBlob(const http::Request& request, std::uint64_t limit);

// Bytes of the largest body under `version`; `strict`: by the limits of its age.
std::uint64_t PutBlobLimit(std::string_view version, bool strict);

// kMd5Mismatch unless the body's `md5` is what the client said.
Status CheckMd5(const PutBlobOrder& order, const Bytes& md5);

}  // namespace msc::storage
