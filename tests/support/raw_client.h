#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace msc::testing {

// A TCP connection to 127.0.0.1 that sends what it is told, byte by byte, and shows what comes back
// unparsed. Gives up (and says so by an empty answer) after ten seconds of transport time, so that
// a broken server fails a test instead of hanging it.
class RawClient {
 public:
  explicit RawClient(int port);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  // False where the server has closed the connection.
  bool Send(std::string_view bytes);

  // Tells the server that no more will come.
  void EndWriting();

  // The next whole answer: head and, by its Content-Length, body. An answer to HEAD ends with its
  // head. Empty where the connection ended before it did.
  std::string ReadAnswer(bool to_head = false);

  // The bytes before the next line break (LF or CRLF); nullopt if the connection ends first.
  std::optional<std::string> ReadLine();

  // Everything up to the end of the connection; nullopt where it does not end.
  std::optional<std::string> ReadToEnd();

  // Send, then ReadAnswer.
  std::string Ask(std::string_view request);

  // Whether the server closes the connection without a further byte.
  bool IsClosed();

  // Whether the connection was reset (RST), and not closed, as far as was read.
  bool WasReset() const { return was_reset_; }

 private:
  // Waits for more; false at the end of the connection or when it takes too long.
  bool Receive();

  int socket_;
  std::string received_;
  bool ended_ = false;
  bool was_reset_ = false;
};

// "HTTP/1.1 200 OK" of an answer.
std::string StatusLine(std::string_view answer);

// The number in it; 0 where there is none.
int StatusOf(std::string_view answer);

// What follows the empty line.
std::string BodyOf(std::string_view answer);

// The value of a header of that exact name; nullopt where there is none.
std::optional<std::string> HeaderOf(std::string_view answer, std::string_view name);

}  // namespace msc::testing
