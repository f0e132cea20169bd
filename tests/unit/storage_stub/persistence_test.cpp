#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "emulator/http/http_error.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;

class PersistenceTest : public ServiceTest {
 protected:
  PersistenceTest() { Restart(folder_.path()); }

  struct stat Bytes() const {
    struct stat status {};
    EXPECT_EQ(::stat((folder_.path() + "/blobs.bytes").c_str(), &status), 0);
    return status;
  }

  TemporaryFolder folder_;
};

TEST_F(PersistenceTest, KeepsBlobsAndTheirProperties) {
  ASSERT_EQ(Put(Target(), Pattern(100'000), {{"x-ms-meta-a", "b"}}).status, 201);
  const auto etag = service_->FindBlob(kContainerName, "a.mp4")->etag;

  Restart(folder_.path());
  const auto response = Send(Method::kGet, Target());

  EXPECT_TRUE(Content(response) == Pattern(100'000));
  EXPECT_EQ(Value(response, "ETag"), etag);
  EXPECT_EQ(Value(response, "x-ms-meta-a"), "b");
}

TEST_F(PersistenceTest, NeverDealsAnEtagAgain) {
  const auto before = Value(Put(Target(), "x"), "ETag");
  ASSERT_EQ(Send(Method::kDelete, Target()).status, 202);

  Restart(folder_.path());

  EXPECT_NE(Value(Put(Target(), "x"), "ETag"), before);
}

TEST_F(PersistenceTest, GivesReplacedAndDeletedBytesBackWhileRunning) {
  for (int i = 0; i < 20; ++i) ASSERT_EQ(Put(Target(), Pattern(1'000'000)).status, 201);
  EXPECT_LE(Bytes().st_size, 2'100'000);

  ASSERT_EQ(Send(Method::kDelete, Target()).status, 202);

  EXPECT_EQ(Bytes().st_size, 0);
}

TEST_F(PersistenceTest, GivesACutOffBodysBytesBack) {
  FakeBody body(Pattern(2'000'000));
  body.BreaksOffWith(http::HttpError::kClientGone, 3'000'000);

  Send(Method::kPut, Target(), {{"x-ms-blob-type", "BlockBlob"}}, &body);

  EXPECT_EQ(Bytes().st_size, 0);
}

TEST_F(PersistenceTest, DropsWhatAKilledProcessWroteAside) {
  ASSERT_EQ(Put(Target(), Pattern(5'000)).status, 201);
  Stop();
  {
    std::fstream file(folder_.path() + "/blobs.bytes", std::ios::in | std::ios::out);
    file.seekp(1'000'000);
    file << Pattern(1'000'000);
  }

  Restart(folder_.path());

  EXPECT_EQ(Bytes().st_size, 8'192);
  EXPECT_TRUE(Content(Send(Method::kGet, Target())) == Pattern(5'000));
}

TEST_F(PersistenceTest, KeepsWhatWasAcknowledgedWhenTheProcessIsKilled) {
  Stop();
  const pid_t child = ::fork();
  if (child == 0) {
    Restart(folder_.path());
    const bool put = Put(Target(), Pattern(3'000'000)).status == 201;
    if (!put) ::_exit(1);
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));

  Restart(folder_.path());

  EXPECT_TRUE(Content(Send(Method::kGet, Target())) == Pattern(3'000'000));
}

TEST_F(PersistenceTest, RefusesToStartWhereBytesAreMissing) {
  ASSERT_EQ(Put(Target(), Pattern(5'000)).status, 201);
  Stop();
  std::filesystem::resize_file(folder_.path() + "/blobs.bytes", 100);

  EXPECT_THROW(Restart(folder_.path()), std::runtime_error);
}

}  // namespace
}  // namespace msc::storage
