#include "storage_stub/state/blob_inspector.h"

#include <algorithm>
#include <array>
#include <span>

#include "emulator/base/crypto.h"
#include "emulator/base/encoding.h"
#include "storage_stub/extents/extent_source.h"
#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/records/blob_rows.h"
#include "storage_stub/records/block_rows.h"
#include "storage_stub/records/container_rows.h"

namespace msc::storage {
namespace {

constexpr std::uint64_t kHead = 64 * 1024;

// The hash of `head` and the rest of `source`.
std::string Sha256Of(std::string_view head, ExtentSource& source) {
  Sha256Stream digest;
  digest.Update(head);
  std::array<char, 64 * 1024> buffer;
  while (const std::size_t count = source.Read(buffer)) {
    digest.Update(std::span(buffer).first(count));
  }
  return HexEncode(digest.Finish());
}

// A block without an id holds all bytes of a Put Blob.
std::size_t CountBlocks(const std::vector<Block>& blocks) {
  return static_cast<std::size_t>(std::count_if(
      blocks.begin(), blocks.end(), [](const Block& block) { return !block.id.empty(); }));
}

}  // namespace

Result<BlobInspection> BlobInspector::Inspect(const ResourceName& name) {
  auto subject = Find(name);
  if (!subject) return subject.error();
  BlobInspection inspection = subject->known;
  ExtentSource source(std::move(subject->bytes), 0, inspection.size);
  inspection.head.resize(std::min(kHead, inspection.size));
  source.Read(inspection.head);
  if (inspection.sha256.empty()) {
    inspection.sha256 = Sha256Of(inspection.head, source);
    Remember(*subject, inspection.sha256);
  }
  return inspection;
}

Result<Bytes> BlobInspector::Head(const ResourceName& name) const {
  auto subject = Find(name);
  if (!subject) return subject.error();
  const std::uint64_t size = subject->known.size;
  ExtentSource source(std::move(subject->bytes), 0, size);
  Bytes head(static_cast<std::size_t>(std::min(kHead, size)), '\0');
  source.Read(head);
  return head;
}

void BlobInspector::Forget() {
  const MutexLock lock(mutex_);
  digests_.clear();
  ++epoch_;
}

Result<BlobInspector::Subject> BlobInspector::Find(const ResourceName& name) const {
  auto transaction = database_.Read();
  const auto container = FindContainer(transaction, name.account, name.container);
  if (!container) return ContainerMissing(name.container);
  const auto row = SelectBlob(transaction, *container, name.blob);
  if (!row) return Error{StorageError::kBlobNotFound, "there is no blob " + name.blob};
  file_->Check();
  const auto blocks = SelectCommitted(transaction, row->id);

  const MutexLock lock(mutex_);
  Subject subject{.key = PathOf(name),
                  .etag = row->record.etag,
                  .known = {.size = row->record.size, .blocks = CountBlocks(blocks)},
                  .bytes = {.pin = Pin(file_, ExtentsOf(blocks)),
                            .checksums = ChecksumsOf(blocks),
                            .name = PathOf(name)},
                  .epoch = epoch_};
  const auto digest = digests_.find(subject.key);
  if (digest != digests_.end() && digest->second.etag == subject.etag) {
    subject.known.sha256 = digest->second.sha256;
  }
  return subject;
}

void BlobInspector::Remember(const Subject& subject, const std::string& sha256) {
  const MutexLock lock(mutex_);
  if (subject.epoch != epoch_) return;  // Its ETag may belong to another blob now.
  if (digests_.size() >= kMost) digests_.clear();
  digests_[subject.key] = {subject.etag, sha256};
}

}  // namespace msc::storage
