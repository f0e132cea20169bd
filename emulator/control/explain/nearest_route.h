#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/http/method.h"

namespace msc::control {

// A route as it is shown to people: without conditions on the query, with the account's name.
struct RouteName {
  http::Method method = http::Method::kGet;
  std::string path;  // "/api/Videos/{id}"

  friend bool operator==(const RouteName&, const RouteName&) = default;
};

// The route that `method` and `path` (percent-encoded) most likely meant; nullopt if none is
// similar.
std::optional<RouteName> NearestRoute(const std::vector<RouteName>& routes, http::Method method,
                                      std::string_view path);

}  // namespace msc::control
