#include "storage_stub/access/sas_form.h"

#include <initializer_list>
#include <string>
#include <utility>

#include "emulator/base/encoding.h"
#include "emulator/base/time_format.h"
#include "storage_stub/access/network.h"
#include "storage_stub/model/stored_policy.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/version.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::string_view kNotWellFormed = "Signature fields not well formed.";

// Letters of `sp`, in their order. The reference gives `f` no place; clients write it, and `y`, at
// different ones. Source: "Create a service SAS", section "Order of permissions",
// https://learn.microsoft.com/en-us/rest/api/storageservices/create-service-sas
constexpr std::string_view kFirstLetters = "rwdl";
constexpr std::string_view kLetters = "racwdxyltmeopi";
constexpr std::string_view kLettersWithoutOrder = "fy";

// Letters of an account SAS, in any order.
// Source: "Create an account SAS",
// https://learn.microsoft.com/en-us/rest/api/storageservices/create-account-sas
constexpr std::string_view kAccountLetters = "rwdxylacuptfi";
constexpr std::string_view kServices = "bqtf";
constexpr std::string_view kResourceTypes = "sco";

// What would be right, in words.
constexpr std::string_view kVersionForm = "a version of the service from 2012-02-12 on";
constexpr std::string_view kAccountVersionForm = "a version of the service from 2015-04-05 on";
constexpr std::string_view kResourceForm =
    "b for a blob, c for a container, bs with snapshot=, or bv with versionid=";
constexpr std::string_view kFirstLettersForm = "letters out of rwdl, each once, in that order";
constexpr std::string_view kLettersForm =
    "letters out of racwdxyltfmeopi, each once, in that order";
constexpr std::string_view kAccountLettersForm = "letters out of rwdxylacuptfi, each once";
constexpr std::string_view kServicesForm = "letters out of bqtf, each once";
constexpr std::string_view kResourceTypesForm = "letters out of sco, each once";
constexpr std::string_view kTimeForm = "a UTC time like 2015-03-24T08:00:07Z";
constexpr std::string_view kKeyForm = "a field of the user delegation key";
constexpr std::string_view kKeyVersionForm = "a version of the service from 2018-11-09 on";
constexpr std::string_view kNoIdentifierForm = "absent: a user's signature has no stored policy";
constexpr std::string_view kOneObjectForm = "absent, as saoid is there";
constexpr std::string_view kNoDelegatedUserForm = "absent: send the user's token instead";
constexpr std::string_view kIdentifierForm = "at most 64 characters";
constexpr std::string_view kAddressForm = "an IPv4 address, or two with a dash between them";
constexpr std::string_view kProtocolForm = "https, or https,http";
constexpr std::string_view kSignatureForm =
    "base64, percent-encoded: a + in a query is a blank, so that a plus is sent as %2B";

struct SasField {
  std::string_view name;
  const std::string& value;
  bool is_well_formed;
  std::string_view expected;
};

RequestField InQuery(std::string_view name, std::string value) {
  return {RequestField::Place::kQuery, std::string(name), std::move(value)};
}

Status CheckFields(std::initializer_list<SasField> fields) {
  for (const auto& field : fields) {
    if (field.is_well_formed) continue;
    return AuthenticationFailed(std::string(kNotWellFormed), InQuery(field.name, field.value),
                                std::string(field.expected));
  }
  return Done{};
}

bool IsTimeOrAbsent(const std::string& text) {
  return text.empty() || ParseIso8601(text).has_value();
}

bool IsSignature(const std::string& text) {
  return !text.empty() && Base64DecodeAnyTail(text).has_value();
}

// Whether `text` consists of different letters out of `letters`, in any order.
bool AreDistinct(std::string_view text, std::string_view letters) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (letters.find(text[i]) == std::string_view::npos) return false;
    if (text.find(text[i], i + 1) != std::string_view::npos) return false;
  }
  return true;
}

bool AreInOrder(std::string_view text, std::string_view letters) {
  std::size_t at = 0;
  for (const char letter : text) {
    const auto found = letters.find(letter, at);
    if (found == std::string_view::npos) return false;
    at = found + 1;
  }
  return true;
}

std::string WithOrder(std::string text) {
  std::erase_if(text, [](char letter) {
    return kLettersWithoutOrder.find(letter) != std::string_view::npos;
  });
  return text;
}

// Whether `text` consists of different letters out of `kLetters` and `kLettersWithoutOrder`.
bool AreLetters(std::string_view text) {
  return AreInOrder(WithOrder(std::string(text)), kLetters) &&
         AreDistinct(text, std::string(kLetters) + std::string(kLettersWithoutOrder));
}

SasField Permissions(const Sas& sas) {
  const auto& letters = sas.permissions;
  if (sas.version < kAddressAndProtocol) {
    return {wire::kSignedPermissions, letters, AreInOrder(letters, kFirstLetters),
            kFirstLettersForm};
  }
  return {wire::kSignedPermissions, letters, AreLetters(letters), kLettersForm};
}

