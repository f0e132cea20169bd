#pragma once

#include <string_view>

#include "emulator/http/headers.h"
#include "emulator/http/response.h"
#include "storage_stub/blob_record.h"

// What answers say about a blob; the headers that all answers share are added by the Voice.
namespace msc::storage {

// Everything that a read says; `overrides` take the place of stored properties.
http::Headers BlobHeaders(const BlobRecord& record, const http::Headers& overrides);

http::Response PutBlobAnswer(const BlobRecord& record, std::string_view version);
http::Response PropertiesAnswer(const BlobRecord& record, const http::Headers& overrides);
http::Response DeleteBlobAnswer();

}  // namespace msc::storage
