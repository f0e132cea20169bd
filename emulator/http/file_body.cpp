#include "emulator/http/file_body.h"

#include <algorithm>
#include <limits>
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

void Pump(BodySource& source, const std::filesystem::path& file) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  std::vector<char> buffer(kReadStep);
  while (out) {
    const std::size_t count = source.Read(buffer);
    if (count == 0) break;
    out.write(buffer.data(), static_cast<std::streamsize>(count));
  }
  out.close();
  if (!out) throw std::runtime_error(file.string() + " cannot be written");
}

}  // namespace

FileBody::FileBody(const std::filesystem::path& file)
    : file_(file),
      in_(file, std::ios::binary),
      size_(SizeOf(file)),
      limit_(std::numeric_limits<std::uint64_t>::max()) {
  if (!in_) throw std::runtime_error(file.string() + " cannot be read");
}

Result<std::size_t> FileBody::Read(std::span<char> buffer) {
  const auto wanted = std::min<std::uint64_t>(buffer.size(), size_ - read_);
  if (wanted == 0) return std::size_t{0};
  in_.read(buffer.data(), static_cast<std::streamsize>(wanted));
  const auto count = static_cast<std::size_t>(in_.gcount());
  if (count == 0) throw std::runtime_error(file_.string() + " cannot be read to its end");
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
