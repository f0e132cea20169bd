#include "emulator/control/diagnostics/diagnostics.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <set>
#include <utility>

#include "emulator/base/plaintext.h"
#include "emulator/control/diagnostics/content_kind.h"

namespace msc::control {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kPoliteInterval = std::chrono::seconds(1);

using enum DiagnosticCode;

constexpr std::string_view kUncommittedMessage =
    "blocks were uploaded and never committed; PUT a block list that names them";

bool IsSuccess(const RequestRecord& record) {
  return record.decided >= 200 && record.decided < 300;
}

// Whether it uploads a part of a blob, which says nothing of the whole.
bool IsPart(Operation operation) {
  return operation == Operation::kPutBlock || operation == Operation::kAppendBlock ||
         operation == Operation::kPutPage;
}

bool IsUpload(Operation operation) {
  return operation == Operation::kPutBlob || operation == Operation::kPutBlockList ||
         IsPart(operation);
}

// Whether a response to GET Status says that the video is completed or failed. Quotes inside its
// message are escaped, so the message cannot match.
bool TellsEnd(std::string_view answer) {
  return answer.find(R"("Status":"Completed")") != std::string_view::npos ||
         answer.find(R"("Status":"Failed")") != std::string_view::npos;
}

}  // namespace

Diagnostics::Diagnostics(const Clock& clock, videos::VideoService& videos,
                         storage::BlobService& blobs)
    : clock_(clock), videos_(videos), blobs_(blobs) {}

void Diagnostics::Note(const Entry& entry) {
  const RequestRecord& record = *entry.record;
  if (record.video_id.empty() || !record.operation) return;
  if (!record.remark.empty()) {
    Found(
        kSignatureOutOfTime, record,
        "signed for another time, which is forgiven here and not by the service: " + record.remark);
  }
  NoteFraming(record);
  switch (*record.operation) {
    case Operation::kGetStatus:
      if (record.status == 200) NotePoll(record, entry.bodies->response);
      break;
    case Operation::kMarkComplete:
      NoteMarkComplete(record);
      break;
    case Operation::kPutBlob:
    case Operation::kPutBlock:
    case Operation::kPutBlockList:
    case Operation::kAppendBlock:
    case Operation::kPutPage:
      NoteUpload(record, entry.bodies->request);
      break;
    case Operation::kGetAuthorizationToken:
      if (record.status == 200) NoteToken(record);
      break;
    case Operation::kGetKey:
      if (record.status == 200) NoteKey(record);
      break;
    case Operation::kGetManifest:
      NoteManifest(record);
      break;
    case Operation::kGetFragment:
      if (IsSuccess(record)) NoteFragment(record);
      break;
    default:
      break;
  }
}

// Reports what --loose accepts about the length of a body.
void Diagnostics::NoteFraming(const RequestRecord& record) {
  if (record.decided == 0 || record.decided == 411) return;
  const bool has_body = record.method == http::Method::kPost || record.method == http::Method::kPut;
  const bool is_chunked = http::Find(record.headers, "Transfer-Encoding").has_value();
  if (has_body && !is_chunked && !http::Find(record.headers, "Content-Length")) {
    Found(kLengthMissing, record,
          "sent without a length, which the service answers 411; send Content-Length: 0 with an "
          "empty body (curl: -d '')");
  }
  if (is_chunked && IsUpload(*record.operation)) {
    Found(
        kChunkedUpload, record,
        "uploaded in chunks without a length, which the service answers 411; send Content-Length");
  }
}

void Diagnostics::NotePoll(const RequestRecord& record, const std::string& answer) {
  const bool tells_end = record.is_answered && TellsEnd(answer);
  bool too_fast = false;
  bool after_end = false;
  {
    const MutexLock lock(mutex_);
    Track& track = tracks_[record.video_id];
    if (track.polls++ > 0) {
      const auto interval = std::chrono::floor<milliseconds>(
          std::max(record.received_at - track.last_poll, std::chrono::nanoseconds(0)));
      const auto count = static_cast<std::int32_t>(
          std::min<std::int64_t>(interval.count(), std::numeric_limits<std::int32_t>::max()));
      too_fast = interval < kPoliteInterval && clock_.mode() != Clock::Mode::kFrozen;
      if (track.min_interval_ms < 0 || count < track.min_interval_ms) track.min_interval_ms = count;
    }
    track.last_poll = record.received_at;
    // If a test has put the video back into an earlier state, polling it again is right.
    after_end = track.was_told_end && TellsEnd(answer);
    if (after_end) ++track.polls_after_end;
    track.was_told_end = tells_end || after_end;
  }
  if (too_fast) {
    Found(kPolledTooFast, record, "polled faster than once a second; wait longer between polls");
  }
  if (after_end) {
    Found(kPolledAfterEnd, record,
          "polled after it was told the end; stop at Completed and Failed");
  }
}

