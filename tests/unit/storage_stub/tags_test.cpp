#include <iterator>
#include <set>
#include <sstream>
#include <string>

#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::HasSubstr;
using ::testing::Not;

class TagsTest : public ServiceTest {
 protected:
  TagsTest() { Put(Key(), "content", {{"x-ms-tags", "project=msc&state=new"}}); }

  // The target of a blob. Signatures of the connector do not permit tags.
  static std::string Key(std::string_view blob = "a.mp4") { return AuthorizedTags(Path(blob)); }

  // With the signature of an account that permits everything, tags too.
  static std::string AuthorizedTags(const std::string& target,
                                    const std::string& permissions = "rwdlactfi") {
    const AccountSas sas{.version = "2020-12-06",
                         .services = "b",
                         .resource_types = "sco",
                         .permissions = permissions,
                         .expires = kExpires};
    const std::string signature = Sign(TestKey(), StringToSign(sas, kAccountName));
    return target + (target.find('?') == std::string::npos ? '?' : '&') +
           "sv=2020-12-06&ss=b&srt=sco&sp=" + permissions + "&se=" + kExpires +
           "&sig=" + PercentEncode(signature);
  }

  http::Response Tag(std::string_view blob, std::string tags) {
    return Put(Key(blob), "x", {{"x-ms-tags", std::move(tags)}});
  }

  http::Response SetTags(std::string set, http::Headers headers = {}) {
    return SendText(Method::kPut, Key() + "&comp=tags",
                    "<Tags><TagSet>" + std::move(set) + "</TagSet></Tags>", std::move(headers));
  }

  std::string GetTags(std::string_view blob = "a.mp4") {
    const auto response = Send(Method::kGet, Key(blob) + "&comp=tags");
    const auto begin = response.body.find("<TagSet>");
    if (begin == std::string::npos) return response.body.substr(response.body.find("<Tags>") + 6);
    return response.body.substr(begin + 8, response.body.find("</TagSet>") - begin - 8);
  }

  static std::string One(const std::string& name, const std::string& value) {
    return "<Tag><Key>" + name + "</Key><Value>" + value + "</Value></Tag>";
  }

  http::Response FindBlobs(const std::string& where, const std::string& more = "") {
    return Send(Method::kGet, AuthorizedTags('/' + std::string(kAccountName) +
                                             "?comp=blobs&where=" + PercentEncode(where) + more));
  }

  // "a b": the names that were found.
  std::string Found(const std::string& where, const std::string& more = "") {
    const auto list = FindBlobs(where, more);
    if (list.status != 200) return Code(list);
    std::string names;
    for (std::size_t at = 0; (at = list.body.find("<Name>", at)) != std::string::npos;) {
      at += 6;
      if (!names.empty()) names += ' ';
      names += list.body.substr(at, list.body.find('<', at) - at);
    }
    return names;
  }

  // As it stands in a query; empty: the list is complete.
  static std::string Marker(const http::Response& list) {
    const auto at = list.body.find("<NextMarker>");
    if (at == std::string::npos) return "";
    const auto begin = at + 12;
    return PercentEncode(list.body.substr(begin, list.body.find('<', begin) - begin));
  }

  // The same as Found, in lists of at most `most` blobs.
  std::string FoundInParts(const std::string& where, int most) {
    const std::string part = "&maxresults=" + std::to_string(most);
    std::string names = Found(where, part);
    for (auto marker = Marker(FindBlobs(where, part)); !marker.empty();) {
      const std::string next = part + "&marker=" + marker;
      names += ' ' + Found(where, next);
      marker = Marker(FindBlobs(where, next));
    }
    return names;
  }

  static auto Count(const std::string& names) {
    std::istringstream words(names);
    return std::set<std::string>(std::istream_iterator<std::string>(words), {}).size();
  }

  static void ExpectError(const http::Response& response, int status, std::string_view code) {
    EXPECT_EQ(response.status, status);
    EXPECT_EQ(Code(response), code);
  }
};

