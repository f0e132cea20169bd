#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "emulator/base/crypto.h"
#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "storage_stub/extents/digests.h"
#include "storage_stub/extents/extent_writer.h"
#include "storage_stub/model/blob_record.h"

namespace msc::storage {

// Bytes of the largest body under `version`; `strict`: by the limits of its age.
std::uint64_t PutBlobLimit(std::string_view version, bool strict);
std::uint64_t PutBlockLimit(std::string_view version, bool strict);

// Bytes that are sooner received than looked up whether they will be wanted.
inline constexpr std::uint64_t kSmallBody = 64 * 1024;

// What the headers of a request say of its body.
struct DeclaredChecksums {
  std::uint64_t capacity = 0;       // Bytes that the body has at most.
  Bytes md5 = {};                   // Raw; empty: none.
  std::optional<Bytes> crc64 = {};  // Raw.
};

// `md5_headers`: those that claim an MD5; the first one that is there counts. kInvalidMd5,
// kInvalidHeaderValue, kBothCrc64AndMd5HeaderPresent; kBodyTooLarge where the body has more than
// `limit` bytes. Also limits what the body hands out.
Result<DeclaredChecksums> ReadDeclaredChecksums(const http::Request& request, std::uint64_t limit,
                                                std::initializer_list<const char*> md5_headers);

// The MD5 of a body in the header `name`, raw; empty: there is none. kInvalidMd5.
Result<Bytes> ReadMd5(const http::Request& request, const char* name);

// kMd5Mismatch, kCrc64Mismatch.
Status CheckDeclaredChecksums(const DeclaredChecksums& declared, const Digests& digests);

// Writes the body aside, checks it, and returns its digests: those that are claimed or `wanted`.
// Errors: the body's and CheckDeclaredChecksums'.
Result<Digests> Receive(const http::Request& request, const DeclaredChecksums& declared,
                        ExtentWriter& writer, WantedDigests wanted);

// A body that is no blob's, held in memory and checked against its declared.
Result<std::string> ReceiveDocument(const http::Request& request, std::uint64_t limit);

// What the headers of a request make of the blob that it writes: content properties and metadata.
// `standard`: the headers of HTTP speak of the blob where the service's own are absent.
// kInvalidHeaderValue, kInvalidMetadata, kMetadataTooLarge.
Result<BlobRecord> ReadRecord(const http::Request& request, bool standard);

}  // namespace msc::storage
