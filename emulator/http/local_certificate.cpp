#include "emulator/http/local_certificate.h"

#include <openssl/pem.h>
#include <openssl/rand.h>

#include <stdexcept>

#include "emulator/base/whole_file.h"
#include "emulator/http/openssl_pointers.h"

namespace msc::http {
namespace {

constexpr long kDaySeconds = 24L * 60 * 60;
constexpr long kValidSeconds = 730 * kDaySeconds;
constexpr long kRenewSeconds = 30 * kDaySeconds;
constexpr const char* kMaking = "making a certificate";

KeyPtr NewKey() {
  KeyPtr key(EVP_EC_gen("P-256"));  // Made in a fraction of the time that RSA takes.
  CheckOpenSsl(key != nullptr, "making a key");
  return key;
}

void SetSerialNumber(X509* certificate) {
  std::array<unsigned char, 8> serial{};
  CheckOpenSsl(RAND_bytes(serial.data(), serial.size()) == 1, kMaking);
  serial[0] &= 0x7F;  // A serial number is positive.
  const NumberPtr number(BN_bin2bn(serial.data(), serial.size(), nullptr));
  BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate));
}

CertificatePtr NewCertificate(const char* name, EVP_PKEY* key) {
  CertificatePtr certificate(X509_new());
  CheckOpenSsl(certificate != nullptr, kMaking);
  X509_set_version(certificate.get(), X509_VERSION_3);
  SetSerialNumber(certificate.get());
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kDaySeconds);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kValidSeconds);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
  return certificate;
}

void AddExtension(X509* certificate, int kind, const char* value) {
  const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, nullptr, kind, value));
  CheckOpenSsl(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1,
               kMaking);
}

void Sign(X509* certificate, X509* issuer, EVP_PKEY* issuer_key) {
  X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
  CheckOpenSsl(X509_sign(certificate, issuer_key, EVP_sha256()) > 0, kMaking);
}

std::string TextOf(BIO* pem) {
  char* text = nullptr;
  const long size = BIO_get_mem_data(pem, &text);
  return {text, static_cast<std::size_t>(size)};
}

std::string Pem(X509* certificate) {
  const BioPtr pem(BIO_new(BIO_s_mem()));
  CheckOpenSsl(pem != nullptr && PEM_write_bio_X509(pem.get(), certificate) == 1, kMaking);
  return TextOf(pem.get());
}

std::string Pem(EVP_PKEY* key) {
  const BioPtr pem(BIO_new(BIO_s_mem()));
  CheckOpenSsl(pem != nullptr && PEM_write_bio_PrivateKey(pem.get(), key, nullptr, nullptr, 0,
                                                          nullptr, nullptr) == 1,
               kMaking);
  return TextOf(pem.get());
}

// The file is the key, the certificate and the authority, one after the other.
LocalCertificate Parse(const std::string& text, const std::filesystem::path& path) {
  const BioPtr pem(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  const KeyPtr key(PEM_read_bio_PrivateKey(pem.get(), nullptr, nullptr, nullptr));
  const CertificatePtr certificate(PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr));
  const CertificatePtr authority(PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr));
  CheckOpenSsl(
      key != nullptr && certificate != nullptr && authority != nullptr &&
          X509_check_private_key(certificate.get(), key.get()) == 1,
      path.string() + " is not the emulator's certificate; delete it, then a new one is made");
  return {.certificate = Pem(certificate.get()),
          .key = Pem(key.get()),
          .authority = Pem(authority.get())};
}

bool ExpiresSoon(const LocalCertificate& kept) {
  const BioPtr pem(BIO_new_mem_buf(kept.certificate.data(), -1));
  const CertificatePtr certificate(PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr));
  const TimePtr limit(X509_gmtime_adj(nullptr, kRenewSeconds));
  return ASN1_TIME_compare(X509_get0_notAfter(certificate.get()), limit.get()) < 0;
}

}  // namespace

LocalCertificate MakeLocalCertificate() {
  const auto authority_key = NewKey();
  const auto authority =
      NewCertificate("Media Services Connector Emulator, local authority", authority_key.get());
  AddExtension(authority.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  AddExtension(authority.get(), NID_key_usage, "critical,keyCertSign");
  Sign(authority.get(), authority.get(), authority_key.get());

  const auto key = NewKey();
  const auto certificate = NewCertificate("localhost", key.get());
  AddExtension(certificate.get(), NID_basic_constraints, "critical,CA:FALSE");
  AddExtension(certificate.get(), NID_ext_key_usage, "serverAuth");
  AddExtension(certificate.get(), NID_subject_alt_name,
               "DNS:localhost,DNS:*.localhost,DNS:*.blob.localhost,IP:127.0.0.1,IP:::1");
  Sign(certificate.get(), authority.get(), authority_key.get());
  return {.certificate = Pem(certificate.get()),
          .key = Pem(key.get()),
          .authority = Pem(authority.get())};
}

LocalCertificate KeptLocalCertificate(const std::filesystem::path& path) {
  if (std::filesystem::exists(path)) {
    auto kept = Parse(ReadWholeFile(path), path);
    if (!ExpiresSoon(kept)) return kept;
  }
  auto made = MakeLocalCertificate();
  WriteWholeFile(path, made.key + made.certificate + made.authority, 0600);
  return made;
}

}  // namespace msc::http
