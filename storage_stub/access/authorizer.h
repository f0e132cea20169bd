#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/log.h"
#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "storage_stub/access/need.h"
#include "storage_stub/access/sas.h"
#include "storage_stub/access/sas_check.h"
#include "storage_stub/blob_service.h"
#include "storage_stub/containers/policy_store.h"

namespace msc::storage {

// What a request may do to what.
struct Access {
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
             bool forgives_times, Log log)
      : accounts_(accounts),
        policies_(policies),
        clock_(clock),
        forgives_times_(forgives_times),
        log_(std::move(log)) {}

  // Lets a request pass whose credentials permit what `need` says.
  // kAccountNotFound, kInvalidResourceName, kInvalidUri, kNoAuthenticationInformation,
  // kAuthenticationFailed, kResourceNotFound, kAuthorization…
  Result<Access> Admit(const http::Request& request, const Need& need) const;

  // Whether the shared access signature in `request`'s query lets it read the blob `name`.
  // Admit's errors.
  Status MayRead(const http::Request& request, const ResourceName& name) const;

 private:
  // nullptr where there is no such account.
  const Account* FindAccount(std::string_view name) const;

  // By whichever kind of signature the query has.
  Result<Access> BySas(const http::Request& request, const Account& account, ResourceName name,
                       const Need& need) const;
  Result<Access> ByServiceSas(const http::Request& request, const Account& account,
                              ResourceName name, const Need& need) const;
  Result<Access> ByAccountSas(const http::Request& request, const Account& account,
                              ResourceName name, const Need& need) const;
  Result<Access> BySharedKey(const http::Request& request, const Account& account,
                             ResourceName name) const;

  // What the signature and its policy allow, once it is proved to be one of the account's.
  Result<SasTerms> Prove(const http::Request& request, const Sas& sas, const Account& account,
                         const ResourceName& name) const;

  // Lets what is `timely` pass, and, where times are forgiven, everything, with a remark.
  Status Forgive(const http::Request& request, Status timely) const;

  const std::vector<Account>& accounts_;
  const PolicyStore& policies_;
  const Clock& clock_;
  const bool forgives_times_;
  const Log log_;
};

}  // namespace msc::storage