class TagsHeader : public TagsTest {};

TEST_F(TagsHeader, SetsTheTagsOfANewBlob) {
  EXPECT_EQ(GetTags(), One("project", "msc") + One("state", "new"));
  EXPECT_EQ(Value(Send(Method::kHead, Key()), "x-ms-tag-count"), "2");
}

TEST_F(TagsHeader, IsDecoded) {
  Tag("a.mp4", "a%20b=c%2Bd+e&empty=");

  EXPECT_EQ(GetTags(), One("a b", "c+d e") + "<Tag><Key>empty</Key><Value /></Tag>");
}

TEST_F(TagsHeader, ReplacesTagsEvenIfItIsAbsent) {
  Put(Key(), "other");

  EXPECT_EQ(Value(Send(Method::kHead, Key()), "x-ms-tag-count"), "(none)");
  EXPECT_EQ(Found("project = 'msc'"), "");
}

TEST_F(TagsHeader, IsTakenByPutBlockListAndOtherTypes) {
  SendText(Method::kPut, Key("list") + "&comp=block&blockid=MDE%3D", "x");
  SendText(Method::kPut, Key("list") + "&comp=blocklist",
           "<BlockList><Latest>MDE=</Latest></BlockList>", {{"x-ms-tags", "from=list"}});
  SendText(Method::kPut, Key("append"), "",
           {{"x-ms-blob-type", "AppendBlob"}, {"x-ms-tags", "from=append"}});

  EXPECT_EQ(GetTags("list"), One("from", "list"));
  EXPECT_EQ(GetTags("append"), One("from", "append"));
}

TEST_F(TagsHeader, IsChecked) {
  std::string eleven;
  for (char c = 'a'; c <= 'k'; ++c) eleven += std::string(1, c) + "=1&";

  ExpectError(Tag("b", "a=%23"), 400, "InvalidTag");
  ExpectError(Tag("b", "=x"), 400, "EmptyTagName");
  ExpectError(Tag("b", "a=1&a=2"), 400, "DuplicateTagNames");
  ExpectError(Tag("b", eleven), 400, "TagsTooLarge");
  ExpectError(Tag("b", std::string(129, 'n') + "=1"), 400, "TagsTooLarge");
  ExpectError(Tag("b", "a=" + std::string(257, 'v')), 400, "TagsTooLarge");
}

TEST_F(TagsHeader, NeedsThePermissionToTag) {
  const auto target = AuthorizedTags(Path("b"), "rwdlac");

  ExpectError(Put(target, "x", {{"x-ms-tags", "a=1"}}), 403, "AuthorizationPermissionMismatch");
  EXPECT_EQ(Put(target, "x").status, 201);
}

class SetBlobTags : public TagsTest {};

TEST_F(SetBlobTags, ReplacesAllTags) {
  const auto before = Value(Send(Method::kHead, Key()), "ETag");

  EXPECT_EQ(SetTags(One("b", "2") + One("a", "1")).status, 204);

  EXPECT_EQ(GetTags(), One("a", "1") + One("b", "2"));
  EXPECT_EQ(Value(Send(Method::kHead, Key()), "ETag"), before);
  EXPECT_EQ(database_->Read().FindBadRow(), std::nullopt);
}

TEST_F(SetBlobTags, RemovesThemByAnEmptySet) {
  EXPECT_EQ(SendText(Method::kPut, Key() + "&comp=tags", "<Tags><TagSet /></Tags>").status, 204);

  EXPECT_EQ(Value(Send(Method::kHead, Key()), "x-ms-tag-count"), "(none)");
}

TEST_F(SetBlobTags, ChecksTheDocument) {
  ExpectError(SendText(Method::kPut, Key() + "&comp=tags", "<Tags>"), 400, "InvalidXmlDocument");
  ExpectError(SetTags(One("a", "!")), 400, "InvalidTag");
}

