// Block lists, as Put Block List takes them.

#include "storage_stub/handlers/block_list.h"

#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto list = msc::storage::ParseBlockList(msc::fuzz::TextOf(data, size));
  if (!list) return 0;

  for (const auto& entry : *list) {
    msc::fuzz::Require(!entry.id.empty() && entry.id.find('<') == std::string::npos);
  }
  return 0;
}
