#pragma once

#include <msc/emulator.h>

#include <optional>
#include <string>

namespace msc {

// The status of a GET of `url` ("http://host:port/path", or https with any certificate); nullopt if
// there is no response within two seconds of transport time. `token`: sent as bearer token; empty:
// none.
std::optional<int> ProbeStatus(const std::string& url, const std::string& token = {});

// The address of an emulator with these options on this machine.
std::string DefaultHealthUrl(const EmulatorOptions& options);

}  // namespace msc
