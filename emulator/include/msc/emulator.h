#pragma once

#include <msc/durability.h>
#include <msc/export.h>
#include <msc/fault.h>
#include <msc/logged_request.h>
#include <msc/media.h>
#include <msc/operation.h>
#include <msc/recorded_request.h>
#include <msc/video.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace msc {

// A storage account and its keys, in base64.
struct StorageAccount {
  std::string name = {};
  std::vector<std::string> keys = {};
};

// Every field has a working default: `Emulator emulator;` is a running one.
struct EmulatorOptions {
  // Host name or address to listen on. The default stands for both loopbacks, 127.0.0.1 and ::1.
  std::string host = "127.0.0.1";

  // TCP port; 0 picks a free one.
  int port = 0;

  // A port of its own, hence an origin of its own, for the blob endpoint; 0 picks a free one.
  // Absent: the blob endpoint shares `port`.
  std::optional<int> blob_port = {};

  // Folder that all data is kept in. Empty: all data is lost with the object.
  std::filesystem::path data_directory = {};

  // What a write survives after it was acknowledged.
  Durability durability = Durability::kProcess;

  // Time from MarkComplete to Completed.
  std::chrono::milliseconds processing_time = std::chrono::seconds(10);

  // What is done with uploads, as child processes: with kAuto or kFfmpeg a video is completed when
  // both its time is over and the work on its upload is done.
  Media media = Media::kOff;

  // How much that work may write for one upload besides a copy of it, in bytes, and how long it may
  // take, in the machine's time. Beyond that it fails.
  std::uint64_t media_limit = std::uint64_t{16} << 30;
  std::chrono::milliseconds media_timeout = std::chrono::minutes(30);

  // The storage account, and its key in base64. Empty: the well-known key of development storage.
  std::string account = "devstoreaccount1";
  std::string account_key = {};

  // More accounts. An account with the name above adds keys to it.
  std::vector<StorageAccount> accounts = {};

  // Whether the blob endpoint accepts tokens of Microsoft Entra ID, over HTTPS alone. Their issuer,
  // audience and times are checked, their signature is not.
  bool oauth = false;

  // Whether writes of blobs keep what was before as former versions.
  bool versioning = false;

  // Days for which deleted and overwritten blobs can come back, up to 365, as long as Set Blob
  // Service Properties says nothing else; 0: they cannot.
  int soft_delete_days = 0;

  // Base of the URLs in responses, such as "https://media.example". Empty: the request's own host.
  std::string external_url = {};

  // The same for upload URLs, including the account: "https://blobs.example/devstoreaccount1".
  std::string blob_external_url = {};

  // Permissions of the upload URL's stored access policy: letters out of "racwdl".
  std::string upload_permissions = "rw";

  // Origins whose pages may call /api: "local" (localhost, *.localhost, 127.0.0.1, [::1]), "*", or
  // a list of origins separated by commas.
  std::string cors_origins = "local";

  // The other servers that the blob endpoint copies from (Copy Blob, Put Blob From URL and so on):
  // a list, separated by commas, of hosts ("blobs.example", "127.0.0.1:9000") and of beginnings of
  // URLs ("https://blobs.example/public/"). Empty: none but the emulator itself.
  std::string copy_sources = {};

  // Freezes the clock at this instant (ISO 8601 in UTC, such as "2024-06-30T12:00:00Z"); it moves
  // only when told. Empty: the clock runs.
  std::string frozen_at = {};

  // Seed of all ids, keys and tokens, which then are the same in every run. Absent: they are
  // random.
  std::optional<std::uint64_t> random_seed = {};

  // Videos to start with: "demo" (one completed, one processing, one failed, one protected) or a
  // JSON file, whose form README.md describes. Not read if `data_directory` already holds videos.
  std::filesystem::path seed = {};

  // Whether file names choose the program of a video: fail-*.mp4 fails, slow-90s-*.mp4 takes 90
  // seconds. Has no effect if `strict`.
  bool magic_names = false;

  // Rejects more than the service did: MarkComplete without a blob, and bodies over the size limits
  // of the storage version in the URL.
  bool strict = false;

  // Accepts any file extension, upload URLs outside their time, and bodies without a length (a
  // missing body counts as an empty one). A diagnostic reports the last two.
  bool loose = false;

  // Value that the header or cookie x-zumo-auth must have, else 403; not empty. Absent: no sign-in.
  std::optional<std::string> require_auth = {};

  // PEM files for HTTPS. Or, with `tls_self_signed`, a certificate for localhost that the emulator
  // makes: at each start, or once if there is a `data_directory`. `tls_ca_file` receives the
  // certificate of the authority that signed it, so that clients can trust it (PEM). Empty: none.
  std::filesystem::path tls_certificate = {};
  std::filesystem::path tls_key = {};
  bool tls_self_signed = false;
  std::filesystem::path tls_ca_file = {};

  // Host names under which /__admin answers, besides local ones; none of them empty.
  std::vector<std::string> admin_hosts = {};

  // Bearer token that /__admin demands; not empty. Absent: none.
  std::optional<std::string> admin_token = {};

