#pragma once

#include <optional>
#include <string>

#include "emulator/control/events/event_log.h"
#include "emulator/http/body.h"

namespace msc::control {

// Events as they happen, in the form of server-sent events. Sends a comment from time to time, to
// detect that the client has gone. REQUIRES: `log` outlives it.
class EventStream final : public http::BodySource {
 public:
  // Begins with the event after `after`.
  EventStream(const EventLog& log, std::uint64_t after) : log_(log), last_(after) {}

  std::uint64_t size() const override { return UINT64_MAX; }
  bool is_stream() const override { return true; }
  std::size_t Read(std::span<char> buffer) override;

 private:
  void Fetch();

  const EventLog& log_;
  std::uint64_t last_;
  bool is_begun_ = false;
  std::string text_;  // Not sent yet.
};

}  // namespace msc::control
