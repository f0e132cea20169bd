#pragma once

#include <string_view>

namespace msc {

// Whether the first bytes of a file are plaintext and not the output of a cipher: they begin like a
// media file, or their values are distributed too unevenly. Reliable from about ten bytes on.
bool LooksLikePlaintext(std::string_view head);

}  // namespace msc
