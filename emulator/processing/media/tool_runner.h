#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/nameless_file.h"
#include "emulator/base/result.h"
#include "emulator/processing/media/cancellation.h"
#include "emulator/processing/media/job_files.h"

namespace msc::processing {

// Runs the tools of one job, one after another.
class ToolRunner {
 public:
  using LineReader = std::function<bool(std::string_view line)>;

  // REQUIRES: the references outlive the object.
  ToolRunner(const Cancellation& cancellation, const JobFiles& files,
             std::chrono::milliseconds timeout);

  // Runs the command with these files. kJobCancelled; kProcessingFailed if the time or the limit of
  // the job is exceeded, the reader returned false, or the tool lacks something; else
  // kUnsupportedFormat or kCorruptedFile if the tool fails. Throws std::runtime_error if the tool
  // cannot be started.
  Status Run(const std::vector<std::string>& command, const std::vector<const NamelessFile*>& files,
             LineReader on_line);

  // kJobCancelled, or kProcessingFailed after the time of the job.
  Status Check() const;

 private:
  Status Explain(int exit_code, const std::string& errors) const;
  Error OverLimit() const;

  const Cancellation& cancellation_;
  const JobFiles& files_;
  const std::chrono::milliseconds timeout_;
  const std::chrono::steady_clock::time_point deadline_;
};

}  // namespace msc::processing
