#include "storage_stub/model/blob_use.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::HasSubstr;
using ::testing::Not;

class EncryptionTest : public ServiceTest {
 protected:
  // What a client sends for the key that consists of `letter`.
  static http::Headers Key(char letter, const std::string& prefix = "x-ms-") {
    const std::string key(32, letter);
    return {{prefix + "encryption-key", Base64Encode(key)},
            {prefix + "encryption-key-sha256", HashOf(letter)},
            {prefix + "encryption-algorithm", "AES256"}};
  }

  static std::string HashOf(char letter) { return Base64Encode(Sha256(std::string(32, letter))); }

  static std::string Blob(std::string_view blob = "a.mp4", const std::string& more = "") {
    return Authorized(Path(blob)) + more;
  }

  // Over TLS.
  http::Response Secure(Method method, std::string target, http::Headers headers = {},
                        std::string text = "") {
    FakeBody body(std::move(text));
    http::Request request{.method = method,
                          .target = std::move(target),
                          .scheme = "https",
                          .headers = std::move(headers),
                          .body = &body};
    return service_->Dispatch(request);
  }

  http::Response PutSecure(std::string_view blob, http::Headers headers,
                           const std::string& type = "BlockBlob") {
    headers.push_back({"x-ms-blob-type", type});
    headers.push_back({"x-ms-blob-content-length", "512"});
    return Secure(Method::kPut, Blob(blob), std::move(headers),
                  type == "BlockBlob" ? "content" : "");
  }

  http::Response PutBlock(const std::string& id, http::Headers headers) {
    return Secure(Method::kPut, Blob("a.mp4", "&comp=block&blockid=" + id), std::move(headers),
                  "x");
  }

  http::Response PutBlockList(const std::string& entries, http::Headers headers) {
    return Secure(Method::kPut, Blob("a.mp4", "&comp=blocklist"), std::move(headers),
                  "<BlockList>" + entries + "</BlockList>");
  }

  http::Response Copy(http::Headers headers) {
    headers.push_back({"x-ms-copy-source", "http://127.0.0.1" + Blob()});
    headers.push_back({"x-ms-blob-type", "BlockBlob"});
    return Secure(Method::kPut, Blob("copy"), std::move(headers));
  }

  std::string List(const std::string& more = "") {
    return Send(Method::kGet, Container("&comp=list" + more)).body;
  }
};

class CustomerProvidedKey : public EncryptionTest {
 protected:
  CustomerProvidedKey() { put_ = PutSecure("a.mp4", Key('A')); }

  http::Response put_;
};

TEST_F(CustomerProvidedKey, IsNeededToRead) {
  EXPECT_EQ(put_.status, 201);
  EXPECT_EQ(Value(put_, "x-ms-encryption-key-sha256"), HashOf('A'));
  EXPECT_EQ(Value(put_, "x-ms-request-server-encrypted"), "true");

  const auto read = Secure(Method::kGet, Blob(), Key('A'));

  EXPECT_EQ(Content(read), "content");
  EXPECT_EQ(Value(read, "x-ms-server-encrypted"), "true");
  EXPECT_EQ(Value(read, "x-ms-encryption-key-sha256"), HashOf('A'));
}

TEST_F(CustomerProvidedKey, NeedsNoAlgorithmInAReadAndOneInAWrite) {
  auto key = Key('A');
  key.pop_back();

  EXPECT_EQ(Secure(Method::kHead, Blob(), key).status, 200);
  EXPECT_EQ(Code(PutSecure("b", key)), "MissingRequiredHeader");
}

TEST_F(CustomerProvidedKey, IsRejectedIfItIsAnother) {
  for (const std::string comp : {"", "&comp=metadata"}) {
    const auto without = Secure(Method::kGet, Blob("a.mp4", comp));
    EXPECT_EQ(without.status, 409);
    EXPECT_EQ(Code(without), "BlobUsesCustomerSpecifiedEncryption");

    const auto other = Secure(Method::kGet, Blob("a.mp4", comp), Key('B'));
    EXPECT_EQ(other.status, 409);
    EXPECT_EQ(Code(other), "BlobCustomerSpecifiedEncryptionMismatch");
  }
  EXPECT_EQ(Secure(Method::kHead, Blob()).status, 409);
}

