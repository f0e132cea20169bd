#include "storage_stub/access/authorizer.h"

#include <algorithm>
#include <array>
#include <optional>

#include "storage_stub/access/account_sas.h"
#include "storage_stub/access/network.h"
#include "storage_stub/access/sas_form.h"
#include "storage_stub/access/shared_key.h"
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

bool HasCapture(const http::Request& request, std::string_view name) {
  return std::any_of(request.captures.begin(), request.captures.end(),
                     [&](const auto& capture) { return capture.first == name; });
}

// How far the URL of a request goes.
SasResourceType LevelOf(const http::Request& request) {
  if (HasCapture(request, wire::kBlob)) return SasResourceType::kBlob;
  return HasCapture(request, wire::kContainer) ? SasResourceType::kContainer
                                               : SasResourceType::kService;
}

Result<ResourceName> ReadName(const http::Request& request, const std::string& account,
                              SasResourceType level) {
  if (level == SasResourceType::kAny) level = LevelOf(request);
  ResourceName name{.account = account, .container = {}};
  if (level == SasResourceType::kService) return name;
  name.container = request.capture(wire::kContainer);
  if (auto checked = CheckContainerName(name.container); !checked) return checked.error();
  if (level == SasResourceType::kContainer) return name;
  name.blob = ResolveBlobName(request.capture(wire::kBlob));
  if (auto checked = CheckBlobName(name.blob); !checked) return checked.error();
  return name;
}

void NoteStringToSign(const http::Request& request, const std::string& text) {
  if (request.notes != nullptr && request.notes->wants_details) {
    request.notes->string_to_sign = text;
  }
}

http::Headers Overrides(const Sas& sas) {
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
  auto name = ReadName(request, account->name, required.level);
  if (!name) return name.error();

  if (request.header(wire::kAuthorization)) {
    return AuthorizeBySharedKey(request, *account, *std::move(name));
  }
  if (request.parameter(wire::kSignature)) {
    return AuthorizeBySas(request, *account, *std::move(name), required);
  }
  return NoCredentials(RequestedVersion(request));
}

Status Authorizer::AuthorizeSourceRead(const http::Request& request,
                                       const ResourceName& name) const {
  const Account* account = FindAccount(name.account);
  if (account == nullptr) return Error{StorageError::kAccountNotFound, "no such account"};
  const auto authorized = AuthorizeBySas(request, *account, name, kReadBlob);
  if (!authorized) return authorized.error();
  return Done{};
}

Result<AuthorizedRequest> Authorizer::AuthorizeBySas(const http::Request& request,
                                                     const Account& account, ResourceName name,
                                                     const RequiredPermission& required) const {
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
                           .overrides = Overrides(sas)};
}

Result<SasGrant> Authorizer::VerifySas(const http::Request& request, const Sas& sas,
                                       const Account& account, const ResourceName& name) const {
  if (auto formed = CheckForm(sas); !formed) return formed.error();
  const auto text = StringToSign(sas, CanonicalResource(sas, name));
  NoteStringToSign(request, text);
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

Result<AuthorizedRequest> Authorizer::AuthorizeBySharedKey(const http::Request& request,
                                                           const Account& account,
                                                           ResourceName name) const {
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
  const auto text = StringToSign(request, ResourcePath(request, account.name));
  NoteStringToSign(request, text);
  const bool is_signed =
      IsSignedBy(credentials->signature, text, account.keys) ||
      (IsSecondary(request) &&
       IsSignedBy(credentials->signature,
                  StringToSign(request, ResourcePathAsSent(request, account.name)), account.keys));
  if (!is_signed) {
    return AuthenticationFailed(SignatureMismatch{
        .field = {RequestField::Place::kHeader, wire::kAuthorization, std::string(header)},
        .signature = credentials->signature,
        .string_to_sign = text});
  }
  return AuthorizedRequest{.name = std::move(name),
                           .now = clock_.Now(),
                           .permissions = std::string(kAnyPermission),
                           .version = RequestedVersion(request),
                           .by_key = true};
}

Status Authorizer::TolerateClockSkew(const http::Request& request, Status timely) const {
  if (timely || !tolerates_clock_skew_) return timely;
  log_(LogLevel::kWarning, timely.error().message);
  if (request.notes != nullptr) request.notes->remark = timely.error().message;
  return Done{};
}

}  // namespace msc::storage
