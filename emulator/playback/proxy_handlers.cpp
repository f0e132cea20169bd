#include "emulator/playback/proxy_handlers.h"

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>

#include "emulator/base/guid.h"
#include "emulator/base/quoted.h"
#include "emulator/base/text.h"
#include "emulator/playback/playback_error.h"
#include "emulator/playback/presentation.h"

namespace msc::playback {
namespace {

constexpr std::string_view kImageUrl = "mediaservicesurl";
constexpr std::string_view kManifestUrl = "playbackUrl";
constexpr std::string_view kTokenParameter = "token";
constexpr std::string_view kSchemeEnd = "://";

// Headers of the request that decide which bytes of a poster are sent.
constexpr std::string_view kPassedOn[] = {"Range", "If-Match", "If-None-Match", "If-Modified-Since",
                                          "If-Unmodified-Since"};

// Headers of a poster's blob that are sent.
constexpr std::string_view kPassedBack[] = {"Content-Length", "Content-Range", "Accept-Ranges",
                                            "ETag", "Last-Modified"};

bool IsOneOf(std::span<const std::string_view> names, std::string_view name) {
  return std::any_of(names.begin(), names.end(),
                     [&](auto each) { return EqualsIgnoringCase(each, name); });
}

http::Headers Chosen(const http::Headers& headers, std::span<const std::string_view> names) {
  http::Headers chosen;
  std::copy_if(headers.begin(), headers.end(), std::back_inserter(chosen),
               [&](const auto& header) { return IsOneOf(names, header.name); });
  return chosen;
}

Error ForeignUrl(std::string_view parameter, std::string_view url, std::string_view wanted) {
  return {
      .code = PlaybackError::kForeignUrl,
      .message =
          std::string(parameter) + " must be " + std::string(wanted) + ", not " + Quoted(url),
      .facts = RequestField{RequestField::Place::kQuery, std::string(parameter), std::string(url)}};
}

Result<std::string> UrlIn(const http::Request& request, std::string_view parameter) {
  auto url = request.parameter(parameter);
  if (url) return *std::move(url);
  return Error{.code = PlaybackError::kAddressMalformed,
               .message = "the query has no " + std::string(parameter),
               .facts = RequestField{RequestField::Place::kQuery, std::string(parameter)}};
}

// "host:port" of a URL or of a base of URLs.
std::string_view AuthorityOf(std::string_view url) {
  const auto end = url.find(kSchemeEnd);
  if (end == std::string_view::npos) return {};
  url.remove_prefix(end + kSchemeEnd.size());
  return url.substr(0, url.find('/'));
}

// The path and the query of a URL of http or https.
std::string_view TargetOf(std::string_view url) {
  const auto end = url.find(kSchemeEnd);
  if (end == std::string_view::npos) return {};
  const auto scheme = url.substr(0, end);
  if (!EqualsIgnoringCase(scheme, "http") && !EqualsIgnoringCase(scheme, "https")) return {};
  const auto slash = url.find('/', end + kSchemeEnd.size());
  return slash == std::string_view::npos ? std::string_view() : url.substr(slash);
}

// What follows `base` in a URL; empty if it is below another one. The scheme makes no difference.
std::string_view TargetBelow(std::string_view url, std::string_view base) {
  if (!EqualsIgnoringCase(AuthorityOf(url), AuthorityOf(base))) return {};
  const auto target = TargetOf(url), above = TargetOf(base);
  return target.starts_with(above) ? target.substr(above.size()) : std::string_view();
}

// The asset in "/asset-<guid>/Poster.jpg?…"; nullopt if it is something else.
std::optional<std::string> AssetOfPoster(std::string_view target) {
  const auto path = http::PathOf(target);
  if (!path.starts_with('/')) return std::nullopt;
  const auto slash = path.find('/', 1);
  const auto container = path.substr(1, slash - 1);
  if (slash == std::string_view::npos || path.substr(slash + 1) != processing::kPosterBlob ||
      !container.starts_with(videos::kContainerPrefix)) {
    return std::nullopt;
  }
  return ParseGuid(container.substr(videos::kContainerPrefix.size()));
}

// Whether the URL asks for something else than the bytes of the blob.
bool NamesAnOperation(const http::Request& blob) {
  return blob.parameter("comp") || blob.parameter("restype");
}

// The error of the blob endpoint as one of the proxy.
Error PosterError(const http::Response& response) {
  const std::string reason = response.error ? response.error->message : std::string();
  const bool is_missing = response.status == 404;
  if (response.status == 412) return {PlaybackError::kConditionNotMet, reason};
  Error error{.code = is_missing ? PlaybackError::kPosterNotFound : PlaybackError::kPosterRefused,
              .message = (is_missing ? "there is no such poster: "
                                     : "the signature of the poster's URL is not accepted: ") +
                         reason};
  if (response.error) error.facts = response.error->facts;
  if (response.status == 416) error.code = PlaybackError::kRangeNotSatisfiable;
  return error;
}

bool IsAnswered(int status) { return status == 200 || status == 206 || status == 304; }

}  // namespace

ProxyHandlers::ProxyHandlers(const videos::UrlMaker& urls, const PlaybackHandlers& playback,
                             videos::VideoService& videos, const storage::BlobService& blobs)
    : urls_(urls),
      playback_(playback),
      videos_(videos),
      blobs_(blobs),
      manifests_(playback.Routes(), {.ignore_case = true}) {}

std::vector<http::Route> ProxyHandlers::Routes() const {
  using enum http::Method;
  using std::bind_front;
  return {
      {kGet, "/api/ImageProxy", bind_front(&ProxyHandlers::GetImage, this),
       Operation::kGetThumbnail},
      {kGet, "/api/ManifestProxy", bind_front(&ProxyHandlers::GetManifest, this),
       Operation::kGetManifest},
  };
}

Result<http::Response> ProxyHandlers::GetImage(const http::Request& request) const {
  const auto url = UrlIn(request, kImageUrl);
  if (!url) return url.error();
  const auto target = TargetBelow(*url, urls_.BlobBase(request));
  const auto asset = AssetOfPoster(target);
  if (!asset) return ForeignUrl(kImageUrl, *url, "the URL of a poster of this emulator");
  if (!videos_.IdOfAsset(*asset)) {
    return Error{PlaybackError::kPosterNotFound, "no video has the asset " + *asset};
  }

  http::Request blob{.method = request.method,
                     .target = '/' + blobs_.default_account() + std::string(target),
                     .client_address = request.client_address,
                     .headers = Chosen(request.headers, kPassedOn)};
  if (NamesAnOperation(blob)) return ForeignUrl(kImageUrl, *url, "the URL of a poster alone");
  auto answer = blobs_.Dispatch(blob);
  if (!IsAnswered(answer.status)) return PosterError(answer);
  answer.headers = Chosen(answer.headers, kPassedBack);
  answer.headers.push_back({"Content-Type", "image/jpeg"});
  return answer;
}

Result<http::Response> ProxyHandlers::GetManifest(const http::Request& request) const {
  const auto url = UrlIn(request, kManifestUrl);
  if (!url) return url.error();
  const auto base = urls_.Base(request);
  auto target = TargetBelow(*url, base);
  if (target.empty()) target = TargetBelow(*url, request.base_url());
  http::Request inner{.method = request.method,
                      .target = std::string(target),
                      .scheme = request.scheme,
                      .authority = request.authority,
                      .headers = request.headers,
                      .fault = request.fault};
  auto match = manifests_.Find(inner);
  if (match.route == nullptr || match.route->operation != Operation::kGetManifest) {
    return ForeignUrl(kManifestUrl, *url, "the URL of a manifest of this emulator");
  }
  inner.captures = std::move(match.captures);
  const auto locator = ParseGuid(inner.capture(kLocatorCapture));
  const auto file = ParseGuid(inner.capture(kFileCapture));
  if (!locator || !file) {
    return ForeignUrl(kManifestUrl, *url, "the URL of a manifest of this emulator");
  }
  const auto links = Links::Proxied(base, base + '/' + *locator + '/' + *file + ".ism/",
                                    request.raw_parameter(kTokenParameter));
  const bool is_playlist = match.route->pattern.find("QualityLevels") != std::string_view::npos;
  return is_playlist ? playback_.Playlist(inner, links) : playback_.Manifest(inner, links);
}

std::optional<std::string> VideoOfProxied(const http::Request& request,
                                          videos::VideoService& videos) {
  if (const auto manifest = request.parameter(kManifestUrl)) {
    const auto target = TargetOf(*manifest);
    const auto end = target.find('/', std::min<std::size_t>(1, target.size()));
    const auto locator = ParseGuid(target.substr(std::min<std::size_t>(1, target.size()), end - 1));
    return locator ? videos.IdOfLocator(*locator) : std::nullopt;
  }
  const auto image = request.parameter(kImageUrl).value_or("");
  const auto end = image.rfind('/', image.find('?'));
  const auto begin = image.rfind(videos::kContainerPrefix, end);
  if (end == std::string::npos || begin == std::string::npos) return std::nullopt;
  const auto asset = begin + videos::kContainerPrefix.size();
  if (asset > end) return std::nullopt;
  return videos.IdOfAsset(image.substr(asset, end - asset));
}

}  // namespace msc::playback
