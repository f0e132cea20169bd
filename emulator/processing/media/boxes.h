#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The boxes of which MP4 files consist. Source: ISO/IEC 14496-12, "ISO base media file format".
namespace msc::processing {

struct Box {
  std::string_view type;     // Four characters.
  std::string_view content;  // Without its header.
  std::size_t offset = 0;    // Of its header, in the text that was parsed.
  std::size_t size = 0;      // With its header.
};

// All boxes in `text`, one after another; nullopt if one does not end in it.
std::optional<std::vector<Box>> ParseBoxes(std::string_view text);

// The content of the first box at that path, such as {"moov", "trak"}; nullopt if there is none.
std::optional<std::string_view> FindContent(std::string_view text,
                                            std::initializer_list<std::string_view> path);

// The beginning of a box in a file.
struct BoxHead {
  std::string type = {};
  std::uint64_t size = 0;  // With its header.
};

// The most bytes that the header of a box has.
inline constexpr std::size_t kBoxHeadSize = 16;

// Reads the header at the front of `bytes`; nullopt if it is torn. `left`: bytes up to the end of
// the file, which is the end of a box whose size is 0.
std::optional<BoxHead> ParseBoxHead(std::string_view bytes, std::uint64_t left);

// Numbers are big-endian. REQUIRES: they lie in the text.
std::uint32_t Number32(std::string_view text, std::size_t offset);
std::uint64_t Number64(std::string_view text, std::size_t offset);
void SetNumber32(std::string& text, std::size_t offset, std::uint32_t value);
void SetNumber64(std::string& text, std::size_t offset, std::uint64_t value);

}  // namespace msc::processing
