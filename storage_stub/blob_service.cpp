#include "storage_stub/blob_service.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

#include "emulator/base/encoding.h"
#include "emulator/base/time_format.h"
#include "migrations.h"
#include "storage_stub/access/authorizer.h"
#include "storage_stub/complete_target.h"
#include "storage_stub/extents/body_pump.h"
#include "storage_stub/extents/extent_file.h"
#include "storage_stub/extents/extent_source.h"
#include "storage_stub/extents/spooled_source.h"
#include "storage_stub/handlers/response_hooks.h"
#include "storage_stub/handlers/routes.h"
#include "storage_stub/handlers/site_handlers.h"
#include "storage_stub/handlers/unserved_routes.h"
#include "storage_stub/model/bytes_file.h"
#include "storage_stub/model/resource_name.h"
#include "storage_stub/protocol/byte_range.h"
#include "storage_stub/protocol/host_style.h"
#include "storage_stub/protocol/version.h"
#include "storage_stub/protocol/wire.h"
#include "storage_stub/records/append_store.h"
#include "storage_stub/records/blob_rules.h"
#include "storage_stub/records/blob_store.h"
#include "storage_stub/records/block_store.h"
#include "storage_stub/records/container_store.h"
#include "storage_stub/records/history_settings.h"
#include "storage_stub/records/lease_store.h"
#include "storage_stub/records/page_store.h"
#include "storage_stub/records/policy_store.h"
#include "storage_stub/records/service_store.h"
#include "storage_stub/records/tag_store.h"
#include "storage_stub/state/blob_import.h"
#include "storage_stub/state/blob_inspector.h"
#include "storage_stub/state/snapshot_store.h"

namespace msc::storage {
namespace {

constexpr std::size_t kSpooledBody =
    64 * 1024;  // Larger documents are kept on the disk until they are sent.
constexpr std::string_view kStorageSubject = "storage";

// The path in the data directory; empty if there is none.
std::string FileIn(const std::string& directory, std::string_view name) {
  return directory.empty() ? std::string() : directory + '/' + std::string(name);
}

sqlite::Database& Migrated(sqlite::Database& database) {
  BlobService::Migrate(database);
  return database;
}

KeptHistory KeptBy(const BlobServiceOptions& options) {
  KeptHistory kept{.versions = options.versioning};
  if (options.soft_delete_days > 0) kept.deleted = std::chrono::days(options.soft_delete_days);
  return kept;
}

std::string Signature(const Account& account, const Sas& sas, const ResourceName& name) {
  return Sign(account.keys.front(), StringToSign(sas, CanonicalResource(sas, name)));
}

// Leaves out empty fields.
std::string Query(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  std::string query;
  for (const auto& [name, value] : fields) {
    if (value.empty()) continue;
    if (!query.empty()) query += '&';
    query += std::string(name) + '=' + PercentEncode(value);
  }
  return query;
}

}  // namespace

struct BlobService::Impl {
  Impl(BlobServiceOptions given, sqlite::Database& given_database, const Clock& domain_clock,
       Random& random, Log given_log, BatchHandlers::Dispatch dispatch)
      : options(std::move(given)),
        clock(domain_clock),
        log(std::move(given_log)),
        database(Migrated(given_database)),
        file(std::make_shared<ExtentFile>(FileIn(options.data_directory, kBytesFile),
                                          ReadUsedExtents(database), options.durability,
                                          database.reserve())),
        containers(database, *file),
        policies(database),
        history(KeptBy(options)),
        blobs(database, file, history),
        blocks(database, file, history),
        appends(database, file),
        pages(database, file),
        tags(database),
        leases(database),
        service(database, options.accounts, DefaultCors(options.cors_origins), history, log),
        inspector(database, file),
        state(file),
        authorizer(options.accounts, policies, containers, clock,
                   {.loose = options.loose,
                    .takes_tokens = options.oauth,
                    .copy_sources = CopySources(options.copy_sources)},
                   log),
        service_handlers(authorizer, service, containers, clock),
        container_handlers(authorizer, containers, policies, clock),
        blob_handlers(authorizer, blobs, pages, copy_program, file, clock, random, options.strict),
        block_handlers(authorizer, blocks, blobs, file, clock, options.strict),
        append_handlers(authorizer, appends, blobs, file, clock, options.strict),
        page_handlers(authorizer, pages, blobs, file, clock),
        tag_handlers(authorizer, tags, blobs),
        history_handlers(authorizer, blobs, clock),
        lease_handlers(authorizer, leases, random),
        immutability_handlers(authorizer, blobs),
        batch_handlers(authorizer, blobs, clock, random, std::move(dispatch)),
        site_handlers(service, blobs, clock),
        router(MakeRouter(random)) {
    database.OnDoubt([held = file](bool in_doubt) { held->HoldFreed(in_doubt); });
    blocks.DropAbandoned(clock.Now());
    blobs.DropPurged(clock.Now());
  }

