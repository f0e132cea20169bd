#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emulator/base/crypto.h"

namespace msc {

// Lower-case hex, two digits a byte.
std::string HexEncode(std::string_view bytes);
std::string UpperHexEncode(std::string_view bytes);

// RFC 4648 base64 with padding.
std::string Base64Encode(std::string_view bytes);

// Strict: only the alphabet and correct padding, else nullopt. The empty string is valid.
std::optional<Bytes> Base64Decode(std::string_view text);

// The same, but the unused bits after the last byte may have any value, as in .NET.
std::optional<Bytes> Base64DecodeAnyTail(std::string_view text);

// Decodes %XX; a `+` stays a plus. nullopt if a `%` is not followed by two hex digits.
std::optional<std::string> PercentDecode(std::string_view text);

// RFC 3986: everything but A-Za-z0-9-_.~ becomes %XX in upper-case hex.
std::string PercentEncode(std::string_view text);

// .NET's HttpUtility.UrlEncode: everything but A-Za-z0-9-_.!*() becomes %xx in lower-case hex, a
// space `+`.
std::string DotNetUrlEncode(std::string_view text);

// Escapes text for use between tags and in quoted attributes of HTML and XML.
std::string MarkupEscape(std::string_view text);

// Whether `text` is well-formed UTF-8 (no overlong forms, no surrogates).
bool IsUtf8(std::string_view text);

}  // namespace msc
