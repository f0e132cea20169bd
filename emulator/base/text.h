#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace msc {

// Only ASCII; the locale has no effect.
bool IsAlphanumeric(char c);
bool IsDigit(char c);
bool IsControl(char c);
char ToLower(char c);
std::string ToLower(std::string_view text);
bool EqualsIgnoringCase(std::string_view left, std::string_view right);

// The value of a hex digit of either case.
std::optional<unsigned> HexDigit(char c);

// A decimal number without sign, space or leading plus, that fits into 64 bits.
std::optional<std::uint64_t> ParseUnsigned(std::string_view text);

// A number of bytes, such as "4096", "500MiB", "2GB" or "16GiB", that fits into 64 bits and is not
// negative.
std::optional<std::uint64_t> ParseByteCount(std::string_view text);

// The parts between `separator`; an empty text has one empty part.
std::vector<std::string_view> Split(std::string_view text, char separator);

std::string Join(const std::vector<std::string>& parts, char separator);

// The text without spaces and tabs at both ends.
std::string_view Trim(std::string_view text);

}  // namespace msc
