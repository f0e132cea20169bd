#pragma once

#include <string>

#include "emulator/http/request.h"

namespace msc::storage {

// The fields of an account shared access signature as received, decoded; empty: absent.
struct AccountSas {
  std::string version = {};           // sv
  std::string services = {};          // ss
  std::string resource_types = {};    // srt
  std::string permissions = {};       // sp
  std::string starts = {};            // st
  std::string expires = {};           // se
  std::string address_range = {};     // sip
  std::string protocol = {};          // spr
  std::string encryption_scope = {};  // ses
  std::string signature = {};         // sig
};

// Whether the query has an account SAS.
bool HasAccountSas(const http::QueryParameters& parameters);

AccountSas ReadAccountSas(const http::QueryParameters& parameters);

// The string to sign. Source: "Create an account SAS",
// https://learn.microsoft.com/en-us/rest/api/storageservices/create-account-sas
std::string StringToSign(const AccountSas& sas, std::string_view account);

}  // namespace msc::storage
