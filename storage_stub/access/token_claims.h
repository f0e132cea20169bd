#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emulator/base/clock.h"

namespace msc::storage {

// What a token of Microsoft Entra ID says about itself and its user.
struct TokenClaims {
  std::string issuer;          // iss
  std::string audience;        // aud
  Time not_before;             // nbf
  Time expires;                // exp
  std::string object_id = {};  // oid; may be empty.
  std::string tenant_id = {};  // tid; may be empty.
};

// The claims of a JSON Web Token, whose signature is not read. nullopt if it is none, or lacks a
// claim. Source: RFC 7519, https://www.rfc-editor.org/rfc/rfc7519
std::optional<TokenClaims> ReadClaims(std::string_view token);

}  // namespace msc::storage
