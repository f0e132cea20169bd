#pragma once

#include <msc/video.h>

#include <string>

#include "emulator/control/json/json_reader.h"
#include "emulator/processing/program.h"

namespace msc::control {

// The failure that a video is to have.
struct Failure {
  int code;
  std::string reason;  // Empty: the service's own text.
};

// Reads the members "code" and "reason".
inline Failure ReadFailure(JsonReader& reader) {
  const auto code = reader.Integer("code", 0, processing::kHighestFailureCode);
  return {static_cast<int>(code.value_or(kDefaultFailureCode)), reader.Text("reason").value_or("")};
}

}  // namespace msc::control
