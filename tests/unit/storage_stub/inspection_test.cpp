#include <fcntl.h>

#include <fstream>

#include "storage_stub/state/blob_snapshot.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;

class InspectionTest : public ServiceTest {
 protected:
  InspectionTest() { Restart(folder_.path()); }

  void Stage(const std::string& id, std::string content, const std::string& blob = "a.mp4") {
    const std::string target = Target(blob) + "&comp=block&blockid=" + id;
    EXPECT_EQ(SendText(Method::kPut, target, std::move(content)).status, 201);
  }

  BlobInspection Inspect(HashBudget budget = {}) const {
    return *service_->Inspect(kContainerName, "a.mp4", budget);
  }

  // Changes the bytes behind the service's back: who reads them again sees it.
  void Scribble() const {
    std::fstream(folder_.path() + "/blobs.bytes", std::ios::in | std::ios::out)
        << std::string(200'000, '?');
  }

  TemporaryFolder folder_;
};

TEST_F(InspectionTest, TellsWhatAPutBlobWrote) {
  ASSERT_EQ(Put(Target(), Pattern(200'000)).status, 201);

  const auto inspection = Inspect();

  EXPECT_EQ(inspection.size, 200'000u);
  EXPECT_EQ(inspection.blocks, 0u);
  EXPECT_EQ(inspection.sha256, HexEncode(Sha256(Pattern(200'000))));
  EXPECT_TRUE(inspection.head == Pattern(64 * 1024));
}

TEST_F(InspectionTest, CountsTheBlocksOfABlockList) {
  Stage("YQ==", "first");
  Stage("Yg==", "second");
  SendText(
      Method::kPut, Target() + "&comp=blocklist",
      "<BlockList><Latest>YQ==</Latest><Latest>Yg==</Latest><Latest>YQ==</Latest></BlockList>");

  const auto inspection = Inspect();

  EXPECT_EQ(inspection.blocks, 3u);
  EXPECT_EQ(inspection.head, "firstsecondfirst");
  EXPECT_EQ(inspection.sha256, HexEncode(Sha256("firstsecondfirst")));
}

TEST_F(InspectionTest, LooksIntoAnEmptyBlob) {
  ASSERT_EQ(Put(Target(), "").status, 201);

  const auto inspection = Inspect();

  EXPECT_EQ(inspection.size, 0u);
  EXPECT_EQ(inspection.sha256, HexEncode(Sha256("")));
}

TEST_F(InspectionTest, ReadsABlobOnceWhileItStays) {
  ASSERT_EQ(Put(Target(), Pattern(200'000)).status, 201);
  const std::string sha256 = Inspect().sha256;

  Scribble();

  EXPECT_EQ(Inspect().sha256, sha256);
}

TEST_F(InspectionTest, ReadsABlobAgainThatWasReplaced) {
  ASSERT_EQ(Put(Target(), "old").status, 201);
  Inspect();

  ASSERT_EQ(Put(Target(), "new").status, 201);

  EXPECT_EQ(Inspect().sha256, HexEncode(Sha256("new")));
}

TEST_F(InspectionTest, ReadsABlobAgainWhoseEtagWasDealtOutBefore) {
  const auto snapshot = service_->TakeSnapshot();
  const auto etag = Value(Put(Target(), "old"), "ETag");
  Inspect();
  service_->Restore(*snapshot);

  ASSERT_EQ(Value(Put(Target(), "new"), "ETag"), etag);

  EXPECT_EQ(Inspect().sha256, HexEncode(Sha256("new")));
}

TEST_F(InspectionTest, RefusesWhatIsNotThere) {
  HashBudget budget;
  EXPECT_EQ(service_->Inspect(kContainerName, "a.mp4", budget).error().code,
            StorageError::kBlobNotFound);
  EXPECT_EQ(service_->Inspect("nowhere", "a.mp4", budget).error().code,
            StorageError::kContainerNotFound);
}

TEST_F(InspectionTest, DoesNotHashMoreThanTheBudget) {
  ASSERT_EQ(Put(Target(), "12345").status, 201);

  const auto inspection = Inspect({.bytes = 4});

  EXPECT_EQ(inspection.sha256, "");
  EXPECT_EQ(inspection.size, 5u);
  EXPECT_EQ(inspection.head, "12345");
}

TEST_F(InspectionTest, TakesWhatItHashesFromTheBudget) {
  ASSERT_EQ(Put(Target(), "12345").status, 201);
  HashBudget budget{.bytes = 7};

  const auto inspection = service_->Inspect(kContainerName, "a.mp4", budget);

  EXPECT_EQ(inspection->sha256, HexEncode(Sha256("12345")));
  EXPECT_EQ(budget.bytes, 2u);
}

TEST_F(InspectionTest, NeedsNoBudgetForAHashThatItMadeBefore) {
  ASSERT_EQ(Put(Target(), "12345").status, 201);
  Inspect();

  EXPECT_EQ(Inspect({.bytes = 0}).sha256, HexEncode(Sha256("12345")));
}

TEST_F(InspectionTest, EndsHashingWhenNobodyWaitsForIt) {
  ASSERT_EQ(Put(Target(), Pattern(5 * 1024 * 1024)).status, 201);
  int checks = 0;

  const auto inspection = Inspect({.is_useless = [&] { return ++checks == 2; }});

  EXPECT_EQ(inspection.sha256, "");
  EXPECT_EQ(checks, 2);
  EXPECT_EQ(Inspect().sha256, HexEncode(Sha256(Pattern(5 * 1024 * 1024))));
}

TEST_F(InspectionTest, NamesTheContainersWithUncommittedBlocks) {
  EXPECT_THAT(service_->ContainersWithUncommittedBlocks(), ::testing::IsEmpty());

  Stage("YQ==", "first");

  EXPECT_THAT(service_->ContainersWithUncommittedBlocks(), ::testing::ElementsAre(kContainerName));
}

TEST_F(InspectionTest, CountsUncommittedBlocksOfAContainer) {
  Stage("YQ==", "first");
  Stage("Yg==", "second");
  Stage("YQ==", "third", "b.mp4");

  EXPECT_EQ(service_->UncommittedBlocks(kContainerName), 3u);
  EXPECT_EQ(service_->UncommittedBlocks("nowhere"), 0u);
}

TEST_F(InspectionTest, CommittedBlocksDoNotWait) {
  Stage("YQ==", "first");

  SendText(Method::kPut, Target() + "&comp=blocklist",
           "<BlockList><Latest>YQ==</Latest></BlockList>");

  EXPECT_EQ(service_->UncommittedBlocks(kContainerName), 0u);
}

}  // namespace
}  // namespace msc::storage
