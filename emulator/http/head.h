#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "emulator/http/headers.h"
#include "emulator/http/method.h"

namespace msc::http {

// Limits of a request's head. The values are our own choice.
inline constexpr std::size_t kMaxRequestLine = 16 * 1024;  // Bytes, with its line end; past it 414.
inline constexpr std::size_t kMaxHead = 64 * 1024;         // Bytes, past it 431.
inline constexpr std::size_t kMaxHeaderLine = 16 * 1024;   // Bytes, with its line end; past it 431.

// The request line and the headers, and what they say about the body and the connection.
struct Head {
  Method method = Method::kGet;
  std::string target;     // Origin form, "*" for OPTIONS; of an absolute form only path and query.
  std::string authority;  // Valid; empty if an HTTP/1.0 client sent no Host.
  Headers headers;
  std::optional<std::uint64_t> content_length;
  bool chunked = false;
  bool expects_continue = false;
  bool keep_alive = true;  // Wanted by the client.
  bool is_1_0 = false;     // Whether the client uses HTTP/1.0.
};

// A head that is not valid HTTP. The connection cannot be used after it.
struct BadHead {
  int status;                     // 400, 414, 417, 431, 501 or 505.
  std::string message;            // What is wrong, for people; contains no bytes of the client.
  bool of_head = false;           // The request is a HEAD, whose response has no body.
  std::string request_line = {};  // As received, at most 2 KiB; empty: there was none.
};

// The size of the head in `received`, including the empty line at its end; 0 if it has not ended
// yet. `scanned`: where the search continues; 0 at first. Fails as soon as a limit is exceeded or a
// line ends in a bare LF, so that an invalid head is rejected before its end.
std::variant<std::size_t, BadHead> FindHeadEnd(std::string_view received, std::size_t& scanned);

// Parses a whole head. As strict as RFC 9112 allows: only CRLF, single spaces, no folding, no space
// before the colon, one length, never both a length and a transfer coding.
std::variant<Head, BadHead> ParseHead(std::string_view text);

}  // namespace msc::http
