#pragma once

#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <array>
#include <memory>
#include <stdexcept>
#include <string>

namespace msc::testing {

// One request over TLS to 127.0.0.1. Accepts any certificate, or, with `authority` (a PEM file),
// only one for localhost that this authority has signed. Returns every byte up to the end of the
// connection, however that comes about. Throws std::runtime_error if there is no connection.
inline std::string CallOverTls(int port, const std::string& request,
                               const std::string& authority = {}) {
  const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context(SSL_CTX_new(TLS_client_method()),
                                                             SSL_CTX_free);
  // No goodbye at the end: to a connection that was reset, it would raise SIGPIPE.
  SSL_CTX_set_quiet_shutdown(context.get(), 1);
  if (!authority.empty()) {
    SSL_CTX_load_verify_locations(context.get(), authority.c_str(), nullptr);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    X509_VERIFY_PARAM_set1_host(SSL_CTX_get0_param(context.get()), "localhost", 0);
  }
  BIO* const connection = BIO_new_ssl_connect(context.get());
  const std::unique_ptr<BIO, void (*)(BIO*)> owner(connection, BIO_free_all);
  BIO_set_conn_hostname(connection, ("127.0.0.1:" + std::to_string(port)).c_str());
  if (BIO_do_connect(connection) != 1) throw std::runtime_error("cannot connect over TLS");
  BIO_write(connection, request.data(), static_cast<int>(request.size()));
  std::string answer;
  std::array<char, 16 * 1024> buffer;
  for (int count = 1; count > 0;) {
    count = BIO_read(connection, buffer.data(), static_cast<int>(buffer.size()));
    if (count > 0) answer.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return answer;
}

}  // namespace msc::testing
