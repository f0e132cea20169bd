#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/protocol/paging.h"
#include "storage_stub/protocol/tag_query.h"
#include "storage_stub/records/tag_rows.h"

namespace msc::storage {

// A blob that was found, with those of its tags that were compared.
struct FoundBlob {
  std::string container;
  std::string name;
  Tags tags;
};

// Finds one page of the blobs for which all conditions hold. Each name in the conditions is a way
// to find them: by the tags of that name whose values fit. It is not known which way meets the
// fewest blobs, so all are gone by turns, and the first that has a whole page, or the last blob,
// wins. Its marker says which way the next page goes on.
class TagSearch {
 public:
  // REQUIRES: the references outlive the search.
  TagSearch(sqlite::Transaction& transaction, TagScope scope, const TagWhere& where,
            const PageRequest& request);

  // In the order of containers and names; in which order pages follow each other is not said.
  // kInvalidQueryParameterValue if the marker is none of this search.
  Result<Page<FoundBlob>> Run();

 private:
  // One of the ways.
  struct Way {
    TagRange range;  // What is left of it.
    std::size_t next_step = 128;
    Page<FoundBlob> page = {};
    bool is_done = false;
  };

  // Takes the way of the marker.
  Status ReadMarker();
  void GoOn(Way& way);
  void Add(Way& way, TaggedBlob blob);
  Tags ComparedTags(const Way& way, const TaggedBlob& blob);

  sqlite::Transaction& transaction_;
  const TagScope scope_;
  const TagWhere& where_;
  const PageRequest& request_;
  std::vector<Way> ways_;
  bool compares_one_name_ = false;  // Then no blob on its way is met in vain.
};

}  // namespace msc::storage
