#pragma once

#include <string>
#include <string_view>

#include "emulator/http/request.h"

// An account stands in the path ("http://127.0.0.1:10000/account/container") or in the host
// ("http://account.blob.localhost:10000/container"). Routes know the first style alone, so that a
// request of the second gets the account put before its target. Either style may name the account's
// read-only copy in another region, which is the account with "-secondary" behind it.
namespace msc::storage {

// The account that the host names; empty: it names none.
std::string AccountInHost(const http::Request& request);

// "account" for "account-secondary"; any other name as it is.
std::string_view PrimaryName(std::string_view account);

// The account that the path of a routed request names, with "-secondary" if that is there.
std::string AccountInPath(const http::Request& routed);

// Whether a routed request asks the read-only copy.
bool IsSecondary(const http::Request& routed);

// What Shared Key signs of the path of a request that was routed: "/account" and the path as sent,
// or as it would be sent to the primary.
// Source: "Authorize with Shared Key", section "Shared Key format for 2009-09-19 and later",
// https://learn.microsoft.com/en-us/rest/api/storageservices/authorize-with-shared-key
std::string ResourcePath(const http::Request& routed, std::string_view account);

// The same with "-secondary" left in the path, as several SDKs sign it when the account is in the
// path; the service itself is never asked so.
std::string ResourcePathAsSent(const http::Request& routed, std::string_view account);

// "http://127.0.0.1:10000/account/", as documents name the endpoint that a routed request asked.
std::string ServiceEndpoint(const http::Request& routed, std::string_view account);

}  // namespace msc::storage
