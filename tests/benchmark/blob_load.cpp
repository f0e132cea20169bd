// Load on a blob endpoint for scripts/bench. URL is a blob's or a container's, signed; times are
// in seconds, from the first byte of the first request to the last of the last answer.
//
//   blob_load put URL BYTES                       one Put Blob; prints its time
//   blob_load get URL BYTES                       one Get Blob of that size; prints its time
//   blob_load snapshot URL COUNT                  Snapshot Blob COUNT times; prints their time
//   blob_load blocks URL BYTES COUNT CONNECTIONS  Put Block COUNT times, over that many connections
//                                                 at once, and Put Block List; prints the time of
//                                                 all and that of the last
//   blob_load fill URL BYTES COUNT CONNECTIONS [HEADER…]
//                                                 Put Blob, named "0", "1", …, in a container; {n}
//                                                 in a header stands for the number in eight
//                                                 digits, {g} for its hundreds in eight digits
//   blob_load delete URL BYTES COUNT TOGETHER     Put Blob COUNT times in a container and delete
//                                                 them on one connection, that many in a Blob Batch
//                                                 or, if it is 1, each by itself; prints the time
//                                                 of the deletes
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <functional>
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
using Clock = std::chrono::steady_clock;

constexpr int kCreated = 201;
constexpr int kAccepted = 202;
constexpr std::size_t kPieceSize = std::size_t{1024} * 1024;
constexpr std::size_t kWithHead = std::size_t{16} * 1024;
constexpr std::size_t kIdSize = 8;
constexpr std::string_view kUsage =
    "usage: blob_load put|get URL BYTES | blob_load snapshot URL COUNT | "
    "blob_load blocks URL BYTES COUNT CONNECTIONS | "
    "blob_load fill URL BYTES COUNT CONNECTIONS [HEADER…] | "
    "blob_load delete URL BYTES COUNT TOGETHER";

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// What bodies are made of, over and over.
const std::string& Piece() {
  static const std::string piece = [] {
    std::minstd_rand random(1);
    std::string bytes(kPieceSize, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    return bytes;
  }();
  return piece;
}

constexpr std::string_view kBlockBlob = "x-ms-blob-type: BlockBlob\r\n";

std::string Head(std::string_view method, const Url& url, std::string_view target,
                 std::uint64_t size, std::string_view headers = {}) {
  return std::string(method) + ' ' + std::string(target) + " HTTP/1.1\r\nHost: " + url.Authority() +
         "\r\n" + std::string(headers) + "Content-Length: " + std::to_string(size) + "\r\n\r\n";
}

void Require(int status, const Answer& answer) {
  if (answer.status != status) {
    throw std::runtime_error("answered " + std::to_string(answer.status) + ": " + answer.body);
  }
}

// The start of the body travels with the head, so that a small request is one packet.
void Put(Connection& connection, const Url& url, std::string_view target, std::uint64_t size,
         std::string_view headers = kBlockBlob) {
  const std::string_view piece = Piece();
  const auto first = piece.substr(0, std::min<std::uint64_t>(size, kWithHead));
  connection.Send(Head("PUT", url, target, size, headers).append(first));
  for (std::uint64_t left = size - first.size(); left > 0;) {
    const auto part = piece.substr(0, left);
    connection.Send(part);
    left -= part.size();
  }
  Require(kCreated, connection.Receive());
}

// Calls send(connection, i) for every i in [0, count), each connection taking the next one as it
// is done with the last.
void ForEach(const Url& url, int count, int connections,
             const std::function<void(Connection&, int)>& send) {
  std::atomic<int> next = 0;
  std::vector<std::future<void>> senders;
  for (int i = 0; i < connections; ++i) {
    senders.push_back(std::async(std::launch::async, [&] {
      Connection connection(url);
      for (int j = next++; j < count; j = next++) send(connection, j);
    }));
  }
  for (auto& sender : senders) sender.get();
}

double PutBlob(const Url& url, std::uint64_t size) {
  Connection connection(url);
  const auto start = Clock::now();
  Put(connection, url, url.target, size);
  return SecondsSince(start);
}

double GetBlob(const Url& url, std::uint64_t size) {
  Connection connection(url);
  const auto start = Clock::now();
  connection.Send("GET " + url.target + " HTTP/1.1\r\nHost: " + url.Authority() + "\r\n\r\n");
  connection.ReceiveAndDrop(size);
  return SecondsSince(start);
}

double Snapshots(const Url& url, std::uint64_t count) {
  Connection connection(url);
  const auto start = Clock::now();
  for (std::uint64_t i = 0; i < count; ++i) {
    connection.Send(Head("PUT", url, url.target + "&comp=snapshot", 0));
    Require(kCreated, connection.Receive());
  }
  return SecondsSince(start);
}

// Eight digits are base64 of six bytes and mean the same escaped or not.
std::string EightDigits(int number) {
  const std::string digits = std::to_string(number);
  return std::string(kIdSize - digits.size(), '0') + digits;
}

std::string BlockList(int count) {
  std::string list = R"(<?xml version="1.0" encoding="utf-8"?><BlockList>)";
  for (int i = 0; i < count; ++i) list += "<Latest>" + EightDigits(i) + "</Latest>";
  return list + "</BlockList>";
}

struct BlockTimes {
  double all;
  double commit;
};

BlockTimes PutBlocks(const Url& url, std::uint64_t size, int count, int connections) {
  const std::string list = BlockList(count);
  const std::string commit_target = url.target + "&comp=blocklist";

  const auto start = Clock::now();
  ForEach(url, count, connections, [&](Connection& connection, int number) {
    Put(connection, url, url.target + "&comp=block&blockid=" + EightDigits(number), size);
  });
  Connection connection(url);
  const auto commit_start = Clock::now();
  connection.Send(Head("PUT", url, commit_target, list.size()) + list);
  Require(kCreated, connection.Receive());
  return {.all = SecondsSince(start), .commit = SecondsSince(commit_start)};
}

// The URL of a container in its parts, to which names are added.
struct Container {
  explicit Container(const Url& url)
      : path(url.target.substr(0, url.target.find('?'))),
        signature(url.target.substr(path.size())) {}

  std::string Blob(int number) const { return path + '/' + std::to_string(number) + signature; }

  std::string path;
  std::string signature;  // With its question mark.
};

void ReplaceAll(std::string& text, std::string_view mark, const std::string& value) {
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark)) {
    text.replace(at, mark.size(), value);
  }
}

