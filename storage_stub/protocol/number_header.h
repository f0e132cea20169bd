#pragma once

#include <cstdint>
#include <optional>

#include "emulator/base/result.h"
#include "emulator/base/text.h"
#include "emulator/http/request.h"
#include "storage_stub/protocol/errors.h"

namespace msc::storage {

// The whole number from 0 to `most` in the header `name`; nullopt: it is absent.
// kInvalidHeaderValue.
inline Result<std::optional<std::uint64_t>> ReadNumber(const http::Request& request,
                                                       const char* name,
                                                       std::uint64_t most = INT64_MAX) {
  const auto text = request.header(name).value_or("");
  if (text.empty()) return std::optional<std::uint64_t>();
  const auto number = ParseUnsigned(text);
  if (!number || *number > most) {
    return BadHeader(StorageError::kInvalidHeaderValue, name, text);
  }
  return number;
}

}  // namespace msc::storage
