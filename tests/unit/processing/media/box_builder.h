#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace msc::testing {

// A number, big-endian.
inline std::string BigEndian(std::uint64_t value, std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = size; i > 0; --i, value >>= 8) text[i - 1] = static_cast<char>(value);
  return text;
}

// Numbers of 32 bits.
inline std::string Numbers(std::initializer_list<std::uint32_t> values) {
  std::string text;
  for (const auto value : values) text += BigEndian(value, 4);
  return text;
}

inline std::string MakeBox(std::string_view type, const std::string& content) {
  return BigEndian(content.size() + 8, 4) + std::string(type) + content;
}

// The box of Smooth Streaming with the time of a fragment.
inline std::string MakeTfxd(std::int64_t time, std::int64_t duration) {
  return MakeBox("uuid", std::string("\x6D\x1D\x9B\x05\x42\xD5\x44\xE6\x80\xE2\x14\x1D\xAF\xF7"
                                     "\x57\xB2\x01\0\0\0",
                                     20) +
                             BigEndian(static_cast<std::uint64_t>(time), 8) +
                             BigEndian(static_cast<std::uint64_t>(duration), 8));
}

// A description of two samples, of 10 and 20 ticks, the first of which is presented `first_offset`
// after it is decoded; the data begin behind the header of the next box.
inline std::string MakeMoof(std::int64_t time, std::int64_t duration, std::int32_t first_offset) {
  const std::string tfhd = MakeBox("tfhd", Numbers({0x020000, 1}));
  const auto trun = [&](std::uint32_t data) {
    return MakeBox("trun", Numbers({0x01000901, 2, data, 10,
                                    static_cast<std::uint32_t>(first_offset), 20, 0}));
  };
  const auto moof = [&](std::uint32_t data) {
    return MakeBox("moof", MakeBox("mfhd", Numbers({0, 1})) +
                               MakeBox("traf", tfhd + trun(data) + MakeTfxd(time, duration)));
  };
  return moof(static_cast<std::uint32_t>(moof(0).size()) + 8);
}

}  // namespace msc::testing
