#pragma once

#include <memory>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "emulator/http/router.h"
#include "storage_stub/access/authorizer.h"
#include "storage_stub/records/block_store.h"

namespace msc::storage {

// Operations on the blocks of a blob. Thread-safe. REQUIRES: all references outlive it.
class BlockHandlers {
 public:
  // `source`: where blocks are copied from. `strict`: size limits are those of the request's
  // version.
  BlockHandlers(const Authorizer& authorizer, BlockStore& blocks, const BlobStore& source,
                std::shared_ptr<ExtentFile> file, const Clock& clock, bool strict)
      : authorizer_(authorizer),
        blocks_(blocks),
        source_(source),
        file_(std::move(file)),
        clock_(clock),
        strict_(strict) {}

  // Also Put Block From URL, which a header tells apart.
  Result<http::Response> PutBlock(const http::Request& request) const;
  Result<http::Response> PutBlockList(const http::Request& request) const;
  Result<http::Response> GetBlockList(const http::Request& request) const;

 private:
  const Authorizer& authorizer_;
  BlockStore& blocks_;
  const BlobStore& source_;
  std::shared_ptr<ExtentFile> file_;
  const Clock& clock_;
  bool strict_;
};

}  // namespace msc::storage
