#include "tests/e2e/crash/state_view.h"

#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "tests/support/child_process.h"
#include "tests/support/raw_client.h"

namespace msc::testing {
namespace {

constexpr const char* kSelectOrphans = R"sql(
  SELECT 'container ' || name FROM container
  WHERE substr(name, 7) NOT IN (SELECT asset_id FROM video)
  UNION ALL SELECT 'policy ' || id FROM policy
  WHERE id NOT IN (SELECT policy_id FROM video WHERE state = 0)
  UNION ALL SELECT 'key ' || id FROM content_key
  WHERE id NOT IN (SELECT key_id FROM video WHERE key_id IS NOT NULL)
  UNION ALL SELECT 'no container of ' || id FROM video
  WHERE 'asset-' || asset_id NOT IN (SELECT name FROM container)
  UNION ALL SELECT 'no policy of ' || id FROM video
  WHERE state = 0 AND policy_id NOT IN (SELECT id FROM policy)
  UNION ALL SELECT 'no key of ' || id FROM video
  WHERE key_id IS NOT NULL AND key_id NOT IN (SELECT id FROM content_key)
)sql";

// Status and body of the key's delivery.
std::string DeliverKey(int port, const std::string& id, const std::string& key_id) {
  const auto answer =
      Call(port, "GET", "/api/Videos/" + id + "/AuthorizationToken?KeyId=" + key_id);
  const auto token = StringMember(BodyOf(answer), "value");
  if (!token) return "no token: " + StatusLine(answer);
  const auto key =
      Call(port, "GET", "/keydelivery?kid=" + key_id, "", "Authorization: " + *token + "\r\n");
  return std::to_string(StatusOf(key)) + ' ' + BodyOf(key);
}

// As /__admin/videos lists it, with the digest of the bytes it has read.
std::string ViewVideo(int port, const nlohmann::json& video) {
  std::string view =
      video.at("state").dump() + video.at("history").dump() + video.at("upload").dump() + ' ';
  const auto& upload = video.at("UploadUri");
  if (upload.is_string()) {
    const auto blob = Call(port, "GET", TargetOf(upload.get<std::string>()));
    view += std::to_string(StatusOf(blob)) + ' ';
    if (StatusOf(blob) == 200) view += std::to_string(std::hash<std::string>()(BodyOf(blob)));
  }
  const auto& key_id = video.at("ContentProtectionKeyId");
  if (key_id.is_string()) {
    view += ' ' + DeliverKey(port, video.at("Id").get<std::string>(), key_id.get<std::string>());
  }
  return view;
}

}  // namespace

StateView ViewState(int port) {
  StateView view;
  const auto list = nlohmann::json::parse(BodyOf(Call(port, "GET", "/__admin/videos")));
  for (const auto& video : list.at("videos")) {
    view.emplace(video.at("Id").get<std::string>(), ViewVideo(port, video));
  }
  return view;
}

bool IsKeyDelivered(int port, const CreatedVideo& video) {
  return DeliverKey(port, video.id, video.key_id).starts_with("200 ");
}

std::string FindOrphans(const std::string& folder) {
  const ScratchFolder copy;
  for (const std::string file : {"/emulator.db", "/emulator.db-wal"}) {
    if (std::filesystem::exists(folder + file)) {
      std::filesystem::copy_file(folder + file, copy.path() + file);
    }
  }
  sqlite3* opened = nullptr;
  sqlite3_open((copy.path() + "/emulator.db").c_str(), &opened);
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> database(opened, sqlite3_close);
  std::string orphans;
  const auto add = [](void* text, int, char** columns, char**) {
    *static_cast<std::string*>(text) += std::string(columns[0]) + '\n';
    return 0;
  };
  char* error = nullptr;
  if (sqlite3_exec(opened, kSelectOrphans, add, &orphans, &error) != SQLITE_OK) {
    throw std::runtime_error(error);
  }
  return orphans;
}

}  // namespace msc::testing
