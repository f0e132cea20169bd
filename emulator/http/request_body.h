#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "emulator/http/chunk_decoder.h"
#include "emulator/http/client_body.h"
#include "emulator/http/head.h"
#include "emulator/http/limits.h"
#include "emulator/http/pace.h"
#include "emulator/http/receive_buffer.h"
#include "emulator/http/stream.h"

namespace msc::http {

// A body that arrives over a connection. Waits for it, within the limits. Sends 100-continue at the
// first read if the client expects it.
class RequestBody final : public ClientBody {
 public:
  // REQUIRES: `stream`, `receive_buffer` and `limits` outlive it.
  RequestBody(const Head& head, Stream& stream, ReceiveBuffer& receive_buffer,
              const ConnectionLimits& limits);

  std::optional<std::uint64_t> size() const override;
  void Limit(std::uint64_t bytes) override { limit_ = bytes; }
  Result<std::size_t> Read(std::span<char> buffer) override;

  bool CanDrain() const override;
  bool Drain() override;

 private:
  Result<std::size_t> ReadLength(std::span<char> buffer);
  Result<std::size_t> ReadChunk(std::span<char> buffer);
  Result<std::size_t> ReadRaw(std::span<char> buffer);
  Status FillReceiveBuffer();
  Status Wait(Stream::Wait wait);
  Status SendContinue();
  Error Fail(Error error);

  Stream& stream_;
  ReceiveBuffer& receive_buffer_;
  const ConnectionLimits& limits_;
  Pace pace_;
  const std::optional<std::uint64_t> length_;  // nullopt: chunked.
  bool owes_continue_;
  ChunkDecoder chunks_;
  std::uint64_t limit_ = UINT64_MAX;
  std::uint64_t received_ = 0;  // Bytes of the body that were read.
  std::optional<Error> failure_;
};

}  // namespace msc::http
