#pragma once

namespace msc {

// Combines several lambdas into one visitor of a variant.
template <typename... Visitors>
struct Overloaded : Visitors... {
  using Visitors::operator()...;
};

template <typename... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;  // Clang 14 does not deduce it.

}  // namespace msc
