// Uploads that are broken, or that want to reach other files and addresses.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <random>

#include "emulator/processing/media/job_error.h"
#include "tests/e2e/media/media_fixture.h"

namespace msc::testing {
namespace {

using namespace processing;
using ::testing::HasSubstr;

// A port on which nobody may call.
class SilentPort {
 public:
  SilentPort() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket_, any, size) != 0 || ::listen(socket_, 8) != 0 ||
        ::getsockname(socket_, any, &size) != 0) {
      throw std::runtime_error("no port to listen on");
    }
    port_ = ntohs(address.sin_port);
  }
  ~SilentPort() { ::close(socket_); }
  SilentPort(const SilentPort&) = delete;
  SilentPort& operator=(const SilentPort&) = delete;

  std::string Url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/clip.mp4"; }

  bool WasCalled() const {
    const int call = ::accept(socket_, nullptr, nullptr);
    if (call >= 0) ::close(call);
    return call >= 0;
  }

 private:
  const int socket_;
  int port_ = 0;
};

class HostileMediaTest : public MediaFixture {
 protected:
  void SetUp() override {
    MediaFixture::SetUp();
    if (IsSkipped()) return;
    clip_ = Make("secret.mp4", Joined({Picture(1, "64x36", "10"), Sound(1), H264(5)}));
  }

  // How the job ends with these bytes; nullopt: with a description.
  std::optional<JobError> ErrorOf(std::string bytes) {
    Upload(std::move(bytes));
    const auto result = Package();
    if (result) return std::nullopt;
    message_ = result.error().message;
    return result.error().code.As<JobError>();
  }

  // Files that refer to others, with all their names.
  std::vector<std::string> Referring(const std::string& target) const {
    return {"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n" + target + "\n#EXT-X-ENDLIST\n",
            "ffconcat version 1.0\nfile '" + target + "'\n",
            "<smil><body><video src=\"" + target + "\"/></body></smil>",
            "<ASX version=\"3.0\"><ENTRY><REF HREF=\"" + target + "\"/></ENTRY></ASX>",
            "[playlist]\nFile1=" + target + "\n",
            "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" "
            "profiles=\"urn:mpeg:dash:profile:isoff-on-demand:2011\" type=\"static\"><Period>"
            "<AdaptationSet mimeType=\"video/mp4\"><Representation id=\"1\" bandwidth=\"1\">"
            "<BaseURL>" +
                target + "</BaseURL></Representation></AdaptationSet></Period></MPD>",
            WithExternalTrack(target)};
  }

  // The clip, whose frames are in another file: each reference to the file itself is replaced.
  std::string WithExternalTrack(const std::string& target) const {
    const std::string own("\0\0\0\x0Curl \0\0\0\1", 12);
    std::string alias(10, '\0');
    alias += '\1' + std::string(27, 'v') + std::string(12, '\0') + '\1' + std::string(63, 'f') +
             std::string(16, '\0') + std::string("\0\1\0\1", 4) + std::string(16, '\0');
    const auto length = static_cast<char>(target.size());
    alias += std::string("\0\2\0", 3) + length + target + std::string(target.size() % 2, '\0') +
             std::string("\xFF\xFF\0\0", 4);
    const std::string box = Size32(alias.size() + 12) + "alis" + std::string(4, '\0') + alias;
    std::string file = clip_;
    for (auto at = file.find(own); at != std::string::npos; at = file.find(own, at)) {
      file.replace(at, own.size(), box);
      for (const char* parent : {"dref", "dinf", "minf", "mdia", "trak", "moov"}) {
        Grow(file, file.rfind(parent, at) - 4, box.size() - own.size());
      }
      at += box.size();
    }
    return file;
  }

  static std::string Size32(std::size_t size) {
    return {static_cast<char>(size >> 24), static_cast<char>(size >> 16),
            static_cast<char>(size >> 8), static_cast<char>(size)};
  }

  static void Grow(std::string& file, std::size_t at, std::size_t by) {
    std::size_t size = 0;
    for (const char c : file.substr(at, 4)) size = size << 8 | static_cast<unsigned char>(c);
    file.replace(at, 4, Size32(size + by));
  }

  std::string clip_;  // Also in a file.
  std::string message_;
};

