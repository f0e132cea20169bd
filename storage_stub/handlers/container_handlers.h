#pragma once

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "emulator/http/router.h"
#include "storage_stub/access/authorizer.h"
#include "storage_stub/records/container_store.h"
#include "storage_stub/records/policy_store.h"

namespace msc::storage {

// Operations on containers. Thread-safe. REQUIRES: all references outlive it.
class ContainerHandlers {
 public:
  ContainerHandlers(const Authorizer& authorizer, ContainerStore& containers, PolicyStore& policies,
                    const Clock& clock)
      : authorizer_(authorizer), containers_(containers), policies_(policies), clock_(clock) {}

  Result<http::Response> List(const http::Request& request) const;
  Result<http::Response> Create(const http::Request& request) const;
  Result<http::Response> GetProperties(const http::Request& request) const;  // And metadata.
  Result<http::Response> SetMetadata(const http::Request& request) const;
  Result<http::Response> GetAcl(const http::Request& request) const;
  Result<http::Response> SetAcl(const http::Request& request) const;
  Result<http::Response> Delete(const http::Request& request) const;

 private:
  const Authorizer& authorizer_;
  ContainerStore& containers_;
  PolicyStore& policies_;
  const Clock& clock_;
};

}  // namespace msc::storage
