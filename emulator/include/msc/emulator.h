#pragma once

#include <msc/durability.h>
#include <msc/fault.h>
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

// A storage account and its keys in base64.
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
  // Absent: it shares `port`.
  std::optional<int> blob_port = {};

  // Folder that everything is kept in. Empty: nothing outlives the object.
  std::filesystem::path data_directory = {};

  // What an acknowledged write survives.
  Durability durability = Durability::kProcess;

  // Time from MarkComplete to Completed.
  std::chrono::milliseconds processing_time = std::chrono::seconds(10);

  // Storage account, and its key in base64; empty: the well-known key of development storage.
  std::string account = "devstoreaccount1";
  std::string account_key = {};

  // More accounts; one of the name above adds keys to that.
  std::vector<StorageAccount> accounts = {};

  // Base of the URLs handed out, such as "https://media.example"; empty: the request's own host.
  std::string external_url = {};

  // The same for upload URLs, with the account: "https://blobs.example/devstoreaccount1".
  std::string blob_external_url = {};

  // What the upload URL's stored access policy allows; letters out of "racwdl".
  std::string upload_permissions = "rw";

  // Who may call /api from a page: "local" (localhost, *.localhost, 127.0.0.1, [::1]), "*", or
  // origins with commas between them.
  std::string cors_origins = "local";

  // Instant at which the clock stands, ISO 8601 in UTC such as "2024-06-30T12:00:00Z"; it moves
  // when told. Empty: the clock runs.
  std::string frozen_at = {};

  // Makes ids, keys and tokens repeat byte for byte. Absent: they are random.
  std::optional<std::uint64_t> random_seed = {};

  // Videos to start with: "demo" (one completed, one processing, one failed, one protected) or a
  // JSON file, whose form is README's. Not read if `data_directory` holds videos already.
  std::filesystem::path seed = {};

  // Whether names tell what becomes of videos: fail-*.mp4 fails, slow-90s-*.mp4 takes 90 seconds.
  // Off where `strict`.
  bool magic_names = false;

  // Refuses what the service only frowned upon: MarkComplete without a blob, bodies over the limits
  // of the storage version's age.
  bool strict = false;

  // Takes any file extension, upload URLs outside their time, and bodies without a length (none is
  // an empty one), which a diagnostic then tells.
  bool loose = false;

  // What the header or cookie x-zumo-auth must hold, else 403. Empty: no sign-in.
  std::string require_auth = {};

  // PEM files for HTTPS; or a certificate made at start that nobody has signed.
  std::filesystem::path tls_certificate = {};
  std::filesystem::path tls_key = {};
  bool tls_self_signed = false;

  // Host names under which /__admin answers besides local ones.
  std::vector<std::string> admin_hosts = {};

  // Bearer token that /__admin demands; empty: none.
  std::string admin_token = {};

  // Called, from a thread of the emulator, once POST /__admin/shutdown, which asks for the end, is
  // answered. It may not throw, nor end the emulator itself. Null: it is refused.
  std::function<void()> on_shutdown = nullptr;

  // Takes log lines; level is "debug", "info", "warning" or "error". Called from any thread. Null:
  // warnings and errors go to stderr.
  std::function<void(std::string_view level, std::string_view line)> log = nullptr;
};

// Why an emulator did not start. what() names the bad value and the remedy.
class StartError : public std::runtime_error {
 public:
  enum class Reason {
    kOption,     // A field of EmulatorOptions has a value that it cannot have.
    kPortTaken,  // Somebody else has the port.
    kSeed,       // The seed cannot be read, or asks for what cannot be.
    kResource,   // The data folder, a certificate, the network.
  };

  StartError(Reason reason, const std::string& what) : std::runtime_error(what), reason_(reason) {}

  Reason reason() const { return reason_; }

 private:
  Reason reason_;
};

class Emulator;

