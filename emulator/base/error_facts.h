#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "emulator/base/clock.h"

// What is known of an error beside its code: what a wire format tells in members and headers of its
// own, and what `explain` tells. No subject's words are in here.
namespace msc {

// The part of a request that is wrong or missing.
struct RequestField {
  enum class Place { kHeader, kQuery, kBody };

  Place place;
  std::string name;

  // Absent: the field is missing, or may not be there whatever it says.
  std::optional<std::string> value = {};
};

// No key made the signature.
struct SignatureMismatch {
  RequestField field;  // That the signature came in.
  std::string signature;
  std::string string_to_sign;
};

// A field of the request's credentials is not what it must be.
struct CredentialMismatch {
  RequestField field;
  std::string expected;  // In words.
};

// The signature is not valid at this time.
struct TimeFrame {
  Time starts;
  Time expires;
  Time now;
};

// The date that the request names as its own is too far from the clock's.
struct DateSkew {
  std::string text;  // As received.
  Time date;
  Time now;
};

// The path has other methods than the request's.
struct AllowedMethods {
  std::vector<std::string> names;
};

// The body is longer than is allowed.
struct SizeLimit {
  std::uint64_t bytes;
};

// The body has another checksum than the request declares; both in base64.
struct ChecksumMismatch {
  enum class Algorithm { kMd5, kCrc64 };

  Algorithm algorithm;
  std::string declared;
  std::string calculated;
};

// The resource is shorter than the request assumes.
struct ResourceSize {
  std::uint64_t bytes;
};

// The resource is still what the client has.
struct ResourceVersion {
  std::string etag;
  Time last_modified;
};

// The request comes from an address that it may not come from.
struct ClientAddress {
  std::string text;
};

// The resource is not in the state that the request needs.
struct StateConflict {
  std::string resource;  // "video 0f8fad5b-…"
  std::string problem;   // "it is not completed yet"
};

using ErrorFacts = std::variant<std::monostate, RequestField, SignatureMismatch, CredentialMismatch,
                                TimeFrame, DateSkew, AllowedMethods, SizeLimit, ChecksumMismatch,
                                ResourceSize, ResourceVersion, ClientAddress, StateConflict>;

}  // namespace msc
