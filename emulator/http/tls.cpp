#include "emulator/http/tls.h"

#include <openssl/pem.h>
#include <sys/socket.h>

#include "emulator/http/openssl_pointers.h"

namespace msc::http {
namespace {

class TlsStream final : public Stream {
 public:
  TlsStream(int socket, SSL_CTX* context) : Stream(socket), ssl_(SSL_new(context)) {
    CheckOpenSsl(ssl_ != nullptr && SSL_set_fd(ssl_.get(), socket) == 1, "TLS");
    SSL_set_accept_state(ssl_.get());
  }

  Progress Read(std::span<char> buffer) override {
    if (!has_begun_) Begin();
    if (lacks_tls_) return ReadPlain(buffer);
    std::size_t count = 0;
    ERR_clear_error();
    const int result = SSL_read_ex(ssl_.get(), buffer.data(), buffer.size(), &count);
    return Outcome(result, count);
  }

  bool HasPending() const override { return SSL_has_pending(ssl_.get()) != 0; }

  Progress Write(std::string_view bytes, bool more) override {
    if (lacks_tls_) return WritePlain(bytes, more);
    std::size_t count = 0;
    ERR_clear_error();
    const int result = SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &count);
    return Outcome(result, count);
  }

  bool LacksTls() const override { return lacks_tls_; }

  void EndWriting() override {
    if (SSL_is_init_finished(ssl_.get()) != 0) SSL_shutdown(ssl_.get());
    ERR_clear_error();
    Stream::EndWriting();
  }

 private:
  // Looks at the first byte: that of a method is a capital letter, that of a handshake is not.
  void Begin() {
    char first = 0;
    if (::recv(socket(), &first, 1, MSG_PEEK) != 1) return;
    has_begun_ = true;
    lacks_tls_ = first >= 'A' && first <= 'Z';
  }

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
  bool has_begun_ = false;
  bool lacks_tls_ = false;
};

SslContextPtr NewContext() {
  SslContextPtr context(SSL_CTX_new(TLS_server_method()));
  CheckOpenSsl(context != nullptr, "TLS");
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  // A write that is tried again may come from another buffer and may move only a part. Idle
  // connections keep no buffers.
  SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE |
                                      SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                      SSL_MODE_RELEASE_BUFFERS);
  return context;
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
  CheckOpenSsl(SSL_CTX_use_certificate_chain_file(context.get(), certificate.c_str()) == 1,
               "cannot use the certificate " + certificate);
  CheckOpenSsl(SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM) == 1,
               "cannot use the private key " + key);
  CheckOpenSsl(SSL_CTX_check_private_key(context.get()) == 1,
               "the private key " + key + " does not fit the certificate " + certificate);
  return std::shared_ptr<const TlsContext>(
      new TlsContext(std::make_unique<Impl>(Impl{std::move(context)})));
}

std::shared_ptr<const TlsContext> TlsContext::FromLocal(const LocalCertificate& local) {
  const BioPtr certificate_pem(BIO_new_mem_buf(local.certificate.data(), -1));
  const BioPtr key_pem(BIO_new_mem_buf(local.key.data(), -1));
  const CertificatePtr certificate(
      PEM_read_bio_X509(certificate_pem.get(), nullptr, nullptr, nullptr));
  const KeyPtr key(PEM_read_bio_PrivateKey(key_pem.get(), nullptr, nullptr, nullptr));
  auto context = NewContext();
  CheckOpenSsl(SSL_CTX_use_certificate(context.get(), certificate.get()) == 1 &&
                   SSL_CTX_use_PrivateKey(context.get(), key.get()) == 1,
               "using the certificate for localhost");
  return std::shared_ptr<const TlsContext>(
      new TlsContext(std::make_unique<Impl>(Impl{std::move(context)})));
}

std::unique_ptr<Stream> TlsContext::MakeStream(int socket) const {
  return std::make_unique<TlsStream>(socket, impl_->context.get());
}

}  // namespace msc::http
