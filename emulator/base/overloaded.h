#pragma once

namespace msc {

// One visitor of a variant made of several lambdas.
template <typename... Visitors>
struct Overloaded : Visitors... {
  using Visitors::operator()...;
};

template <typename... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;  // Clang 14 finds none by itself.

}  // namespace msc
