#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "emulator/base/descriptor.h"

namespace msc {

// The folder for temporary files: TMPDIR, or else /tmp.
std::string TemporaryFolder();

// Opens a new file without a name in `folder`, for reading and writing; it is gone with its last
// descriptor. Throws std::runtime_error that names the folder.
int OpenNamelessFile(const std::string& folder);

// A file without a name. Reads and writes may come from several threads.
class NamelessFile {
 public:
  // In TemporaryFolder() if `folder` is empty. Throws std::runtime_error.
  explicit NamelessFile(const std::string& folder = "");

  int descriptor() const { return file_.get(); }

  std::uint64_t Size() const;

  // Reads into the front of `buffer` and returns how much; 0 at the end of the file. Throws
  // std::runtime_error if the disk is broken.
  std::size_t Read(std::uint64_t offset, std::span<char> buffer) const;

  // Throws std::runtime_error if the disk is full or broken.
  void Write(std::uint64_t offset, std::span<const char> bytes);

  // Deletes all bytes and frees their disk space.
  void Clear();

 private:
  Descriptor file_;
};

}  // namespace msc
