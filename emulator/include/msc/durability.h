#pragma once

namespace msc {

// What an acknowledged write survives, where there is a data directory.
enum class Durability {
  kProcess,  // The end of the process, however it comes; a power cut may cost the whole directory.
  kFull,     // A power cut too: bytes, records and folder are synced before the answer.
};

}  // namespace msc
