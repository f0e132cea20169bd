// What is served of bytes that somebody else has changed.
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include "storage_stub/extents/extent_file.h"
#include "storage_stub/model/bytes_file.h"
#include "storage_stub/state/blob_snapshot.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

class IntegrityTest : public ServiceTest {
 protected:
  IntegrityTest() { Restart(folder_.path()); }

  std::string BytesFile() const { return folder_.path() + '/' + kBytesFile; }

  // Changes one byte behind the service's back.
  void Flip(std::uint64_t at) const {
    std::fstream file(BytesFile(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(static_cast<std::streamoff>(at));
    const auto byte = static_cast<char>(~file.get());
    file.seekp(static_cast<std::streamoff>(at));
    file.put(byte);
  }

  http::Response Get(const std::string& blob = "a.mp4", http::Headers headers = {}) const {
    return Send(Method::kGet, Target(blob), std::move(headers));
  }

  void Stage(const std::string& id, const std::string& content) const {
    ASSERT_EQ(SendText(Method::kPut, Target() + "&comp=block&blockid=" + id, content).status, 201);
  }

  void Commit(const std::string& list) const {
    ASSERT_EQ(
        SendText(Method::kPut, Target() + "&comp=blocklist", "<BlockList>" + list + "</BlockList>")
            .status,
        201);
  }

  TemporaryFolder folder_;
};

TEST_F(IntegrityTest, AChangedByteIsA500ThatTheLogExplains) {
  ASSERT_EQ(Put(Target("first"), Pattern(5'000)).status, 201);
  ASSERT_EQ(Put(Target(), Pattern(5'000)).status, 201);
  Flip(8'192 + 4'999);

  const auto response = Get();

  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(Code(response), "InternalError");
  EXPECT_THAT(log_, AllOf(HasSubstr(Path().substr(1)), HasSubstr(BytesFile() + " from 8192 on")));
  EXPECT_TRUE(Content(Get("first")) == Pattern(5'000));
}

TEST_F(IntegrityTest, BytesOfSomeMebibytesAreCheckedBeforeTheHeadIsSent) {
  ASSERT_EQ(Put(Target(), Pattern(4 * 1024 * 1024)).status, 201);
  Flip(4 * 1024 * 1024 - 1);

  EXPECT_EQ(Get().status, 500);
}

TEST_F(IntegrityTest, ALargeBodyEndsBeforeItsChangedExtentDoes) {
  const std::size_t size = 5 * 1024 * 1024;
  ASSERT_EQ(Put(Target(), Pattern(size)).status, 201);
  Flip(7);

  auto response = Get();

  EXPECT_EQ(response.status, 200);
  std::string text(size - 1, '\0');
  EXPECT_EQ(response.source->Read(text), size - 1);
  EXPECT_THAT([&] { response.source->Read(text); },
              ThrowsMessage<std::runtime_error>(HasSubstr(Path().substr(1))));
}

TEST_F(IntegrityTest, EachBlockIsChecked) {
  Stage("YQ==", Pattern(100));
  Stage("Yg==", Pattern(200));
  Commit("<Latest>Yg==</Latest><Latest>YQ==</Latest><Latest>Yg==</Latest>");
  EXPECT_EQ(Content(Get()), Pattern(200) + Pattern(100) + Pattern(200));

  Flip(0);

  EXPECT_EQ(Get().status, 500);
  EXPECT_EQ(Get("a.mp4", {{"Range", "bytes=150-320"}}).status, 500);
  EXPECT_EQ(Content(Get("a.mp4", {{"Range", "bytes=300-499"}})), Pattern(200));
}

TEST_F(IntegrityTest, ACopyIsCheckedAgainstWhatItsSourceWas) {
  ASSERT_EQ(Put(Target(), Pattern(100)).status, 201);
  const auto copy = [&](const std::string& name, http::Headers headers) {
    headers.push_back({"x-ms-copy-source", "http://localhost" + Target()});
    headers.push_back({"Host", "localhost"});
    http::Request request{.method = Method::kPut,
                          .target = Target(name),
                          .authority = "localhost",
                          .headers = std::move(headers)};
    return service_->Dispatch(request).status;
  };
  ASSERT_EQ(copy("copy", {}), 202);
  EXPECT_EQ(Content(Get("copy")), Pattern(100));

  Flip(50);

  EXPECT_EQ(Get("copy").status, 500);
  EXPECT_EQ(copy("other", {{"x-ms-requires-sync", "true"},
                           {"x-ms-source-content-md5", Base64Encode(Md5Of(Pattern(100)))}}),
            500);
}

TEST_F(IntegrityTest, ChangedBytesAreNotHashed) {
  ASSERT_EQ(Put(Target(), Pattern(100)).status, 201);
  Flip(50);
  HashBudget budget;

  const auto inspection = *service_->Inspect(kContainerName, "a.mp4", budget);

  EXPECT_EQ(inspection.size, 100u);
  EXPECT_EQ(inspection.sha256, "");
  EXPECT_THAT(inspection.error, ::testing::HasSubstr("a.mp4"));
}

TEST_F(IntegrityTest, ChecksumsAreKeptByARestartAndARestore) {
  ASSERT_EQ(Put(Target(), Pattern(100)).status, 201);
  Restart(folder_.path());
  service_->Restore(*service_->TakeSnapshot());
  EXPECT_EQ(Content(Get()), Pattern(100));

  Flip(50);

  EXPECT_EQ(Get().status, 500);
}

// In the middle of which something happens.
class CutOffBody final : public http::BodyReader {
 public:
  CutOffBody(std::string text, std::function<void()> interruption)
      : body_(std::move(text)), interruption_(std::move(interruption)) {}

  std::optional<std::uint64_t> size() const override { return body_.size(); }
  void Limit(std::uint64_t bytes) override { body_.Limit(bytes); }
  Result<std::size_t> Read(std::span<char> buffer) override {
    if (++reads_ == 20) interruption_();
    return body_.Read(buffer);
  }

 private:
  FakeBody body_;
  std::function<void()> interruption_;
  int reads_ = 0;
};

TEST_F(IntegrityTest, AnUploadDuringWhichTheFileIsCutIsNotAcknowledged) {
  CutOffBody body(Pattern(4'000'000), [this] { std::filesystem::resize_file(BytesFile(), 0); });

  const auto response = Send(Method::kPut, Target(), {{"x-ms-blob-type", "BlockBlob"}}, &body);

  EXPECT_EQ(response.status, 500);
  EXPECT_THAT(log_, HasSubstr(BytesFile() + " was cut off"));
  EXPECT_EQ(Get().status, 404);
  EXPECT_EQ(Put(Target(), Pattern(100)).status, 201);
}

TEST_F(IntegrityTest, AnUploadOfZerosNeedsNoHoles) {
  ASSERT_EQ(Put(Target(), std::string(100'000, '\0')).status, 201);

  EXPECT_EQ(Content(Get()), std::string(100'000, '\0'));
}

TEST_F(IntegrityTest, AFileThatIsNotThereAnyMoreTakesNoBytes) {
  ASSERT_EQ(Put(Target(), Pattern(100)).status, 201);
  std::filesystem::rename(BytesFile(), BytesFile() + ".away");
  std::ofstream(BytesFile()) << Pattern(8'192);

  EXPECT_EQ(Put(Target("b.mp4"), Pattern(100)).status, 500);
  EXPECT_EQ(Get().status, 500);
  EXPECT_THAT(log_, HasSubstr(BytesFile() + " was removed or replaced"));
}

TEST_F(IntegrityTest, OnlyTheUserCanReadTheFileOfBytes) {
  Stop();
  std::filesystem::remove(BytesFile());
  const auto mask = ::umask(0);
  Restart(folder_.path());
  ::umask(mask);

  EXPECT_EQ(std::filesystem::status(BytesFile()).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

}  // namespace
}  // namespace msc::storage
