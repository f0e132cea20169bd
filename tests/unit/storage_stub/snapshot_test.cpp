#include <sys/stat.h>

#include <atomic>
#include <thread>
#include <vector>

#include "storage_stub/state/blob_snapshot.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;

constexpr const char* kTwoBlocks =
    "<BlockList><Latest>YQ==</Latest><Latest>Yg==</Latest></BlockList>";

// Bytes of the records in a snapshot, which are kept in the file of blobs.
constexpr std::uint64_t kMostRecords = 128 * 1024;

constexpr std::string_view kCountRows = R"sql(
  SELECT (SELECT count(*) FROM container) + (SELECT count(*) FROM policy)
    + (SELECT count(*) FROM blob) + (SELECT count(*) FROM uncommitted_block)
)sql";

class SnapshotTest : public ServiceTest {
 protected:
  SnapshotTest() { Restart(folder_.path()); }

  std::uint64_t BytesOnDisk() const {
    struct stat status {};
    EXPECT_EQ(::stat((folder_.path() + "/blobs.bytes").c_str(), &status), 0);
    return static_cast<std::uint64_t>(status.st_blocks) * 512;
  }

  void Stage(const std::string& id, std::string content) {
    const std::string target = Target() + "&comp=block&blockid=" + id;
    EXPECT_EQ(SendText(Method::kPut, target, std::move(content)).status, 201);
  }

  // Of containers and what is in them.
  std::int64_t CountRows() {
    auto transaction = database_->Read();
    auto select = transaction.Prepare(kCountRows);
    select.Step();
    return select.Int(0);
  }

  void Clear() {
    service_->Restore(*service_->TakeEmptySnapshot(database_->NewInMemory()->Image()));
  }

  std::string Get(std::string_view blob = "a.mp4") const {
    return Content(Send(Method::kGet, Target(blob)));
  }

  std::string BlockList() const {
    return Content(Send(Method::kGet, Target() + "&comp=blocklist&blocklisttype=all"));
  }

  TemporaryFolder folder_;
};

TEST_F(SnapshotTest, BringsBackTheExactBytesOfADeletedBlob) {
  ASSERT_EQ(Put(Target(), Pattern(1'000'000)).status, 201);
  const auto etag = service_->FindBlob(kContainerName, "a.mp4")->etag;
  const auto snapshot = service_->TakeSnapshot();
  ASSERT_EQ(Send(Method::kDelete, Target()).status, 202);

  service_->Restore(*snapshot);

  EXPECT_TRUE(Get() == Pattern(1'000'000));
  EXPECT_EQ(service_->FindBlob(kContainerName, "a.mp4")->etag, etag);
}

