#include "tests/load/mixed_load.h"

#include <array>
#include <chrono>
#include <exception>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/raw_client.h"
#include "tests/support/videos_client.h"

namespace msc::load {
namespace {

using namespace std::chrono_literals;
using testing::Call;
using testing::CreatedVideo;
using testing::RawClient;
using testing::StatusOf;

constexpr int kSnapshots = 3;
constexpr const char* kJson = "Content-Type: application/json\r\n";
constexpr const char* kBlockBlob = "x-ms-blob-type: BlockBlob\r\n";

std::string RequestOf(const std::string& method, const std::string& target, const std::string& body,
                      const std::string& headers) {
  return method + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// The life of one video, over one connection.
class VideoLife {
 public:
  VideoLife(Load& load, std::mt19937& random) : load_(load), random_(random), client_(load.port) {}

  void Run() {
    const auto video = testing::CreateVideo(load_.port);
    ++load_.answers;
    Upload(video);
    const std::string path = "/api/Videos/" + video.id;
    Ask("POST", path + "/MarkComplete");
    for (auto polls = random_() % 20; polls > 0; --polls) Ask("GET", path + "/Status");
    Ask("GET", video.upload_target);
    Ask("GET", "/__admin/videos/" + video.id);
    if (random_() % 2 == 0) Ask("DELETE", path);
  }

 private:
  void Upload(const CreatedVideo& video) {
    const std::string block(random_() % 200'000, 'x');
    std::string list = "<BlockList>";
    for (auto i = random_() % 4; i > 0; --i) {
      const std::string id = "AAA" + std::to_string(i);
      Ask("PUT", video.upload_target + "&comp=block&blockid=" + id, block);
      if (random_() % 8 != 0) list += "<Latest>" + id + "</Latest>";
    }
    Ask("PUT", video.upload_target + "&comp=blocklist", list + "</BlockList>");
    if (random_() % 2 == 0) Ask("PUT", video.upload_target, block, kBlockBlob);
  }

  void Ask(const std::string& method, const std::string& target, const std::string& body = "",
           const std::string& headers = "") {
    client_.Send(RequestOf(method, target, body, headers));
    if (client_.ReadAnswer().empty()) throw std::runtime_error("the connection ended");
    ++load_.answers;
  }

  Load& load_;
  std::mt19937& random_;
  RawClient client_;
};

constexpr std::array kFaults = {
    R"({"match":{"operation":"PutBlock"},"times":5,"ttlMillis":60000,"action":{"status":503}})",
    R"({"match":{"operation":"GetStatus"},"times":20,"ttlMillis":60000,"action":{"fixedDelayMilliseconds":50}})",
    R"({"match":{"operation":"PutBlob"},"times":3,"ttlMillis":60000,"action":{"fault":"CONNECTION_RESET_BY_PEER","direction":"request","atByte":1000}})",
    R"({"match":{"operation":"GetBlob"},"times":3,"ttlMillis":60000,"action":{"fault":"TRUNCATED_BODY"}})",
    R"({"match":{},"times":3,"ttlMillis":60000,"action":{"fault":"EMPTY_RESPONSE"}})"};

// One thing that a test does to the emulator.
void Interfere(Load& load, std::mt19937& random) {
  const std::string snapshot =
      "/__admin/snapshots/" + std::to_string(random() % static_cast<unsigned>(kSnapshots));
  switch (random() % 16) {
    case 0:
      Call(load.port, "POST", "/__admin/reset", "{}", kJson);
      break;
    case 1:
      Call(load.port, "POST", snapshot, "", kJson);
      break;
    case 2:
      Call(load.port, "POST", snapshot + "/restore", "", kJson);
      break;
    case 3:
      Call(load.port, "PUT", "/__admin/clock", R"({"action":"advance","durationMillis":60000})",
           kJson);
      break;
    case 4:
      Call(load.port, "DELETE", "/__admin/faults", "", kJson);
      break;
    case 5:
      Call(load.port, "GET", "/__admin/metrics");
      break;
    default:
      Call(load.port, "POST", "/__admin/faults", kFaults.at(random() % kFaults.size()), kJson);
  }
}

}  // namespace

void RunClient(Load& load, unsigned seed) {
  std::mt19937 random(seed);
  while (!load.has_ended) {
    try {
      VideoLife(load, random).Run();
    } catch (const std::exception&) {
      ++load.failures;
    }
  }
}

void RunTester(Load& load, unsigned seed) {
  std::mt19937 random(seed);
  while (!load.has_ended) {
    try {
      Interfere(load, random);
    } catch (const std::exception&) {
      ++load.failures;
    }
    std::this_thread::sleep_for(250ms);
  }
}

void ForgetAll(int port) {
  for (int i = 0; i < kSnapshots; ++i) {
    Call(port, "DELETE", "/__admin/snapshots/" + std::to_string(i), "", kJson);
  }
  Call(port, "POST", "/__admin/reset", "{}", kJson);
}

bool ServesCrowd(int port, int count) {
  const auto video = testing::CreateVideo(port);
  std::vector<std::unique_ptr<RawClient>> crowd;
  for (int i = 0; i < count; ++i) crowd.push_back(std::make_unique<RawClient>(port));
  for (const auto& client : crowd) client->Send(RequestOf("GET", "/api/Formats", "", ""));
  for (const auto& client : crowd) {
    if (StatusOf(client->ReadAnswer()) != 200) return false;
  }
  const auto upload = RequestOf("PUT", video.upload_target, "bytes", kBlockBlob);
  for (const auto& client : crowd) client->Send(upload.substr(0, upload.size() - 1));
  for (const auto& client : crowd) client->Send("s");
  for (const auto& client : crowd) {
    if (StatusOf(client->ReadAnswer()) != 201) return false;
  }
  return true;
}

}  // namespace msc::load