// The clip could be played if a job opened it.
TEST_F(HostileMediaTest, NoUploadReachesAnotherFile) {
  for (const auto& target : {File("secret.mp4"), "file://" + File("secret.mp4")}) {
    for (const auto& upload : Referring(target)) {
      EXPECT_NE(ErrorOf(upload), std::nullopt) << upload.substr(0, 60);
    }
  }
}

TEST_F(HostileMediaTest, NoUploadCallsAnAddress) {
  const SilentPort port;

  for (const auto& upload : Referring(port.Url())) {
    EXPECT_NE(ErrorOf(upload), std::nullopt) << upload.substr(0, 60);
  }

  EXPECT_FALSE(port.WasCalled());
}

TEST_F(HostileMediaTest, PlaylistsAreAnUnsupportedFormat) {
  EXPECT_EQ(ErrorOf(Referring(File("secret.mp4")).at(0)), JobError::kUnsupportedFormat);
  EXPECT_THAT(message_, HasSubstr("(hls)"));
}

TEST_F(HostileMediaTest, OtherFilesAreCorrupted) {
  for (const std::string& upload : {std::string(), std::string("This is a text and no video.\n"),
                                    clip_.substr(0, 2000), std::string(5000, '\0')}) {
    EXPECT_EQ(ErrorOf(upload), JobError::kCorruptedFile) << upload.size();
  }
}

TEST_F(HostileMediaTest, AMissingUploadIsCorrupted) {
  const auto result = Package();

  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, JobError::kCorruptedFile);
}

TEST_F(HostileMediaTest, PlaintextThatWasToBeEncryptedIsNamed) {
  key_ = MediaKey{.key = Bytes(32, 'k'), .iv = Bytes(16, 'i')};

  EXPECT_EQ(ErrorOf(clip_), JobError::kPlaintext);
  EXPECT_THAT(message_, HasSubstr("looks like plaintext"));
}

// Whatever is wrong with a file, its job ends, and what it describes is there.
TEST_F(HostileMediaTest, FlippedBitsDoNoHarm) {
  std::mt19937 random(13);  // NOLINT: the same files in each run.
  for (int variant = 0; variant < 20; ++variant) {
    std::string bytes = clip_;
    for (int flips = 0; flips <= variant; ++flips) {
      bytes[random() % bytes.size()] ^= static_cast<char>(1U << random() % 8);
    }
    Upload(bytes);
    const auto result = Package();
    if (!result) continue;
    EXPECT_TRUE(ParseDescription(DescriptionJson(*result))) << variant;
    for (const auto& track : result->tracks) {
      const auto& last = track.mp4.fragments.back();
      EXPECT_EQ(Blob(track.mp4.blob).size(), last.offset + last.size) << variant;
    }
  }
}

TEST_F(HostileMediaTest, TruncatedStreamsGiveWhatIsThere) {
  Make("clip.ts", {"-i", File("secret.mp4"), "-c", "copy"});
  const auto stream = ReadWholeFile(File("clip.ts"));

  EXPECT_EQ(ErrorOf(stream.substr(0, stream.size() / 2)), std::nullopt);
}

TEST_F(HostileMediaTest, MediaStopAtTheLimit) {
  limit_ = 20'000;

  EXPECT_EQ(ErrorOf(clip_), JobError::kProcessingFailed);
  EXPECT_THAT(message_, HasSubstr("limit of 20000 bytes"));
}

// Ten hours of silence, in a small file.
TEST_F(HostileMediaTest, ABombStopsAtTheLimit) {
  const auto silence =
      Make("silence.flac", {"-f", "lavfi", "-i", "anullsrc=r=1000:cl=mono", "-t", "36000"});
  limit_ = 100'000;

  EXPECT_EQ(ErrorOf(silence), JobError::kProcessingFailed);
  EXPECT_THAT(message_, HasSubstr("limit"));
}

TEST_F(HostileMediaTest, LargePicturesStopAtTheTimeout) {
  const auto pictures = Make("large.mkv", {"-f", "lavfi", "-i", "color=s=7680x4320:r=4:d=1", "-c:v",
                                           "mpeg4", "-threads", "1"});
  timeout_ = std::chrono::milliseconds(50);

  EXPECT_EQ(ErrorOf(pictures), JobError::kProcessingFailed);
  EXPECT_THAT(message_, HasSubstr("took longer than 50 ms"));
}

}  // namespace
}  // namespace msc::testing
