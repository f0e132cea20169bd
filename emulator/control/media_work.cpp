#include "emulator/control/media_work.h"

#include <exception>
#include <utility>

#include "emulator/base/ctr_cipher.h"
#include "emulator/base/media_signature.h"
#include "emulator/control/json/render.h"

namespace msc::control {
namespace {

MediaTrack TrackOf(const processing::Track& track) {
  return {.name = track.name,
          .codecs = track.codecs,
          .bitrate = track.bitrate,
          .width = track.width,
          .height = track.height,
          .language = track.language};
}

MediaInfo InfoOf(const processing::MediaDescription& media) {
  MediaInfo info{.state = MediaInfo::State::kReady};
  for (const auto& track : media.tracks) info.tracks.push_back(TrackOf(track));
  return info;
}

MediaInfo InfoOf(const processing::MediaProgress& progress) {
  return {
      .state = MediaInfo::State::kWorking, .phase = progress.phase, .percent = progress.percent};
}

bool DecryptsToMedia(const videos::Video& video, std::string_view head) {
  const auto& input = video.input_encryption;
  if (!input) return false;
  Bytes text(head);
  Aes256Ctr(input->key, input->iv).Apply(text);
  return BeginsAsMedia(text);
}

}  // namespace

MediaWork::MediaWork(MediaWorkOptions options, videos::VideoService& videos,
                     storage::BlobService& blobs, EventLog& events, const Log& log)
    : options_(std::move(options)), videos_(videos), blobs_(blobs), events_(events), log_(log) {
  if (!options_.runner) return;
  runner_ = std::make_unique<processing::MediaRunner>(
      *options_.runner, blobs,
      processing::MediaRunnerHooks{
          .find_input = [this](const std::string& id) { return InputOf(id); },
          .on_progress = [this](const auto& id, const auto& progress) { OnProgress(id, progress); },
          .on_end = [this](const auto& id, auto outcome) { OnEnd(id, std::move(outcome)); }},
      log);
}

MediaWork::~MediaWork() = default;

bool MediaWork::IsFor(const videos::Video& video) const {
  if (!runner_) return false;
  if (options_.must_be_media) return true;
  const auto head = blobs_.Head(video.container(), video.file_name());
  return head && (BeginsAsMedia(*head) || DecryptsToMedia(video, *head));
}

void MediaWork::Begin(const std::string& video_id) {
  if (runner_) runner_->Submit(video_id);
}

void MediaWork::Cancel(const std::string& video_id) {
  if (runner_) runner_->Cancel(video_id);
}

void MediaWork::CancelAll() {
  if (runner_) runner_->CancelAll();
}

void MediaWork::Resume() {
  for (const auto& id : videos_.AwaitingMedia()) {
    if (runner_) {
      runner_->Submit(id);
    } else {
      (void)videos_.EndMedia(id, {});
    }
  }
}

MediaInfo MediaWork::InfoOf(const videos::VideoDetails& details) const {
  const auto& video = details.video;
  if (video.progress.awaits_media && runner_) {
    const auto progress = runner_->ProgressOf(video.id);
    return control::InfoOf(progress.value_or(processing::MediaProgress{"waiting", 0}));
  }
  if (details.media) return control::InfoOf(*details.media);
  return {.problem = video.media_problem};
}

std::optional<processing::MediaInput> MediaWork::InputOf(const std::string& video_id) const {
  const auto found = videos_.Find(video_id);
  if (!found || !found->video.progress.awaits_media) return std::nullopt;
  const auto& video = found->video;
  processing::MediaInput input{.container = video.container(),
                               .blob = video.file_name(),
                               .output_container = video.media_container()};
  if (video.input_encryption) {
    input.key = processing::MediaKey{video.input_encryption->key, video.input_encryption->iv};
  }
  return input;
}

void MediaWork::OnProgress(const std::string& video_id, const processing::MediaProgress& progress) {
  Announce(video_id, control::InfoOf(progress));
}

void MediaWork::OnEnd(const std::string& video_id, processing::MediaOutcome outcome) {
  videos::MediaResult result{
      .media = std::move(outcome.description),
      .is_obsolete = [cancelled = outcome.is_cancelled] { return cancelled->load(); }};
  if (outcome.failure) {
    result.problem = outcome.failure->reason;
    log_(LogLevel::kWarning, "video " + video_id + " cannot be played: " + result.problem);
    if (options_.must_be_media || outcome.failure->is_plaintext) {
      result.failure = Step{
          .state = VideoState::kFailed, .code = outcome.failure->code, .reason = result.problem};
    }
  }
  const auto is_wanted = videos_.EndMedia(video_id, result);
  if (!is_wanted || !*is_wanted) return;
  MediaInfo info = result.media ? control::InfoOf(*result.media) : MediaInfo{};
  info.problem = result.problem;
  Announce(video_id, info);
}

void MediaWork::Announce(const std::string& video_id, const MediaInfo& info) {
  events_.Add("media", [video_id, info] {
    Json json = {{"videoId", video_id}};
    json.update(MediaJson(info));
    return Dump(json);
  });
}

}  // namespace msc::control
