#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/http/method.h"
#include "emulator/http/response.h"
#include "emulator/http/stream.h"

namespace msc::http {

// Sends a response piece by piece, and never waits for the client.
class ResponseSender {
 public:
  // `connection`: value of the header Connection; empty: none. REQUIRES: `response` outlives it.
  ResponseSender(Method method, Response& response, std::string_view connection);

  // Sends these bytes and nothing else.
  explicit ResponseSender(std::string bytes) : head_(std::move(bytes)) {}

  ResponseSender(const ResponseSender&) = delete;
  ResponseSender& operator=(const ResponseSender&) = delete;

  enum class State { kDone, kBroken, kWaitsToRead, kWaitsToWrite };

  // Sends what the stream takes, at most a few MiB at once, so that other connections get their
  // turn. Throws what the response's source throws.
  State Send(Stream& stream);

  // How many bytes were sent.
  std::uint64_t sent() const { return sent_; }

 private:
  void NextPiece(const Stream& stream);
  void NextPieceOfSource(const Stream& stream);
  bool TakeInPlace(const Stream& stream);
  void ReadPiece();
  Stream::Progress WritePiece(Stream& stream);

  std::string head_;       // With the body, if that is small.
  std::string_view body_;  // If it is a text that is not in head_.
  BodySource* source_ = nullptr;
  std::uint64_t left_ = 0;  // Bytes of the source.
  std::unique_ptr<char[]> buffer_;
  std::size_t capacity_ = 0;              // Bytes that are read of the source at once.
  std::optional<BytesInPlace> in_place_;  // Bytes of the source that are sent next.
  bool has_begun_ = false;

  std::string_view piece_;                  // What is being sent, or else
  std::optional<BytesInPlace> file_piece_;  // this part of a file.
  bool has_more_ = false;                   // Whether another piece follows at once.
  bool is_last_ = false;
  std::uint64_t sent_ = 0;
};

}  // namespace msc::http
