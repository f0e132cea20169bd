#include "tests/support/videos_client.h"

#include <stdexcept>

#include "tests/support/raw_client.h"

namespace msc::testing {

std::string Call(int port, const std::string& method, const std::string& target,
                 const std::string& body, const std::string& headers) {
  RawClient client(port);
  client.Send(method + ' ' + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
              "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers + "\r\n" +
              body);
  return client.ReadAnswer(method == "HEAD");
}

std::optional<std::string> StringMember(const std::string& json, const std::string& name) {
  const std::string start = '"' + name + "\":\"";
  const auto at = json.find(start);
  if (at == std::string::npos) return std::nullopt;
  const auto value = at + start.size();
  return json.substr(value, json.find('"', value) - value);
}

std::string TargetOf(const std::string& url) {
  return url.substr(url.find('/', url.find("//") + 2));
}

CreatedVideo CreateVideo(int port, const std::string& more_members) {
  const auto answer =
      Call(port, "POST", "/api/Videos", "{\"OriginalFileName\":\"clip.mp4\"" + more_members + "}");
  if (StatusOf(answer) != 200) throw std::runtime_error("no video was created: " + answer);
  const auto body = BodyOf(answer);
  return {.id = StringMember(body, "Id").value(),
          .upload_target = TargetOf(StringMember(body, "UploadUri").value()),
          .key_id = StringMember(body, "ContentProtectionKeyId").value_or("")};
}

int Upload(int port, const CreatedVideo& video, const std::string& bytes) {
  return StatusOf(Call(port, "PUT", video.upload_target, bytes, "x-ms-blob-type: BlockBlob\r\n"));
}

int MarkComplete(int port, const CreatedVideo& video) {
  return StatusOf(Call(port, "POST", "/api/Videos/" + video.id + "/MarkComplete"));
}

std::string VideoStatus(int port, const CreatedVideo& video) {
  const auto answer = Call(port, "GET", "/api/Videos/" + video.id + "/Status");
  return StringMember(BodyOf(answer), "Status").value_or("");
}

}  // namespace msc::testing
