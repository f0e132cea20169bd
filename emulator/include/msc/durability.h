#pragma once

namespace msc {

// What a write survives after it was acknowledged. Only with a data directory.
enum class Durability {
  kProcess,  // Any end of the process. A power cut may lose the whole directory.
  kFull,     // A power cut too: bytes, records and folder are synced before the response.
};

}  // namespace msc
