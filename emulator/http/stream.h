#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace msc::http {

using Deadline = std::chrono::steady_clock::time_point;

// The bytes of one accepted connection, plain or encrypted. Never blocks: what cannot go on says
// what it waits for. Owns its socket, which does not block. One thread at a time, but for
// Interrupt.
class Stream {
 public:
  enum class Wait { kNothing, kToRead, kToWrite };

  struct Progress {
    std::size_t bytes = 0;       // Moved.
    Wait wait = Wait::kNothing;  // Where none moved: what for.
    bool ended = false;          // No more will ever move: the end, or a broken connection.
  };

  // Takes over `socket`.
  explicit Stream(int socket);
  virtual ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  virtual Progress Read(std::span<char> buffer) = 0;

  // Whether bytes were received that the socket no longer shows.
  virtual bool HasPending() const { return false; }

  // `more`: another Write follows at once.
  virtual Progress Write(std::string_view bytes, bool more) = 0;

  // Tells the other side that nothing more is written.
  virtual void EndWriting();

  int socket() const { return socket_; }

  // Makes the end of the connection a reset (RST) instead, once the other side has what was written
  // or `deadline` has passed.
  void ResetAtEnd(Deadline deadline);

  // Makes a reader that waits see the end. From any thread.
  void EndReading();

  // Makes every call under way and to come end. From any thread.
  void Interrupt();

  // Blocks until the socket is ready for `wait` or broken; false at the deadline.
  bool WaitUntil(Wait wait, Deadline deadline) const;

  // Address and port that the client reached, as an authority.
  std::string LocalAuthority() const;

  // Whether the other side writes no more, or the connection is broken. As it cannot be told
  // whether it still reads, it counts as gone.
  bool IsEndedByPeer() const;

  // The client's address, numeric, without port; empty where the system cannot tell it.
  std::string ClientAddress() const;

 private:
  int socket_;
};

// A stream without encryption.
std::unique_ptr<Stream> MakePlainStream(int socket);

}  // namespace msc::http
