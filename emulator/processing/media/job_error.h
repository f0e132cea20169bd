#pragma once

namespace msc::processing {

// Why a media job has no result.
enum class JobError {
  kUnsupportedFormat,  // Media of a kind that is not handled.
  kCorruptedFile,      // Not media, or broken.
  kPlaintext,          // Not encrypted, although it was to be.
  kProcessingFailed,   // Anything else: the time or the limit was exceeded, a tool failed.
  kJobCancelled,
};

}  // namespace msc::processing
