#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "emulator/sqlite/database.h"
#include "storage_stub/extents/extent_file.h"
#include "storage_stub/extents/extent_writer.h"
#include "storage_stub/protocol/byte_range.h"
#include "storage_stub/records/block_rows.h"
#include "storage_stub/records/content.h"

namespace msc::storage {

// The rows for the bytes in `writer`, which is closed, from `start` of a blob on.
std::vector<Block> PagesOf(const ExtentWriter& writer, std::uint64_t start);

// Changes the pages of one blob in a transaction. If the transaction is not committed, the bytes
// that were written for it are freed.
class PageEdit {
 public:
  // Gives the blob pages of its own, if it shares them; `row` must be stored then. `etag`: the
  // number of the write. `name`: of the blob, for messages. REQUIRES: the transaction outlives it.
  PageEdit(sqlite::Transaction& transaction, std::shared_ptr<ExtentFile> file, BlobRow& row,
           std::int64_t etag, std::string name)
      : transaction_(transaction),
        file_(std::move(file)),
        copies_(OwnContent(transaction, file_, row, etag)),
        content_(row.content),
        etag_(etag),
        name_(std::move(name)) {}

  // Removes the pages in a range. Rows that are only partly in it are replaced by rows for the
  // rest. Throws std::runtime_error if the bytes of such a row were changed by somebody else.
  void Clear(const http::ByteRange& range);

  // REQUIRES: the range was cleared.
  void Insert(std::vector<Block> pages);

  // To be called after the commit. Returns the references of the rows that were removed.
  std::vector<Extent> Committed();

 private:
  // Writes the bytes from `first` to `end` of the blob, which `page` has, to an extent of their
  // own.
  void Keep(const Block& page, std::uint64_t first, std::uint64_t end);

  sqlite::Transaction& transaction_;
  const std::shared_ptr<ExtentFile> file_;
  Pin copies_;
  const std::int64_t content_;
  const std::int64_t etag_;
  const std::string name_;
  std::vector<Block> kept_;
  std::vector<std::unique_ptr<ExtentWriter>> writers_;
  std::vector<Extent> gone_;
};

}  // namespace msc::storage
