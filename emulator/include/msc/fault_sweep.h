#pragma once

#include <msc/emulator.h>
#include <msc/export.h>

#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace msc {

// What is done to one request of a client at a fault point.
enum class SweepFault {
  kLostRequest,   // The connection breaks before the work is done.
  kLostResponse,  // The work is done, and the connection breaks before the response.
  kCutBody,       // The request's body ends halfway; without one, the response's.
  kBusy,          // 503, and no work is done.
};

// "lost request" for kLostRequest. Throws std::logic_error for any other value.
MSC_EXPORT std::string_view Name(SweepFault fault);

// One run of the client with one fault.
struct FaultPoint {
  int request = 0;        // Its number in the run without faults, counted from 1.
  std::string what = {};  // "PutBlob PUT /devstoreaccount1/…": operation, method and path.
  SweepFault fault = SweepFault::kLostRequest;

  bool survived = true;      // Whether the client still succeeded.
  std::string failure = {};  // Why not, in words.

  // Whether the fault fired. If the client sends fewer requests in this run, or in another order,
  // it may not; that does not count as a failure.
  bool fired = true;

  // What there is more of than after the run without faults, in words, such as "2 videos instead of
  // 1" or "asset-…/clip.mp4 was committed 2 times instead of 1".
  std::vector<std::string> extra_effects = {};
};

struct SweepReport {
  int requests = 0;  // Of the run without faults, with those that are ignored.
  std::vector<FaultPoint> points = {};

  // Whether the client survived all faults, without extra effects.
  MSC_EXPORT bool Passed() const;
};

// A table for people: the points that failed, and a last line with the totals.
MSC_EXPORT std::ostream& operator<<(std::ostream& out, const SweepReport& report);

// Runs `client` once without faults, and then once for each of its requests and each kind of fault,
// one run after the other in this thread. Each run has its own emulator. The client returns why it
// failed, or an empty string if it did not; an exception is a failure too. `progress`, unless null,
// is called after each point with that point and the total number.
//
// The emulators are made from `options`, except that they take any free ports and keep no data. A
// request is identified by its place in the order of all requests. If a client sends several
// requests at once, their order decides which of them meets the fault.
//
// Effects are videos, and how often blobs were committed; a commit whose response was lost counts.
// A commit that repeats the one before it byte for byte does not: repeating a PUT is how a client
// survives a lost response, and changes nothing. Each Append Block counts, and each Put Page that
// does not repeat the last one of its range. Blobs are compared by name. If names differ from
// run to run, as they do without a random seed, the blobs are compared by how often each was
// committed.
//
// Requests of the operations in `ignored` meet no fault: for those that the client is meant not to
// repeat, such as kCreateVideo.
//
// Throws StartError; std::runtime_error if the client fails without faults, sends no request, or
// sends more than the journal keeps; any exception of `progress`.
MSC_EXPORT SweepReport
SweepFaults(const EmulatorOptions& options, const std::function<std::string(Emulator&)>& client,
            const std::function<void(const FaultPoint&, int total)>& progress = nullptr,
            const std::vector<Operation>& ignored = {});

}  // namespace msc
