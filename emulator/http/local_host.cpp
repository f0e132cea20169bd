#include "emulator/http/local_host.h"

#include "emulator/base/text.h"

namespace msc::http {

bool IsLocalHost(std::string_view host) {
  return EqualsIgnoringCase(host, "localhost") || ToLower(host).ends_with(".localhost") ||
         host == "127.0.0.1" || host == "::1";
}

}  // namespace msc::http
