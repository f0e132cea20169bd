#pragma once

#include <string>

namespace msc {

// The process that listens on a TCP port of this machine, as "name (process 812)"; empty if it
// cannot be determined. Source: "proc(5)", Linux manual page,
// https://man7.org/linux/man-pages/man5/proc.5.html
std::string PortOwner(int port);

}  // namespace msc
