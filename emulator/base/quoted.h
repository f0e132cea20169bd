#pragma once

#include <string>
#include <string_view>

namespace msc {

// Bytes of unknown origin for a message or a log: in single quotes, on one line of ASCII, cut after
// 80 bytes.
std::string Quoted(std::string_view bytes);

}  // namespace msc
