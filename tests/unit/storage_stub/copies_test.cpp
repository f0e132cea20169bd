#include "storage_stub/access/shared_key.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;

class CopiesTest : public ServiceTest {
 protected:
  CopiesTest() {
    EXPECT_EQ(Put(Target("source"), "content",
                  {{"Content-Type", "video/mp4"}, {"x-ms-meta-from", "source"}})
                  .status,
              201);
  }

  // A URL of a blob that says for itself that it may be read.
  std::string Readable(std::string_view blob) { return "http://127.0.0.1" + Target(blob); }

  http::Response Copy(const std::string& source, http::Headers headers = {}) {
    headers.push_back({"x-ms-copy-source", source});
    headers.push_back({"Content-Length", "0"});
    return Send(Method::kPut, Target("copy"), std::move(headers));
  }
};

class CopyBlobCopies : public CopiesTest {};

TEST_F(CopyBlobCopies, HaveContentPropertiesAndMetadataOfTheSource) {
  const auto response = Copy(Readable("source"));
  EXPECT_EQ(response.status, 202);
  EXPECT_EQ(Value(response, "x-ms-copy-status"), "success");

  const auto copy = Send(Method::kGet, Target("copy"));
  EXPECT_EQ(Content(copy), "content");
  EXPECT_EQ(Value(copy, "Content-Type"), "video/mp4");
  EXPECT_EQ(Value(copy, "x-ms-meta-from"), "source");
  EXPECT_EQ(Value(copy, "x-ms-copy-id"), Value(response, "x-ms-copy-id"));
  EXPECT_EQ(Value(copy, "x-ms-copy-source"), "http://127.0.0.1" + Path("source"));
}

TEST_F(CopyBlobCopies, AreListedAsSuchIfAsked) {
  Copy(Readable("source"));

  EXPECT_THAT(Send(Method::kGet, Container("&comp=list&include=copy")).body,
              ::testing::HasSubstr("<CopyStatus>success</CopyStatus>"));
  EXPECT_THAT(Send(Method::kGet, Container("&comp=list")).body,
              ::testing::Not(::testing::HasSubstr("CopyStatus")));
}

TEST_F(CopyBlobCopies, OutliveTheirSource) {
  Copy(Readable("source"));

  Send(Method::kDelete, Target("source"));
  Put(Target("other"), "CONTENT");

  EXPECT_EQ(Content(Send(Method::kGet, Target("copy"))), "content");
}

TEST_F(CopyBlobCopies, TakeMetadataOfTheirOwn) {
  Copy(Readable("source"), {{"x-ms-meta-mine", "1"}});

  const auto copy = Send(Method::kHead, Target("copy"));
  EXPECT_EQ(Value(copy, "x-ms-meta-mine"), "1");
  EXPECT_EQ(Value(copy, "x-ms-meta-from"), "(none)");
}

TEST_F(CopyBlobCopies, OntoThemselvesKeepTheContent) {
  http::Headers headers = {{"x-ms-copy-source", Readable("source")}, {"Content-Length", "0"}};

  EXPECT_EQ(Send(Method::kPut, Target("source"), headers).status, 202);

  EXPECT_EQ(Content(Send(Method::kGet, Target("source"))), "content");
}

TEST_F(CopyBlobCopies, AreMadeByPutBlobFromUrlToo) {
  EXPECT_EQ(Copy(Readable("source"), {{"x-ms-blob-type", "BlockBlob"}}).status, 201);

  EXPECT_EQ(Content(Send(Method::kGet, Target("copy"))), "content");
}

TEST_F(CopyBlobCopies, ObeyConditionsOnTheSource) {
  const auto response = Copy(Readable("source"), {{"x-ms-source-if-match", "\"0x0\""}});

  EXPECT_EQ(response.status, 412);
  EXPECT_EQ(Code(response), "SourceConditionNotMet");
}

class CopyBlobBadSources : public CopiesTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(CopyBlobBadSources, CannotBeVerified) {
  const auto response = Copy(GetParam());

  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(Code(response), "CannotVerifyCopySource");
}

INSTANTIATE_TEST_SUITE_P(
    Urls, CopyBlobBadSources,
    ::testing::Values(
        "http://127.0.0.1/cvprbl203m01r12/asset-0914435d-1500-80c3-9b0e-f1e4d193b00f/source",
        "http://example.com/a/b/c", "http://example.com/", "http://127.0.0.1/cvprbl203m01r12",
        "http://127.0.0.1/%zz/a/b"));

class CopyBlobOtherEndpoints : public CopiesTest,
                               public ::testing::WithParamInterface<const char*> {};

TEST_P(CopyBlobOtherEndpoints, AreNotAsked) {
  EXPECT_EQ(Code(Copy(GetParam() + Target("source"))), "CannotVerifyCopySource");
}

