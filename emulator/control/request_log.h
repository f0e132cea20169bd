#pragma once

#include <msc/logged_request.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/base/clock.h"
#include "emulator/base/log.h"
#include "emulator/control/explain/explainer.h"
#include "emulator/control/journal/request_record.h"
#include "emulator/http/request.h"

namespace msc::control {

struct RequestLogOptions {
  // The lowest level that is logged; absent: nothing is.
  std::optional<LogLevel> lowest = {};

  // Receives the requests; null: nothing is logged.
  std::function<void(const LoggedRequest&)> sink = nullptr;

  // "http://127.0.0.1:10010/__admin"
  std::string admin_url = {};
};

// What is known about a request only if everything is logged.
struct RequestDetails {
  std::string_view route = {};
  std::string_view string_to_sign = {};
  std::chrono::nanoseconds sql_time{0};
};

// Logs each request after it was answered: why it was rejected comes from Explainer. Thread-safe.
class RequestLog {
 public:
  // REQUIRES: the references outlive the object.
  RequestLog(RequestLogOptions options, const Explainer& explainer, const Clock& clock);

  // Whether RequestDetails are logged.
  bool wants_details() const { return Wants(LogLevel::kDebug); }

  // Logs an entry of the journal. `details`: null unless they are wanted.
  void Note(const RequestRecord& record, const RequestDetails* details) const;

  // Logs a rejected request to the control API.
  void NoteControl(const http::Request& request, int status, std::string_view because,
                   std::string_view hint) const;

 private:
  bool Wants(LogLevel level) const { return options_.lowest && level >= *options_.lowest; }

  const RequestLogOptions options_;
  const Explainer& explainer_;
  const Clock& clock_;
};

}  // namespace msc::control
