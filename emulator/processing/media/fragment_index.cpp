#include "emulator/processing/media/fragment_index.h"

#include <algorithm>
#include <span>
#include <stdexcept>

#include "emulator/processing/media/boxes.h"
#include "emulator/processing/media/job_error.h"

namespace msc::processing {
namespace {

// The most bytes of a box that is read whole.
constexpr std::uint64_t kLargestBox = std::uint64_t{16} << 20;

Error BadIndex(const std::string& why) { return {JobError::kCorruptedFile, why}; }

class FragmentIndexer {
 public:
  explicit FragmentIndexer(const NamelessFile& file) : file_(file), size_(file.Size()) {}

  Result<FragmentIndex> Run() {
    while (at_ < size_) {
      const auto head = Head();
      if (!head) return BadIndex("a packaged file is torn");
      if (auto added = Add(*head); !added) return added.error();
      at_ += head->size;
    }
    if (auto set = SetDurations(); !set) return set.error();
    return std::move(index_);
  }

 private:
  std::optional<BoxHead> Head() const {
    const auto count = std::min<std::uint64_t>(kBoxHeadSize, size_ - at_);
    return ParseBoxHead(ReadBytes(file_, at_, count), size_ - at_);
  }

  Status Add(const BoxHead& head) {
    if (head.type == "mdat") {
      if (!index_.fragments.empty()) index_.fragments.back().mdat_size += head.size;
      return Done{};
    }
    const bool is_header = head.type == "ftyp" || head.type == "moov";
    if (!is_header && head.type != "moof") return Done{};  // Such as mfra, an index.
    if (head.size > kLargestBox) return BadIndex("a fragment has too many frames");
    const std::string box = ReadBytes(file_, at_, head.size);
    if (!is_header) return AddFragment(box);
    index_.header += box;
    return Done{};
  }

  Status AddFragment(std::string_view moof) {
    auto time = ReadFragmentTime(moof);
    if (!time) return time.error();
    if (index_.fragments.size() >= kMostFragments) return BadIndex("it has too many fragments");
    index_.fragments.push_back({.time = *time, .offset = at_, .moof_size = moof.size()});
    return Done{};
  }

  Status SetDurations() {
    auto& fragments = index_.fragments;
    for (std::size_t i = 0; i + 1 < fragments.size(); ++i) {
      fragments[i].time.duration = fragments[i + 1].time.begins - fragments[i].time.begins;
      if (fragments[i].time.duration <= 0) return BadIndex("the times of frames do not grow");
    }
    if (!fragments.empty() && fragments.back().time.duration <= 0) {
      fragments.back().time.duration = kShortestDuration;
    }
    return Done{};
  }

  const NamelessFile& file_;
  const std::uint64_t size_;
  std::uint64_t at_ = 0;
  FragmentIndex index_;
};

}  // namespace

Result<FragmentIndex> IndexFragments(const NamelessFile& file) {
  return FragmentIndexer(file).Run();
}

std::string ReadBytes(const NamelessFile& file, std::uint64_t offset, std::uint64_t size) {
  std::string bytes(static_cast<std::size_t>(size), '\0');
  for (std::size_t at = 0; at < bytes.size();) {
    const auto count = file.Read(offset + at, std::span(bytes).subspan(at));
    if (count == 0) throw std::runtime_error("a temporary file is shorter than it was");
    at += count;
  }
  return bytes;
}

}  // namespace msc::processing
