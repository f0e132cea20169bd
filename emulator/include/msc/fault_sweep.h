#pragma once

#include <msc/emulator.h>

#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace msc {

// What is done to one request of a client at a fault point.
enum class SweepFault {
  kLostRequest,   // The connection breaks before the work is done.
  kLostResponse,  // The work is done, and the connection breaks before the answer.
  kCutBody,       // The request's body ends halfway; without one, the answer's.
  kBusy,          // 503, and no work is done.
};

// "lost request" for kLostRequest. Throws std::logic_error for what is none of the four.
std::string_view Name(SweepFault fault);

// One run of the client with one fault.
struct FaultPoint {
  int request = 0;        // Which one of the client's, counted from 1 as in the undisturbed run.
  std::string what = {};  // "PutBlob PUT /devstoreaccount1/…": operation, method and path.
  SweepFault fault = SweepFault::kLostRequest;

  bool survived = true;      // Whether the client did its job all the same.
  std::string failure = {};  // Why not, in words.

  // Whether the client met the fault. One that asks for less this time, or in another order, may
  // not: that says nothing against it.
  bool fired = true;

  // What there is more of than after the undisturbed run, in words, such as "2 videos instead of
  // 1" or "asset-…/clip.mp4 was committed twice".
  std::vector<std::string> extra_effects = {};
};

struct SweepReport {
  int requests = 0;  // Of the undisturbed run.
  std::vector<FaultPoint> points = {};

  // Whether the client survived all of them, without more effects than it has undisturbed.
  bool Passed() const;
};

// A table for people: the points that are not as they should be, and a last line with the totals.
std::ostream& operator<<(std::ostream& out, const SweepReport& report);

// Runs `client` undisturbed, and then once for each of its requests and each kind of fault, every
// time with an emulator of its own, one after the other in this thread. The client returns why it
// failed, empty where it did not; what it throws is a failure too. `progress`, where not null, is
// told each point when it is done, and how many there are.
//
// The emulators are made from `options`, but for the ports, which are any free ones, and the data
// folder: nothing is kept. A request is told by its place in the order of all requests; a client
// that asks for several things at once meets the faults in whatever order it comes to.
//
// Effects are videos, and times that a blob was committed, those included whose answer was lost.
// Blobs are compared by name, and where names differ from run to run, as they do without a random
// seed, by how often each was committed.
//
// Throws StartError; std::runtime_error if the client fails undisturbed, makes no request, or
// makes more than the journal keeps; whatever `progress` throws.
SweepReport SweepFaults(
    const EmulatorOptions& options, const std::function<std::string(Emulator&)>& client,
    const std::function<void(const FaultPoint&, int total)>& progress = nullptr);

}  // namespace msc
