#include "emulator/http/request_body.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "emulator/http/http_error.h"

namespace msc::http {
namespace {

using std::chrono::steady_clock;

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

RequestBody::RequestBody(const Head& head, Stream& stream, ReceiveBuffer& receive_buffer,
                         const ConnectionLimits& limits)
    : stream_(stream),
      receive_buffer_(receive_buffer),
      limits_(limits),
      pace_(limits.body_stall, limits.min_pace),
      length_(head.chunked ? std::nullopt : std::optional(head.content_length.value_or(0))),
      owes_continue_(head.expects_continue && (head.chunked || length_.value_or(0) > 0)) {}

std::optional<std::uint64_t> RequestBody::size() const { return length_; }

Error RequestBody::Fail(Error error) {
  failure_ = error;
  return error;
}

Result<std::size_t> RequestBody::Read(std::span<char> buffer) {
  if (failure_) return *failure_;
  if (owes_continue_) {
    owes_continue_ = false;
    if (auto sent = SendContinue(); !sent) return sent.error();
  }
  auto count = length_ ? ReadLength(buffer) : ReadChunk(buffer);
  if (!count) return count;
  received_ += *count;
  pace_.Add(*count);
  if (received_ > limit_) {
    return Fail(
        {HttpError::kBodyTooLarge, "a body here has at most " + std::to_string(limit_) + " bytes"});
  }
  return count;
}

Result<std::size_t> RequestBody::ReadLength(std::span<char> buffer) {
  const std::uint64_t left = *length_ - received_;
  if (left == 0) return std::size_t{0};
  return ReadRaw(
      buffer.first(static_cast<std::size_t>(std::min<std::uint64_t>(left, buffer.size()))));
}

Result<std::size_t> RequestBody::ReadChunk(std::span<char> buffer) {
  while (chunks_.state() == ChunkDecoder::State::kFraming) {
    receive_buffer_.Take(chunks_.Parse(receive_buffer_.unread()));
    if (chunks_.state() != ChunkDecoder::State::kFraming) break;
    if (auto filled = FillReceiveBuffer(); !filled) return filled.error();
  }
  if (chunks_.state() == ChunkDecoder::State::kEnd) return std::size_t{0};
  if (chunks_.state() == ChunkDecoder::State::kBad) {
    return Fail({HttpError::kMalformedRequest, "the chunked body is malformed"});
  }
  const auto most = std::min<std::uint64_t>(chunks_.remaining(), buffer.size());
  auto count = ReadRaw(buffer.first(static_cast<std::size_t>(most)));
  if (count) chunks_.TakeData(*count);
  return count;
}

Result<std::size_t> RequestBody::ReadRaw(std::span<char> buffer) {
  if (const auto unread = receive_buffer_.unread(); !unread.empty()) {
    const std::size_t count = unread.copy(buffer.data(), buffer.size());
    receive_buffer_.Take(count);
    return count;
  }
  for (;;) {
    const auto progress = stream_.Read(buffer);
    if (progress.bytes > 0) return progress.bytes;
    if (progress.ended) {
      return Fail({HttpError::kClientGone, "the connection ended before the body did"});
    }
    if (auto waited = Wait(progress.wait); !waited) return waited.error();
  }
}

Status RequestBody::FillReceiveBuffer() {
  for (;;) {
    const auto progress = receive_buffer_.Fill(stream_);
    if (progress.bytes > 0) return Done{};
    if (progress.ended) {
      return Fail({HttpError::kClientGone, "the connection ended before the body did"});
    }
    if (auto waited = Wait(progress.wait); !waited) return waited.error();
  }
}

Status RequestBody::Wait(Stream::Wait wait) {
  if (wait == Stream::Wait::kNothing || pace_.Wait(stream_, wait)) return Done{};
  return Fail({HttpError::kRequestTimeout, "the body comes too slowly"});
}

Status RequestBody::SendContinue() {
  std::string_view rest = kContinue;
  while (!rest.empty()) {
    const auto progress = stream_.Write(rest, false);
    rest.remove_prefix(progress.bytes);
    if (progress.ended) return Fail({HttpError::kClientGone, "the connection broke"});
    if (progress.bytes > 0) continue;
    if (auto waited = Wait(progress.wait); !waited) return waited.error();
  }
  return Done{};
}

bool RequestBody::CanDrain() const {
  if (failure_) return false;
  // It is unknown whether the client sends a body for which it got no 100-continue.
  if (owes_continue_) return false;
  return !length_ || *length_ - received_ <= limits_.drain_bytes;
}

bool RequestBody::Drain() {
  if (!CanDrain()) return false;
  std::array<char, 64 * 1024> waste;
  const auto end = steady_clock::now() + limits_.drain_time;
  pace_.EndAt(end);
  limit_ = received_ + std::min(limits_.drain_bytes, UINT64_MAX - received_);
  for (;;) {
    const auto count = Read(waste);
    if (!count) return false;
    if (*count == 0) return true;
    if (steady_clock::now() > end) return false;
  }
}

}  // namespace msc::http
