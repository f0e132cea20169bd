#include "emulator/processing/media/movie_fragment.h"

#include <optional>
#include <vector>

#include "emulator/processing/media/boxes.h"
#include "emulator/processing/media/job_error.h"

namespace msc::processing {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kTfxdId =
    "\x6D\x1D\x9B\x05\x42\xD5\x44\xE6\x80\xE2\x14\x1D\xAF\xF7\x57\xB2"sv;
constexpr std::size_t kTfxdSize = 36;  // Its identifier, version 1, two numbers of 64 bits.
constexpr std::size_t kTfxdTime = 20;

// Flags of tfhd and trun.
constexpr std::uint32_t kHasBaseOffset = 0x000001;
constexpr std::uint32_t kHasDescription = 0x000002;
constexpr std::uint32_t kHasDefaultDuration = 0x000008;
constexpr std::uint32_t kHasDataOffset = 0x000001;
constexpr std::uint32_t kHasFirstFlags = 0x000004;
constexpr std::uint32_t kHasDuration = 0x000100;
constexpr std::uint32_t kHasSize = 0x000200;
constexpr std::uint32_t kHasFlags = 0x000400;
constexpr std::uint32_t kHasCompositionOffset = 0x000800;
constexpr std::uint32_t kFlagMask = 0xFFFFFF;

bool IsTfxd(const Box& box) {
  return box.type == "uuid" && box.content.size() >= kTfxdSize &&
         box.content.starts_with(kTfxdId) && box.content[kTfxdId.size()] == 1;
}

// The duration of samples that have none of their own.
std::int64_t DefaultDuration(std::string_view tfhd) {
  if (tfhd.size() < 8) return 0;
  const auto flags = Number32(tfhd, 0) & kFlagMask;
  std::size_t at = 8;
  if ((flags & kHasBaseOffset) != 0) at += 8;
  if ((flags & kHasDescription) != 0) at += 4;
  const bool is_there = (flags & kHasDefaultDuration) != 0 && tfhd.size() >= at + 4;
  return is_there ? Number32(tfhd, at) : 0;
}

// A run of samples.
struct Run {
  std::int64_t duration = 0;      // From the first decoding on.
  std::int64_t first_offset = 0;  // From the decoding of the first sample to its presentation.
};

std::optional<Run> ReadRun(std::string_view trun, std::int64_t default_duration) {
  if (trun.size() < 8) return std::nullopt;
  const auto flags = Number32(trun, 0) & kFlagMask;
  const std::uint64_t count = Number32(trun, 4);
  std::size_t at = 8;
  if ((flags & kHasDataOffset) != 0) at += 4;
  if ((flags & kHasFirstFlags) != 0) at += 4;
  std::size_t row = 0;
  for (const auto field : {kHasDuration, kHasSize, kHasFlags, kHasCompositionOffset}) {
    if ((flags & field) != 0) row += 4;
  }
  if (trun.size() < at || (trun.size() - at) < row * count || count == 0) return std::nullopt;

  Run run;
  if ((flags & kHasCompositionOffset) != 0) {
    run.first_offset = static_cast<std::int32_t>(Number32(trun, at + row - 4));
  }
  if ((flags & kHasDuration) == 0) {
    run.duration = static_cast<std::int64_t>(count) * default_duration;
    return run;
  }
  for (std::uint64_t i = 0; i < count; ++i) run.duration += Number32(trun, at + i * row);
  return run;
}

// Whether sums of such times do not overflow.
bool IsSound(const FragmentTime& time) {
  constexpr std::int64_t kMost = std::int64_t{1} << 60;
  return time.begins > -kMost && time.begins < kMost && time.duration < kMost;
}

std::optional<FragmentTime> ReadTrackTime(const std::vector<Box>& traf) {
  std::int64_t default_duration = 0;
  std::int64_t run_duration = 0;
  std::optional<std::int64_t> first_offset;
  std::optional<FragmentTime> time;
  for (const auto& box : traf) {
    if (box.type == "tfhd") default_duration = DefaultDuration(box.content);
    if (IsTfxd(box)) {
      time = {.begins = static_cast<std::int64_t>(Number64(box.content, kTfxdTime)),
              .duration = static_cast<std::int64_t>(Number64(box.content, kTfxdTime + 8))};
    }
    if (box.type != "trun") continue;
    const auto run = ReadRun(box.content, default_duration);
    if (!run) return std::nullopt;
    run_duration += run->duration;
    if (!first_offset) first_offset = run->first_offset;
  }
  if (!time || !first_offset || !IsSound(*time)) return std::nullopt;
  time->decoded = time->begins - *first_offset;
  if (time->duration <= 0) time->duration = run_duration;
  return time;
}

std::string BoxText(std::string_view type, std::string_view content) {
  std::string text(4, '\0');
  text.append(type).append(content);
  SetNumber32(text, 0, static_cast<std::uint32_t>(text.size()));
  return text;
}

std::string DecodeTimeBox(std::int64_t time) {
  std::string content("\1\0\0\0"sv);  // Version 1: 64 bits.
  content.resize(12);
  SetNumber64(content, 4, static_cast<std::uint64_t>(time));
  return BoxText("tfdt", content);
}

std::string TfxdBox(std::string_view content, const FragmentTime& time) {
  std::string changed(content);
  SetNumber64(changed, kTfxdTime, static_cast<std::uint64_t>(time.begins));
  SetNumber64(changed, kTfxdTime + 8, static_cast<std::uint64_t>(time.duration));
  return BoxText("uuid", changed);
}

// Its data moves back by the size of the new box.
std::string TrunBox(std::string_view content) {
  std::string changed(content);
  if ((Number32(content, 0) & kHasDataOffset) != 0) {
    SetNumber32(changed, 8, Number32(content, 8) + kDecodeTimeSize);
  }
  return BoxText("trun", changed);
}

std::string TrafBox(std::string_view content, const FragmentTime& time) {
  std::string changed;
  for (const auto boxes = ParseBoxes(content).value(); const auto& box : boxes) {
    if (box.type == "trun") {
      changed += TrunBox(box.content);
    } else if (IsTfxd(box)) {
      changed += TfxdBox(box.content, time);
    } else {
      changed += content.substr(box.offset, box.size);
    }
    if (box.type == "tfhd") changed += DecodeTimeBox(time.decoded);
  }
  return BoxText("traf", changed);
}

}  // namespace

Result<FragmentTime> ReadFragmentTime(std::string_view moof) {
  const auto content = FindContent(moof, {"moof", "traf"});
  const auto traf = content ? ParseBoxes(*content) : std::nullopt;
  const auto time = traf ? ReadTrackTime(*traf) : std::nullopt;
  if (!time) return Error{JobError::kCorruptedFile, "a packaged fragment cannot be read"};
  return *time;
}

std::string WithDecodeTime(std::string_view moof, const FragmentTime& time) {
  std::string changed;
  const auto content = *FindContent(moof, {"moof"});
  for (const auto boxes = ParseBoxes(content).value(); const auto& box : boxes) {
    changed += box.type == "traf" ? TrafBox(box.content, time)
                                  : std::string(content.substr(box.offset, box.size));
  }
  return BoxText("moof", changed);
}

}  // namespace msc::processing
