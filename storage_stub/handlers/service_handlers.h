#pragma once

#include "emulator/base/result.h"
#include "emulator/http/router.h"
#include "storage_stub/access/authorizer.h"
#include "storage_stub/records/service_store.h"

namespace msc::storage {

// Operations on the blob service of an account. Thread-safe. REQUIRES: all outlive it.
class ServiceHandlers {
 public:
  ServiceHandlers(const Authorizer& authorizer, ServiceStore& service)
      : authorizer_(authorizer), service_(service) {}

  Result<http::Response> GetProperties(const http::Request& request) const;
  Result<http::Response> SetProperties(const http::Request& request) const;
  Result<http::Response> GetAccountInformation(const http::Request& request) const;

 private:
  const Authorizer& authorizer_;
  ServiceStore& service_;
};

}  // namespace msc::storage
