#include "emulator/videos/video_rules.h"

#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

#include "emulator/base/encoding.h"
#include "emulator/base/guid.h"
#include "emulator/base/text.h"
#include "emulator/processing/program.h"
#include "emulator/processing/program_json.h"
#include "emulator/videos/new_video.h"
#include "emulator/videos/video.h"

namespace msc::videos {
namespace {

using sqlite::Allowed;
using sqlite::IntegerFrom;
using sqlite::NullOr;
using sqlite::RowRule;
using sqlite::Text;

bool IsGuid(std::string_view text) { return ParseGuid(text) == text; }

bool IsProgram(std::string_view text) {
  const auto program = processing::ParseProgram(text);
  return program && processing::Check(*program);
}

bool IsDescription(std::string_view text) {
  return static_cast<bool>(processing::ParseDescription(text));
}

bool IsLowerExtension(std::string_view text) { return IsExtension(text) && ToLower(text) == text; }

Allowed Guid() { return Text(IsGuid, "a GUID in lower case"); }

Allowed ProgramText() { return NullOr(Text(IsProgram, "a program of valid steps, in JSON")); }

Allowed State() { return IntegerFrom(0, kVideoStateCount - 1); }

Allowed Utf8() { return Text(IsUtf8, "UTF-8"); }

bool EndsInBlockCounter(const sqlite::Value& value) {
  return value.type == sqlite::Value::Type::kBlob && value.bytes.size() == kInputVectorSize &&
         value.bytes.substr(kInputNonceSize) ==
             std::string(kInputVectorSize - kInputNonceSize, '\0');
}

constexpr RowRule kVideoRows[] = {
    {"video", "key_id",
     "SELECT id FROM video WHERE key_id IS NOT NULL AND key_id NOT IN"
     " (SELECT id FROM content_key)",
     "the id of a content key"},
    {"video", "input_iv", "SELECT id FROM video WHERE (input_key IS NULL) <> (input_iv IS NULL)",
     "NULL if input_key is, and only then"},
    {"video", "next_ms", "SELECT id FROM video WHERE state <> 1 AND next_ms IS NOT NULL",
     "NULL unless the video is processing"},
    {"video", "polls_left",
     "SELECT id FROM video WHERE polls_left IS NOT NULL AND (state <> 1 OR next_ms IS NOT NULL)",
     "NULL unless the video is processing and time does not end the step"},
    {"video", "rest", "SELECT id FROM video WHERE state <> 1 AND rest IS NOT NULL",
     "NULL unless the video is processing"},
    {"video", "failure_code", "SELECT id FROM video WHERE state <> 3 AND failure_code <> 0",
     "0 unless the video has failed"},
    {"video", "failure_reason", "SELECT id FROM video WHERE state <> 3 AND failure_reason <> ''",
     "empty unless the video has failed"},
    {"video", "original_name",
     "SELECT id FROM video WHERE lower(CAST(substr(CAST(original_name AS BLOB), "
     "-length(extension) - 1) AS TEXT)) <> '.' || extension",
     "a name that ends in the extension"},
    {"video", "upload_starts_ms", "SELECT id FROM video WHERE upload_starts_ms % 1000 <> 0",
     "a whole second"},
    {"video", "awaits_media", "SELECT id FROM video WHERE state = 0 AND awaits_media <> 0",
     "0 while the video is pending"},
    {"media", "video_id", "SELECT video_id FROM media WHERE video_id NOT IN (SELECT id FROM video)",
     "the id of a video"},
    {"video_history", "video_id",
     "SELECT video_id FROM video_history WHERE video_id NOT IN (SELECT id FROM video)",
     "the id of a video"},
};

}  // namespace

const sqlite::RecordRules& VideoRules() {
  static const sqlite::RecordRules rules = {
      .columns =
          {
              {"video", "id", Guid()},
              {"video", "created", sqlite::Number()},
              {"video", "asset_id", Guid()},
              {"video", "file_id", Guid()},
              {"video", "extension",
               Text(IsLowerExtension, "1 to 16 letters and digits, in lower case")},
              {"video", "original_name", Utf8()},
              {"video", "policy_id", Guid()},
              {"video", "locator_id", Guid()},
              {"video", "upload_starts_ms", sqlite::Instant()},
              {"video", "key_id", NullOr(Guid())},
              {"video", "input_key", NullOr(sqlite::BlobOf(kInputKeySize, kInputKeySize))},
              {"video", "input_iv",
               NullOr({EndsInBlockCounter, "a blob of 16 bytes, the last eight of them zero"})},
              {"video", "state", State()},
              {"video", "next_ms", NullOr(sqlite::Instant())},
              {"video", "polls_left", NullOr(IntegerFrom(0, kMostPolls))},
              {"video", "rest", ProgramText()},
              {"video", "program", ProgramText()},
              {"video", "failure_code", IntegerFrom(0, processing::kHighestFailureCode)},
              {"video", "failure_reason", Utf8()},
              {"video", "awaits_media", IntegerFrom(0, 1)},
              {"video", "duration_ms", IntegerFrom(0, processing::kLongestMedia.count())},
              {"video", "media_problem", Utf8()},
              {"media", "video_id", Guid()},
              {"media", "description", Text(IsDescription, "a description of media, in JSON")},
              {"video_history", "video_id", Guid()},
              {"video_history", "number", sqlite::Number()},
              {"video_history", "at_ms", sqlite::Instant()},
              {"video_history", "from_state", State()},
              {"video_history", "to_state", State()},
          },
      .rows = {std::begin(kVideoRows), std::end(kVideoRows)}};
  return rules;
}

}  // namespace msc::videos