TEST_F(SnapshotTest, SurvivesAHundredOverwrites) {
  ASSERT_EQ(Put(Target(), Pattern(100'000)).status, 201);
  const auto snapshot = service_->TakeSnapshot();
  for (int i = 0; i < 100; ++i) Put(Target(), std::string(100'000, 'x'));

  service_->Restore(*snapshot);

  EXPECT_TRUE(Get() == Pattern(100'000));
}

TEST_F(SnapshotTest, CanBeRestoredAgainAndAgain) {
  ASSERT_EQ(Put(Target(), Pattern(100'000)).status, 201);
  const auto snapshot = service_->TakeSnapshot();

  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(Put(Target(), std::string(200'000, 'x')).status, 201);
    service_->Restore(*snapshot);
    EXPECT_TRUE(Get() == Pattern(100'000));
  }
}

TEST_F(SnapshotTest, SharesTheBytes) {
  ASSERT_EQ(Put(Target(), Pattern(8'000'000)).status, 201);
  const auto before = BytesOnDisk();

  const auto one = service_->TakeSnapshot(), two = service_->TakeSnapshot();
  service_->Restore(*one);
  service_->Restore(*two);

  EXPECT_LE(BytesOnDisk(), before + 2 * kMostRecords);
}

TEST_F(SnapshotTest, GivesBytesBackWhenNobodyHasThemAnyMore) {
  ASSERT_EQ(Put(Target(), Pattern(8'000'000)).status, 201);
  auto snapshot = service_->TakeSnapshot();
  service_->Restore(*snapshot);
  ASSERT_EQ(Send(Method::kDelete, Target()).status, 202);
  ASSERT_GE(BytesOnDisk(), 8'000'000u);

  snapshot.reset();

  EXPECT_EQ(BytesOnDisk(), 0u);
}

TEST_F(SnapshotTest, GivesWhatItReplacesBack) {
  const auto snapshot = service_->TakeSnapshot();
  ASSERT_EQ(Put(Target(), Pattern(8'000'000)).status, 201);

  service_->Restore(*snapshot);

  EXPECT_LE(BytesOnDisk(), kMostRecords);
}

TEST_F(SnapshotTest, KeepsUncommittedBlocks) {
  Stage("YQ==", "first");
  Stage("Yg==", "second");
  const auto snapshot = service_->TakeSnapshot();
  const std::string list = BlockList();
  ASSERT_EQ(Put(Target(), "x").status, 201);

  service_->Restore(*snapshot);

  EXPECT_EQ(BlockList(), list);
  ASSERT_EQ(SendText(Method::kPut, Target() + "&comp=blocklist", kTwoBlocks).status, 201);
  EXPECT_EQ(Get(), "firstsecond");
}

TEST_F(SnapshotTest, OutlivesARestartOfWhatWasRestored) {
  ASSERT_EQ(Put(Target(), Pattern(100'000)).status, 201);
  auto snapshot = service_->TakeSnapshot();
  Put(Target(), std::string(100'000, 'x'));
  service_->Restore(*snapshot);
  snapshot.reset();

  Restart(folder_.path());

  EXPECT_TRUE(Get() == Pattern(100'000));
}

TEST_F(SnapshotTest, ThatCannotBeWrittenChangesNothing) {
  ASSERT_EQ(Put(Target(), Pattern(100'000)).status, 201);
  const auto snapshot = service_->TakeSnapshot();
  ASSERT_EQ(Put(Target(), Pattern(200'000)).status, 201);
  std::filesystem::rename(folder_.path() + "/test.db", folder_.path() + "/away");

  EXPECT_THROW(service_->Restore(*snapshot), std::runtime_error);

  std::filesystem::rename(folder_.path() + "/away", folder_.path() + "/test.db");
  EXPECT_TRUE(Get() == Pattern(200'000));
  service_->Restore(*snapshot);
  EXPECT_TRUE(Get() == Pattern(100'000));
}

TEST_F(SnapshotTest, BelongsToItsService) {
  const auto snapshot = service_->TakeSnapshot();
  Restart({});

  EXPECT_THROW(service_->Restore(*snapshot), std::logic_error);
}

TEST_F(SnapshotTest, ReaderKeepsTheBytesThatARestoreTakesAway) {
  const auto snapshot = service_->TakeSnapshot();
  ASSERT_EQ(Put(Target(), Pattern(1'000'000)).status, 201);
  const auto answer = Send(Method::kGet, Target());

  service_->Restore(*snapshot);
  ASSERT_EQ(Put(Target(), std::string(1'000'000, 'x')).status, 201);

  EXPECT_TRUE(Content(answer) == Pattern(1'000'000));
}

TEST_F(SnapshotTest, RestoresUnderWritersAndReadersWholeBlobsOnly) {
  ASSERT_EQ(Put(Target(), std::string(300'000, 'a')).status, 201);
  const auto snapshot = service_->TakeSnapshot();
  std::atomic<int> torn = 0;
  std::vector<std::thread> threads;
  for (const char letter : {'b', 'c'}) {
    threads.emplace_back([&, letter] {
      for (int i = 0; i < 40; ++i) Put(Target(), std::string(300'000, letter));
    });
    threads.emplace_back([&] {
      for (int i = 0; i < 40; ++i) {
        const std::string content = Get();
        if (content != std::string(300'000, content.front())) ++torn;
      }
    });
  }
  for (int i = 0; i < 40; ++i) service_->Restore(*snapshot);
  for (auto& thread : threads) thread.join();
  service_->Restore(*snapshot);

  EXPECT_EQ(torn, 0);
  EXPECT_TRUE(Get() == std::string(300'000, 'a'));
  EXPECT_LE(BytesOnDisk(), 310'000u + kMostRecords);
}

TEST_F(SnapshotTest, TakenUnderWritersHoldsWholeBlobs) {
  ASSERT_EQ(Put(Target(), std::string(300'000, 'a')).status, 201);
  std::vector<std::shared_ptr<const BlobSnapshot>> snapshots;
  std::thread writer([&] {
    for (int i = 0; i < 60; ++i) Put(Target(), std::string(300'000, i % 2 == 0 ? 'b' : 'c'));
  });
  for (int i = 0; i < 60; ++i) snapshots.push_back(service_->TakeSnapshot());
  writer.join();

  for (const auto& snapshot : snapshots) {
    service_->Restore(*snapshot);
    const std::string content = Get();
    EXPECT_TRUE(content == std::string(300'000, content.front()));
  }
}

// A body in the middle of which something happens.
class InterruptedBody final : public http::BodyReader {
 public:
  explicit InterruptedBody(std::function<void()> happens) : happens_(std::move(happens)) {}

  std::optional<std::uint64_t> size() const override { return 200'000; }
  void Limit(std::uint64_t) override {}
  Result<std::size_t> Read(std::span<char> buffer) override {
    if (sent_ == 100'000) happens_();
    const std::size_t count = std::min<std::size_t>(buffer.size(), 100'000);
    if (sent_ == 200'000) return std::size_t{0};
    std::fill_n(buffer.begin(), count, 'u');
    sent_ += count;
    return count;
  }

 private:
  std::function<void()> happens_;
  std::size_t sent_ = 0;
};

TEST_F(SnapshotTest, UploadThatARestoreInterruptsIsCommittedBehindIt) {
  ASSERT_EQ(Put(Target("b.mp4"), "kept").status, 201);
  const auto snapshot = service_->TakeSnapshot();
  InterruptedBody body([&] { service_->Restore(*snapshot); });

  const auto answer = Send(Method::kPut, Target(), {{"x-ms-blob-type", "BlockBlob"}}, &body);

  EXPECT_EQ(answer.status, 201);
  EXPECT_TRUE(Get() == std::string(200'000, 'u'));
  EXPECT_EQ(Get("b.mp4"), "kept");
}

TEST_F(SnapshotTest, UploadThatAClearInterruptsIsRefused) {
  InterruptedBody body([&] { Clear(); });

  const auto answer = Send(Method::kPut, Target(), {{"x-ms-blob-type", "BlockBlob"}}, &body);

  EXPECT_EQ(Code(answer), "ContainerNotFound");
  EXPECT_EQ(BytesOnDisk(), 0u);
}

TEST_F(SnapshotTest, ClearLeavesNothing) {
  ASSERT_EQ(Put(Target(), Pattern(1'000'000)).status, 201);
  Stage("YQ==", "staged");
  ASSERT_EQ(CountRows(), 4);

  Clear();

  EXPECT_EQ(CountRows(), 0);
  EXPECT_EQ(BytesOnDisk(), 0u);
}

TEST_F(SnapshotTest, TheSameRequestsAfterAClearGiveTheSameEtags) {
  Clear();
  ASSERT_TRUE(service_->CreateContainer(kContainerName));
  const auto first = Value(Put(Authorized(Path()), "x"), "ETag");

  Clear();
  ASSERT_TRUE(service_->CreateContainer(kContainerName));

  EXPECT_EQ(Value(Put(Authorized(Path()), "x"), "ETag"), first);
}

TEST_F(SnapshotTest, ClearedServiceIsUsedAsBefore) {
  Clear();

  Restart(folder_.path());

  EXPECT_EQ(Put(Target(), "again").status, 201);
  EXPECT_EQ(Get(), "again");
}

TEST_F(SnapshotTest, RulesForOriginsAreThoseOfTheRecords) {
  const auto service =
      Authorized('/' + std::string(kAccountName) + "?restype=service&comp=properties");
  const auto snapshot = service_->TakeSnapshot();
  const auto origin = [&] {
    return Value(Send(Method::kGet, service, {{"Origin", "https://a.example"}}),
                 "Access-Control-Allow-Origin");
  };
  const std::string before = origin();
  ASSERT_EQ(SendText(Method::kPut, service,
                     "<StorageServiceProperties><Cors/></StorageServiceProperties>")
                .status,
            202);
  ASSERT_NE(origin(), before);

  service_->Restore(*snapshot);
  EXPECT_EQ(origin(), before);

  SendText(Method::kPut, service, "<StorageServiceProperties><Cors/></StorageServiceProperties>");
  Clear();
  EXPECT_EQ(origin(), before);
}

}  // namespace
}  // namespace msc::storage
