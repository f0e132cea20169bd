#include "emulator/http/cors.h"

#include <string>

namespace msc::http {
namespace {

constexpr std::string_view kUsualHeaders = "authorization, range";
constexpr const char* kPreflightSeconds = "1800";

}  // namespace

Response OptionsForAnyOrigin(const Request& request, std::string_view methods) {
  Response response{.headers = {{"Allow", std::string(methods)}}};
  if (!IsPreflight(request)) return response;
  response.headers.push_back({kAllowMethods, std::string(methods)});
  response.headers.push_back(
      {kAllowHeaders, std::string(request.header(kRequestHeaders).value_or(kUsualHeaders))});
  response.headers.push_back({kMaxAge, kPreflightSeconds});
  return response;
}

}  // namespace msc::http
