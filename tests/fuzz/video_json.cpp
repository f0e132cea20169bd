// Bodies of the Videos API and of its programs: a program that is accepted is written so that it
// reads back the same.

#include "emulator/processing/program_json.h"
#include "emulator/videos/new_video.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = msc::fuzz::TextOf(data, size);
  const auto strict = msc::videos::ParseNewVideo(text, /*any_extension=*/false);
  const auto loose = msc::videos::ParseNewVideo(text, /*any_extension=*/true);
  if (strict) msc::fuzz::Require(loose && *loose == *strict);

  const auto program = msc::processing::ParseProgram(text);
  if (!program) return 0;
  const auto again = msc::processing::ParseProgram(msc::processing::ProgramJson(*program));
  msc::fuzz::Require(again && *again == *program);
  return 0;
}
