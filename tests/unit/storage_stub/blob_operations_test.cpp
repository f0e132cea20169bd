#include <algorithm>
#include <vector>

#include "emulator/base/encoding.h"
#include "emulator/base/guid.h"
#include "storage_stub/protocol/storage_error.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class BlobOperationsTest : public ServiceTest {
 protected:
  static std::vector<std::string> Names(const http::Response& response) {
    std::vector<std::string> names;
    for (const auto& header : response.headers) names.push_back(header.name);
    return names;
  }
};

class PutBlobAnswer : public BlobOperationsTest {};

TEST_F(PutBlobAnswer, PutAnswersAsTheServiceDid) {
  const auto response = Put(Target(), "hello");

  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(response.body, "");
  EXPECT_THAT(Names(response), ElementsAre("Content-Length", "Content-MD5", "Last-Modified", "ETag",
                                           "Server", "x-ms-request-id", "x-ms-version", "Date"));
  EXPECT_EQ(Value(response, "Content-Length"), "0");
  EXPECT_EQ(Value(response, "Content-MD5"), "XUFAKrxLKna5cZ2REBfFkg==");
  EXPECT_EQ(Value(response, "Last-Modified"), "Mon, 23 Mar 2015 19:35:07 GMT");
  EXPECT_THAT(Value(response, "ETag"), StartsWith("\"0x8D"));
  EXPECT_EQ(Value(response, "Server"), "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0");
  EXPECT_TRUE(ParseGuid(Value(response, "x-ms-request-id")));
  EXPECT_EQ(Value(response, "x-ms-version"), "2012-02-12");
  EXPECT_EQ(Value(response, "Date"), "Mon, 23 Mar 2015 19:35:07 GMT");
}

class GetBlobAnswer : public BlobOperationsTest {};

TEST_F(GetBlobAnswer, GetAnswersAsTheServiceDoes) {
  ASSERT_EQ(Put(Target(), "hello").status, 201);

  const auto response = Send(Method::kGet, Target());

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(Content(response), "hello");
  EXPECT_THAT(Names(response),
              ElementsAre("Content-Length", "Content-Type", "Content-MD5", "Last-Modified",
                          "Accept-Ranges", "ETag", "Server", "x-ms-request-id", "x-ms-version",
                          "x-ms-creation-time", "x-ms-lease-status", "x-ms-lease-state",
                          "x-ms-blob-type", "x-ms-server-encrypted",
                          "Access-Control-Expose-Headers", "Access-Control-Allow-Origin", "Date"));
}

class GetBlobPropertiesAnswer : public BlobOperationsTest {};

TEST_F(GetBlobPropertiesAnswer, HeadSaysTheSameAndTheTier) {
  ASSERT_EQ(Put(Target(), "hello").status, 201);

  const auto response = Send(Method::kHead, Target());

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body_size(), 0u);
  EXPECT_EQ(Value(response, "Content-Length"), "5");
  EXPECT_EQ(Value(response, "ETag"), service_->FindBlob(kContainerName, "a.mp4")->etag);
  EXPECT_EQ(Value(response, "x-ms-access-tier"), "Hot");
  EXPECT_EQ(Value(response, "x-ms-access-tier-inferred"), "true");
}

TEST_F(GetBlobPropertiesAnswer, HeadOfAMissingBlobHasNoBody) {
  const auto response = Send(Method::kHead, Target());

  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.body_size(), 0u);
  EXPECT_EQ(Value(response, "x-ms-error-code"), "BlobNotFound");
}

class DeleteBlobAnswer : public BlobOperationsTest {};

TEST_F(DeleteBlobAnswer, DeleteTakesTheBlobAway) {
  ASSERT_EQ(Put(Target(), "hello").status, 201);

  const auto response = Send(Method::kDelete, Target());

  EXPECT_EQ(response.status, 202);
  EXPECT_EQ(Value(response, "x-ms-delete-type-permanent"), "true");
  EXPECT_EQ(Send(Method::kGet, Target()).status, 404);
  EXPECT_EQ(Send(Method::kDelete, Target()).status, 404);
}

TEST_F(PutBlobAnswer, ReplacingChangesEtagAndKeepsTheCreationTime) {
  const auto first = Put(Target(), "one");
  const auto same_instant = Put(Target(), "two");
  clock_.Advance(1min);

  const auto later = Put(Target(), "three");
  const auto read = Send(Method::kGet, Target());

  EXPECT_NE(Value(first, "ETag"), Value(same_instant, "ETag"));
  EXPECT_NE(Value(same_instant, "ETag"), Value(later, "ETag"));
  EXPECT_EQ(Value(read, "Last-Modified"), "Mon, 23 Mar 2015 19:36:07 GMT");
  EXPECT_EQ(Value(read, "x-ms-creation-time"), "Mon, 23 Mar 2015 19:35:07 GMT");
  EXPECT_EQ(Content(read), "three");
}

