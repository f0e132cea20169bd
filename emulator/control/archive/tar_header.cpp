#include "emulator/control/archive/tar_header.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "emulator/control/archive/archive_error.h"

namespace msc::control {
namespace {

struct Field {
  std::size_t at;
  std::size_t size;
};

constexpr Field kName{0, 100}, kMode{100, 8}, kOwner{108, 8}, kGroup{116, 8}, kSize{124, 12},
    kModified{136, 12}, kChecksum{148, 8}, kType{156, 1}, kMagic{257, 6}, kVersion{263, 2},
    kPrefix{345, 155};

constexpr std::string_view kUstar = "ustar";
constexpr unsigned char kBase256 = 0x80;
constexpr std::uint64_t kMaxOctal = (std::uint64_t{1} << 33) - 1;  // In eleven digits.

std::span<char> In(TarBlock& block, const Field& field) {
  return std::span(block).subspan(field.at, field.size);
}

std::string_view In(const TarBlock& block, const Field& field) {
  return std::string_view(block.data() + field.at, field.size);
}

void PutText(TarBlock& block, const Field& field, std::string_view text) {
  std::copy(text.begin(), text.end(), In(block, field).begin());
}

// Writes the digits into the whole field, except for the zero byte at its end.
void PutOctal(TarBlock& block, const Field& field, std::uint64_t number) {
  auto digits = In(block, field).first(field.size - 1);
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, number /= 8) {
    *digit = static_cast<char>('0' + number % 8);
  }
}

void PutNumber(TarBlock& block, const Field& field, std::uint64_t number) {
  if (number <= kMaxOctal) return PutOctal(block, field, number);
  auto bytes = In(block, field);
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte, number /= 256) {
    *byte = static_cast<char>(number % 256);
  }
  bytes.front() = static_cast<char>(kBase256);
}

// The sum of all bytes, with the checksum's own field counted as spaces.
std::uint64_t Checksum(const TarBlock& block) {
  const auto add = [](std::uint64_t sum, char c) { return sum + static_cast<unsigned char>(c); };
  const auto own = In(block, kChecksum);
  return std::accumulate(block.begin(), block.end(), std::uint64_t{0}, add) -
         std::accumulate(own.begin(), own.end(), std::uint64_t{0}, add) + kChecksum.size * ' ';
}

std::string_view TextIn(const TarBlock& block, const Field& field) {
  const auto whole = In(block, field);
  return whole.substr(0, whole.find('\0'));
}

std::optional<std::uint64_t> ParseOctal(std::string_view field) {
  const auto first = field.find_first_not_of(' ');
  if (first == std::string_view::npos) return std::nullopt;
  field.remove_prefix(first);
  field = field.substr(0, field.find_first_of(std::string_view(" \0", 2)));
  if (field.empty() || field.find_first_not_of("01234567") != std::string_view::npos) {
    return std::nullopt;
  }
  return std::accumulate(field.begin(), field.end(), std::uint64_t{0},
                         [](std::uint64_t number, char digit) {
                           return number * 8 + static_cast<std::uint64_t>(digit - '0');
                         });
}

std::optional<std::uint64_t> ParseNumber(std::string_view field) {
  if (static_cast<unsigned char>(field.front()) < kBase256) return ParseOctal(field);
  std::uint64_t number = static_cast<unsigned char>(field.front()) - kBase256;
  for (const char byte : field.substr(1)) {
    if (number >> 55 != 0) return std::nullopt;  // From 2^63 on.
    number = number * 256 + static_cast<unsigned char>(byte);
  }
  return number;
}

}  // namespace

TarBlock FormatTarHeader(const TarHeader& header, Time modified) {
  if (header.name.empty() || header.name.size() > kName.size) {
    throw std::logic_error("no name for a file of an archive: " + header.name);
  }
  const auto seconds = std::chrono::floor<std::chrono::seconds>(modified).time_since_epoch();
  TarBlock block{};
  PutText(block, kName, header.name);
  PutOctal(block, kMode, 0644);
  PutOctal(block, kOwner, 0);
  PutOctal(block, kGroup, 0);
  PutNumber(block, kSize, header.size);
  PutOctal(block, kModified,
           static_cast<std::uint64_t>(std::clamp<std::int64_t>(seconds.count(), 0, kMaxOctal)));
  PutText(block, kType, "0");
  PutText(block, kMagic, kUstar);
  PutText(block, kVersion, "00");
  PutOctal(block, {kChecksum.at, kChecksum.size - 1}, Checksum(block));
  PutText(block, {kChecksum.at + kChecksum.size - 1, 1}, " ");
  return block;
}

Result<TarHeader> ParseTarHeader(const TarBlock& block) {
  if (!In(block, kMagic).starts_with(kUstar) ||
      ParseOctal(In(block, kChecksum)) != Checksum(block)) {
    return ArchiveInvalid("what should be the header of a file in the archive is none");
  }
  TarHeader header{.name = std::string(TextIn(block, kName))};
  if (const auto prefix = TextIn(block, kPrefix); !prefix.empty()) {
    header.name.insert(0, std::string(prefix) + '/');
  }
  const char type = In(block, kType).front();
  if (type != '0' && type != '\0') {
    return ArchiveInvalid("in the archive, " + header.name + " is no plain file");
  }
  const auto size = ParseNumber(In(block, kSize));
  if (!size) return ArchiveInvalid("in the archive, " + header.name + " has no size");
  header.size = *size;
  return header;
}

}  // namespace msc::control