// A fault for as long as this object lives, unless it is detached. Must not outlive its emulator.
// Nothing here throws.
class ScopedFault {
 public:
  ScopedFault(ScopedFault&& other) noexcept;
  ScopedFault& operator=(ScopedFault&&) = delete;
  ScopedFault(const ScopedFault&) = delete;
  ~ScopedFault();

  std::int64_t id() const { return id_; }

  // Times it fired; 0 too once it is removed.
  int Fired() const;

  // Requests that fitted, those that were skipped too; 0 too once it is removed.
  int Matched() const;

  // Removes the fault now.
  void Remove();

  // Leaves the fault in place when this object goes: until RemoveFault or a reset removes it.
  // Returns its id.
  std::int64_t Detach();

 private:
  friend class Emulator;
  ScopedFault(Emulator& emulator, std::int64_t id) : emulator_(&emulator), id_(id) {}

  Emulator* emulator_;  // Null: moved from.
  std::int64_t id_;
  bool is_detached_ = false;
};

// What Reset leaves alone.
struct Keep {
  bool clock = false;
  bool faults = false;
  bool videos = false;    // With all blobs and keys.
  bool requests = false;  // The journal and the diagnostics.
  bool program = false;   // The default one.
};

// The whole service in this process: the Videos API, its blob endpoint, key delivery. Any number
// may live side by side. Thread-safe. Ids of videos have any case. Every method that reads or
// writes videos, blobs or snapshots may throw std::runtime_error if the disk is full or broken.
class Emulator {
 public:
  // Requests are served once this returns. Throws StartError.
  Emulator();
  explicit Emulator(EmulatorOptions options);

  // Ends all connections at once, whatever clients hold open.
  ~Emulator();

  Emulator(const Emulator&) = delete;
  Emulator& operator=(const Emulator&) = delete;

  // "http://127.0.0.1:10010": where /api is, as this machine reaches it, whatever `external_url`
  // says. No trailing slash, as with all of them.
  std::string Url() const;

  // "http://127.0.0.1:10010/devstoreaccount1": the blob endpoint with its account.
  std::string BlobUrl() const;

  // "http://127.0.0.1:10010/__admin"
  std::string AdminUrl() const;

  // The port that Url() names.
  int Port() const;

  // The clock. Those that move it at once return what happened on the way, in order: when they
  // return, it has happened. It stays between the years 1 and 9998.
  Time Now() const;

  // Moves it on, whether it runs or stands. Throws std::invalid_argument if `by` is negative or
  // more than a thousand years, or the year 9998 would be over.
  std::vector<Transition> AdvanceClock(std::chrono::milliseconds by);

  // Moves it to the next change of a video that time alone brings; stays if there is none.
  std::vector<Transition> AdvanceClockToNext();

  // Stops it, at `at` or, absent, where it is. Throws std::invalid_argument if `at` is before
  // the year 1 or after the year 9998.
  std::vector<Transition> FreezeClock(std::optional<Time> at = {});

  // Lets it run `factor` times as fast as the machine's. Throws std::invalid_argument unless it is
  // above 0 and at most a million.
  void ScaleClock(double factor);

  // As it was at the start.
  std::vector<Transition> ResetClock();

  // The next change that time brings to each video, the first one first.
  std::vector<Transition> PendingTransitions() const;

  // Creates a video, without a request. Throws std::invalid_argument for a seed that cannot be: a
  // name, id or state that is not allowed, an id that is taken, a file that cannot be read.
  VideoInfo CreateVideo(const VideoSeed& seed = {});

  // Videos. nullopt, or false, if there is none of that id.
  std::optional<VideoInfo> Video(std::string_view id) const;
  std::vector<VideoInfo> Videos() const;  // In the order of their creation.

  // With what was uploaded and its key.
  bool DeleteVideo(std::string_view id);

  // Whatever its state and program were. `reason` (UTF-8) and `code`: Message and StatusCode of a
  // failed one. Throws std::invalid_argument for a reason or a code (0 to 999) that cannot be.
  bool SetState(std::string_view id, VideoState state, std::string_view reason = {},
                int code = kDefaultFailureCode);

