#include "storage_stub/blob_handlers.h"

#include <array>
#include <functional>
#include <utility>

#include "storage_stub/blob_answers.h"
#include "storage_stub/body_pump.h"
#include "storage_stub/extent_source.h"
#include "storage_stub/put_blob.h"
#include "storage_stub/wire.h"

namespace msc::storage {
namespace {

constexpr std::string_view kBlobPath = "/{account}/{container}/{blob*}";

constexpr std::array<std::string_view, 4> kOtherOperations = {wire::kComp, wire::kRestype,
                                                              wire::kSnapshot, wire::kVersionId};

}  // namespace

std::vector<http::Route> Routes(const BlobHandlers& blobs) {
  using enum http::Method;
  using std::bind_front;
  return {
      {kPut, kBlobPath, bind_front(&BlobHandlers::Put, &blobs), http::kNoBodyLimit},
      {kGet, kBlobPath, bind_front(&BlobHandlers::Get, &blobs)},
      {kHead, kBlobPath, bind_front(&BlobHandlers::GetProperties, &blobs)},
      {kDelete, kBlobPath, bind_front(&BlobHandlers::Delete, &blobs)},
  };
}

Result<Access> BlobHandlers::Admit(const http::Request& request, std::string_view any_of) const {
  for (const auto name : kOtherOperations) {
    if (const auto value = request.parameter(name)) {
      return Error{
          ErrorCode::kInvalidQueryParameterValue,
          "no operation on a blob has this parameter",
          {},
          {{wire::kQueryParameterName, std::string(name)}, {wire::kQueryParameterValue, *value}}};
    }
  }
  return authorizer_.Admit(request, any_of);
}

Result<http::Response> BlobHandlers::Put(const http::Request& request) const {
  const auto access = Admit(request, "wc");
  if (!access) return access.error();
  auto order = ReadPutBlob(request, PutBlobLimit(access->version, strict_));
  if (!order) return order.error();
  const BlobStore::PutTerms terms{.may_overwrite = access->permits('w'),
                                  .policy_id = access->policy_id};
  if (auto checked = blobs_.CheckPut(access->name, terms); !checked) return checked.error();

  ExtentWriter writer(file_, order->size);
  auto md5 = Pump(request.body, writer);
  if (!md5) return md5.error();
  if (auto same = CheckMd5(*order, *md5); !same) return same.error();
  order->properties.md5 = *std::move(md5);
  const auto record = blobs_.Put(access->name, order->properties, writer, terms, clock_.Now());
  if (!record) return record.error();
  return PutBlobAnswer(*record, access->version);
}

Result<http::Response> BlobHandlers::Get(const http::Request& request) const {
  const auto access = Admit(request, "r");
  if (!access) return access.error();
  auto blob = blobs_.Open(access->name);
  if (!blob) return blob.error();
  http::Response response{.headers = BlobHeaders(blob->record, access->overrides)};
  response.source = std::make_unique<ExtentSource>(std::move(blob->bytes));
  return response;
}

Result<http::Response> BlobHandlers::GetProperties(const http::Request& request) const {
  const auto access = Admit(request, "r");
  if (!access) return access.error();
  const auto record = blobs_.Find(access->name);
  if (!record) return record.error();
  return PropertiesAnswer(*record, access->overrides);
}

Result<http::Response> BlobHandlers::Delete(const http::Request& request) const {
  const auto access = Admit(request, "d");
  if (!access) return access.error();
  if (auto deleted = blobs_.Delete(access->name); !deleted) return deleted.error();
  return DeleteBlobAnswer();
}

}  // namespace msc::storage
