#include <msc/testing/printers.h>

#include <ostream>

#include "emulator/base/time_format.h"

namespace msc {
namespace {

void PrintTimes(int count, std::ostream& out) {
  if (count != 1) out << " (" << count << " times)";
}

}  // namespace

void PrintTo(VideoState state, std::ostream* out) { *out << Name(state); }

void PrintTo(DiagnosticCode code, std::ostream* out) { *out << Name(code); }

void PrintTo(Operation operation, std::ostream* out) { *out << Name(operation); }

void PrintTo(const Transition& transition, std::ostream* out) {
  *out << "video " << transition.video_id << ' ' << Name(transition.from) << " -> "
       << Name(transition.to) << " at " << FormatMillis(transition.at);
}

void PrintTo(const VideoInfo& video, std::ostream* out) {
  *out << "video " << video.id << " \"" << video.original_name << "\" " << Name(video.state);
  if (video.state == VideoState::kFailed) {
    *out << " with " << video.failure_code << ", " << video.failure_reason;
  }
  if (video.uploaded_bytes) *out << ", " << *video.uploaded_bytes << " bytes uploaded";
}

void PrintTo(const RecordedRequest& request, std::ostream* out) {
  *out << "request " << request.id << ", ";
  if (request.operation) *out << Name(*request.operation) << ' ';
  *out << request.method << ' ' << request.target << ": ";
  if (request.status == 0) {
    *out << "no answer";
  } else {
    *out << request.status;
  }
  if (request.fault_id) *out << " by fault " << *request.fault_id;
}

void PrintTo(const Diagnostic& diagnostic, std::ostream* out) {
  *out << Name(diagnostic.code) << ": video " << diagnostic.video_id << ": " << diagnostic.message;
  PrintTimes(diagnostic.count, *out);
}

void PrintTo(const FaultStatus& fault, std::ostream* out) {
  *out << "fault " << fault.id << " fired " << fault.fired << " of " << fault.matched
       << " requests that fitted";
  if (fault.remaining) *out << ", " << *fault.remaining << " to come";
  if (fault.completed) *out << ", over";
}

}  // namespace msc