void Diagnostics::NoteMarkComplete(const RequestRecord& record) {
  const auto details = videos_.Find(record.video_id);
  if (!details) return;
  const auto& video = details->video;
  if (!blobs_.FindBlob(video.container(), video.file_name())) {
    Found(kMarkCompleteBeforeUpload, record,
          "marked complete before anything was uploaded; PUT the file to UploadUri first");
  }
  if (blobs_.UncommittedBlocks(video.container()) > 0) {
    Found(kBlocksNotCommitted, record, std::string(kUncommittedMessage));
  }
}

void Diagnostics::NoteUpload(const RequestRecord& record, std::string_view body) {
  const auto state = videos_.State(record.video_id);
  if (!state) return;
  if (*state != VideoState::kPending) {
    Found(kUploadAfterMarkComplete, record,
          "uploaded after MarkComplete; the upload URL is closed by then");
  }
  if (!IsPart(*record.operation) && IsSuccess(record)) CheckContent(record, body);
}

Result<Bytes> Diagnostics::StoredHead(const std::string& video_id) const {
  const auto details = videos_.Find(video_id);
  if (!details) return details.error();
  return blobs_.Head(details->video.container(), details->video.file_name());
}

void Diagnostics::CheckContent(const RequestRecord& record, std::string_view head) {
  const auto is_encrypted = videos_.IsInputEncrypted(record.video_id);
  if (!is_encrypted) return;
  Bytes stored;
  if (record.operation != Operation::kPutBlob || *is_encrypted) {
    auto read = StoredHead(record.video_id);
    if (!read) return;
    head = stored = *std::move(read);
  }
  if (LooksLikeForm(head)) {
    Found(kFormUploaded, record,
          "uploaded as a multipart form, whose boundaries are now part of the video; PUT the bytes "
          "of the file alone (curl: --upload-file, not -F)");
  } else if (LooksLikeMarkup(head)) {
    Found(kTextUploaded, record,
          "uploaded JSON, HTML or XML where a video was announced; is it an error page, or the "
          "answer "
          "to another request?");
  }
  if (*is_encrypted && LooksLikePlaintext(head)) {
    Found(kPlaintextUploaded, record,
          "uploaded as plaintext where AES256 was asked for; encrypt it with "
          "InputStorageEncryptionSymmetricKey and -Iv");
  }
}

void Diagnostics::NoteToken(const RequestRecord& record) {
  const MutexLock lock(mutex_);
  Track& track = tracks_[record.video_id];
  track.has_token = true;
  track.token_at = record.at;
}

// A player keeps a key. One that asks for it with every fragment of one or two tracks costs the
// service one more request each.
void Diagnostics::NoteKey(const RequestRecord& record) {
  constexpr int kTracks = 2;
  constexpr int kTooOften = 3;
  bool too_often = false;
  {
    const MutexLock lock(mutex_);
    Track& track = tracks_[record.video_id];
    track.has_key = true;
    const bool in_step = track.fragments_since_key > 0 && track.fragments_since_key <= kTracks;
    track.keys_in_step = in_step ? static_cast<std::uint8_t>(track.keys_in_step + 1) : 0;
    track.fragments_since_key = 0;
    too_often = track.keys_in_step >= kTooOften;
    if (too_often) track.keys_in_step = kTooOften - 1;
  }
  if (!too_often) return;
  Found(kKeyFetchedAgain, record,
        "the key was fetched again with every fragment; keep it for as long as the manifest names "
        "the same URL for it");
}

// A player begins, or a playlist is read again; each playlist may ask for the key.
void Diagnostics::NoteManifest(const RequestRecord& record) {
  const MutexLock lock(mutex_);
  const auto track = tracks_.find(record.video_id);
  if (track == tracks_.end()) return;
  track->second.keys_in_step = 0;
  track->second.fragments_since_key = 0;
}

void Diagnostics::NoteFragment(const RequestRecord& record) {
  const MutexLock lock(mutex_);
  Track& track = tracks_[record.video_id];
  if (track.fragments_since_key < UINT8_MAX) ++track.fragments_since_key;
  if (track.has_fragment) return;
  track.has_fragment = true;
  track.fragment_at = record.at;
}

