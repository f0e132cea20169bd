#include "emulator/videos/answers.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "emulator/base/encoding.h"
#include "emulator/base/guid.h"
#include "emulator/base/time_format.h"
#include "emulator/videos/printable.h"
#include "emulator/videos/wire.h"

namespace msc::videos {
namespace {

constexpr std::size_t kAffinityBytes = 32;
constexpr std::size_t kLongestClientRequestId = 128;
constexpr std::string_view kNeverCached = "-1";

std::string UnreadableBody(std::string_view url) {
  return "<h1>Error</h1> <table> <tbody> <tr> <td><strong>Request</strong> </td> <td>" +
         MarkupEscape(url) +
         "</td> </tr> <tr> <td><strong>Error</strong></td> <td>BadRequest</td> </tr> <tr> "
         "<td><strong>Message</strong></td> <td>" +
         std::string(wire::kUnreadable) + "</td> </tr> </tbody> </table>";
}

std::string ModeNotSupportedBody(const std::string& url) {
  return "{\r\n  \"status\": 0,\r\n  \"source\": " + nlohmann::json(url).dump() +
         ",\r\n  \"message\": \"The request is invalid.\"\r\n}";
}

}  // namespace

Answers::Answers(const UrlMaker& urls, const Clock& clock, Random& random)
    : urls_(urls),
      clock_(clock),
      random_(random),
      affinity_("ARRAffinity=" + HexEncode(random.Next(kAffinityBytes)) + ";Path=/;Domain=") {}

SlotValues Answers::Common(const http::Request& request, std::string_view body) const {
  return {{Slot::kContentLength, std::to_string(body.size())},
          {Slot::kAffinity, affinity_ + request.host()},
          {Slot::kUrl, urls_.Outgoing(request)},
          {Slot::kDate, FormatHttpDate(clock_.Now())}};
}

http::Response Answers::Json(const http::Request& request, std::string body) const {
  auto values = Common(request, body);
  values.emplace_back(Slot::kExpires, kNeverCached);
  values.emplace_back(Slot::kContentType, wire::kJsonType);
  return {.headers = FillIn(CommonLayout(), values), .body = std::move(body)};
}

http::Response Answers::Empty(const http::Request& request, int status) const {
  auto values = Common(request, {});
  values.emplace_back(Slot::kExpires, kNeverCached);
  return {.status = status, .headers = FillIn(CommonLayout(), values)};
}

http::Response Answers::MethodNotAllowed(const http::Request& request, std::string allow) const {
  auto values = Common(request, {});
  values.emplace_back(Slot::kExpires, kNeverCached);
  values.emplace_back(Slot::kAllow, std::move(allow));
  return {.status = 405, .headers = FillIn(CommonLayout(), values)};
}

http::Response Answers::Unreadable(const http::Request& request) const {
  auto body = UnreadableBody(urls_.Outgoing(request));
  auto values = Common(request, body);
  values.emplace_back(Slot::kExpires, kNeverCached);
  values.emplace_back(Slot::kContentType, wire::kHtmlType);
  return {.status = 400,
          .reason = std::string(wire::kUnreadable),
          .headers = FillIn(CommonLayout(), values),
          .body = std::move(body)};
}

http::Response Answers::ModeNotSupported(const http::Request& request) const {
  auto body = ModeNotSupportedBody(urls_.Base(request) + std::string(wire::kVideosPath));
  auto values = Common(request, body);
  values.emplace_back(Slot::kContentType, wire::kJsonType);
  return {.status = 400, .headers = FillIn(CommonLayout(), values), .body = std::move(body)};
}

http::Response Answers::Deletion(const http::Request& request, int status, Time started) const {
  const auto client_id = request.header(wire::kClientRequestId);
  const bool is_echoed = client_id && IsEchoable(*client_id, kLongestClientRequestId);
  auto values = Common(request, {});
  values.emplace_back(Slot::kExpires, kNeverCached);
  values.emplace_back(Slot::kElapsed, std::to_string((clock_.Now() - started).count()));
  values.emplace_back(Slot::kClientRequestId,
                      is_echoed ? std::string(*client_id) : NewGuid(random_));
  values.emplace_back(Slot::kRequestId, NewGuid(random_));
  return {.status = status, .headers = FillIn(DeletionLayout(), values)};
}

}  // namespace msc::videos
