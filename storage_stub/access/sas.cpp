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

constexpr std::array<std::pair<std::string_view, std::string Sas::*>, 15> kSasFields = {{
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
}};

}  // namespace

Sas ReadSas(const http::QueryParameters& parameters) {
  return ReadFields<Sas>(parameters, kSasFields);
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
    for (const auto field : fields) text.append(1, '\n').append(field);
  };
  append({sas.starts, sas.expires, canonical_resource, sas.identifier});
  if (sas.version >= kAddressAndProtocol) append({sas.address_range, sas.protocol});
  append({sas.version});
  if (sas.version >= kResourceAndSnapshot) append({sas.resource, /*snapshot time*/ ""});
  if (sas.version >= kEncryptionScope) append({sas.encryption_scope});
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
