#pragma once

namespace msc::processing {

// Errors of media.
enum class MediaError {
  kDescriptionInvalid,  // A description of packaged media is invalid.
};

}  // namespace msc::processing
