#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace msc::storage {

// A CORS rule. "*" in a list stands for everything; in an origin or at the end of a header name it
// matches any text.
struct CorsRule {
  std::vector<std::string> origins;
  std::vector<std::string> methods;
  std::vector<std::string> allowed_headers;
  std::vector<std::string> exposed_headers;
  std::chrono::seconds max_age;

  friend bool operator==(const CorsRule&, const CorsRule&) = default;
};

// The first rule that matches a request is used.
using CorsRules = std::vector<CorsRule>;

}  // namespace msc::storage
