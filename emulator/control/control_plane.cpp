#include "emulator/control/control_plane.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "emulator/base/encoding.h"
#include "emulator/base/plaintext.h"
#include "emulator/base/text.h"
#include "emulator/base/time_format.h"
#include "emulator/control/error/control_error.h"
#include "emulator/control/json/render.h"
#include "emulator/http/http_error.h"

namespace msc::control {
namespace {

constexpr std::size_t kVideosAtOnce = 500;

// The method and the target of a request line, as far as they can be told.
void TakeRequestLine(std::string_view line, RequestRecord& record) {
  const auto space = line.find(' ');
  const auto name = line.substr(0, space);
  if (const auto method = http::ParseMethod(name)) {
    record.method = *method;
  } else {
    record.other_method = name.empty() ? "-" : name;
  }
  if (space == std::string_view::npos) return;
  record.target = line.substr(space + 1, line.rfind(" HTTP/") - space - 1);
}

}  // namespace

ControlPlane::ControlPlane(const ControlPlaneParts& parts, std::optional<std::uint64_t> random_seed,
                           std::vector<RouteName> routes, RequestLogOptions request_log,
                           MediaWorkOptions media, const Log& log)
    : parts_(parts),
      random_start_(parts.random.position()),
      log_(log),
      faults_(parts.clock, random_seed, expressions_),
      diagnostics_(parts.clock, parts.videos, parts.blobs),
      explainer_(std::move(routes), parts.videos),
      request_log_(std::move(request_log), explainer_, parts.clock),
      state_({.database = parts.database,
              .blobs = parts.blobs,
              .clock = parts.clock,
              .random = parts.random,
              .log = log,
              .on_records_replaced = [this] { parts_.videos.OnRecordsReplaced(); }}),
      archive_(state_),
      scheduler_(parts.clock, parts.videos, log),
      media_(std::move(media), parts.videos, parts.blobs, events_, log) {}

ControlPlane::~ControlPlane() { End(); }

void ControlPlane::Start() {
  parts_.videos.Listen({.on_transition = [this](const Transition& change) { OnTransition(change); },
                        .on_media_wanted = [this](const auto& id) { media_.Begin(id); },
                        .on_media_unwanted = [this](const auto& id) { media_.Cancel(id); },
                        .on_replaced = [this] { media_.CancelAll(); },
                        .on_change = [this] { scheduler_.Notify(); }});
  faults_.Listen([this](std::int64_t id) {
    events_.Add("fault", [id] { return Dump({{"faultId", id}}); });
  });
  diagnostics_.Listen([this](const Diagnostic& found) {
    events_.Add("diagnostic", [found] { return Dump(DiagnosticJson(found)); });
  });
  scheduler_.Start([this] { OnClockMove(); });
  media_.Resume();
}

void ControlPlane::End() {
  delays_.End();
  journal_.End();
  events_.End();
  scheduler_.End();
}

void ControlPlane::OnTransition(const Transition& transition) {
  events_.Add("transition", [transition] { return Dump(TransitionsJson({transition}).front()); });
  scheduler_.Notify();
}

void ControlPlane::OnRequest(const Entry& entry) {
  counters_.Note(*entry.record);
  // Only its id, because the journal decides how long requests are kept.
  events_.Add("request", [this, id = entry.record->id] {
    const auto kept = journal_.Get(id);
    return Dump(kept ? ShortRequestJson(*kept->record) : Json{{"id", id}});
  });
  diagnostics_.Note(entry);
}

void ControlPlane::OnRejection(const http::Rejection& rejection) noexcept {
  try {
    RequestRecord record{.status = rejection.status,
                         .is_answered = true,
                         .decided = rejection.status,
                         .at = parts_.clock.Now(),
                         .received_at = std::chrono::steady_clock::now(),
                         .error = std::make_shared<const Error>(
                             Error{http::HttpError::kMalformedRequest, rejection.message})};
    TakeRequestLine(rejection.request_line, record);
    const Entry entry = journal_.Add(std::move(record), {});
    OnRequest(entry);
    request_log_.Note(*entry.record, nullptr);
  } catch (const std::exception& error) {
    log_(LogLevel::kError, std::string("a rejected request is not recorded: ") + error.what());
  }
}

void ControlPlane::OnClockMove() {
  const auto state = parts_.clock.Save();
  events_.Add("clock", [state] {
    return Dump({{"mode", Name(state.mode)}, {"currentInstant", FormatMillis(state.now)}});
  });
}

Result<VideoInfo> ControlPlane::FindVideo(const std::string& id) {
  scheduler_.FireDue();
  const auto details = parts_.videos.Find(id);
  if (!details) return details.error();
  storage::HashBudget budget;
  return Describe(*details, budget);
}

std::vector<VideoInfo> ControlPlane::Videos() {
  scheduler_.FireDue();
  std::vector<VideoInfo> videos;
  videos::VideoPage page{.most = kVideosAtOnce};
  do {
    const auto found = parts_.videos.List(page);
    for (const auto& details : found) {
      storage::HashBudget budget;
      videos.push_back(Describe(details, budget));
    }
    page.after = found.empty() ? page.after : found.back().number;
    page.most = found.size();
  } while (page.most == kVideosAtOnce);
  return videos;
}

videos::VideoCounts ControlPlane::CountVideos() {
  scheduler_.FireDue();
  return parts_.videos.Count();
}

VideoInfo ControlPlane::Describe(const videos::VideoDetails& details, storage::HashBudget& budget) {
  const auto& video = details.video;
  VideoInfo info{.id = video.id,
                 .state = details.state,
                 .file_name = video.file_name(),
                 .original_name = video.original_name,
                 .duration = std::chrono::round<std::chrono::seconds>(video.duration),
                 .key_id = video.key_id,
                 .failure_code = details.failure_code,
                 .failure_reason = details.failure_reason,
                 .history = details.history,
                 .diagnostics = diagnostics_.Of(video.id, video.container())};
  if (const auto blob = parts_.blobs.Inspect(video.container(), video.file_name(), budget)) {
    info.uploaded_bytes = blob->size;
    info.upload_sha256 = blob->sha256;
    info.upload_blocks = static_cast<int>(blob->blocks);
    info.upload_error = blob->error;
    if (video.input_encryption && blob->error.empty())
      info.upload_is_plaintext = LooksLikePlaintext(blob->head);
  }
  info.media = media_.InfoOf(details);
  const auto polling = diagnostics_.PollingOf(video.id);
  info.polls = polling.polls;
  info.min_poll_interval = polling.min_interval;
  info.polls_after_end = polling.polls_after_end;
  return info;
}

Status ControlPlane::SetState(const std::string& id, VideoState state, int code,
                              std::string_view reason) {
  auto set = parts_.videos.SetState(id, state, code, reason);
  scheduler_.Notify();
  return set;
}

Status ControlPlane::SetProgram(const std::string& id, const Program& program) {
  auto set = parts_.videos.SetProgram(id, program);
  scheduler_.Notify();
  return set;
}

Status ControlPlane::Reset(const Keep& keep) {
  const MutexLock lock(state_mutex_);
  if (!keep.videos) {
    if (auto cleared = state_.Clear(random_start_); !cleared) return cleared;
  }
  if (!keep.faults) faults_.Clear();
  delays_.CancelAll();
  if (!keep.program) {
    (void)parts_.videos.SetDefaultProgram(std::nullopt);
    parts_.blobs.SetCopyDuration(std::chrono::milliseconds::zero());
  }
  if (!keep.requests) {
    journal_.Clear();
    diagnostics_.Clear();
  }
  if (!keep.clock) scheduler_.Reset();
  OnRecordsReplaced("reset");
  return Done{};
}

void ControlPlane::OnRecordsReplaced(const std::string& by) {
  media_.Resume();
  events_.Add("reset", [by] { return Dump({{"by", by}}); });
  scheduler_.Notify();
}

Status ControlPlane::TakeSnapshot(const std::string& name) {
  const MutexLock lock(state_mutex_);
  if (auto room = snapshots_.CheckRoom(name); !room) return room;
  return snapshots_.Put(name, state_.Take());
}

Status ControlPlane::RestoreSnapshot(const std::string& name) {
  const MutexLock lock(state_mutex_);
  const auto snapshot = snapshots_.Find(name);
  if (!snapshot) {
    return Error{ControlError::kNotFound, "there is no snapshot called '" + name + "'"};
  }
  auto restored = scheduler_.Replace([&] { return state_.Restore(*snapshot); });
  if (restored) OnRecordsReplaced("snapshot " + name);
  return restored;
}

bool ControlPlane::DeleteSnapshot(const std::string& name) {
  const MutexLock lock(state_mutex_);
  return snapshots_.Erase(name);
}

std::vector<std::string> ControlPlane::SnapshotNames() {
  const MutexLock lock(state_mutex_);
  return snapshots_.Names();
}

std::unique_ptr<http::BodySource> ControlPlane::Export() { return archive_.Export(); }

Status ControlPlane::Import(http::BodyReader& body) {
  return state_.Try([&] { return ImportRead(body); });
}

Status ControlPlane::ImportRead(http::BodyReader& body) {
  const auto import = archive_.Read(body);  // No lock is held, however slowly the body arrives.
  if (!import) return import.error();

  const MutexLock lock(state_mutex_);
  auto replaced = scheduler_.Replace([&] { return archive_.Replace(*import); });
  if (replaced) OnRecordsReplaced("import");
  return replaced;
}

}  // namespace msc::control
