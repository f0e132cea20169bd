#pragma once

#include <msc/durability.h>
#include <msc/video.h>

#include <chrono>
#include <cstdint>
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
  std::string data_directory = {};

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

  // Instant at which the clock stands, ISO 8601 in UTC such as "2024-06-30T12:00:00Z"; it moves by
  // AdvanceClock alone. Empty: the clock runs.
  std::string frozen_at = {};

  // Makes ids, keys and tokens repeat byte for byte. Absent: they are random.
  std::optional<std::uint64_t> random_seed = {};

  // Refuses what the service only frowned upon: MarkComplete without a blob, bodies over the limits
  // of the storage version's age.
  bool strict = false;

  // Takes any file extension, and upload URLs outside their time.
  bool loose = false;

  // What the header or cookie x-zumo-auth must hold, else 403. Empty: no sign-in.
  std::string require_auth = {};

  // PEM files for HTTPS; or a certificate made at start that nobody has signed.
  std::string tls_certificate = {};
  std::string tls_key = {};
  bool tls_self_signed = false;

  // Host names under which /__admin answers besides local ones.
  std::vector<std::string> admin_hosts = {};

  // Bearer token that /__admin demands; empty: none.
  std::string admin_token = {};

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
    kResource,   // The data folder, a certificate, the network.
  };

  StartError(Reason reason, const std::string& what) : std::runtime_error(what), reason_(reason) {}

  Reason reason() const { return reason_; }

 private:
  Reason reason_;
};

// The whole service in this process: the Videos API, its blob endpoint, key delivery. Any number
// may live side by side. Thread-safe.
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

  // Moves the clock on and returns what happened on the way, in order: when this returns, it has
  // happened. Throws std::invalid_argument where `by` is negative or more
  // than a thousand years.
  std::vector<Transition> AdvanceClock(std::chrono::milliseconds by);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace msc
