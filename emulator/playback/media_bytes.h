#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/base/crypto.h"
#include "emulator/base/result.h"
#include "emulator/http/byte_range.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"
#include "emulator/playback/encrypted_cache.h"
#include "storage_stub/blob_service.h"

namespace msc::playback {

// How bytes are encrypted before they are sent.
struct Envelope {
  Bytes key;
  Bytes iv;
};

// Packaged media: a part of a blob.
struct MediaBytes {
  std::string container;
  std::string blob;
  std::optional<http::ByteRange> part = {};  // Absent: all of it.
  std::string_view content_type;
  std::optional<Envelope> envelope = {};  // Absent: sent as they are.

  // What says where the bytes are; they do not change as long as it is the same object.
  std::shared_ptr<const void> owner = {};
};

// The response with them: 200, 206, or 304, with ETag, Last-Modified and Content-Length. A range
// and conditions apply to what is sent, encrypted or not. kFragmentNotFound if the blob is not
// there; kConditionNotMet; kRangeNotSatisfiable.
// `cache` keeps what was encrypted.
Result<http::Response> Send(const http::Request& request, const storage::BlobService& blobs,
                            EncryptedCache& cache, const MediaBytes& bytes);

// The response with a text, and with an ETag of its own. The same errors.
Result<http::Response> SendText(const http::Request& request, std::string text,
                                std::string_view content_type);

}  // namespace msc::playback
