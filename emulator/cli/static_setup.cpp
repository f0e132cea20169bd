// Part of the statically linked program alone.
#include <nss.h>
#include <openssl/crypto.h>

namespace msc {
namespace {

// A module that the system's C library or OpenSSL would load at run time may need another version
// of the C library than the one in this program. So neither loads any: host names come from
// /etc/hosts and DNS, and the system's OpenSSL configuration is not read.
[[gnu::constructor]] void UseNoModules() {
  __nss_configure_lookup("hosts", "files dns");
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
}

}  // namespace
}  // namespace msc
