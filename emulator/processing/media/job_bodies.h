#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "emulator/base/nameless_file.h"
#include "emulator/http/body.h"
#include "emulator/processing/media/cancellation.h"
#include "emulator/processing/media/fragment_index.h"

namespace msc::processing {

// A body that a job stores as a blob; reading it fails with kJobCancelled after a cancellation.
class JobBody : public http::BodyReader {
 public:
  JobBody(std::uint64_t size, const Cancellation& cancellation)
      : size_(size), cancellation_(cancellation) {}

  std::optional<std::uint64_t> size() const final { return size_; }
  void Limit(std::uint64_t bytes) final { limit_ = bytes; }
  Result<std::size_t> Read(std::span<char> buffer) final;

 private:
  // Reads into the front of `buffer`; at least one byte.
  virtual std::size_t ReadAt(std::uint64_t offset, std::span<char> buffer) = 0;

  const std::uint64_t size_;
  const Cancellation& cancellation_;
  std::uint64_t limit_ = UINT64_MAX;
  std::uint64_t read_ = 0;
};

// All bytes of a file.
class WholeFileBody final : public JobBody {
 public:
  // REQUIRES: the references outlive the object.
  WholeFileBody(const NamelessFile& file, const Cancellation& cancellation)
      : JobBody(file.Size(), cancellation), file_(file) {}

 private:
  std::size_t ReadAt(std::uint64_t offset, std::span<char> buffer) override;

  const NamelessFile& file_;
};

// A track in fragmented MP4, whose fragments have their times for DASH, too. It reads one
// description of a fragment at a time into memory.
class TrackBody final : public JobBody {
 public:
  // REQUIRES: the references outlive the object; no time in the index is negative.
  TrackBody(const NamelessFile& file, const FragmentIndex& index, const Cancellation& cancellation);

 private:
  std::size_t ReadAt(std::uint64_t offset, std::span<char> buffer) override;

  // Makes the fragment that contains `offset` the current one.
  void MoveTo(std::uint64_t offset);

  const NamelessFile& file_;
  const FragmentIndex& index_;
  std::size_t next_ = 0;      // The fragment after the current one.
  std::uint64_t begins_ = 0;  // Where the current part begins: the header or a fragment.
  std::string text_;          // Its first bytes, which are not as in the file.
  std::uint64_t media_ = 0;   // Where the rest of it is in the file.
  std::uint64_t media_size_ = 0;
};

// The fragments of the body of a track.
FragmentList ListFragments(const FragmentIndex& index, std::string blob);

}  // namespace msc::processing
