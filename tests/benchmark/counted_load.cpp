// One keep-alive connection that sends one kind of request, as many as it is told to, for
// scripts/bench.
//
//   counted_load METHOD URL [BODY [HEADER…]]
//
// Reads a number a line from stdin; sends that many requests and then prints the number. `{n}` in
// URL stands for the request's number in eight digits. Fails at the first answer above 299.
#include <algorithm>
#include <cstdlib>
#include <exception>
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

constexpr std::string_view kNumber = "{n}";
constexpr std::size_t kDigits = 8;

std::string Numbered(std::string target, int number) {
  const auto at = target.find(kNumber);
  if (at == std::string::npos) return target;
  const std::string digits = std::to_string(number);
  return target.replace(at, kNumber.size(), std::string(kDigits - digits.size(), '0') + digits);
}

class Load {
 public:
  Load(std::string method, const Url& url, const std::string& body,
       const std::vector<std::string>& lines)
      : method_(std::move(method)), target_(url.target), connection_(url) {
    rest_ = " HTTP/1.1\r\nHost: " + url.Authority() + "\r\n";
    for (const std::string& line : lines) rest_ += line + "\r\n";
    if (method_ != "GET" && method_ != "HEAD") {
      rest_ += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    }
    rest_ += "\r\n" + body;
  }

  void Send(int count) {
    for (int i = 0; i < count; ++i) {
      connection_.Send(method_ + ' ' + Numbered(target_, ++sent_) + rest_);
      const Answer answer =
          method_ == "HEAD" ? connection_.ReceiveBodiless() : connection_.Receive();
      if (answer.status > 299) {
        throw std::runtime_error("answered " + std::to_string(answer.status) + ": " + answer.body);
      }
    }
  }

 private:
  std::string method_;
  std::string target_;
  std::string rest_;  // Of a request, from behind its target on.
  Connection connection_;
  int sent_ = 0;
};

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 3) throw std::invalid_argument("usage: counted_load METHOD URL [BODY [HEADER…]]");
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  Load load(arguments[0], Url::Parse(arguments[1]), argc > 3 ? arguments[2] : "",
            {arguments.begin() + std::min(argc - 1, 3), arguments.end()});
  for (int count = 0; std::cin >> count;) {
    load.Send(count);
    std::cout << count << std::endl;
  }
  return EXIT_SUCCESS;
} catch (const std::exception& error) {
  std::cerr << "counted_load: " << error.what() << '\n';
  return EXIT_FAILURE;
}
