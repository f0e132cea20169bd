#pragma once

#include "emulator/base/result.h"
#include "emulator/http/body.h"
#include "storage_stub/extents/digests.h"
#include "storage_stub/extents/extent_writer.h"

namespace msc::storage {

// Moves the whole body into `writer`, closes that, and returns the body's digests; a null `body` is
// empty. Reading, writing and digesting overlap. Errors are those of BodyReader::Read; throws where
// the disk is full or broken.
Result<Digests> Pump(http::BodyReader* body, ExtentWriter& writer, WantedDigests wanted);

}  // namespace msc::storage
