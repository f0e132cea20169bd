#pragma once

#include <optional>
#include <string>

namespace msc::testing {

// Sends one request on a connection of its own and returns the raw answer. `headers`: whole lines,
// each with its CRLF; Host and Content-Length are added.
std::string Call(int port, const std::string& method, const std::string& target,
                 const std::string& body = "", const std::string& headers = "");

// The value of a JSON string member in compact JSON; nullopt where it is null or missing.
std::optional<std::string> StringMember(const std::string& json, const std::string& name);

// Path and query of an absolute URL.
std::string TargetOf(const std::string& url);

// A video as its creation answered it.
struct CreatedVideo {
  std::string id;
  std::string upload_target;  // Path and query of UploadUri.
  std::string key_id;         // Empty: not protected.
};

// Creates "clip.mp4"; throws std::runtime_error unless that is answered with 200.
CreatedVideo CreateVideo(int port, const std::string& more_members = "");

// Uploads `bytes` in one Put Blob; returns the status.
int Upload(int port, const CreatedVideo& video, const std::string& bytes);

// Status of MarkComplete.
int MarkComplete(int port, const CreatedVideo& video);

// The member Status of GET Status.
std::string VideoStatus(int port, const CreatedVideo& video);

}  // namespace msc::testing
