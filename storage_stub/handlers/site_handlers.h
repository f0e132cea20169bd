#pragma once

#include <string>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "emulator/http/router.h"
#include "storage_stub/model/service_properties.h"
#include "storage_stub/records/blob_store.h"
#include "storage_stub/records/service_store.h"

namespace msc::storage {

// The static website of an account: the container $web, which anybody may read at an address of its
// own if the service's properties say so. Thread-safe. REQUIRES: the references outlive it.
// Source: "Static website hosting in Azure Storage",
// https://learn.microsoft.com/en-us/azure/storage/blobs/storage-blob-static-website
class SiteHandlers {
 public:
  SiteHandlers(const ServiceStore& service, const BlobStore& blobs, const Clock& clock)
      : service_(service), blobs_(blobs), clock_(clock) {}

  // kWebContentNotFound, with the website's own page for that if it has one.
  Result<http::Response> Get(const http::Request& request) const;

 private:
  // `now`: the instant at which the request is judged.
  Result<http::Response> NotFound(const std::string& account, const StaticWebsite& site,
                                  Time now) const;

  const ServiceStore& service_;
  const BlobStore& blobs_;
  const Clock& clock_;
};

// Routes below "/<account>.web", where BlobService::Prepare leads the hosts of websites.
std::vector<http::Route> SiteRoutes(const SiteHandlers& site);

}  // namespace msc::storage
