#pragma once

#include <string>
#include <string_view>

#include "emulator/base/result.h"
#include "emulator/http/headers.h"
#include "emulator/http/request.h"
#include "storage_stub/model/blob_record.h"
#include "storage_stub/model/container_record.h"
#include "storage_stub/protocol/xml.h"

// Keys of the client and encryption scopes in requests and responses. Of a key only the hash is
// kept, and no bytes are encrypted.
namespace msc::storage {

// The key and the scope of a request. kMissingRequiredHeader for an incomplete key;
// kInvalidHeaderValue for an invalid one, for one that is sent without TLS, and for both.
Result<Encryption> ReadEncryption(const http::Request& request);

// The SHA-256 of the key of a copy's source; empty: it has none. The same errors.
Result<Bytes> ReadSourceKey(const http::Request& request);

// Which encryption a container wants for its new blobs, from the request that makes it.
struct ContainerEncryption {
  std::string scope = {};  // Empty: the account's key.
  bool denies_override = false;
};

// kInvalidHeaderValue.
Result<ContainerEncryption> ReadContainerEncryption(const http::Request& request);

// Adds the headers about the encryption of a container's new blobs.
void AddContainerEncryption(http::Headers& headers, const ContainerRecord& record);

// Writes the elements of a list of containers.
void WriteContainerEncryption(XmlWriter& xml, const ContainerRecord& record);

// Adds the headers about encryption at rest, for a write under `version`.
void AddWrittenEncryption(http::Headers& headers, const Encryption& encryption,
                          std::string_view version);

// The same for a read.
void AddStoredEncryption(http::Headers& headers, const Encryption& encryption);

// Writes the elements of a list.
void WriteEncryption(XmlWriter& xml, const Encryption& encryption);

}  // namespace msc::storage
