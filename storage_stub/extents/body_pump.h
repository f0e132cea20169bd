#pragma once

#include "emulator/base/result.h"
#include "emulator/http/body.h"
#include "storage_stub/extents/digests.h"
#include "storage_stub/extents/extent_writer.h"

namespace msc::storage {

// Writes the whole body to `writer`, closes it, and returns the body's CRC-64 and, if it is wanted,
// its MD5; a null `body` is empty. Reading, writing and digesting overlap. The errors of
// BodyReader::Read; throws if the disk is full or broken.
Result<Digests> Pump(http::BodyReader* body, ExtentWriter& writer, bool wants_md5);

}  // namespace msc::storage
