// Fills the database of a data folder with videos, for scripts/bench million: faster than by
// requests.
//
//   fill_videos DIR COUNT      DIR: that an emulator has used and left
//
// A tenth of the videos is being processed, the others are completed; each has an upload of one
// block.
#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>

#include "emulator/base/crc64.h"

namespace {

constexpr std::uint64_t kExtent = 4096;  // Bytes between two uploads.

// `n` has the numbers of the new videos; ids are spread like random ones.
constexpr const char* kInsertVideos = R"sql(
  CREATE TEMP TABLE n AS
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
    SELECT i, printf('%08x-0000-4000-8000-%012x', (i * 2654435761) % 4294967296, i) AS id FROM n;

  INSERT INTO video (id, created, asset_id, file_id, extension, original_name, policy_id, locator_id,
                     upload_starts_ms, state, next_ms, rest)
  SELECT id, i, id, id, 'mp4', 'video.mp4', id, id, 1700000000000,
         CASE i % 10 WHEN 0 THEN 1 ELSE 2 END,
         CASE i % 10 WHEN 0 THEN 9000000000000 END,
         CASE i % 10 WHEN 0 THEN '{"steps":[{"state":"Completed"}]}' END
  FROM n ORDER BY id;

  INSERT INTO video_history (video_id, number, at_ms, from_state, to_state)
  SELECT id, 1, 1700000000000, 0, 1 FROM n ORDER BY id;

  INSERT INTO container (id, account, name, etag, last_modified_ms)
  SELECT i, 'devstoreaccount1', 'asset-' || id, i, 1700000000000 FROM n;

  INSERT INTO blob (id, container_id, name, size, content_type, content_encoding, content_language,
                    cache_control, content_disposition, md5, etag, created_ms, last_modified_ms,
                    content)
  SELECT i, i, id || '.mp4', 100, 'video/mp4', '', '', '', '', x'', i, 1700000000000, 1700000000000,
         i
  FROM n;

  INSERT INTO committed_block (content, start, ordinal, block_id, offset, length, crc64)
  SELECT i, 0, 0, '', i * 4096, 100, :crc64 FROM n;
)sql";

// Each upload is a hole in the file: 100 zeros.
std::int64_t ChecksumOfAnUpload() {
  msc::Crc64 checksum;
  checksum.Update(std::array<char, 100>());
  return static_cast<std::int64_t>(checksum.value());
}

void Run(sqlite3* database, const std::string& sql) {
  char* text = nullptr;
  if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &text) == SQLITE_OK) return;
  const std::unique_ptr<char, void (*)(void*)> owner(text, sqlite3_free);
  throw std::runtime_error(text == nullptr ? "SQLite failed" : text);
}

void Fill(const std::filesystem::path& folder, std::uint64_t count) {
  sqlite3* opened = nullptr;
  const int code =
      sqlite3_open_v2((folder / "emulator.db").c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr);
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> database(opened, sqlite3_close);
  if (code != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(opened));
  std::string sql = kInsertVideos;
  sql.replace(sql.find(":count"), 6, std::to_string(count));
  sql.replace(sql.find(":crc64"), 6, std::to_string(ChecksumOfAnUpload()));
  Run(opened, "PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; BEGIN;" + sql + "COMMIT");
  std::filesystem::resize_file(folder / "blobs.bytes", (count + 1) * kExtent);  // Sparse.
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) throw std::invalid_argument("usage: fill_videos DIR COUNT");
  Fill(argv[1], std::stoull(argv[2]));
  return EXIT_SUCCESS;
} catch (const std::exception& error) {
  std::cerr << "fill_videos: " << error.what() << '\n';
  return EXIT_FAILURE;
}
