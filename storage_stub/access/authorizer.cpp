#include "storage_stub/access/authorizer.h"

#include <algorithm>
#include <optional>

#include "storage_stub/access/account_sas.h"
#include "storage_stub/access/network.h"
#include "storage_stub/access/requested_name.h"
#include "storage_stub/access/sas_form.h"
#include "storage_stub/access/shared_key.h"
#include "storage_stub/access/token_check.h"
#include "storage_stub/model/resource_name.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/host_style.h"
#include "storage_stub/protocol/version.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

// A request without credentials gets a challenge from the version on that knows one; before, a
// private container does not show that it is there.
Error NoCredentials(std::string_view version) {
  const auto code = version >= kBearerChallenge ? StorageError::kNoAuthenticationInformation
                                                : StorageError::kResourceNotFound;
  return {code, "the request carries no shared access signature and no shared key"};
}

std::string OnlyScheme(const RequiredPermission& required) {
  return "Only authentication scheme " + std::string(required.only_scheme) + " is supported";
}

// Whether the authorization scheme of a request is enough for the operation.
Status CheckScheme(const RequiredPermission& required, std::string_view scheme) {
  if (required.only_scheme.empty() || required.only_scheme == scheme) return Done{};
  const std::string only(required.only_scheme);
  return AuthenticationFailed(
      OnlyScheme(required),
      {RequestField::Place::kHeader, wire::kAuthorization, std::string(scheme) + " …"},
      only + " …");
}

void NoteStringToSign(const http::Request& request, const std::string& text) {
  if (request.notes != nullptr && request.notes->wants_details) {
    request.notes->string_to_sign = text;
  }
}

}  // namespace

const Account* Authorizer::FindAccount(std::string_view name) const {
  const auto account =
      std::find_if(accounts_.begin(), accounts_.end(),
                   [&](const Account& candidate) { return candidate.name == name; });
  return account == accounts_.end() ? nullptr : &*account;
}

Result<AuthorizedRequest> Authorizer::Authorize(const http::Request& request,
                                                const RequiredPermission& required) const {
  const Account* account = FindAccount(PrimaryName(request.capture(wire::kAccount)));
  if (account == nullptr) return Error{StorageError::kAccountNotFound, "no such account"};
  auto name = RequestedName(request, account->name, required.level);
  if (!name) return name.error();

  if (options_.takes_tokens && HasToken(request)) {
    return AuthorizeByToken(request, *account, *std::move(name), required);
  }
  if (request.header(wire::kAuthorization)) {
    return AuthorizeBySharedKey(request, *account, *std::move(name), required);
  }
  if (request.parameter(wire::kSignature)) {
    return AuthorizeBySas(request, *account, *std::move(name), required);
  }
  return AuthorizeAnonymous(request, *std::move(name), required);
}

Status Authorizer::AuthorizeSourceRead(const http::Request& request,
                                       const ResourceName& name) const {
  const Account* account = FindAccount(name.account);
  if (account == nullptr) return Error{StorageError::kAccountNotFound, "no such account"};
  const auto authorized = AuthorizeSource(request, *account, name);
  if (!authorized) return authorized.error();
  return Done{};
}

Bytes Authorizer::SecretOf(const UserDelegationKey& key, std::string_view account) const {
  return DeriveSecret(key, FindAccount(account)->keys.front());
}

Result<AuthorizedRequest> Authorizer::AuthorizeSource(const http::Request& request,
                                                      const Account& account,
                                                      const ResourceName& name) const {
  if (options_.takes_tokens && HasToken(request)) {
    return AuthorizeByToken(request, account, name, kReadBlob);
  }
  if (const auto header = request.header(wire::kAuthorization)) {
    const auto key = ReadSharedKey(*header);
    if (!key) return key.error();
    return CheckScheme({.only_scheme = wire::kBearerScheme}, wire::kSharedKeyScheme).error();
  }
  return request.parameter(wire::kSignature) ? AuthorizeBySas(request, account, name, kReadBlob)
                                             : AuthorizeAnonymous(request, name, kReadBlob);
}

