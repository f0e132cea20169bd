#include "storage_stub/access/sas.h"

#include <array>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "emulator/base/encoding.h"
#include "storage_stub/access/sas_fields.h"
#include "storage_stub/protocol/version.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::array<std::pair<std::string_view, std::string Sas::*>, 28> kSasFields = {{
    {wire::kSignedVersion, &Sas::version},
    {wire::kSignedResource, &Sas::resource},
    {wire::kSignedIdentifier, &Sas::identifier},
    {wire::kSignedPermissions, &Sas::permissions},
    {wire::kSignedStart, &Sas::starts},
    {wire::kSignedExpiry, &Sas::expires},
    {wire::kSignedIp, &Sas::address_range},
    {wire::kSignedProtocol, &Sas::protocol},
    {wire::kSignedEncryptionScope, &Sas::encryption_scope},
    {wire::kCacheControlOverride, &Sas::cache_control},
    {wire::kContentDispositionOverride, &Sas::content_disposition},
    {wire::kContentEncodingOverride, &Sas::content_encoding},
    {wire::kContentLanguageOverride, &Sas::content_language},
    {wire::kContentTypeOverride, &Sas::content_type},
    {wire::kSignature, &Sas::signature},
    {wire::kSnapshot, &Sas::snapshot},
    {wire::kVersionId, &Sas::version_id},
    {wire::kKeyObjectId, &Sas::key_object_id},
    {wire::kKeyTenantId, &Sas::key_tenant_id},
    {wire::kKeyStart, &Sas::key_starts},
    {wire::kKeyExpiry, &Sas::key_expires},
    {wire::kKeyService, &Sas::key_service},
    {wire::kKeyVersion, &Sas::key_version},
    {wire::kKeyDelegatedTenantId, &Sas::key_delegated_tenant},
    {wire::kAuthorizedObjectId, &Sas::authorized_object_id},
    {wire::kUnauthorizedObjectId, &Sas::unauthorized_object_id},
    {wire::kCorrelationId, &Sas::correlation_id},
    {wire::kDelegatedObjectId, &Sas::delegated_object_id},
}};

// Which blob of that name it is for: the time of its snapshot, or its version.
std::string_view SnapshotOf(const Sas& sas) {
  if (sas.resource == wire::kResourceSnapshot) return sas.snapshot;
  return sas.resource == wire::kResourceVersion ? std::string_view(sas.version_id)
                                                : std::string_view();
}

void AppendLines(std::string& text, std::initializer_list<std::string_view> fields) {
  for (const auto field : fields) text.append(1, '\n').append(field);
}

// Whom the signature is from: a stored access policy, or the user whose key made it.
void AppendGrantor(std::string& text, const Sas& sas) {
  if (!sas.is_delegated()) return AppendLines(text, {sas.identifier});
  AppendLines(text, {sas.key_object_id, sas.key_tenant_id, sas.key_starts, sas.key_expires,
                     sas.key_service, sas.key_version});
  if (sas.version >= kDelegatedObjects) {
    AppendLines(text, {sas.authorized_object_id, sas.unauthorized_object_id, sas.correlation_id});
  }
  if (sas.version >= kDelegatedUsers) {
    AppendLines(text, {sas.key_delegated_tenant, sas.delegated_object_id});
  }
}

}  // namespace

Sas ReadSas(const http::QueryParameters& parameters) {
  return ReadFields<Sas>(parameters, kSasFields);
}

http::Headers OverridesOf(const Sas& sas) {
  if (sas.version < kResponseOverrides) return {};
  const std::array<std::pair<const char*, std::string>, 5> fields = {{
      {wire::kCacheControl, sas.cache_control},
      {wire::kContentDisposition, sas.content_disposition},
      {wire::kContentEncoding, sas.content_encoding},
      {wire::kContentLanguage, sas.content_language},
      {wire::kContentType, sas.content_type},
  }};
  http::Headers headers;
  for (const auto& [name, value] : fields) {
    if (!value.empty() && http::IsHeaderText(value)) headers.push_back({name, value});
  }
  return headers;
}

std::string CanonicalResource(const Sas& sas, const ResourceName& name) {
  std::string path = sas.version >= kServiceInResource ? "/blob/" : "/";
  path += name.account + '/' + name.container;
  if (sas.resource != wire::kResourceContainer) path += '/' + name.blob;
  return path;
}

std::string StringToSign(const Sas& sas, std::string_view canonical_resource) {
  std::string text = sas.permissions;
  const auto append = [&](std::initializer_list<std::string_view> fields) {
    AppendLines(text, fields);
  };
  append({sas.starts, sas.expires, canonical_resource});
  AppendGrantor(text, sas);
  if (sas.version >= kAddressAndProtocol) append({sas.address_range, sas.protocol});
  append({sas.version});
  if (sas.version >= kResourceAndSnapshot) append({sas.resource, SnapshotOf(sas)});
  if (sas.version >= kEncryptionScope) append({sas.encryption_scope});
  if (sas.is_delegated() && sas.version >= kSignedRequestFields) {
    append({/*request headers*/ "", /*request parameters*/ ""});
  }
  if (sas.version >= kResponseOverrides) {
    append({sas.cache_control, sas.content_disposition, sas.content_encoding, sas.content_language,
            sas.content_type});
  }
  return text;
}

std::string Sign(const HmacKey& key, std::string_view string_to_sign) {
  return Base64Encode(key.Sign(string_to_sign));
}

}  // namespace msc::storage
