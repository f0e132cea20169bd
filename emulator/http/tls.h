#pragma once

#include <memory>
#include <string>

#include "emulator/http/local_certificate.h"
#include "emulator/http/stream.h"

namespace msc::http {

// A server's certificate and key. Immutable; streams made from it keep it alive.
class TlsContext {
 public:
  // PEM files; the certificate's file may hold a chain. Throws std::runtime_error that names the
  // file.
  static std::shared_ptr<const TlsContext> FromFiles(const std::string& certificate,
                                                     const std::string& key);

  // Throws std::runtime_error if OpenSSL fails.
  static std::shared_ptr<const TlsContext> FromLocal(const LocalCertificate& certificate);

  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  // Encrypts an accepted socket. The handshake happens in the first calls.
  std::unique_ptr<Stream> MakeStream(int socket) const;

 private:
  struct Impl;
  explicit TlsContext(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace msc::http
