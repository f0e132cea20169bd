#pragma once

#include <string>
#include <string_view>

#include "emulator/base/result.h"
#include "emulator/http/body.h"
#include "emulator/videos/video.h"

namespace msc::videos {

// What is behind the last dot of a file's name, in lower case. `any_extension`: not only those of
// Formats. kVideoUnreadable.
Result<std::string> ExtensionOf(std::string_view name, bool any_extension);

// What the body of a POST asks for: a JSON object whose member names have no regard to case and of
// which the last of a name counts; members that are unknown or read-only are ignored.
// `any_extension`: as above. kVideoUnreadable, kModeNotSupported.
Result<NewVideo> ParseNewVideo(std::string_view body, bool any_extension);

// The same of a body that is still to be read; null: none. Also BodyReader::Read's errors.
Result<NewVideo> ReadNewVideo(http::BodyReader* body, bool any_extension);

}  // namespace msc::videos
