#pragma once

#include "emulator/http/request.h"
#include "emulator/http/response.h"

namespace msc {

// Keeps a page that is a blob from using the control API, if both have the same origin: if a
// browser opens the blob as a page or in a frame, the page gets an origin of its own, which the
// control API rejects. Scripts of the page run, and all other requests for blobs are answered as
// without this. Source: "Content Security Policy Level 3", section "sandbox",
// https://www.w3.org/TR/CSP3/#directive-sandbox; "Fetch Metadata Request Headers",
// https://www.w3.org/TR/fetch-metadata/
void IsolatePage(const http::Request& request, http::Response& response);

}  // namespace msc
