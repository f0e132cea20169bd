#include "emulator/videos/video_catalog.h"

#include <chrono>
#include <unordered_set>
#include <utility>

#include "emulator/base/guid.h"
#include "emulator/processing/program.h"
#include "emulator/videos/magic_name.h"
#include "emulator/videos/wire.h"

namespace msc::videos {
namespace {

using namespace std::chrono_literals;

// Signatures start a little earlier, for clients whose clocks are slow.
constexpr auto kClockSkew = 5min;
constexpr auto kUploadLife = 12h + 30min;
constexpr auto kPosterLife = 14 * 24h;

constexpr std::size_t kInputKeyBytes = 32;
constexpr std::size_t kInputIvBytes = 8;

Time SignatureStart(const Clock& clock) {
  return std::chrono::floor<std::chrono::seconds>(clock.Now()) - kClockSkew;
}

// Whether a container is one that Create made.
bool IsAsset(std::string_view container) {
  return container.starts_with(kContainerPrefix) &&
         ParseGuid(container.substr(kContainerPrefix.size()));
}

InputEncryption NewInputEncryption(Random& random) {
  return {.key = random.Next(kInputKeyBytes),
          .iv = random.Next(kInputIvBytes) + Bytes(kInputIvBytes, '\0')};
}

}  // namespace

VideoCatalog::VideoCatalog(const VideoServiceOptions& options, const Clock& clock, Random& random,
                           storage::BlobService& blobs, keys::KeyService& keys, Log log)
    : options_(options),
      clock_(clock),
      random_(random),
      blobs_(blobs),
      keys_(keys),
      log_(std::move(log)),
      store_(options.data_directory, clock, options.durability) {
  if (!options.data_directory.empty()) Sweep();
}

void VideoCatalog::Sweep() {
  std::unordered_set<std::string> containers;
  std::unordered_set<std::string> closed_policies;
  std::unordered_set<std::string> keys;
  for (const auto& video : store_.List()) {
    containers.insert(video.container());
    if (video.state() != VideoState::kPending) closed_policies.insert(video.policy_id);
    if (video.key_id) keys.insert(*video.key_id);
  }
  for (const auto& name : blobs_.ContainerNames()) {
    if (IsAsset(name) && !containers.contains(name)) (void)blobs_.DeleteContainer(name);
  }
  for (const auto& [container, id] : blobs_.PolicyNames()) {
    if (closed_policies.contains(id)) blobs_.RemovePolicy(container, id);
  }
  for (const auto& id : keys_.KeyIds()) {
    if (!keys.contains(id)) keys_.DeleteKey(id);
  }
}

Result<Video> VideoCatalog::Create(const NewVideo& wanted) {
  auto id = wanted.id.empty() ? NewGuid(random_) : ParseGuid(wanted.id);
  if (!id) return Error{ErrorCode::kParameterInvalid, "the id '" + wanted.id + "' is no GUID"};
  const SharedLock changing(changing_);
  Video video{.id = *std::move(id),
              .asset_id = NewGuid(random_),
              .file_id = NewGuid(random_),
              .extension = wanted.extension,
              .original_name = wanted.original_name,
              .policy_id = NewGuid(random_),
              .locator_id = NewGuid(random_),
              .upload_starts = SignatureStart(clock_)};
  if (auto opened = OpenUpload(video); !opened) return opened.error();

  if (wanted.is_protected) video.key_id = keys_.CreateKey();
  if (wanted.is_input_encrypted) video.input_encryption = NewInputEncryption(random_);
  if (options_.magic_names && !options_.strict) {
    auto program = ProgramOfName(video.original_name, options_.processing_time);
    if (program) video.progress.program = std::move(program->steps);
  }
  if (auto inserted = store_.Insert(video); !inserted) {
    Discard(video);
    return inserted.error();
  }
  return video;
}

Status VideoCatalog::OpenUpload(const Video& video) {
  const storage::StoredPolicy policy{.id = video.policy_id,
                                     .permissions = options_.upload_permissions};
  // It is there already where a video is opened again and no client has deleted it.
  (void)blobs_.CreateContainer(video.container());
  return blobs_.SetPolicy(video.container(), policy);
}

void VideoCatalog::Discard(const Video& video) {
  if (video.key_id) keys_.DeleteKey(*video.key_id);
  // A client with storage credentials may have deleted it already.
  (void)blobs_.DeleteContainer(video.container());
}

Result<Video> VideoCatalog::Find(const std::string& id) { return store_.Find(id); }

Result<Video> VideoCatalog::FindReady(const std::string& id) {
  auto video = store_.Find(id);
  if (!video) return video;
  if (video->state() != VideoState::kCompleted) {
    return Error{ErrorCode::kVideoNotReady, "video " + id + ": it is not completed yet"};
  }
  return video;
}

Result<processing::Progress> VideoCatalog::FindStatus(const std::string& id) {
  auto status = store_.FindStatus(id);
  if (!status || !processing::IsDue(*status, clock_.Now())) return status;
  auto video = store_.Find(id);
  if (!video) return video.error();
  return std::move(video->progress);
}

Result<processing::Progress> VideoCatalog::Poll(const std::string& id) {
  auto status = store_.FindStatus(id);
  if (!status) return status;
  if (!status->polls_left && !processing::IsDue(*status, clock_.Now())) return status;
  auto video = store_.Change(id, [](processing::Progress& progress, Time now) -> Status {
    processing::Poll(progress, now);
    return Done{};
  });
  if (!video) return video.error();
  return std::move(video->progress);
}

Status VideoCatalog::CheckUploaded(const Video& video) const {
  if (blobs_.FindBlob(video.container(), video.file_name())) return Done{};
  const std::string message = "video " + video.id + ": nothing has been uploaded";
  if (options_.strict) return Error{ErrorCode::kNothingUploaded, message};
  log_(LogLevel::kWarning, message);
  return Done{};
}

Status VideoCatalog::MarkComplete(const std::string& id) {
  const auto video = store_.Find(id);
  if (!video) return video.error();
  if (video->state() != VideoState::kPending) return Done{};
  if (auto uploaded = CheckUploaded(*video); !uploaded) return uploaded;

  const auto otherwise = ProgramOtherwise();
  return ChangeState(*video, VideoState::kProcessing,
                     [&](processing::Progress& progress, Time now) {
                       if (progress.state == VideoState::kPending)
                         processing::Start(progress, otherwise, now);
                     });
}

Status VideoCatalog::SetState(const std::string& id, VideoState state, int code,
                              std::string_view reason) {
  const auto video = store_.Find(id);
  if (!video) return video.error();
  Step end{.state = state};
  if (state == VideoState::kFailed) {
    end.code = code;
    end.reason = reason;
    if (auto checked = processing::Check({{end}}); !checked) return checked;
  }
  const auto otherwise = ProgramOtherwise();
  return ChangeState(*video, state, [&](processing::Progress& progress, Time now) {
    if (state == VideoState::kPending) {
      processing::Reopen(progress);
    } else if (state == VideoState::kProcessing) {
      processing::Start(progress, otherwise, now);
    } else {
      processing::End(progress, end, now);
    }
  });
}

Status VideoCatalog::ChangeState(const Video& video, VideoState to,
                                 const std::function<void(processing::Progress&, Time)>& edit) {
  const MutexLock lock(upload_mutex_);
  if (to == VideoState::kPending) {
    if (auto opened = OpenUpload(video); !opened) return opened;
  }
  const auto moved = store_.Change(video.id, [&](processing::Progress& progress, Time now) {
    edit(progress, now);
    return Status(Done{});
  });
  if (!moved) {
    Discard(video);  // It was deleted meanwhile.
    return moved.error();
  }
  if (to != VideoState::kPending) blobs_.RemovePolicy(video.container(), video.policy_id);
  return Done{};
}

Result<Video> VideoCatalog::Seed(const NewVideo& wanted, VideoState state, int code,
                                 std::string_view reason) {
  auto video = Create(wanted);
  if (!video || state == VideoState::kPending) return video;
  if (auto set = SetState(video->id, state, code, reason); !set) {
    (void)Delete(video->id);
    return set.error();
  }
  return store_.Find(video->id);
}

Status VideoCatalog::SetProgram(const std::string& id, const Program& program) {
  if (auto checked = processing::Check(program); !checked) return checked;
  const auto changed = store_.Change(id, [&](processing::Progress& progress, Time now) {
    return processing::SetProgram(progress, program, now);
  });
  if (!changed) return changed.error();
  return Done{};
}

Status VideoCatalog::SetDefaultProgram(const std::optional<Program>& program) {
  if (program) {
    if (auto checked = processing::Check(*program); !checked) return checked;
  }
  const MutexLock lock(program_mutex_);
  default_program_ = program;
  return Done{};
}

std::optional<Program> VideoCatalog::DefaultProgram() const {
  const MutexLock lock(program_mutex_);
  return default_program_;
}

Program VideoCatalog::ProgramOtherwise() const {
  return DefaultProgram().value_or(Program::AfterTime(options_.processing_time));
}

Status VideoCatalog::Delete(const std::string& id) {
  const SharedLock changing(changing_);
  const auto video = store_.Find(id);
  if (!video) return video.error();
  if (auto deleted = store_.Delete(id); !deleted) return deleted;
  Discard(*video);
  return Done{};
}

void VideoCatalog::Clear() {
  for (const auto& video : store_.Clear()) Discard(video);
  (void)SetDefaultProgram(std::nullopt);
}

Result<std::string> VideoCatalog::IssueToken(const std::string& id, std::string_view key_id,
                                             std::string_view host) {
  const auto video = store_.Find(id);
  if (!video) return video.error();
  if (video->key_id != key_id) {
    return Error{ErrorCode::kKeyNotFound, "video " + id + " is not protected with that key"};
  }
  return keys_.IssueToken(key_id, host);
}

std::string VideoCatalog::UploadSignature(const Video& video) const {
  return blobs_.SignByPolicy(video.container(), video.policy_id, video.upload_starts,
                             video.upload_starts + kUploadLife);
}

std::string VideoCatalog::PosterSignature(const Video& video) const {
  const Time starts = SignatureStart(clock_);
  return blobs_.SignBlob(video.container(), wire::kPoster, "r", starts, starts + kPosterLife);
}

}  // namespace msc::videos
