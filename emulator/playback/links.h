#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emulator/base/crypto.h"

namespace msc::playback {

// What the manifest of a protected video says about its encryption.
struct Protection {
  std::string key_url;       // Of key delivery.
  Bytes iv;                  // 16 bytes.
  bool is_for_page = false;  // IsFromPage.
};

// The vector with which all fragments of videos with that key are encrypted: the first 16 bytes of
// the SHA-256 of the key's id. The service's own choice is not known; manifests name it.
Bytes VectorOf(std::string_view key_id);

// A token for use in URLs of manifests: as received, but what is special in a quoted text, in XML
// or in a template ("$Time$", "{bitrate}") is percent-encoded.
std::string TokenForUrls(std::string_view token);

// Makes the URLs in a manifest.
class Links {
 public:
  // URLs relative to the manifest, each with the token that the manifest was asked for with.
  // `base`: of the URL of key delivery. `token`: as received; nullopt: none.
  static Links Direct(std::string base, std::optional<std::string_view> token);

  // Absolute URLs, for a player that cannot set headers: playlists go through the proxy again, and
  // only the key's URL has the token. `presentation`: "http://host/<locator>/<file>.ism/".
  static Links Proxied(std::string base, std::string presentation,
                       std::optional<std::string_view> token);

  // `path` is relative to the presentation: "QualityLevels(1)/Manifest(…)".
  std::string Playlist(std::string_view path) const;
  std::string Fragment(std::string_view path) const;

  // The same for a playlist, which is itself below `level`: "QualityLevels(1)/".
  std::string FragmentOf(std::string_view level, std::string_view path) const;

  std::string Key(std::string_view key_id) const;

 private:
  Links() = default;

  std::string base_;
  std::string presentation_;  // Empty: URLs are relative.
  std::string token_;         // Ready for use; empty: none.
};

}  // namespace msc::playback
