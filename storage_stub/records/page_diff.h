#pragma once

#include <cstdint>
#include <vector>

#include "emulator/sqlite/database.h"
#include "storage_stub/protocol/byte_range.h"
#include "storage_stub/records/page_rows.h"

namespace msc::storage {

// An earlier state of the pages of a blob.
struct EarlierPages {
  std::int64_t content;
  std::int64_t moment;  // Writes with higher ETags came after it.
};

// At most `most` ranges of pages that were written or cleared since `earlier`, in order, within
// `range`. Runs in the caller's transaction.
std::vector<PageRange> SelectPageDiff(sqlite::Transaction& transaction, std::int64_t content,
                                      const EarlierPages& earlier, const http::ByteRange& range,
                                      std::size_t most);

}  // namespace msc::storage
