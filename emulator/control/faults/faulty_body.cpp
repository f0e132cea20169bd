#include "emulator/control/faults/faulty_body.h"

#include <algorithm>
#include <array>

#include "emulator/control/faults/pace.h"
#include "emulator/http/http_error.h"

namespace msc::control {

FaultyBody::FaultyBody(http::BodyReader& inner, const BodyFault& fault,
                       const CancellableDelays::Scope& delays, std::function<void()> on_fire)
    : inner_(inner), fault_(fault), delays_(delays), on_fire_(std::move(on_fire)) {}

Result<std::size_t> FaultyBody::Cut() {
  if (!cut_) on_fire_();
  cut_ = true;
  return Error{http::HttpError::kClientGone, "a fault cut the request's body"};
}

void FaultyBody::Corrupt(std::span<char> bytes) {
  if (!fault_.corrupt_at || *fault_.corrupt_at < received_) return;
  const std::uint64_t at = *fault_.corrupt_at - received_;
  if (at >= bytes.size()) return;
  bytes[static_cast<std::size_t>(at)] ^= '\xFF';
  on_fire_();
}

Result<std::size_t> FaultyBody::Read(std::span<char> buffer) {
  if (fault_.bytes_per_second) buffer = FirstPiece(buffer, *fault_.bytes_per_second);
  if (fault_.cut_at) {
    const std::uint64_t left = *fault_.cut_at - received_;
    if (left == 0) return Cut();
    buffer = buffer.first(static_cast<std::size_t>(std::min<std::uint64_t>(left, buffer.size())));
  }
  auto count = inner_.Read(buffer);
  if (!count || *count == 0) return count;
  Corrupt(buffer.first(*count));
  received_ += *count;
  // The last piece before the cut is not returned, so that the reader cannot think that the body is
  // complete.
  if (received_ == fault_.cut_at) return Cut();
  if (fault_.bytes_per_second) {
    on_fire_();
    delays_.WaitFor(TimeFor(*count, *fault_.bytes_per_second));
  }
  return count;
}

void FaultyBody::ReadToCut() {
  std::array<char, 16 * 1024> waste{};
  for (auto count = Read(waste); count && *count > 0; count = Read(waste)) {
  }
}

}  // namespace msc::control
