#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class ContainersTest : public ServiceTest {
 protected:
  http::Response List(std::string_view parameters = "") {
    return Send(Method::kGet, Container("&comp=list" + std::string(parameters)));
  }

  http::Response ListContainers(std::string_view parameters = "") {
    return Send(Method::kGet, Authorized('/' + std::string(kAccountName) + "?comp=list" +
                                         std::string(parameters)));
  }

  // What stands between the first pair of tags.
  static std::string Between(const std::string& text, const std::string& open,
                             const std::string& close) {
    const auto begin = text.find(open);
    if (begin == std::string::npos) return {};
    const auto end = text.find(close, begin);
    return text.substr(begin + open.size(), end - begin - open.size());
  }

  // Names in a list, with "/" after a prefix's.
  static std::string Names(const std::string& body) {
    std::string names;
    for (std::size_t at = 0; (at = body.find("<Name>", at)) != std::string::npos; ++at) {
      if (!names.empty()) names += ' ';
      names += Between(body.substr(at), "<Name>", "</Name>");
    }
    return names;
  }

  static std::string Marker(const std::string& body) {
    return Between(body, "<NextMarker>", "</NextMarker>");
  }
};

class CreateContainerAndDeleteContainer : public ContainersTest {};

TEST_F(CreateContainerAndDeleteContainer, AreMadeAndTakenAway) {
  const std::string target = Container("", "second");
  const auto created = Send(Method::kPut, target, {{"x-ms-meta-purpose", "test"}});
  EXPECT_EQ(created.status, 201);

  EXPECT_EQ(Code(Send(Method::kPut, target)), "ContainerAlreadyExists");

  const auto properties = Send(Method::kHead, target);
  EXPECT_EQ(properties.status, 200);
  EXPECT_EQ(Value(properties, "x-ms-meta-purpose"), "test");
  EXPECT_EQ(Value(properties, "ETag"), Value(created, "ETag"));

  EXPECT_EQ(Send(Method::kDelete, target).status, 202);
  EXPECT_EQ(Code(Send(Method::kGet, target)), "ContainerNotFound");
  EXPECT_EQ(Send(Method::kDelete, target).status, 404);
}

class GetContainerPropertiesAnswer : public ContainersTest {};

TEST_F(GetContainerPropertiesAnswer, IsTheSameToHeadAndGet) {
  const std::string target = Container("", "second");
  const auto created = Send(Method::kPut, target, {{"x-ms-meta-purpose", "test"}});

  for (const auto method : {Method::kHead, Method::kGet}) {
    const auto properties = Send(method, target);
    EXPECT_EQ(properties.status, 200);
    EXPECT_EQ(Value(properties, "x-ms-meta-purpose"), "test");
    EXPECT_EQ(Value(properties, "ETag"), Value(created, "ETag"));
  }
}

TEST_F(CreateContainerAndDeleteContainer, HaveNamesThatFit) {
  EXPECT_EQ(Code(Send(Method::kPut, Container("", "Second"))), "InvalidResourceName");
}

class DeleteContainerConditions : public ContainersTest {};

TEST_F(DeleteContainerConditions, GoOnlyUnderTheirConditions) {
  EXPECT_EQ(
      Send(Method::kDelete, Container(), {{"If-Unmodified-Since", "Mon, 23 Mar 2015 19:35:06 GMT"}})
          .status,
      412);
}

TEST_F(CreateContainerAndDeleteContainer, CannotBeMadeWithTheSignatureOfAContainer) {
  const auto response =
      Send(Method::kPut,
           Target("").substr(0, Target("").find('?') - 1) + "?restype=container&" +
               service_->SignByPolicy(kContainerName, kPolicyId, At(kStarts), At(kExpires)));

  EXPECT_EQ(response.status, 404);  // As versions before 2015-04-05 say it.
}

class SetContainerMetadataOfContainers : public ContainersTest {};

TEST_F(SetContainerMetadataOfContainers, ChangeTheirMetadata) {
  EXPECT_EQ(Send(Method::kPut, Container("&comp=metadata"), {{"x-ms-meta-a", "1"}}).status, 200);

  EXPECT_EQ(Value(Send(Method::kGet, Container("&comp=metadata")), "x-ms-meta-a"), "1");
}

class ListBlobsOfContainers : public ContainersTest {};

TEST_F(ListBlobsOfContainers, ListTheirBlobs) {
  Put(Target("b.txt"), "two", {{"Content-Type", "text/plain"}, {"x-ms-meta-k", "<v>"}});
  Put(Target("a.txt"), "one");

  const auto response = List("&include=metadata");

  EXPECT_EQ(Value(response, "Content-Type"), "application/xml");
  EXPECT_EQ(Names(response.body), "a.txt b.txt");
  EXPECT_THAT(response.body,
              AllOf(HasSubstr("<EnumerationResults ServiceEndpoint=\"http://127.0.0.1/"
                              "cvprbl203m01r12/\" ContainerName=\"asset-"),
                    HasSubstr("<Content-Length>3</Content-Length><Content-Type>text/plain"),
                    HasSubstr("<BlobType>BlockBlob</BlobType>"),
                    HasSubstr("<Metadata><k>&lt;v&gt;</k></Metadata>"),
                    HasSubstr("<NextMarker /></EnumerationResults>")));
}

