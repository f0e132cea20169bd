#pragma once

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "emulator/http/router.h"
#include "storage_stub/access/authorizer.h"
#include "storage_stub/records/container_store.h"
#include "storage_stub/records/service_store.h"

namespace msc::storage {

// Operations on the blob service of an account. Thread-safe. REQUIRES: the references outlive it.
class ServiceHandlers {
 public:
  ServiceHandlers(const Authorizer& authorizer, ServiceStore& service, ContainerStore& containers,
                  const Clock& clock)
      : authorizer_(authorizer), service_(service), containers_(containers), clock_(clock) {}

  Result<http::Response> GetProperties(const http::Request& request) const;
  Result<http::Response> SetProperties(const http::Request& request) const;
  Result<http::Response> GetStats(const http::Request& request) const;
  Result<http::Response> GetUserDelegationKey(const http::Request& request) const;
  Result<http::Response> GetAccountInformation(const http::Request& request) const;

 private:
  const Authorizer& authorizer_;
  ServiceStore& service_;
  ContainerStore& containers_;
  const Clock& clock_;
};

}  // namespace msc::storage
