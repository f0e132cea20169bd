#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "emulator/base/clock.h"

// Facts about an error, besides its code. Wire formats send them in their own members and headers,
// and `explain` shows them. They contain no terms of a single subject.
namespace msc {

// The part of a request that is wrong or missing.
struct RequestField {
  enum class Place { kHeader, kQuery, kBody };

  Place place;
  std::string name;

  // Absent: the field is missing, or it is not allowed at all.
  std::optional<std::string> value = {};
};

// The signature was made with none of the keys.
struct SignatureMismatch {
  RequestField field;  // The field with the signature.
  std::string signature;
  std::string string_to_sign;
};

// A field of the request's credentials is invalid.
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

// The request's own date differs too much from the clock.
struct DateSkew {
  std::string text;  // As received.
  Time date;
  Time now;
};

// The path does not support the request's method.
struct AllowedMethods {
  std::vector<std::string> names;
};

// The body is longer than is allowed.
struct SizeLimit {
  std::uint64_t bytes;
};

// The body's checksum differs from the declared one; both in base64.
struct ChecksumMismatch {
  enum class Algorithm { kMd5, kCrc64 };

  Algorithm algorithm;
  std::string declared;
  std::string calculated;
};

// The resource is shorter than the request needs.
struct ResourceSize {
  std::uint64_t bytes;
};

// The client already has the current version of the resource.
struct ResourceVersion {
  std::string etag;
  Time last_modified;
};

// The request comes from an address that is not allowed.
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
