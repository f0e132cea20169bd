#include "storage_stub/extents/extent_writer.h"

#include <stdexcept>
#include <utility>

namespace msc::storage {

ExtentWriter::ExtentWriter(std::shared_ptr<ExtentFile> file, std::uint64_t capacity)
    : file_(std::move(file)), failed_syncs_(file_->failed_syncs()) {
  if (capacity == 0) return;
  file_->Check();  // Before a write makes a truncated file look intact.
  region_ = file_->Allocate(capacity);
}

ExtentWriter::~ExtentWriter() {
  if (region_.length > 0) file_->Free(region_);
}

void ExtentWriter::Append(std::span<const char> bytes) {
  if (bytes.size() > region_.length - size_) throw std::logic_error("a body outgrew its extent");
  file_->Write(region_.offset + size_, bytes);
  crc64_.Update(bytes);
  size_ += bytes.size();
}

void ExtentWriter::Close() {
  const Extent needed = RegionOf({region_.offset, size_});
  const Extent rest{needed.end(), region_.end() - needed.end()};
  region_ = needed;
  if (rest.length > 0) file_->Free(rest);
  if (size_ == 0) return;
  file_->CheckWritten(extent(), crc64());
  file_->Secure(extent(), failed_syncs_);
}

}  // namespace msc::storage
