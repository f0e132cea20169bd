#include "emulator/http/length_required.h"

#include <memory>
#include <string_view>

#include "emulator/base/time_format.h"
#include "emulator/http/http_error.h"

namespace msc::http {
namespace {

constexpr std::string_view kLengthRequiredPage =
    "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML "
    "4.01//EN\"\"http://www.w3.org/TR/html4/strict.dtd\">\r\n"
    "<HTML><HEAD><TITLE>Length Required</TITLE>\r\n"
    "<META HTTP-EQUIV=\"Content-Type\" Content=\"text/html; charset=us-ascii\"></HEAD>\r\n"
    "<BODY><h2>Length Required</h2>\r\n"
    "<hr><p>HTTP Error 411. The request must be chunked or have a content length.</p>\r\n"
    "</BODY></HTML>\r\n";

}  // namespace

bool LacksLength(const Request& request) {
  if (request.method != Method::kPost && request.method != Method::kPut) return false;
  return request.body == nullptr && !request.header("Content-Length") &&
         !request.header("Transfer-Encoding");
}

Response LengthRequiredAnswer(Time now) {
  return {.status = 411,
          .headers = {{"Content-Type", "text/html; charset=us-ascii"},
                      {"Server", "Microsoft-HTTPAPI/2.0"},
                      {"Date", FormatHttpDate(now)},
                      {"Connection", "close"},
                      {"Content-Length", std::to_string(kLengthRequiredPage.size())}},
          .body = std::string(kLengthRequiredPage),
          .closes = true,
          .error = std::make_shared<const Error>(
              Error{HttpError::kLengthRequired,
                    "the request says neither the length of its body nor that it comes in chunks; "
                    "an empty body needs Content-Length: 0 (curl: -d '')"})};
}

}  // namespace msc::http
