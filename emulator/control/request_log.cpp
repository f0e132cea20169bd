#include "emulator/control/request_log.h"

#include <utility>

namespace msc::control {
namespace {

// The level of a request that the emulator decided with that status.
LogLevel LevelOf(int decided, bool is_hidden) {
  if (decided >= 500) return LogLevel::kError;
  return decided >= 400 || is_hidden ? LogLevel::kWarning : LogLevel::kInfo;
}

LoggedRequest Describe(const RequestRecord& record, LogLevel level) {
  return {.level = Name(level),
          .id = record.id,
          .at = record.at,
          .operation = record.operation,
          .method = record.method_name(),
          .target = record.target,
          .status = record.status,
          .request_bytes = record.body_size,
          .response_bytes = record.response_size,
          .duration = std::chrono::steady_clock::now() - record.received_at,
          .video_id = record.video_id};
}

}  // namespace

RequestLog::RequestLog(RequestLogOptions options, const Explainer& explainer, const Clock& clock)
    : options_(std::move(options)), explainer_(explainer), clock_(clock) {}

void RequestLog::Note(const RequestRecord& record, const RequestDetails* details) const {
  if (!options_.lowest || !options_.sink) return;
  const bool is_hidden = IsHiddenFromPage(record);
  const LogLevel level = LevelOf(record.decided, is_hidden);
  if (!Wants(level)) return;

  LoggedRequest line = Describe(record, level);
  Reason reason;
  std::string explain_url;
  if (record.decided >= 400 || is_hidden || record.fault_id || !record.advice.empty()) {
    reason = explainer_.ReasonFor(record);
    explain_url = options_.admin_url + "/requests/" + std::to_string(record.id) + "/explain";
    line.because = reason.because;
    line.hint = reason.hint;
    line.explain_url = explain_url;
  }
  if (details != nullptr) {
    line.route = details->route;
    line.string_to_sign = details->string_to_sign;
    line.sql_time = details->sql_time;
  }
  options_.sink(line);
}

void RequestLog::NoteControl(const http::Request& request, int status, std::string_view because,
                             std::string_view hint) const {
  if (!options_.sink || !Wants(LogLevel::kWarning)) return;
  options_.sink({.level = Name(LogLevel::kWarning),
                 .at = clock_.Now(),
                 .method = http::Name(request.method),
                 .target = request.target,
                 .status = status,
                 .because = because,
                 .hint = hint});
}

}  // namespace msc::control
