#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "emulator/base/result.h"

namespace msc::http {

// The body of a request, read as it arrives.
class BodyReader {
 public:
  virtual ~BodyReader() = default;

  // Bytes that the whole body has; nullopt where it is chunked and nobody knows yet.
  virtual std::optional<std::uint64_t> size() const = 0;

  // Sets the most bytes that Read hands out before it refuses.
  virtual void Limit(std::uint64_t bytes) = 0;

  // Fills the front of `buffer` (never empty) and returns how much; 0 at the end.
  // kBodyTooLarge past the route's limit, kRequestTimeout from a client that stalls,
  // kMalformedRequest for bad chunks, kClientGone where the connection ended before the body did.
  virtual Result<std::size_t> Read(std::span<char> buffer) = 0;
};

// The whole body. For routes with a small limit. Errors are Read's.
Result<std::string> ReadAll(BodyReader& body);

// The body of an answer, produced while it is sent.
class BodySource {
 public:
  virtual ~BodySource() = default;

  // Bytes that the whole body has.
  virtual std::uint64_t size() const = 0;

  // Whether it has no size: what comes is sent at once, until Read returns 0 or the client goes.
  virtual bool is_stream() const { return false; }

  // Fills the front of `buffer` (never empty) and returns how much; 0 only at the end. Throws on a
  // fault, upon which the connection is cut, so that the client sees the body is not whole.
  virtual std::size_t Read(std::span<char> buffer) = 0;
};

}  // namespace msc::http
