#include "storage_stub/extents/extent_file.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>

#include "storage_stub/extents/extent_source.h"
#include "storage_stub/extents/extent_writer.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::uint64_t kPiece = 8 * 1024 * 1024;

class ExtentFileTest : public ::testing::Test {
 protected:
  std::string ReadAll(Pin pin) const {
    std::uint64_t length = 0;
    for (const auto& extent : pin.extents()) length += extent.length;
    ExtentSource source({.pin = std::move(pin)}, 0, length);
    std::string text(source.size(), '\0');
    EXPECT_EQ(source.Read(text), text.size());
    return text;
  }

  struct stat Status() const {
    struct stat status {};
    EXPECT_EQ(::stat(path_.c_str(), &status), 0);
    return status;
  }

  std::uint64_t BytesOnDisk() const { return static_cast<std::uint64_t>(Status().st_blocks) * 512; }

  TemporaryFolder folder_;
  std::string path_ = folder_.path() + "/blobs.bytes";
  std::shared_ptr<ExtentFile> file_ = std::make_shared<ExtentFile>(path_, std::vector<Extent>{});
};

TEST_F(ExtentFileTest, PutsABodyIntoOneRun) {
  const std::string text = Pattern(3 * kPiece + 5);
  ExtentWriter writer(file_, text.size());

  writer.Append(text);
  writer.Close();

  EXPECT_EQ(writer.extent(), (Extent{0, text.size()}));
  EXPECT_EQ(ReadAll(Pin(file_, {writer.extent()})), text);
}

