#include "emulator/videos/swagger.h"

#include "emulator/base/text.h"
#include "tests/unit/videos/videos_fixture.h"

namespace msc::videos {
namespace {

using Json = nlohmann::json;

class Swagger : public VideosFixture {
 protected:
  Json Document() const { return Json::parse(Get("/swagger/docs/v1").body); }

  // What the document says of the answer 200 to `method` at `path`: the names of its members,
  // sorted.
  Json MembersOf(const std::string& path, const std::string& method) const {
    const auto document = Document();
    Json schema = document.at("paths").at(path).at(method).at("responses").at("200").at("schema");
    if (schema.contains("items")) schema = Json(schema["items"]);
    const auto name = schema.at("$ref").get<std::string>().substr(1);
    return KeysOf(document.at(Json::json_pointer(name)).at("properties"));
  }

  static Json KeysOf(const Json& object) {
    Json keys = Json::array();
    for (const auto& [key, value] : object.items()) keys.push_back(key);
    return keys;
  }

  Json Answered(const std::string& path) const {
    const auto answer = Json::parse(Get(path).body);
    return KeysOf(answer.is_array() ? answer[0] : answer);
  }
};

TEST_F(Swagger, HasEveryRouteOfTheVideosApiAndNoOther) {
  const auto paths = Document().at("paths");
  std::size_t described = 0;
  for (const auto& [path, methods] : paths.items()) described += methods.size();

  std::size_t served = 0;
  for (const auto* route : service_.router().routes()) {
    if (!route->pattern.starts_with("/api/")) continue;
    ++served;
    EXPECT_TRUE(paths.at(std::string(route->pattern)).contains(ToLower(http::Name(route->method))));
  }
  EXPECT_EQ(served, described);
}

TEST_F(Swagger, HasTheMembersOfEachAnswer) {
  const auto id = CreateId(kProtectedFile);
  const auto key = Json::parse(Get(Path(id)).body).at("ContentProtectionKeyId").get<std::string>();
  ASSERT_TRUE(service_.SetState(id, VideoState::kCompleted, 0, ""));
  const std::string any = "/api/Videos/{id}";

  EXPECT_EQ(MembersOf(any, "get"), Answered(Path(id)));
  EXPECT_EQ(MembersOf(any + "/Status", "get"), Answered(Path(id) + "/Status"));
  EXPECT_EQ(MembersOf(any + "/Thumbnails", "get"), Answered(Path(id) + "/Thumbnails"));
  EXPECT_EQ(MembersOf(any + "/PlaybackEndpoint", "get"),
            Answered(Path(id) + "/PlaybackEndpoint?endpointType=HLS"));
  EXPECT_EQ(MembersOf(any + "/AuthorizationToken", "get"),
            Answered(Path(id) + "/AuthorizationToken?KeyId=" + key));
  EXPECT_EQ(MembersOf("/api/Formats", "get"), Answered("/api/Formats"));
}

TEST_F(Swagger, IsAnsweredAsTheApiIs) {
  const auto response = Get("/swagger/docs/V1/");

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(http::Find(response.headers, "Content-Type"), "application/json; charset=utf-8");
  EXPECT_TRUE(response.body.starts_with(R"({"swagger":"2.0","info":{"version":"v1",)"));
  EXPECT_EQ(Get("/swagger/docs/v2").status, 404);
}

TEST(SwaggerJson, NamesWhereTheApiIs) {
  const auto document = Json::parse(SwaggerJson("https://host.example:8443/path"));

  EXPECT_EQ(document.at("host"), "host.example:8443");
  EXPECT_EQ(document.at("basePath"), "/path");
  EXPECT_EQ(document.at("schemes"), Json::array({"https"}));
  EXPECT_FALSE(Json::parse(SwaggerJson("http://127.0.0.1:1")).contains("basePath"));
}

}  // namespace
}  // namespace msc::videos
