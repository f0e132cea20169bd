#include "emulator/control/archive/state_archive.h"

#include <fstream>
#include <iterator>

#include "emulator/http/http_error.h"
#include "tests/support/child_process.h"
#include "tests/unit/control/archive/state_archive_fixture.h"

namespace msc::control {
namespace {

using http::Method;
using storage::Pattern;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr std::string_view kHost = "keys.example";

TEST_F(StateArchiveTest, GivesTheSameAnswersElsewhere) {
  Instance other(7);

  ASSERT_TRUE(other.Import(full_.Export()));

  for (const char* blob : {"a.mp4", "empty.mp4", "blocks.mp4"}) {
    EXPECT_TRUE(other.Get(blob) == full_.Get(blob)) << blob;
    EXPECT_EQ(other.Get(blob, "&comp=blocklist&blocklisttype=all"),
              full_.Get(blob, "&comp=blocklist&blocklisttype=all"));
    EXPECT_EQ(other.Get(blob, "&comp=metadata"), full_.Get(blob, "&comp=metadata"));
  }
  EXPECT_EQ(other.Videos(), "one ");
}

TEST_F(StateArchiveTest, UncommittedBlocksCanBeCommittedElsewhere) {
  Instance other(7);
  ASSERT_TRUE(other.Import(full_.Export()));

  other.Send(Method::kPut, "blocks.mp4", "&comp=blocklist",
             "<BlockList><Latest>Yw==</Latest><Latest>YQ==</Latest></BlockList>");

  EXPECT_THAT(other.Get("blocks.mp4"), HasSubstr("\nwaitingfirst"));
}

TEST_F(StateArchiveTest, TokensAreHonouredElsewhere) {
  const std::string id = full_.keys.CreateKey();
  const std::string token = *full_.keys.IssueToken(id, kHost);
  Instance other(7);

  ASSERT_TRUE(other.Import(full_.Export()));
  http::Request request{.target = "/keydelivery?kid=" + id, .headers = {{"Authorization", token}}};

  EXPECT_EQ(other.keys.router().Dispatch(request).body, *full_.keys.FindKey(id));
}

TEST_F(StateArchiveTest, GoesOnWithTheSameIdsElsewhere) {
  Instance other;

  const auto manifest = other.Import(full_.Export());

  EXPECT_EQ(manifest->instant, full_.clock.Now());
  EXPECT_EQ(other.keys.CreateKey(), full_.keys.CreateKey());
}

TEST_F(StateArchiveTest, TakesThePlaceOfWhatWasThere) {
  Instance other(7);
  other.WithContainer().AddVideo("old");
  ASSERT_EQ(other.Put("old.mp4", Pattern(5'000'000)), 201);
  const std::string key = other.keys.CreateKey();

  ASSERT_TRUE(other.Import(full_.Export()));

  EXPECT_THAT(other.Get("old.mp4"), StartsWith("404"));
  EXPECT_EQ(other.Videos(), "one ");
  EXPECT_FALSE(other.keys.FindKey(key));
  ASSERT_TRUE(other.Import(Instance().Export()));
  EXPECT_EQ(other.BytesInUse(), 0u);
}

TEST_F(StateArchiveTest, SharedBytesStandInItOnceAndStayShared) {
  Instance other(7);
  const Files files = Unpacked();

  ASSERT_TRUE(other.Import(Pack(files)));

  EXPECT_EQ(std::count_if(files.begin(), files.end(),
                          [](const auto& file) { return file.first.starts_with("extents/"); }),
            4);
  EXPECT_LE(other.BytesInUse(), 320'000u);
  EXPECT_EQ(other.Put("blocks.mp4", "replaced"), 201);
  EXPECT_EQ(other.Get("a.mp4"), full_.Get("a.mp4"));
}

TEST_F(StateArchiveTest, IsTheSameForTheSameState) {
  EXPECT_TRUE(full_.Export() == full_.Export());
}

TEST_F(StateArchiveTest, IsWholeWhateverHappensWhileItIsRead) {
  const std::string before = full_.Export();
  const auto source = full_.archive.Export();
  for (int i = 0; i < 10; ++i) ASSERT_EQ(full_.Put("a.mp4", std::string(300'000, 'x')), 201);
  ASSERT_TRUE(full_.state.Clear(0));

  EXPECT_TRUE(ReadAll(*source) == before);
}

TEST_F(StateArchiveTest, TarListsIt) {
  const std::string path = full_.folder.path() + "/state.tar";
  std::ofstream(path, std::ios::binary) << full_.Export();
  const Files files = Unpacked();

  testing::ChildProcess tar({"tar", "tf", path});

  for (const auto& [name, text] : files) EXPECT_EQ(tar.ReadLine(), name);
  EXPECT_EQ(tar.ReadLine(), "");
  EXPECT_EQ(tar.Wait(), 0);
  EXPECT_THAT(tar.Errors(), IsEmpty());
}

TEST_F(StateArchiveTest, TakesWhatTarMade) {
  const std::string& folder = full_.folder.path();
  std::ofstream(folder + "/state.tar", std::ios::binary) << full_.Export();
  std::filesystem::create_directory(folder + "/files");
  testing::ChildProcess unpack({"tar", "xf", folder + "/state.tar", "-C", folder + "/files"});
  ASSERT_EQ(unpack.Wait(), 0);
  std::vector<std::string> pack = {"tar", "cf", folder + "/again.tar", "-C", folder + "/files"};
  for (const auto& [name, text] : Unpacked()) pack.push_back(name);
  ASSERT_EQ(testing::ChildProcess(pack).Wait(), 0);
  std::ifstream again(folder + "/again.tar", std::ios::binary);
  Instance other(7);

  EXPECT_TRUE(other.Import({std::istreambuf_iterator<char>(again), {}}));
  EXPECT_TRUE(other.Get("a.mp4") == full_.Get("a.mp4"));
}

TEST_F(StateArchiveTest, LeavesEverythingIfItCannotBeWritten) {
  Instance other(7);
  other.WithContainer();
  ASSERT_EQ(other.Put("old.mp4", "old"), 201);
  FakeBody body(full_.Export());
  const std::uint64_t position = other.random.position();
  const std::string file = other.folder.path() + "/emulator.db";
  std::filesystem::rename(file, file + ".away");
  {
    const auto replaced = other.archive.Replace(*other.archive.Read(body));

    ASSERT_FALSE(replaced);
    EXPECT_THAT(replaced.error().message, HasSubstr(file + " was removed"));
  }
  EXPECT_EQ(other.random.position(), position);
  EXPECT_EQ(other.times_replaced, 0);
  EXPECT_THAT(other.Get("old.mp4"), HasSubstr("\nold"));
  EXPECT_LE(other.BytesInUse(), 4'096u);
}

TEST_F(StateArchiveTest, MovesAClockThatStands) {
  Instance other(7);
  other.clock.Advance(std::chrono::hours(1));

  ASSERT_TRUE(other.Import(full_.Export()));

  EXPECT_EQ(other.clock.Now(), full_.clock.Now());
  EXPECT_EQ(other.times_replaced, 1);
}

TEST_F(StateArchiveTest, TellsWhenTheConnectionBreaks) {
  FakeBody body(full_.Export().substr(0, 100'000));
  body.BreaksOffWith(http::HttpError::kClientGone, 200'000);

  EXPECT_EQ(Instance().archive.Read(body).error().code, http::HttpError::kClientGone);
}

}  // namespace
}  // namespace msc::control
