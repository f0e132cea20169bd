#include "emulator/processing/media/job_bodies.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "emulator/http/http_error.h"
#include "emulator/processing/media/job_error.h"

namespace msc::processing {
namespace {

std::uint64_t SizeInBlob(const FileFragment& fragment) {
  return fragment.moof_size + kDecodeTimeSize + fragment.mdat_size;
}

std::uint64_t SizeOf(const FragmentIndex& index) {
  std::uint64_t size = index.header.size();
  for (const auto& fragment : index.fragments) size += SizeInBlob(fragment);
  return size;
}

}  // namespace

Result<std::size_t> JobBody::Read(std::span<char> buffer) {
  if (cancellation_.IsCancelled()) return Error{JobError::kJobCancelled, "the job was cancelled"};
  if (read_ == size_) return std::size_t{0};
  const auto count = std::min<std::uint64_t>(buffer.size(), size_ - read_);
  const auto filled = ReadAt(read_, buffer.first(static_cast<std::size_t>(count)));
  if (filled == 0) throw std::runtime_error("a temporary file is shorter than it was");
  read_ += filled;
  if (read_ > limit_) return Error{http::HttpError::kBodyTooLarge};
  return filled;
}

std::size_t WholeFileBody::ReadAt(std::uint64_t offset, std::span<char> buffer) {
  return file_.Read(offset, buffer);
}

TrackBody::TrackBody(const NamelessFile& file, const FragmentIndex& index,
                     const Cancellation& cancellation)
    : JobBody(SizeOf(index), cancellation), file_(file), index_(index), text_(index.header) {}

std::size_t TrackBody::ReadAt(std::uint64_t offset, std::span<char> buffer) {
  MoveTo(offset);
  const auto at = offset - begins_;
  if (at < text_.size())
    return text_.copy(buffer.data(), buffer.size(), static_cast<std::size_t>(at));
  const auto in_media = at - text_.size();
  const auto count = std::min<std::uint64_t>(buffer.size(), media_size_ - in_media);
  return file_.Read(media_ + in_media, buffer.first(static_cast<std::size_t>(count)));
}

// Bodies are read from the front to the end.
void TrackBody::MoveTo(std::uint64_t offset) {
  while (offset >= begins_ + text_.size() + media_size_) {
    begins_ += text_.size() + media_size_;
    const auto& fragment = index_.fragments.at(next_++);
    const auto moof = ReadBytes(file_, fragment.offset, fragment.moof_size);
    text_ = WithDecodeTime(moof, fragment.time);
    media_ = fragment.offset + fragment.moof_size;
    media_size_ = fragment.mdat_size;
  }
}

FragmentList ListFragments(const FragmentIndex& index, std::string blob) {
  FragmentList list{.blob = std::move(blob), .header_size = index.header.size()};
  std::uint64_t offset = list.header_size;
  for (const auto& fragment : index.fragments) {
    list.fragments.push_back({.time = fragment.time.begins,
                              .duration = fragment.time.duration,
                              .offset = offset,
                              .size = SizeInBlob(fragment)});
    offset += SizeInBlob(fragment);
  }
  return list;
}

}  // namespace msc::processing
