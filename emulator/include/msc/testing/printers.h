#pragma once

#include <msc/emulator.h>

#include <iosfwd>

// Print values of the API in one line. GoogleTest finds these functions by their name.
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
