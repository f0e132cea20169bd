#include "emulator/keys/key_rules.h"

#include <string_view>

#include "emulator/base/guid.h"

namespace msc::keys {
namespace {

bool IsKeyId(std::string_view text) { return ParseGuid(text) == text; }

}  // namespace

const sqlite::RecordRules& KeyRules() {
  static const sqlite::RecordRules rules = {
      .columns =
          {
              {"content_key", "id", sqlite::Text(IsKeyId, "a GUID in lower case")},
              {"content_key", "bytes", sqlite::BlobOf(kContentKeySize, kContentKeySize)},
              {"signing_key", "id", sqlite::IntegerFrom(1, 1)},
              {"signing_key", "bytes", sqlite::BlobOf(kSigningKeySize, kSigningKeySize)},
          },
      .rows = {{"signing_key", "id", "SELECT 'none' WHERE NOT EXISTS (SELECT 1 FROM signing_key)",
                "1, of the key to sign tokens with"}}};
  return rules;
}

}  // namespace msc::keys
