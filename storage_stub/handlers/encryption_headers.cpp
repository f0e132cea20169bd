#include "storage_stub/handlers/encryption_headers.h"

#include <algorithm>
#include <string>
#include <utility>

#include "emulator/base/encoding.h"
#include "emulator/base/text.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/version.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::size_t kKeySize = 32;       // Bytes.
constexpr std::size_t kMaxScopeName = 63;  // Characters.
constexpr std::string_view kHttps = "https";

bool Reads(const http::Request& request) {
  return request.method == http::Method::kGet || request.method == http::Method::kHead;
}

// `prefix`: the beginning of the names of the three headers.
Result<Bytes> ReadKey(const http::Request& request, std::string_view prefix) {
  const std::string name = std::string(prefix) + "encryption-key";
  const std::string hash_name = name + "-sha256";
  const std::string algorithm_name = std::string(prefix) + "encryption-algorithm";
  const auto key = request.header(name);
  const auto hash = request.header(hash_name);
  const auto algorithm = request.header(algorithm_name);
  if (!key && !hash && !algorithm) return Bytes();
  if (!key) return HeaderMissing(name);
  if (!hash) return HeaderMissing(hash_name);
  if (!algorithm && !Reads(request)) return HeaderMissing(algorithm_name);

  const auto bad = [](const std::string& header, std::string_view value) {
    return BadHeader(StorageError::kInvalidHeaderValue, header, value);
  };
  if (algorithm && !EqualsIgnoringCase(*algorithm, wire::kAes256)) {
    return bad(algorithm_name, *algorithm);
  }
  if (request.scheme != kHttps) return bad(name, "a key without TLS");
  const auto bytes = Base64Decode(*key);
  if (!bytes || bytes->size() != kKeySize) return bad(name, "no key of 256 bits in base64");
  Bytes sha256 = Sha256(*bytes);
  if (Base64Decode(*hash) != sha256) return bad(hash_name, *hash);
  return sha256;
}

Result<std::string> ReadScope(const http::Request& request, const char* header) {
  const std::string scope(request.header(header).value_or(""));
  if (scope.size() <= kMaxScopeName && http::IsHeaderText(scope)) return scope;
  return BadHeader(StorageError::kInvalidHeaderValue, header, scope);
}

// Every scope has a name on the wire.
std::string_view ScopeName(const ContainerRecord& record) {
  return record.encryption_scope.empty() ? wire::kAccountScope
                                         : std::string_view(record.encryption_scope);
}

const char* DeniesOverride(const ContainerRecord& record) {
  return record.denies_scope_override ? wire::kTrue : wire::kFalse;
}

}  // namespace

Result<Encryption> ReadEncryption(const http::Request& request) {
  auto key = ReadKey(request, wire::kServicePrefix);
  if (!key) return key.error();
  auto scope = ReadScope(request, wire::kEncryptionScope);
  if (!scope) return scope.error();
  if (!key->empty() && !scope->empty()) {
    return BadHeader(StorageError::kInvalidHeaderValue, wire::kEncryptionScope, *scope);
  }
  return Encryption{.key_sha256 = *std::move(key), .scope = *std::move(scope)};
}

Result<Bytes> ReadSourceKey(const http::Request& request) {
  return ReadKey(request, wire::kSourcePrefix);
}

Result<ContainerEncryption> ReadContainerEncryption(const http::Request& request) {
  auto scope = ReadScope(request, wire::kDefaultScope);
  if (!scope) return scope.error();
  if (*scope == wire::kAccountScope) scope->clear();
  const auto denies = request.header(wire::kDeniesScopeOverride).value_or(wire::kFalse);
  const bool is_true = EqualsIgnoringCase(denies, wire::kTrue);
  if (!is_true && !EqualsIgnoringCase(denies, wire::kFalse)) {
    return BadHeader(StorageError::kInvalidHeaderValue, wire::kDeniesScopeOverride, denies);
  }
  return ContainerEncryption{.scope = *std::move(scope), .denies_override = is_true};
}

void AddContainerEncryption(http::Headers& headers, const ContainerRecord& record) {
  headers.push_back({wire::kDefaultScope, std::string(ScopeName(record))});
  headers.push_back({wire::kDeniesScopeOverride, DeniesOverride(record)});
}

void WriteContainerEncryption(XmlWriter& xml, const ContainerRecord& record) {
  xml.Element("DefaultEncryptionScope", ScopeName(record));
  xml.Element("DenyEncryptionScopeOverride", DeniesOverride(record));
}

void AddWrittenEncryption(http::Headers& headers, const Encryption& encryption,
                          std::string_view version) {
  if (version.empty() || version >= kEncryptionAtRest) {
    headers.push_back({wire::kRequestServerEncrypted, wire::kTrue});
  }
  AddStoredEncryption(headers, encryption);
}

void AddStoredEncryption(http::Headers& headers, const Encryption& encryption) {
  if (!encryption.key_sha256.empty()) {
    headers.push_back({wire::kEncryptionKeySha256, Base64Encode(encryption.key_sha256)});
  }
  if (!encryption.scope.empty()) headers.push_back({wire::kEncryptionScope, encryption.scope});
}

void WriteEncryption(XmlWriter& xml, const Encryption& encryption) {
  if (!encryption.key_sha256.empty()) {
    xml.Element("CustomerProvidedKeySha256", Base64Encode(encryption.key_sha256));
  }
  if (!encryption.scope.empty()) xml.Element("EncryptionScope", encryption.scope);
}

}  // namespace msc::storage
