#include "storage_stub/extents/spooled_source.h"

#include <algorithm>
#include <utility>

namespace msc::storage {

SpooledSource::SpooledSource(std::shared_ptr<ExtentFile> file, std::string_view document)
    : writer_(std::move(file), document.size()) {
  writer_.Append(document);
}

std::size_t SpooledSource::Read(std::span<char> buffer) {
  const auto [offset, length] = writer_.extent();
  const auto count = std::min<std::uint64_t>(buffer.size(), length - done_);
  writer_.file().Read(offset + done_, buffer.first(count));
  done_ += count;
  return count;
}

}  // namespace msc::storage
