#pragma once

#include <msc/video.h>

#include <string>
#include <string_view>

#include "emulator/base/result.h"

namespace msc::processing {

// A program as text, in the form of the control API and of the records:
// {"steps":[{"state":"Processing","forMillis":30000},{"state":"Processing","polls":2},
// {"state":"Failed","code":4,"reason":"…"}]}. REQUIRES: reasons are UTF-8.
std::string ProgramJson(const Program& program);

// The program in such a text; Check may still reject it. kProgramInvalid, which names the member
// that is unknown, missing or of another type.
Result<Program> ParseProgram(std::string_view text);

}  // namespace msc::processing
