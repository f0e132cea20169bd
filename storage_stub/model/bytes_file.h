#pragma once

namespace msc::storage {

// The file with the bytes of all blobs, in a data folder.
inline constexpr const char* kBytesFile = "blobs.bytes";

}  // namespace msc::storage
