#include <gtest/gtest.h>

#include "emulator/base/encoding.h"
#include "emulator/base/guid.h"
#include "tests/unit/videos/videos_fixture.h"

namespace msc::videos {
namespace {

class PlaybackTest : public VideosFixture {
 protected:
  PlaybackTest() : VideosFixture({.processing_time = std::chrono::seconds(5)}) {}

  void Complete() {
    MarkComplete(id_);
    clock_.Advance(std::chrono::seconds(5));
  }

  const nlohmann::json video_ = Create();
  const std::string id_ = video_.at("Id").get<std::string>();
};

class GetPlaybackEndpointTest : public PlaybackTest {};

TEST_F(GetPlaybackEndpointTest, IsForbiddenWhilePendingOrProcessing) {
  for (const auto* below : {"Thumbnails", "PlaybackEndpoint"}) {
    const auto id = CreateId();
    EXPECT_EQ(Get(Path(id, below)).status, 403) << below;

    MarkComplete(id);
    EXPECT_EQ(Get(Path(id, below)).status, 403) << below;
  }
}

class GetThumbnailsTest : public PlaybackTest {};

TEST_F(GetThumbnailsTest, ThumbnailsNamesAPosterInTheServicesWay) {
  Complete();

  const auto body = Get(Path(id_, "Thumbnails")).body;

  EXPECT_TRUE(body.starts_with(
      R"([{"Kind":"Poster","Height":"960","Index":"0","Time":"0","Url":"http://127.0.0.1:10010/api/)"
      "ImageProxy?mediaservicesurl=http%3a%2f%2f127.0.0.1%3a10010%2fdevstoreaccount1%2fasset-"));
  EXPECT_NE(body.find("%2fPoster.jpg%3fsv%3d2012-02-12%26sr%3db%26"), std::string::npos);
}

TEST_F(GetThumbnailsTest, ThumbnailsNamesTheAssetOfTheUpload) {
  const auto uri = video_.at("UploadUri").get<std::string>();
  const auto asset = uri.substr(uri.find("/asset-") + 7, 36);
  Complete();

  EXPECT_TRUE(Get(Path(id_, "Thumbnails"))
                  .body.ends_with("&imagemetadata=nb%3acid%3aUUID%3a" + asset + "\"}]"));
}

TEST_F(GetThumbnailsTest, ThumbnailsSignsForFourteenDays) {
  Complete();

  const auto body = Get(Path(id_, "Thumbnails")).body;

  EXPECT_NE(body.find("st%3d2015-03-23T19%253A30%253A12Z"), std::string::npos);
  EXPECT_NE(body.find("se%3d2015-04-06T19%253A30%253A12Z"), std::string::npos);
}

struct EndpointCase {
  const char* query;
  const char* type;
  const char* suffix;
};

void PrintTo(const EndpointCase& the_case, std::ostream* out) { *out << the_case.query; }

class GetPlaybackEndpointOfAType : public PlaybackTest,
                                   public ::testing::WithParamInterface<EndpointCase> {};

TEST_P(GetPlaybackEndpointOfAType, HasItsUrlBesideTheUploadedFilesName) {
  Complete();

  const auto endpoint = nlohmann::json::parse(
      Get(Path(id_, std::string("PlaybackEndpoint") + GetParam().query)).body);

  const auto url = endpoint.at("PlaybackUrl").get<std::string>();
  const auto file = video_.at("OriginalFileName").get<std::string>().substr(0, 36);
  EXPECT_EQ(endpoint.at("Type"), GetParam().type);
  EXPECT_TRUE(ParseGuid(url.substr(std::string("http://127.0.0.1:10010/").size(), 36)));
  EXPECT_TRUE(url.ends_with('/' + file + GetParam().suffix));
}

INSTANTIATE_TEST_SUITE_P(
    Types, GetPlaybackEndpointOfAType,
    ::testing::Values(EndpointCase{"", "Streaming", ".ism/Manifest"},
                      EndpointCase{"?endpointType=", "Streaming", ".ism/Manifest"},
                      EndpointCase{"?endpointType=Streaming", "Streaming", ".ism/Manifest"},
                      EndpointCase{"?ENDPOINTTYPE=hls", "HLS", ".ism/Manifest(format=m3u8-aapl)"},
                      EndpointCase{"?endpointType=Dash", "DASH",
                                   ".ism/Manifest(format=mpd-time-csf)"},
                      EndpointCase{"?endpointType=progressive", "Progressive", ".mp4"}),
    [](const auto& test) { return "Number" + std::to_string(test.index); });

TEST_F(GetPlaybackEndpointTest, RefusesAnUnknownEndpointType) {
  Complete();

  const auto response = Get(Path(id_, "PlaybackEndpoint?endpointType=Smooth"));

  EXPECT_EQ(response.status, 400);
  EXPECT_TRUE(response.body.empty());
}

TEST_F(GetPlaybackEndpointTest, PlaysAtTheSamePlaceEachTime) {
  Complete();

  EXPECT_EQ(Get(Path(id_, "PlaybackEndpoint")).body, Get(Path(id_, "PlaybackEndpoint")).body);
}

}  // namespace
}  // namespace msc::videos