SasField SasTime(std::string_view name, const std::string& value) {
  return {name, value, IsTimeOrAbsent(value), kTimeForm};
}

SasField Addresses(const std::string& range, bool is_known) {
  return {wire::kSignedIp, range, !is_known || IsAddressRange(range), kAddressForm};
}

SasField Protocols(const std::string& protocols, bool is_known) {
  return {wire::kSignedProtocol, protocols, !is_known || IsProtocols(protocols), kProtocolForm};
}

SasField SignatureText(const std::string& signature) {
  return {wire::kSignature, signature, IsSignature(signature), kSignatureForm};
}

bool IsResource(const Sas& sas) {
  if (sas.resource == wire::kResourceSnapshot) {
    return sas.version >= kResourceAndSnapshot && !sas.snapshot.empty();
  }
  if (sas.resource == wire::kResourceVersion) {
    return sas.version >= kBlobVersions && !sas.version_id.empty();
  }
  return sas.resource == wire::kResourceContainer || sas.resource == wire::kResourceBlob;
}

bool IsVersionFrom(std::string_view oldest, const std::string& version) {
  return IsVersion(version) && version >= oldest;
}

// What a signature with a user delegation key must have besides.
Status CheckDelegation(const Sas& sas) {
  if (!sas.is_delegated()) return Done{};
  if (sas.key_expires.empty()) return FieldMissing(wire::kKeyExpiry, kKeyForm);
  const bool is_one = sas.authorized_object_id.empty() || sas.unauthorized_object_id.empty();
  return CheckFields({
      {wire::kSignedVersion, sas.version, sas.version >= kResourceAndSnapshot, kKeyVersionForm},
      {wire::kSignedIdentifier, sas.identifier, sas.identifier.empty(), kNoIdentifierForm},
      SasTime(wire::kKeyStart, sas.key_starts),
      SasTime(wire::kKeyExpiry, sas.key_expires),
      {wire::kKeyService, sas.key_service, sas.key_service == "b", kKeyForm},
      {wire::kUnauthorizedObjectId, sas.unauthorized_object_id, is_one, kOneObjectForm},
      {wire::kDelegatedObjectId, sas.delegated_object_id, sas.delegated_object_id.empty(),
       kNoDelegatedUserForm},
  });
}

}  // namespace

Error FieldMissing(std::string_view name, std::string_view expected) {
  return AuthenticationFailed(std::string(name) + " is mandatory. Cannot be empty",
                              {RequestField::Place::kQuery, std::string(name)},
                              std::string(expected));
}

Status CheckForm(const Sas& sas) {
  if (sas.resource.empty()) return FieldMissing(wire::kSignedResource, kResourceForm);
  if (sas.identifier.empty() && sas.expires.empty()) return FieldMissing(wire::kSignedExpiry);
  if (sas.identifier.empty() && sas.permissions.empty()) {
    return FieldMissing(wire::kSignedPermissions);
  }
  if (auto delegated = CheckDelegation(sas); !delegated) return delegated.error();
  const bool has_network = sas.version >= kAddressAndProtocol;
  const bool is_identifier = sas.identifier.size() <= kMaxPolicyId;
  return CheckFields({
      {wire::kSignedVersion, sas.version, IsVersionFrom(kOldestSas, sas.version), kVersionForm},
      {wire::kSignedResource, sas.resource, IsResource(sas), kResourceForm},
      SasTime(wire::kSignedStart, sas.starts),
      SasTime(wire::kSignedExpiry, sas.expires),
      Permissions(sas),
      {wire::kSignedIdentifier, sas.identifier, is_identifier, kIdentifierForm},
      Addresses(sas.address_range, has_network),
      Protocols(sas.protocol, has_network),
      SignatureText(sas.signature),
  });
}

Status CheckForm(const AccountSas& sas) {
  if (sas.expires.empty()) return FieldMissing(wire::kSignedExpiry, kTimeForm);
  if (sas.permissions.empty()) return FieldMissing(wire::kSignedPermissions, kAccountLettersForm);
  if (sas.services.empty()) return FieldMissing(wire::kSignedServices, kServicesForm);
  if (sas.resource_types.empty())
    return FieldMissing(wire::kSignedResourceTypes, kResourceTypesForm);
  return CheckFields({
      {wire::kSignedVersion, sas.version, IsVersionFrom(kAddressAndProtocol, sas.version),
       kAccountVersionForm},
      SasTime(wire::kSignedStart, sas.starts),
      SasTime(wire::kSignedExpiry, sas.expires),
      {wire::kSignedPermissions, sas.permissions, AreDistinct(sas.permissions, kAccountLetters),
       kAccountLettersForm},
      {wire::kSignedServices, sas.services, AreDistinct(sas.services, kServices), kServicesForm},
      {wire::kSignedResourceTypes, sas.resource_types,
       AreDistinct(sas.resource_types, kResourceTypes), kResourceTypesForm},
      Addresses(sas.address_range, true),
      Protocols(sas.protocol, true),
      SignatureText(sas.signature),
  });
}

}  // namespace msc::storage
