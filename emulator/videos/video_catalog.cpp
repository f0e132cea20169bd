#include "emulator/videos/video_catalog.h"

#include <chrono>
#include <utility>

#include "emulator/base/guid.h"
#include "emulator/base/time_range.h"
#include "emulator/processing/program.h"
#include "emulator/videos/magic_name.h"
#include "emulator/videos/video_error.h"
#include "emulator/videos/wire.h"

namespace msc::videos {
namespace {

using namespace std::chrono_literals;

// Signatures begin a little earlier than now, for clients whose clocks are slow.
constexpr auto kClockSkew = 5min;
constexpr auto kUploadLife = 12h + 30min;
constexpr auto kPosterLife = 14 * 24h;

Time SignatureStart(const Clock& clock) {
  return Shifted(std::chrono::floor<std::chrono::seconds>(clock.Now()), -kClockSkew);
}

InputEncryption NewInputEncryption(Random& random) {
  return {.key = random.Next(kInputKeySize),
          .iv = random.Next(kInputNonceSize) + Bytes(kInputVectorSize - kInputNonceSize, '\0')};
}

Error WrongState(VideoError code, const std::string& id, const std::string& problem) {
  const std::string video = "video " + id;
  return {.code = code,
          .message = video + ": " + problem,
          .facts = StateConflict{.resource = video, .problem = problem}};
}

}  // namespace

VideoCatalog::VideoCatalog(const VideoServiceOptions& options, sqlite::Database& database,
                           const Clock& clock, Random& random, storage::BlobService& blobs,
                           keys::KeyService& keys, Log log)
    : options_(options),
      database_(database),
      clock_(clock),
      random_(random),
      blobs_(blobs),
      keys_(keys),
      log_(std::move(log)),
      store_(database, clock, log_) {}

Result<Video> VideoCatalog::Create(const NewVideo& wanted) {
  auto transaction = database_.Write();
  auto video = Create(transaction, wanted);
  if (video) transaction.Commit();
  return video;
}

// Ids are drawn inside the transaction, so that a restore comes before or after all of them.
Result<Video> VideoCatalog::Create(sqlite::Transaction& transaction, const NewVideo& wanted) {
  auto id = wanted.id.empty() ? NewGuid(random_) : ParseGuid(wanted.id);
  if (!id) return Error{VideoError::kParameterInvalid, "the id '" + wanted.id + "' is no GUID"};
  Video video{.id = *std::move(id),
              .asset_id = NewGuid(random_),
              .file_id = NewGuid(random_),
              .extension = wanted.extension,
              .original_name = wanted.original_name,
              .policy_id = NewGuid(random_),
              .locator_id = NewGuid(random_),
              .upload_starts = SignatureStart(clock_)};
  if (auto opened = OpenUpload(transaction, video); !opened) return opened.error();

  if (wanted.is_protected) video.key_id = keys_.CreateKey(transaction);
  if (wanted.is_input_encrypted) video.input_encryption = NewInputEncryption(random_);
  if (options_.magic_names && !options_.strict) {
    auto program = ProgramOfName(video.original_name, options_.processing_time);
    if (program) video.progress.program = std::move(program->steps);
  }
  if (auto inserted = store_.Insert(transaction, video); !inserted) return inserted.error();
  return video;
}

Status VideoCatalog::OpenUpload(sqlite::Transaction& transaction, const Video& video) {
  const storage::StoredPolicy policy{.id = video.policy_id,
                                     .permissions = options_.upload_permissions};
  // It exists if a video is opened again and no client has deleted it.
  (void)blobs_.CreateContainer(transaction, video.container());
  return blobs_.SetPolicy(transaction, video.container(), policy);
}

void VideoCatalog::Discard(sqlite::Transaction& transaction, const Video& video) {
  if (video.key_id) keys_.DeleteKey(transaction, *video.key_id);
  // A client with storage credentials may have deleted it already.
  (void)blobs_.DeleteContainer(transaction, video.container());
  (void)blobs_.DeleteContainer(transaction, video.media_container());
}

Result<Video> VideoCatalog::Find(const std::string& id) { return store_.Find(id); }

Result<Video> VideoCatalog::FindReady(const std::string& id) {
  auto video = store_.Find(id);
  if (!video) return video;
  if (video->state() != VideoState::kCompleted) {
    return WrongState(VideoError::kVideoNotReady, id, "it is not completed yet");
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
  Error error = WrongState(VideoError::kNothingUploaded, video.id, "nothing has been uploaded");
  if (options_.strict) return error;
  log_(LogLevel::kWarning, error.message);
  return Done{};
}

bool VideoCatalog::WantsMedia(const Video& video) const {
  return options_.wants_media && blobs_.FindBlob(video.container(), video.file_name()) &&
         options_.wants_media(video);
}

Status VideoCatalog::MarkComplete(const std::string& id) {
  const auto video = store_.Find(id);
  if (!video) return video.error();
  if (video->state() != VideoState::kPending) return Done{};
  if (auto uploaded = CheckUploaded(*video); !uploaded) return uploaded;

  const auto otherwise = ProgramOtherwise();
  const bool wants_media = WantsMedia(*video);
  auto transaction = database_.Write();
  auto changed = ChangeState(transaction, id, VideoState::kProcessing,
                             [&](processing::Progress& progress, Time now) {
                               if (progress.state != VideoState::kPending) return;
                               progress.awaits_media = wants_media;
                               processing::Start(progress, otherwise, now);
                             });
  if (changed) transaction.Commit();
  return changed;
}

Status VideoCatalog::SetState(const std::string& id, VideoState state, int code,
                              std::string_view reason) {
  const auto video = store_.Find(id);
  if (!video) return video.error();
  // What was packaged before stays unless the upload may have changed.
  const bool may_be_new = video->state() == VideoState::kPending &&
                          (state == VideoState::kProcessing || state == VideoState::kCompleted);
  const bool wants_media = may_be_new && WantsMedia(*video);
  auto transaction = database_.Write();
  auto set = SetState(transaction, id, state, code, reason, wants_media);
  if (set) transaction.Commit();
  return set;
}

Status VideoCatalog::SetState(sqlite::Transaction& transaction, const std::string& id,
                              VideoState state, int code, std::string_view reason,
                              bool wants_media) {
  Step end{.state = state};
  if (state == VideoState::kFailed) {
    end.code = code;
    end.reason = reason;
  }
  const auto otherwise = ProgramOtherwise();
  const auto edit = [&](processing::Progress& progress, Time now) {
    if (state == VideoState::kFailed) progress.awaits_media = false;
    if (wants_media && progress.state == VideoState::kPending) progress.awaits_media = true;
    if (state == VideoState::kPending) {
      processing::Reopen(progress);
    } else if (state == VideoState::kProcessing) {
      processing::Start(progress, otherwise, now);
    } else {
      processing::End(progress, end, now);
    }
  };
  if (const auto video = store_.Find(transaction, id); !video) return video.error();
  if (state == VideoState::kFailed) {
    if (auto checked = processing::Check({{end}}); !checked) return checked;
  }
  return ChangeState(transaction, id, state, edit);
}

Status VideoCatalog::ChangeState(sqlite::Transaction& transaction, const std::string& id,
                                 VideoState to,
                                 const std::function<void(processing::Progress&, Time)>& edit) {
  const auto video = store_.Change(transaction, id, [&](processing::Progress& progress, Time now) {
    edit(progress, now);
    return Status(Done{});
  });
  if (!video) return video.error();
  if (to == VideoState::kPending) return OpenUpload(transaction, *video);
  // It exists if the work was done before.
  if (video->progress.awaits_media) {
    (void)blobs_.CreateContainer(transaction, video->media_container());
  }
  blobs_.RemovePolicy(transaction, video->container(), video->policy_id);
  return Done{};
}

Result<Video> VideoCatalog::Seed(const NewVideo& wanted, VideoState state, int code,
                                 std::string_view reason) {
  auto transaction = database_.Write();
  auto video = Create(transaction, wanted);
  if (!video) return video;
  if (state != VideoState::kPending) {
    if (auto set = SetState(transaction, video->id, state, code, reason, false); !set)
      return set.error();
    video = store_.Find(transaction, video->id);
  }
  transaction.Commit();
  return video;
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
  auto transaction = database_.WriteFromReserve();
  const auto video = store_.Find(transaction, id);
  if (!video) return video.error();
  if (auto deleted = store_.Delete(transaction, id); !deleted) return deleted;
  Discard(transaction, *video);
  transaction.Commit();
  return Done{};
}

void VideoCatalog::Clear() {
  auto transaction = database_.WriteFromReserve();
  for (const auto& row : store_.Clear(transaction)) Discard(transaction, row.video);
  transaction.Commit();
  (void)SetDefaultProgram(std::nullopt);
}

Result<std::string> VideoCatalog::IssueToken(const std::string& id, std::string_view key_id,
                                             std::string_view host) {
  const auto video = store_.Find(id);
  if (!video) return video.error();
  if (video->key_id != key_id) {
    return Error{VideoError::kKeyNotFound, "video " + id + " is not protected with that key"};
  }
  return keys_.IssueToken(key_id, host);
}

std::string VideoCatalog::UploadSignature(const Video& video) const {
  return blobs_.SignByPolicy(video.container(), video.policy_id, video.upload_starts,
                             Shifted(video.upload_starts, kUploadLife));
}

std::string VideoCatalog::PosterSignature(const Video& video) const {
  const Time starts = SignatureStart(clock_);
  return blobs_.SignBlob(video.container(), processing::kPosterBlob, "r", starts,
                         Shifted(starts, kPosterLife));
}

}  // namespace msc::videos
