#include "emulator/http/file_body.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

#include "emulator/http/http_error.h"

namespace msc::http {
namespace {

constexpr std::size_t kReadStep = 64 * 1024;

std::uint64_t SizeOf(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) {
    throw std::runtime_error("there is no file " + file.string());
  }
  return std::filesystem::file_size(file);
}

bool WriteAll(const Descriptor& out, std::span<const char> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(out.get(), bytes.data(), bytes.size());
    if (count < 0 && errno != EINTR) return false;
    if (count > 0) bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

// Not with a stream of the standard library: a program that is executed meanwhile would inherit its
// descriptor.
void Pump(BodySource& source, const std::filesystem::path& file) {
  const Descriptor out(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  std::vector<char> buffer(kReadStep);
  bool written = out.get() >= 0;
  while (written) {
    const std::size_t count = source.Read(buffer);
    if (count == 0) return;
    written = WriteAll(out, std::span(buffer).first(count));
  }
  throw std::runtime_error(file.string() + " cannot be written");
}

}  // namespace

FileBody::FileBody(const std::filesystem::path& file)
    : file_(file),
      in_(::open(file.c_str(), O_RDONLY | O_CLOEXEC)),
      size_(SizeOf(file)),
      limit_(std::numeric_limits<std::uint64_t>::max()) {
  if (in_.get() < 0) throw std::runtime_error(file.string() + " cannot be read");
}

Result<std::size_t> FileBody::Read(std::span<char> buffer) {
  const auto wanted = std::min<std::uint64_t>(buffer.size(), size_ - read_);
  if (wanted == 0) return std::size_t{0};
  const ssize_t got = ::pread(in_.get(), buffer.data(), wanted, static_cast<off_t>(read_));
  if (got <= 0) throw std::runtime_error(file_.string() + " cannot be read to its end");
  const auto count = static_cast<std::size_t>(got);
  read_ += count;
  if (read_ > limit_) {
    return Error{HttpError::kBodyTooLarge, "at most " + std::to_string(limit_) + " bytes"};
  }
  return count;
}

void WriteFile(BodySource& source, const std::filesystem::path& file) {
  auto part = file;
  part += ".part";
  try {
    Pump(source, part);
    std::filesystem::rename(part, file);
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    throw;
  }
}

}  // namespace msc::http
