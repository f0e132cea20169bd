#pragma once

#include <string_view>

namespace msc::http {

// Whether `host`, as returned by Request::host(), always names this machine: localhost,
// *.localhost, 127.0.0.1 or ::1.
bool IsLocalHost(std::string_view host);

}  // namespace msc::http
