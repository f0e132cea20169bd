#include <gmock/gmock.h>

#include "emulator/base/time_range.h"
#include "emulator/videos/video_rules.h"
#include "emulator/videos/video_store.h"
#include "tests/unit/videos/videos_fixture.h"

namespace msc::videos {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kPoisonProgram =
    "UPDATE video SET program = '{', rest = '[]' WHERE id = :id";
constexpr std::string_view kPoisonPolls = "UPDATE video SET state = 1, polls_left = -1";
constexpr std::string_view kPoisonTime = "UPDATE video SET upload_starts_ms = -9223372036854775808";
constexpr std::string_view kPoisonNext =
    "UPDATE video SET state = 1, next_ms = 9223372036854775807";
constexpr std::string_view kPoisonHistory =
    "INSERT INTO video_history (video_id, number, at_ms, from_state, to_state)"
    " SELECT id, 1, 0, 9, -9 FROM video";

class PoisonedRecords : public VideosFixture {
 protected:
  void Poison(std::string_view sql, const std::string& id = "") {
    auto transaction = database_.Write();
    auto update = transaction.Prepare(sql);
    if (!id.empty()) update.Bind(":id", id);
    update.Run();
    transaction.Commit();
    service_.OnRecordsReplaced();
  }
};

TEST_F(PoisonedRecords, OfAProgramLeaveTheOtherVideosAndAreNamedInTheLog) {
  const auto bad = CreateId(), good = CreateId();
  Poison(kPoisonProgram, bad);
  std::string log;
  VideoStore store(database_, clock_, [&](LogLevel, std::string_view line) { log += line; });

  EXPECT_EQ(store.DescribePage({}).size(), 2u);

  EXPECT_THAT(log, HasSubstr("table video, key id='" + bad + "', column program: "));
  EXPECT_THAT(log, HasSubstr("column rest: "));
  EXPECT_EQ(log.find(good), std::string::npos);
  EXPECT_EQ(StateOf(good), "Pending");
}

TEST_F(PoisonedRecords, OfPollsEndTheStep) {
  const auto id = CreateId();
  Poison(kPoisonPolls);

  EXPECT_EQ(StateOf(id), "Completed");
}

TEST_F(PoisonedRecords, OfTimesAreClamped) {
  const auto id = CreateId();
  Poison(kPoisonTime);

  EXPECT_THAT(Retrieve(id).at("UploadUri").get<std::string>(),
              HasSubstr("st=0001-01-01T00%3A00%3A00Z"));

  Poison(kPoisonNext);

  EXPECT_EQ(StateOf(id), "Processing");
  EXPECT_EQ(service_.Pending().at(0).at, kLastTime);
}

TEST_F(PoisonedRecords, OfTheHistoryAreLeftOut) {
  const auto id = CreateId();
  Poison(kPoisonHistory);

  EXPECT_TRUE(service_.Find(id)->history.empty());
}

TEST_F(PoisonedRecords, HaveARuleForEachColumnOfEveryTable) {
  CreateId(kProtectedFile);
  CreateId(kEncryptedFile);
  MarkComplete(CreateId());

  EXPECT_EQ(database_.Read().FindBadRow(), std::nullopt);
}

}  // namespace
}  // namespace msc::videos