void Diagnostics::Found(DiagnosticCode code, const RequestRecord& record, std::string message) {
  Diagnostic diagnostic{.code = code,
                        .video_id = record.video_id,
                        .message = std::move(message),
                        .first_at = record.at};
  {
    const MutexLock lock(mutex_);
    auto& known = diagnostics_[record.video_id];
    const auto same = std::find_if(known.begin(), known.end(),
                                   [&](const auto& each) { return each.code == code; });
    if (same != known.end()) {
      ++same->count;
      return;
    }
    known.push_back(diagnostic);
  }
  if (on_found_) on_found_(diagnostic);
}

std::vector<Diagnostic> Diagnostics::Of(const std::string& video_id, const std::string& container) {
  std::vector<Diagnostic> diagnostics;
  {
    const MutexLock lock(mutex_);
    const auto known = diagnostics_.find(video_id);
    if (known != diagnostics_.end()) diagnostics = known->second;
  }
  AddOpen(video_id, container, diagnostics);
  return diagnostics;
}

void Diagnostics::AddOpen(const std::string& video_id, const std::string& container,
                          std::vector<Diagnostic>& diagnostics) {
  {
    const MutexLock lock(mutex_);
    const auto track = tracks_.find(video_id);
    if (track != tracks_.end() && track->second.has_token && !track->second.has_key) {
      diagnostics.push_back({.code = kTokenNotUsed,
                             .video_id = video_id,
                             .message = "a token was fetched for nothing: no key was asked for "
                                        "with it",
                             .first_at = track->second.token_at});
    }
  }
  if (!container.empty()) AddOpenPlayback(video_id, diagnostics);
  const bool is_known = std::any_of(diagnostics.begin(), diagnostics.end(), [](const auto& each) {
    return each.code == kBlocksNotCommitted;
  });
  if (container.empty() || is_known) return;
  const auto blocks = blobs_.UncommittedBlocks(container);
  if (blocks == 0) return;
  diagnostics.push_back({.code = kBlocksNotCommitted,
                         .video_id = video_id,
                         .message = std::string(kUncommittedMessage),
                         .first_at = clock_.Now(),
                         .count = static_cast<int>(blocks)});
}

void Diagnostics::AddOpenPlayback(const std::string& video_id,
                                  std::vector<Diagnostic>& diagnostics) {
  Time first_at;
  {
    const MutexLock lock(mutex_);
    const auto track = tracks_.find(video_id);
    if (track == tracks_.end() || !track->second.has_fragment || track->second.has_key) return;
    first_at = track->second.fragment_at;
  }
  const auto details = videos_.Find(video_id);
  if (!details || !details->video.key_id) return;
  diagnostics.push_back(
      {.code = kPlayedWithoutKey,
       .video_id = video_id,
       .message = "fragments of a protected video were fetched, but not the key that decrypts "
                  "them; fetch it from the URL in the manifest, with a token of "
                  "AuthorizationToken as the header Authorization or the parameter token",
       .first_at = first_at});
}

std::set<std::string> Diagnostics::Suspects() {
  std::set<std::string> ids;
  for (const auto& container : blobs_.ContainersWithUncommittedBlocks()) {
    if (!container.starts_with(videos::kContainerPrefix)) continue;
    const auto id = videos_.IdOfAsset(container.substr(videos::kContainerPrefix.size()));
    if (id) ids.insert(*id);
  }
  const MutexLock lock(mutex_);
  for (const auto& [id, diagnostics] : diagnostics_) ids.insert(id);
  for (const auto& [id, track] : tracks_) {
    if (track.has_token || track.has_fragment) ids.insert(id);
  }
  return ids;
}

// In the order of the videos' creation; those of deleted ones are last.
std::vector<Diagnostic> Diagnostics::All() {
  std::map<std::pair<std::int64_t, std::string>, std::string> containers;  // By number and id.
  for (const auto& id : Suspects()) {
    const auto details = videos_.Find(id);
    const auto number = details ? details->number : std::numeric_limits<std::int64_t>::max();
    containers[{number, id}] = details ? details->video.container() : "";
  }
  std::vector<Diagnostic> all;
  for (const auto& [key, container] : containers) {
    auto of_video = Of(key.second, container);
    all.insert(all.end(), std::make_move_iterator(of_video.begin()),
               std::make_move_iterator(of_video.end()));
  }
  return all;
}

Polling Diagnostics::PollingOf(const std::string& video_id) const {
  const MutexLock lock(mutex_);
  const auto found = tracks_.find(video_id);
  if (found == tracks_.end()) return {};
  const Track& track = found->second;
  Polling polling{.polls = track.polls, .polls_after_end = track.polls_after_end};
  if (track.min_interval_ms >= 0) polling.min_interval = milliseconds(track.min_interval_ms);
  return polling;
}

void Diagnostics::Clear() {
  const MutexLock lock(mutex_);
  tracks_.clear();
  diagnostics_.clear();
}

}  // namespace msc::control
