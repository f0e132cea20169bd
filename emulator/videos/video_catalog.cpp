#include "emulator/videos/video_catalog.h"

#include <chrono>
#include <unordered_set>
#include <utility>

#include "emulator/base/guid.h"
#include "emulator/processing/progress.h"
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
    if (video.completes) closed_policies.insert(video.policy_id);
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
  Video video{.id = NewGuid(random_),
              .asset_id = NewGuid(random_),
              .file_id = NewGuid(random_),
              .extension = wanted.extension,
              .policy_id = NewGuid(random_),
              .locator_id = NewGuid(random_),
              .upload_starts = SignatureStart(clock_)};
  const storage::StoredPolicy policy{.id = video.policy_id,
                                     .permissions = options_.upload_permissions};
  if (auto created = blobs_.CreateContainer(video.container()); !created) return created.error();
  if (auto set = blobs_.SetPolicy(video.container(), policy); !set) return set.error();

  if (wanted.is_protected) video.key_id = keys_.CreateKey();
  if (wanted.is_input_encrypted) video.input_encryption = NewInputEncryption(random_);
  store_.Insert(video);
  return video;
}

Result<Video> VideoCatalog::Find(const std::string& id) { return store_.Find(id); }

Result<Video> VideoCatalog::FindReady(const std::string& id) {
  auto video = store_.Find(id);
  if (!video) return video;
  if (processing::StateAt(video->completes, clock_.Now()) != VideoState::kCompleted) {
    return Error{ErrorCode::kVideoNotReady, "video " + id + " is not completed yet"};
  }
  return video;
}

Result<VideoState> VideoCatalog::FindState(const std::string& id) {
  const auto progress = store_.FindProgress(id);
  if (!progress) return progress.error();
  return processing::StateAt(progress->completes, clock_.Now());
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
  if (video->completes) return Done{};
  if (auto uploaded = CheckUploaded(*video); !uploaded) return uploaded;

  store_.MarkComplete(id, options_.processing_time);
  blobs_.RemovePolicy(video->container(), video->policy_id);
  return Done{};
}

Status VideoCatalog::Delete(const std::string& id) {
  const auto video = store_.Find(id);
  if (!video) return video.error();
  if (auto deleted = store_.Delete(id); !deleted) return deleted;
  if (video->key_id) keys_.DeleteKey(*video->key_id);
  // A client with storage credentials may have deleted it already.
  (void)blobs_.DeleteContainer(video->container());
  return Done{};
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

std::vector<Transition> VideoCatalog::TransitionsBetween(Time after, Time until) {
  std::vector<Transition> transitions;
  for (const auto& [video_id, completes] : store_.FindCompleting(after, until)) {
    auto transition = processing::TransitionBetween(video_id, completes, after, until);
    if (transition) transitions.push_back(*std::move(transition));
  }
  return transitions;
}

}  // namespace msc::videos
