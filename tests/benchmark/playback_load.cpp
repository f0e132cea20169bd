// Load on playback for scripts/bench.
//
//   playback_load fragment URL BYTES COUNT CONNECTIONS  GETs a fragment of that size COUNT times,
//   over that many
//                                                       connections at once; prints the seconds
//                                                       that it took
//   playback_load players URL COUNT                     plays a master playlist of HLS that often
//   at once, each player
//                                                       over a connection of its own: the first
//                                                       video and the first audio track to their
//                                                       ends; prints how many fragments were served
//                                                       and the seconds that it took
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <future>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/benchmark/connection.h"

namespace {

using msc::benchmark::Answer;
using msc::benchmark::Connection;
using msc::benchmark::Url;
using Clock = std::chrono::steady_clock;

constexpr int kOk = 200;
constexpr std::string_view kUsage =
    "usage: playback_load fragment URL BYTES COUNT CONNECTIONS | playback_load players URL COUNT";

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string GetRequest(const Url& url, const std::string& target) {
  return "GET " + target + " HTTP/1.1\r\nHost: " + url.Authority() + "\r\n\r\n";
}

double GetFragments(const Url& url, std::uint64_t size, int count, int connections) {
  std::atomic<int> next = 0;
  std::vector<std::future<void>> clients;
  const auto start = Clock::now();
  for (int i = 0; i < connections; ++i) {
    clients.push_back(std::async(std::launch::async, [&] {
      Connection connection(url);
      while (next++ < count) {
        connection.Send(GetRequest(url, url.target));
        connection.ReceiveAndDrop(size);
      }
    }));
  }
  for (auto& client : clients) client.get();
  return SecondsSince(start);
}

std::string Get(Connection& connection, const Url& url, const std::string& target) {
  connection.Send(GetRequest(url, target));
  Answer answer = connection.Receive();
  if (answer.status != kOk || answer.body.empty()) {
    throw std::runtime_error(target + ": answered " + std::to_string(answer.status) + ' ' +
                             answer.body);
  }
  return std::move(answer.body);
}

// The URLs that a playlist at `target` refers to by lines, or by an attribute URI of lines that
// begin with `tag`.
std::vector<std::string> Entries(const std::string& playlist, const std::string& target,
                                 std::string_view tag = "") {
  constexpr std::string_view kUri = "URI=\"";
  const std::string folder = target.substr(0, target.rfind('/') + 1);
  std::vector<std::string> entries;
  for (std::size_t begin = 0, end = 0; begin < playlist.size(); begin = end + 1) {
    end = std::min(playlist.find('\n', begin), playlist.size());
    const std::string line = playlist.substr(begin, end - begin);
    if (tag.empty() && !line.empty() && line[0] != '#') entries.push_back(folder + line);
    if (tag.empty() || !line.starts_with(tag)) continue;
    const auto uri = line.find(kUri) + kUri.size();
    entries.push_back(folder + line.substr(uri, line.find('"', uri) - uri));
  }
  return entries;
}

// How many fragments it got.
int Play(const Url& url) {
  Connection connection(url);
  const std::string master = Get(connection, url, url.target);
  std::vector<std::string> fragments;
  for (const auto& tracks :
       {Entries(master, url.target), Entries(master, url.target, "#EXT-X-MEDIA:")}) {
    if (tracks.empty()) throw std::runtime_error("there is no video or no audio in " + master);
    for (auto& fragment : Entries(Get(connection, url, tracks[0]), tracks[0])) {
      fragments.push_back(std::move(fragment));
    }
  }
  for (const auto& fragment : fragments) Get(connection, url, fragment);
  return static_cast<int>(fragments.size());
}

int PlayAtOnce(const Url& url, int count) {
  std::vector<std::future<int>> players;
  for (int i = 0; i < count; ++i) players.push_back(std::async(std::launch::async, Play, url));
  int fragments = 0;
  for (auto& player : players) fragments += player.get();
  return fragments;
}

void Run(const std::vector<std::string>& arguments) {
  if (arguments.size() == 5 && arguments[0] == "fragment") {
    std::cout << GetFragments(Url::Parse(arguments[1]), std::stoull(arguments[2]),
                              std::stoi(arguments[3]), std::stoi(arguments[4]))
              << '\n';
  } else if (arguments.size() == 3 && arguments[0] == "players") {
    const auto start = Clock::now();
    const int fragments = PlayAtOnce(Url::Parse(arguments[1]), std::stoi(arguments[2]));
    std::cout << fragments << ' ' << SecondsSince(start) << '\n';
  } else {
    throw std::invalid_argument(std::string(kUsage));
  }
}

}  // namespace

int main(int argc, char** argv) try {
  Run({argv + 1, argv + argc});
  return EXIT_SUCCESS;
} catch (const std::exception& error) {
  std::cerr << "playback_load: " << error.what() << '\n';
  return EXIT_FAILURE;
}
