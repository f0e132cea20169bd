#pragma once

#include <string_view>

namespace msc {

// Whether a file with these first bytes may be a media file: whether they are those of a common
// container or codec. Without reading more, other files are mistaken for one now and then.
bool BeginsAsMedia(std::string_view head);

// The same for those that begin with bytes that hardly any other file begins with.
bool HasMediaSignature(std::string_view head);

}  // namespace msc
