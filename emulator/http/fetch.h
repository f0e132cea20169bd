#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "emulator/base/result.h"
#include "emulator/http/body.h"
#include "emulator/http/headers.h"

namespace msc::http {

// A GET request to another server.
struct FetchRequest {
  std::string url;  // http or https.
  Headers headers = {};
  std::chrono::seconds timeout{300};          // For all of it.
  bool may_be_special = false;                // As in ClientTarget.
  std::function<bool()> is_wanted = nullptr;  // The same.
};

// The response. Redirects are responses, too.
struct Fetched {
  int status = 0;
  Headers headers = {};
  std::unique_ptr<BodyReader> body;  // Its size is known if the server told it.
};

enum class FetchError {
  kNotReached,  // Also: it stopped answering.
  kMalformed,   // The URL, or the head of the response.
};

// Sends the request and reads the head of the response. Read of the body fails with
// HttpError::kClientGone if the connection ends or the time is over before the body is complete.
Result<Fetched> Fetch(const FetchRequest& request);

}  // namespace msc::http
