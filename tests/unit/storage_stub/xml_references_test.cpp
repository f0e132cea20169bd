#include "storage_stub/protocol/xml_references.h"

#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;

TEST(XmlReferences, AreOfCharactersAndTheFiveEntities) {
  for (const char* text :
       {"", "&amp;&lt;&gt;&quot;&apos;", "&#9;&#10;&#13;&#32;", "&#x9;&#xD7FF;&#xE000;&#xFFFD;",
        "&#x10000;&#x10FFFF;", "&#00000000000065;", "<!-- &#0; -->", "<![CDATA[ & &#0; ]]>",
        "<?x &#0; ?>", "<!-- & --><a>&amp;</a>"}) {
    EXPECT_TRUE(HasOnlyXmlReferences(text)) << text;
  }
}

TEST(XmlReferences, AreOfNothingElse) {
  for (const char* text : {"&#0;",
                           "&#x0;",
                           "&#1;",
                           "&#x8;",
                           "&#xB;",
                           "&#x1F;",
                           "&#xD800;",
                           "&#xDFFF;",
                           "&#xFFFE;",
                           "&#xFFFF;",
                           "&#x110000;",
                           "&#x100000041;",
                           "&#4294967361;",
                           "&#-1;",
                           "&#+65;",
                           "&#;",
                           "&#x;",
                           "&#xg;",
                           "&#X41;",
                           "&;",
                           "&",
                           "a & b",
                           "&nbsp;",
                           "&amp",
                           "<!-- --> &#0;",
                           "<![CDATA[]]>&#0;"}) {
    EXPECT_FALSE(HasOnlyXmlReferences(text)) << text;
  }
}

// A document of each kind, with `text` in a value.
struct DocumentRow {
  const char* name;
  std::string target;
  std::string before, after;
};

class XmlDocuments : public ServiceTest, public ::testing::WithParamInterface<DocumentRow> {
 public:
  static std::vector<DocumentRow> Rows() {
    return {
        {"ServiceProperties", '/' + std::string(kAccountName) + "?restype=service&comp=properties",
         "<StorageServiceProperties><Cors><CorsRule><AllowedOrigins>",
         "</AllowedOrigins><AllowedMethods>GET</AllowedMethods><MaxAgeInSeconds>1</MaxAgeInSeconds>"
         "</CorsRule></Cors></StorageServiceProperties>"},
        {"Acl",
         '/' + std::string(kAccountName) + '/' + kContainerName + "?restype=container&comp=acl",
         "<SignedIdentifiers><SignedIdentifier><Id>",
         "</Id></SignedIdentifier></SignedIdentifiers>"},
        {"BlockList", Path() + "?comp=blocklist", "<BlockList><Latest>", "</Latest></BlockList>"}};
  }
};

TEST_P(XmlDocuments, HoldNothingThatIsNoCharacter) {
  for (const char* text : {"a&#xD800;", "a&#xFFFF;", "a&#xFFFE;", "a&#x110000;", "a&#x1;", "&#0;a",
                           "a\xED\xA0\x80", "a\xEF\xBF\xBF", "a\xC3", "a\x01", "a & b"}) {
    const auto response =
        SendByKey(Method::kPut, GetParam().target, GetParam().before + text + GetParam().after);

    EXPECT_EQ(response.status, 400) << text;
    EXPECT_EQ(Code(response), "InvalidXmlDocument") << text;
  }
}

INSTANTIATE_TEST_SUITE_P(Of, XmlDocuments, ::testing::ValuesIn(XmlDocuments::Rows()),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace msc::storage
