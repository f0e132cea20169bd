#include <filesystem>
#include <fstream>
#include <span>

#include "migrations.h"
#include "storage_stub/model/blob_type.h"
#include "storage_stub/model/bytes_file.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::HasSubstr;

// Of the schema before a name's blob had a history.
constexpr std::size_t kWithoutHistory = 3;

constexpr std::string_view kInsertOldContainer = R"sql(
  INSERT INTO container (id, account, name, etag, last_modified_ms)
  VALUES (1, :account, :name, 1, 1427139000000)
)sql";

constexpr std::string_view kInsertOldBlob = R"sql(
  INSERT INTO blob (id, container_id, name, size, content_type, content_encoding, content_language,
                    cache_control, content_disposition, md5, etag, created_ms, last_modified_ms,
                    type, is_sealed, sequence_number, tag_count)
  VALUES (:id, 1, :name, :size, 'text/plain', '', '', '', '', x'', :id + 1, 1427139000000,
          1427139001000, :type, :is_sealed, :sequence_number, :tag_count)
)sql";

constexpr std::string_view kInsertOldBlock = R"sql(
  INSERT INTO committed_block (blob_id, start, ordinal, block_id, offset, length, crc64)
  VALUES (:blob_id, :start, :ordinal, '', :offset, :length, :crc64)
)sql";

constexpr std::string_view kInsertOldTag = R"sql(
  INSERT INTO blob_tag (blob_id, name, value) VALUES (3, 'project', 'msc')
)sql";

constexpr std::string_view kInsertOldMetadata = R"sql(
  INSERT INTO blob_metadata (blob_id, ordinal, name, value) VALUES (3, 0, 'a', 'b')
)sql";

constexpr std::string_view kUpdateOldEtag = "UPDATE last_etag SET value = 100";

struct OldBlob {
  std::int64_t id;
  std::string_view name;
  std::int64_t size;
  BlobType type = BlobType::kBlock;
  std::int64_t sequence_number = 0;
  std::int64_t tag_count = 0;
};

// A folder with blobs of every type, as the program left it before the schema had their history.
class MigrationTest : public ServiceTest {
 protected:
  MigrationTest() {
    Stop();
    Write();
    Restart(folder_.path());
  }

  void Write() {
    sqlite::Database database(folder_.path() + "/test.db");
    database.Migrate("storage", std::span(kMigrations).first<kWithoutHistory>());
    auto transaction = database.Write();
    transaction.Prepare(kInsertOldContainer)
        .Bind(":account", kAccountName)
        .Bind(":name", kContainerName)
        .Run();
    Add(transaction, {.id = 1, .name = "append", .size = 7, .type = BlobType::kAppend});
    AddBlock(transaction, 1, 0, "one ");
    AddBlock(transaction, 1, 4, "two");
    Add(transaction,
        {.id = 2, .name = "page", .size = 1536, .type = BlobType::kPage, .sequence_number = 7});
    AddBlock(transaction, 2, 512, std::string(512, 'p'));
    Add(transaction, {.id = 3, .name = "block", .size = 5, .tag_count = 1});
    AddBlock(transaction, 3, 0, "block");
    for (const auto sql : {kInsertOldTag, kInsertOldMetadata, kUpdateOldEtag}) {
      transaction.Prepare(sql).Run();
    }
    transaction.Commit();
    std::ofstream(folder_.path() + '/' + std::string(kBytesFile), std::ios::binary) << bytes_;
  }

  static void Add(sqlite::Transaction& transaction, const OldBlob& blob) {
    transaction.Prepare(kInsertOldBlob)
        .Bind(":id", blob.id)
        .Bind(":name", blob.name)
        .Bind(":size", blob.size)
        .Bind(":type", static_cast<std::int64_t>(blob.type))
        .Bind(":is_sealed", std::int64_t{0})
        .Bind(":sequence_number", blob.sequence_number)
        .Bind(":tag_count", blob.tag_count)
        .Run();
  }

