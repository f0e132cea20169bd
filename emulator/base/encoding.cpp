#include "emulator/base/encoding.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cstdint>

#include "emulator/base/text.h"

namespace msc {
namespace {

constexpr std::string_view kLowerHex = "0123456789abcdef";
constexpr std::string_view kUpperHex = "0123456789ABCDEF";

void AppendEscaped(std::string& out, char c, std::string_view digits) {
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += digits[byte >> 4];
  out += digits[byte & 15];
}

// What .NET leaves as it is.
bool IsDotNetPlain(char c) {
  return IsAlphanumeric(c) || std::string_view("-_.!*()").find(c) != std::string_view::npos;
}

// How many bytes follow `lead` in a UTF-8 sequence; -1 if no sequence begins with it.
int ContinuationBytes(unsigned char lead) {
  if (lead < 0x80) return 0;
  if (lead >= 0xC2 && lead < 0xE0) return 1;
  if (lead >= 0xE0 && lead < 0xF0) return 2;
  if (lead >= 0xF0 && lead < 0xF5) return 3;
  return -1;
}

// Whether `second` may follow `lead`: excludes overlong forms, surrogates and code points above
// U+10FFFF.
bool SecondByteFits(unsigned char lead, unsigned char second) {
  switch (lead) {
    case 0xE0:
      return second >= 0xA0;
    case 0xED:
      return second < 0xA0;
    case 0xF0:
      return second >= 0x90;
    case 0xF4:
      return second < 0x90;
    default:
      return true;
  }
}

// Two of the sixteen digits for each byte.
std::string InDigits(std::string_view bytes, std::string_view digits) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

}  // namespace

std::string HexEncode(std::string_view bytes) { return InDigits(bytes, kLowerHex); }

std::string UpperHexEncode(std::string_view bytes) { return InDigits(bytes, kUpperHex); }

std::string Base64Encode(std::string_view bytes) {
  std::string out((bytes.size() + 2) / 3 * 4, '\0');
  // OpenSSL writes a NUL after the text, where std::string has one anyway.
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                  reinterpret_cast<const unsigned char*>(bytes.data()),
                  static_cast<int>(bytes.size()));
  return out;
}

std::optional<Bytes> Base64Decode(std::string_view text) {
  auto bytes = Base64DecodeAnyTail(text);
  if (bytes && Base64Encode(*bytes) != text) return std::nullopt;
  return bytes;
}

std::optional<Bytes> Base64DecodeAnyTail(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;

  Bytes out;
  out.reserve(text.size() / 4 * 3);
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_padding = i >= text.size() - padding;
    const char c = text[i];
    std::uint32_t value = 0;
    if (is_padding) {
      value = 0;
    } else if (c >= 'A' && c <= 'Z') {
      value = static_cast<std::uint32_t>(c - 'A');
    } else if (c >= 'a' && c <= 'z') {
      value = static_cast<std::uint32_t>(c - 'a' + 26);
    } else if (c >= '0' && c <= '9') {
      value = static_cast<std::uint32_t>(c - '0' + 52);
    } else if (c == '+') {
      value = 62;
    } else if (c == '/') {
      value = 63;
    } else {
      return std::nullopt;
    }
    bits = bits << 6 | value;
    if (i % 4 == 3) {
      out += static_cast<char>(bits >> 16 & 255);
      out += static_cast<char>(bits >> 8 & 255);
      out += static_cast<char>(bits & 255);
    }
  }
  out.resize(out.size() - padding);
  return out;
}

std::optional<std::string> PercentDecode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (;;) {
    const auto escape = text.find('%');
    out += text.substr(0, escape);
    if (escape == std::string_view::npos) return out;
    if (escape + 2 >= text.size()) return std::nullopt;
    const auto high = HexDigit(text[escape + 1]);
    const auto low = HexDigit(text[escape + 2]);
    if (!high || !low) return std::nullopt;
    out += static_cast<char>(*high << 4 | *low);
    text.remove_prefix(escape + 3);
  }
}

std::string PercentEncode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (IsAlphanumeric(c) || c == '-' || c == '_' || c == '.' || c == '~') {
      out += c;
    } else {
      AppendEscaped(out, c, kUpperHex);
    }
  }
  return out;
}

std::string DotNetUrlEncode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (;;) {
    const auto other = std::find_if_not(text.begin(), text.end(), IsDotNetPlain);
    out.append(text.begin(), other);
    if (other == text.end()) return out;
    if (*other == ' ') {
      out += '+';
    } else {
      AppendEscaped(out, *other, kLowerHex);
    }
    text.remove_prefix(static_cast<std::size_t>(other - text.begin()) + 1);
  }
}

std::string MarkupEscape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

bool IsUtf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i++]);
    const int continuation = ContinuationBytes(lead);
    if (continuation < 0 || text.size() - i < static_cast<std::size_t>(continuation)) return false;
    for (int k = 0; k < continuation; ++k) {
      const auto byte = static_cast<unsigned char>(text[i++]);
      if ((byte & 0xC0) != 0x80) return false;
      if (k == 0 && !SecondByteFits(lead, byte)) return false;
    }
  }
  return true;
}

}  // namespace msc
