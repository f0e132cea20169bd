#pragma once

#include <msc/emulator.h>

#include <iosfwd>

// How GoogleTest shows values of the API: in one line. It finds these by their names.
namespace msc {

void PrintTo(VideoState state, std::ostream* out);
void PrintTo(DiagnosticCode code, std::ostream* out);
void PrintTo(Operation operation, std::ostream* out);
void PrintTo(const Transition& transition, std::ostream* out);
void PrintTo(const VideoInfo& video, std::ostream* out);
void PrintTo(const RecordedRequest& request, std::ostream* out);
void PrintTo(const Diagnostic& diagnostic, std::ostream* out);
void PrintTo(const FaultStatus& fault, std::ostream* out);

}  // namespace msc