  const Account& account() const { return options.accounts.front(); }

  ResourceName NameOf(std::string_view container, std::string_view blob = {}) const {
    return {account().name, std::string(container), std::string(blob)};
  }

  http::Router MakeRouter(Random& random) const {
    auto routes = Routes(service_handlers, container_handlers, blob_handlers, block_handlers,
                         append_handlers, page_handlers, tag_handlers, history_handlers,
                         lease_handlers, immutability_handlers, batch_handlers);
    auto hooks = Speak(random, CompsOf(routes));
    auto all = SiteRoutes(site_handlers);
    auto unserved = UnservedRoutes();
    std::move(unserved.begin(), unserved.end(), std::back_inserter(all));
    std::move(routes.begin(), routes.end(), std::back_inserter(all));
    return {std::move(all), std::move(hooks), log};
  }

  // So memory does not grow, however many clients are slow to read long lists.
  http::ResponseHooks Speak(Random& random, std::vector<std::string> served_comps) const {
    http::ResponseHooks hooks =
        BlobResponseHooks(service, clock, random,
                          {.comps = std::move(served_comps), .chunked_bodies = options.loose});
    hooks.on_response = [this, finish = hooks.on_response](const http::Request& request,
                                                           http::Response& response) {
      if (response.body.size() > kSpooledBody) Spool(response);
      finish(request, response);
    };
    return hooks;
  }

  void Spool(http::Response& response) const {
    try {
      response.source = std::make_unique<SpooledSource>(file, response.body);
      std::string().swap(response.body);
    } catch (const std::exception& error) {  // Then it is sent from memory.
      log(LogLevel::kWarning, std::string("a list stays in memory: ") + error.what());
    }
  }

