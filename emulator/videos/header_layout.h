#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/http/headers.h"

namespace msc::videos {

// What a line of a layout takes its value from.
enum class Slot {
  kText,  // The layout itself.
  kAllow,
  kContentLength,
  kContentType,
  kExpires,
  kAffinity,
  kElapsed,
  kClientRequestId,
  kRequestId,
  kUrl,
  kDate,
};

struct Line {
  std::string_view name;
  Slot slot = Slot::kText;
  std::string_view text = {};
};

// The lines of every answer but those to DELETE, in order. Source: fixtures/wire/README.md.
std::span<const Line> CommonLayout();

// The lines of the answers to DELETE.
std::span<const Line> DeletionLayout();

using SlotValues = std::vector<std::pair<Slot, std::string>>;

// The lines of `layout`, without those whose slot has no value.
http::Headers FillIn(std::span<const Line> layout, const SlotValues& values);

}  // namespace msc::videos
