// Seeds, as a body and as a file: what is accepted must be served, and its state be valid.

#include <sys/mman.h>
#include <unistd.h>

#include <stdexcept>

#include "emulator/control/json/json_reader.h"
#include "emulator/control/seed/seeder.h"
#include "tests/fuzz/instance.h"

namespace {

using msc::fuzz::Instance;

// A file without a name that other code can open by its path.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes) : file_(::memfd_create("seed", 0)) {
    msc::fuzz::Require(file_ >= 0 && ::write(file_, bytes.data(), bytes.size()) >= 0);
  }
  ~MemoryFile() { ::close(file_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }

 private:
  const int file_;
};

void Check(Instance& instance) {
  instance.ReadAll();
  msc::fuzz::Require(Instance().Import(instance.Export()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Instance instance;
  const msc::control::Seeder seeder(instance.videos, instance.blobs, instance.clock, true);
  const auto text = msc::fuzz::TextOf(data, size);
  msc::fuzz::TextBody body(text);
  const auto json = msc::control::ReadJson({.body = &body});
  if (json && seeder.SeedJson(*json)) Check(instance);

  const std::size_t before = instance.videos.List().size();
  for (const std::string& seed : {std::string(text), "{\"videos\":[" + std::string(text) + "]}"}) {
    const MemoryFile file(seed);
    try {
      seeder.SeedFile(file.path());
      Check(instance);
    } catch (const std::runtime_error&) {
      msc::fuzz::Require(instance.videos.List().size() >= before);
    }
  }
  return 0;
}