TEST_F(CustomerProvidedKey, IsRejectedForABlobThatHasNone) {
  ASSERT_EQ(PutSecure("b", {}).status, 201);

  const auto response = Secure(Method::kGet, Blob("b"), Key('A'));

  EXPECT_EQ(response.status, 409);
  EXPECT_EQ(Code(response), "BlobDoesNotUseCustomerSpecifiedEncryption");
}

TEST_F(CustomerProvidedKey, IsNeededForMetadataAndNotForWhatIsNotEncrypted) {
  EXPECT_EQ(Code(Secure(Method::kPut, Blob("a.mp4", "&comp=metadata"))),
            "BlobUsesCustomerSpecifiedEncryption");
  const auto set = Secure(Method::kPut, Blob("a.mp4", "&comp=metadata"), Key('A'));
  EXPECT_EQ(Value(set, "x-ms-encryption-key-sha256"), HashOf('A'));

  EXPECT_EQ(Secure(Method::kPut, Blob("a.mp4", "&comp=properties")).status, 200);
  EXPECT_EQ(
      Secure(Method::kPut, Blob("a.mp4", "&comp=tier"), {{"x-ms-access-tier", "Cool"}}).status,
      200);
  EXPECT_EQ(Secure(Method::kHead, Blob(), Key('A')).status, 200);
  EXPECT_EQ(Secure(Method::kDelete, Blob()).status, 202);
}

TEST_F(CustomerProvidedKey, IsReplacedWithTheBlob) {
  EXPECT_EQ(PutSecure("a.mp4", Key('B')).status, 201);
  EXPECT_EQ(Value(Secure(Method::kHead, Blob(), Key('B')), "x-ms-encryption-key-sha256"),
            HashOf('B'));

  EXPECT_EQ(PutSecure("a.mp4", {}).status, 201);
  EXPECT_EQ(Value(Secure(Method::kHead, Blob()), "x-ms-encryption-key-sha256"), "(none)");
}

TEST_F(CustomerProvidedKey, IsTheSameForAllBlocks) {
  const auto first = PutBlock("AAAA", Key('A'));
  EXPECT_EQ(Value(first, "x-ms-encryption-key-sha256"), HashOf('A'));
  EXPECT_EQ(Code(PutBlock("BBBB", Key('B'))), "BlobCustomerSpecifiedEncryptionMismatch");
  EXPECT_EQ(Code(PutBlock("BBBB", {})), "BlobUsesCustomerSpecifiedEncryption");

  const std::string list = "<Latest>AAAA</Latest>";
  EXPECT_EQ(Code(PutBlockList(list, {})), "BlobUsesCustomerSpecifiedEncryption");
  EXPECT_EQ(Code(PutBlockList(list, Key('B'))), "BlobCustomerSpecifiedEncryptionMismatch");
  const auto committed = PutBlockList(list, Key('A'));
  EXPECT_EQ(committed.status, 201);
  EXPECT_EQ(Value(committed, "x-ms-encryption-key-sha256"), HashOf('A'));

  EXPECT_EQ(Code(PutBlockList("<Committed>AAAA</Committed>", Key('B'))),
            "BlobCustomerSpecifiedEncryptionMismatch");
  EXPECT_EQ(PutBlockList("<Committed>AAAA</Committed>", Key('A')).status, 201);
}

TEST_F(CustomerProvidedKey, IsNeededToAppendAndToWritePages) {
  const http::Headers range = {{"x-ms-range", "bytes=0-511"}, {"x-ms-page-write", "update"}};
  for (const auto& [type, comp, bytes] : {std::tuple("AppendBlob", "&comp=appendblock", 3U),
                                          std::tuple("PageBlob", "&comp=page", 512U)}) {
    ASSERT_EQ(PutSecure(type, Key('A'), type).status, 201);
    const std::string target = Blob(type, comp), text(bytes, 'x');
    http::Headers headers = Key('A');
    headers.insert(headers.end(), range.begin(), range.end());

    EXPECT_EQ(Code(Secure(Method::kPut, target, range, text)),
              "BlobUsesCustomerSpecifiedEncryption");
    const auto written = Secure(Method::kPut, target, headers, text);
    EXPECT_EQ(written.status, 201);
    EXPECT_EQ(Value(written, "x-ms-encryption-key-sha256"), HashOf('A'));
  }
}

