#include "emulator/base/encoding.h"
#include "storage_stub/model/resource_name.h"
#include "storage_stub/protocol/storage_error.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;

class ContainerNames : public ::testing::TestWithParam<std::string> {};

TEST_P(ContainerNames, AreRefusedWhereTheServiceRefusesThem) {
  const auto checked = CheckContainerName(GetParam());

  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, StorageError::kInvalidResourceName);
}

INSTANTIATE_TEST_SUITE_P(Bad, ContainerNames,
                         ::testing::Values("Abc", "a_b", "-abc", "abc-", "a--b", "a.b", "a/b",
                                           "a b", "\xC3\xA4\xC3\xA4", std::string("ab\0c", 4)));

TEST(ContainerNamesTest, MayHave3To63Characters) {
  for (const auto& name : {std::string(), std::string("ab"), std::string(64, 'a')}) {
    EXPECT_EQ(CheckContainerName(name).error().code, StorageError::kNameLengthOutOfRange);
  }
  EXPECT_TRUE(CheckContainerName("a-1"));
  EXPECT_TRUE(CheckContainerName(std::string(63, '0')));
}

class BadBlobNames : public ServiceTest, public ::testing::WithParamInterface<std::string> {};

TEST_P(BadBlobNames, AreRefused) {
  const auto response = Put(Target(PercentEncode(GetParam())), "x");

  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(Value(response, "x-ms-error-code"), "InvalidUri");
}

INSTANTIATE_TEST_SUITE_P(Bytes, BadBlobNames,
                         ::testing::Values(std::string(1, '\0'), "a\nb", "a\rb",
                                           "a\x7F"
                                           "b",
                                           "\x1F", "\xFF", "\xC0\x80", "\xED\xA0\x80", "a\xC3",
                                           std::string(1025, 'a')));

class GoodBlobNames : public ServiceTest, public ::testing::WithParamInterface<std::string> {};

TEST_P(GoodBlobNames, AreKeptByteForByte) {
  ASSERT_EQ(Put(Target(PercentEncode(GetParam())), "x").status, 201);

  EXPECT_TRUE(service_->FindBlob(kContainerName, GetParam()));
  EXPECT_EQ(Content(Send(Method::kGet, Target(PercentEncode(GetParam())))), "x");
}

INSTANTIATE_TEST_SUITE_P(Bytes, GoodBlobNames,
                         ::testing::Values("a b", "100%", "%41", "a+b", "a&b=c", "a?b#c", "a;b",
                                           "'\"<>", "a//b", "a/", "a./b", "...a",
                                           "\xC3\xBC/\xF0\x9F\x8E\xAC", "$root", "{id*}",
                                           std::string(1024, 'a')));

// A name as it stands in a path, and the one that the service takes.
struct Rewritten {
  const char* sent;
  const char* taken;
};

class RewrittenNames : public ServiceTest, public ::testing::WithParamInterface<Rewritten> {};

TEST_P(RewrittenNames, AreTheSameBlobInListsReadsAndSignatures) {
  const auto [sent, taken] = GetParam();
  const auto query = service_->SignBlob(kContainerName, taken, "rwd", At(kStarts), At(kExpires));

  ASSERT_EQ(Put(Path(sent) + '?' + query, "x").status, 201);

  EXPECT_TRUE(service_->FindBlob(kContainerName, taken));
  EXPECT_EQ(Content(Send(Method::kGet, Target(PercentEncode(taken)))), "x");
  EXPECT_EQ(Content(Send(Method::kGet, Target(sent))), "x");
}

INSTANTIATE_TEST_SUITE_P(Paths, RewrittenNames,
                         ::testing::Values(Rewritten{"x%5Cy", "x/y"}, Rewritten{"x\\y", "x/y"},
                                           Rewritten{"a.", "a"}, Rewritten{"a...", "a"},
                                           Rewritten{"./a", "a"}, Rewritten{"%2E/a", "a"},
                                           Rewritten{".%2Fa", "a"}, Rewritten{"%2E%2Fa", "a"},
                                           Rewritten{"a/%2e%2E/b", "b"}, Rewritten{"a/./b", "a/b"},
                                           Rewritten{"..%5Cother%5Ca", "other/a"},
                                           Rewritten{"../../etc/passwd", "etc/passwd"},
                                           Rewritten{"b/a/..", "b/"}, Rewritten{"b/.", "b/"},
                                           Rewritten{"a%20b%5C%C3%BC.", "a b/\xC3\xBC"}));

// A signature is over the path as it was sent.
TEST_P(RewrittenNames, AreSignedAsTheyAreSent) {
  http::Request request{
      .method = Method::kGet,
      .target = Path(GetParam().sent),
      .headers = {{"x-ms-version", "2020-12-06"}, {"x-ms-date", "Mon, 23 Mar 2015 19:35:07 GMT"}}};
  const auto text = StringToSign(request, '/' + std::string(kAccountName) + request.target);
  request.headers.push_back(
      {"Authorization", "SharedKey " + std::string(kAccountName) + ':' + Sign(TestKey(), text)});

  EXPECT_EQ(Code(service_->Dispatch(request)), "BlobNotFound");
}

TEST_F(ServiceTest, NoNameLeadsOutOfItsContainer) {
  EXPECT_EQ(ResolveBlobName("../x"), "x");
  EXPECT_EQ(ResolveBlobName("a/../../x"), "x");
  EXPECT_EQ(ResolveBlobName(".."), "");
}

TEST_F(ServiceTest, CountsCharactersAsUtf16Does) {
  std::string clapper;
  for (int i = 0; i < 512; ++i) clapper += "\xF0\x9F\x8E\xAC";

  EXPECT_TRUE(CheckBlobName(clapper));
  EXPECT_FALSE(CheckBlobName(clapper + "a"));
}

TEST_F(ServiceTest, SignsTheDecodedName) {
  const auto query =
      service_->SignBlob(kContainerName, "a b/\xC3\xBC", "w", At(kStarts), At(kExpires));

  EXPECT_EQ(Put(Path("a%20b%2F%C3%BC") + '?' + query, "x").status, 201);
}

TEST_F(ServiceTest, RefusesAPathThatCannotBeDecoded) {
  for (const char* blob : {"a%", "a%4", "a%zz", "%"}) {
    EXPECT_EQ(Value(Put(Target(blob), "x"), "x-ms-error-code"), "InvalidUri") << blob;
  }
}

TEST_F(ServiceTest, RefusesABadContainerInThePath) {
  const auto response =
      Send(Method::kGet, '/' + std::string(kAccountName) + "/Not%2FValid/a?sig=x");

  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(Value(response, "x-ms-error-code"), "InvalidResourceName");
  EXPECT_EQ(response.reason, "The specifed resource name contains invalid characters.");
}

}  // namespace
}  // namespace msc::storage
