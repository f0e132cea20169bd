#include "emulator/http/tls.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <stdexcept>

namespace msc::http {
namespace {

template <auto Free>
struct Deleter {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using SslPtr = std::unique_ptr<SSL, Deleter<SSL_free>>;
using SslContextPtr = std::unique_ptr<SSL_CTX, Deleter<SSL_CTX_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using CertificatePtr = std::unique_ptr<X509, Deleter<X509_free>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>>;

std::string OpenSslReason() {
  std::array<char, 256> text{};
  ERR_error_string_n(ERR_get_error(), text.data(), text.size());
  ERR_clear_error();
  return text.data();
}

void Check(bool worked, const std::string& what) {
  if (!worked) throw std::runtime_error(what + ": " + OpenSslReason());
}

class TlsStream final : public Stream {
 public:
  TlsStream(int socket, SSL_CTX* context) : Stream(socket), ssl_(SSL_new(context)) {
    Check(ssl_ != nullptr && SSL_set_fd(ssl_.get(), socket) == 1, "TLS");
    SSL_set_accept_state(ssl_.get());
  }

  Progress Read(std::span<char> buffer) override {
    std::size_t count = 0;
    ERR_clear_error();
    const int result = SSL_read_ex(ssl_.get(), buffer.data(), buffer.size(), &count);
    return Outcome(result, count);
  }

  bool HasPending() const override { return SSL_has_pending(ssl_.get()) != 0; }

  Progress Write(std::string_view bytes, bool) override {
    std::size_t count = 0;
    ERR_clear_error();
    const int result = SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &count);
    return Outcome(result, count);
  }

  void EndWriting() override {
    if (SSL_is_init_finished(ssl_.get()) != 0) SSL_shutdown(ssl_.get());
    ERR_clear_error();
    Stream::EndWriting();
  }

 private:
  Progress Outcome(int result, std::size_t count) const {
    if (result == 1) return {.bytes = count};
    switch (SSL_get_error(ssl_.get(), result)) {
      case SSL_ERROR_WANT_READ:
        return {.wait = Wait::kToRead};
      case SSL_ERROR_WANT_WRITE:
        return {.wait = Wait::kToWrite};
      default:
        ERR_clear_error();
        return {.ended = true};
    }
  }

  SslPtr ssl_;
};

SslContextPtr NewContext() {
  SslContextPtr context(SSL_CTX_new(TLS_server_method()));
  Check(context != nullptr, "TLS");
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  // A write that is tried again may come from another buffer and may move only a part. Idle
  // connections keep no buffers.
  SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE |
                                      SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                      SSL_MODE_RELEASE_BUFFERS);
  return context;
}

CertificatePtr SignForLocalhost(EVP_PKEY* key) {
  constexpr long kDay = 24L * 60 * 60;
  CertificatePtr certificate(X509_new());
  Check(certificate != nullptr, "making a certificate");
  X509_set_version(certificate.get(), X509_VERSION_3);
  std::array<unsigned char, 8> serial{};
  Check(RAND_bytes(serial.data(), serial.size()) == 1, "making a certificate");
  serial[0] &= 0x7F;  // A serial number is positive.
  const std::unique_ptr<BIGNUM, Deleter<BN_free>> number(
      BN_bin2bn(serial.data(), serial.size(), nullptr));
  BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate.get()));
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kDay);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 365 * kDay);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME* const name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  const ExtensionPtr names(X509V3_EXT_conf_nid(
      nullptr, nullptr, NID_subject_alt_name,
      "DNS:localhost,DNS:*.localhost,DNS:*.blob.localhost,IP:127.0.0.1,IP:::1"));
  Check(names != nullptr && X509_add_ext(certificate.get(), names.get(), -1) == 1 &&
            X509_sign(certificate.get(), key, EVP_sha256()) > 0,
        "making a certificate");
  return certificate;
}

}  // namespace

struct TlsContext::Impl {
  SslContextPtr context;
};

TlsContext::TlsContext(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TlsContext::~TlsContext() = default;

std::shared_ptr<const TlsContext> TlsContext::FromFiles(const std::string& certificate,
                                                        const std::string& key) {
  auto context = NewContext();
  Check(SSL_CTX_use_certificate_chain_file(context.get(), certificate.c_str()) == 1,
        "cannot use the certificate " + certificate);
  Check(SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM) == 1,
        "cannot use the private key " + key);
  Check(SSL_CTX_check_private_key(context.get()) == 1,
        "the private key " + key + " does not fit the certificate " + certificate);
  return std::shared_ptr<const TlsContext>(
      new TlsContext(std::make_unique<Impl>(Impl{std::move(context)})));
}

std::shared_ptr<const TlsContext> TlsContext::SelfSigned() {
  const KeyPtr key(EVP_EC_gen("P-256"));  // Made in a fraction of the time that RSA takes.
  Check(key != nullptr, "making a key");
  const auto certificate = SignForLocalhost(key.get());
  auto context = NewContext();
  Check(SSL_CTX_use_certificate(context.get(), certificate.get()) == 1 &&
            SSL_CTX_use_PrivateKey(context.get(), key.get()) == 1,
        "using the certificate that was made");
  return std::shared_ptr<const TlsContext>(
      new TlsContext(std::make_unique<Impl>(Impl{std::move(context)})));
}

std::unique_ptr<Stream> TlsContext::MakeStream(int socket) const {
  return std::make_unique<TlsStream>(socket, impl_->context.get());
}

}  // namespace msc::http