TEST_F(GetBlobAnswer, AReaderSeesItsBlobToTheEnd) {
  ASSERT_EQ(Put(Target(), Pattern(1'000'000)).status, 201);
  const auto response = Send(Method::kGet, Target());

  ASSERT_EQ(Put(Target(), std::string(1'000'000, 'n')).status, 201);
  ASSERT_EQ(Send(Method::kDelete, Target()).status, 202);
  ASSERT_EQ(Put(Target("b.mp4"), std::string(1'000'000, 'm')).status, 201);

  EXPECT_TRUE(Content(response) == Pattern(1'000'000));
}

TEST_F(BlobOperationsTest, NamesEncryptionFrom20151211On) {
  ASSERT_TRUE(service_->SetPolicy(kContainerName, {.id = "p", .permissions = "w"}));
  Sas sas{.version = "2018-11-09",
          .resource = "c",
          .identifier = "p",
          .expires = "2015-03-24T08:00:07Z"};
  const auto signature = Sign(
      TestKey(), StringToSign(sas, CanonicalResource(sas, {kAccountName, kContainerName, ""})));

  const auto response =
      Put(Path() + "?sv=2018-11-09&sr=c&si=p&se=" + sas.expires + "&sig=" + signature, "x");

  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(Value(response, "x-ms-request-server-encrypted"), "true");
}

TEST_F(BlobOperationsTest, EchoesTheClientsRequestId) {
  EXPECT_EQ(
      Value(Put(Target(), "x", {{"x-ms-client-request-id", "abc 1"}}), "x-ms-client-request-id"),
      "abc 1");
  EXPECT_EQ(Value(Send(Method::kGet, Path(), {{"x-ms-client-request-id", "abc 2"}}),
                  "x-ms-client-request-id"),
            "abc 2");
}

TEST_F(BlobOperationsTest, DoesNotEchoControlBytes) {
  EXPECT_EQ(
      Value(Put(Target(), "x", {{"x-ms-client-request-id", "a\r\nb"}}), "x-ms-client-request-id"),
      "(none)");
}

TEST_F(BlobOperationsTest, UsesOneRequestIdInHeaderAndBody) {
  const auto response = Send(Method::kGet, Target());

  EXPECT_THAT(response.body,
              ::testing::HasSubstr("\nRequestId:" + Value(response, "x-ms-request-id") + "\n"));
}

TEST_F(BlobOperationsTest, NamesAVersionInEveryAnswer) {
  EXPECT_EQ(Value(Send(Method::kGet, Path(), {{"x-ms-version", "2019-02-02"}}), "x-ms-version"),
            "2019-02-02");
  EXPECT_EQ(Value(Send(Method::kGet, Path(), {{"x-ms-version", "a\nb"}}), "x-ms-version"),
            "2023-11-03");
  EXPECT_EQ(Value(Send(Method::kGet, Target(), {{"x-ms-version", "2019-02-02"}}), "x-ms-version"),
            "2012-02-12");
}

TEST_F(BlobOperationsTest, RefusesOtherMethods) {
  const auto response = Send(Method::kPost, Target());

  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(Value(response, "x-ms-error-code"), "UnsupportedHttpVerb");
  EXPECT_EQ(Value(response, "Allow"), "PUT, GET, HEAD, DELETE");
}

TEST_F(BlobOperationsTest, HasNothingElsewhere) {
  EXPECT_EQ(Value(Send(Method::kGet, "/x"), "x-ms-error-code"), "ResourceNotFound");
  EXPECT_EQ(Value(Send(Method::kGet, "/x/y/"), "x-ms-error-code"), "ResourceNotFound");
}

TEST_F(BlobOperationsTest, FindsBlobsForOthers) {
  ASSERT_EQ(Put(Target("dir/a.mp4"), "hello", {{"Content-Type", "video/mp4"}}).status, 201);

  const auto found = service_->FindBlob(kContainerName, "dir/a.mp4");

  ASSERT_TRUE(found);
  EXPECT_EQ(found->size, 5u);
  EXPECT_EQ(found->content_type, "video/mp4");
  EXPECT_EQ(found->last_modified, clock_.Now());
  EXPECT_EQ(found->md5, Md5Of("hello"));
}

TEST_F(BlobOperationsTest, RefusesContainersTwiceAndMissingOnes) {
  EXPECT_EQ(service_->CreateContainer(kContainerName).error().code,
            StorageError::kContainerAlreadyExists);
  EXPECT_EQ(DeleteContainer("missing").error().code, StorageError::kContainerNotFound);
  EXPECT_EQ(service_->SetPolicy("missing", {.id = "p"}).error().code,
            StorageError::kContainerNotFound);
  EXPECT_EQ(service_->FindBlob("missing", "a").error().code, StorageError::kContainerNotFound);
}

TEST_F(BlobOperationsTest, DeletesAContainerWithItsBlobs) {
  ASSERT_EQ(Put(Target(), "hello").status, 201);

  ASSERT_TRUE(DeleteContainer());
  ASSERT_TRUE(service_->CreateContainer(kContainerName));

  EXPECT_EQ(service_->FindBlob(kContainerName, "a.mp4").error().code, StorageError::kBlobNotFound);
}

