// Load on the Videos API for scripts/bench.
//
//   video_load URL COUNT CONNECTIONS      creates videos at the emulator URL; prints an id a line
#include <cstdlib>
#include <exception>
#include <future>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "tests/benchmark/connection.h"

namespace {

using msc::benchmark::Answer;
using msc::benchmark::Connection;
using msc::benchmark::Url;

constexpr int kOk = 200;
constexpr std::string_view kVideo = R"({"OriginalFileName":"a.mp4"})";
constexpr std::string_view kId = R"({"Id":")";
constexpr std::size_t kIdSize = 36;

std::vector<std::string> Create(const Url& url, int count) {
  const std::string request =
      "POST /api/Videos HTTP/1.1\r\nHost: " + url.Authority() +
      "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(kVideo.size()) +
      "\r\n\r\n" + std::string(kVideo);
  std::vector<std::string> ids;
  Connection connection(url);
  for (int i = 0; i < count; ++i) {
    connection.Send(request);
    const Answer answer = connection.Receive();
    if (answer.status != kOk) {
      throw std::runtime_error("answered " + std::to_string(answer.status) + ": " + answer.body);
    }
    ids.push_back(answer.body.substr(kId.size(), kIdSize));
  }
  return ids;
}

void CreateAll(const Url& url, int count, int connections) {
  std::vector<std::future<std::vector<std::string>>> parts;
  for (int i = 0; i < connections; ++i) {
    const int share = count / connections + (i < count % connections ? 1 : 0);
    parts.push_back(std::async(std::launch::async, Create, url, share));
  }
  for (auto& part : parts) {
    for (const std::string& id : part.get()) std::cout << id << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 4) throw std::invalid_argument("usage: video_load URL COUNT CONNECTIONS");
  CreateAll(Url::Parse(argv[1]), std::stoi(argv[2]), std::stoi(argv[3]));
  return EXIT_SUCCESS;
} catch (const std::exception& error) {
  std::cerr << "video_load: " << error.what() << '\n';
  return EXIT_FAILURE;
}