INSTANTIATE_TEST_SUITE_P(Hosts, CopyBlobOtherEndpoints,
                         ::testing::Values("http://example.com", "http://127.0.0.1:1",
                                           "http://localhost:1", "http://127.0.0.2"));

TEST_F(CopyBlobCopies, KnowTheEndpointByItsOtherNames) {
  EXPECT_EQ(Copy("http://localhost" + Target("source")).status, 202);
  EXPECT_EQ(Copy("http://[::1]" + Target("source")).status, 202);
}

TEST_F(CopyBlobCopies, NameASnapshotByItsWholeTime) {
  EXPECT_EQ(Code(Copy(Readable("source") + "&snapshot=2020-01-01T00:00:00Z")),
            "CannotVerifyCopySource");
}

TEST_F(CopyBlobCopies, ByPutBlobFromUrlTakePropertiesOfTheirOwn) {
  Copy(Readable("source"),
       {{"x-ms-blob-type", "BlockBlob"}, {"x-ms-blob-cache-control", "no-store"}});

  const auto copy = Send(Method::kHead, Target("copy"));
  EXPECT_EQ(Value(copy, "Cache-Control"), "no-store");
  EXPECT_EQ(Value(copy, "Content-Type"), "video/mp4");
}

TEST_F(CopyBlobCopies, TellWhatTheSourceAnswers) {
  const auto query = service_->SignBlob(kContainerName, "source", "w", At(kStarts), At(kExpires));
  auto forged = Readable("source");
  forged[forged.find("sig=") + 4] ^= 1;

  // A service of 2012 does not say that a blob is there.
  const auto hidden = Copy("http://127.0.0.1" + Path("source") + '?' + query);
  EXPECT_EQ(hidden.status, 404);
  EXPECT_EQ(Code(hidden), "CannotVerifyCopySource");
  const auto refused = Copy(forged);
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(Code(refused), "CannotVerifyCopySource");
  EXPECT_EQ(refused.reason,
            "This request is not authorized to perform this operation using this permission.");
}

class CopyBlobMd5Copies : public CopyBlobCopies {
 protected:
  http::Response CopyAtOnce(std::string_view content, bool at_once = true) {
    return Copy(Readable("source"), {{"x-ms-requires-sync", at_once ? "true" : "false"},
                                     {"x-ms-source-content-md5", Base64Encode(Md5Of(content))}});
  }
};

TEST_F(CopyBlobMd5Copies, AreHeldAgainstTheBytesOfTheSource) {
  const auto copied = CopyAtOnce("content");
  EXPECT_EQ(copied.status, 202);
  EXPECT_EQ(Value(copied, "Content-MD5"), Base64Encode(Md5Of("content")));

  EXPECT_EQ(Code(CopyAtOnce("other")), "Md5Mismatch");
  EXPECT_EQ(Code(CopyAtOnce("content", /*at_once=*/false)), "UnsupportedHeader");
}

TEST_F(CopyBlobCopies, ThatArePendingAreNone) {
  Copy(Readable("source"));
  const auto abort = [&](http::Headers headers, const char* blob = "copy") {
    return Send(Method::kPut, Target(blob) + "&comp=copy&copyid=x", std::move(headers));
  };

  const auto response = abort({{"x-ms-copy-action", "abort"}});

  EXPECT_EQ(response.status, 409);
  EXPECT_EQ(Code(response), "NoPendingCopyOperation");
  EXPECT_EQ(Code(abort({})), "MissingRequiredHeader");
  EXPECT_EQ(Code(abort({{"x-ms-copy-action", "abort"}}, "gone")), "BlobNotFound");
}

class PendingCopies : public CopiesTest {
 protected:
  http::Response Abort(const std::string& id) {
    return Send(Method::kPut, Target("copy") + "&comp=copy&copyid=" + id,
                {{"x-ms-copy-action", "abort"}});
  }

  std::string Status() {
    const auto head = Send(Method::kHead, Target("copy"));
    return Value(head, "x-ms-copy-status") + ' ' + Value(head, "x-ms-copy-progress");
  }
};

TEST_F(PendingCopies, AreCompleteAfterTheirTime) {
  service_->SetCopyDuration(10s);

  EXPECT_EQ(Value(Copy(Readable("source")), "x-ms-copy-status"), "pending");
  EXPECT_EQ(Status(), "pending 0/7");
  EXPECT_EQ(Value(Send(Method::kHead, Target("copy")), "x-ms-copy-completion-time"), "(none)");

  clock_.Advance(10s);
  EXPECT_EQ(Status(), "success 7/7");
}

