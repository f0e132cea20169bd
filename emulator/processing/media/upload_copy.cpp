#include "emulator/processing/media/upload_copy.h"

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "emulator/base/ctr_cipher.h"
#include "emulator/base/plaintext.h"
#include "emulator/processing/media/job_error.h"

namespace msc::processing {
namespace {

constexpr std::size_t kCopyPiece = std::size_t{1} << 20;

}  // namespace

Status CopyUpload(const MediaInput& input, storage::BlobService& blobs, const ToolRunner& tools,
                  const std::function<void(int percent)>& report, NamelessFile& file) {
  const auto info = blobs.FindBlob(input.container, input.blob);
  if (!info) return Error{JobError::kCorruptedFile, "nothing was uploaded"};
  if (info->size == 0) return Error{JobError::kCorruptedFile, "the upload is empty"};
  const auto source = blobs.ReadBlob(input.container, input.blob, 0, info->size);
  if (!source) return Error{JobError::kProcessingFailed, "the upload was replaced or deleted"};

  std::optional<Aes256Ctr> cipher;
  if (input.key) cipher.emplace(input.key->key, input.key->iv);
  std::vector<char> buffer(kCopyPiece);
  std::uint64_t copied = 0;
  for (;;) {
    if (auto checked = tools.Check(); !checked) return checked;
    const auto count = (*source)->Read(buffer);
    if (count == 0) return Done{};
    const auto piece = std::span(buffer).first(count);
    if (cipher) cipher->Apply(piece);
    file.Write(copied, piece);
    copied += count;
    report(static_cast<int>(copied * 100 / info->size));
  }
}

bool IsStoredAsPlaintext(const MediaInput& input, const storage::BlobService& blobs) {
  const auto head = blobs.Head(input.container, input.blob);
  return head && LooksLikePlaintext(*head);
}

}  // namespace msc::processing
