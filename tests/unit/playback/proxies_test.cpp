#include "emulator/base/encoding.h"
#include "emulator/http/text_body.h"
#include "emulator/playback/proxy_handlers.h"
#include "tests/unit/playback/playback_fixture.h"

namespace msc::playback {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ManifestProxy : public ProtectedPlayback {
 protected:
  http::Response Proxy(const std::string& url, const std::string& more = "") const {
    return Play("/api/ManifestProxy?playbackUrl=" + PercentEncode(url) + more);
  }

  std::string Presentation() { return "http://127.0.0.1:10010" + Below(""); }
};

TEST_F(ManifestProxy, PutsTheTokenIntoTheKeysUrlAndMakesUrlsAbsolute) {
  const auto answer = Proxy(Presentation() + kVideoPlaylist, "&token=Bearer%3durn%253a1");

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(HeaderIn(answer, "Content-Type"), "application/vnd.apple.mpegurl");
  EXPECT_THAT(answer.body, HasSubstr("URI=\"http://127.0.0.1:10010/keydelivery?kid=" +
                                     *Record().key_id + "&token=Bearer%3durn%253a1\",IV=0X"));
  EXPECT_THAT(answer.body, HasSubstr('\n' + Presentation() + kFirstFragment + '\n'));
}

TEST_F(ManifestProxy, SendsTheListsOfAMasterThroughItself) {
  const auto answer = Proxy(Presentation() + "manifest(format=m3u8-aapl)", "&token=t");

  EXPECT_THAT(answer.body,
              HasSubstr("\nhttp://127.0.0.1:10010/api/ManifestProxy?playbackUrl=" +
                        PercentEncode(Presentation() + kVideoPlaylist) + "&token=t\n"));
}

TEST_F(ManifestProxy, ServesItsOwnUrls) {
  const auto master = Proxy(Presentation() + "Manifest(format=m3u8-aapl)", "&token=t").body;
  const auto begin = master.find("\nhttp://127.0.0.1:10010/api/") + 1;
  const auto url = master.substr(begin, master.find('\n', begin) - begin);

  const auto answer = Play(url.substr(url.find("/api/")));

  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, HasSubstr("&token=t\",IV=0X"));
}

TEST_F(ManifestProxy, WorksWithoutAToken) {
  const auto answer = Proxy(Presentation() + kVideoPlaylist);

  EXPECT_THAT(answer.body, HasSubstr("kid=" + *Record().key_id + "\",IV=0X"));
}

TEST_F(ManifestProxy, ServesOnlyManifestsOfThisEmulator) {
  for (const std::string& url : std::vector<std::string>{
           "http://other.example" + Below("Manifest"), "http://127.0.0.1:10011" + Below("Manifest"),
           "http://127.0.0.1:10010@other.example" + Below("Manifest"),
           "ftp://127.0.0.1:10010" + Below("Manifest"), Below("Manifest"),
           Presentation() + kFirstFragment, std::string("http://127.0.0.1:10010/__admin/videos"),
           std::string("file:///etc/passwd"), std::string("http://127.0.0.1:10010"),
           std::string()}) {
    const auto answer = Proxy(url);

    EXPECT_EQ(answer.status, 403) << url;
    EXPECT_EQ(CodeIn(answer), "ForeignUrl");
  }
}

TEST_F(ManifestProxy, NeedsAUrl) {
  EXPECT_EQ(Play("/api/ManifestProxy?token=t").status, 400);
  EXPECT_EQ(Proxy("http://127.0.0.1:10010/11111111-2222-3333-4444-555555555555/"
                  "11111111-2222-3333-4444-555555555555.ism/Manifest")
                .status,
            404);
}

class ImageProxy : public PlaybackFixture {
 protected:
  ImageProxy() {
    http::TextBody body(kImage);
    EXPECT_TRUE(blobs_.WriteBlob(Record().container(), "Poster.jpg", "image/jpeg", body));
  }

  // The target of the Url that the service gives out.
  std::string PosterTarget() const {
    const auto thumbnails = nlohmann::json::parse(Get(Path(id_, "Thumbnails")).body);
    const auto url = thumbnails.at(0).at("Url").get<std::string>();
    return url.substr(url.find("/api/"));
  }

  http::Response Proxy(const std::string& url) const {
    return Play("/api/ImageProxy?mediaservicesurl=" + PercentEncode(url));
  }

