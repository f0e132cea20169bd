#include "tests/support/wire_sample.h"

#include <gtest/gtest.h>

#include "emulator/base/clock.h"
#include "tests/unit/videos/videos_fixture.h"

namespace msc::videos {
namespace {

using testing::Canonical;
using testing::ReadWireSample;
using testing::ReplaceAll;

constexpr std::string_view kFront = "testazuremediaservicesconnector.azurewebsites.net";
constexpr std::string_view kBackend =
    "azuremediaservicesconnectorc0691ddba6f2424ea4aa3e4644091464.azurewebsites.net";

// An emulator under the name of the samples' front end, where the samples' blobs are.
class WireSampleTest : public VideosFixture {
 protected:
  WireSampleTest()
      : VideosFixture({.processing_time = std::chrono::seconds(10),
                       .blob_external_url = "https://cvprbl203m01r12.blob.core.windows.net:443"}) {
    scheme_ = "https";
    authority_ = kFront;
  }

  // Moves the clock on to the Date of a sample.
  void At(std::string_view date) { clock_.Advance(*ParseHttpDate(date) - clock_.Now()); }
};

class CreateVideoSample : public WireSampleTest {};

TEST_F(CreateVideoSample, CreateAnswersAsTheSample) {
  const auto response = Post("/api/Videos/", kFile);

  EXPECT_EQ(Canonical(OnTheWire(response)), Canonical(ReadWireSample("create.http")));
}

TEST_F(CreateVideoSample, CreateAnswersAsManyBytesAsTheSampleApartFromTheSignature) {
  constexpr std::string_view kSignature = "61s0EbC%2FWsz9zaJYh%2FOnsj3%2FG7Mbzo%2FuBDARATEKQcs%3D";
  const auto body = Post("/api/Videos/", kFile).body;
  const auto start = body.find("&sig=") + 5;
  const auto signature_size = body.find('&', start) - start;

  EXPECT_EQ(body.size() - signature_size + kSignature.size(), 611U);
}

TEST_F(CreateVideoSample, CreateRefusesAMissingNameAsTheSample) {
  At("Mon, 23 Mar 2015 19:40:05 GMT");
  authority_ = kBackend;

  const auto response = Post("/api/Videos/", "{}");

  EXPECT_EQ(Canonical(OnTheWire(response)),
            Canonical(ReplaceAll(ReadWireSample("create_unreadable.http"), kFront, kBackend)));
  EXPECT_EQ(response.body.size(), 478U);
}

TEST_F(CreateVideoSample, CreateRefusesAWrongModeAsTheSample) {
  At("Mon, 23 Mar 2015 19:42:14 GMT");
  authority_ = kBackend;

  const auto response =
      Post("/api/Videos/", R"({"OriginalFileName":"a.mp4","ContentProtectionMode":"AES1"})");

  EXPECT_EQ(
      Canonical(OnTheWire(response)),
      Canonical(ReplaceAll(ReadWireSample("create_mode_not_supported.http"), kFront, kBackend)));
  EXPECT_EQ(response.body.size(), 173U);
}

class GetVideoSample : public WireSampleTest {};

TEST_F(GetVideoSample, RetrieveAnswersAsTheSampleApartFromTheDuration) {
  const auto id = CreateId();
  MarkComplete(id);
  At("Mon, 23 Mar 2015 19:41:39 GMT");
  auto sample = ReplaceAll(ReadWireSample("retrieve.http"), "\"Duration\":13", "\"Duration\":0");
  sample = ReplaceAll(sample, "Content-Length: 307", "Content-Length: 306");
  sample = ReplaceAll(sample, "19:31:39", "19:41:39");

  const auto response = Get(Path(id));

  EXPECT_EQ(Canonical(OnTheWire(response)), Canonical(sample));
}

class DeleteVideoSample : public WireSampleTest {};

TEST_F(DeleteVideoSample, DeleteAnswersAsTheSample) {
  const auto id = CreateId();
  At("Mon, 23 Mar 2015 19:44:22 GMT");

  const auto response = Send(http::Method::kDelete, Path(id));

  EXPECT_EQ(Canonical(OnTheWire(response)), Canonical(ReadWireSample("delete.http")));
}

TEST_F(DeleteVideoSample, DeleteOfAWrongIdAnswersAsTheSample) {
  At("Mon, 23 Mar 2015 19:45:37 GMT");

  const auto response =
      Send(http::Method::kDelete, Path("ee0dfd10-4a38-469f-asddsa98dc-2c8e34de0be8"));

  EXPECT_EQ(Canonical(OnTheWire(response)), Canonical(ReadWireSample("delete_not_found.http")));
}

class GetStatusSample : public WireSampleTest {};

TEST_F(GetStatusSample, StatusOfAProcessingVideoAnswersAsTheSample) {
  const auto id = CreateId();
  At("Mon, 23 Mar 2015 21:13:23 GMT");
  MarkComplete(id);

  const auto response = Get(Path(id, "Status"));

  EXPECT_EQ(Canonical(OnTheWire(response)), Canonical(ReadWireSample("status_processing.http")));
  EXPECT_EQ(response.body.size(), 99U);
}

TEST_F(GetStatusSample, StatusOfACompletedVideoAnswersAsTheSample) {
  const auto id = CreateId();
  MarkComplete(id);
  At("Mon, 23 Mar 2015 21:17:30 GMT");

  const auto response = Get(Path(id, "Status"));

  EXPECT_EQ(Canonical(OnTheWire(response)), Canonical(ReadWireSample("status_completed.http")));
  EXPECT_EQ(response.body.size(), 65U);
}

class GetAuthorizationTokenSample : public WireSampleTest {};

TEST_F(GetAuthorizationTokenSample, AuthorizationTokenAnswersAsTheSampleApartFromTheHostOfKeys) {
  authority_ = kBackend;
  const auto video = Create(kProtectedFile);
  const auto key_id = video.at("ContentProtectionKeyId").get<std::string>();
  At("Mon, 23 Mar 2015 21:19:30 GMT");
  auto sample = ReplaceAll(ReadWireSample("authorization_token.http"),
                           "cvprbl203m01.keydelivery.mediaservices.windows.net", kBackend);
  sample = ReplaceAll(sample, "ExpiresOn=1427145871", "ExpiresOn=1427145870");
  sample = ReplaceAll(sample, "Content-Length: 591", "Content-Length: <right>");

  const auto response =
      Get(Path(video.at("Id").get<std::string>(), "AuthorizationToken?KeyId=" + key_id));

  EXPECT_EQ(Canonical(OnTheWire(response)), Canonical(sample));
}

class GetPlaybackEndpointSample : public WireSampleTest {};

TEST_F(GetPlaybackEndpointSample, PlaybackEndpointHasAsManyBytesAsTheSampleUnderAHostOfItsLength) {
  scheme_ = "http";
  authority_ = std::string(52, 'h');
  const auto id = CreateId();
  MarkComplete(id);
  clock_.Advance(std::chrono::seconds(10));

  EXPECT_EQ(Get(Path(id, "PlaybackEndpoint?endpointType=Streaming")).body.size(), 183U);
}

class GetFormatsSample : public WireSampleTest {};

TEST_F(GetFormatsSample, FormatsHasAsManyBytesAsTheSample) {
  EXPECT_EQ(Get("/api/Formats").body.size(), 1746U);
}

}  // namespace
}  // namespace msc::videos
