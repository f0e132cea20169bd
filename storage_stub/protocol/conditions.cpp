#include "storage_stub/protocol/conditions.h"

#include <algorithm>
#include <chrono>

#include "emulator/base/text.h"
#include "emulator/base/time_format.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/lease_id.h"
#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/protocol/tag_query.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::string_view kAnyEtag = "*";

// Adds quotes, which some clients leave out, and removes the mark of a weak ETag.
std::string Normal(std::string_view etag) {
  if (etag.starts_with("W/")) etag.remove_prefix(2);
  if (etag == kAnyEtag || etag.starts_with('"')) return std::string(etag);
  return '"' + std::string(etag) + '"';
}

std::vector<std::string> ReadEtags(const http::Request& request, const std::string& name) {
  std::vector<std::string> etags;
  const auto header = request.header(name);
  if (!header || header->empty()) return etags;
  for (const auto part : Split(*header, ',')) etags.push_back(Normal(Trim(part)));
  return etags;
}

Result<std::optional<Time>> ReadDate(const http::Request& request, const std::string& name) {
  const auto header = request.header(name);
  if (!header || header->empty()) return std::optional<Time>();
  const auto date = ParseHttpDate(*header);
  if (!date) return BadHeader(StorageError::kInvalidHeaderValue, name, *header);
  return date;
}

bool Names(const std::vector<std::string>& etags, const std::string& etag) {
  return std::any_of(etags.begin(), etags.end(), [&](const std::string& candidate) {
    return candidate == kAnyEtag || candidate == etag;
  });
}

// Whole seconds, as in the header Last-Modified.
Time WholeSeconds(Time time) { return std::chrono::floor<std::chrono::seconds>(time); }

Error NotMet(StorageError code) { return {code, "a condition of the request is not met"}; }

bool HasTags(const Conditions& conditions, const Tags* tags) {
  if (conditions.if_tags.empty()) return true;
  return Evaluate(conditions.if_tags, tags == nullptr ? Tags() : *tags).value_or(false);
}

bool IsUnmodified(const Conditions& conditions, const ResourceState& state) {
  const auto& since = conditions.if_unmodified_since;
  return !since || WholeSeconds(state.last_modified) <= *since;
}

bool IsModified(const Conditions& conditions, const ResourceState& state) {
  const auto& since = conditions.if_modified_since;
  return !since || WholeSeconds(state.last_modified) > *since;
}

bool IsMatch(const Conditions& conditions, const ResourceState& state) {
  return conditions.if_match.empty() || Names(conditions.if_match, state.etag);
}

// The conditions under which a change is done at all: If-Match rather than If-Unmodified-Since, and
// x-ms-if-tags.
bool IsTheOneToChange(const Conditions& conditions, const ResourceState& state) {
  if (!HasTags(conditions, state.tags)) return false;
  return conditions.if_match.empty() ? IsUnmodified(conditions, state) : IsMatch(conditions, state);
}

// The same of a read, which needs both.
bool IsTheOneToRead(const Conditions& conditions, const ResourceState& state) {
  return HasTags(conditions, state.tags) && IsMatch(conditions, state) &&
         IsUnmodified(conditions, state);
}

// The conditions of a change of a changed resource: If-None-Match rather than If-Modified-Since.
bool IsNew(const Conditions& conditions, const ResourceState& state) {
  return conditions.if_none_match.empty() ? IsModified(conditions, state)
                                          : !Names(conditions.if_none_match, state.etag);
}

// The same of a read, which needs only one of both.
bool IsNewToReader(const Conditions& conditions, const ResourceState& state) {
  return IsNew(conditions, state) ||
         (conditions.if_modified_since && IsModified(conditions, state));
}

// The expression in x-ms-if-tags or x-ms-source-if-tags.
Result<std::string> ReadTagCondition(const http::Request& request, std::string_view prefix) {
  const std::string name = prefix.empty() ? wire::kIfTags : std::string(prefix) + "if-tags";
  const auto text = request.header(name).value_or("");
  if (text.empty() || Evaluate(text, {})) return std::string(text);
  return BadHeader(StorageError::kInvalidHeaderValue, name, text);
}

}  // namespace

Result<Conditions> ReadConditions(const http::Request& request, std::string_view prefix) {
  const std::string before(prefix);
  Conditions conditions{.if_match = ReadEtags(request, before + wire::kIfMatch),
                        .if_none_match = ReadEtags(request, before + wire::kIfNoneMatch)};
  const auto modified = ReadDate(request, before + wire::kIfModifiedSince);
  if (!modified) return modified.error();
  const auto unmodified = ReadDate(request, before + wire::kIfUnmodifiedSince);
  if (!unmodified) return unmodified.error();
  conditions.if_modified_since = *modified;
  conditions.if_unmodified_since = *unmodified;
  conditions.lease_id = ReadLeaseId(request, prefix);
  auto tags = ReadTagCondition(request, prefix);
  if (!tags) return tags.error();
  conditions.if_tags = *std::move(tags);
  return conditions;
}

Result<Conditions> ReadConditionsOfRead(const http::Request& request) {
  auto conditions = ReadConditions(request);
  if (!conditions) return conditions.error();
  if (Names(conditions->if_none_match, std::string(kAnyEtag))) {
    return Error{StorageError::kUnsatisfiableCondition, "a read cannot ask for If-None-Match: *"};
  }
  return conditions;
}

Status CheckRead(const Conditions& conditions, const ResourceState& state) {
  if (!IsTheOneToRead(conditions, state)) return NotMet(StorageError::kConditionNotMet);
  if (!IsNewToReader(conditions, state)) {
    Error error = NotMet(StorageError::kNotModified);
    error.facts = ResourceVersion{state.etag, state.last_modified};
    return error;
  }
  return Done{};
}

Status CheckChange(const Conditions& conditions, const ResourceState& state) {
  if (!IsTheOneToChange(conditions, state) || !IsNew(conditions, state)) {
    return NotMet(StorageError::kConditionNotMet);
  }
  return Done{};
}

Status CheckWrite(const Conditions& conditions, const std::optional<ResourceState>& state) {
  if (!state) {
    if (!conditions.if_match.empty() || !HasTags(conditions, nullptr)) {
      return NotMet(StorageError::kConditionNotMet);
    }
    return Done{};
  }
  if (Names(conditions.if_none_match, std::string(kAnyEtag))) {
    return Error{StorageError::kBlobAlreadyExists, "the request wants to make it"};
  }
  return CheckChange(conditions, *state);
}

}  // namespace msc::storage