  std::string SignedUrl(const std::string& container, const std::string& blob,
                        const std::string& base = "http://127.0.0.1:10010/devstoreaccount1") const {
    return base + '/' + container + '/' + blob + '?' +
           blobs_.SignBlob(container, blob, "r", clock_.Now(),
                           clock_.Now() + std::chrono::hours(1));
  }

  const std::string kImage = "the bytes of an image";
};

TEST_F(ImageProxy, SendsThePosterOfAThumbnailsUrl) {
  auto answer = Play(PosterTarget());

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(HeaderIn(answer, "Content-Type"), "image/jpeg");
  EXPECT_NE(HeaderIn(answer, "ETag"), "");
  EXPECT_EQ(HeaderIn(answer, "x-ms-blob-type"), "");
  EXPECT_EQ(WholeBody(answer), kImage);
}

TEST_F(ImageProxy, FollowsConditionsAndRanges) {
  const auto target = PosterTarget();
  const std::string etag(HeaderIn(Play(target), "ETag"));

  EXPECT_EQ(Play(target, {{"If-None-Match", etag}}).status, 304);
  auto part = Play(target, {{"Range", "bytes=4-8"}});
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(WholeBody(part), "bytes");
  EXPECT_EQ(Play(target, {{"Range", "bytes=99-"}}).status, 416);
  EXPECT_EQ(HeaderIn(Play(target, {}, http::Method::kHead), "Content-Length"), "21");
}

TEST_F(ImageProxy, ChecksTheSignatureAndItsTime) {
  const auto target = PosterTarget();
  auto forged = target;
  forged.replace(forged.find("sig%3d") + 6, 1, "0");
  forged.replace(forged.find("sig%3d") + 7, 1, "1");

  EXPECT_EQ(CodeIn(Play(forged)), "PosterRefused");
  clock_.Advance(std::chrono::hours(15 * 24));
  const auto expired = Play(target);
  EXPECT_EQ(expired.status, 403);
  EXPECT_EQ(CodeIn(expired), "PosterRefused");
}

TEST_F(ImageProxy, ServesNothingButPosters) {
  const auto container = Record().container();
  for (const std::string& url : std::vector<std::string>{
           SignedUrl(container, Record().file_name()),
           SignedUrl(container, "Poster.jpg", "http://other.example/devstoreaccount1"),
           SignedUrl(container, "Poster.jpg", "file:///devstoreaccount1"),
           SignedUrl(container, "Poster.jpg", "http://127.0.0.1:10010/otheraccount"),
           SignedUrl("other", "Poster.jpg"), std::string("http://127.0.0.1:10010/__admin/health"),
           std::string("http://169.254.169.254/latest/meta-data"), std::string()}) {
    const auto answer = Proxy(url);

    EXPECT_EQ(answer.status, 403) << url;
    EXPECT_EQ(CodeIn(answer), "ForeignUrl");
  }
}

TEST_F(ImageProxy, KnowsOnlyVideosThatThereAre) {
  const auto other = SignedUrl("asset-11111111-2222-3333-4444-555555555555", "Poster.jpg");

  EXPECT_EQ(Proxy(other).status, 404);
  EXPECT_EQ(Play("/api/ImageProxy").status, 400);
}

TEST_F(ImageProxy, SaysIfThereIsNoPoster) {
  ASSERT_TRUE(DeleteContainer(Record().container()));

  EXPECT_EQ(CodeIn(Play(PosterTarget())), "PosterNotFound");
}

TEST_F(ImageProxy, BelongsToTheVideo) {
  http::Request request{.target = PosterTarget()};
  http::Request manifest{.target = "/api/ManifestProxy?playbackUrl=" +
                                   PercentEncode("http://h" + Below("Manifest"))};

  EXPECT_EQ(VideoOfProxied(request, service_), id_);
  EXPECT_EQ(VideoOfProxied(manifest, service_), id_);
  for (const auto* target :
       {"/api/ImageProxy", "/api/ImageProxy?mediaservicesurl=asset-",
        "/api/ImageProxy?mediaservicesurl=/asset-?/", "/api/ManifestProxy?playbackUrl=http://h",
        "/api/ManifestProxy?playbackUrl=/"}) {
    EXPECT_EQ(VideoOfProxied({.target = target}, service_), std::nullopt) << target;
  }
}

}  // namespace
}  // namespace msc::playback
