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
  // The first item whose name is not less than `from`.
  std::optional<BlobListItem> Next(const std::string& from);

  // The prefix that groups `name`; empty: it is not grouped.
  std::string GroupOf(const std::string& name) const;

  sqlite::Transaction& transaction_;
  const std::int64_t container_;
  const BlobListRequest& request_;
  const Time now_;
  const Time since_;
};

}  // namespace msc::storage
