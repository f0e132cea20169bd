#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::HasSubstr;
using ::testing::Not;

class ReservedContainersTest : public ServiceTest {
 protected:
  static std::string AccountPath(const std::string& rest) {
    return '/' + std::string(kAccountName) + rest;
  }

  int Create(std::string_view name) {
    return SendText(Method::kPut, Container("", name), "").status;
  }

  http::Response SetProperties(const std::string& sections) {
    return SendText(Method::kPut, Authorized(AccountPath("?restype=service&comp=properties")),
                    "<StorageServiceProperties>" + sections + "</StorageServiceProperties>");
  }

  std::string ListContainers(const std::string& parameters = "") {
    return Send(Method::kGet, Authorized(AccountPath("?comp=list" + parameters))).body;
  }
};

class RootContainer : public ReservedContainersTest {
 protected:
  RootContainer() { EXPECT_EQ(Create("$root"), 201); }
};

TEST_F(RootContainer, HasBlobsThatNeedNoContainerInTheirPath) {
  ASSERT_EQ(Put(Authorized(AccountPath("/favicon.ico")), "icon").status, 201);

  EXPECT_EQ(Content(Send(Method::kGet, Authorized(AccountPath("/favicon.ico")))), "icon");
  EXPECT_EQ(Content(Send(Method::kGet, Authorized(AccountPath("/$root/favicon.ico")))), "icon");
  EXPECT_THAT(Send(Method::kGet, Container("&comp=list", "$root")).body,
              HasSubstr("<Name>favicon.ico</Name>"));
}

TEST_F(RootContainer, IsListedAndDeletedAsOthersAre) {
  EXPECT_THAT(ListContainers(), HasSubstr("<Name>$root</Name>"));
  EXPECT_EQ(Send(Method::kDelete, Container("", "$root")).status, 202);
  EXPECT_EQ(Code(Put(Authorized(AccountPath("/x")), "")), "ContainerNotFound");
}

// The path is signed as it is sent.
TEST_F(RootContainer, IsReadByTheKey) {
  Put(Authorized(AccountPath("/x")), "");

  EXPECT_EQ(SendByKey(Method::kGet, AccountPath("/x")).status, 200);
  EXPECT_EQ(SendByKey(Method::kGet, AccountPath("/$root/x")).status, 200);
}

class LogsContainer : public ReservedContainersTest {
 protected:
  http::Response Log(const std::string& kind) {
    return SetProperties("<Logging><Version>1.0</Version><" + kind + ">true</" + kind +
                         "></Logging>");
  }
};

TEST_F(LogsContainer, IsEmptyFromTheBeginning) {
  EXPECT_THAT(Send(Method::kGet, Container("&comp=list", "$logs")).body, HasSubstr("<Blobs/>"));
  EXPECT_EQ(Send(Method::kGet, Container("", "$logs")).status, 404);
}

TEST_F(LogsContainer, IsThereOnceRequestsAreToBeLogged) {
  EXPECT_EQ(Log("Write").status, 202);
  EXPECT_EQ(Log("Read").status, 202);

  EXPECT_EQ(Send(Method::kGet, Container("", "$logs")).status, 200);
  EXPECT_THAT(ListContainers(), Not(HasSubstr("$logs")));
  EXPECT_THAT(ListContainers("&include=system"), HasSubstr("<Name>$logs</Name>"));
}

TEST_F(LogsContainer, IsMadeAndDeletedByTheServiceAlone) {
  Log("Delete");

  EXPECT_EQ(Create("$logs"), 403);
  EXPECT_EQ(Send(Method::kDelete, Container("", "$logs")).status, 403);
}

class StaticWebsiteTest : public ReservedContainersTest {
 protected:
  StaticWebsiteTest() {
    Create("$web");
    for (const char* page : {"index.html", "404.html", "about/index.html", "style.css"}) {
      Put(Authorized(AccountPath("/$web/" + std::string(page))), page);
    }
    Enable();
  }

  void Enable(const std::string& enabled = "true") {
    SetProperties(
        "<StaticWebsite><Enabled>" + enabled +
        "</Enabled><IndexDocument>index.html</IndexDocument><ErrorDocument404Path>404.html"
        "</ErrorDocument404Path></StaticWebsite>");
  }

  http::Response Visit(const std::string& path, const std::string& zone = "",
                       Method method = Method::kGet, http::Headers headers = {}) {
    http::Request request{.method = method,
                          .target = path,
                          .authority = std::string(kAccountName) + zone + ".web.localhost:10010",
                          .headers = std::move(headers)};
    return service_->Dispatch(request);
  }
};

TEST_F(StaticWebsiteTest, ShowsThePagesOfItsContainer) {
  EXPECT_EQ(Content(Visit("/style.css")), "style.css");
  EXPECT_EQ(Content(Visit("/style.css", ".z6")), "style.css");
  EXPECT_EQ(Content(Send(Method::kGet, AccountPath(".web/style.css"))), "style.css");
}

TEST_F(StaticWebsiteTest, ShowsTheIndexOfAFolder) {
  EXPECT_EQ(Content(Visit("/")), "index.html");
  EXPECT_EQ(Content(Visit("/about/")), "about/index.html");
  EXPECT_EQ(Content(Visit("/about")), "about/index.html");
}

TEST_F(StaticWebsiteTest, ShowsItsOwnPageForThoseThatAreNotThere) {
  const auto response = Visit("/none/");

  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(Content(response), "404.html");
}

TEST_F(StaticWebsiteTest, TellsIfItHasNoSuchPage) {
  Send(Method::kDelete, Authorized(AccountPath("/$web/404.html")));

  EXPECT_EQ(Code(Visit("/none")), "WebContentNotFound");
}

TEST_F(StaticWebsiteTest, IsThereOnlyIfItIsEnabled) {
  Enable("false");

  EXPECT_EQ(Code(Visit("/index.html")), "WebContentNotFound");
}

TEST_F(StaticWebsiteTest, IsReadOnly) {
  EXPECT_EQ(Visit("/index.html", "", Method::kPut).status, 405);
  EXPECT_EQ(Visit("/index.html", "", Method::kHead).status, 200);
}

TEST_F(StaticWebsiteTest, TakesRangesAndConditions) {
  const auto part = Visit("/style.css", "", Method::kGet, {{"Range", "bytes=0-4"}});
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(Content(part), "style");

  const auto etag = Value(Visit("/style.css"), "ETag");
  EXPECT_EQ(Visit("/style.css", "", Method::kGet, {{"If-None-Match", etag}}).status, 304);
}

}  // namespace
}  // namespace msc::storage
