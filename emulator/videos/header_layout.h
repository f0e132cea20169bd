#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/http/headers.h"

namespace msc::videos {

// Where the value of a header comes from.
enum class Slot {
  kText,  // A constant in the layout.
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

// The headers of all responses except those to DELETE, in order. Source: fixtures/wire/README.md.
std::span<const Line> CommonLayout();

// The headers of the responses to DELETE.
std::span<const Line> DeletionLayout();

using SlotValues = std::vector<std::pair<Slot, std::string>>;

// The headers of `layout` with their values; those without a value are left out.
http::Headers FillIn(std::span<const Line> layout, const SlotValues& values);

}  // namespace msc::videos