  const BlobServiceOptions options;
  const Clock& clock;
  const Log log;
  sqlite::Database& database;
  std::shared_ptr<ExtentFile> file;
  ContainerStore containers;
  PolicyStore policies;
  HistorySettings history;
  BlobStore blobs;
  BlockStore blocks;
  AppendStore appends;
  PageStore pages;
  TagStore tags;
  LeaseStore leases;
  ServiceStore service;
  BlobInspector inspector;
  SnapshotStore state;
  Authorizer authorizer;
  CopyProgram copy_program;
  ServiceHandlers service_handlers;
  ContainerHandlers container_handlers;
  BlobHandlers blob_handlers;
  BlockHandlers block_handlers;
  AppendHandlers append_handlers;
  PageHandlers page_handlers;
  TagHandlers tag_handlers;
  HistoryHandlers history_handlers;
  LeaseHandlers lease_handlers;
  ImmutabilityHandlers immutability_handlers;
  BatchHandlers batch_handlers;
  SiteHandlers site_handlers;
  http::Router router;
};

BlobService::BlobService(BlobServiceOptions options, sqlite::Database& database, const Clock& clock,
                         Random& random, Log log)
    : impl_(std::make_unique<Impl>(std::move(options), database, clock, random, std::move(log),
                                   [this](http::Request& request) { return ServePart(request); })) {
}

BlobService::~BlobService() = default;

void BlobService::Migrate(sqlite::Database& database) {
  database.Migrate(kStorageSubject, kMigrations, BlobRules());
}

Status BlobService::CreateContainer(std::string_view container) {
  auto transaction = impl_->database.Write();
  auto created = CreateContainer(transaction, container);
  if (created) transaction.Commit();
  return created;
}

Status BlobService::CreateContainer(sqlite::Transaction& transaction, std::string_view container) {
  if (auto checked = CheckContainerName(container); !checked) return checked.error();
  auto created =
      ContainerStore::Create(transaction, impl_->account().name,
                             ContainerRecord{.name = std::string(container)}, impl_->clock.Now());
  if (!created) return created.error();
  return Done{};
}

Status BlobService::DeleteContainer(sqlite::Transaction& transaction, std::string_view container) {
  return impl_->containers.Delete(transaction, impl_->account().name, container);
}

Status BlobService::SetPolicy(std::string_view container, const StoredPolicy& policy) {
  if (auto checked = CheckPolicy(policy); !checked) return checked.error();
  return impl_->policies.Set(impl_->account().name, container, policy);
}

Status BlobService::SetPolicy(sqlite::Transaction& transaction, std::string_view container,
                              const StoredPolicy& policy) {
  if (auto checked = CheckPolicy(policy); !checked) return checked.error();
  return PolicyStore::Set(transaction, impl_->account().name, container, policy);
}

std::optional<StoredPolicy> BlobService::FindPolicy(std::string_view container,
                                                    std::string_view policy_id) const {
  return impl_->policies.Find(impl_->account().name, container, policy_id);
}

void BlobService::RemovePolicy(sqlite::Transaction& transaction, std::string_view container,
                               std::string_view policy_id) {
  PolicyStore::Remove(transaction, impl_->account().name, container, policy_id);
}

Result<BlobInfo> BlobService::FindBlob(std::string_view container, std::string_view blob) const {
  const auto name = impl_->NameOf(container, blob);
  auto record = impl_->blobs.Find(name, {.now = impl_->clock.Now(), .use = BlobUse::kLookUp});
  if (!record) return record.error();
  return BlobInfo{.container = name.container,
                  .name = name.blob,
                  .size = record->size,
                  .content_type = record->properties.content_type,
                  .etag = record->etag,
                  .last_modified = record->last_modified,
                  .md5 = record->properties.md5};
}

Result<BlobInspection> BlobService::Inspect(std::string_view container, std::string_view blob,
                                            HashBudget& budget) const {
  return impl_->inspector.Inspect(impl_->NameOf(container, blob), budget);
}

Result<std::unique_ptr<http::BodySource>> BlobService::ReadBlob(std::string_view container,
                                                                std::string_view blob,
                                                                std::uint64_t offset,
                                                                std::uint64_t size) const {
  auto open =
      impl_->blobs.Open(impl_->NameOf(container, blob),
                        {.range = http::RangeRequest{.first = offset, .last = offset + size - 1},
                         .now = impl_->clock.Now()});
  if (!open) return open.error();
  if (open->range.length != size) {
    return RangeWithin({.first = open->record.size}, open->record.size).error();
  }
  return std::unique_ptr<http::BodySource>(
      std::make_unique<ExtentSource>(std::move(open->bytes), open->skip, size));
}

Status BlobService::WriteBlob(std::string_view container, std::string_view blob,
                              std::string_view content_type, http::BodyReader& body) {
  ExtentWriter writer(impl_->file, body.size().value_or(0));
  auto digests = Pump(&body, writer, /*wants_md5=*/false);
  if (!digests) return digests.error();
  const Time now = impl_->clock.Now();
  BlobRecord record{.properties = {.content_type = std::string(content_type)},
                    .last_modified = now};
  const auto put =
      impl_->blobs.Put(impl_->NameOf(container, blob), std::move(record), writer, {.now = now});
  if (!put) return put.error();
  return Done{};
}

Result<Bytes> BlobService::Head(std::string_view container, std::string_view blob) const {
  return impl_->inspector.Head(impl_->NameOf(container, blob));
}

std::size_t BlobService::UncommittedBlocks(std::string_view container) const {
  return impl_->blocks.CountUncommitted(impl_->NameOf(container), impl_->clock.Now());
}

std::vector<std::string> BlobService::ContainersWithUncommittedBlocks() const {
  return impl_->blocks.ContainersWithUncommitted(impl_->account().name, impl_->clock.Now());
}

std::shared_ptr<const BlobSnapshot> BlobService::TakeSnapshot() const {
  auto transaction = impl_->database.Read();
  return TakeSnapshot(transaction);
}

std::shared_ptr<const BlobSnapshot> BlobService::TakeSnapshot(
    sqlite::Transaction& transaction) const {
  return impl_->state.Take(transaction);
}

std::shared_ptr<const BlobSnapshot> BlobService::TakeEmptySnapshot(std::string records) const {
  return impl_->state.TakeEmpty(std::move(records));
}

void BlobService::Restore(const BlobSnapshot& snapshot) {
  auto transaction = impl_->database.Read();
  Restore(transaction, snapshot);
}

void BlobService::Restore(sqlite::Transaction& transaction, const BlobSnapshot& snapshot) {
  impl_->state.Restore(transaction, snapshot);
  impl_->inspector.Forget();
  impl_->blocks.Forget();
  impl_->service.Reload(transaction);
}

std::unique_ptr<BlobImport> BlobService::BeginImport() const {
  return std::make_unique<BlobImport>(impl_->file, impl_->options.accounts);
}

std::string BlobService::SignByPolicy(std::string_view container, std::string_view policy_id,
                                      std::optional<Time> starts,
                                      std::optional<Time> expires) const {
  const Sas sas{.version = std::string(kOldestSas),
                .resource = std::string(wire::kResourceContainer),
                .identifier = std::string(policy_id),
                .starts = starts ? FormatSeconds(*starts) : "",
                .expires = expires ? FormatSeconds(*expires) : ""};
  const auto name = impl_->NameOf(container);
  return Query({{wire::kSignedVersion, sas.version},
                {wire::kSignedResource, sas.resource},
                {wire::kSignedIdentifier, sas.identifier},
                {wire::kSignature, Signature(impl_->account(), sas, name)},
                {wire::kSignedStart, sas.starts},
                {wire::kSignedExpiry, sas.expires}});
}

std::string BlobService::SignBlob(std::string_view container, std::string_view blob,
                                  std::string_view permissions, Time starts, Time expires) const {
  const Sas sas{.version = std::string(kOldestSas),
                .resource = std::string(wire::kResourceBlob),
                .permissions = std::string(permissions),
                .starts = FormatSeconds(starts),
                .expires = FormatSeconds(expires)};
  const auto name = impl_->NameOf(container, blob);
  return Query({{wire::kSignedVersion, sas.version},
                {wire::kSignedResource, sas.resource},
                {wire::kSignature, Signature(impl_->account(), sas, name)},
                {wire::kSignedStart, sas.starts},
                {wire::kSignedExpiry, sas.expires},
                {wire::kSignedPermissions, sas.permissions}});
}

const http::Router& BlobService::router() const { return impl_->router; }

void BlobService::Prepare(http::Request& request) const {
  const std::string website = WebsiteInHost(request);
  for (const auto& account : {AccountInHost(request), AccountInLocalHost(request)}) {
    if (HasAccount(account)) request.target.insert(0, '/' + account);
  }
  if (HasAccount(website)) request.target.insert(0, '/' + website + std::string(kWebsiteSuffix));
  PutIntoRoot(request);
}

http::Response BlobService::ServePart(http::Request& request) const {
  const auto& serve = impl_->options.serve_part;
  return serve ? serve(request) : Dispatch(request);
}

http::Response BlobService::Dispatch(http::Request& request) const {
  Prepare(request);
  return impl_->router.Dispatch(request);
}

bool BlobService::IsHostOfAccount(const http::Request& request) const {
  return HasAccount(AccountInHost(request)) || HasAccount(AccountInLocalHost(request)) ||
         HasAccount(WebsiteInHost(request));
}

void BlobService::SetCopyDuration(std::chrono::milliseconds duration) {
  impl_->copy_program.Set(duration);
  if (duration != kCopiesAreHeld) {
    impl_->blobs.CompleteCopies(CopyProgram::kHeldUntil, impl_->clock.Now());
  }
}

std::chrono::milliseconds BlobService::copy_duration() const {
  return impl_->copy_program.duration();
}

const std::string& BlobService::default_account() const { return impl_->account().name; }

bool BlobService::HasAccount(std::string_view name) const {
  const auto& accounts = impl_->options.accounts;
  auto primary = PrimaryName(name);
  if (primary.ends_with(kWebsiteSuffix)) primary.remove_suffix(kWebsiteSuffix.size());
  return std::any_of(accounts.begin(), accounts.end(),
                     [&](const Account& account) { return account.name == primary; });
}

}  // namespace msc::storage
