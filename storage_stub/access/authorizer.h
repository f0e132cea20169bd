#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/log.h"
#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "storage_stub/access/required_permission.h"
#include "storage_stub/access/sas.h"
#include "storage_stub/access/sas_check.h"
#include "storage_stub/access/token_claims.h"
#include "storage_stub/access/user_delegation.h"
#include "storage_stub/model/account.h"
#include "storage_stub/model/copy_sources.h"
#include "storage_stub/records/container_store.h"
#include "storage_stub/records/policy_store.h"

namespace msc::storage {

// What an authorized request may do, and with which resource.
struct AuthorizedRequest {
  ResourceName name;                      // Only the parts that the operation acts on.
  Time now;                               // The instant at which the request is judged.
  std::string permissions;                // Letters.
  std::string version;                    // The version of the request; empty: it has none.
  std::string policy_id = {};             // The stored policy of its signature; empty: none.
  http::Headers overrides = {};           // Response headers that the signature sets for a read.
  bool by_key = false;                    // Authorized by Shared Key.
  std::optional<TokenClaims> token = {};  // What authorized it, if it was a token.

  bool permits(char letter) const { return permissions.find(letter) != std::string::npos; }
};

struct AuthorizerOptions {
  // Whether signatures are accepted outside their time, and Copy Blob From URL reads its source
  // with the credentials of the request.
  bool loose = false;

  // Whether tokens are accepted.
  bool takes_tokens = false;

  // The other servers that copies may read from.
  CopySources copy_sources = CopySources();
};

// Authorizes requests. Thread-safe. REQUIRES: the references outlive it.
class Authorizer {
 public:
  Authorizer(const std::vector<Account>& accounts, const PolicyStore& policies,
             const ContainerStore& containers, const Clock& clock, AuthorizerOptions options,
             Log log)
      : accounts_(accounts),
        policies_(policies),
        containers_(containers),
        clock_(clock),
        options_(std::move(options)),
        log_(std::move(log)) {}

  // Authorizes a request whose credentials have the `required` permission, or which needs none. If
  // it has an Authorization header, a shared access signature in its query is ignored.
  // kAccountNotFound, kInvalidResourceName, kInvalidUri, kNoAuthenticationInformation,
  // kInvalidAuthenticationInfo, kInvalidToken, kAuthenticationFailed, kResourceNotFound,
  // kAuthorization…
  Result<AuthorizedRequest> Authorize(const http::Request& request,
                                      const RequiredPermission& required) const;

  // Whether the token or the shared access signature of `request` allows to read the blob `name`,
  // or anybody may. The errors of Authorize.
  Status AuthorizeSourceRead(const http::Request& request, const ResourceName& name) const;

  // The secret of a user delegation key. REQUIRES: there is such an account.
  Bytes SecretOf(const UserDelegationKey& key, std::string_view account) const;

  bool is_loose() const { return options_.loose; }

  bool HasAccount(std::string_view name) const { return FindAccount(name) != nullptr; }

  // The other servers that copies may read from.
  const CopySources& copy_sources() const { return options_.copy_sources; }

 private:
  // nullptr if there is no such account.
  const Account* FindAccount(std::string_view name) const;

  Result<AuthorizedRequest> AuthorizeSource(const http::Request& request, const Account& account,
                                            const ResourceName& name) const;
  Result<AuthorizedRequest> AuthorizeByToken(const http::Request& request, const Account& account,
                                             ResourceName name,
                                             const RequiredPermission& required) const;
  Result<AuthorizedRequest> AuthorizeAnonymous(const http::Request& request, ResourceName name,
                                               const RequiredPermission& required) const;

  // With the kind of signature that the query has.
  Result<AuthorizedRequest> AuthorizeBySas(const http::Request& request, const Account& account,
                                           ResourceName name,
                                           const RequiredPermission& required) const;
  Result<AuthorizedRequest> AuthorizeByServiceSas(const http::Request& request,
                                                  const Account& account, ResourceName name,
                                                  const RequiredPermission& required) const;
  Result<AuthorizedRequest> AuthorizeByAccountSas(const http::Request& request,
                                                  const Account& account, ResourceName name,
                                                  const RequiredPermission& required) const;
  Result<AuthorizedRequest> AuthorizeBySharedKey(const http::Request& request,
                                                 const Account& account, ResourceName name,
                                                 const RequiredPermission& required) const;

  // What the signature and its policy allow, after checking that a key of the account made it.
  Result<SasGrant> VerifySas(const http::Request& request, const Sas& sas, const Account& account,
                             const ResourceName& name) const;

  // The same for a signature with a user delegation key, over `string_to_sign`.
  Result<SasGrant> VerifyDelegatedSas(const http::Request& request, const Sas& sas,
                                      const Account& account,
                                      const std::string& string_to_sign) const;

  // Returns `timely`; if clock skew is tolerated, accepts the request anyway and notes that in its
  // remark.
  Status TolerateClockSkew(const http::Request& request, Status timely) const;

  const std::vector<Account>& accounts_;
  const PolicyStore& policies_;
  const ContainerStore& containers_;
  const Clock& clock_;
  const AuthorizerOptions options_;
  const Log log_;
};

}  // namespace msc::storage
