#include "emulator/page_isolation.h"

#include <string_view>

namespace msc {
namespace {

constexpr const char* kFetchMode = "Sec-Fetch-Mode";
constexpr std::string_view kNavigate = "navigate";
constexpr std::string_view kHtml = "text/html";

// Everything but allow-same-origin and what would lead around it.
constexpr const char* kSandbox =
    "sandbox allow-downloads allow-forms allow-modals allow-popups allow-scripts";

// Browsers send Sec-Fetch-Mode to local and encrypted origins. To others, and if they are old, they
// send none, but say that they want HTML; clients of storage do not.
bool OpensPage(const http::Request& request) {
  if (const auto mode = request.header(kFetchMode)) return mode->ends_with(kNavigate);
  return request.header("Accept").value_or("").find(kHtml) != std::string_view::npos;
}

}  // namespace

void IsolatePage(const http::Request& request, http::Response& response) {
  if (OpensPage(request)) response.headers.push_back({"Content-Security-Policy", kSandbox});
  // What a browser has loaded as an image or by a script must not become a page from its cache.
  if (request.header(kFetchMode)) response.headers.push_back({"Vary", kFetchMode});
}

}  // namespace msc
