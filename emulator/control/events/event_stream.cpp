#include "emulator/control/events/event_stream.h"

#include <chrono>

namespace msc::control {
namespace {

constexpr std::chrono::seconds kHeartbeat(10);

}  // namespace

std::size_t EventStream::Read(std::span<char> buffer) {
  if (text_.empty()) Fetch();
  const std::size_t count = text_.copy(buffer.data(), buffer.size());
  text_.erase(0, count);
  return count;
}

void EventStream::Fetch() {
  if (!is_begun_) {  // Sends the head at once, so that the client knows that the stream is open.
    is_begun_ = true;
    text_ = "retry: 1000\n\n";
    return;
  }
  for (const auto& event : log_.WaitFor(last_, kHeartbeat, is_client_gone_)) {
    last_ = event.id;
    text_ += "id: " + std::to_string(event.id) + "\nevent: " + std::string(event.kind) +
             "\ndata: " + event.data() + "\n\n";
  }
  const bool is_over = log_.has_ended() || (is_client_gone_ && is_client_gone_());
  if (text_.empty() && !is_over) text_ = ": \n\n";
}

}  // namespace msc::control
