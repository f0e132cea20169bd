#pragma once

#include <string>
#include <string_view>

#include "emulator/base/clock.h"
#include "emulator/base/random.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"
#include "emulator/videos/header_layout.h"
#include "emulator/videos/url_maker.h"

namespace msc::videos {

// Makes the responses of the Videos API, with the exact bytes of the service's gateway.
// Thread-safe. Source: fixtures/wire/README.md.
class Answers {
 public:
  // REQUIRES: the references outlive the object.
  Answers(const UrlMaker& urls, const Clock& clock, Random& random);

  // 200 with a JSON body.
  http::Response Json(const http::Request& request, std::string body) const;

  // No body and no Content-Type.
  http::Response Empty(const http::Request& request, int status) const;

  // 405; `allow`: the methods that the path supports.
  http::Response MethodNotAllowed(const http::Request& request, std::string allow) const;

  // 400 for a POST whose body is not a Video: HTML, with the message as the reason phrase.
  http::Response Unreadable(const http::Request& request) const;

  // 400 for a POST with a mode that does not exist: JSON with line breaks.
  http::Response ModeNotSupported(const http::Request& request) const;

  // The response to DELETE, which another server behind the gateway made. `started`: when the
  // request was received.
  http::Response Deletion(const http::Request& request, int status, Time started) const;

 private:
  // The headers that all responses share, except Expires.
  SlotValues Common(const http::Request& request, std::string_view body) const;

  const UrlMaker& urls_;
  const Clock& clock_;
  Random& random_;
  const std::string affinity_;
};

}  // namespace msc::videos
