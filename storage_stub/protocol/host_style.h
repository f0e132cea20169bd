#pragma once

#include <string>
#include <string_view>

#include "emulator/http/request.h"

// An account stands in the path ("http://127.0.0.1:10000/account/container") or in the host
// ("http://account.blob.localhost:10000/container"). Routes know the first style alone, so that a
// request of the second gets the account put before its target.
namespace msc::storage {

// The account that the host names; empty: it names none.
std::string AccountInHost(const http::Request& request);

// What Shared Key signs of the path of a request that was routed: "/account" and the path as sent.
std::string ResourcePath(const http::Request& routed, std::string_view account);

// "http://127.0.0.1:10000/account/", as documents name the endpoint that a routed request asked.
std::string ServiceEndpoint(const http::Request& routed, std::string_view account);

}  // namespace msc::storage
