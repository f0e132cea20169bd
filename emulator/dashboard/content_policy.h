#pragma once

#include <string>

#include "emulator/http/request.h"

namespace msc::dashboard {

// Where the page talks to, besides its own origin.
struct PageOrigins {
  int blob_port = 0;                   // 0: the main one.
  std::string external_url = {};       // Base of the URLs handed out; empty: the request's.
  std::string blob_external_url = {};  // The same for upload URLs.
};

// The value of Content-Security-Policy for the page: scripts and styles are files of ours, nothing
// becomes HTML, nobody frames the page, and it connects only to the emulator.
// Source: "Content Security Policy Level 3", https://www.w3.org/TR/CSP3/; "Trusted Types",
// https://www.w3.org/TR/trusted-types/
std::string ContentPolicy(const http::Request& request, const PageOrigins& origins);

}  // namespace msc::dashboard
