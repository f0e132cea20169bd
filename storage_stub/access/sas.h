#pragma once

#include <string>
#include <string_view>

#include "emulator/base/crypto.h"
#include "emulator/http/request.h"
#include "storage_stub/model/resource_name.h"

namespace msc::storage {

// The fields of a service shared access signature as received, decoded; empty: absent.
struct Sas {
  std::string version;                   // sv
  std::string resource;                  // sr
  std::string identifier = {};           // si
  std::string permissions = {};          // sp
  std::string starts = {};               // st
  std::string expires = {};              // se
  std::string address_range = {};        // sip
  std::string protocol = {};             // spr
  std::string encryption_scope = {};     // ses
  std::string cache_control = {};        // rscc
  std::string content_disposition = {};  // rscd
  std::string content_encoding = {};     // rsce
  std::string content_language = {};     // rscl
  std::string content_type = {};         // rsct
  std::string signature = {};            // sig
  std::string snapshot = {};             // The request's snapshot.
  std::string version_id = {};           // The request's versionid.

  // Only if it was made with a user delegation key.
  std::string key_object_id = {};           // skoid
  std::string key_tenant_id = {};           // sktid
  std::string key_starts = {};              // skt
  std::string key_expires = {};             // ske
  std::string key_service = {};             // sks
  std::string key_version = {};             // skv
  std::string key_delegated_tenant = {};    // skdutid
  std::string authorized_object_id = {};    // saoid
  std::string unauthorized_object_id = {};  // suoid
  std::string correlation_id = {};          // scid
  std::string delegated_object_id = {};     // sduoid

  bool is_delegated() const { return !key_object_id.empty(); }
};

// The service SAS in the query of a request.
Sas ReadSas(const http::QueryParameters& parameters);

// The headers of a response to a read that the signature prescribes.
http::Headers OverridesOf(const Sas& sas);

// The canonical resource of `name`; if the signature is for a container, that of its container.
std::string CanonicalResource(const Sas& sas, const ResourceName& name);

// The string to sign; its fields depend on `sas.version`.
// Source: "Create a service SAS",
// https://learn.microsoft.com/en-us/rest/api/storageservices/create-service-sas, and "Create a user
// delegation SAS",
// https://learn.microsoft.com/en-us/rest/api/storageservices/create-user-delegation-sas
std::string StringToSign(const Sas& sas, std::string_view canonical_resource);

// The signature of `string_to_sign` with `key`, in base64.
std::string Sign(const HmacKey& key, std::string_view string_to_sign);

}  // namespace msc::storage
