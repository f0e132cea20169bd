#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/result.h"

// Bodies of the type multipart/mixed, as far as batches need them. Source: RFC 2046, "Multipurpose
// Internet Mail Extensions (MIME) Part Two", section 5.1, https://www.rfc-editor.org/rfc/rfc2046
namespace msc::storage {

struct BodyPart {
  std::optional<std::string> content_id = {};
  std::string content = {};  // Without the line end before the next boundary.
};

// The boundary in a Content-Type; empty: it is not multipart/mixed, or has none.
std::string BoundaryIn(std::string_view content_type);

// The parts of a body, all of the type application/http. kInvalidInput if it is malformed.
Result<std::vector<BodyPart>> ParseMultipart(std::string_view body, std::string_view boundary);

// A body of such parts.
std::string WriteMultipart(const std::vector<BodyPart>& parts, std::string_view boundary);

}  // namespace msc::storage
