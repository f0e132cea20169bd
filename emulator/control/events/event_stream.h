#pragma once

#include <optional>
#include <string>
#include <utility>

#include "emulator/control/events/event_log.h"
#include "emulator/http/body.h"

namespace msc::control {

// Events as they happen, in the form of server-sent events. Sends a comment from time to time, to
// detect that the client has gone. REQUIRES: `log` outlives it.
class EventStream final : public http::BodySource {
 public:
  // Begins with the event after `after`. `is_client_gone`: as in http::Request.
  EventStream(const EventLog& log, std::uint64_t after, UselessCheck is_client_gone)
      : log_(log), last_(after), is_client_gone_(std::move(is_client_gone)) {}

  std::uint64_t size() const override { return UINT64_MAX; }
  bool is_stream() const override { return true; }
  std::size_t Read(std::span<char> buffer) override;

 private:
  void Fetch();

  const EventLog& log_;
  std::uint64_t last_;
  const UselessCheck is_client_gone_;
  bool is_begun_ = false;
  std::string text_;  // Not sent yet.
};

}  // namespace msc::control