std::string Numbered(std::string headers, int number) {
  ReplaceAll(headers, "{n}", EightDigits(number));
  ReplaceAll(headers, "{g}", EightDigits(number / 100));
  return headers;
}

void Fill(const Url& url, std::uint64_t size, int count, int connections,
          const std::string& headers = std::string(kBlockBlob)) {
  const Container container(url);
  ForEach(url, count, connections, [&](Connection& connection, int number) {
    Put(connection, url, container.Blob(number), size, Numbered(headers, number));
  });
}

void DeleteOne(Connection& connection, const Url& url, int number) {
  connection.Send(Head("DELETE", url, Container(url).Blob(number), 0));
  Require(kAccepted, connection.Receive());
}

void DeleteTogether(Connection& connection, const Url& url, int first, int end) {
  const Container container(url);
  std::string body;
  for (int number = first; number < end; ++number) {
    body +=
        "--batch_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n"
        "Content-ID: " +
        std::to_string(number - first) + "\r\n\r\nDELETE " + container.Blob(number) +
        " HTTP/1.1\r\nContent-Length: 0\r\n\r\n";
  }
  body += "--batch_1--\r\n";
  const std::string target = container.path + container.signature + "&restype=container&comp=batch";
  connection.Send(Head("POST", url, target, body.size(),
                       "Content-Type: multipart/mixed; boundary=batch_1\r\n") +
                  body);
  const Answer answer = connection.Receive();
  Require(kAccepted, answer);
  if (answer.body.find("HTTP/1.1 4") != std::string::npos) throw std::runtime_error(answer.body);
}

double Delete(const Url& url, std::uint64_t size, int count, int together) {
  Fill(url, size, count, 8);
  Connection connection(url);
  const auto start = Clock::now();
  for (int number = 0; number < count; number += together) {
    if (together == 1) {
      DeleteOne(connection, url, number);
    } else {
      DeleteTogether(connection, url, number, std::min(number + together, count));
    }
  }
  return SecondsSince(start);
}

// As lines of a head. Put Blob needs a type.
std::string Lines(const std::vector<std::string>& headers) {
  std::string lines;
  for (const auto& header : headers) lines += header + "\r\n";
  return lines.find("x-ms-blob-type") == std::string::npos ? lines.append(kBlockBlob) : lines;
}

void Run(const std::vector<std::string>& arguments) {
  if (arguments.size() < 3) throw std::invalid_argument(std::string(kUsage));
  const std::string& work = arguments[0];
  const Url url = Url::Parse(arguments[1]);
  const std::uint64_t size = std::stoull(arguments[2]);
  if (arguments.size() == 3 && work == "put") {
    std::cout << PutBlob(url, size) << '\n';
  } else if (arguments.size() == 3 && work == "get") {
    std::cout << GetBlob(url, size) << '\n';
  } else if (arguments.size() == 3 && work == "snapshot") {
    std::cout << Snapshots(url, size) << '\n';
  } else if (arguments.size() == 5 && work == "blocks") {
    const auto times = PutBlocks(url, size, std::stoi(arguments[3]), std::stoi(arguments[4]));
    std::cout << times.all << ' ' << times.commit << '\n';
  } else if (arguments.size() >= 5 && work == "fill") {
    Fill(url, size, std::stoi(arguments[3]), std::stoi(arguments[4]),
         Lines({arguments.begin() + 5, arguments.end()}));
  } else if (arguments.size() == 5 && work == "delete") {
    std::cout << Delete(url, size, std::stoi(arguments[3]), std::stoi(arguments[4])) << '\n';
  } else {
    throw std::invalid_argument(std::string(kUsage));
  }
}

}  // namespace

int main(int argc, char** argv) try {
  Run({argv + 1, argv + argc});
  return EXIT_SUCCESS;
} catch (const std::exception& error) {
  std::cerr << "blob_load: " << error.what() << '\n';
  return EXIT_FAILURE;
}
