// Load for scripts/bench.
//
//   load put URL BYTES                   one PUT; prints the seconds from its first byte to the
//   answer load create URL COUNT CONNECTIONS    creates videos at the emulator URL; prints an id a
//   line
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <future>
#include <iostream>
#include <random>
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
constexpr int kCreated = 201;
constexpr std::size_t kPieceSize = std::size_t{1024} * 1024;
constexpr std::string_view kVideo = R"({"OriginalFileName":"a.mp4"})";
constexpr std::string_view kId = R"({"Id":")";
constexpr std::size_t kIdSize = 36;

std::string RandomPiece() {
  std::minstd_rand random(1);
  std::string piece(kPieceSize, '\0');
  for (char& c : piece) c = static_cast<char>(random());
  return piece;
}

void Require(int status, const Answer& answer) {
  if (answer.status != status) {
    throw std::runtime_error("answered " + std::to_string(answer.status) + ": " + answer.body);
  }
}

double Put(const Url& url, std::uint64_t size) {
  const std::string piece = RandomPiece();
  Connection connection(url);

  const auto start = std::chrono::steady_clock::now();
  connection.Send("PUT " + url.target + " HTTP/1.1\r\nHost: " + url.Authority() +
                  "\r\nx-ms-blob-type: BlockBlob\r\nContent-Type: application/octet-stream\r\n"
                  "Content-Length: " +
                  std::to_string(size) + "\r\n\r\n");
  for (std::uint64_t left = size; left > 0;) {
    const auto part = std::string_view(piece).substr(0, left);
    connection.Send(part);
    left -= part.size();
  }
  Require(kCreated, connection.Receive());
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

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
    Require(kOk, answer);
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
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() == 3 && arguments[0] == "put") {
    std::cout << Put(Url::Parse(arguments[1]), std::stoull(arguments[2])) << '\n';
  } else if (arguments.size() == 4 && arguments[0] == "create") {
    CreateAll(Url::Parse(arguments[1]), std::stoi(arguments[2]), std::stoi(arguments[3]));
  } else {
    throw std::invalid_argument("usage: load put URL BYTES | load create URL COUNT CONNECTIONS");
  }
  return EXIT_SUCCESS;
} catch (const std::exception& fault) {
  std::cerr << "load: " << fault.what() << '\n';
  return EXIT_FAILURE;
}
