#include "emulator/videos/header_layout.h"

#include <algorithm>

#include "emulator/videos/wire.h"

namespace msc::videos {
namespace {

using enum Slot;

constexpr Line kCacheControl = {"Cache-Control", kText, "no-cache"};
constexpr Line kPragma = {"Pragma", kText, "no-cache"};
constexpr Line kLength = {"Content-Length", kContentLength};
constexpr Line kExpiry = {"Expires", kExpires};
constexpr Line kServer = {"Server", kText, "Microsoft-IIS/8.0"};
constexpr Line kCookie = {"Set-Cookie", kAffinity};
constexpr Line kAspNetVersion = {"X-AspNet-Version", kText, "4.0.30319"};
constexpr Line kPoweredBy = {"X-Powered-By", kText, "ASP.NET"};
constexpr Line kOutgoingUrl = {"x-ms-proxy-outgoing-newurl", kUrl};
constexpr Line kDateLine = {"Date", kDate};

constexpr Line kCommon[] = {
    kCacheControl, kPragma,    {"Allow", kAllow}, kLength,        {"Content-Type", kContentType},
    kExpiry,       kServer,    kCookie,           kAspNetVersion, kPoweredBy,
    kOutgoingUrl,  kPoweredBy, kCookie,           kDateLine,
};

constexpr Line kDeletion[] = {
    kCacheControl,
    kPragma,
    kLength,
    kExpiry,
    {"Vary", kText, "Content-Type"},
    kServer,
    kCookie,
    {"X-Content-Type-Options", kText, "nosniff"},
    {"x-ms-svc-ver", kText, "0.0.1503.1901"},
    {"x-ms-request-elapsed-ms", kElapsed},
    {wire::kClientRequestId, kClientRequestId},
    {"request-id", kRequestId},
    {"ocp-cloudvideo-instance-id", kText, "VideoManagementService_IN_0"},
    kAspNetVersion,
    kPoweredBy,
    kPoweredBy,
    kOutgoingUrl,
    kPoweredBy,
    kCookie,
    kDateLine,
};

}  // namespace

std::span<const Line> CommonLayout() { return kCommon; }

std::span<const Line> DeletionLayout() { return kDeletion; }

http::Headers FillIn(std::span<const Line> layout, const SlotValues& values) {
  http::Headers headers;
  headers.reserve(layout.size());
  for (const auto& line : layout) {
    if (line.slot == kText) {
      headers.push_back({std::string(line.name), std::string(line.text)});
      continue;
    }
    const auto value = std::find_if(values.begin(), values.end(),
                                    [&](const auto& entry) { return entry.first == line.slot; });
    if (value != values.end()) headers.push_back({std::string(line.name), value->second});
  }
  return headers;
}

}  // namespace msc::videos
