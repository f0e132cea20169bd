#pragma once

#include <array>
#include <filesystem>
#include <string>

#include "emulator/control/archive/emulator_state.h"
#include "emulator/control/archive/state_archive.h"
#include "emulator/keys/key_service.h"
#include "emulator/sqlite/database.h"
#include "tests/unit/control/archive/support.h"

namespace msc::control {

inline constexpr std::array<std::string_view, 1> kVideoTables = {
    "CREATE TABLE video (name TEXT NOT NULL) STRICT;"};
inline const sqlite::RecordRules kVideoTableRules = {
    .columns = {{"video", "name", sqlite::Text([](auto) { return true; }, "a text")}}};
inline constexpr std::string_view kInsertVideo = "INSERT INTO video (name) VALUES (:name)";
inline constexpr std::string_view kSelectVideos = "SELECT name FROM video";

// The state of one emulator, without sockets; a table of names represents its videos.
class Instance {
 public:
  explicit Instance(std::uint64_t seed = 42, const std::string& account = storage::kAccountName)
      : random(seed, 0),
        blobs({.accounts = {{account, {storage::TestKey()}}}, .data_directory = folder.path()},
              database, clock, random) {
    database.Migrate("videos", kVideoTables, kVideoTableRules);
  }

  // The container and its policy, as an upload URL needs them.
  Instance& WithContainer() {
    EXPECT_TRUE(blobs.CreateContainer(storage::kContainerName));
    EXPECT_TRUE(
        blobs.SetPolicy(storage::kContainerName, {.id = storage::kPolicyId, .permissions = "rwd"}));
    return *this;
  }

  http::Response Send(http::Method method, const std::string& blob,
                      const std::string& parameters = "", std::string text = "",
                      http::Headers headers = {}) const {
    FakeBody body(std::move(text));
    http::Request request{.method = method, .headers = std::move(headers), .body = &body};
    request.target = '/' + blobs.default_account() + '/' + storage::kContainerName + '/' + blob +
                     '?' + Query() + parameters;
    return blobs.Dispatch(request);
  }

  int Put(const std::string& blob, std::string text) const {
    return Send(http::Method::kPut, blob, "", std::move(text), {{"x-ms-blob-type", "BlockBlob"}})
        .status;
  }

  // Status, headers and body.
  std::string Get(const std::string& blob, const std::string& parameters = "") const {
    const auto response = Send(http::Method::kGet, blob, parameters);
    std::string all = std::to_string(response.status) + '\n';
    for (const auto& [name, value] : response.headers) {
      if (name != "x-ms-request-id") all += name + ": " + value + '\n';
    }
    return all + (response.source ? ReadAll(*response.source) : response.body);
  }

  void AddVideo(const std::string& name) {
    auto transaction = database.Write();
    transaction.Prepare(kInsertVideo).Bind(":name", name).Run();
    transaction.Commit();
  }

  // "one two "
  std::string Videos() {
    auto transaction = database.Read();
    auto select = transaction.Prepare(kSelectVideos);
    std::string names;
    while (select.Step()) names += select.Text(0) + ' ';
    return names;
  }

  std::uint64_t BytesInUse() const {
    return std::filesystem::file_size(folder.path() + "/blobs.bytes");
  }

  std::string Export() const { return ReadAll(*archive.Export()); }

  Result<StateManifest> Import(const std::string& bytes) {
    FakeBody body(bytes);
    const auto import = archive.Read(body);
    if (!import) return import.error();
    if (auto replaced = archive.Replace(*import); !replaced) return replaced.error();
    return import->manifest;
  }

  const storage::TemporaryFolder folder;
  Clock clock{storage::At("2015-03-23T19:35:07Z")};
  Random random;
  sqlite::Database database{folder.path() + "/emulator.db"};
  storage::BlobService blobs;
  keys::KeyService keys{database, clock, random};
  EmulatorState state{{.database = database,
                       .blobs = blobs,
                       .clock = clock,
                       .random = random,
                       .log = [](LogLevel, std::string_view) {},
                       .on_records_replaced = [this] { ++times_replaced; }}};
  StateArchive archive{state};
  int times_replaced = 0;

 private:
  std::string Query() const {
    return blobs.SignByPolicy(storage::kContainerName, storage::kPolicyId,
                              storage::At(storage::kStarts), storage::At(storage::kExpires));
  }
};

}  // namespace msc::control
