#pragma once

#include "emulator/base/random.h"
#include "emulator/base/result.h"
#include "emulator/http/router.h"
#include "storage_stub/access/authorizer.h"
#include "storage_stub/records/lease_store.h"

namespace msc::storage {

// Operations on leases. Thread-safe. REQUIRES: all references outlive it.
class LeaseHandlers {
 public:
  LeaseHandlers(const Authorizer& authorizer, LeaseStore& leases, Random& random)
      : authorizer_(authorizer), leases_(leases), random_(random) {}

  Result<http::Response> ChangeBlob(const http::Request& request) const;
  Result<http::Response> ChangeContainer(const http::Request& request) const;

 private:
  const Authorizer& authorizer_;
  LeaseStore& leases_;
  Random& random_;
};

}  // namespace msc::storage
