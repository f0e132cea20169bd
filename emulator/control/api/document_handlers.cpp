#include "emulator/control/api/document_handlers.h"

#include <algorithm>
#include <utility>

#include "emulator/control/api/openapi.h"
#include "emulator/control/error/control_error.h"
#include "schema_files.h"

namespace msc::control {
namespace {

Result<http::Response> GetSchema(const http::Request& request) {
  const auto& name = request.capture("name");
  const auto* const found = std::find_if(kSchemaFiles.begin(), kSchemaFiles.end(),
                                         [&](const auto& file) { return file.first == name; });
  if (found == kSchemaFiles.end()) {
    return Error{ControlError::kNotFound, "there is no schema '" + name + "'"};
  }
  return http::Response{.headers = {{"Content-Type", "application/schema+json"}},
                        .body = std::string(found->second)};
}

}  // namespace

DocumentHandlers::DocumentHandlers(std::string version, std::function<ControlRoutes()> routes)
    : version_(std::move(version)), routes_(std::move(routes)) {}

ControlRoutes DocumentHandlers::Routes() const {
  using enum http::Method;
  return {
      {kGet, "/__admin/openapi.json", std::bind_front(&DocumentHandlers::GetOpenApi, this),
       "getOpenApi"},
      {kGet, "/__admin/schemas/{name}", GetSchema, "getSchema"},
  };
}

Result<http::Response> DocumentHandlers::GetOpenApi(const http::Request& request) const {
  return http::Response{.headers = {{"Content-Type", "application/json"}},
                        .body = OpenApi(routes_(), version_, request.base_url())};
}

}  // namespace msc::control
