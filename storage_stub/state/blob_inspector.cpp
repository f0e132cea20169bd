#include "storage_stub/state/blob_inspector.h"

#include <algorithm>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

#include "emulator/base/crypto.h"
#include "emulator/base/encoding.h"
#include "storage_stub/extents/extent_source.h"
#include "storage_stub/records/blob_rows.h"
#include "storage_stub/records/block_rows.h"
#include "storage_stub/records/container_rows.h"
#include "storage_stub/records/find_blob.h"

namespace msc::storage {
namespace {

constexpr std::uint64_t kHead = 64 * 1024;
constexpr std::uint64_t kHashedAtOnce = 1024 * 1024;

// nullopt: the budget's check ended it.
std::optional<std::string> Sha256Of(ExtentSource source, HashBudget& budget) {
  Sha256Stream digest;
  std::vector<char> buffer(std::min<std::uint64_t>(source.size(), kHashedAtOnce));
  while (const std::size_t count = source.Read(buffer)) {
    digest.Update(std::span(buffer).first(count));
    budget.bytes -= std::min<std::uint64_t>(budget.bytes, count);
    if (budget.is_useless && budget.is_useless()) return std::nullopt;
  }
  return HexEncode(digest.Finish());
}

Bytes ReadHead(StoredBytes bytes, std::uint64_t size) {
  Bytes head(static_cast<std::size_t>(std::min(kHead, size)), '\0');
  ExtentSource(std::move(bytes), 0, head.size()).Read(head);
  return head;
}

}  // namespace

Result<BlobInspection> BlobInspector::Inspect(const ResourceName& name, HashBudget& budget) {
  auto subject = Find(name, budget.bytes);
  if (!subject) return subject.error();
  BlobInspection inspection = subject->known;
  try {
    ReadBytes(*subject, budget, inspection);
  } catch (const std::runtime_error& error) {  // The other blobs can still be shown.
    inspection.error = error.what();
  }
  return inspection;
}

void BlobInspector::ReadBytes(Subject& subject, HashBudget& budget, BlobInspection& inspection) {
  inspection.head = ReadHead(std::move(subject.head), inspection.size);
  if (!subject.bytes) return;
  auto sha256 = Sha256Of({*std::move(subject.bytes), 0, inspection.size}, budget);
  if (!sha256) return;
  inspection.sha256 = *std::move(sha256);
  Remember(subject, inspection.sha256);
}

Result<Bytes> BlobInspector::Head(const ResourceName& name) const {
  auto subject = Find(name, 0);
  if (!subject) return subject.error();
  return ReadHead(std::move(subject->head), subject->known.size);
}

void BlobInspector::Forget() {
  const MutexLock lock(mutex_);
  digests_.clear();
  ++epoch_;
}

Result<BlobInspector::Subject> BlobInspector::Find(const ResourceName& name,
                                                   std::uint64_t most_hashed) const {
  auto transaction = database_.Read();
  const auto container = FindContainer(transaction, name.account, name.container);
  if (!container) return ContainerMissing(name.container);
  const auto row = SelectBlob(transaction, *container, name.blob);
  if (!row) return BlobMissing(name.blob);
  file_->Check();
  const std::uint64_t size = row->record.size;
  auto head = SelectRange(transaction, row->content, {.first = 0, .length = std::min(kHead, size)});

  const MutexLock lock(mutex_);
  Subject subject{.key = PathOf(name),
                  .etag = row->record.etag,
                  .known = {.size = size, .blocks = CountNamedBlocks(transaction, row->content)},
                  .head = {.pin = Pin(file_, std::move(head.extents)),
                           .checksums = std::move(head.checksums),
                           .name = PathOf(name),
                           .zeros = std::move(head.zeros)},
                  .bytes = std::nullopt,
                  .epoch = epoch_};
  const auto digest = digests_.find(subject.key);
  if (digest != digests_.end() && digest->second.etag == subject.etag) {
    subject.known.sha256 = digest->second.sha256;
  } else if (size <= most_hashed) {
    auto blocks = SelectRange(transaction, row->content, {.first = 0, .length = size});
    subject.bytes.emplace(StoredBytes{.pin = Pin(file_, std::move(blocks.extents)),
                                      .checksums = std::move(blocks.checksums),
                                      .name = PathOf(name),
                                      .zeros = std::move(blocks.zeros)});
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
