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
};

// The service SAS in the query of a request.
Sas ReadSas(const http::QueryParameters& parameters);

// The canonical resource of `name`; if the signature is for a container, that of its container.
std::string CanonicalResource(const Sas& sas, const ResourceName& name);

// The string to sign; its fields depend on `sas.version`.
// Source: "Create a service SAS",
// https://learn.microsoft.com/en-us/rest/api/storageservices/create-service-sas
std::string StringToSign(const Sas& sas, std::string_view canonical_resource);

// The signature of `string_to_sign` with `key`, in base64.
std::string Sign(const HmacKey& key, std::string_view string_to_sign);

}  // namespace msc::storage
