#include "emulator/keys/key_service.h"

#include <gmock/gmock.h>

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
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr std::string_view kSelectSigningKey = "SELECT bytes FROM signing_key";

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
  DeleteKey(key_id_);

  EXPECT_EQ(service_.FindKey(key_id_).error().code, KeyError::kKeyNotFound);
}

TEST_F(KeyServiceTest, DeletingWhatIsNotThereDoesNothing) {
  DeleteKey(kSampleKeyId);

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
  sqlite::Database database("");
  KeyService other(database, clock_, random);

  EXPECT_EQ(*other.IssueToken(other.CreateKey(), kHost), token_);
}

TEST_F(KeyServiceTest, OtherServiceRefusesTheToken) {
  Random random(43, 0);
  sqlite::Database database("");
  KeyService other(database, clock_, random);
  auto request = KeyRequest(other.CreateKey(), {{"Authorization", token_}});

  EXPECT_EQ(other.router().Dispatch(request).status, 401);
}

TEST_F(KeyServiceTest, KeyIsGoneWithTheTransactionThatMadeIt) {
  std::string key_id;
  {
    auto transaction = database_.Write();
    key_id = service_.CreateKey(transaction);
  }

  EXPECT_FALSE(service_.FindKey(key_id));
}

TEST_F(KeyServiceTest, AnEmptyDatabaseSignsAsBeforeOnceTheKeyIsCopied) {
  const auto signing_key = [this] {
    auto transaction = database_.Read();
    auto select = transaction.Prepare(kSelectSigningKey);
    return select.Step() ? select.Text(0) : "";
  };
  const std::string before = signing_key();
  const auto empty = database_.NewInMemory();
  {
    auto transaction = database_.Read();
    KeyService::CopySigningKey(transaction, *empty);
  }

  database_.Load(empty->Image());

  EXPECT_FALSE(service_.FindKey(key_id_));
  EXPECT_EQ(signing_key(), before);
}

TEST_F(KeyServiceTest, AnotherServiceHonoursTheTokensOfAnImage) {
  Random random(43, 0);
  sqlite::Database database("");
  KeyService other(database, clock_, random);

  database.Load(database_.Image());
  auto request = KeyRequest(key_id_, {{"Authorization", token_}});

  EXPECT_EQ(other.router().Dispatch(request).body, *service_.FindKey(key_id_));
  EXPECT_EQ(*other.IssueToken(key_id_, kHost), token_);
}

TEST_F(KeyServiceTest, KnowsRecordsWithoutAKeyToSignWith) {
  EXPECT_TRUE(KeyService::HasSigningKey(database_));
  EXPECT_FALSE(KeyService::HasSigningKey(*database_.NewInMemory()));
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
    sqlite::Database database(folder.File("test.db"));
    KeyService first(database, clock, random);
    key_id = first.CreateKey();
    key = *first.FindKey(key_id);
    token = *first.IssueToken(key_id, kHost);
  }

  sqlite::Database database(folder.File("test.db"));
  KeyService second(database, clock, random);
  http::Request request{.target = "/keydelivery?kid=" + key_id,
                        .headers = {{"Authorization", token}}};

  EXPECT_EQ(second.router().Dispatch(request).body, key);
}

}  // namespace
}  // namespace msc::keys