TEST_F(ListBlobsOfContainers, ListPageByPage) {
  for (const char* name : {"a", "b", "c"}) Put(Target(name), "x");

  const auto first = List("&maxresults=2");
  EXPECT_EQ(Names(first.body), "a b");
  ASSERT_NE(Marker(first.body), "");

  const auto second = List("&maxresults=2&marker=" + PercentEncode(Marker(first.body)));
  EXPECT_EQ(Names(second.body), "c");
  EXPECT_EQ(Marker(second.body), "");
}

TEST_F(ListBlobsOfContainers, GoOnBehindANameThatIsTheMarker) {
  for (const char* name : {"a", "b", "c"}) Put(Target(name), "x");

  EXPECT_EQ(Marker(List("&maxresults=2").body), "b");
  EXPECT_EQ(Names(List("&marker=b").body), "c");
  EXPECT_EQ(Names(List("&marker=aa").body), "b c");
}

TEST_F(ListBlobsOfContainers, EncodeMarkersThatClientsWouldReadWrongly) {
  for (const char* name : {"2!a", "a%20", "%EF%BF%BE", "%EF%BF%BF"}) Put(Target(name), "x");

  std::string marker;
  int pages = 0;
  do {
    ++pages;
    marker = Marker(List("&maxresults=1&marker=" + PercentEncode(marker)).body);
    EXPECT_TRUE(marker.empty() || marker.starts_with("2!")) << marker;
  } while (!marker.empty());
  EXPECT_EQ(pages, 4);
}

TEST_F(ListBlobsOfContainers, ListFolders) {
  for (const char* name : {"a/1", "a/2", "b", "c/d/3", "c0"}) Put(Target(name), "x");

  EXPECT_EQ(Names(List("&delimiter=/").body), "a/ b c/ c0");
  EXPECT_EQ(Names(List("&delimiter=/&prefix=c/").body), "c/d/");
  EXPECT_EQ(Names(List("&delimiter=/&prefix=a/").body), "a/1 a/2");
  EXPECT_EQ(Names(List("&prefix=c").body), "c/d/3 c0");
  EXPECT_THAT(List("&delimiter=/").body, HasSubstr("<BlobPrefix><Name>a/</Name></BlobPrefix>"));
}

TEST_F(ListBlobsOfContainers, ListFoldersPageByPage) {
  for (const char* name : {"a/1", "a/2", "b/1", "c"}) Put(Target(name), "x");

  std::string names, marker;
  do {
    const auto page = List("&delimiter=/&maxresults=1&marker=" + PercentEncode(marker));
    names += Names(page.body) + ' ';
    marker = Marker(page.body);
  } while (!marker.empty());

  EXPECT_EQ(names, "a/ b/ c ");
}

TEST_F(ListBlobsOfContainers, ListBlobsWithoutContentWhenAsked) {
  SendText(Method::kPut, Target("waiting") + "&comp=block&blockid=AAAA", "x");
  Put(Target("whole"), "x");

  EXPECT_EQ(Names(List().body), "whole");
  EXPECT_EQ(Names(List("&include=uncommittedblobs").body), "waiting whole");
}

TEST_F(ListBlobsOfContainers, ListNamesThatXmlCannotCarry) {
  Put(Target("%EF%BF%BE"), "x");

  EXPECT_THAT(List().body, HasSubstr("<Name Encoded=\"true\">%EF%BF%BE</Name>"));
}

struct BadParameter {
  const char* name;
  const char* parameters;
  const char* code;
};

class ListBlobsBadParameters : public ContainersTest,
                               public ::testing::WithParamInterface<BadParameter> {};

