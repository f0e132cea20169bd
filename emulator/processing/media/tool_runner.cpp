#include "emulator/processing/media/tool_runner.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <utility>

#include "emulator/processing/media/child_process.h"
#include "emulator/processing/media/job_error.h"

namespace msc::processing {
namespace {

using std::chrono::steady_clock;

// Exit codes of tools that a signal ended.
constexpr int kSignalled = 128;
constexpr int kExceededFileLimit = kSignalled + SIGXFSZ;

bool Has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

// Removes the path under which the tool knows the file, and addresses in its memory.
std::string Cleaned(std::string text) {
  constexpr std::string_view kPath = "/proc/self/fd/";
  for (std::size_t at = 0; (at = text.find(kPath)) != std::string::npos;) {
    text.replace(at, text.find_first_not_of("0123456789", at + kPath.size()) - at, "the file");
  }
  for (std::size_t at = 0; (at = text.find(" @ 0x")) != std::string::npos;) {
    text.erase(at, text.find(']', at) - at);
  }
  std::erase_if(text, [](char c) { return c < ' ' || c > '~'; });
  return text;
}

// What the tool says, for people. Its first line tells most.
std::string Message(const std::string& errors, int exit_code) {
  constexpr std::size_t kLongest = 300;
  const std::string line = Cleaned(errors.substr(0, errors.find('\n')));
  if (line.empty()) return "the media tool ended with exit code " + std::to_string(exit_code);
  const auto name_end = line.find("] Format not on whitelist");
  if (name_end != std::string::npos) {
    return "the format of the upload (" + line.substr(1, name_end - 1) + ") is not supported";
  }
  return "the media tool says: " + line.substr(0, kLongest);
}

// What the end of a tool means for the upload, which is what differs from run to run.
JobError Judge(const std::string& errors, int exit_code) {
  constexpr std::array kOurs = {"No space left", "Cannot allocate memory", "Unknown encoder",
                                "Unrecognized option", "while opening encoder"};
  constexpr std::array kUnsupported = {"Format not on whitelist", "Decoder not found",
                                       "Decoder (codec"};
  const auto has = [&](const char* part) { return Has(errors, part); };
  if (exit_code >= kSignalled || std::any_of(kOurs.begin(), kOurs.end(), has)) {
    return JobError::kProcessingFailed;
  }
  return std::any_of(kUnsupported.begin(), kUnsupported.end(), has) ? JobError::kUnsupportedFormat
                                                                    : JobError::kCorruptedFile;
}

steady_clock::time_point DeadlineAfter(std::chrono::milliseconds timeout) {
  const auto now = steady_clock::now();
  const auto most =
      std::chrono::floor<std::chrono::milliseconds>(steady_clock::time_point::max() - now);
  return timeout < most ? now + timeout : steady_clock::time_point::max();
}

}  // namespace

ToolRunner::ToolRunner(const Cancellation& cancellation, const JobFiles& files,
                       std::chrono::milliseconds timeout)
    : cancellation_(cancellation),
      files_(files),
      timeout_(timeout),
      deadline_(DeadlineAfter(timeout)) {}

Status ToolRunner::Run(const std::vector<std::string>& command,
                       const std::vector<const NamelessFile*>& files, LineReader on_line) {
  if (auto checked = Check(); !checked) return checked;
  ChildProgram program{.arguments = command,
                       .file_limit = files_.Left(),
                       .deadline = deadline_,
                       .cancellation = cancellation_,
                       .on_line = std::move(on_line),
                       .may_go_on = [this] { return files_.Left() > 0; }};
  for (const auto* file : files) program.descriptors.push_back(file->descriptor());
  const auto result = RunChild(program);
  switch (result.end) {
    case ChildEnd::kExited:
      return Explain(result.exit_code.value_or(0), result.errors);
    case ChildEnd::kStopped:
      if (files_.Left() == 0) return OverLimit();
      return Error{JobError::kProcessingFailed, "the upload has too many streams or parts"};
    case ChildEnd::kTimedOut:
    case ChildEnd::kCancelled:
      break;
  }
  return Check();
}

Status ToolRunner::Check() const {
  if (cancellation_.IsCancelled()) return Error{JobError::kJobCancelled, "the job was cancelled"};
  if (steady_clock::now() < deadline_) return Done{};
  return Error{JobError::kProcessingFailed,
               "media work took longer than " + std::to_string(timeout_.count()) + " ms"};
}

Status ToolRunner::Explain(int exit_code, const std::string& errors) const {
  if (exit_code == kExceededFileLimit || files_.Left() == 0) return OverLimit();
  if (exit_code == 0) return Done{};
  return Error{Judge(errors, exit_code), Message(errors, exit_code)};
}

Error ToolRunner::OverLimit() const {
  return {JobError::kProcessingFailed,
          "the packaged media exceed the limit of " + std::to_string(files_.limit()) + " bytes"};
}

}  // namespace msc::processing