TEST_F(PendingCopies, AreHeldUntilTheyAreToldToEnd) {
  service_->SetCopyDuration(BlobService::kCopiesAreHeld);
  Copy(Readable("source"));
  clock_.Advance(std::chrono::hours(12));
  EXPECT_EQ(Status(), "pending 0/7");

  service_->SetCopyDuration(0ms);
  EXPECT_EQ(Status(), "success 7/7");
}

TEST_F(PendingCopies, AreNotChanged) {
  service_->SetCopyDuration(10s);
  Copy(Readable("source"));

  EXPECT_EQ(Code(Copy(Readable("source"))), "PendingCopyOperation");
  EXPECT_EQ(Code(Put(Target("copy"), "x")), "PendingCopyOperation");
  EXPECT_EQ(Code(Send(Method::kDelete, Target("copy"))), "PendingCopyOperation");
}

TEST_F(PendingCopies, AreAbortedByTheirId) {
  service_->SetCopyDuration(10s);
  const auto id = Value(Copy(Readable("source")), "x-ms-copy-id");

  EXPECT_EQ(Code(Abort("5e9ce4f6-9075-40d1-929a-831ebdc1edd9")), "CopyIdMismatch");
  EXPECT_EQ(Abort(id).status, 204);

  EXPECT_EQ(Status(), "aborted 0/7");
  EXPECT_EQ(Content(Send(Method::kGet, Target("copy"))), "");
  EXPECT_EQ(Code(Abort(id)), "NoPendingCopyOperation");
  EXPECT_EQ(Put(Target("copy"), "x").status, 201);
  EXPECT_EQ(Status(), "(none) (none)");
}

TEST_F(CopyBlobCopies, NeedASourceThatIsThere) {
  const auto response = Copy(Readable("gone"));

  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(Code(response), "CannotVerifyCopySource");
  EXPECT_EQ(response.reason, "The specified blob does not exist.");
}

class CopyBlobCopiesByKey : public CopiesTest {
 protected:
  // Signed by the account's key, of a source whose URL has no signature.
  http::Response CopyByKey(std::string_view source, bool at_once) {
    http::Request request{.method = Method::kPut,
                          .target = Path("copy"),
                          .headers = {{"x-ms-version", "2020-12-06"},
                                      {"Content-Length", "0"},
                                      {"x-ms-date", "Mon, 23 Mar 2015 19:35:07 GMT"},
                                      {"x-ms-copy-source", "http://127.0.0.1" + Path(source)}}};
    if (at_once) request.headers.push_back({"x-ms-requires-sync", "true"});
    const auto text = StringToSign(request, '/' + std::string(kAccountName) + request.target);
    request.headers.push_back(
        {"Authorization", "SharedKey " + std::string(kAccountName) + ':' + Sign(TestKey(), text)});
    return service_->Dispatch(request);
  }
};

TEST_F(CopyBlobCopiesByKey, AreMadeOfPrivateBlobsOfTheAccount) {
  EXPECT_EQ(CopyByKey("source", /*at_once=*/false).status, 202);
  EXPECT_EQ(Code(CopyByKey("gone", /*at_once=*/false)), "BlobNotFound");
}

TEST_F(CopyBlobCopiesByKey, BelieveTheSignatureOfTheSourceRatherThanTheKey) {
  const auto writes_only =
      service_->SignBlob(kContainerName, "source", "w", At(kStarts), At(kExpires));

  for (const std::string query : {"sv=2018-11-09&sr=b&sp=r&se=2030-01-01&sig=AAAA", "sig=x"}) {
    const auto response = CopyByKey("source?" + query, /*at_once=*/false);
    EXPECT_EQ(response.status, 403) << query;
    EXPECT_EQ(Code(response), "CannotVerifyCopySource");
  }
  EXPECT_NE(CopyByKey("source?" + writes_only, /*at_once=*/false).status, 202);
  EXPECT_EQ(CopyByKey("source?" + service_->SignBlob(kContainerName, "source", "r", At(kStarts),
                                                     At(kExpires)),
                      /*at_once=*/false)
                .status,
            202);
}

TEST_F(CopyBlobCopiesByKey, AreMadeOfPrivateBlobsAtOnceIfLoose) {
  RestartLoose();
  Put(Target("source"), "content");

  EXPECT_EQ(CopyByKey("source", /*at_once=*/true).status, 202);
}

TEST_F(CopyBlobCopiesByKey, AreNotMadeOfPrivateBlobsAtOnce) {
  const auto response = CopyByKey("source", /*at_once=*/true);

  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(Code(response), "CannotVerifyCopySource");
  EXPECT_EQ(response.reason, "The specified resource does not exist.");
}

