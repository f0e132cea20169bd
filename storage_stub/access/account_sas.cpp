#include "storage_stub/access/account_sas.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/base/text.h"
#include "storage_stub/access/sas_fields.h"
#include "storage_stub/protocol/version.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::array<std::pair<std::string_view, std::string AccountSas::*>, 10> kAccountSasFields =
    {{
        {wire::kSignedVersion, &AccountSas::version},
        {wire::kSignedServices, &AccountSas::services},
        {wire::kSignedResourceTypes, &AccountSas::resource_types},
        {wire::kSignedPermissions, &AccountSas::permissions},
        {wire::kSignedStart, &AccountSas::starts},
        {wire::kSignedExpiry, &AccountSas::expires},
        {wire::kSignedIp, &AccountSas::address_range},
        {wire::kSignedProtocol, &AccountSas::protocol},
        {wire::kSignedEncryptionScope, &AccountSas::encryption_scope},
        {wire::kSignature, &AccountSas::signature},
    }};

}  // namespace

bool HasAccountSas(const http::QueryParameters& parameters) {
  return std::any_of(parameters.begin(), parameters.end(), [](const auto& parameter) {
    return EqualsIgnoringCase(parameter.first, wire::kSignedResourceTypes);
  });
}

AccountSas ReadAccountSas(const http::QueryParameters& parameters) {
  return ReadFields<AccountSas>(parameters, kAccountSasFields);
}

std::string StringToSign(const AccountSas& sas, std::string_view account) {
  std::vector<std::string> lines = {std::string(account), sas.permissions, sas.services,
                                    sas.resource_types,   sas.starts,      sas.expires,
                                    sas.address_range,    sas.protocol,    sas.version};
  if (sas.version >= kEncryptionScope) lines.push_back(sas.encryption_scope);
  return Join(lines, '\n') + '\n';
}

}  // namespace msc::storage