TEST_F(CustomerProvidedKey, OfTheSourceIsNeededToCopy) {
  EXPECT_EQ(Code(Copy({})), "BlobUsesCustomerSpecifiedEncryption");
  http::Headers headers = Key('A', "x-ms-source-");
  EXPECT_EQ(Copy(headers).status, 201);
  EXPECT_EQ(Content(Secure(Method::kGet, Blob("copy"))), "content");

  for (const auto& header : Key('B')) headers.push_back(header);
  EXPECT_EQ(Copy(headers).status, 201);
  EXPECT_EQ(Content(Secure(Method::kGet, Blob("copy"), Key('B'))), "content");
}

TEST_F(CustomerProvidedKey, HasItsHashInLists) {
  EXPECT_THAT(
      List("&include=metadata"),
      HasSubstr("<ServerEncrypted>true</ServerEncrypted><CustomerProvidedKeySha256>" + HashOf('A') +
                "</CustomerProvidedKeySha256></Properties><Metadata Encrypted=\"true\" />"));
}

TEST_F(CustomerProvidedKey, IsRejectedWithoutTls) {
  const auto response = Send(Method::kGet, Blob(), Key('A'));

  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(Code(response), "InvalidHeaderValue");
}

TEST_F(CustomerProvidedKey, IsThereAfterARestart) {
  const TemporaryFolder folder;
  Restart(folder.path());
  PutSecure("a.mp4", Key('A'));
  PutBlock("AAAA", Key('B'));

  Restart(folder.path());

  EXPECT_EQ(Secure(Method::kHead, Blob(), Key('A')).status, 200);
  EXPECT_EQ(Code(PutBlock("BBBB", Key('A'))), "BlobCustomerSpecifiedEncryptionMismatch");
}

class InvalidKey : public EncryptionTest, public ::testing::WithParamInterface<http::Header> {};

TEST_P(InvalidKey, IsRejected) {
  auto headers = Key('A');
  for (auto& header : headers) {
    if (header.name == GetParam().name) header.value = GetParam().value;
  }

  const auto response = PutSecure("a.mp4", headers);

  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(Code(response), "InvalidHeaderValue");
}

INSTANTIATE_TEST_SUITE_P(Headers, InvalidKey,
                         ::testing::Values(http::Header{"x-ms-encryption-key", "QUFB"},
                                           http::Header{"x-ms-encryption-key", "not base64"},
                                           http::Header{"x-ms-encryption-key-sha256", "QUFB"},
                                           http::Header{"x-ms-encryption-algorithm", "AES128"}));

class EncryptionScope : public EncryptionTest {
 protected:
  static http::Headers Scope(const std::string& name) { return {{"x-ms-encryption-scope", name}}; }
};

TEST_F(EncryptionScope, IsAnsweredAndListed) {
  const auto put = PutSecure("a.mp4", Scope("finance"));

  EXPECT_EQ(Value(put, "x-ms-encryption-scope"), "finance");
  EXPECT_EQ(Value(Secure(Method::kHead, Blob()), "x-ms-encryption-scope"), "finance");
  EXPECT_EQ(Content(Secure(Method::kGet, Blob())), "content");
  EXPECT_THAT(List(), HasSubstr("<EncryptionScope>finance</EncryptionScope>"));
}

TEST_F(EncryptionScope, IsTheSameInAllChanges) {
  PutSecure("a.mp4", Scope("finance"));
  const std::string target = Blob("a.mp4", "&comp=metadata");

  EXPECT_EQ(Secure(Method::kPut, target, Scope("finance")).status, 200);
  EXPECT_EQ(Secure(Method::kPut, target).status, 200);
  EXPECT_EQ(Code(Secure(Method::kPut, target, Scope("other"))),
            "BlobCustomerSpecifiedEncryptionMismatch");
}

TEST_F(EncryptionScope, ExcludesAKey) {
  auto headers = Key('A');
  headers.push_back({"x-ms-encryption-scope", "finance"});

  EXPECT_EQ(Code(PutSecure("a.mp4", headers)), "InvalidHeaderValue");
}