TEST_F(SetBlobTags, NeedsABlobAndThePermission) {
  const std::string document = "<Tags><TagSet /></Tags>";

  ExpectError(SendText(Method::kPut, Key("none") + "&comp=tags", document), 404, "BlobNotFound");
  ExpectError(SendText(Method::kPut, AuthorizedTags(Path() + "?comp=tags", "rwdlac"), document),
              403, "AuthorizationPermissionMismatch");
}

class IfTags : public TagsTest {
 protected:
  std::string Read(const std::string& condition) {
    return Code(Send(Method::kGet, Key(), {{"x-ms-if-tags", condition}}));
  }
};

TEST_F(IfTags, DecidesOnReads) {
  EXPECT_EQ(Read("\"project\" = 'msc'"), "(none)");
  EXPECT_EQ(Read("\"project\" = 'other'"), "ConditionNotMet");
  EXPECT_EQ(Read("project <> 'other' AND (state = 'old' OR state = 'new')"), "(none)");
}

TEST_F(IfTags, AreNotMetByATagThatIsNotThere) {
  for (const char* comparison : {"=", "<>", "<", ">"}) {
    EXPECT_EQ(Read("none " + std::string(comparison) + " 'x'"), "ConditionNotMet");
  }
}

TEST_F(IfTags, MayHaveManyComparisonsAndLongValues) {
  std::string condition = "project <> '" + std::string(300, 'x') + "'";
  for (int i = 0; i < 600; ++i) condition += "and project <> 'v" + std::to_string(i) + "'";

  EXPECT_EQ(Read(condition), "(none)");
}

TEST_F(IfTags, DecidesOnWrites) {
  const http::Headers unmet = {{"x-ms-if-tags", "state = 'old'"}};

  ExpectError(Put(Key(), "x", unmet), 412, "ConditionNotMet");
  ExpectError(Put(Key("new"), "x", unmet), 412, "ConditionNotMet");
  ExpectError(SetTags("", unmet), 412, "ConditionNotMet");
  ExpectError(Send(Method::kDelete, Key(), unmet), 412, "ConditionNotMet");
  ExpectError(Send(Method::kGet, Key() + "&comp=blocklist", unmet), 412, "ConditionNotMet");
}

TEST_F(IfTags, MustBeWellFormed) {
  for (const char* condition :
       {"a", "a =", "a = b", "'a' = 'b'", "a = 'b' AND", "(a = 'b'", "a = 'b' c = 'd'", "a ! 'b'",
        "@container = 'b'", "a = 'b", "a = '$'", "a--b = 'c'", "a == 'b'"}) {
    EXPECT_EQ(Read(condition), "InvalidHeaderValue") << condition;
  }
}

class FindBlobsByTags : public TagsTest {
 protected:
  FindBlobsByTags() {
    Tag("b", "project=msc&year=2014");
    Tag("c", "project=msc&year=2016");
    Tag("d", "project=other&year=2015");
  }
};

TEST_F(FindBlobsByTags, FindsBlobsWithAllTags) {
  EXPECT_EQ(Found("project = 'msc'"), "a.mp4 b c");
  EXPECT_EQ(Found("\"project\"='msc' and \"year\">='2015'"), "c");
  EXPECT_EQ(Found("year > '2014' AND year < '2016'"), "d");
  EXPECT_EQ(Found("year <= '2015'"), "b d");
  EXPECT_EQ(Found("none = '1'"), "");
}

TEST_F(FindBlobsByTags, AnswersWithTheComparedTags) {
  const auto list = FindBlobs("year = '2016'");

  EXPECT_THAT(list.body, HasSubstr("<Where>year = '2016'</Where>"));
  EXPECT_THAT(list.body, HasSubstr("<Blob><Name>c</Name><ContainerName>" +
                                   std::string(kContainerName) + "</ContainerName><Tags><TagSet>" +
                                   One("year", "2016") + "</TagSet></Tags></Blob>"));
}