TEST_P(ListBlobsBadParameters, AreRefused) {
  EXPECT_EQ(Code(List(GetParam().parameters)), GetParam().code);
  EXPECT_EQ(Code(ListContainers(GetParam().parameters)), GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(
    Values, ListBlobsBadParameters,
    ::testing::Values(BadParameter{"NoResults", "&maxresults=0", "OutOfRangeQueryParameterValue"},
                      BadParameter{"NegativeResults", "&maxresults=-1",
                                   "OutOfRangeQueryParameterValue"},
                      BadParameter{"Marker", "&marker=2!hello!", "InvalidQueryParameterValue"},
                      BadParameter{"Include", "&include=everything", "InvalidQueryParameterValue"}),
    [](const auto& row) { return row.param.name; });

class ListContainersOfAnAccount : public ContainersTest {};

TEST_F(ListContainersOfAnAccount, AreListed) {
  Send(Method::kPut, Container("", "one"), {{"x-ms-meta-k", "v"}});
  Send(Method::kPut, Container("", "two"));

  EXPECT_EQ(Names(ListContainers("&prefix=o").body), "one");
  EXPECT_THAT(ListContainers("&include=metadata&prefix=o").body,
              HasSubstr("<Metadata><k>v</k></Metadata>"));
  const auto first = ListContainers("&maxresults=2");
  EXPECT_EQ(Names(first.body), std::string(kContainerName) + " one");
  EXPECT_EQ(Names(ListContainers("&marker=" + PercentEncode(Marker(first.body))).body), "two");
}

TEST_F(ListContainersOfAnAccount, GoOnBehindTheContainerThatIsTheMarker) {
  for (const char* name : {"list", "list-a", "list-b"}) Send(Method::kPut, Container("", name));

  const auto second = ListContainers("&prefix=list&maxresults=1&marker=list");
  EXPECT_EQ(Names(second.body), "list-a");
  EXPECT_EQ(Marker(second.body), "list-a");
  const auto last = ListContainers("&prefix=list&maxresults=1&marker=list-a");
  EXPECT_EQ(Names(last.body), "list-b");
  EXPECT_EQ(Marker(last.body), "");
  EXPECT_EQ(Names(ListContainers("&prefix=list&marker=list-aa").body), "list-b");
}

constexpr const char* kTwoPolicies =
    "<SignedIdentifiers><SignedIdentifier><Id>one</Id><AccessPolicy>"
    "<Start>2015-03-23T00:00:00.0000000Z</Start><Expiry>2015-03-24</Expiry>"
    "<Permission>rl</Permission></AccessPolicy></SignedIdentifier>"
    "<SignedIdentifier><Id>t&amp;o</Id></SignedIdentifier></SignedIdentifiers>";

class PoliciesTest : public ContainersTest {
 protected:
  static std::string Acl() {
    return '/' + std::string(kAccountName) + '/' + kContainerName + "?restype=container&comp=acl";
  }
};

class SetContainerAclAndGetContainerAcl : public PoliciesTest {};

TEST_F(SetContainerAclAndGetContainerAcl, AreSetAndTold) {
  EXPECT_EQ(SendByKey(Method::kPut, Acl(), kTwoPolicies).status, 200);

  EXPECT_THAT(SendByKey(Method::kGet, Acl()).body,
              HasSubstr("<SignedIdentifiers><SignedIdentifier><Id>one</Id><AccessPolicy>"
                        "<Start>2015-03-23T00:00:00.0000000Z</Start>"
                        "<Expiry>2015-03-24T00:00:00.0000000Z</Expiry>"
                        "<Permission>rl</Permission></AccessPolicy></SignedIdentifier>"
                        "<SignedIdentifier><Id>t&amp;o</Id><AccessPolicy></AccessPolicy>"));
  EXPECT_FALSE(service_->FindPolicy(kContainerName, kPolicyId));
}

TEST_F(SetContainerAclAndGetContainerAcl, GoWithAnEmptyBody) {
  EXPECT_EQ(SendByKey(Method::kPut, Acl()).status, 200);

  EXPECT_EQ(Send(Method::kGet, Target()).status, 403);
}

TEST_F(SetContainerAclAndGetContainerAcl, AreNotForSignatures) {
  EXPECT_EQ(Code(Send(Method::kGet, Container("&comp=acl"))), "AuthorizationFailure");
}

struct BadAcl {
  const char* name;
  std::string body;
  const char* code;
};

class SetContainerAclBadBodies : public PoliciesTest,
                                 public ::testing::WithParamInterface<BadAcl> {};

TEST_P(SetContainerAclBadBodies, AreRefusedAndChangeNothing) {
  EXPECT_EQ(Code(SendByKey(Method::kPut, Acl(), GetParam().body)), GetParam().code);

  EXPECT_TRUE(service_->FindPolicy(kContainerName, kPolicyId));
}

std::string Identifiers(std::initializer_list<std::string> ids) {
  std::string xml = "<SignedIdentifiers>";
  for (const auto& id : ids) xml += "<SignedIdentifier><Id>" + id + "</Id></SignedIdentifier>";
  return xml + "</SignedIdentifiers>";
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, SetContainerAclBadBodies,
    ::testing::Values(
        BadAcl{"NoXml", "policies", "InvalidXmlDocument"},
        BadAcl{"Six", Identifiers({"1", "2", "3", "4", "5", "6"}), "InvalidXmlDocument"},
        BadAcl{"Misspelt", "<SignedIdentifiers><Foo/></SignedIdentifiers>", "InvalidXmlDocument"},
        BadAcl{"Twice", Identifiers({"1", "1"}), "InvalidXmlNodeValue"},
        BadAcl{"NoId", Identifiers({""}), "InvalidXmlNodeValue"},
        BadAcl{"LongId", Identifiers({std::string(65, 'i')}), "InvalidXmlNodeValue"}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace msc::storage
