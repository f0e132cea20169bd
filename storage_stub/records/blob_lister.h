#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "storage_stub/records/blob_store.h"

namespace msc::storage {

// Makes one page of a container's blobs. A group of names with a common prefix costs one step,
// however many there are.
class BlobLister {
 public:
  // REQUIRES: both outlive the lister.
  BlobLister(sqlite::Transaction& transaction, std::int64_t container,
             const BlobListRequest& request, Time now);

  Page<BlobListItem> Run();

 private:
  // Where a page begins: at a name, and there at a moment of its history.
  struct Cursor {
    std::string name;
    std::int64_t moment = 0;

    std::string Text() const;
    static Cursor Of(const std::string& text);
  };

  static Cursor After(const BlobListItem& item);

  std::optional<BlobRow> NextRow(const Cursor& from);

  // The first item that is not before `from`.
  std::optional<BlobListItem> Next(const Cursor& from);

  // The prefix that groups `name`; empty: it is not grouped.
  std::string GroupOf(const std::string& name) const;

  sqlite::Transaction& transaction_;
  const std::int64_t container_;
  const BlobListRequest& request_;
  const Time now_;
  const Time since_;
};

}  // namespace msc::storage
