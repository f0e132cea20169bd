#pragma once

#include <string>

#include "emulator/http/request.h"
#include "emulator/videos/video_service.h"

namespace msc::videos {

// Makes the URLs in responses: from the request, or from the external URLs of the options.
// Immutable, thread-safe.
class UrlMaker {
 public:
  // `account` is the blob endpoint's. REQUIRES: `options` outlives the object.
  UrlMaker(const VideoServiceOptions& options, std::string account);

  // "http://host:port", no trailing slash.
  std::string Base(const http::Request& request) const;

  // Base of the blob endpoint including the account, no trailing slash.
  std::string BlobBase(const http::Request& request) const;

  // Host name or address of Base, without port and brackets.
  std::string Host(const http::Request& request) const;

  // The URL of the request in the form in which the gateway passed it on: no slash at the end of
  // the path, and only printable ASCII.
  std::string Outgoing(const http::Request& request) const;

 private:
  const VideoServiceOptions& options_;
  std::string account_;
};

}  // namespace msc::videos
