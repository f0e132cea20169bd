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

// Makes the answers of the Videos API, to the byte as the service's gateway laid them out.
// Thread-safe. Source: fixtures/wire/README.md.
class Answers {
 public:
  // REQUIRES: the references outlive the object.
  Answers(const UrlMaker& urls, const Clock& clock, Random& random);

  // 200 with a JSON body.
  http::Response Json(const http::Request& request, std::string body) const;

  // No body and no Content-Type.
  http::Response Empty(const http::Request& request, int status) const;

  // 405; `allow` are the methods that the path has.
  http::Response MethodNotAllowed(const http::Request& request, std::string allow) const;

  // 400 to a POST whose entity is no Video: HTML, and the reason phrase is the message.
  http::Response Unreadable(const http::Request& request) const;

  // 400 to a POST with a mode that does not exist: JSON with line breaks.
  http::Response ModeNotSupported(const http::Request& request) const;

  // What DELETE answers, which came from another server behind the gateway. `started` is when the
  // work began.
  http::Response Deletion(const http::Request& request, int status, Time started) const;

 private:
  // What all answers have in common but for Expires.
  SlotValues Common(const http::Request& request, std::string_view body) const;

  const UrlMaker& urls_;
  const Clock& clock_;
  Random& random_;
  const std::string affinity_;
};

}  // namespace msc::videos
