#include "emulator/cli/logging.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include "emulator/base/clock.h"

namespace msc {
namespace {

spdlog::level::level_enum SpdlogLevelOf(std::string_view name) {
  return spdlog::level::from_str(std::string(name));
}

}  // namespace

ProgramLog::ProgramLog(const std::string& level, const std::string& format)
    : level_(level),
      style_(ChooseLogStyle(format)),
      writer_(std::make_shared<LineWriter>(STDERR_FILENO)),
      logger_(std::make_shared<spdlog::logger>("msc", writer_)) {
  logger_->set_level(SpdlogLevelOf(level));
}

ProgramLog::~ProgramLog() = default;

void ProgramLog::Attach(EmulatorOptions& options) {
  options.log_level = level_;
  options.log = [this](std::string_view level, std::string_view line) { Write(level, line); };
  options.log_request = [this](const LoggedRequest& request) {
    writer_->Write(FormatRequest(style_, request));
  };
}

bool ProgramLog::Wants(std::string_view level) const {
  return logger_->should_log(SpdlogLevelOf(level));
}

void ProgramLog::Write(std::string_view level, std::string_view line) {
  if (!Wants(level)) return;
  logger_->log(SpdlogLevelOf(level), FormatLine(style_, Now(), level, line));
}

void ProgramLog::WriteAsItIs(std::string_view level, std::string_view text) {
  logger_->log(SpdlogLevelOf(level), text);
  logger_->flush();
}

Time ProgramLog::Now() const {
  const Emulator* const emulator = emulator_;
  return emulator == nullptr ? Clock().Now() : emulator->Now();
}

}  // namespace msc
