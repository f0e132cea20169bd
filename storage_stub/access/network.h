#pragma once

#include <string>
#include <string_view>

#include "emulator/base/result.h"
#include "emulator/http/request.h"

namespace msc::storage {

// Whether a signature's `sip` (an IPv4 address or "first-last") and `spr` ("https" or "https,http")
// are valid; empty: absent.
bool IsAddressRange(std::string_view range);
bool IsProtocols(std::string_view protocols);

// Whether the request comes from an address, and over a protocol, that the signature allows. ::1
// counts as 127.0.0.1. kAuthorizationProtocolMismatch, kAuthorizationSourceIpMismatch.
Status CheckNetwork(const http::Request& request, std::string_view range,
                    std::string_view protocols);

}  // namespace msc::storage
