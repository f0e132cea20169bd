#include "storage_stub/handlers/routes.h"

#include <functional>

#include "storage_stub/protocol/wire.h"

namespace msc::storage {

std::vector<http::Route> Routes(const ServiceHandlers& service, const ContainerHandlers& containers,
                                const BlobHandlers& blobs, const BlockHandlers& blocks,
                                const AppendHandlers& appends, const PageHandlers& pages,
                                const TagHandlers& tags, const HistoryHandlers& history,
                                const LeaseHandlers& leases,
                                const ImmutabilityHandlers& immutability,
                                const BatchHandlers& batches) {
  using enum http::Method;
  using enum Operation;
  using std::bind_front;
  using Service = ServiceHandlers;
  using Containers = ContainerHandlers;
  using Blobs = BlobHandlers;
  using Blocks = BlockHandlers;
  using Appends = AppendHandlers;
  using Pages = PageHandlers;
  constexpr auto kBytes = http::kNoBodyLimit;  // Each operation has its own limit.
  return {
      {kGet, "/{account}?comp=list", bind_front(&Containers::List, &containers), kListContainers},
      {kGet, "/{account}?comp=blobs", bind_front(&TagHandlers::FindInAccount, &tags),
       kFindBlobsByTags},
      {kPost, "/{account}?comp=batch", bind_front(&BatchHandlers::Run, &batches),
       Operation::kBlobBatch, BatchHandlers::kMaxBody},
      {kGet, "/{account}?restype=service&comp=properties",
       bind_front(&Service::GetProperties, &service), kGetServiceProperties},
      {kPut, "/{account}?restype=service&comp=properties",
       bind_front(&Service::SetProperties, &service), kSetServiceProperties},
      {kGet, "/{account}?restype=service&comp=stats", bind_front(&Service::GetStats, &service),
       kGetServiceStats},
      {kPost, "/{account}?restype=service&comp=userdelegationkey",
       bind_front(&Service::GetUserDelegationKey, &service), kGetUserDelegationKey},
      {kGet, "/{account}?restype=account&comp=properties",
       bind_front(&Service::GetAccountInformation, &service), kGetAccountInformation},
      {kGet, "/{account}/{container}?restype=account&comp=properties",
       bind_front(&Service::GetAccountInformation, &service), kGetAccountInformation},
      {kGet, "/{account}/{container}/{blob*}?restype=account&comp=properties",
       bind_front(&Service::GetAccountInformation, &service), kGetAccountInformation},
      {kHead, "/{account}/{container}/{blob*}?restype=account&comp=properties",
       bind_front(&Service::GetAccountInformation, &service), kGetAccountInformation},

      {kGet, "/{account}/{container}?restype=container&comp=list", bind_front(&Blobs::List, &blobs),
       kListBlobs},
      {kGet, "/{account}/{container}?restype=container&comp=blobs",
       bind_front(&TagHandlers::FindInContainer, &tags), kFindBlobsByTags},
      {kPost, "/{account}/{container}?restype=container&comp=batch",
       bind_front(&BatchHandlers::Run, &batches), Operation::kBlobBatch, BatchHandlers::kMaxBody},
      {kGet, "/{account}/{container}?restype=container&comp=acl",
       bind_front(&Containers::GetAcl, &containers), kGetContainerAcl},
      {kPut, "/{account}/{container}?restype=container&comp=acl",
       bind_front(&Containers::SetAcl, &containers), kSetContainerAcl},
      {kPut, "/{account}/{container}?restype=container&comp=lease",
       bind_front(&LeaseHandlers::ChangeContainer, &leases), kLeaseContainer},
      {kPut, "/{account}/{container}?restype=container&comp=metadata",
       bind_front(&Containers::SetMetadata, &containers), kSetContainerMetadata},
      {kGet, "/{account}/{container}?restype=container&comp=metadata",
       bind_front(&Containers::GetProperties, &containers), kGetContainerProperties},
      {kPut, "/{account}/{container}?restype=container",
       bind_front(&Containers::Create, &containers), kCreateContainer},
      {kGet, "/{account}/{container}?restype=container",
       bind_front(&Containers::GetProperties, &containers), kGetContainerProperties},
      {kDelete, "/{account}/{container}?restype=container",
       bind_front(&Containers::Delete, &containers), kDeleteContainer},

      {kPut, "/{account}/{container}/{blob*}?comp=block", bind_front(&Blocks::PutBlock, &blocks),
       kPutBlock, kBytes},
      {kPut, "/{account}/{container}/{blob*}?comp=blocklist",
       bind_front(&Blocks::PutBlockList, &blocks), kPutBlockList, kBytes},
      {kGet, "/{account}/{container}/{blob*}?comp=blocklist",
       bind_front(&Blocks::GetBlockList, &blocks), kGetBlockList},
      {kPut, "/{account}/{container}/{blob*}?comp=appendblock",
       bind_front(&Appends::AppendBlock, &appends), kAppendBlock, kBytes},
      {kPut, "/{account}/{container}/{blob*}?comp=seal", bind_front(&Appends::Seal, &appends),
       kSealAppendBlob},
      {kPut, "/{account}/{container}/{blob*}?comp=page", bind_front(&Pages::PutPage, &pages),
       kPutPage, kBytes},
      {kGet, "/{account}/{container}/{blob*}?comp=pagelist", bind_front(&Pages::GetRanges, &pages),
       kGetPageRanges},
      {kGet, "/{account}/{container}/{blob*}?comp=tags", bind_front(&TagHandlers::Get, &tags),
       kGetBlobTags},
      {kPut, "/{account}/{container}/{blob*}?comp=tags", bind_front(&TagHandlers::Set, &tags),
       kSetBlobTags},
      {kPut, "/{account}/{container}/{blob*}?comp=lease",
       bind_front(&LeaseHandlers::ChangeBlob, &leases), kLeaseBlob},
      {kGet, "/{account}/{container}/{blob*}?comp=metadata",
       bind_front(&Blobs::GetMetadata, &blobs), kGetBlobProperties},
      {kHead, "/{account}/{container}/{blob*}?comp=metadata",
       bind_front(&Blobs::GetMetadata, &blobs), kGetBlobProperties},
      {kPut, "/{account}/{container}/{blob*}?comp=metadata",
       bind_front(&Blobs::SetMetadata, &blobs), kSetBlobMetadata},
      {kPut, "/{account}/{container}/{blob*}?comp=properties",
       bind_front(&Blobs::SetProperties, &blobs), kSetBlobProperties},
      {kPut, "/{account}/{container}/{blob*}?comp=tier", bind_front(&Blobs::SetTier, &blobs),
       kSetBlobTier},
      {kPut, "/{account}/{container}/{blob*}?comp=copy", bind_front(&Blobs::AbortCopy, &blobs),
       kAbortCopyBlob},
      {kPut, "/{account}/{container}/{blob*}?comp=snapshot",
       bind_front(&HistoryHandlers::Snapshot, &history), kSnapshotBlob},
      {kPut, "/{account}/{container}/{blob*}?comp=immutabilitypolicies",
       bind_front(&ImmutabilityHandlers::SetPolicy, &immutability), kSetImmutabilityPolicy},
      {kDelete, "/{account}/{container}/{blob*}?comp=immutabilitypolicies",
       bind_front(&ImmutabilityHandlers::DeletePolicy, &immutability), kDeleteImmutabilityPolicy},
      {kPut, "/{account}/{container}/{blob*}?comp=legalhold",
       bind_front(&ImmutabilityHandlers::SetLegalHold, &immutability), kSetLegalHold},
      {kPut, "/{account}/{container}/{blob*}?comp=undelete",
       bind_front(&HistoryHandlers::Undelete, &history), kUndeleteBlob},
      {kPut, "/{account}/{container}/{blob*}", bind_front(&Blobs::Put, &blobs), kPutBlob, kBytes},
      {kGet, "/{account}/{container}/{blob*}", bind_front(&Blobs::Get, &blobs), kGetBlob},
      {kHead, "/{account}/{container}/{blob*}", bind_front(&Blobs::GetProperties, &blobs),
       kGetBlobProperties},
      {kDelete, "/{account}/{container}/{blob*}", bind_front(&HistoryHandlers::Delete, &history),
       kDeleteBlob},
  };
}

std::vector<std::string> CompsOf(const std::vector<http::Route>& routes) {
  std::vector<std::string> comps;
  for (const auto& route : routes) {
    const http::Request conditions{.target = std::string(route.pattern)};
    if (auto comp = conditions.parameter(wire::kComp)) comps.push_back(*std::move(comp));
  }
  return comps;
}

}  // namespace msc::storage
