#include <msc/operation.h>

#include <algorithm>
#include <array>
#include <utility>

namespace msc {
namespace {

using enum Operation;

// In the order of the enum.
constexpr std::array<std::pair<Operation, std::string_view>, kOperationCount> kNames = {{
    {kCreateVideo, "CreateVideo"},
    {kGetVideo, "GetVideo"},
    {kDeleteVideo, "DeleteVideo"},
    {kMarkComplete, "MarkComplete"},
    {kGetAuthorizationToken, "GetAuthorizationToken"},
    {kGetStatus, "GetStatus"},
    {kGetThumbnails, "GetThumbnails"},
    {kGetThumbnail, "GetThumbnail"},
    {kGetPlaybackEndpoint, "GetPlaybackEndpoint"},
    {kGetFormats, "GetFormats"},
    {kPutBlob, "PutBlob"},
    {kPutBlock, "PutBlock"},
    {kPutBlockList, "PutBlockList"},
    {kGetBlockList, "GetBlockList"},
    {kGetBlob, "GetBlob"},
    {kGetBlobProperties, "GetBlobProperties"},
    {kSetBlobMetadata, "SetBlobMetadata"},
    {kSetBlobProperties, "SetBlobProperties"},
    {kDeleteBlob, "DeleteBlob"},
    {kCopyBlob, "CopyBlob"},
    {kListBlobs, "ListBlobs"},
    {kListContainers, "ListContainers"},
    {kCreateContainer, "CreateContainer"},
    {kDeleteContainer, "DeleteContainer"},
    {kGetContainerProperties, "GetContainerProperties"},
    {kSetContainerMetadata, "SetContainerMetadata"},
    {kGetContainerAcl, "GetContainerAcl"},
    {kSetContainerAcl, "SetContainerAcl"},
    {kGetServiceProperties, "GetServiceProperties"},
    {kSetServiceProperties, "SetServiceProperties"},
    {kGetServiceStats, "GetServiceStats"},
    {kGetAccountInformation, "GetAccountInformation"},
    {kSetBlobTier, "SetBlobTier"},
    {kAbortCopyBlob, "AbortCopyBlob"},
    {kLeaseBlob, "LeaseBlob"},
    {kSnapshotBlob, "SnapshotBlob"},
    {kGetBlobTags, "GetBlobTags"},
    {kSetBlobTags, "SetBlobTags"},
    {kAppendBlock, "AppendBlock"},
    {kSealAppendBlob, "SealAppendBlob"},
    {kPutPage, "PutPage"},
    {kGetPageRanges, "GetPageRanges"},
    {kIncrementalCopyBlob, "IncrementalCopyBlob"},
    {kQueryBlobContents, "QueryBlobContents"},
    {kUndeleteBlob, "UndeleteBlob"},
    {kSetBlobExpiry, "SetBlobExpiry"},
    {kSetImmutabilityPolicy, "SetImmutabilityPolicy"},
    {kDeleteImmutabilityPolicy, "DeleteImmutabilityPolicy"},
    {kSetLegalHold, "SetLegalHold"},
    {kLeaseContainer, "LeaseContainer"},
    {kRestoreContainer, "RestoreContainer"},
    {kRenameContainer, "RenameContainer"},
    {kFindBlobsByTags, "FindBlobsByTags"},
    {kBlobBatch, "BlobBatch"},
    {kGetUserDelegationKey, "GetUserDelegationKey"},
    {kPreflight, "Preflight"},
    {kGetKey, "GetKey"},
    {kGetManifest, "GetManifest"},
    {kGetFragment, "GetFragment"},
}};

static_assert(kNames.back().first == static_cast<Operation>(kNames.size() - 1));

}  // namespace

std::string_view Name(Operation operation) {
  return kNames.at(static_cast<std::size_t>(operation)).second;
}

std::optional<Operation> ParseOperation(std::string_view name) {
  const auto* const found = std::find_if(kNames.begin(), kNames.end(),
                                         [&](const auto& row) { return row.second == name; });
  return found == kNames.end() ? std::nullopt : std::optional(found->first);
}

}  // namespace msc
