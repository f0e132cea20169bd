#pragma once

#include <string_view>

namespace msc::control {

// Whether these first bytes of a file look as no cipher's output does: they begin as media files
// do, or their bytes are spread too unevenly. Sure of itself from some ten bytes on.
bool LooksLikePlaintext(std::string_view head);

}  // namespace msc::control
