#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace msc {

// Writes one flat, compact JSON object with its members in the order in which they are added: for
// the most frequent responses. REQUIRES: names and texts are UTF-8; JSON need not escape the names.
class JsonText {
 public:
  JsonText& Text(std::string_view name, std::string_view value);
  JsonText& Number(std::string_view name, std::int64_t value);
  JsonText& Null(std::string_view name);

  // The object. REQUIRES: called once.
  std::string Finish();

 private:
  void Name(std::string_view name);

  std::string out_ = "{";
};

}  // namespace msc
