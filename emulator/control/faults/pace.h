#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>

namespace msc::control {

// Bandwidth: bytes are sent in pieces of a twentieth of a second; after each piece follows a pause
// of the time that it takes.
inline std::size_t PieceSize(double bytes_per_second) {
  constexpr double kPiecesPerSecond = 20;
  return static_cast<std::size_t>(std::clamp(bytes_per_second / kPiecesPerSecond, 1.0, 1e9));
}

inline std::span<char> FirstPiece(std::span<char> buffer, double bytes_per_second) {
  return buffer.first(std::min(buffer.size(), PieceSize(bytes_per_second)));
}

inline std::chrono::nanoseconds TimeFor(std::uint64_t bytes, double bytes_per_second) {
  const std::chrono::duration<double> time(static_cast<double>(bytes) / bytes_per_second);
  return std::chrono::duration_cast<std::chrono::nanoseconds>(time);
}

}  // namespace msc::control