  // Called from a thread of the emulator after POST /__admin/shutdown was answered. It must not
  // throw or destroy the emulator. Null: that request is rejected.
  std::function<void()> on_shutdown = nullptr;

  // The lowest level that is logged. "error": what is broken; "warning": also what is suspicious,
  // and requests that were rejected, with the reason; "info": also all other requests but those to
  // /__admin; "debug": also their routes, strings to sign and SQL times; "off": nothing.
  std::string log_level = "warning";

  // Receives log lines; level is one of the above. A request is one line. Called from any thread.
  // If it throws, a warning or error goes to stderr. Null: warnings and errors go to stderr,
  // requests nowhere.
  std::function<void(std::string_view level, std::string_view line)> log = nullptr;

  // Receives the requests that are logged, instead of `log`: for a log with a form of its own.
  // Called from any thread; must not throw. Null: `log` receives them.
  std::function<void(const LoggedRequest&)> log_request = nullptr;
};

// Why an emulator did not start. what() names the bad value and what to do.
class MSC_EXPORT StartError : public std::runtime_error {
 public:
  enum class Reason {
    kOption,     // A field of EmulatorOptions has an invalid value.
    kPortTaken,  // Another process uses the port.
    kSeed,       // The seed cannot be read, or is invalid.
    kResource,   // The data folder, a certificate, the network.
  };

  StartError(Reason reason, const std::string& what) : std::runtime_error(what), reason_(reason) {}

  Reason reason() const { return reason_; }

 private:
  Reason reason_;
};

class Emulator;

// An injected fault. The destructor removes it, unless it is detached. Must not outlive its
// emulator. Nothing here throws.
class MSC_EXPORT ScopedFault {
 public:
  ScopedFault(ScopedFault&& other) noexcept;
  ScopedFault& operator=(ScopedFault&&) = delete;
  ScopedFault(const ScopedFault&) = delete;
  ~ScopedFault();

  std::int64_t id() const { return id_; }

  // How often it has fired; 0 after it was removed.
  int Fired() const;

  // How many requests matched, including skipped ones; 0 after it was removed.
  int Matched() const;

  // Removes the fault now.
  void Remove();

  // Keeps the fault when this object is destroyed, until RemoveFault or a reset removes it. Returns
  // its id.
  std::int64_t Detach();

 private:
  friend class Emulator;
  ScopedFault(Emulator& emulator, std::int64_t id) : emulator_(&emulator), id_(id) {}

  Emulator* emulator_;  // Null: moved from.
  std::int64_t id_;
  bool is_detached_ = false;
};

// What Reset does not change.
struct Keep {
  bool clock = false;
  bool faults = false;
  bool videos = false;    // With all blobs and keys.
  bool requests = false;  // The journal and the diagnostics.
  bool program = false;   // The default program.
};

// The whole service in this process: the Videos API, its blob endpoint, key delivery. A process may
// have any number of them. Thread-safe. Ids of videos may be in upper or lower case. Every method
// that reads or writes videos, blobs or snapshots may throw std::runtime_error if the disk is full
// or broken. A child that the program forks serves nothing: it may destroy the object, but not use
// it.
class MSC_EXPORT Emulator {
 public:
  // Requests are served once this returns. Throws StartError.
  Emulator();
  explicit Emulator(EmulatorOptions options);

  // Closes all connections at once, without waiting for clients. Threads that wait in WaitFor or
  // WaitForState return false first. In a forked child it does nothing.
  ~Emulator();

  Emulator(const Emulator&) = delete;
  Emulator& operator=(const Emulator&) = delete;

  // "http://127.0.0.1:10010": the server of /api, as this machine reaches it; `external_url` has no
  // effect on it. No trailing slash, as in all of these.
  std::string Url() const;

  // "http://127.0.0.1:10010/devstoreaccount1": the blob endpoint with its account.
  std::string BlobUrl() const;

  // "http://127.0.0.1:10010/__admin"
  std::string AdminUrl() const;

  // The port that Url() names.
  int Port() const;

  // The clock. The methods that move it return the transitions that this caused, in order; all of
  // them have happened when the method returns. The clock stays between the years 1 and 9998.
  Time Now() const;

  // Moves the clock forward, whether it runs or is frozen. Throws std::invalid_argument if `by` is
  // negative or more than a thousand years, or if the clock would pass the year 9998.
  std::vector<Transition> AdvanceClock(std::chrono::milliseconds by);

  // Moves the clock to the next transition that is caused by time. If there is none, it stays.
  std::vector<Transition> AdvanceClockToNext();

  // Freezes the clock at `at`, or, if that is absent, at the current time. Throws
  // std::invalid_argument if `at` is before the year 1 or after the year 9998.
  std::vector<Transition> FreezeClock(std::optional<Time> at = {});

  // Lets the clock run `factor` times as fast as the machine's. Throws std::invalid_argument unless
  // `factor` is above 0 and at most a million.
  void ScaleClock(double factor);

  // Sets the clock back to how the options started it.
  std::vector<Transition> ResetClock();