TEST_F(FindBlobsByTags, ComesInParts) {
  EXPECT_EQ(Found("project = 'msc'", "&maxresults=2"), "a.mp4 b");
  EXPECT_EQ(FoundInParts("project = 'msc'", 2), "a.mp4 b c");
}

TEST_F(FindBlobsByTags, FindsEachBlobInOnePart) {
  for (int i = 100; i < 600; ++i) {
    Tag(std::to_string(i), "all=x&odd=" + std::to_string(i % 2) + "&n=" + std::to_string(i));
  }

  EXPECT_EQ(Count(FoundInParts("all = 'x'", 7)), 500);
  EXPECT_EQ(Count(FoundInParts("all = 'x' AND odd = '1'", 20)), 250);
  EXPECT_EQ(Count(FoundInParts("n >= '200' AND n < '300' AND all = 'x'", 9)), 100);
  EXPECT_EQ(FoundInParts("odd = '0' AND n > '500' AND n <= '506'", 2), "502 504 506");
}

TEST_F(FindBlobsByTags, TakesAMarkerOfTheSameSearchOnly) {
  const auto marker = Marker(FindBlobs("project = 'msc'", "&maxresults=2"));

  EXPECT_EQ(Found("year = '2014'", "&marker=" + marker), "InvalidQueryParameterValue");
  EXPECT_EQ(Found("year = '2014'", "&marker=YQ%3D%3D"), "InvalidQueryParameterValue");
}

TEST_F(FindBlobsByTags, LooksInOneContainerIfAsked) {
  ASSERT_TRUE(service_->CreateContainer("other"));
  const std::string other = '/' + std::string(kAccountName) + "/other";
  Put(AuthorizedTags(other + "/z"), "x", {{"x-ms-tags", "year=2016"}});

  EXPECT_EQ(Found("year = '2016'"), "c z");
  EXPECT_EQ(Found("@container = 'other' AND year = '2016'"), "z");
  EXPECT_EQ(Found("@container = 'none' AND year = '2016'"), "");
  const auto list =
      Send(Method::kGet, AuthorizedTags(other + "?restype=container&comp=blobs&where=" +
                                        PercentEncode("year = '2016'")));
  EXPECT_THAT(list.body, HasSubstr("<Name>z</Name>"));
  EXPECT_THAT(list.body, Not(HasSubstr("<Name>c</Name>")));
}

TEST_F(FindBlobsByTags, RejectsWhatIsNoExpression) {
  for (const char* where :
       {"", "year", "year <> '1'", "year = '1' OR year = '2'", "(year = '1')",
        "@container = 'other'", "@other = 'x' AND year = '1'", "year = '1' AND", "'year' = '1'"}) {
    EXPECT_EQ(Found(where), "InvalidQueryParameterValue") << where;
  }
}

TEST_F(FindBlobsByTags, TellsWhatIsWrongInTheWordsOfTheService) {
  const auto problem = [&](const std::string& where) {
    const std::string body = FindBlobs(where).body;
    const auto at = body.find("<Message>") + 9;
    return body.substr(at, body.find('\n', at) - at);
  };
  const std::string near = "Error parsing query at or near character position ";

  EXPECT_EQ(problem("'a' = '1'"), near + "1: expected the name of a tag");
  EXPECT_EQ(problem("a = '1' and @other = '1'"), near + "13: unsupported parameter");
  EXPECT_EQ(problem(std::string(129, 'a') + " = '1'"),
            near + "1: tag must be between 1 and 128 characters in length");
  EXPECT_THAT(problem("a = '" + std::string(257, 'x') + "'"),
              HasSubstr("tag value must be between 0 and 256 characters in length"));
  EXPECT_THAT(problem("a = '@'"), HasSubstr("not permitted in tag name or value"));
}

