#include "emulator/control/api/openapi.h"

#include "emulator/base/text.h"
#include "emulator/control/json/render.h"

namespace msc::control {
namespace {

Json PathParametersOf(std::string_view pattern) {
  Json parameters = Json::array();
  for (const auto segment : Split(pattern, '/')) {
    if (!segment.starts_with('{')) continue;
    parameters.push_back({{"name", segment.substr(1, segment.size() - 2)},
                          {"in", "path"},
                          {"required", true},
                          {"schema", {{"type", "string"}}}});
  }
  return parameters;
}

Json OperationJson(const ControlRoute& route) {
  Json operation = {{"summary", route.summary}, {"parameters", PathParametersOf(route.pattern)}};
  for (const auto name : route.parameters) {
    operation["parameters"].push_back(
        {{"name", name}, {"in", "query"}, {"schema", {{"type", "string"}}}});
  }
  if (route.method == http::Method::kPost || route.method == http::Method::kPut) {
    operation["requestBody"]["content"]["application/json"]["schema"] = {{"type", "object"}};
  }
  operation["responses"] = {
      {"default",
       {{"description",
         "The answer; an error is application/problem+json with title, detail "
         "and hint"}}}};
  return operation;
}

}  // namespace

std::string OpenApi(const ControlRoutes& routes, const std::string& version) {
  Json json = {
      {"openapi", "3.0.3"},
      {"info",
       {{"title", "Control API of the Media Services Connector Emulator"}, {"version", version}}},
      {"paths", Json::object()}};
  for (const auto& route : routes) {
    const std::string method = ToLower(Name(route.method));
    json["paths"][std::string(route.pattern)][method] = OperationJson(route);
  }
  return Dump(json);
}

}  // namespace msc::control
