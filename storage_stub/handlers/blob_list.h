#pragma once

#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"
#include "storage_stub/records/blob_store.h"

namespace msc::storage {

// The parameters of List Blobs.
struct BlobListOrder {
  BlobListRequest list;
  bool metadata = false;
  bool tags = false;
  bool copy = false;
  bool policies = false;  // Immutability policies.
  bool legal_holds = false;
};

// The errors of ReadPageRequest; kInvalidQueryParameterValue for an unknown `include`, and for
// snapshots in a list that is grouped by a delimiter;
// kUnsupportedQueryParameter for a `where`.
Result<BlobListOrder> ReadBlobListOrder(const http::Request& request);

http::Response BlobListAnswer(const http::Request& request, const ResourceName& container,
                              const BlobListOrder& order, const Page<BlobListItem>& page, Time now);

}  // namespace msc::storage
