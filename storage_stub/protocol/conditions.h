#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "emulator/http/request.h"

namespace msc::storage {

// What the conditions of a request are held against.
struct ResourceState {
  std::string etag;  // With its quotes.
  Time last_modified;
};

// The conditional headers of a request; empty: absent.
// Source: RFC 9110, section 13, and the service's "Specifying conditional headers" reference.
struct Conditions {
  std::vector<std::string> if_match = {};  // ETags with their quotes, or "*".
  std::vector<std::string> if_none_match = {};
  std::optional<Time> if_modified_since = {};  // Whole seconds.
  std::optional<Time> if_unmodified_since = {};
};

// `prefix` stands before the names: "x-ms-source-" for those about the source of a copy.
// kInvalidHeaderValue for a date that is none.
Result<Conditions> ReadConditions(const http::Request& request, std::string_view prefix = {});

// Those of an operation that changes nothing. Also kUnsatisfiableCondition for If-None-Match: *,
// which asks for what is only if it is not.
Result<Conditions> ReadConditionsOfRead(const http::Request& request);

// For an operation that changes nothing: kConditionNotMet where the resource is not the one that
// the client means, kNotModified where it has what it would read.
Status CheckRead(const Conditions& conditions, const ResourceState& state);

// For one that changes or takes away what is there. kConditionNotMet.
Status CheckChange(const Conditions& conditions, const ResourceState& state);

// For one that makes a blob; nullopt: there is none yet. kConditionNotMet; kBlobAlreadyExists where
// the client wants to make it and it is there.
Status CheckWrite(const Conditions& conditions, const std::optional<ResourceState>& state);

}  // namespace msc::storage
