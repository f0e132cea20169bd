#include "tests/e2e/control/api_document.h"

#include <msc/emulator.h>

#include <vector>

#include "tests/e2e/control/json_schema.h"
#include "tests/support/raw_client.h"
#include "tests/support/videos_client.h"

namespace msc::testing {
namespace {

using Json = nlohmann::json;

std::vector<std::string> SegmentsOf(std::string path) {
  path = path.substr(0, path.find('?'));
  if (path.ends_with('/')) path.pop_back();
  std::vector<std::string> segments(1);
  for (const char c : path) {
    if (c == '/') {
      segments.emplace_back();
    } else {
      segments.back() += c;
    }
  }
  return segments;
}

bool Fits(const std::vector<std::string>& segments, const std::vector<std::string>& pattern) {
  if (segments.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (!pattern[i].starts_with('{') && segments[i] != pattern[i]) return false;
  }
  return true;
}

// The operations of a path; null: the document has no such path. A path without parameters comes
// first.
const Json* OperationsAt(const std::string& path) {
  const auto segments = SegmentsOf("/__admin/" + path);
  const Json* found = nullptr;
  for (const auto& [pattern, operations] : ApiDocument().at("paths").items()) {
    if (!Fits(segments, SegmentsOf(pattern))) continue;
    if (found == nullptr || pattern.find('{') == std::string::npos) found = &operations;
  }
  return found;
}

// The schema of a body; null: none is described.
const Json* SchemaOf(const Json& body, const std::string& type) {
  const auto name = type.substr(0, type.find(';'));
  const auto& content = body.at("content");
  if (!content.contains(name) || !content[name].contains("schema")) return nullptr;
  return &content[name]["schema"];
}

const Json& Resolved(const Json& json) {
  if (!json.contains("$ref")) return json;
  return ApiDocument().at(Json::json_pointer(json["$ref"].get<std::string>().substr(1)));
}

std::string DifferenceOfRequest(const Exchange& exchange, const Json& operation) {
  if (!operation.contains("requestBody") || exchange.status >= 400) return {};
  const Json* const schema = SchemaOf(operation["requestBody"], "application/json");
  if (schema == nullptr) return {};
  const Json sent = exchange.sent.empty() ? Json::object() : Json::parse(exchange.sent);
  return SchemaProblem(ApiDocument(), *schema, sent, "sent");
}

std::string DifferenceOfResponse(const Exchange& exchange, const Json& operation) {
  const auto status = std::to_string(exchange.status);
  if (!operation.at("responses").contains(status))
    return "the status " + status + " is not described";
  const Json& response = Resolved(operation["responses"][status]);
  if (!response.at("content").contains(exchange.type.substr(0, exchange.type.find(';')))) {
    return "the type " + exchange.type + " is not described";
  }
  const Json* const schema = SchemaOf(response, exchange.type);
  if (schema == nullptr || exchange.received.is_discarded()) return {};
  return SchemaProblem(ApiDocument(), *schema, exchange.received, "received");
}

}  // namespace

const Json& ApiDocument() {
  static const Json document = [] {
    const Emulator emulator;
    return Json::parse(BodyOf(Call(emulator.Port(), "GET", "/__admin/openapi.json")));
  }();
  return document;
}

std::string DifferenceFromDocument(const Exchange& exchange) {
  const Json* const operations = OperationsAt(exchange.path);
  std::string method = exchange.method;
  for (char& c : method) c = static_cast<char>(std::tolower(c));
  if (exchange.status == 0 || operations == nullptr || !operations->contains(method)) return {};
  const Json& operation = (*operations)[method];
  auto difference = DifferenceOfRequest(exchange, operation);
  if (difference.empty()) difference = DifferenceOfResponse(exchange, operation);
  if (difference.empty()) return {};
  return operation.at("operationId").get<std::string>() + ": " + difference;
}

}  // namespace msc::testing
