// Paths of playback: what is in their parentheses, tokens in URLs, and the whole router.

#include "emulator/base/random.h"
#include "emulator/playback/links.h"
#include "emulator/playback/playback_service.h"
#include "emulator/playback/proxy_handlers.h"
#include "emulator/playback/selection.h"
#include "tests/fuzz/input.h"

namespace {

using msc::fuzz::Require;
namespace playback = msc::playback;

// An emulator's services without a video.
struct Services {
  msc::Clock clock{msc::Time()};
  msc::Random random{1, 0};
  msc::sqlite::Database database{""};
  msc::storage::BlobService blobs{
      {.accounts = {{"devstoreaccount1", {"key"}}}}, database, clock, random};
  msc::keys::KeyService keys{database, clock, random};
  msc::videos::VideoService videos{{}, database, clock, random, blobs, keys};
  playback::PlaybackService playback{{}, videos, keys, blobs, clock};
};

void CheckSelections(const std::string& text) {
  static_cast<void>(playback::ParseManifestSelection(text));
  static_cast<void>(playback::ParsePlaylistSelection(text));
  const auto fragment = playback::ParseFragmentSelection(text);
  if (fragment && fragment->time) Require(*fragment->time >= 0);
  const auto token = playback::TokenForUrls(text);
  Require(token.find_first_of("\"<>'${}\\ \r\n") == std::string::npos);
  Require(playback::TokenForUrls(token) == token);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Services services;
  const std::string text(msc::fuzz::TextOf(data, size));
  CheckSelections(text);
  msc::http::Request request{.target = '/' + text};
  static_cast<void>(playback::PlaybackService::Serves(request.path()));
  static_cast<void>(playback::VideoOfProxied(request, services.videos));
  Require(services.playback.router().Dispatch(request).status < 500);
  return 0;
}
