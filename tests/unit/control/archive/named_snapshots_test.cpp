#include "emulator/control/archive/named_snapshots.h"

#include "emulator/control/error/control_error.h"
#include "storage_stub/state/blob_snapshot.h"
#include "tests/unit/control/archive/instance.h"

namespace msc::control {
namespace {

class NamedSnapshotsTest : public ::testing::Test {
 protected:
  Status Put(const std::string& name, std::size_t bytes) {
    return snapshots_.Put(name, {.records = std::make_shared<const storage::BlobSnapshot>(
                                     std::string(bytes, 'x'), storage::Pin(file_, {})),
                                 .clock = {}});
  }

  std::shared_ptr<storage::ExtentFile> file_ =
      std::make_shared<storage::ExtentFile>("", std::vector<storage::Extent>());
  NamedSnapshots snapshots_{{.count = 2, .bytes = 100}};
};

TEST_F(NamedSnapshotsTest, HaveABudgetOfBytesForAll) {
  ASSERT_TRUE(Put("a", 60));

  const auto put = Put("b", 41);

  ASSERT_FALSE(put);
  EXPECT_EQ(put.error().code, ControlError::kLimitReached);
  EXPECT_TRUE(Put("b", 40));
}

TEST_F(NamedSnapshotsTest, GiveBackWhatIsReplacedOrErased) {
  ASSERT_TRUE(Put("a", 100));
  EXPECT_TRUE(Put("a", 100));

  EXPECT_TRUE(snapshots_.Erase("a"));

  EXPECT_FALSE(snapshots_.Erase("a"));
  EXPECT_TRUE(Put("b", 100));
}

TEST_F(NamedSnapshotsTest, AreNotTooMany) {
  ASSERT_TRUE(Put("b", 1));
  ASSERT_TRUE(Put("a", 1));

  EXPECT_EQ(Put("c", 1).error().code, ControlError::kInvalidArgument);
  EXPECT_EQ(snapshots_.Names(), (std::vector<std::string>{"a", "b"}));
}

TEST(TakenSnapshot, KeepsItsRecordsInTheFileOfBlobs) {
  Instance instance;
  const auto before = std::filesystem::file_size(instance.folder.path() + "/blobs.bytes");

  const auto snapshot = instance.state.Take();

  EXPECT_GE(instance.BytesInUse(), before + snapshot.RecordsSize());
  EXPECT_EQ(snapshot.records->Records().substr(0, 15), "SQLite format 3");
}

}  // namespace
}  // namespace msc::control
