#include "emulator/http/collected_body.h"

#include <algorithm>

#include "emulator/http/http_error.h"

namespace msc::http {

CollectedBody::CollectedBody(const Head& head, BodyBudget& budget)
    : budget_(budget),
      length_(head.chunked ? std::nullopt : std::optional(head.content_length.value_or(0))) {}

CollectedBody::~CollectedBody() { budget_.Return(bytes_.size()); }

bool CollectedBody::Collect(ReceiveBuffer& received) {
  if (!length_) return CollectChunks(received);
  Take(received, *length_ - bytes_.size());
  is_whole_ = !failure_ && bytes_.size() == *length_;
  return failure_ || is_whole_;
}

bool CollectedBody::CollectChunks(ReceiveBuffer& received) {
  using State = ChunkDecoder::State;
  while (!received.unread().empty() && !failure_) {
    if (chunks_.state() == State::kFraming) received.Take(chunks_.Parse(received.unread()));
    if (chunks_.state() == State::kEnd) return is_whole_ = true;
    if (chunks_.state() == State::kBad) {
      Fail({HttpError::kMalformedRequest, "the chunked body is malformed"});
    }
    if (chunks_.state() != State::kData) continue;
    const std::size_t before = bytes_.size();
    Take(received, chunks_.remaining());
    chunks_.TakeData(bytes_.size() - before);
  }
  return failure_.has_value();
}

void CollectedBody::Take(ReceiveBuffer& received, std::uint64_t most) {
  const auto bytes = received.unread().substr(
      0, static_cast<std::size_t>(std::min<std::uint64_t>(most, received.unread().size())));
  if (bytes_.size() + bytes.size() > kMost) {
    return Fail(
        {HttpError::kBodyTooLarge, "a body here has at most " + std::to_string(kMost) + " bytes"});
  }
  if (!budget_.Take(bytes.size())) {
    return Fail({HttpError::kBodyTooLarge, "the bodies that are being received are too large"});
  }
  bytes_ += bytes;
  received.Take(bytes.size());
}

Result<std::size_t> CollectedBody::Read(std::span<char> buffer) {
  if (failure_) return *failure_;
  const std::size_t count = bytes_.copy(buffer.data(), buffer.size(), read_);
  read_ += count;
  if (read_ > limit_) {
    Fail(
        {HttpError::kBodyTooLarge, "a body here has at most " + std::to_string(limit_) + " bytes"});
    return *failure_;
  }
  return count;
}

}  // namespace msc::http
