#include "storage_stub/routes.h"

#include <functional>

namespace msc::storage {

std::vector<http::Route> Routes(const ServiceHandlers& service, const ContainerHandlers& containers,
                                const BlobHandlers& blobs, const BlockHandlers& blocks) {
  using enum http::Method;
  using std::bind_front;
  using Service = ServiceHandlers;
  using Containers = ContainerHandlers;
  using Blobs = BlobHandlers;
  using Blocks = BlockHandlers;
  constexpr auto kBytes = http::kNoBodyLimit;  // Each operation has its own.
  return {
      {kGet, "/{account}?comp=list", bind_front(&Containers::List, &containers)},
      {kGet, "/{account}?restype=service&comp=properties",
       bind_front(&Service::GetProperties, &service)},
      {kPut, "/{account}?restype=service&comp=properties",
       bind_front(&Service::SetProperties, &service)},
      {kGet, "/{account}?restype=account&comp=properties",
       bind_front(&Service::GetAccountInformation, &service)},

      {kGet, "/{account}/{container}?restype=container&comp=list",
       bind_front(&Blobs::List, &blobs)},
      {kGet, "/{account}/{container}?restype=container&comp=acl",
       bind_front(&Containers::GetAcl, &containers)},
      {kPut, "/{account}/{container}?restype=container&comp=acl",
       bind_front(&Containers::SetAcl, &containers)},
      {kPut, "/{account}/{container}?restype=container&comp=metadata",
       bind_front(&Containers::SetMetadata, &containers)},
      {kGet, "/{account}/{container}?restype=container&comp=metadata",
       bind_front(&Containers::GetProperties, &containers)},
      {kPut, "/{account}/{container}?restype=container",
       bind_front(&Containers::Create, &containers)},
      {kGet, "/{account}/{container}?restype=container",
       bind_front(&Containers::GetProperties, &containers)},
      {kDelete, "/{account}/{container}?restype=container",
       bind_front(&Containers::Delete, &containers)},

      {kPut, "/{account}/{container}/{blob*}?comp=block", bind_front(&Blocks::PutBlock, &blocks),
       kBytes},
      {kPut, "/{account}/{container}/{blob*}?comp=blocklist",
       bind_front(&Blocks::PutBlockList, &blocks), kBytes},
      {kGet, "/{account}/{container}/{blob*}?comp=blocklist",
       bind_front(&Blocks::GetBlockList, &blocks)},
      {kGet, "/{account}/{container}/{blob*}?comp=metadata",
       bind_front(&Blobs::GetMetadata, &blobs)},
      {kHead, "/{account}/{container}/{blob*}?comp=metadata",
       bind_front(&Blobs::GetMetadata, &blobs)},
      {kPut, "/{account}/{container}/{blob*}?comp=metadata",
       bind_front(&Blobs::SetMetadata, &blobs)},
      {kPut, "/{account}/{container}/{blob*}?comp=properties",
       bind_front(&Blobs::SetProperties, &blobs)},
      {kPut, "/{account}/{container}/{blob*}", bind_front(&Blobs::Put, &blobs), kBytes},
      {kGet, "/{account}/{container}/{blob*}", bind_front(&Blobs::Get, &blobs)},
      {kHead, "/{account}/{container}/{blob*}", bind_front(&Blobs::GetProperties, &blobs)},
      {kDelete, "/{account}/{container}/{blob*}", bind_front(&Blobs::Delete, &blobs)},
  };
}

}  // namespace msc::storage
