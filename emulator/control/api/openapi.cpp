#include "emulator/control/api/openapi.h"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

#include "emulator/base/text.h"
#include "emulator/control/json/render.h"
#include "openapi_files.h"

namespace msc::control {
namespace {

constexpr std::string_view kDocument = "document.json";  // What is not about one subject.
constexpr std::string_view kOperations = "operations";
constexpr std::string_view kSchemas = "schemas";

// The errors that the guard and the reading of the request lead to, whatever the route.
constexpr std::pair<const char*, const char*> kErrors[] = {
    {"400", "BadRequest"}, {"401", "Unauthorized"}, {"403", "Forbidden"}, {"500", "InternalError"}};

Json Reference(std::string_view name) {
  return {{"$ref", "#/components/responses/" + std::string(name)}};
}

// The whole document without its paths, and the descriptions of all operations by id.
std::pair<Json, Json> ReadFiles() {
  Json document;
  Json operations = Json::object();
  Json schemas = Json::object();
  for (const auto& [name, text] : kOpenApiFiles) {
    Json json = Json::parse(text);
    if (name == kDocument) {
      document = std::move(json);
    } else {
      operations.update(json[kOperations]);
      schemas.update(json[kSchemas]);
    }
  }
  document["components"][kSchemas].update(schemas);
  return {std::move(document), std::move(operations)};
}

using Parameters = std::set<std::pair<std::string, std::string>>;  // Where it is, and its name.

Parameters ParametersOf(const ControlRoute& route) {
  Parameters parameters;
  for (const auto segment : Split(route.pattern, '/')) {
    if (!segment.starts_with('{')) continue;
    parameters.emplace("path", segment.substr(1, segment.size() - 2));
  }
  for (const auto name : route.parameters) parameters.emplace("query", name);
  return parameters;
}

// Those of a description, without headers.
Parameters ParametersOf(const Json& operation, const Json& document) {
  Parameters parameters;
  for (const auto& given : operation.value("parameters", Json::array())) {
    const Json& parameter =
        given.contains("$ref")
            ? document.at(Json::json_pointer(given["$ref"].get<std::string>().substr(1)))
            : given;
    if (parameter.at("in") != "header")
      parameters.emplace(parameter.at("in"), parameter.at("name"));
  }
  return parameters;
}

void AddErrors(const ControlRoute& route, Json& responses) {
  for (const auto& [status, name] : kErrors) responses[status] = Reference(name);
  const bool has_body = route.method == http::Method::kPost || route.method == http::Method::kPut;
  if (!has_body) return;
  responses["415"] = Reference("UnsupportedMediaType");
  responses["413"] = Reference("BodyTooLarge");
}

// Takes the description of a route out of `operations`.
Json TakeOperation(const ControlRoute& route, const Json& document, Json& operations) {
  const std::string id(route.operation_id);
  if (!operations.contains(id)) throw std::logic_error("openapi: no description of " + id);
  Json operation = {{"operationId", id}};
  operation.update(operations[id]);
  operations.erase(id);
  if (ParametersOf(route) != ParametersOf(operation, document)) {
    throw std::logic_error("openapi: other parameters than the route has: " + id);
  }
  AddErrors(route, operation["responses"]);
  return operation;
}

}  // namespace

std::string OpenApi(const ControlRoutes& routes, const std::string& version,
                    const std::string& base_url) {
  auto [document, operations] = ReadFiles();
  document["info"]["version"] = version;
  document["servers"] = Json::array({{{"url", base_url}, {"description", "This emulator"}}});
  for (const auto& route : routes) {
    const std::string method = ToLower(Name(route.method));
    document["paths"][std::string(route.pattern)][method] =
        TakeOperation(route, document, operations);
  }
  if (!operations.empty()) {
    throw std::logic_error("openapi: no route for " + operations.begin().key());
  }
  return Dump(document);
}

}  // namespace msc::control
