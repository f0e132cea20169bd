#pragma once

#include <string>

namespace msc {

// Which process listens on a TCP port of this machine, as "name (process 812)"; empty where that
// cannot be seen. Source: proc(5).
std::string PortOwner(int port);

}  // namespace msc
