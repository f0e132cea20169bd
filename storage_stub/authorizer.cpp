#include "storage_stub/authorizer.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "storage_stub/resource_names.h"
#include "storage_stub/version.h"
#include "storage_stub/wire.h"

namespace msc::storage {
namespace {

// A request without credentials gets a challenge from the version on that knows one; before, a
// private container does not show that it is there.
Error NoCredentials(std::string_view version) {
  const auto code = version >= kBearerChallenge ? ErrorCode::kNoAuthenticationInformation
                                                : ErrorCode::kResourceNotFound;
  return {code, "the request carries no shared access signature"};
}

Result<ResourceName> ReadName(const http::Request& request) {
  ResourceName name{.account = request.capture(wire::kAccount),
                    .container = request.capture(wire::kContainer),
                    .blob = request.capture(wire::kBlob)};
  if (auto checked = CheckContainerName(name.container); !checked) return checked.error();
  if (auto checked = CheckBlobName(name.blob); !checked) return checked.error();
  return name;
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
    if (!value.empty() && IsHeaderText(value)) headers.push_back({name, value});
  }
  return headers;
}

}  // namespace

Result<Access> Authorizer::Admit(const http::Request& request, std::string_view any_of) const {
  const auto account = std::find_if(
      accounts_.begin(), accounts_.end(),
      [&](const Account& candidate) { return candidate.name == request.capture(wire::kAccount); });
  if (account == accounts_.end()) return Error{ErrorCode::kAccountNotFound, "no such account"};
  const auto name = ReadName(request);
  if (!name) return name.error();

  const std::string version = RequestedVersion(request);
  const Sas sas = ReadSas(request.parameters());
  if (sas.signature.empty()) {
    if (!request.header(wire::kAuthorization)) return NoCredentials(version);
    return Error{ErrorCode::kAuthenticationFailed, "no scheme of Authorization is accepted"};
  }
  auto terms = Prove(sas, *account, *name);
  if (!terms) return terms.error();
  if (terms->permissions.find_first_of(any_of) == std::string::npos) {
    return PermissionMissing(sas.version);
  }
  return Access{.name = *name,
                .permissions = std::move(terms->permissions),
                .version = version,
                .policy_id = sas.identifier,
                .overrides = Overrides(sas)};
}

Result<SasTerms> Authorizer::Prove(const Sas& sas, const Account& account,
                                   const ResourceName& name) const {
  if (auto formed = CheckForm(sas); !formed) return formed.error();
  if (auto own = CheckSignature(sas, name, account.keys); !own) return own.error();

  std::optional<StoredPolicy> policy;
  if (!sas.identifier.empty()) {
    policy = containers_.FindPolicy(name.account, name.container, sas.identifier);
    if (!policy) return PolicyNotFound();
  }
  auto terms = MergeTerms(sas, policy);
  if (!terms) return terms.error();
  if (auto timely = CheckTime(*terms, clock_.Now()); !timely) {
    if (!forgives_times_) return timely.error();
    log_(LogLevel::kWarning, timely.error().detail);
  }
  return terms;
}

}  // namespace msc::storage