Result<AuthorizedRequest> Authorizer::AuthorizeByToken(const http::Request& request,
                                                       const Account& account, ResourceName name,
                                                       const RequiredPermission& required) const {
  auto token = CheckToken(request, account.name, clock_.Now());
  if (!token) return token.error();
  if (auto enough = CheckScheme(required, wire::kBearerScheme); !enough) return enough.error();
  return AuthorizedRequest{.name = std::move(name),
                           .now = clock_.Now(),
                           .permissions = std::string(kAnyPermission),
                           .version = RequestedVersion(request),
                           .token = *std::move(token)};
}

Result<AuthorizedRequest> Authorizer::AuthorizeAnonymous(const http::Request& request,
                                                         ResourceName name,
                                                         const RequiredPermission& required) const {
  const auto version = RequestedVersion(request);
  if (required.anonymous == PublicAccess::kNone) return NoCredentials(version);
  const auto container = containers_.Find(name.account, name.container);
  if (!container || container->public_access < required.anonymous) return NoCredentials(version);
  return AuthorizedRequest{.name = std::move(name),
                           .now = clock_.Now(),
                           .permissions = std::string(kAnonymousPermission),
                           .version = version};
}

Result<AuthorizedRequest> Authorizer::AuthorizeBySas(const http::Request& request,
                                                     const Account& account, ResourceName name,
                                                     const RequiredPermission& required) const {
  if (required.only_scheme == wire::kBearerScheme) {
    return AuthenticationFailed(OnlyScheme(required));
  }
  return HasAccountSas(request.parameters())
             ? AuthorizeByAccountSas(request, account, std::move(name), required)
             : AuthorizeByServiceSas(request, account, std::move(name), required);
}

Result<AuthorizedRequest> Authorizer::AuthorizeByServiceSas(
    const http::Request& request, const Account& account, ResourceName name,
    const RequiredPermission& required) const {
  const Sas sas = ReadSas(request.parameters());
  auto grant = VerifySas(request, sas, account, name);
  if (!grant) return grant.error();
  // Before, these fields were not signed and said nothing.
  if (sas.version >= kAddressAndProtocol) {
    const auto there = CheckNetwork(request, sas.address_range, sas.protocol);
    if (!there) return there.error();
  }
  const auto permitted = CheckPermission(*grant, required.service_sas, sas.version);
  if (!permitted) return permitted.error();
  return AuthorizedRequest{.name = std::move(name),
                           .now = clock_.Now(),
                           .permissions = std::move(grant->permissions),
                           .version = sas.version,
                           .policy_id = sas.identifier,
                           .overrides = OverridesOf(sas)};
}

Result<SasGrant> Authorizer::VerifySas(const http::Request& request, const Sas& sas,
                                       const Account& account, const ResourceName& name) const {
  if (auto formed = CheckForm(sas); !formed) return formed.error();
  const auto text = StringToSign(sas, CanonicalResource(sas, name));
  NoteStringToSign(request, text);
  if (sas.is_delegated()) return VerifyDelegatedSas(request, sas, account, text);
  if (auto own = CheckSignature(sas.signature, text, account.keys); !own) return own.error();
  std::optional<StoredPolicy> policy;
  if (!sas.identifier.empty()) {
    policy = policies_.Find(name.account, name.container, sas.identifier);
    if (!policy) return PolicyNotFound();
  }
  auto grant = MergeGrant(sas, policy);
  if (!grant) return grant.error();
  if (auto timely = TolerateClockSkew(request, CheckTime(*grant, clock_.Now())); !timely)
    return timely.error();
  return grant;
}

