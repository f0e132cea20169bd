#include "emulator/processing/media/progress_lines.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace msc::processing {

std::optional<int> PercentDone(std::string_view line, double seconds) {
  constexpr std::string_view kName = "out_time_us=";
  if (!line.starts_with(kName)) return std::nullopt;
  line.remove_prefix(kName.size());
  std::int64_t done = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), done);
  if (error != std::errc() || done < 0) return std::nullopt;
  if (seconds <= 0) return 0;
  const double percent = static_cast<double>(done) / 1e4 / seconds;
  return static_cast<int>(std::clamp(percent, 0.0, 100.0));
}

}  // namespace msc::processing
