#include <gtest/gtest.h>

#include "emulator/base/encoding.h"
#include "emulator/base/guid.h"
#include "emulator/http/http_error.h"
#include "tests/unit/videos/failing_body.h"
#include "tests/unit/videos/videos_fixture.h"

namespace msc::videos {
namespace {

using nlohmann::json;

class CreateTest : public VideosFixture {};

std::string UriOf(const json& video) { return video.at("UploadUri").get<std::string>(); }

class CreateVideoTest : public CreateTest {};

TEST_F(CreateVideoTest, HandsOutAnUploadUrlBelowTheRequestsHost) {
  const auto video = Create();

  EXPECT_TRUE(UriOf(video).starts_with("http://127.0.0.1:10010/devstoreaccount1/asset-"));
}

TEST_F(CreateVideoTest, NamesTheBlobAfterTheNewFileName) {
  const auto video = Create();

  EXPECT_NE(UriOf(video).find('/' + video.at("OriginalFileName").get<std::string>() + "?sv="),
            std::string::npos);
}

TEST_F(CreateVideoTest, SignsFromFiveMinutesAgoForTwelveAndAHalfHoursInWholeSeconds) {
  clock_.Advance(std::chrono::milliseconds(999));

  EXPECT_TRUE(
      UriOf(Create()).ends_with("&st=2015-03-23T19%3A30%3A07Z&se=2015-03-24T08%3A00%3A07Z"));
}

TEST_F(CreateVideoTest, KeepsTheExtensionInLowerCase) {
  const auto video = Create(R"({"OriginalFileName":"A.WMV"})");

  const auto name = video.at("OriginalFileName").get<std::string>();
  EXPECT_TRUE(name.ends_with(".wmv"));
  EXPECT_TRUE(ParseGuid(name.substr(0, 36)));
}

TEST_F(CreateVideoTest, TakesAnUploadUnderItsUrl) {
  EXPECT_EQ(Upload(UriOf(Create()), "bytes"), 201);
}

TEST_F(CreateVideoTest, MakesAKeyForAProtectedVideo) {
  const auto video = Create(kProtectedFile);

  EXPECT_EQ(video.at("ContentProtectionMode"), "AES128");
  EXPECT_TRUE(keys_.FindKey(video.at("ContentProtectionKeyId").get<std::string>()));
}

TEST_F(CreateVideoTest, GivesKeyAndVectorForInputEncryption) {
  const auto video = Create(kEncryptedFile);

  const auto key = video.at("InputStorageEncryptionSymmetricKey").get<std::string>();
  const auto iv = video.at("InputStorageEncryptionIv").get<std::string>();
  EXPECT_EQ(video.at("InputStorageEncryptionMode"), "AES256");
  EXPECT_EQ(key.size(), 44U);
  EXPECT_EQ(iv.size(), 24U);
  EXPECT_EQ(Base64Decode(iv)->substr(8), std::string(8, '\0'));
}

class GetVideoTest : public CreateTest {};

TEST_F(GetVideoTest, RetrieveHidesKeyAndVector) {
  const auto video = Retrieve(CreateId(kEncryptedFile));

  EXPECT_EQ(video.at("InputStorageEncryptionMode"), "AES256");
  EXPECT_TRUE(video.at("InputStorageEncryptionSymmetricKey").is_null());
  EXPECT_TRUE(video.at("InputStorageEncryptionIv").is_null());
}

TEST_F(GetVideoTest, RetrieveGivesTheSameEntityHoweverLate) {
  const auto created = Create(kProtectedFile);
  clock_.Advance(std::chrono::hours(1));

  EXPECT_EQ(Retrieve(created.at("Id").get<std::string>()), created);
}

TEST_F(CreateVideoTest, RefusesABodyOverOneMebibyte) {
  const auto response = Post("/api/Videos", std::string(1024 * 1024 + 1, ' '));

  EXPECT_EQ(response.status, 413);
  EXPECT_TRUE(response.body.empty());
  EXPECT_FALSE(http::Find(response.headers, "Content-Type"));
}

TEST_F(CreateVideoTest, RefusesARequestWithoutBody) {
  const auto response = Send(http::Method::kPost, "/api/Videos");

  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(http::Find(response.headers, "Content-Type"), "text/html; charset=Windows-1252");
}

TEST_F(CreateVideoTest, TellsATimeoutAndAMalformedBodyByStatus) {
  FailingBody slow(http::HttpError::kRequestTimeout);
  FailingBody malformed(http::HttpError::kMalformedRequest);

  EXPECT_EQ(Send(http::Method::kPost, "/api/Videos", {}, &slow).status, 408);
  EXPECT_EQ(Send(http::Method::kPost, "/api/Videos", {}, &malformed).status, 400);
}

TEST_F(CreateVideoTest, EscapesTheUrlThatItsHtmlShows) {
  const auto response = Post("/api/Videos?<script>&\"", "");

  EXPECT_NE(response.body.find("/api/Videos?&lt;script&gt;&amp;&quot;</td>"), std::string::npos);
}

class LooseCreateVideoTest : public VideosFixture {
 protected:
  LooseCreateVideoTest() : VideosFixture({.loose = true}) {}
};

TEST_F(LooseCreateVideoTest, TakesAnExtensionThatIsNoFormat) {
  EXPECT_TRUE(Create(R"({"OriginalFileName":"a.mkv"})")
                  .at("OriginalFileName")
                  .get<std::string>()
                  .ends_with(".mkv"));
}

}  // namespace
}  // namespace msc::videos
