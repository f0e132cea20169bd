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

// What a request may do to what.
struct AuthorizedRequest {
  ResourceName name;             // As far as the level of the operation goes.
  std::string permissions;       // Letters.
  std::string version;           // That the request runs under; empty: it named none.
  std::string policy_id = {};    // Stored policy that lets it in; empty: it needs none.
  http::Headers overrides = {};  // Headers of a read's answer that the signature prescribes.
  bool by_key = false;           // Proved by the account's key itself.

  bool permits(char letter) const { return permissions.find(letter) != std::string::npos; }
};

// Decides who may do what. Thread-safe. REQUIRES: all of them outlive it.
class Authorizer {
 public:
  Authorizer(const std::vector<Account>& accounts, const PolicyStore& policies, const Clock& clock,
             bool tolerates_clock_skew, Log log)
      : accounts_(accounts),
        policies_(policies),
        clock_(clock),
        tolerates_clock_skew_(tolerates_clock_skew),
        log_(std::move(log)) {}

  // Lets a request pass whose credentials permit what `required` says. An Authorization header
  // decides even beside a shared access signature.
  // kAccountNotFound, kInvalidResourceName, kInvalidUri, kNoAuthenticationInformation,
  // kInvalidAuthenticationInfo, kAuthenticationFailed, kResourceNotFound, kAuthorization…
  Result<AuthorizedRequest> Authorize(const http::Request& request,
                                      const RequiredPermission& required) const;

  // Whether the shared access signature in `request`'s query lets it read the blob `name`.
  // Authorize's errors.
  Status AuthorizeSourceRead(const http::Request& request, const ResourceName& name) const;

 private:
  // nullptr where there is no such account.
  const Account* FindAccount(std::string_view name) const;

  // By whichever kind of signature the query has.
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

  // What the signature and its policy allow, once it is proved to be one of the account's.
  Result<SasGrant> VerifySas(const http::Request& request, const Sas& sas, const Account& account,
                             const ResourceName& name) const;

  // Lets what is `timely` pass, and, where times are forgiven, everything, with a remark.
  Status TolerateClockSkew(const http::Request& request, Status timely) const;

  const std::vector<Account>& accounts_;
  const PolicyStore& policies_;
  const Clock& clock_;
  const bool tolerates_clock_skew_;
  const Log log_;
};

}  // namespace msc::storage
