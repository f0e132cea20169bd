// Bodies of the control API: any JSON as a fault.

#include <nlohmann/json.hpp>

#include "emulator/control/api/fault_json.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace msc::control;
  msc::fuzz::TextBody body(msc::fuzz::TextOf(data, size));
  const auto json = ReadJson({.body = &body});
  if (!json) return 0;

  const auto fault = ReadFault(*json);
  if (fault) FaultJson({.status = {}, .fault = *fault});
  return 0;
}
