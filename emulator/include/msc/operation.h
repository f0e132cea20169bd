#pragma once

#include <optional>
#include <string_view>

namespace msc {

// What a request asks for, told by its method, path and query.
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

  // The blob endpoint. A copy is told from a Put Blob by its header x-ms-copy-source.
  kPutBlob,
  kPutBlock,
  kPutBlockList,
  kGetBlockList,
  kGetBlob,
  kGetBlobProperties,  // Its metadata alone, too.
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

  // Of the blob endpoint too, but not served: refused under their own names.
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

  // Of all subjects: OPTIONS with the headers of a browser that asks whether it may.
  kPreflight,

  // Keys and playback.
  kGetKey,
  kGetManifest,
  kGetFragment,
};

inline constexpr int kOperationCount = static_cast<int>(Operation::kGetFragment) + 1;

// "PutBlob" for kPutBlob. Throws std::out_of_range for what is no operation.
std::string_view Name(Operation operation);

// The operation of that name, exactly so; nullopt where there is none.
std::optional<Operation> ParseOperation(std::string_view name);

}  // namespace msc
