#include "emulator/playback/links.h"

#include <utility>

#include "emulator/base/encoding.h"
#include "emulator/base/text.h"

namespace msc::playback {
namespace {

constexpr std::string_view kPlainInUrls = "%-._~!()*+,;=:@/?";

}  // namespace

Bytes VectorOf(std::string_view key_id) { return Sha256(ToLower(key_id)).substr(0, 16); }

std::string TokenForUrls(std::string_view token) {
  std::string text;
  for (const char c : token) {
    const bool is_plain = IsAlphanumeric(c) || kPlainInUrls.find(c) != std::string_view::npos;
    text += is_plain ? std::string(1, c) : PercentEncode({&c, 1});
  }
  return text;
}

Links Links::Direct(std::string base, std::optional<std::string_view> token) {
  Links links;
  links.base_ = std::move(base);
  links.token_ = TokenForUrls(token.value_or(""));
  return links;
}

Links Links::Proxied(std::string base, std::string presentation,
                     std::optional<std::string_view> token) {
  Links links = Direct(std::move(base), token);
  links.presentation_ = std::move(presentation);
  return links;
}

std::string Links::Playlist(std::string_view path) const {
  if (presentation_.empty()) return Fragment(path);
  std::string url =
      base_ + "/api/ManifestProxy?playbackUrl=" + PercentEncode(presentation_ + std::string(path));
  return token_.empty() ? url : url + "&token=" + token_;
}

std::string Links::Fragment(std::string_view path) const {
  if (!presentation_.empty()) return presentation_ + std::string(path);
  return token_.empty() ? std::string(path) : std::string(path) + "?token=" + token_;
}

std::string Links::FragmentOf(std::string_view level, std::string_view path) const {
  return Fragment(presentation_.empty() ? std::string(path)
                                        : std::string(level) + std::string(path));
}

std::string Links::Key(std::string_view key_id) const {
  std::string url = base_ + "/keydelivery?kid=" + std::string(key_id);
  return token_.empty() ? url : url + "&token=" + token_;
}

}  // namespace msc::playback