  // The next transition of each video that is caused by time, the earliest first.
  std::vector<Transition> PendingTransitions() const;

  // Creates a video without a request. Throws std::invalid_argument for an invalid seed: a name, id
  // or state that is not allowed, an id that is taken, a file that cannot be read.
  VideoInfo CreateVideo(const VideoSeed& seed = {});

  // Videos. These return nullopt or false if there is no video with that id.
  std::optional<VideoInfo> Video(std::string_view id) const;
  std::vector<VideoInfo> Videos() const;  // In the order of their creation.

  // Deletes the video with its upload and its key.
  bool DeleteVideo(std::string_view id);

  // Sets the state, whatever the state and the program were. `reason` (UTF-8) and `code`: Message
  // and StatusCode of a failed video. Throws std::invalid_argument for an invalid reason or a code
  // outside 0 to 999.
  bool SetState(std::string_view id, VideoState state, std::string_view reason = {},
                int code = kDefaultFailureCode);

  // The program starts now if the video is processing, else at MarkComplete. Throws
  // std::invalid_argument for an invalid program, or if the video is completed or failed.
  bool SetProgram(std::string_view id, const Program& program);

  // The program of videos that are marked complete from now on; absent: the options' processing
  // time. SetDefaultProgram throws std::invalid_argument for an invalid program.
  std::optional<Program> DefaultProgram() const;
  void SetDefaultProgram(const std::optional<Program>& program);

  // Waits until the video is in that state. `timeout` is in the machine's time, whatever the
  // emulator's clock does. Returns false at the timeout, or if there is no such video.
  bool WaitForState(std::string_view id, VideoState state, std::chrono::milliseconds timeout);

  // Faults. Throws std::invalid_argument for an invalid fault.
  [[nodiscard(
      "the fault is removed when this object is destroyed: give it a name, or call "
      "Detach()")]] ScopedFault
  Inject(Fault fault);
  std::vector<FaultStatus> Faults() const;  // Oldest first.

  // Removes a fault, detached or not; false if there is no fault with that id.
  bool RemoveFault(std::int64_t id);

  // Removes all faults, and forgets which of them never fired.
  void RemoveFaults();

  // The journal: the last 1,000 requests, without those under /__admin. Oldest first. An invalid
  // pattern (a regular expression, a status) throws std::invalid_argument, here and in WaitFor.
  std::vector<RecordedRequest> Requests() const;
  std::vector<RecordedRequest> Requests(Operation operation) const;
  std::vector<RecordedRequest> Requests(const RequestPattern& pattern) const;

  // The requests that no route matched.
  std::vector<RecordedRequest> UnmatchedRequests() const;

  // Empties the journal; the diagnostics stay.
  void ClearRequests();

  // Waits until `count` (above 0) matching requests have been answered. `timeout` is in the
  // machine's time. Returns false at the timeout.
  bool WaitFor(Operation operation, int count, std::chrono::milliseconds timeout);
  bool WaitFor(const RequestPattern& pattern, int count, std::chrono::milliseconds timeout);

  // Why a request was answered as it was: the JSON object that GET /__admin/requests/{id}/explain
  // returns; nullopt if the journal does not have the request.
  std::optional<std::string> Explain(std::uint64_t request_id) const;

  // The whole journal as JSON, as GET /__admin/requests?since=0 gives it.
  std::string JournalJson() const;

  // What clients did that would fail with the real service or cost money, for all videos; for one
  // video: VideoInfo::diagnostics.
  std::vector<Diagnostic> Diagnostics() const;

  // Descriptions of all injected faults that never fired, including removed ones.
  std::vector<std::string> UnusedFaults() const;

  // Sets everything back to how it was after the start, except what `keep` keeps. Current delays
  // end at once. Videos of the seed are not created again. Throws std::runtime_error if the disk is
  // broken or full; then nothing has changed.
  void Reset(const Keep& keep = {});

  // Saves all records, the clock and uncommitted blocks under a name, for as long as this object
  // lives. Bytes are shared, not copied. Restoring takes as long as writing the records. Throws
  // std::invalid_argument if there are a hundred snapshots with other names, or if the records of
  // all snapshots together would be larger than 1 GiB.
  void Snapshot(const std::string& name);

  // Throws std::invalid_argument if there is no snapshot with that name. If it throws, nothing has
  // changed.
  void Restore(const std::string& name);

  // The names of all snapshots, in alphabetical order.
  std::vector<std::string> Snapshots() const;

  // Frees its bytes, unless they are used elsewhere; false if there is no snapshot with that name.
  bool DeleteSnapshot(const std::string& name);

  // Writes all records and bytes to `file`, as the tar archive that GET /__admin/state returns. An
  // existing file is replaced when the archive is complete. Throws std::runtime_error if the file
  // cannot be written.
  void Export(const std::filesystem::path& file) const;

  // Replaces all records and bytes by those of such an archive. Throws std::invalid_argument if the
  // file is not a valid archive, std::runtime_error if it cannot be read. If it throws, nothing has
  // changed.
  void Import(const std::filesystem::path& file);

 private:
  friend class ScopedFault;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace msc
