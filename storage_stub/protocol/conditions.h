#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "storage_stub/protocol/tags.h"

namespace msc::storage {

// The state of a resource that the conditions of a request are compared with.
struct ResourceState {
  std::string etag;  // With its quotes.
  Time last_modified;
  const Tags* tags = nullptr;  // Null: none. REQUIRES: outlives this object.
};

// The conditional headers of a request; empty: absent. Source: RFC 9110, "HTTP Semantics", section
// 13, https://www.rfc-editor.org/rfc/rfc9110, and "Specifying conditional headers for Blob service
// operations",
// https://learn.microsoft.com/en-us/rest/api/storageservices/specifying-conditional-headers-for-blob-service-operations
struct Conditions {
  std::vector<std::string> if_match = {};  // ETags with their quotes, or "*".
  std::vector<std::string> if_none_match = {};
  std::optional<Time> if_modified_since = {};  // Whole seconds.
  std::optional<Time> if_unmodified_since = {};
  std::string if_tags = {};   // As in Evaluate; valid.
  std::string lease_id = {};  // As ReadLeaseId returns it.
};

// `prefix`: the beginning of the names; "x-ms-source-" for conditions about the source of a copy.
// kInvalidHeaderValue for an invalid date or expression.
Result<Conditions> ReadConditions(const http::Request& request, std::string_view prefix = {});

// The conditions of an operation that only reads. Also kUnsatisfiableCondition for If-None-Match:
// *, which no resource to read can meet.
Result<Conditions> ReadConditionsOfRead(const http::Request& request);

// For an operation that only reads: kConditionNotMet if the resource is not the version that the
// client means, kNotModified if the client already has the current version.
Status CheckRead(const Conditions& conditions, const ResourceState& state);

// For an operation that changes or deletes a resource. kConditionNotMet.
Status CheckChange(const Conditions& conditions, const ResourceState& state);

// For an operation that creates or replaces a blob; nullopt: there is none yet. kConditionNotMet;
// kBlobAlreadyExists if the client only wants to create it.
Status CheckWrite(const Conditions& conditions, const std::optional<ResourceState>& state);

}  // namespace msc::storage
