#include <msc/fault_sweep.h>

#include <algorithm>
#include <iomanip>
#include <ostream>
#include <stdexcept>

namespace msc {
namespace {

bool IsAsItShouldBe(const FaultPoint& point) {
  return point.survived && point.extra_effects.empty();
}

void Print(std::ostream& out, const FaultPoint& point) {
  constexpr int kFaultWidth = 15;  // Of the longest name and two spaces.
  out << std::right << std::setw(4) << point.request << "  " << std::left << std::setw(kFaultWidth)
      << Name(point.fault) << point.what << '\n';
  if (!point.survived) out << "        did not survive: " << point.failure << '\n';
  for (const auto& effect : point.extra_effects) out << "        " << effect << '\n';
}

}  // namespace

std::string_view Name(SweepFault fault) {
  switch (fault) {
    case SweepFault::kLostRequest:
      return "lost request";
    case SweepFault::kLostResponse:
      return "lost response";
    case SweepFault::kCutBody:
      return "cut body";
    case SweepFault::kBusy:
      return "busy";
  }
  throw std::logic_error("SweepFault out of range");
}

bool SweepReport::Passed() const {
  return std::all_of(points.begin(), points.end(), IsAsItShouldBe);
}

std::ostream& operator<<(std::ostream& out, const SweepReport& report) {
  const auto count = [&report](auto&& holds) {
    return std::count_if(report.points.begin(), report.points.end(), holds);
  };
  for (const auto& point : report.points) {
    if (!IsAsItShouldBe(point)) Print(out, point);
  }
  return out << "requests " << report.requests << ", faults " << report.points.size()
             << ": survived " << count([](const auto& point) { return point.survived; })
             << ", not survived " << count([](const auto& point) { return !point.survived; })
             << ", with more effects "
             << count([](const auto& point) { return !point.extra_effects.empty(); })
             << ", not met " << count([](const auto& point) { return !point.fired; }) << '\n';
}

}  // namespace msc