TEST_F(FindBlobsByTags, ComparesTenTags) {
  std::string where = "@container = 'x'";
  for (char name = 'a'; name < 'k'; ++name) where += std::string(" and ") + name + " = '1'";
  EXPECT_EQ(Found(where), "");

  EXPECT_THAT(FindBlobs(where + " and k = '1'").body,
              HasSubstr("Error parsing query: there can be at most 10 unique tags in a query"));
}

TEST_F(FindBlobsByTags, NeedsAnExpressionAndThePermission) {
  const std::string target = '/' + std::string(kAccountName) + "?comp=blobs";

  ExpectError(Send(Method::kGet, AuthorizedTags(target)), 400, "MissingRequiredQueryParameter");
  ExpectError(Send(Method::kGet, AuthorizedTags(target + "&where=a%3D%271%27", "rwdlact")), 403,
              "AuthorizationPermissionMismatch");
}

TEST_F(FindBlobsByTags, ForgetsDeletedBlobs) {
  Send(Method::kDelete, Key("c"));

  EXPECT_EQ(Found("year = '2016'"), "");
}

class TaggedBlobs : public TagsTest {
 protected:
  http::Response Copy(http::Headers headers) {
    headers.push_back({"x-ms-copy-source", "http://127.0.0.1" + Key()});
    return SendText(Method::kPut, Key("copy"), "", std::move(headers));
  }
};

TEST_F(TaggedBlobs, AreListedWithTheirTagsIfAsked) {
  const auto list = Send(Method::kGet, Container("&comp=list&include=tags"));

  EXPECT_THAT(list.body, HasSubstr("<TagCount>2</TagCount>"));
  EXPECT_THAT(list.body, HasSubstr("<Tags><TagSet>" + One("project", "msc")));
  EXPECT_THAT(Send(Method::kGet, Container("&comp=list")).body, Not(HasSubstr("<Tags>")));
}

TEST_F(TaggedBlobs, AreCopiedWithoutTags) {
  ASSERT_EQ(Copy({}).status, 202);

  EXPECT_EQ(Value(Send(Method::kHead, Key("copy")), "x-ms-tag-count"), "(none)");
}

TEST_F(TaggedBlobs, AreCopiedWithOtherTagsOrTheirOwnIfAsked) {
  Copy({{"x-ms-tags", "a=1"}});
  EXPECT_EQ(GetTags("copy"), One("a", "1"));

  Copy({{"x-ms-copy-source-tag-option", "COPY"}, {"x-ms-requires-sync", "true"}});
  EXPECT_EQ(GetTags("copy"), GetTags());

  ExpectError(Copy({{"x-ms-copy-source-tag-option", "COPY"}, {"x-ms-tags", "a=1"}}), 400,
              "InvalidHeaderValue");
}

TEST_F(TaggedBlobs, AreCopiedOnConditions) {
  ExpectError(Copy({{"x-ms-source-if-tags", "state = 'old'"}}), 412, "SourceConditionNotMet");
}

TEST_F(TaggedBlobs, KeepTheirTagsIfTheyAreChanged) {
  SendText(Method::kPut, Key() + "&comp=metadata", "", {{"x-ms-meta-a", "b"}});

  EXPECT_EQ(GetTags(), One("project", "msc") + One("state", "new"));
}

TEST_F(TaggedBlobs, SurviveARestart) {
  const TemporaryFolder folder;
  Restart(folder.path());
  Tag("a.mp4", "a=1");

  Restart(folder.path());

  EXPECT_EQ(GetTags(), One("a", "1"));
  EXPECT_EQ(Found("a = '1'"), "a.mp4");
}

TEST_F(FindBlobsByTags, FindsNoSnapshots) {
  SendText(Method::kPut, Key() + "&comp=snapshot", "");

  EXPECT_EQ(Found("project='msc'"), "a.mp4 b c");
}

}  // namespace
}  // namespace msc::storage