TEST_F(BlobOperationsTest, AnswersAFaultWith500AndGoesOn) {
  class Broken final : public http::BodyReader {
   public:
    std::optional<std::uint64_t> size() const override { return 1; }
    void Limit(std::uint64_t) override {}
    Result<std::size_t> Read(std::span<char>) override { throw std::runtime_error("disk on fire"); }
  } body;

  const auto response = Send(Method::kPut, Target(), {{"x-ms-blob-type", "BlockBlob"}}, &body);

  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(Value(response, "x-ms-error-code"), "InternalError");
  EXPECT_THAT(log_, ::testing::HasSubstr("disk on fire"));
  EXPECT_EQ(Put(Target(), "x").status, 201);
}

TEST_F(BlobOperationsTest, SetPropertiesTakesAnyBase64AsMd5) {
  ASSERT_EQ(Put(Target(), "hello").status, 201);

  EXPECT_EQ(
      Send(Method::kPut, Target() + "&comp=properties", {{"x-ms-blob-content-md5", "AAA="}}).status,
      200);

  EXPECT_EQ(Value(Send(Method::kHead, Target()), "Content-MD5"), "AAA=");
}

TEST_F(BlobOperationsTest, SetMetadataSaysThatItIsEncrypted) {
  ASSERT_EQ(Put(Target(), "hello").status, 201);

  const auto response = Send(Method::kPut, Authorized(Path() + "?comp=metadata"));

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(Value(response, "x-ms-request-server-encrypted"), "true");
}

TEST_F(BlobOperationsTest, DeleteTakesBlocksAwayThatAreNotCommitted) {
  ASSERT_EQ(SendText(Method::kPut, Target() + "&comp=block&blockid=AAAA", "x").status, 201);

  EXPECT_EQ(Send(Method::kDelete, Target()).status, 202);

  EXPECT_EQ(service_->UncommittedBlocks(kContainerName), 0u);
  EXPECT_EQ(Code(Send(Method::kDelete, Target())), "BlobNotFound");
}

TEST_F(BlobOperationsTest, DeleteOfBlocksObeysConditions) {
  ASSERT_EQ(SendText(Method::kPut, Target() + "&comp=block&blockid=AAAA", "x").status, 201);

  EXPECT_EQ(Send(Method::kDelete, Target(), {{"If-Match", "*"}}).status, 412);
  EXPECT_EQ(service_->UncommittedBlocks(kContainerName), 1u);
}

class ListParameters : public BlobOperationsTest,
                       public ::testing::WithParamInterface<const char*> {};

TEST_P(ListParameters, ThatChangeItsMeaningAreNotIgnored) {
  EXPECT_EQ(Code(Send(Method::kGet, Container(std::string("&comp=list&") + GetParam()))),
            "UnsupportedQueryParameter");
}

INSTANTIATE_TEST_SUITE_P(Names, ListParameters, ::testing::Values("showonly=files", "where=x"));

class ListNames : public BlobOperationsTest {
 protected:
  ListNames() {
    for (const char* name : {"a", "b/1", "b/3", "c", "d"}) Put(Target(name), "x");
  }

  // "a b/": the names and the prefixes in a list.
  std::string Names(const std::string& parameters) {
    const auto list = Send(Method::kGet, Container("&comp=list&" + parameters)).body;
    std::string names;
    for (std::size_t at = 0; (at = list.find("<Name>", at)) != std::string::npos;) {
      at += 6;
      names += (names.empty() ? "" : " ") + list.substr(at, list.find('<', at) - at);
    }
    return names;
  }
};

TEST_F(ListNames, FromOneToBeforeAnother) {
  EXPECT_EQ(Names("startFrom=b/2"), "b/3 c d");
  EXPECT_EQ(Names("startFrom=c"), "c d");
  EXPECT_EQ(Names("endBefore=c"), "a b/1 b/3");
  EXPECT_EQ(Names("startFrom=b&endBefore=b/3"), "b/1");
  EXPECT_EQ(Names("startFrom=x"), "");
}

TEST_F(ListNames, FromOneToBeforeAnotherInFolders) {
  EXPECT_EQ(Names("delimiter=/&startFrom=b/2&endBefore=d"), "b/ c");
  EXPECT_EQ(Names("delimiter=/&endBefore=b/1"), "a");
  EXPECT_EQ(Names("prefix=b/&startFrom=a"), "b/1 b/3");
}

TEST_F(BlobOperationsTest, ABlankInAPrefixIsAPlusToo) {
  ASSERT_EQ(Put(Target("sub%20dir/a"), "x").status, 201);
  ASSERT_EQ(Put(Target("sub%2Bdir/b"), "x").status, 201);

  const auto plus = Send(Method::kGet, Container("&comp=list&prefix=sub+dir/"));

  EXPECT_THAT(plus.body, HasSubstr("<Name>sub dir/a</Name>"));
  EXPECT_EQ(plus.body, Send(Method::kGet, Container("&comp=list&prefix=sub%20dir/")).body);
}

}  // namespace
}  // namespace msc::storage
