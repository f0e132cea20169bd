// Heads of requests: what ParseHead accepts must say one thing only about where the body ends.

#include "emulator/http/head.h"

#include <cstdint>
#include <cstdlib>
#include <string>

#include "emulator/base/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::size_t scanned = 0;
  const auto found = msc::http::FindHeadEnd(text, scanned);
  if (const auto* end = std::get_if<std::size_t>(&found); end != nullptr && *end > size)
    std::abort();

  // Spares the fuzzer the search for an empty line.
  const auto parsed = msc::http::ParseHead(text + "\r\nHost: a\r\n\r\n");
  const auto* head = std::get_if<msc::http::Head>(&parsed);
  if (head == nullptr) return 0;
  int framings = 0;
  for (const auto& [name, value] : head->headers) {
    framings += msc::EqualsIgnoringCase(name, "Content-Length") ||
                msc::EqualsIgnoringCase(name, "Transfer-Encoding");
    if (value.find_first_of(std::string("\r\n\0", 3)) != std::string::npos) std::abort();
  }
  if (framings != (head->chunked ? 1 : 0) + (head->content_length ? 1 : 0)) std::abort();
  if (framings > 1 || head->target.empty()) std::abort();
  return 0;
}
