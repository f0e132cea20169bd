#include "storage_stub/handlers/site_handlers.h"

#include <functional>
#include <utility>

#include "storage_stub/handlers/blob_answers.h"
#include "storage_stub/handlers/blob_bytes.h"
#include "storage_stub/protocol/byte_range.h"
#include "storage_stub/protocol/conditions.h"
#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

// The blobs that may be meant by a path of the website, the likeliest first.
std::vector<std::string> PagesFor(const std::string& path, const StaticWebsite& site) {
  if (!path.empty() && !path.ends_with('/')) {
    std::vector<std::string> pages = {path};
    if (!site.index_document.empty()) pages.push_back(path + '/' + site.index_document);
    return pages;
  }
  if (!site.index_document.empty()) return {path + site.index_document};
  if (!site.default_index_path.empty()) return {site.default_index_path};
  return {};
}

// Behind the account; empty: the root of the website.
std::string PathIn(const http::Request& request) {
  const bool is_root = request.captures.size() == 1;
  return is_root ? std::string() : ResolveBlobName(request.capture(wire::kBlob));
}

bool IsMissing(const Error& error) {
  return error.code == StorageError::kBlobNotFound ||
         error.code == StorageError::kContainerNotFound;
}

http::Response PageAnswer(OpenBlob blob, bool is_range, Time now) {
  auto response = is_range ? RangeAnswer(blob, now, {}, {}) : BlobAnswer(blob.record, now, {});
  AddBytes(response, std::move(blob));
  return response;
}

}  // namespace

Result<http::Response> SiteHandlers::Get(const http::Request& request) const {
  const Time now = clock_.Now();
  const std::string& account = request.capture(wire::kAccount);
  const StaticWebsite site = WebsiteOf(service_.Sections(account));
  if (!site.is_enabled) {
    return Error{StorageError::kWebContentNotFound,
                 "Set Blob Service Properties has not enabled the static website"};
  }
  const auto conditions = ReadConditionsOfRead(request);
  if (!conditions) return conditions.error();
  const auto range = ReadRange(request);
  if (!range) return range.error();
  for (auto& page : PagesFor(PathIn(request), site)) {
    auto blob = blobs_.Open(
        {.account = account, .container = std::string(kWebContainer), .blob = std::move(page)},
        {*conditions, *range, now});
    if (blob) return PageAnswer(*std::move(blob), range->has_value(), now);
    if (!IsMissing(blob.error())) return blob.error();
  }
  return NotFound(account, site, now);
}

Result<http::Response> SiteHandlers::NotFound(const std::string& account, const StaticWebsite& site,
                                              Time now) const {
  const Error missing{StorageError::kWebContentNotFound, "the website has no such page"};
  if (site.error_document.empty()) return missing;
  auto blob = blobs_.Open(
      {.account = account, .container = std::string(kWebContainer), .blob = site.error_document},
      {});
  if (!blob) return missing;
  auto response = PageAnswer(*std::move(blob), /*is_range=*/false, now);
  response.status = 404;
  return response;
}

std::vector<http::Route> SiteRoutes(const SiteHandlers& site) {
  const auto get = std::bind_front(&SiteHandlers::Get, &site);
  return {{http::Method::kGet, "/{account}.web", get, Operation::kGetBlob},
          {http::Method::kGet, "/{account}.web/{blob*}", get, Operation::kGetBlob}};
}

}  // namespace msc::storage