TEST_F(ExtentFileTest, GivesBackTheRoomThatABodyOfUnknownSizeLeaves) {
  ExtentWriter writer(file_, 1'000 * kPiece), other(file_, 1);

  writer.Append(Pattern(5));
  writer.Close();

  EXPECT_EQ(writer.extent(), (Extent{0, 5}));
  EXPECT_EQ(file_->Allocate(1).offset, kRegionUnit);
}

TEST_F(ExtentFileTest, LeavesOthersAloneWhenABodyIsEmpty) {
  const std::string text = Pattern(10'000);
  ExtentWriter other(file_, text.size());
  other.Append(text);
  other.Close();
  ExtentWriter empty(file_, 1'000 * kPiece);

  empty.Close();

  EXPECT_EQ(ReadAll(Pin(file_, {other.extent()})), text);
  EXPECT_EQ(file_->Allocate(1).offset, RegionOf(other.extent()).end());
}

TEST_F(ExtentFileTest, TakesNothingForNothing) {
  ExtentWriter known(file_, 0), unknown(file_, kPiece);

  known.Close();
  unknown.Close();

  EXPECT_EQ(known.extent(), Extent{});
  EXPECT_EQ(unknown.extent(), Extent{});
  EXPECT_EQ(file_->Allocate(1).offset, 0u);
}

TEST_F(ExtentFileTest, ReadsAPartOfSeveralExtents) {
  const Extent first{file_->Allocate(10).offset, 10}, second{file_->Allocate(10).offset, 10};
  file_->Write(first.offset, std::string_view("0123456789"));
  file_->Write(second.offset, std::string_view("abcdefghij"));
  ExtentSource source({.pin = Pin(file_, {first, second, first})}, 7, 15);
  std::string text(20, '\0');

  text.resize(source.Read(text));

  EXPECT_EQ(text, "789abcdefghij01");
}

TEST_F(ExtentFileTest, KeepsBytesForAsLongAsARecordRefersToThem) {
  const Extent extent = file_->Allocate(kRegionUnit);
  file_->AddReferences({extent, extent});

  file_->ReleaseReferences({extent, extent});
  EXPECT_NE(file_->Allocate(1).offset, extent.offset);

  file_->ReleaseReferences({extent});
  EXPECT_EQ(file_->Allocate(1).offset, extent.offset);
}

TEST_F(ExtentFileTest, KeepsWhatBecomesFreeForAsLongAsRecordsMayReferToIt) {
  const Extent extent = file_->Allocate(kRegionUnit);
  file_->Write(extent.offset, Pattern(kRegionUnit));

  file_->HoldFreed(true);
  file_->Free(extent);
  EXPECT_EQ(ReadAll(Pin(file_, {extent})), Pattern(kRegionUnit));
  EXPECT_NE(file_->Allocate(1).offset, extent.offset);

  file_->HoldFreed(false);
  EXPECT_EQ(file_->Allocate(1).offset, extent.offset);
}

TEST_F(ExtentFileTest, DoesNotSecureWhatWasWrittenBeforeAFailedSync) {
  const Extent extent = file_->Allocate(kRegionUnit);
  file_->Write(extent.offset, Pattern(kRegionUnit));

  EXPECT_THROW(file_->Secure(extent, file_->failed_syncs() + 1), std::runtime_error);
  EXPECT_NO_THROW(file_->Secure(extent, file_->failed_syncs()));
}

TEST_F(ExtentFileTest, CountsReferencesWhenItIsOpened) {
  const Extent extent = file_->Allocate(kRegionUnit);
  file_->Write(extent.offset, Pattern(kRegionUnit));
  file_ = std::make_shared<ExtentFile>(path_, std::vector{extent, extent});

  file_->ReleaseReferences({extent});
  EXPECT_NE(file_->Allocate(1).offset, extent.offset);

  file_->ReleaseReferences({extent});
  EXPECT_EQ(file_->Allocate(1).offset, extent.offset);
}

TEST_F(ExtentFileTest, GivesBackWhatWasNotKept) {
  {
    ExtentWriter writer(file_, 3 * kPiece);
    writer.Append(Pattern(100));
  }

  EXPECT_EQ(Status().st_size, 0);
  EXPECT_EQ(file_->Allocate(1).offset, 0u);
}

TEST_F(ExtentFileTest, PunchesAHoleInTheMiddle) {
  const Extent first = file_->Allocate(kPiece), last = file_->Allocate(1);
  file_->Write(first.offset, Pattern(kPiece));
  file_->Write(last.offset, std::string_view("x"));

  file_->ReleaseReferences({first});

  EXPECT_LT(BytesOnDisk(), kPiece / 2);
  EXPECT_EQ(Status().st_size, static_cast<off_t>(kPiece + 1));
}

TEST_F(ExtentFileTest, KeepsBytesUntilTheLastReaderIsDone) {
  const std::string text = Pattern(10'000);
  const Extent extent{file_->Allocate(text.size()).offset, text.size()};
  file_->Write(extent.offset, text);
  auto one = std::make_unique<Pin>(file_, std::vector{extent});
  Pin two(file_, {extent});

  file_->ReleaseReferences({extent});
  one.reset();

  EXPECT_NE(file_->Allocate(text.size()).offset, extent.offset);
  EXPECT_EQ(ReadAll(std::move(two)), text);
  EXPECT_EQ(file_->Allocate(text.size()).offset, extent.offset);
}

TEST_F(ExtentFileTest, UsesWhatWasReplacedForTheNextWrite) {
  const Extent first = file_->Allocate(3 * kRegionUnit);
  file_->Allocate(kRegionUnit);

  file_->ReleaseReferencesLater({first});

  EXPECT_EQ(file_->Allocate(2 * kRegionUnit), (Extent{first.offset, 2 * kRegionUnit}));
  EXPECT_EQ(file_->Allocate(kRegionUnit), (Extent{first.offset + 2 * kRegionUnit, kRegionUnit}));
}

TEST_F(ExtentFileTest, KeepsWhatWasReplacedWhenTheWriterOfItsSuccessorGoes) {
  const Extent first = file_->Allocate(kRegionUnit);
  {
    ExtentWriter writer(file_, 10);
    writer.Close();
    writer.Dismiss();
    file_->ReleaseReferencesLater({first});
  }

  EXPECT_EQ(file_->Allocate(kRegionUnit), first);
}

TEST_F(ExtentFileTest, GivesBackWhatWasReplacedWhenTold) {
  const Extent first = file_->Allocate(3 * kRegionUnit);
  file_->Write(first.offset, Pattern(3 * kRegionUnit));
  file_->ReleaseReferencesLater({first});

  file_->FreeCached();

  EXPECT_EQ(Status().st_size, 0);
}

TEST_F(ExtentFileTest, KeepsReplacedBytesUntilTheLastReaderIsDone) {
  ExtentWriter writer(file_, 10);
  writer.Append(std::string_view("0123456789"));
  writer.Close();
  Pin pin(file_, {writer.extent()});

  file_->ReleaseReferencesLater({writer.extent()});

  EXPECT_NE(file_->Allocate(1).offset, writer.extent().offset);
  writer.Dismiss();
  EXPECT_EQ(ReadAll(std::move(pin)), "0123456789");
}

TEST_F(ExtentFileTest, DropsOrphansWhenItIsOpened) {
  const Extent orphan = file_->Allocate(kPiece), kept = file_->Allocate(1),
               tail = file_->Allocate(kPiece);
  for (const auto& extent : {orphan, tail}) file_->Write(extent.offset, Pattern(extent.length));
  file_->Write(kept.offset, Pattern(kRegionUnit));

  file_ = std::make_shared<ExtentFile>(path_, std::vector{kept});

  EXPECT_LT(BytesOnDisk(), kPiece / 2);
  EXPECT_EQ(Status().st_size, static_cast<off_t>(kept.end()));
  EXPECT_EQ(ReadAll(Pin(file_, {kept})), Pattern(kRegionUnit));
}

TEST_F(ExtentFileTest, RefusesAFileShorterThanTheRecordsSay) {
  EXPECT_THROW(ExtentFile(path_, {{0, 1}}), std::runtime_error);
}

TEST_F(ExtentFileTest, RefusesAFolderThatIsNotThere) {
  EXPECT_THROW(ExtentFile(folder_.path() + "/no/blobs.bytes", {}), std::runtime_error);
}

TEST_F(ExtentFileTest, LeavesNoNameBehindWithoutAPath) {
  const char* variable = std::getenv("TMPDIR");
  const std::string old = variable == nullptr ? "" : variable;
  ASSERT_EQ(::setenv("TMPDIR", folder_.path().c_str(), 1), 0);
  const auto before = std::distance(std::filesystem::directory_iterator(folder_.path()), {});

  ExtentFile nameless("", {});
  nameless.Write(0, Pattern(1'000));
  ASSERT_EQ(::setenv("TMPDIR", old.c_str(), 1), 0);

  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()), {}), before);
}

TEST_F(ExtentFileTest, ThrowsWhereTheDiskIsFullAndGoesOn) {
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit old{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &old), 0);
  const rlimit small{.rlim_cur = 1024 * 1024, .rlim_max = old.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  {
    ExtentWriter writer(file_, 2 * 1024 * 1024);
    EXPECT_THROW(writer.Append(Pattern(2 * 1024 * 1024)), std::runtime_error);
  }
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &old), 0);

  EXPECT_EQ(file_->Allocate(1).offset, 0u);
  EXPECT_EQ(Status().st_size, 0);
}

}  // namespace
}  // namespace msc::storage
