#include "storage_stub/protocol/multipart.h"

#include <utility>

#include "emulator/base/text.h"
#include "storage_stub/protocol/storage_error.h"

namespace msc::storage {
namespace {

constexpr std::string_view kMixed = "multipart/mixed";
constexpr std::string_view kBoundary = "boundary=";
constexpr std::string_view kHttp = "application/http";
constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kEmptyLine = "\r\n\r\n";

Error Malformed(std::string why) { return {StorageError::kInvalidInput, std::move(why)}; }

// What is before `separator`, which is removed with it; nullopt: it is not there.
std::optional<std::string_view> TakeUntil(std::string_view& text, std::string_view separator) {
  const auto at = text.find(separator);
  if (at == std::string_view::npos) return std::nullopt;
  const auto before = text.substr(0, at);
  text.remove_prefix(at + separator.size());
  return before;
}

// A part begins with the line end behind its boundary.
Result<BodyPart> ParsePart(std::string_view part) {
  part = part.substr(part.find('\n') + 1);
  auto headers = TakeUntil(part, kEmptyLine);
  if (!headers) return Malformed("a part has no empty line after its headers");
  BodyPart parsed{.content = std::string(part)};
  bool is_http = false;
  const std::string lines = std::string(*headers).append(kLineEnd);
  std::string_view rest = lines;
  while (const auto taken = TakeUntil(rest, kLineEnd)) {
    const std::string_view line = *taken;
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return Malformed("a header of a part has no colon");
    const auto name = line.substr(0, colon), value = Trim(line.substr(colon + 1));
    if (EqualsIgnoringCase(name, "Content-Type")) is_http = EqualsIgnoringCase(value, kHttp);
    if (EqualsIgnoringCase(name, "Content-ID")) parsed.content_id = value;
  }
  if (!is_http) return Malformed("a part is not of the type application/http");
  return parsed;
}

}  // namespace

std::string BoundaryIn(std::string_view content_type) {
  const auto parts = Split(content_type, ';');
  if (!EqualsIgnoringCase(Trim(parts.front()), kMixed)) return {};
  for (const auto part : parts) {
    auto parameter = Trim(part);
    if (!EqualsIgnoringCase(parameter.substr(0, kBoundary.size()), kBoundary)) continue;
    parameter.remove_prefix(kBoundary.size());
    const bool is_quoted = parameter.size() > 1 && parameter.front() == '"';
    return std::string(is_quoted ? parameter.substr(1, parameter.size() - 2) : parameter);
  }
  return {};
}

Result<std::vector<BodyPart>> ParseMultipart(std::string_view body, std::string_view boundary) {
  const std::string delimiter = "--" + std::string(boundary);
  std::vector<BodyPart> parts;
  if (!TakeUntil(body, delimiter)) return Malformed("the body does not have its boundary");
  while (!body.starts_with("--")) {
    if (!body.starts_with(kLineEnd)) return Malformed("text follows a boundary");
    const auto text = TakeUntil(body, delimiter);
    if (!text) return Malformed("the last boundary is missing");
    auto part = ParsePart(*text);
    if (!part) return part.error();
    parts.push_back(*std::move(part));
  }
  return parts;
}

std::string WriteMultipart(const std::vector<BodyPart>& parts, std::string_view boundary) {
  std::string body;
  for (const auto& part : parts) {
    body.append("--").append(boundary).append(kLineEnd);
    body.append("Content-Type: application/http\r\n");
    if (part.content_id) body.append("Content-ID: ").append(*part.content_id).append(kLineEnd);
    body.append(kLineEnd).append(part.content).append(kLineEnd);
  }
  return body.append("--").append(boundary).append("--\r\n");
}

}  // namespace msc::storage
