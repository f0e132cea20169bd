#pragma once

#include <msc/durability.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/crypto.h"
#include "emulator/base/log.h"
#include "emulator/base/random.h"
#include "emulator/base/result.h"
#include "emulator/http/router.h"

namespace msc::keys {

// The AES-128 content keys, the tokens that open them and their delivery at /keydelivery.
// Thread-safe.
class KeyService {
 public:
  // Keeps keys.db in `data_directory`; empty: nothing outlives the object. Throws
  // std::runtime_error where it cannot be opened.
  KeyService(const std::string& data_directory, const Clock& clock, Random& random,
             Log log = LogToStderr(), Durability durability = Durability::kProcess);
  ~KeyService();
  KeyService(const KeyService&) = delete;
  KeyService& operator=(const KeyService&) = delete;

  // Makes a random 16-byte key and returns its id, a GUID.
  std::string CreateKey();

  // No effect where there is none of that id.
  void DeleteKey(std::string_view key_id);

  // Of all keys, in no order.
  std::vector<std::string> KeyIds() const;

  // The key's 16 bytes. kKeyNotFound.
  Result<Bytes> FindKey(std::string_view key_id) const;

  // A token for the key, five minutes from now: "Bearer=urn%3amicrosoft%3a…&HMACSHA256=…". `host`
  // is where keys are acquired, without port. kKeyNotFound.
  Result<std::string> IssueToken(std::string_view key_id, std::string_view host) const;

  // Deletes all keys. Tokens go on being signed with the same key.
  void Clear();

  // All keys and what signs tokens, as the bytes of a database file.
  std::string Image() const;

  // Puts what such an image holds in the place of all that is there. Throws std::runtime_error
  // (sqlite::ImageRefused), and changes nothing, where it is none of ours or corrupt.
  void Load(std::string_view image);

  // GET and POST /keydelivery. REQUIRES: the service outlives it.
  const http::Router& router() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace msc::keys
