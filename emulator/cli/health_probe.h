#pragma once

#include <optional>
#include <string>

namespace msc {

// The status that a GET of `url` ("http://host:port/path", or https, whoever signed it) answers;
// nullopt where nothing answers within two seconds of transport time. `token`: sent as bearer
// token; empty: none.
std::optional<int> ProbeStatus(const std::string& url, const std::string& token = {});

}  // namespace msc
