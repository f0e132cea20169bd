#pragma once

#include <filesystem>
#include <string>

namespace msc::http {

// A certificate for localhost, *.localhost, *.blob.localhost, 127.0.0.1 and ::1. It is signed by an
// authority that was made for it alone and whose key is not kept: whoever trusts the authority
// trusts this certificate and no other. All members are PEM texts.
struct LocalCertificate {
  std::string certificate;
  std::string key;
  std::string authority;
};

// Makes one that is valid from yesterday on for two years. Throws std::runtime_error if OpenSSL
// fails.
LocalCertificate MakeLocalCertificate();

// The one in the file `path`, so that clients go on to trust it. Makes one, and writes it to the
// file (mode 0600), if there is none or if it expires within thirty days. Throws std::runtime_error
// that names the file if it cannot be read or written, or contains something else.
LocalCertificate KeptLocalCertificate(const std::filesystem::path& path);

}  // namespace msc::http
