#include "emulator/processing/media/boxes.h"

#include <algorithm>

namespace msc::processing {
namespace {

constexpr std::size_t kShortHead = 8;

std::uint64_t BigEndian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

void SetBigEndian(std::string& text, std::size_t offset, std::size_t size, std::uint64_t value) {
  for (std::size_t i = size; i > 0; --i, value >>= 8) {
    text[offset + i - 1] = static_cast<char>(value & 0xFF);
  }
}

std::size_t HeadSize(std::string_view bytes) {
  return Number32(bytes, 0) == 1 ? kBoxHeadSize : kShortHead;
}

}  // namespace

std::uint32_t Number32(std::string_view text, std::size_t offset) {
  return static_cast<std::uint32_t>(BigEndian(text.substr(offset, 4)));
}

std::uint64_t Number64(std::string_view text, std::size_t offset) {
  return BigEndian(text.substr(offset, 8));
}

void SetNumber32(std::string& text, std::size_t offset, std::uint32_t value) {
  SetBigEndian(text, offset, 4, value);
}

void SetNumber64(std::string& text, std::size_t offset, std::uint64_t value) {
  SetBigEndian(text, offset, 8, value);
}

std::optional<BoxHead> ParseBoxHead(std::string_view bytes, std::uint64_t left) {
  if (bytes.size() < kShortHead) return std::nullopt;
  const std::size_t head_size = HeadSize(bytes);
  if (bytes.size() < head_size) return std::nullopt;
  BoxHead head{.type = std::string(bytes.substr(4, 4)), .size = Number32(bytes, 0)};
  if (head.size == 1) head.size = Number64(bytes, kShortHead);
  if (head.size == 0) head.size = left;
  if (head.size < head_size || head.size > left) return std::nullopt;
  return head;
}

std::optional<std::vector<Box>> ParseBoxes(std::string_view text) {
  std::vector<Box> boxes;
  for (std::size_t at = 0; at < text.size();) {
    const auto rest = text.substr(at);
    const auto head = ParseBoxHead(rest, rest.size());
    if (!head) return std::nullopt;
    const auto size = static_cast<std::size_t>(head->size);
    const auto head_size = HeadSize(rest);
    boxes.push_back({.type = rest.substr(4, 4),
                     .content = rest.substr(head_size, size - head_size),
                     .offset = at,
                     .size = size});
    at += size;
  }
  return boxes;
}

std::optional<std::string_view> FindContent(std::string_view text,
                                            std::initializer_list<std::string_view> path) {
  for (const auto type : path) {
    const auto boxes = ParseBoxes(text);
    if (!boxes) return std::nullopt;
    const auto found = std::find_if(boxes->begin(), boxes->end(),
                                    [&](const Box& box) { return box.type == type; });
    if (found == boxes->end()) return std::nullopt;
    text = found->content;
  }
  return text;
}

}  // namespace msc::processing
