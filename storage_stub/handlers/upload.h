#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "emulator/base/crypto.h"
#include "emulator/base/result.h"
#include "emulator/http/headers.h"
#include "emulator/http/request.h"
#include "storage_stub/extents/digests.h"
#include "storage_stub/extents/extent_writer.h"
#include "storage_stub/model/blob_record.h"

namespace msc::storage {

// The size of the largest body under `version`, in bytes; `strict`: the limit of that version
// instead of today's.
std::uint64_t PutBlobLimit(std::string_view version, bool strict);
std::uint64_t PutBlockLimit(std::string_view version, bool strict);
std::uint64_t AppendBlockLimit(std::string_view version, bool strict);
inline constexpr std::uint64_t kPutPageLimit = 4 * 1024 * 1024;

// A body of up to this size is received before it is checked whether the write is allowed.
inline constexpr std::uint64_t kSmallBody = 64 * 1024;

// What the headers of a request say about its body.
struct DeclaredChecksums {
  std::uint64_t capacity = 0;       // Maximum size of the body, in bytes.
  Bytes md5 = {};                   // Raw; empty: none.
  std::optional<Bytes> crc64 = {};  // Raw.
};

// `md5_headers`: the headers that may have an MD5; the first one that exists is used. kInvalidMd5,
// kInvalidHeaderValue, kBothCrc64AndMd5HeaderPresent; kBodyTooLarge if the body has more than
// `limit` bytes. Also limits how much of the body can be read.
Result<DeclaredChecksums> ReadDeclaredChecksums(const http::Request& request, std::uint64_t limit,
                                                std::initializer_list<const char*> md5_headers);

// The MD5 in the header `name`, raw; empty: there is none. kInvalidMd5.
Result<Bytes> ReadMd5(const http::Request& request, const char* name);

// kMd5Mismatch, kCrc64Mismatch.
Status CheckDeclaredChecksums(const DeclaredChecksums& declared, const Digests& digests);

// A CRC-64 in the header `name`, raw. kInvalidHeaderValue.
Result<std::optional<Bytes>> ReadCrc64(const http::Request& request, const char* name);

// Writes `body` to `writer`, checks it, and returns its CRC-64 and, if it is declared or wanted,
// its MD5. Null: empty. The errors of the body and of CheckDeclaredChecksums.
Result<Digests> Receive(http::BodyReader* body, const DeclaredChecksums& declared,
                        ExtentWriter& writer, bool wants_md5);

// Whether the response to a write of a part of a blob has an MD5 instead of a CRC-64: if the client
// sent one, and always in versions without CRC-64.
bool TellsMd5(const DeclaredChecksums& declared, std::string_view version);

// Adds the one or the other.
void AddChecksum(http::Headers& headers, const Digests& digests, bool tells_md5);

// Receives a body that is not a blob's: it is kept in memory and its declared checksums are
// checked.
Result<std::string> ReceiveDocument(const http::Request& request, std::uint64_t limit);

// The content properties, metadata, tags and tier of a blob, from the headers of the request that
// writes it. `standard`: if a header of the service is absent, the standard HTTP header is used.
// kInvalidHeaderValue, kInvalidMetadata, kMetadataTooLarge; the errors of ReadTags and
// ReadTierChange.
Result<BlobRecord> ReadRecord(const http::Request& request, bool standard);

}  // namespace msc::storage
