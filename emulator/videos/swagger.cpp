#include "emulator/videos/swagger.h"

#include <nlohmann/json.hpp>

#include "swagger_files.h"

namespace msc::videos {

std::string SwaggerJson(std::string_view base_url) {
  constexpr std::string_view kSchemeEnd = "://";
  auto document = nlohmann::ordered_json::parse(kSwaggerFiles.front().second);
  const auto scheme_end = base_url.find(kSchemeEnd);
  const auto rest = base_url.substr(scheme_end + kSchemeEnd.size());
  const auto path = rest.find('/');
  document["host"] = rest.substr(0, path);
  if (path != std::string_view::npos) document["basePath"] = rest.substr(path);
  document["schemes"] = nlohmann::ordered_json::array({base_url.substr(0, scheme_end)});
  return document.dump();
}

}  // namespace msc::videos
