#pragma once

#include <string>
#include <string_view>

#include "emulator/http/request.h"

// The account is in the path ("http://127.0.0.1:10000/account/container") or in the host
// ("http://account.blob.localhost:10000/container"). Routes know only the first form, so for the
// second one the account is put in front of the target. Both may name the account's read-only copy
// in another region: the account followed by "-secondary".
namespace msc::storage {

// The account in the host; empty: there is none.
std::string AccountInHost(const http::Request& request);

// "account" for the host "account.localhost", which other tools use; empty: it is no such host. It
// need not be an account: a host may have any name.
std::string AccountInLocalHost(const http::Request& request);

// The account whose static website the host names, as "account.web.localhost" or
// "account.z1.web.core.windows.net" do; empty: there is none.
std::string WebsiteInHost(const http::Request& request);

// "account" for "account-secondary"; other names are returned unchanged.
std::string_view PrimaryName(std::string_view account);

// The account in the path of a routed request, including "-secondary".
std::string AccountInPath(const http::Request& routed);

// Whether a routed request is for the read-only copy.
bool IsSecondary(const http::Request& routed);

// The path that Shared Key signs for a routed request: "/account" and the path as sent, or as it
// would be sent to the primary. Source: "Authorize with Shared Key", section "Shared Key format for
// 2009-09-19 and later",
// https://learn.microsoft.com/en-us/rest/api/storageservices/authorize-with-shared-key
std::string ResourcePath(const http::Request& routed, std::string_view account);

// The same with "-secondary" left in the path. Several SDKs sign that if the account is in the
// path, a form that the service itself does not have.
std::string ResourcePathAsSent(const http::Request& routed, std::string_view account);

// The same without the container $root, for a request whose path has none.
std::string ResourcePathInRoot(const http::Request& routed, std::string_view account);

// The endpoint of a routed request, as documents name it: "http://127.0.0.1:10000/account/".
std::string ServiceEndpoint(const http::Request& routed, std::string_view account);

}  // namespace msc::storage
