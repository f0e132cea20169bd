#include "emulator/processing/media/tool_runner.h"

#include <algorithm>
#include <csignal>
#include <utility>

#include "emulator/processing/media/child_process.h"
#include "emulator/processing/media/job_error.h"

namespace msc::processing {
namespace {

using std::chrono::steady_clock;

constexpr int kExceededFileLimit = 128 + SIGXFSZ;

// The last line that is not empty, without the path under which the tool knows the file.
std::string LastLine(std::string text) {
  constexpr std::size_t kLongest = 300;
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  text.erase(0, text.rfind('\n') + 1);
  for (std::size_t at = 0; (at = text.find("/proc/self/fd/")) != std::string::npos;) {
    text.replace(at, text.find_first_not_of("0123456789", at + 14) - at, "the file");
  }
  std::erase_if(text, [](char c) { return c < ' ' || c > '~'; });
  return text.substr(0, kLongest);
}

bool Has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

// What the tool's message means for the upload.
JobError Judge(const std::string& errors) {
  if (Has(errors, "No space left") || Has(errors, "Cannot allocate memory")) {
    return JobError::kProcessingFailed;
  }
  if (Has(errors, "Format not on whitelist") || Has(errors, "Decoder not found") ||
      Has(errors, "Decoder (codec")) {
    return JobError::kUnsupportedFormat;
  }
  return Has(errors, "Invalid data") || Has(errors, "invalid") ||
                 Has(errors, "Error while decoding")
             ? JobError::kCorruptedFile
             : JobError::kProcessingFailed;
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
  const std::string line = LastLine(errors);
  return Error{Judge(errors),
               line.empty() ? "the media tool ended with exit code " + std::to_string(exit_code)
                            : "the media tool says: " + line};
}

Error ToolRunner::OverLimit() const {
  return {JobError::kProcessingFailed,
          "the packaged media exceed the limit of " + std::to_string(files_.limit()) + " bytes"};
}

}  // namespace msc::processing
