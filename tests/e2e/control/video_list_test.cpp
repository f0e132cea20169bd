// Lists and counts of many videos, and videos with very large uploads.
#include <set>

#include "tests/e2e/control/control_fixture.h"
#include "tests/support/blob_client.h"

namespace msc {
namespace {

using namespace msc::testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ControlVideoList : public ControlTest {
 protected:
  // Their ids, in order.
  std::vector<std::string> Create(int count) {
    std::vector<std::string> ids;
    for (int i = 0; i < count; ++i) ids.push_back(emulator_.CreateVideo({}).id);
    return ids;
  }

  static std::vector<std::string> IdsIn(const Json& json) {
    std::vector<std::string> ids;
    for (const auto& video : json.at("videos")) ids.push_back(video.at("Id"));
    return ids;
  }

  // A blob of `count` blocks that all have the same bytes.
  void UploadRepeated(const CreatedVideo& video, const std::string& block, std::size_t count) {
    BlobClient client(port(), video.upload_target);
    const std::string path = video.upload_target.substr(0, video.upload_target.find('?'));
    const std::string blob = path.substr(path.rfind('/') + 1);
    ASSERT_EQ(client.PutBlock(blob, "YQ==", block).status, 201);
    ASSERT_EQ(client.PutBlockList(blob, std::vector<std::string>(count, "YQ==")).status, 201);
  }
};

TEST_F(ControlVideoList, OfMoreThanAPageIsStreamedWhole) {
  const auto ids = Create(1234);
  RawClient client(port());
  client.Send("GET /__admin/videos HTTP/1.1\r\nHost: localhost\r\n\r\n");

  const auto all = client.ReadToEnd();

  ASSERT_TRUE(all);
  EXPECT_EQ(HeaderOf(*all, "Content-Length"), std::nullopt);
  EXPECT_EQ(IdsIn(Json::parse(BodyOf(*all))), ids);
}

TEST_F(ControlVideoList, HasOnlyAsManyAsTheLimit) {
  const auto ids = Create(3);

  EXPECT_THAT(IdsIn(Get("videos?limit=2").json), ElementsAre(ids[0], ids[1]));
  EXPECT_THAT(IdsIn(Get("videos?limit=0").json), IsEmpty());
}

TEST_F(ControlVideoList, GoesOnBehindAVideo) {
  const auto ids = Create(3);

  EXPECT_THAT(IdsIn(Get("videos?limit=1&after=" + ids[0]).json), ElementsAre(ids[1]));
  EXPECT_THAT(IdsIn(Get("videos?after=" + ids[2]).json), IsEmpty());
}

TEST_F(ControlVideoList, RejectsParametersThatItDoesNotUnderstand) {
  EXPECT_THAT(Get("videos?limit=x"), IsProblem("'x'"));
  EXPECT_THAT(Get("videos?after=x"), IsProblem("'x'"));
  EXPECT_THAT(Get("videos?limit=1&limit=2"), IsProblem("'limit'"));
  EXPECT_THAT(Get("requests?limit=1&LIMIT=2"), IsProblem("'LIMIT'"));
}

TEST_F(ControlVideoList, MetricsCountTheVideosInEachState) {
  Submit();
  CreateVideo(port());
  emulator_.Snapshot("two");
  emulator_.AdvanceClock(std::chrono::seconds(10));
  EXPECT_THAT(Get("metrics").raw, HasSubstr("msc_videos{state=\"Completed\"} 1\n"));
  EXPECT_THAT(Get("metrics").raw, HasSubstr("msc_videos{state=\"Pending\"} 1\n"));

  emulator_.Restore("two");
  EXPECT_THAT(Get("metrics").raw, HasSubstr("msc_videos{state=\"Processing\"} 1\n"));
  emulator_.Reset();
  EXPECT_THAT(Get("metrics").raw, HasSubstr("msc_videos{state=\"Processing\"} 0\n"));
}

TEST_F(ControlVideoList, DiagnosticsAreThoseOfAllVideosInOrder) {
  const auto first = CreateVideo(port());
  const auto second = CreateVideo(port());
  MarkComplete(port(), second);
  BlobClient(port(), first.upload_target).PutBlock("a", "YQ==", "block");

  const auto found = Get("diagnostics").json.at("diagnostics");

  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].at("videoId"), first.id);
  EXPECT_EQ(found[1].at("videoId"), second.id);
}

TEST_F(ControlVideoList, AnUploadLargerThanAnyDiskIsNotHashed) {
  const auto video = CreateVideo(port());
  const std::uint64_t block = 1024 * 1024, count = 20'000;
  UploadRepeated(video, std::string(block, 'x'), count);

  const auto upload = Get("videos/" + video.id).json.at("upload");

  EXPECT_EQ(upload.at("bytes"), block * count);
  EXPECT_EQ(upload.at("blocks"), count);
  EXPECT_TRUE(upload.at("sha256").is_null());
}

TEST_F(ControlVideoList, TheEmulatorEndsWhileAnUploadIsHashed) {
  const auto video = CreateVideo(port());
  UploadRepeated(video, std::string(1024 * 1024, 'x'), 16'000);
  RawClient client(port());
  client.Send("GET /__admin/videos/" + video.id + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(Get("health").status, 200);
}

}  // namespace
}  // namespace msc
