#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::HasSubstr;

class ServicePropertiesTest : public ServiceTest {
 protected:
  static std::string Properties() {
    return Authorized('/' + std::string(kAccountName) + "?restype=service&comp=properties");
  }

  http::Response Set(const std::string& sections) {
    return SendText(Method::kPut, Properties(),
                    "<StorageServiceProperties>" + sections + "</StorageServiceProperties>");
  }

  static std::string Rule(const std::string& origins, const std::string& methods) {
    return "<CorsRule><AllowedOrigins>" + origins + "</AllowedOrigins><AllowedMethods>" + methods +
           "</AllowedMethods><MaxAgeInSeconds>60</MaxAgeInSeconds>"
           "<ExposedHeaders>x-ms-meta-*,ETag</ExposedHeaders>"
           "<AllowedHeaders>x-ms-*</AllowedHeaders></CorsRule>";
  }

  http::Response Preflight(const std::string& origin, const std::string& method) {
    return Send(Method::kOptions, Path(),
                {{"Origin", origin}, {"Access-Control-Request-Method", method}});
  }
};

class GetServicePropertiesTest : public ServicePropertiesTest {};

TEST_F(GetServicePropertiesTest, BeginWithTheRuleOfTheUploadPage) {
  const auto response = Send(Method::kGet, Properties());

  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(response.body, HasSubstr("<AllowedMethods>PUT,GET,HEAD,POST</AllowedMethods>"));
}

class SetServicePropertiesTest : public ServicePropertiesTest {};

TEST_F(SetServicePropertiesTest, ChangeWhoMayCall) {
  EXPECT_EQ(Set("<Cors>" + Rule("https://app.example", "DELETE") + "</Cors>").status, 202);

  const auto allowed = Preflight("https://app.example", "DELETE");
  EXPECT_EQ(allowed.status, 200);
  EXPECT_EQ(Value(allowed, "Access-Control-Max-Age"), "60");
  EXPECT_EQ(Preflight("https://app.example", "PUT").status, 403);
  EXPECT_EQ(Preflight("https://other.example", "DELETE").status, 403);
}

TEST_F(SetServicePropertiesTest, TakeOriginsWithAStar) {
  Set("<Cors>" + Rule("https://*.example", "GET") + "</Cors>");

  EXPECT_EQ(Preflight("https://app.example", "GET").status, 200);
  EXPECT_EQ(Preflight("https://example", "GET").status, 403);
  EXPECT_EQ(Preflight("http://app.example", "GET").status, 403);
}

TEST_F(SetServicePropertiesTest, MakeAnswersDependOnTheOriginWhereTheRuleDoes) {
  Put(Target(), "x");
  Set("<Cors>" + Rule("https://app.example", "GET") + "</Cors>");

  const auto response = Send(Method::kGet, Target(), {{"Origin", "https://app.example"}});

  EXPECT_EQ(Value(response, "Access-Control-Allow-Origin"), "https://app.example");
  EXPECT_EQ(Value(response, "Access-Control-Expose-Headers"), "ETag");
  EXPECT_EQ(Value(response, "Vary"), "Origin");
}

TEST_F(SetServicePropertiesTest, WithoutRulesLetNobodyCall) {
  EXPECT_EQ(Set("<Cors />").status, 202);

  EXPECT_EQ(Preflight("https://app.example", "GET").status, 403);
}

TEST_F(SetServicePropertiesTest, KeepTheSectionsThatARequestLeavesOut) {
  Set("<Cors>" + Rule("https://app.example", "GET") + "</Cors>");
  Set("<DefaultServiceVersion>2020-12-06</DefaultServiceVersion>");

  const auto body = Send(Method::kGet, Properties()).body;
  EXPECT_THAT(body, HasSubstr("<AllowedOrigins>https://app.example</AllowedOrigins>"));
  EXPECT_THAT(body, HasSubstr("<DefaultServiceVersion>2020-12-06</DefaultServiceVersion>"));
}

TEST_F(SetServicePropertiesTest, SurviveARestart) {
  TemporaryFolder folder;
  Restart(folder.path());
  Set("<Cors>" + Rule("https://app.example", "GET") + "</Cors>");

  Restart(folder.path());

  EXPECT_EQ(Preflight("https://app.example", "GET").status, 200);
  EXPECT_EQ(Preflight("https://other.example", "GET").status, 403);
}

constexpr std::string_view kPoisonRules =
    "INSERT INTO service_property (account, name, xml) VALUES ('cvprbl203m01r12', 'Cors', '<Cors>"
    "<CorsRule><AllowedOrigins>&#xD800;</AllowedOrigins></CorsRule></Cors>')";

TEST_F(SetServicePropertiesTest, ThatAreStoredAndInvalidCountAsNeverSetAndAreNamedInTheLog) {
  TemporaryFolder folder;
  Restart(folder.path());
  Set("<DefaultServiceVersion>2020-12-06</DefaultServiceVersion>");
  {
    auto transaction = database_->Write();
    transaction.Prepare(kPoisonRules).Run();
    transaction.Commit();
  }

  Restart(folder.path());

  EXPECT_THAT(log_,
              HasSubstr("table service_property, key account='cvprbl203m01r12', name='Cors'"));
  EXPECT_EQ(Preflight("https://app.example", "PUT").status, 200);
  EXPECT_THAT(Send(Method::kGet, Properties()).body,
              AllOf(HasSubstr("2020-12-06"), HasSubstr("<AllowedOrigins>*</AllowedOrigins>")));
}

struct BadProperties {
  const char* name;
  std::string sections;
  const char* code;
};

class SetServicePropertiesBadBodies : public ServicePropertiesTest,
                                      public ::testing::WithParamInterface<BadProperties> {};

TEST_P(SetServicePropertiesBadBodies, AreRefusedAndChangeNothing) {
  const auto response = Set(GetParam().sections);

  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(Code(response), GetParam().code);
  EXPECT_EQ(Preflight("https://app.example", "PUT").status, 200);
}

INSTANTIATE_TEST_SUITE_P(
    Sections, SetServicePropertiesBadBodies,
    ::testing::Values(BadProperties{"Unknown", "<Colour>red</Colour>", "UnsupportedXmlNode"},
                      BadProperties{"NotClosed", "<Cors>", "InvalidXmlDocument"},
                      BadProperties{"Control", "<Logging>&#1;</Logging>", "InvalidXmlDocument"},
                      BadProperties{"Twice", "<Cors/><Cors/>", "InvalidXmlDocument"},
                      BadProperties{"Version", "<DefaultServiceVersion>new</DefaultServiceVersion>",
                                    "InvalidXmlNodeValue"},
                      BadProperties{"NoOrigin",
                                    "<Cors><CorsRule><AllowedMethods>GET</AllowedMethods>"
                                    "<MaxAgeInSeconds>1</MaxAgeInSeconds></CorsRule></Cors>",
                                    "InvalidXmlNodeValue"},
                      BadProperties{"NoAge",
                                    "<Cors><CorsRule><AllowedOrigins>*</AllowedOrigins>"
                                    "<AllowedMethods>GET</AllowedMethods></CorsRule></Cors>",
                                    "InvalidXmlNodeValue"},
                      BadProperties{
                          "UnknownMethod",
                          "<Cors><CorsRule><AllowedOrigins>*</AllowedOrigins><AllowedMethods>FETCH"
                          "</AllowedMethods><MaxAgeInSeconds>1</MaxAgeInSeconds></CorsRule></Cors>",
                          "InvalidXmlNodeValue"}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace msc::storage
