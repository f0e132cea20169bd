#pragma once

#include <msc/export.h>

#include <optional>
#include <string_view>

namespace msc {

// The operation that a request asks for, determined by its method, path and query.
enum class Operation {
  // The Videos API.
  kCreateVideo,
  kGetVideo,
  kDeleteVideo,
  kMarkComplete,
  kGetAuthorizationToken,
  kGetStatus,
  kGetThumbnails,
  kGetThumbnail,
  kGetPlaybackEndpoint,
  kGetFormats,

  // The blob endpoint. A copy differs from a Put Blob by its header x-ms-copy-source.
  kPutBlob,
  kPutBlock,
  kPutBlockList,
  kGetBlockList,
  kGetBlob,
  kGetBlobProperties,  // Also for the metadata alone.
  kSetBlobMetadata,
  kSetBlobProperties,
  kDeleteBlob,
  kCopyBlob,
  kListBlobs,
  kListContainers,
  kCreateContainer,
  kDeleteContainer,
  kGetContainerProperties,
  kSetContainerMetadata,
  kGetContainerAcl,
  kSetContainerAcl,
  kGetServiceProperties,
  kSetServiceProperties,
  kGetServiceStats,
  kGetAccountInformation,
  kSetBlobTier,
  kAbortCopyBlob,

  // Of the blob endpoint too. Those that are not served are rejected under their own names.
  kLeaseBlob,
  kSnapshotBlob,
  kGetBlobTags,
  kSetBlobTags,
  kAppendBlock,
  kSealAppendBlob,
  kPutPage,
  kGetPageRanges,
  kIncrementalCopyBlob,
  kQueryBlobContents,
  kUndeleteBlob,
  kSetBlobExpiry,
  kSetImmutabilityPolicy,
  kDeleteImmutabilityPolicy,
  kSetLegalHold,
  kLeaseContainer,
  kRestoreContainer,
  kRenameContainer,
  kFindBlobsByTags,
  kBlobBatch,
  kGetUserDelegationKey,

  // Of all subjects: OPTIONS with the headers of a CORS preflight.
  kPreflight,

  // Keys and playback.
  kGetKey,
  kGetManifest,
  kGetFragment,
};

inline constexpr int kOperationCount = static_cast<int>(Operation::kGetFragment) + 1;

// "PutBlob" for kPutBlob. Throws std::out_of_range for any other value.
MSC_EXPORT std::string_view Name(Operation operation);

// The operation with exactly that name; nullopt if there is none.
MSC_EXPORT std::optional<Operation> ParseOperation(std::string_view name);

}  // namespace msc
