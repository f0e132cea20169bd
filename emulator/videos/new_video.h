#pragma once

#include <string>
#include <string_view>

#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "emulator/videos/video.h"

namespace msc::videos {

// 1 to 16 ASCII letters and digits.
bool IsExtension(std::string_view text);

// The extension of a file name: the part after the last dot, in lower case. `any_extension`: not
// only those of Formats. kVideoUnreadable.
Result<std::string> ExtensionOf(std::string_view name, bool any_extension);

// The new video that the body of a POST describes: a JSON object whose member names may be in any
// case. If a name occurs twice, the last one is used; unknown and read-only members are ignored.
// `any_extension`: as above. `notes` receives advice if a member is ignored, but is nearly one of
// ours; null: nobody reads it. kVideoUnreadable, kModeNotSupported.
Result<NewVideo> ParseNewVideo(std::string_view body, bool any_extension,
                               http::RequestNotes* notes = nullptr);

// Reads the body and does the same. Also the errors of BodyReader::Read.
Result<NewVideo> ReadNewVideo(const http::Request& request, bool any_extension);

}  // namespace msc::videos