  // With bytes in a region of their own.
  void AddBlock(sqlite::Transaction& transaction, std::int64_t blob, std::int64_t start,
                const std::string& bytes) {
    Crc64 crc64;
    crc64.Update(bytes);
    transaction.Prepare(kInsertOldBlock)
        .Bind(":blob_id", blob)
        .Bind(":start", start)
        .Bind(":ordinal", std::int64_t{start > 0 && blob == 1})
        .Bind(":offset", static_cast<std::int64_t>(bytes_.size()))
        .Bind(":length", static_cast<std::int64_t>(bytes.size()))
        .Bind(":crc64", static_cast<std::int64_t>(crc64.value()))
        .Run();
    bytes_ += bytes;
    bytes_.resize((bytes_.size() + kRegion - 1) / kRegion * kRegion);
  }

  http::Response Get(std::string_view blob) { return Send(Method::kGet, Target(blob)); }

  static constexpr std::size_t kRegion = 4096;

  const TemporaryFolder folder_;
  std::string bytes_;
};

TEST_F(MigrationTest, KeepsAppendBlobsAndTheirBlocks) {
  EXPECT_EQ(Content(Get("append")), "one two");
  EXPECT_EQ(Value(Get("append"), "x-ms-blob-committed-block-count"), "2");

  SendText(Method::kPut, Target("append") + "&comp=appendblock", " three");

  EXPECT_EQ(Content(Get("append")), "one two three");
}

TEST_F(MigrationTest, KeepsPageBlobsAndWhereTheyHaveBytes) {
  EXPECT_EQ(Content(Get("page")),
            std::string(512, '\0') + std::string(512, 'p') + std::string(512, '\0'));
  EXPECT_EQ(Value(Get("page"), "x-ms-blob-sequence-number"), "7");
  EXPECT_THAT(Send(Method::kGet, Target("page") + "&comp=pagelist").body,
              HasSubstr("<PageList><PageRange><Start>512</Start><End>1023</End></PageRange>"
                        "</PageList>"));

  SendText(Method::kPut, Target("page") + "&comp=page", std::string(512, 'q'),
           {{"x-ms-page-write", "update"}, {"x-ms-range", "bytes=1024-1535"}});

  EXPECT_EQ(Content(Get("page")),
            std::string(512, '\0') + std::string(512, 'p') + std::string(512, 'q'));
}

TEST_F(MigrationTest, KeepsTagsMetadataAndTimes) {
  const auto blob = Get("block");

  EXPECT_EQ(Content(blob), "block");
  EXPECT_EQ(Value(blob, "x-ms-tag-count"), "1");
  EXPECT_EQ(Value(blob, "x-ms-meta-a"), "b");
  EXPECT_EQ(Value(blob, "Content-Type"), "text/plain");
  EXPECT_EQ(Value(blob, "ETag"), "\"0x4\"");
  EXPECT_EQ(Value(blob, "Last-Modified"), "Mon, 23 Mar 2015 19:30:01 GMT");
  EXPECT_EQ(Value(blob, "x-ms-lease-state"), "available");
}

TEST_F(MigrationTest, LeavesRecordsThatObeyAllRules) {
  auto transaction = database_->Read();

  EXPECT_EQ(transaction.FindBadRow(), std::nullopt);
}

TEST_F(MigrationTest, LetsOldBlobsHaveAHistory) {
  ASSERT_EQ(Send(Method::kPut, Target("append") + "&comp=snapshot").status, 201);

  SendText(Method::kPut, Target("append") + "&comp=appendblock", " three");

  EXPECT_EQ(Content(Get("append")), "one two three");
  EXPECT_THAT(Send(Method::kGet, Container("&comp=list&include=snapshots")).body,
              HasSubstr("<Snapshot>"));
}

TEST_F(MigrationTest, FreesTheBytesOfOldBlobsThatAreDeleted) {
  for (const char* blob : {"append", "page", "block"}) {
    EXPECT_EQ(Send(Method::kDelete, Target(blob)).status, 202);
  }

  EXPECT_EQ(std::filesystem::file_size(folder_.path() + '/' + std::string(kBytesFile)), 0u);
}

}  // namespace
}  // namespace msc::storage
