#pragma once

#include <msc/emulator.h>
#include <msc/export.h>

#include <iosfwd>

// Print values of the API in one line. GoogleTest finds these functions by their name.
namespace msc {

MSC_EXPORT void PrintTo(VideoState state, std::ostream* out);
MSC_EXPORT void PrintTo(DiagnosticCode code, std::ostream* out);
MSC_EXPORT void PrintTo(Operation operation, std::ostream* out);
MSC_EXPORT void PrintTo(const Transition& transition, std::ostream* out);
MSC_EXPORT void PrintTo(const VideoInfo& video, std::ostream* out);
MSC_EXPORT void PrintTo(const RecordedRequest& request, std::ostream* out);
MSC_EXPORT void PrintTo(const Diagnostic& diagnostic, std::ostream* out);
MSC_EXPORT void PrintTo(const FaultStatus& fault, std::ostream* out);

}  // namespace msc