  // Starts now if the video is processing, else at MarkComplete. Throws std::invalid_argument
  // for a program that cannot be; one for a video that has ended is refused so, too.
  bool SetProgram(std::string_view id, const Program& program);

  // The program of videos marked complete from now on; absent: the options' processing time.
  // SetDefaultProgram throws std::invalid_argument for a program that cannot be.
  std::optional<Program> DefaultProgram() const;
  void SetDefaultProgram(const std::optional<Program>& program);

  // Waits in the machine's time until the video is in that state, however the clock moves; false
  // at the timeout, or if there is no such video.
  bool WaitForState(std::string_view id, VideoState state, std::chrono::milliseconds timeout);

  // Faults. Throws std::invalid_argument for one that cannot be.
  [[nodiscard]] ScopedFault Inject(Fault fault);
  std::vector<FaultStatus> Faults() const;  // Oldest first.

  // Removes a fault, detached or not; false if there is none of that id.
  bool RemoveFault(std::int64_t id);

  // Removes all of them, and forgets which never fired.
  void RemoveFaults();

  // The journal: the last 1,000 requests, but for those under /__admin. Oldest first. A pattern
  // that cannot be (a regular expression, a status) throws std::invalid_argument, here and in
  // WaitFor.
  std::vector<RecordedRequest> Requests() const;
  std::vector<RecordedRequest> Requests(Operation operation) const;
  std::vector<RecordedRequest> Requests(const RequestPattern& pattern) const;

  // Those that no route matched.
  std::vector<RecordedRequest> UnmatchedRequests() const;

  // Empties the journal; the diagnostics stay.
  void ClearRequests();

  // Waits in the machine's time until `count` such requests (above 0) have been answered; false at
  // the timeout.
  bool WaitFor(Operation operation, int count, std::chrono::milliseconds timeout);
  bool WaitFor(const RequestPattern& pattern, int count, std::chrono::milliseconds timeout);

  // Why a request was answered as it was: a JSON object, as GET /__admin/requests/{id}/explain
  // gives it; nullopt if the journal does not have it.
  std::optional<std::string> Explain(std::uint64_t request_id) const;

  // The whole journal as JSON, as GET /__admin/requests?since=0 gives it.
  std::string JournalJson() const;

  // What clients did that the real service would punish or that costs money, to all videos; to
  // one: VideoInfo::diagnostics.
  std::vector<Diagnostic> Diagnostics() const;

  // Faults that were injected and never fired, those that are gone again too, in words.
  std::vector<std::string> UnusedFaults() const;

  // As after the start, but for what is kept. Delays under way end at once. Seeds are not seeded
  // again. Throws std::runtime_error if the disk is broken or full, which leaves everything as it
  // was.
  void Reset(const Keep& keep = {});

  // Keeps all records, the clock and uncommitted blocks under a name, for as long as this object
  // lives; bytes are shared, not copied. Restoring takes as long as writing the records. Throws
  // std::invalid_argument for a hundred and first name.
  void Snapshot(const std::string& name);

  // Throws std::invalid_argument if there is no snapshot of that name. If it throws, everything is
  // as it was.
  void Restore(const std::string& name);

  // The names of all snapshots, in alphabetical order.
  std::vector<std::string> Snapshots() const;

  // Gives its bytes back, unless they are in use elsewhere; false if there is none of that name.
  bool DeleteSnapshot(const std::string& name);

  // Writes all records and bytes to `file` as the tar archive that GET /__admin/state gives; what
  // was in the file is replaced when the archive is whole. Throws std::runtime_error if it cannot
  // be written.
  void Export(const std::filesystem::path& file) const;

  // Puts such an archive in the place of all records and bytes. Throws std::invalid_argument if it
  // is not one, std::runtime_error if it cannot be read. If it throws, everything is as it was.
  void Import(const std::filesystem::path& file);

 private:
  friend class ScopedFault;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace msc
