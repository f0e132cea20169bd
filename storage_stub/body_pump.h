#pragma once

#include "emulator/base/crypto.h"
#include "emulator/base/result.h"
#include "emulator/http/body.h"
#include "storage_stub/extent_writer.h"

namespace msc::storage {

// Moves the whole body into `writer`, closes that, and returns the body's MD5; a null `body` is
// empty. Reading, writing and hashing overlap. Errors are those of BodyReader::Read; throws where
// the disk is full or broken.
Result<Bytes> Pump(http::BodyReader* body, ExtentWriter& writer);

}  // namespace msc::storage
