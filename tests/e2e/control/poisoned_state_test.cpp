// Archives of a state whose database holds what no operation writes.
#include <sqlite3.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

#include "tests/e2e/control/control_fixture.h"
#include "tests/support/blob_client.h"
#include "tests/unit/control/archive/support.h"

namespace msc {
namespace {

using namespace msc::testing;
using ::testing::AllOf;
using ::testing::HasSubstr;

// The database after `sql`, which may break every rule that SQLite would enforce.
std::string Changed(const std::string& database, const std::string& sql) {
  const storage::TemporaryFolder folder;
  const std::string path = folder.path() + "/emulator.db";
  std::ofstream(path, std::ios::binary) << database;
  sqlite3* opened = nullptr;
  sqlite3_open(path.c_str(), &opened);
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> connection(opened, sqlite3_close);
  const std::string all =
      "PRAGMA ignore_check_constraints = ON; PRAGMA writable_schema = ON;" + sql;
  if (sqlite3_exec(opened, all.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    throw std::runtime_error(sqlite3_errmsg(opened));
  }
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class PoisonedState : public ControlTest {
 protected:
  PoisonedState() {
    const auto video = CreateVideo(port(), R"(,"ContentProtectionMode":"AES128")");
    Put("videos/" + video.id + "/program", R"({"steps":[{"state":"Processing","polls":2}]})");
    BlobClient blobs(port(), video.upload_target);
    blobs.PutBlock("a.mp4", "QUFB", "block");
    blobs.PutBlock("b.mp4", "QUFB", "block");
    blobs.PutBlockList("a.mp4", {"QUFB"});
    MarkComplete(port(), CreateVideo(port(), R"(,"InputStorageEncryptionMode":"AES256")"));
    emulator_.SetState(Get("videos").json.at("videos").at(1).at("Id").get<std::string>(),
                       VideoState::kFailed, "why");
  }

  control::Files Files() const {
    RawClient client(port());
    client.Send("GET /__admin/state HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    return *control::Unpack(BodyOf(client.ReadToEnd().value()));
  }

  // What an emulator answers to the archive with its database changed by `sql`.
  AdminAnswer Import(int to, const std::string& sql) const {
    auto files = Files();
    for (auto& [name, text] : files) {
      if (name == "emulator.db") text = Changed(text, sql);
    }
    auto raw = Call(to, "PUT", "/__admin/state", control::Pack(files),
                    "Content-Type: application/x-tar\r\n");
    auto json = Json::parse(BodyOf(raw), nullptr, /*allow_exceptions=*/false);
    return {StatusOf(raw), std::move(json), std::move(raw)};
  }
};

struct Poison {
  const char* name;
  const char* sql;
  const char* table;
  const char* column;
};

class PoisonedRows : public PoisonedState, public ::testing::WithParamInterface<Poison> {};

TEST_P(PoisonedRows, AreRefusedByTableKeyAndColumnAndChangeNothing) {
  Emulator other;
  CreateVideo(other.Port());

  const auto answer = Import(other.Port(), GetParam().sql);

  EXPECT_EQ(answer.status, 400) << answer.raw;
  EXPECT_THAT(answer.json.value("detail", ""),
              AllOf(HasSubstr(std::string("table ") + GetParam().table + ", key "),
                    HasSubstr(std::string(", column ") + GetParam().column)));
  EXPECT_EQ(other.Videos().size(), 1u);
  EXPECT_EQ(other.Videos().at(0).state, VideoState::kPending);
}

constexpr Poison kPoisons[] = {
    {"Polls", "UPDATE video SET state = 1, polls_left = -1", "video", "polls_left"},
    {"HugePolls", "UPDATE video SET state = 1, polls_left = 1 << 40", "video", "polls_left"},
    {"TextInAnInteger",
     "UPDATE sqlite_schema SET sql = replace(sql, 'next_ms INTEGER', 'next_ms BLOB') "
     "WHERE name = 'video'; PRAGMA writable_schema = RESET; PRAGMA writable_schema = ON;"
     "UPDATE video SET state = 1, next_ms = x'41';"
     "UPDATE sqlite_schema SET sql = replace(sql, 'next_ms BLOB', 'next_ms INTEGER') "
     "WHERE name = 'video'",
     "video", "next_ms"},
    {"State", "UPDATE video SET state = 9", "video", "state"},
    {"NextOfPending",
     "UPDATE video SET state = 0, failure_code = 0, failure_reason = '', "
     "next_ms = 5",
     "video", "next_ms"},
    {"Time", "UPDATE video SET upload_starts_ms = 9223372036854775000", "video",
     "upload_starts_ms"},
    {"HalfASecond", "UPDATE video SET upload_starts_ms = upload_starts_ms + 1", "video",
     "upload_starts_ms"},
    {"Program", "UPDATE video SET program = '{\"steps\":[{\"state\":\"Pending\"}]}'", "video",
     "program"},
    {"VideoId", "UPDATE video SET id = 'X' || id", "video", "id"},
    {"UpperId", "UPDATE video SET file_id = upper(file_id) || ''", "video", "file_id"},
    {"Extension", "UPDATE video SET extension = 'm' || char(13) || char(10)", "video", "extension"},
    {"OtherExtension", "UPDATE video SET extension = 'mov'", "video", "original_name"},
    {"InputKey", "UPDATE video SET input_key = x'00'", "video", "input_key"},
    {"InputIv", "UPDATE video SET input_iv = NULL", "video", "input_iv"},
    {"FailureCode", "UPDATE video SET failure_code = 1000", "video", "failure_code"},
    {"Reason", "UPDATE video SET failure_reason = CAST(x'FF' AS TEXT)", "video", "failure_reason"},
    {"HistoryState", "UPDATE video_history SET to_state = 4", "video_history", "to_state"},
    {"KeySize", "UPDATE content_key SET bytes = x'00'", "content_key", "bytes"},
    {"SigningKey", "UPDATE signing_key SET bytes = x''", "signing_key", "bytes"},
    {"Container", "UPDATE container SET name = 'A--' || id", "container", "name"},
    {"ContainerTime", "UPDATE container SET last_modified_ms = -99999999999999999", "container",
     "last_modified_ms"},
    {"MetadataName",
     "INSERT INTO blob_metadata VALUES (1, 0, 'a' || char(13) || char(10) || 'X', 'b')",
     "blob_metadata", "name"},
    {"MetadataValue",
     "INSERT INTO blob_metadata VALUES (1, 0, 'a', 'b' || char(13) || char(10) || 'X: y')",
     "blob_metadata", "value"},
    {"MetadataTwice", "INSERT INTO blob_metadata VALUES (1, 0, 'a', ''), (1, 1, 'A', '')",
     "blob_metadata", "name"},
    {"MetadataSize", "INSERT INTO blob_metadata VALUES (1, 0, 'a', printf('%8192d', 1))",
     "blob_metadata", "value"},
    {"MetadataOfNoBlob", "INSERT INTO blob_metadata VALUES (999, 0, 'a', '')", "blob_metadata",
     "blob_id"},
    {"ContentType", "UPDATE blob SET content_type = 'a' || char(10)", "blob", "content_type"},
    {"Etag", "UPDATE blob SET etag = -1", "blob", "etag"},
    {"LastEtag", "UPDATE last_etag SET value = 1", "last_etag", "value"},
    {"BlobName", "UPDATE blob SET name = 'a/../b'", "blob", "name"},
    {"BlobSize", "UPDATE blob SET size = size + 1", "blob", "size"},
    {"Copy", "UPDATE blob SET copy_source = 'http://a/b'", "blob", "copy_id"},
    {"Tier", "UPDATE blob SET tier_is_set = 2", "blob", "tier_is_set"},
    {"Moment", "UPDATE blob SET moment = 1", "blob", "moment"},
    {"SharedContent",
     "INSERT INTO blob (container_id, name, content, size, content_type, content_encoding,"
     " content_language, cache_control, content_disposition, md5, etag, created_ms,"
     " last_modified_ms) SELECT container_id, 'other', content, size, '', '', '', '', '', x'',"
     " etag, created_ms, last_modified_ms FROM blob LIMIT 1",
     "blob", "content"},
    {"Rehydration", "UPDATE blob SET rehydrate_tier = 1", "blob", "rehydrated_ms"},
    {"Lease", "UPDATE blob SET lease_seconds = 15", "blob", "lease_id"},
    {"ContainerLease", "UPDATE container SET lease_id = 'x', lease_seconds = -1", "container",
     "lease_id"},
    {"Deletion", "UPDATE blob SET purged_ms = 1", "blob", "purged_ms"},
    {"BlobType", "UPDATE blob SET type = 3", "blob", "type"},
    {"SealedBlockBlob", "UPDATE blob SET is_sealed = 1", "blob", "is_sealed"},
    {"SequenceNumber", "UPDATE blob SET sequence_number = 1", "blob", "sequence_number"},
    {"SizeOfPages", "UPDATE blob SET type = 2", "blob", "size"},
    {"AppendedBlockId", "UPDATE blob SET type = 1", "committed_block", "block_id"},
    {"TagCount", "UPDATE blob SET tag_count = 1", "blob", "tag_count"},
    {"TagName", "INSERT INTO blob_tag SELECT 1, '#', '', container_id FROM blob", "blob_tag",
     "name"},
    {"TagValue", "INSERT INTO blob_tag SELECT 1, 'a', '#', container_id FROM blob", "blob_tag",
     "value"},
    {"TagOfNoBlob", "INSERT INTO blob_tag SELECT 999, 'a', '', container_id FROM blob", "blob_tag",
     "blob_id"},
    {"BlockId", "UPDATE committed_block SET block_id = '?'", "committed_block", "block_id"},
    {"BlockLength", "UPDATE committed_block SET length = -1", "committed_block", "length"},
    {"BlockElsewhere", "UPDATE committed_block SET offset = offset + 1", "committed_block",
     "offset"},
    {"WaitingBlockId", "UPDATE uncommitted_block SET block_id = ''", "uncommitted_block",
     "block_id"},
    {"WaitingBlockLength", "UPDATE uncommitted_block SET length = -length", "uncommitted_block",
     "length"},
    {"PolicyPermissions", "UPDATE policy SET permissions = 'z'", "policy", "permissions"},
    {"PolicyTime", "UPDATE policy SET expires_ms = 1 << 62", "policy", "expires_ms"},
    {"PolicyId", "UPDATE policy SET id = id || char(0)", "policy", "id"},
    {"Section", "INSERT INTO service_property VALUES ('devstoreaccount1', 'Colour', '<Colour/>')",
     "service_property", "name"},
    {"Rules",
     "INSERT INTO service_property VALUES ('devstoreaccount1', 'Cors', '<Cors><x/></Cors>')",
     "service_property", "xml"},
};

INSTANTIATE_TEST_SUITE_P(Of, PoisonedRows, ::testing::ValuesIn(kPoisons),
                         [](const auto& row) { return std::string(row.param.name); });

TEST_F(PoisonedState, WithoutPoisonIsTaken) {
  Emulator other;

  EXPECT_EQ(Import(other.Port(), "").status, 200);

  EXPECT_EQ(other.Videos().size(), 2u);
}

}  // namespace
}  // namespace msc
