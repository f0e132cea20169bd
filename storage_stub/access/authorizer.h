#pragma once

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
#include "storage_stub/model/account.h"
#include "storage_stub/records/policy_store.h"

namespace msc::storage {

// What an authorized request may do, and with which resource.
struct AuthorizedRequest {
  ResourceName name;             // Only the parts that the operation acts on.
  Time now;                      // The instant at which the request is judged.
  std::string permissions;       // Letters.
  std::string version;           // The version of the request; empty: it has none.
  std::string policy_id = {};    // The stored policy of its signature; empty: none.
  http::Headers overrides = {};  // Response headers that the signature sets for a read.
  bool by_key = false;           // Authorized by Shared Key.

  bool permits(char letter) const { return permissions.find(letter) != std::string::npos; }
};

// Authorizes requests. Thread-safe. REQUIRES: the references outlive it.
class Authorizer {
 public:
  Authorizer(const std::vector<Account>& accounts, const PolicyStore& policies, const Clock& clock,
             bool tolerates_clock_skew, Log log)
      : accounts_(accounts),
        policies_(policies),
        clock_(clock),
        tolerates_clock_skew_(tolerates_clock_skew),
        log_(std::move(log)) {}

  // Authorizes a request whose credentials have the `required` permission. If it has an
  // Authorization header, a shared access signature in its query is ignored. kAccountNotFound,
  // kInvalidResourceName, kInvalidUri, kNoAuthenticationInformation, kInvalidAuthenticationInfo,
  // kAuthenticationFailed, kResourceNotFound, kAuthorization…
  Result<AuthorizedRequest> Authorize(const http::Request& request,
                                      const RequiredPermission& required) const;

  // Whether the shared access signature in the query of `request` allows to read the blob `name`.
  // The errors of Authorize.
  Status AuthorizeSourceRead(const http::Request& request, const ResourceName& name) const;

 private:
  // nullptr if there is no such account.
  const Account* FindAccount(std::string_view name) const;

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
                                                 const Account& account, ResourceName name) const;

  // What the signature and its policy allow, after checking that a key of the account made it.
  Result<SasGrant> VerifySas(const http::Request& request, const Sas& sas, const Account& account,
                             const ResourceName& name) const;

  // Returns `timely`; if clock skew is tolerated, accepts the request anyway and notes that in its
  // remark.
  Status TolerateClockSkew(const http::Request& request, Status timely) const;

  const std::vector<Account>& accounts_;
  const PolicyStore& policies_;
  const Clock& clock_;
  const bool tolerates_clock_skew_;
  const Log log_;
};

}  // namespace msc::storage
