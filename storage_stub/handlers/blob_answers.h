#pragma once

#include <string_view>

#include "emulator/http/headers.h"
#include "emulator/http/response.h"
#include "storage_stub/extents/digests.h"
#include "storage_stub/model/blob_record.h"
#include "storage_stub/records/blob_store.h"

// What answers say about a blob; the headers that all answers share are added by the ResponseHooks.
namespace msc::storage {

// `overrides` take the place of stored properties.
http::Response BlobAnswer(const BlobRecord& record, const http::Headers& overrides);
http::Response RangeAnswer(const OpenBlob& blob, const http::Headers& overrides,
                           const Digests& digests);
http::Response PropertiesAnswer(const BlobRecord& record, const http::Headers& overrides);
http::Response MetadataAnswer(const BlobRecord& record);

http::Response PutBlobAnswer(const BlobRecord& record, std::string_view version);
// `md5`: of the source, as far as the client told it.
http::Response CopyAnswer(const BlobRecord& record, const Bytes& md5);
http::Response SetPropertiesAnswer(const BlobRecord& record);
http::Response SetMetadataAnswer(const BlobRecord& record, std::string_view version);
http::Response DeleteBlobAnswer();

// What a write under `version` says of encryption at rest.
void AddServerEncrypted(http::Headers& headers, std::string_view version);

}  // namespace msc::storage
