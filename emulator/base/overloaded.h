#pragma once

namespace msc {

// One callable out of several, for std::visit.
template <typename... Visitors>
struct Overloaded : Visitors... {
  using Visitors::operator()...;
};

}  // namespace msc
