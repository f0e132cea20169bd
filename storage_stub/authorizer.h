#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/log.h"
#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "storage_stub/blob_service.h"
#include "storage_stub/container_store.h"
#include "storage_stub/sas.h"
#include "storage_stub/sas_check.h"

namespace msc::storage {

// What a request may do to which blob.
struct Access {
  ResourceName name;
  std::string permissions;       // Letters.
  std::string version;           // That the request runs under; empty: it named none.
  std::string policy_id = {};    // Stored policy that lets it in; empty: the signature alone does.
  http::Headers overrides = {};  // Headers of a read's answer that the signature prescribes.

  bool permits(char letter) const { return permissions.find(letter) != std::string::npos; }
};

// Decides who may do what. Thread-safe. REQUIRES: all of them outlive it.
class Authorizer {
 public:
  Authorizer(const std::vector<Account>& accounts, const ContainerStore& containers,
             const Clock& clock, bool forgives_times, Log log)
      : accounts_(accounts),
        containers_(containers),
        clock_(clock),
        forgives_times_(forgives_times),
        log_(std::move(log)) {}

  // Lets a request pass that has at least one of the permissions `any_of`.
  // kAccountNotFound, kInvalidResourceName, kInvalidUri, kNoAuthenticationInformation,
  // kAuthenticationFailed, kResourceNotFound, kAuthorizationPermissionMismatch.
  Result<Access> Admit(const http::Request& request, std::string_view any_of) const;

 private:
  Result<SasTerms> Prove(const Sas& sas, const Account& account, const ResourceName& name) const;

  const std::vector<Account>& accounts_;
  const ContainerStore& containers_;
  const Clock& clock_;
  const bool forgives_times_;
  const Log log_;
};

}  // namespace msc::storage
