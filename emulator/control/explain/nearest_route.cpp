#include "emulator/control/explain/nearest_route.h"

#include <algorithm>
#include <limits>

#include "emulator/base/guid.h"
#include "emulator/base/nearest.h"
#include "emulator/base/text.h"

namespace msc::control {
namespace {

// Costs, as a number of wrong letters.
constexpr std::size_t kExtraSegment = 4;
constexpr std::size_t kCapture = 1;
constexpr std::size_t kOtherMethod = 1;
constexpr std::size_t kLongestSegment = 64;  // A longer segment is not a typing error.

std::vector<std::string_view> Segments(std::string_view path) {
  while (path.starts_with('/')) path.remove_prefix(1);
  while (path.ends_with('/')) path.remove_suffix(1);
  return Split(path, '/');
}

// `wanted` is "{file}.ism" or the like: what is around the capture must be there.
std::size_t CaptureCost(std::string_view given, std::string_view wanted) {
  const auto before = wanted.substr(0, wanted.find('{'));
  const auto after = wanted.substr(wanted.find('}') + 1);
  const auto begin = given.substr(0, before.size());
  const auto rest = given.substr(begin.size());
  const auto end = rest.substr(rest.size() - std::min(rest.size(), after.size()));
  return kCapture + EditDistance(ToLower(begin), ToLower(before)) +
         EditDistance(ToLower(end), ToLower(after));
}

std::size_t SegmentCost(std::string_view given, std::string_view wanted) {
  if (wanted.find('{') != std::string_view::npos) return CaptureCost(given, wanted);
  if (given.size() > kLongestSegment) return wanted.size();
  return EditDistance(ToLower(given), ToLower(wanted));
}

std::size_t PathCost(const std::vector<std::string_view>& given,
                     const std::vector<std::string_view>& wanted) {
  const std::size_t shared = std::min(given.size(), wanted.size());
  const bool takes_rest = !wanted.empty() && wanted.back().ends_with("*}");
  const std::size_t beyond = std::max(given.size(), wanted.size()) - shared;
  std::size_t cost = takes_rest && given.size() > shared ? 0 : beyond * kExtraSegment;
  for (std::size_t i = 0; i < shared; ++i) cost += SegmentCost(given[i], wanted[i]);
  return cost;
}

// The number of wrong letters from which a path is a different one: half of the letters that the
// route prescribes.
std::size_t TooFar(const std::vector<std::string_view>& wanted) {
  constexpr std::size_t kShortest = 4;
  std::size_t letters = 0;
  for (const auto segment : wanted) letters += segment.starts_with('{') ? 0 : segment.size();
  return std::max(letters / 2, kShortest);
}

// Whether a path may be meant for a route at all: only playback's begin with a capture, of a GUID.
bool CanBegin(const std::vector<std::string_view>& given,
              const std::vector<std::string_view>& wanted) {
  return !wanted.front().starts_with('{') || ParseGuid(given.front());
}

}  // namespace

std::optional<RouteName> NearestRoute(const std::vector<RouteName>& routes, http::Method method,
                                      std::string_view path) {
  const auto given = Segments(path);
  std::size_t least = std::numeric_limits<std::size_t>::max();
  const RouteName* nearest = nullptr;
  for (const auto& route : routes) {
    const auto wanted = Segments(route.path);
    if (!CanBegin(given, wanted)) continue;
    const std::size_t cost = PathCost(given, wanted) + (route.method == method ? 0 : kOtherMethod);
    if (cost < least && cost <= TooFar(wanted)) {
      least = cost;
      nearest = &route;
    }
  }
  return nearest == nullptr ? std::nullopt : std::optional(*nearest);
}

}  // namespace msc::control
