#include "storage_stub/blob_store.h"

#include <optional>
#include <string>
#include <utility>

#include "storage_stub/blob_rows.h"
#include "storage_stub/container_store.h"
#include "storage_stub/etag.h"
#include "storage_stub/sas_check.h"

namespace msc::storage {
namespace {

Error ContainerMissing(const ResourceName& name) {
  return {ErrorCode::kContainerNotFound, "there is no container " + name.container};
}

Result<BlobRow> FindRow(sqlite::Transaction& transaction, const ResourceName& name) {
  const auto container = FindContainer(transaction, name.account, name.container);
  if (!container) return ContainerMissing(name);
  auto row = SelectBlob(transaction, *container, name.blob);
  if (!row) return Error{ErrorCode::kBlobNotFound, "there is no blob " + name.blob};
  return *std::move(row);
}

// nullopt: there is none yet.
Result<std::optional<BlobRow>> FindReplaced(sqlite::Transaction& transaction,
                                            const ResourceName& name,
                                            const BlobStore::PutTerms& terms) {
  const auto container = FindContainer(transaction, name.account, name.container);
  if (container && !terms.policy_id.empty() &&
      !HasPolicy(transaction, *container, terms.policy_id)) {
    return PolicyNotFound();
  }
  auto row = FindRow(transaction, name);
  if (!row) {
    if (row.error().code != ErrorCode::kBlobNotFound) return row.error();
    return std::optional<BlobRow>();
  }
  if (!terms.may_overwrite) {
    return Error{ErrorCode::kUnauthorizedBlobOverwrite, "the blob exists already"};
  }
  return std::optional(*std::move(row));
}

}  // namespace

std::vector<Extent> ReadUsedExtents(sqlite::Database& database) {
  auto transaction = database.Read();
  return SelectAllExtents(transaction);
}

Result<BlobRecord> BlobStore::Put(const ResourceName& name, const BlobProperties& properties,
                                  ExtentWriter& writer, const PutTerms& terms, Time now) {
  BlobRecord record{.properties = properties,
                    .size = writer.size(),
                    .etag = {},
                    .created = now,
                    .last_modified = now};
  std::vector<Extent> replaced;
  {
    auto transaction = database_.Write();
    const auto old = FindReplaced(transaction, name, terms);
    if (!old) return old.error();
    if (*old) {
      record.created = (*old)->record.created;
      replaced = SelectExtents(transaction, (*old)->id);
      DeleteBlob(transaction, (*old)->id);
    }
    const auto etag = NextEtag(transaction, now);
    const auto container = FindContainer(transaction, name.account, name.container);
    const auto id = InsertBlob(transaction, *container, name.blob, record, etag);
    InsertExtents(transaction, id, writer.extents());
    transaction.Commit();
    writer.Keep();
    record.etag = FormatEtag(etag);
  }
  file_->Retire(replaced);
  return record;
}

Status BlobStore::CheckPut(const ResourceName& name, const PutTerms& terms) const {
  auto transaction = database_.Read();
  const auto old = FindReplaced(transaction, name, terms);
  if (!old) return old.error();
  return Done{};
}

Result<BlobRecord> BlobStore::Find(const ResourceName& name) const {
  auto transaction = database_.Read();
  auto row = FindRow(transaction, name);
  if (!row) return row.error();
  return std::move(row->record);
}

Result<OpenBlob> BlobStore::Open(const ResourceName& name) const {
  auto transaction = database_.Read();
  auto row = FindRow(transaction, name);
  if (!row) return row.error();
  // Pinned before the transaction ends: nobody can free them in between.
  Pin pin(file_, SelectExtents(transaction, row->id));
  return OpenBlob{std::move(row->record), std::move(pin)};
}

Status BlobStore::Delete(const ResourceName& name) {
  std::vector<Extent> extents;
  {
    auto transaction = database_.Write();
    const auto row = FindRow(transaction, name);
    if (!row) return row.error();
    extents = SelectExtents(transaction, row->id);
    DeleteBlob(transaction, row->id);
    transaction.Commit();
  }
  file_->Free(extents);
  file_->DropWarm();
  return Done{};
}

}  // namespace msc::storage
