#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "emulator/base/descriptor.h"

namespace msc::http {

using Deadline = std::chrono::steady_clock::time_point;

// The bytes of one accepted connection, plain or encrypted. Never blocks: a call that cannot
// proceed returns what it waits for. Owns its socket, which is non-blocking. To be used by one
// thread at a time, except EndReading and Interrupt.
class Stream {
 public:
  enum class Wait { kNothing, kToRead, kToWrite };

  struct Progress {
    std::size_t bytes = 0;       // Read or written.
    Wait wait = Wait::kNothing;  // If there were none: what to wait for.
    bool ended = false;          // The connection has ended or is broken.
  };

  // Takes over `socket`.
  explicit Stream(int socket);
  virtual ~Stream() = default;
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  virtual Progress Read(std::span<char> buffer) = 0;

  // Whether received bytes are buffered here, so that the socket does not look readable.
  virtual bool HasPending() const { return false; }

  // `more`: another Write follows at once.
  virtual Progress Write(std::string_view bytes, bool more) = 0;

  // Whether WriteFile may be called.
  virtual bool CanWriteFiles() const { return false; }

  // Writes `count` bytes of a file, without a copy in this process. No progress and nothing to wait
  // for: the file has fewer.
  virtual Progress WriteFile(int file, std::uint64_t offset, std::size_t count);

  // Tells the other side that nothing more will be written.
  virtual void EndWriting();

  // Whether the client sends plain text although TLS is expected. It gets plain text then.
  virtual bool LacksTls() const { return false; }

  int socket() const { return socket_.get(); }

  // Makes the connection end with a reset (RST), once the other side has received what was written,
  // or `deadline` has passed.
  void ResetAtEnd(Deadline deadline);

  // Makes a waiting reader see the end. May be called from any thread.
  void EndReading();

  // Ends all current and later calls. May be called from any thread.
  void Interrupt();

  // Blocks until the socket is ready for `wait` or broken; false at the deadline.
  bool WaitUntil(Wait wait, Deadline deadline) const;

  // Since when WaitUntil has been blocking, in steady_clock ticks; 0: it is not. From any thread.
  std::int64_t waiting_since() const { return waiting_since_; }

  // The address and port that the client connected to, as an authority.
  std::string LocalAuthority() const;

  // Whether the other side has closed its side of the connection, or the connection is broken.
  // Whether it still reads cannot be known, so it counts as gone.
  bool IsEndedByPeer() const;

  // The client's address, numeric, without port; empty if the system cannot tell it.
  std::string ClientAddress() const;

 protected:
  // Read and Write without encryption.
  Progress ReadPlain(std::span<char> buffer) const;
  Progress WritePlain(std::string_view bytes, bool more) const;
  Progress WriteFilePlain(int file, std::uint64_t offset, std::size_t count) const;

 private:
  bool Poll(Wait wait, Deadline deadline) const;

  const Descriptor socket_;
  mutable std::atomic<std::int64_t> waiting_since_ = 0;
};

// A stream without encryption.
std::unique_ptr<Stream> MakePlainStream(int socket);

}  // namespace msc::http
