#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "emulator/http/headers.h"
#include "emulator/http/response.h"
#include "storage_stub/extents/digests.h"
#include "storage_stub/model/blob_record.h"
#include "storage_stub/records/blob_store.h"

// The responses about blobs. The ResponseHooks add the headers that all responses share.
namespace msc::storage {

// `now`: the instant at which the request is judged. `overrides` replace stored properties.
http::Response BlobAnswer(const BlobRecord& record, Time now, const http::Headers& overrides);
http::Response RangeAnswer(const OpenBlob& blob, Time now, const http::Headers& overrides,
                           const Digests& digests);
http::Response PropertiesAnswer(const BlobRecord& record, Time now, const http::Headers& overrides);
http::Response MetadataAnswer(const BlobRecord& record);

// A copy as responses tell it: x-ms-copy-status and x-ms-copy-progress of a blob.
const char* NameOf(CopyStatus status);
std::string ProgressOf(const CopyRecord& copy, std::uint64_t blob_size, Time now);

// The state of a blob after a write.
http::Headers WriteHeaders(const BlobRecord& record);

http::Response PutBlobAnswer(const BlobRecord& record, std::string_view version);
// For an append blob or a page blob.
http::Response CreateBlobAnswer(const BlobRecord& record, std::string_view version);
// `md5`: of the source, if the client sent it.
http::Response CopyAnswer(const BlobRecord& record, const Bytes& md5);
http::Response SetPropertiesAnswer(const BlobRecord& record);
http::Response SetMetadataAnswer(const BlobRecord& record, std::string_view version);
http::Response DeleteBlobAnswer(bool is_permanent);

// Adds the header with the version of a blob; 0: it has none.
void AddVersion(http::Headers& headers, std::int64_t version);

}  // namespace msc::storage
