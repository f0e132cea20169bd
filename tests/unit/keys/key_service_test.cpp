#include "emulator/keys/key_service.h"

#include <gmock/gmock.h>

#include <array>
#include <cctype>
#include <set>
#include <stdexcept>

#include "emulator/base/guid.h"
#include "emulator/keys/key_error.h"
#include "emulator/sqlite/database.h"
#include "tests/unit/base/temporary_folder.h"
#include "tests/unit/keys/keys_test.h"

namespace msc::keys {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

TEST_F(KeyServiceTest, KeyIdIsAGuid) { EXPECT_TRUE(ParseGuid(key_id_)); }

TEST_F(KeyServiceTest, KeyHasSixteenBytes) { EXPECT_THAT(*service_.FindKey(key_id_), SizeIs(16)); }

TEST_F(KeyServiceTest, KeysDiffer) {
  std::set<Bytes> keys;
  for (int i = 0; i < 100; ++i) keys.insert(*service_.FindKey(service_.CreateKey()));

  EXPECT_THAT(keys, SizeIs(100));
}

TEST_F(KeyServiceTest, FindsAKeyWhateverTheCaseOfItsId) {
  std::string shouted = key_id_;
  for (char& c : shouted) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));

  EXPECT_TRUE(service_.FindKey(shouted));
}

TEST_F(KeyServiceTest, UnknownKeyIsNotFound) {
  EXPECT_EQ(service_.FindKey(kSampleKeyId).error().code, KeyError::kKeyNotFound);
}

TEST_F(KeyServiceTest, HostileKeyIdIsNotFound) {
  EXPECT_FALSE(service_.FindKey(key_id_ + std::string(1, '\0')));
  EXPECT_FALSE(service_.FindKey("' OR 1 = 1 --"));
  EXPECT_FALSE(service_.FindKey(std::string(65536, '\xFF')));
}

TEST_F(KeyServiceTest, DeletedKeyIsNotFound) {
  service_.DeleteKey(key_id_);

  EXPECT_EQ(service_.FindKey(key_id_).error().code, KeyError::kKeyNotFound);
}

TEST_F(KeyServiceTest, DeletingWhatIsNotThereDoesNothing) {
  service_.DeleteKey(kSampleKeyId);

  EXPECT_TRUE(service_.FindKey(key_id_));
}

TEST_F(KeyServiceTest, TokenSaysWhatTheReferenceSays) {
  std::string expected = TokenFixture("sample.txt");
  expected.replace(expected.find(kSampleKeyId), kSampleKeyId.size(), key_id_);
  expected.resize(expected.find("&HMACSHA256="));

  EXPECT_THAT(token_, StartsWith(expected + "&HMACSHA256="));
}

TEST_F(KeyServiceTest, TokenExpiresFiveMinutesFromNow) {
  clock_.Advance(std::chrono::milliseconds(999));

  EXPECT_THAT(*service_.IssueToken(key_id_, kHost), HasSubstr("&ExpiresOn=1427145871&"));
}

TEST_F(KeyServiceTest, TokenForAnUnknownKeyIsRefused) {
  EXPECT_EQ(service_.IssueToken(kSampleKeyId, kHost).error().code, KeyError::kKeyNotFound);
}

TEST_F(KeyServiceTest, SameSeedGivesTheSameToken) {
  Random random(42, 0);
  KeyService other("", clock_, random);

  EXPECT_EQ(*other.IssueToken(other.CreateKey(), kHost), token_);
}

TEST_F(KeyServiceTest, OtherServiceRefusesTheToken) {
  Random random(43, 0);
  KeyService other("", clock_, random);
  auto request = KeyRequest(other.CreateKey(), {{"Authorization", token_}});

  EXPECT_EQ(other.router().Dispatch(request).status, 401);
}

TEST_F(KeyServiceTest, ClearDeletesTheKeysAndSignsAsBefore) {
  const std::string other = service_.CreateKey();
  const std::string image = service_.Image();

  service_.Clear();

  EXPECT_THAT(service_.KeyIds(), IsEmpty());
  EXPECT_FALSE(service_.FindKey(other));
  service_.Load(image);
  EXPECT_EQ(*service_.IssueToken(key_id_, kHost), token_);
}

TEST_F(KeyServiceTest, AnotherServiceHonoursTheTokensOfAnImage) {
  Random random(43, 0);
  KeyService other("", clock_, random);

  other.Load(service_.Image());
  auto request = KeyRequest(key_id_, {{"Authorization", token_}});

  EXPECT_EQ(other.router().Dispatch(request).body, *service_.FindKey(key_id_));
  EXPECT_EQ(*other.IssueToken(key_id_, kHost), token_);
}

TEST_F(KeyServiceTest, LoadsNoImageThatIsNone) {
  EXPECT_THROW(service_.Load(std::string(8'192, 'x')), std::runtime_error);

  EXPECT_EQ(*service_.IssueToken(key_id_, kHost), token_);
}

TEST_F(KeyServiceTest, LoadsNoImageWithoutAKeyToSignWith) {
  const std::string schema =
      testing::ReadFile(MSC_FIXTURES "/../emulator/keys/schema/0001_content_key.sql");
  const std::array<std::string_view, 1> migrations = {schema};

  EXPECT_THROW(service_.Load(sqlite::Database("", migrations).Image()), sqlite::ImageRefused);

  EXPECT_EQ(*service_.IssueToken(key_id_, kHost), token_);
}

TEST(Token, OfTheReferenceMakesAnAnswerOf591Bytes) {
  const std::string body = R"({"value":")" + TokenFixture("sample.txt") + R"("})";

  EXPECT_EQ(body.size(), 591u);
}

TEST(KeyServiceReopened, KnowsTheKeyAndItsToken) {
  const testing::TemporaryFolder folder;
  const Clock clock(kStart);
  Random random;
  std::string key_id, token;
  Bytes key;
  {
    KeyService first(folder.path(), clock, random);
    key_id = first.CreateKey();
    key = *first.FindKey(key_id);
    token = *first.IssueToken(key_id, kHost);
  }

  KeyService second(folder.path(), clock, random);
  http::Request request{.target = "/keydelivery?kid=" + key_id,
                        .headers = {{"Authorization", token}}};

  EXPECT_EQ(second.router().Dispatch(request).body, key);
}

TEST(KeyServiceReopened, DoesNotKnowADeletedKey) {
  const testing::TemporaryFolder folder;
  const Clock clock(kStart);
  Random random;
  std::string key_id;
  {
    KeyService first(folder.path(), clock, random);
    key_id = first.CreateKey();
    first.DeleteKey(key_id);
  }

  EXPECT_FALSE(KeyService(folder.path(), clock, random).FindKey(key_id));
}

TEST(KeyServiceReopened, RefusesAFileThatIsNoDatabase) {
  const testing::TemporaryFolder folder;
  const Clock clock(kStart);
  Random random;
  testing::WriteFile(folder.File("keys.db"), std::string(8192, 'x'));

  EXPECT_THROW(KeyService(folder.path(), clock, random), std::runtime_error);
  EXPECT_EQ(testing::ReadFile(folder.File("keys.db")), std::string(8192, 'x'));
}

}  // namespace
}  // namespace msc::keys
