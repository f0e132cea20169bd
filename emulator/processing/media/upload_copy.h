#pragma once

#include <functional>

#include "emulator/base/nameless_file.h"
#include "emulator/base/result.h"
#include "emulator/processing/media/media_job.h"
#include "emulator/processing/media/tool_runner.h"

namespace msc::processing {

// Copies the upload to `file`, decrypted if it was encrypted, and counts up to 100 percent.
// kCorruptedFile if there is none or it is empty; the errors of ToolRunner::Check. Throws
// std::runtime_error.
Status CopyUpload(const MediaInput& input, storage::BlobService& blobs, const ToolRunner& tools,
                  const std::function<void(int percent)>& report, NamelessFile& file);

// Whether the first bytes of the upload, as it was stored, are plaintext.
bool IsStoredAsPlaintext(const MediaInput& input, const storage::BlobService& blobs);

}  // namespace msc::processing
