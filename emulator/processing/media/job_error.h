#pragma once

namespace msc::processing {

// Why a media job has no result.
enum class JobError {
  kUnsupportedFormat,  // Media of a kind that is not handled.
  kCorruptedFile,      // Not media, or broken.
  kProcessingFailed,   // Anything else: the time or the limit was exceeded, a tool failed.
  kJobCancelled,
};

}  // namespace msc::processing