class CopyBlobCopiesBySignature : public CopiesTest {
 protected:
  // Of a source whose URL has no signature, to a destination whose URL has `permissions`.
  http::Response CopyWith(const std::string& permissions, const std::string& source = "source") {
    Sas sas{
        .version = "2018-11-09", .resource = "c", .permissions = permissions, .expires = kExpires};
    sas.signature =
        Sign(TestKey(), StringToSign(sas, CanonicalResource(sas, {kAccountName, kContainerName})));
    return Send(Method::kPut,
                Path("copy") + "?sv=2018-11-09&sr=c&sp=" + permissions + "&se=" + kExpires +
                    "&sig=" + PercentEncode(sas.signature),
                {{"x-ms-copy-source", "http://127.0.0.1" + Path(source)}, {"Content-Length", "0"}});
  }
};

TEST_F(CopyBlobCopiesBySignature, AreNotMadeOfPrivateBlobs) {
  EXPECT_EQ(CopyWith("cw").status, 404);
  EXPECT_EQ(Code(CopyWith("cw")), "CannotVerifyCopySource");
}

TEST_F(CopyBlobCopiesBySignature, AreMadeOfPrivateBlobsIfLoose) {
  RestartLoose();
  Put(Target("source"), "content");

  EXPECT_EQ(CopyWith("c").status, 202);
  EXPECT_EQ(CopyWith("w").status, 202);
}

TEST_F(CopyBlobCopiesBySignature, ThatMayNotOverwriteFailBeforeTheSourceIsRead) {
  Put(Target("copy"), "first");

  for (const std::string source : {"source", "gone"}) {
    const auto response = CopyWith("c", source);
    EXPECT_EQ(response.status, 403) << source;
    EXPECT_EQ(Code(response), "UnauthorizedBlobOverwrite");
  }
}

TEST_F(CopyBlobCopies, NeedASignatureThatReads) {
  Sas sas{.version = "2018-11-09", .resource = "c", .permissions = "wl", .expires = kExpires};
  sas.signature =
      Sign(TestKey(), StringToSign(sas, CanonicalResource(sas, {kAccountName, kContainerName})));

  const auto response =
      Copy("http://127.0.0.1" + Path("source") + "?sv=2018-11-09&sr=c&sp=wl&se=" + kExpires +
           "&sig=" + PercentEncode(sas.signature));

  EXPECT_EQ(response.status, 403);
  EXPECT_EQ(Code(response), "CannotVerifyCopySource");
  EXPECT_EQ(response.reason,
            "This request is not authorized to perform this operation using this permission.");
}

// Two accounts, and a container of the first one with a blob.
class CopyBlobOfAnotherAccount : public ::testing::Test {
 protected:
  http::Response SendBy(const std::string& account, const std::string& target,
                        http::Headers headers = {}) {
    http::Request request{.method = Method::kPut, .target = target, .headers = std::move(headers)};
    request.headers.push_back({"x-ms-date", "Mon, 23 Mar 2015 19:35:07 GMT"});
    request.headers.push_back({"x-ms-version", "2020-12-06"});
    const auto text = StringToSign(request, '/' + account + std::string(request.path()));
    request.headers.push_back(
        {"Authorization", "SharedKey " + account + ':' + Sign("key of " + account, text)});
    return service_.Dispatch(request);
  }

  // A copy of a blob in a new container with that public access.
  http::Response CopyOutOf(const std::string& container, http::Headers access) {
    SendBy("first", "/first/" + container + "?restype=container", std::move(access));
    SendBy("first", "/first/" + container + "/a", {{"x-ms-blob-type", "AppendBlob"}});
    SendBy("second", "/second/copies?restype=container");
    return SendBy("second", "/second/copies/a",
                  {{"x-ms-copy-source", "http://127.0.0.1/first/" + container + "/a"}});
  }

  const Clock clock_{At("2015-03-23T19:35:07Z")};
  Random random_{42, 0};
  sqlite::Database database_{""};
  BlobService service_{{.accounts = {{"first", {"key of first"}}, {"second", {"key of second"}}}},
                       database_,
                       clock_,
                       random_};
};

TEST_F(CopyBlobOfAnotherAccount, NeedsASignatureUnlessTheSourceIsPublic) {
  const auto forbidden = CopyOutOf("closed", {});

  EXPECT_EQ(forbidden.status, 403);
  EXPECT_EQ(http::Find(forbidden.headers, "x-ms-error-code"), "CannotVerifyCopySource");
  EXPECT_EQ(CopyOutOf("open", {{"x-ms-blob-public-access", "blob"}}).status, 202);
}

TEST_F(CopyBlobCopies, NeedAUrl) {
  for (const char* url : {"", "source", "/a/b/c", "http://", "http://a b/c/d/e"}) {
    EXPECT_EQ(Code(Copy(url)), "InvalidHeaderValue") << url;
  }
}

}  // namespace
}  // namespace msc::storage
