#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "emulator/control/diagnostics/diagnostics.h"
#include "tests/unit/videos/videos_fixture.h"

namespace msc::control {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A player of a protected video, as the journal sees it.
class PlaybackDiagnostics : public videos::VideosFixture {
 protected:
  void Note(Operation operation, int status = 200) {
    auto record = std::make_shared<RequestRecord>();
    record->operation = operation;
    record->video_id = id_;
    record->status = record->decided = status;
    diagnostics_.Note({.record = record, .bodies = std::make_shared<Bodies>()});
  }

  std::vector<std::string> Codes() {
    std::vector<std::string> codes;
    for (const auto& each : diagnostics_.All()) codes.emplace_back(Name(each.code));
    return codes;
  }

  std::string id_ = CreateId(videos::kProtectedFile);
  Diagnostics diagnostics_{clock_, service_, blobs_};
};

TEST_F(PlaybackDiagnostics, FindNothingIfThePlayerFetchesTheKeyOnce) {
  Note(Operation::kGetAuthorizationToken);
  Note(Operation::kGetManifest);
  Note(Operation::kGetKey);
  for (int i = 0; i < 10; ++i) Note(Operation::kGetFragment, 206);

  EXPECT_THAT(Codes(), IsEmpty());
}

TEST_F(PlaybackDiagnostics, FindAKeyThatIsFetchedForEachFragment) {
  for (int i = 0; i < 6; ++i) {
    Note(Operation::kGetKey);
    Note(Operation::kGetFragment);
    Note(Operation::kGetFragment);
  }

  EXPECT_THAT(Codes(), ElementsAre("KeyFetchedAgain"));
}

TEST_F(PlaybackDiagnostics, AllowPlayersThatFollowEachOther) {
  for (int i = 0; i < 6; ++i) {
    Note(Operation::kGetKey);
    for (int fragment = 0; fragment < 5; ++fragment) Note(Operation::kGetFragment);
  }

  EXPECT_THAT(Codes(), IsEmpty());
}

TEST_F(PlaybackDiagnostics, FindFragmentsThatArePlayedWithoutTheKey) {
  Note(Operation::kGetKey, 401);
  Note(Operation::kGetFragment);

  EXPECT_THAT(Codes(), ElementsAre("PlayedWithoutKey"));
  Note(Operation::kGetKey);
  EXPECT_THAT(Codes(), IsEmpty());
}

TEST_F(PlaybackDiagnostics, DoNotCountFragmentsThatWereNotSent) {
  Note(Operation::kGetFragment, 404);

  EXPECT_THAT(Codes(), IsEmpty());
}

TEST_F(PlaybackDiagnostics, NeedNoKeyOfAClearVideo) {
  id_ = CreateId();

  Note(Operation::kGetFragment);

  EXPECT_THAT(Codes(), IsEmpty());
}

}  // namespace
}  // namespace msc::control
