#include "emulator/control/explain/advice.h"

#include "emulator/keys/key_error.h"
#include "emulator/playback/playback_error.h"
#include "emulator/videos/video_error.h"

namespace msc::control {
namespace {

std::string AdviceFor(videos::VideoError error) {
  switch (error) {
    case videos::VideoError::kVideoUnreadable:
      return R"(send a body like {"OriginalFileName":"clip.mp4"}; GET /api/Formats lists the )"
             "extensions";
    case videos::VideoError::kModeNotSupported:
      return "leave the mode out, or use AES128 for ContentProtectionMode and AES256 for "
             "InputStorageEncryptionMode";
    case videos::VideoError::kVideoNotFound:
      return "use an Id that POST /api/Videos returned; GET /__admin/videos lists those that "
             "there are, and without --data they are gone after a restart";
    case videos::VideoError::kKeyIdMalformed:
      return "KeyId is the video's ContentProtectionKeyId";
    case videos::VideoError::kParameterInvalid:
      return "endpointType is Streaming, HLS, DASH or Progressive";
    case videos::VideoError::kSignInRequired:
      return "send the value of --require-auth as the header x-zumo-auth";
    case videos::VideoError::kVideoNotReady:
    case videos::VideoError::kNothingUploaded:
    case videos::VideoError::kVideoExists:
    case videos::VideoError::kKeyNotFound:
    case videos::VideoError::kOriginNotAllowed:
      return {};
  }
  return {};
}

std::string AdviceFor(keys::KeyError error) {
  switch (error) {
    case keys::KeyError::kKeyIdMalformed:
    case keys::KeyError::kKeyNotFound:
      return "kid is the ContentProtectionKeyId of a video that was created with "
             R"("ContentProtectionMode":"AES128")";
    case keys::KeyError::kTokenRefused:
      return "get a token with GET /api/Videos/{id}/AuthorizationToken?KeyId=<kid>, valid for five "
             "minutes, and send it as the header Authorization";
  }
  return {};
}

std::string AdviceFor(playback::PlaybackError error) {
  switch (error) {
    case playback::PlaybackError::kAddressMalformed:
    case playback::PlaybackError::kPresentationNotFound:
    case playback::PlaybackError::kFormatUnknown:
      return "use the PlaybackUrl of GET /api/Videos/{id}/PlaybackEndpoint unchanged; without "
             "--data it is gone after a restart";
    case playback::PlaybackError::kNothingToPlay:
      return "install ffmpeg, start with --media auto, upload a video and mark it complete";
    case playback::PlaybackError::kTrackNotFound:
    case playback::PlaybackError::kFragmentNotFound:
      return "take tracks, bitrates and times from the manifest of this video";
    case playback::PlaybackError::kProtected:
      return "ask PlaybackEndpoint for endpointType HLS, DASH or Streaming";
    case playback::PlaybackError::kForeignUrl:
      return "the proxies fetch nothing: pass a URL of this emulator as one of its responses has "
             "it";
    case playback::PlaybackError::kPosterRefused:
    case playback::PlaybackError::kPosterNotFound:
      return "use the Url of GET /api/Videos/{id}/Thumbnails unchanged; it is valid for 14 days";
    case playback::PlaybackError::kVideoNotCompleted:
    case playback::PlaybackError::kConditionNotMet:
    case playback::PlaybackError::kRangeNotSatisfiable:
      return {};
  }
  return {};
}

}  // namespace

std::string AdviceFor(const Error& error) {
  if (const auto video = error.code.As<videos::VideoError>()) return AdviceFor(*video);
  if (const auto key = error.code.As<keys::KeyError>()) return AdviceFor(*key);
  if (const auto playback = error.code.As<playback::PlaybackError>()) return AdviceFor(*playback);
  return {};
}

}  // namespace msc::control