Result<SasGrant> Authorizer::VerifyDelegatedSas(const http::Request& request, const Sas& sas,
                                                const Account& account,
                                                const std::string& string_to_sign) const {
  const UserDelegationKey key = KeyOf(sas);
  const std::vector<HmacKey> secret = {DeriveSecret(key, account.keys.front())};
  if (auto own = CheckSignature(sas.signature, string_to_sign, secret); !own) return own.error();
  auto grant = MergeGrant(sas, /*policy=*/std::nullopt);
  if (!grant) return grant.error();
  const SasGrant of_key{.permissions = {}, .starts = key.starts, .expires = key.expires};
  for (const auto& limit : {of_key, *grant}) {
    auto timely = TolerateClockSkew(request, CheckTime(limit, clock_.Now()));
    if (!timely) return timely.error();
  }
  return grant;
}

Result<AuthorizedRequest> Authorizer::AuthorizeByAccountSas(
    const http::Request& request, const Account& account, ResourceName name,
    const RequiredPermission& required) const {
  const AccountSas sas = ReadAccountSas(request.parameters());
  if (auto formed = CheckForm(sas); !formed) return formed.error();
  const SasGrant grant = GrantOf(sas);
  const auto text = StringToSign(sas, account.name);
  NoteStringToSign(request, text);
  if (auto own = CheckSignature(sas.signature, text, account.keys); !own) return own.error();
  if (auto timely = TolerateClockSkew(request, CheckTime(grant, clock_.Now())); !timely)
    return timely.error();
  if (auto there = CheckNetwork(request, sas.address_range, sas.protocol); !there) {
    return there.error();
  }
  if (auto scoped = CheckScope(sas, required.level); !scoped) return scoped.error();
  const auto permitted = CheckPermission(grant, required.account_sas, sas.version);
  if (!permitted) return permitted.error();
  return AuthorizedRequest{.name = std::move(name),
                           .now = clock_.Now(),
                           .permissions = sas.permissions,
                           .version = sas.version};
}

Result<AuthorizedRequest> Authorizer::AuthorizeBySharedKey(
    const http::Request& request, const Account& account, ResourceName name,
    const RequiredPermission& required) const {
  const auto header = request.header(wire::kAuthorization).value_or("");
  const auto credentials = ReadSharedKey(header);
  if (!credentials) return credentials.error();
  if (credentials->account != account.name) {
    return AuthenticationFailed(
        "The Authorization header is not 'SharedKey " + account.name + ":<signature>'",
        {RequestField::Place::kHeader, wire::kAuthorization, std::string(header)},
        "SharedKey " + account.name + ":<signature>");
  }
  if (auto timely = TolerateClockSkew(request, CheckRequestDate(request, clock_.Now())); !timely) {
    return timely.error();
  }
  const auto sign = [&](const std::string& path) {
    return credentials->is_lite ? LiteStringToSign(request, path) : StringToSign(request, path);
  };
  const auto text = sign(ResourcePath(request, account.name));
  NoteStringToSign(request, text);
  const bool is_signed =
      IsSignedBy(credentials->signature, text, account.keys) ||
      (IsSecondary(request) &&
       IsSignedBy(credentials->signature, sign(ResourcePathAsSent(request, account.name)),
                  account.keys)) ||
      (name.container == kRootContainer &&
       IsSignedBy(credentials->signature, sign(ResourcePathInRoot(request, account.name)),
                  account.keys));
  if (!is_signed) {
    return AuthenticationFailed(SignatureMismatch{
        .field = {RequestField::Place::kHeader, wire::kAuthorization, std::string(header)},
        .signature = credentials->signature,
        .string_to_sign = text});
  }
  if (auto enough = CheckScheme(required, wire::kSharedKeyScheme); !enough) return enough.error();
  return AuthorizedRequest{.name = std::move(name),
                           .now = clock_.Now(),
                           .permissions = std::string(kAnyPermission),
                           .version = RequestedVersion(request),
                           .by_key = true};
}

Status Authorizer::TolerateClockSkew(const http::Request& request, Status timely) const {
  if (timely || !options_.loose) return timely;
  log_(LogLevel::kWarning, timely.error().message);
  if (request.notes != nullptr) request.notes->remark = timely.error().message;
  return Done{};
}

}  // namespace msc::storage