class EncryptionScopeOfContainer : public EncryptionScope {
 protected:
  EncryptionScopeOfContainer() {
    created_ = Send(Method::kPut, Container("", "scoped"),
                    {{"x-ms-default-encryption-scope", "finance"},
                     {"x-ms-deny-encryption-scope-override", "true"}})
                   .status;
  }

  http::Response PutThere(http::Headers headers) {
    headers.push_back({"x-ms-blob-type", "BlockBlob"});
    return Secure(Method::kPut, Authorized('/' + std::string(kAccountName) + "/scoped/a.mp4"),
                  std::move(headers), "content");
  }

  int created_ = 0;
};

TEST_F(EncryptionScopeOfContainer, IsAnsweredAndListed) {
  EXPECT_EQ(created_, 201);
  const auto properties = Send(Method::kGet, Container("", "scoped"));
  EXPECT_EQ(Value(properties, "x-ms-default-encryption-scope"), "finance");
  EXPECT_EQ(Value(properties, "x-ms-deny-encryption-scope-override"), "true");

  const auto list =
      Send(Method::kGet, Authorized('/' + std::string(kAccountName) + "?comp=list")).body;
  EXPECT_THAT(list, HasSubstr("<DefaultEncryptionScope>finance</DefaultEncryptionScope>"
                              "<DenyEncryptionScopeOverride>true</DenyEncryptionScopeOverride>"));
  EXPECT_THAT(list, HasSubstr("<DefaultEncryptionScope>$account-encryption-key<"));
}

TEST_F(EncryptionScopeOfContainer, IsThatOfItsNewBlobs) {
  EXPECT_EQ(Value(PutThere({}), "x-ms-encryption-scope"), "finance");
  EXPECT_EQ(PutThere(Scope("finance")).status, 201);
}

TEST_F(EncryptionScopeOfContainer, CanBeTheOnlyOne) {
  const auto other = PutThere(Scope("other"));
  EXPECT_EQ(other.status, 403);
  EXPECT_EQ(Code(other), "RequestForbiddenByContainerEncryptionPolicy");
  EXPECT_EQ(Code(PutThere(Key('A'))), "RequestForbiddenByContainerEncryptionPolicy");
}

TEST_F(EncryptionScopeOfContainer, IsForbiddenToOthersByTrueOrFalse) {
  EXPECT_EQ(Code(Send(Method::kPut, Container("", "other"),
                      {{"x-ms-deny-encryption-scope-override", "maybe"}})),
            "InvalidHeaderValue");
}

struct UseWithKey {
  BlobUse use;
  bool needs_key;
};

class UsesOfEncryptedBlobs : public ::testing::TestWithParam<UseWithKey> {};

TEST_P(UsesOfEncryptedBlobs, NeedTheKeyForWhatIsEncrypted) {
  const auto& [use, needs_key] = GetParam();
  const Encryption key{.key_sha256 = Sha256("key"), .scope = {}};
  const Encryption other{.key_sha256 = Sha256("other"), .scope = {}};
  const BlobRecord record{.encryption = key};

  EXPECT_TRUE(CheckUse(record, use, key, {}));
  EXPECT_EQ(static_cast<bool>(CheckUse(record, use, {}, {})), !needs_key);
  EXPECT_EQ(static_cast<bool>(CheckUse(record, use, other, {})), !needs_key);
}

INSTANTIATE_TEST_SUITE_P(
    Uses, UsesOfEncryptedBlobs,
    ::testing::Values(UseWithKey{BlobUse::kLookUp, false}, UseWithKey{BlobUse::kReadContent, true},
                      UseWithKey{BlobUse::kReadProperties, true},
                      UseWithKey{BlobUse::kCopyOutOfArchive, true},
                      UseWithKey{BlobUse::kChangeContent, true},
                      UseWithKey{BlobUse::kChangeProperties, false},
                      UseWithKey{BlobUse::kChangeMetadata, true},
                      UseWithKey{BlobUse::kChangeTags, false}, UseWithKey{BlobUse::kSetTier, false},
                      UseWithKey{BlobUse::kSnapshot, true}, UseWithKey{BlobUse::kLease, false},
                      UseWithKey{BlobUse::kReplace, false}, UseWithKey{BlobUse::kDelete, false}));

}  // namespace
}  // namespace msc::storage
