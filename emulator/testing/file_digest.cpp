#include <msc/testing/file_digest.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include "emulator/base/crypto.h"
#include "emulator/base/encoding.h"

namespace msc::testing {

FileDigest DigestOf(const std::filesystem::path& file) {
  Sha256Stream hash;
  std::ifstream in(file, std::ios::binary);
  FileDigest digest;
  std::array<char, 64 * 1024> piece;
  while (in.read(piece.data(), piece.size()), in.gcount() > 0) {
    const auto size = static_cast<std::size_t>(in.gcount());
    hash.Update({piece.data(), size});
    digest.bytes += size;
  }
  // A folder can be opened, but not read.
  if (!in.eof()) {
    throw std::runtime_error("cannot read " + file.string() + ": " +
                             std::generic_category().message(errno) + "; the test runs in " +
                             std::filesystem::current_path().string());
  }
  digest.sha256 = HexEncode(hash.Finish());
  return digest;
}

}  // namespace msc::testing
