#include "emulator/base/crypto.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <stdexcept>
#include <utility>

#include "emulator/base/mutex.h"

namespace msc {
namespace {

constexpr std::size_t kSha256Block = 64;
constexpr char kInnerPad = 0x36;
constexpr char kOuterPad = 0x5C;

unsigned char* Unsigned(char* data) { return reinterpret_cast<unsigned char*>(data); }

struct FreeDigestContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using DigestContext = std::unique_ptr<EVP_MD_CTX, FreeDigestContext>;

struct FreeAlgorithm {
  void operator()(EVP_MD* algorithm) const { EVP_MD_free(algorithm); }
};
using Algorithm = std::unique_ptr<EVP_MD, FreeAlgorithm>;

// OpenSSL looks up EVP_md5() and EVP_sha256() again for each digest; these are looked up once.
const EVP_MD* Md5Algorithm() {
  static const Algorithm algorithm(EVP_MD_fetch(nullptr, "MD5", nullptr));
  return algorithm.get();
}

const EVP_MD* Sha256Algorithm() {
  static const Algorithm algorithm(EVP_MD_fetch(nullptr, "SHA256", nullptr));
  return algorithm.get();
}

void Begin(EVP_MD_CTX& context, const EVP_MD* algorithm) {
  if (algorithm == nullptr || EVP_DigestInit_ex(&context, algorithm, nullptr) != 1) {
    throw std::runtime_error("OpenSSL does not provide a digest");
  }
}

Bytes Finished(EVP_MD_CTX& context) {
  Bytes digest(static_cast<std::size_t>(EVP_MD_CTX_size(&context)), '\0');
  EVP_DigestFinal_ex(&context, Unsigned(digest.data()), nullptr);
  return digest;
}

// RFC 2104: the key as one block, with each byte XORed with `pad`.
Bytes Padded(std::string_view key, char pad) {
  Bytes block = key.size() > kSha256Block ? Sha256(key) : Bytes(key);
  block.resize(kSha256Block, '\0');
  for (char& byte : block) byte = static_cast<char>(byte ^ pad);
  return block;
}

// A SHA-256 to which `text` has been added.
DigestContext Begun(std::string_view text) {
  DigestContext context(EVP_MD_CTX_new());
  Begin(*context, Sha256Algorithm());
  EVP_DigestUpdate(context.get(), text.data(), text.size());
  return context;
}

// The digest of the bytes added to `begun`, followed by `text`; computed in `context`.
Bytes FinishedCopy(EVP_MD_CTX& context, const EVP_MD_CTX& begun, std::string_view text) {
  EVP_MD_CTX_copy_ex(&context, &begun);
  EVP_DigestUpdate(&context, text.data(), text.size());
  return Finished(context);
}

}  // namespace

struct HmacKey::Prepared {
  DigestContext inner;
  DigestContext outer;

  // A client sends the same signature again and again, so the last one is kept.
  mutable Mutex mutex;
  mutable std::string last_text MSC_GUARDED_BY(mutex);
  mutable Bytes last_digest MSC_GUARDED_BY(mutex);  // Empty: there is none.
};

HmacKey::HmacKey(std::string_view key) {
  auto prepared = std::make_shared<Prepared>();
  prepared->inner = Begun(Padded(key, kInnerPad));
  prepared->outer = Begun(Padded(key, kOuterPad));
  prepared_ = std::move(prepared);
}

Bytes HmacKey::Sign(std::string_view text) const {
  {
    const MutexLock lock(prepared_->mutex);
    const bool is_last = !prepared_->last_digest.empty() && prepared_->last_text == text;
    if (is_last) return prepared_->last_digest;
  }
  const DigestContext context(EVP_MD_CTX_new());
  const Bytes inner = FinishedCopy(*context, *prepared_->inner, text);
  Bytes digest = FinishedCopy(*context, *prepared_->outer, inner);
  const MutexLock lock(prepared_->mutex);
  prepared_->last_text = text;
  prepared_->last_digest = digest;
  return digest;
}

Bytes Sha256(std::string_view text) {
  Sha256Stream stream;
  stream.Update(text);
  return stream.Finish();
}

bool SameBytes(std::string_view left, std::string_view right) {
  return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

void StreamDigest::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

StreamDigest::StreamDigest(const evp_md_st* algorithm) : context_(EVP_MD_CTX_new()) {
  Begin(*context_, algorithm);
}
StreamDigest::~StreamDigest() = default;
StreamDigest::StreamDigest(StreamDigest&&) noexcept = default;
StreamDigest& StreamDigest::operator=(StreamDigest&&) noexcept = default;

void StreamDigest::Update(std::span<const char> piece) {
  EVP_DigestUpdate(context_.get(), piece.data(), piece.size());
}

Bytes StreamDigest::Finish() { return Finished(*context_); }

Md5::Md5() : StreamDigest(Md5Algorithm()) {}

Sha256Stream::Sha256Stream() : StreamDigest(Sha256Algorithm()) {}

}  // namespace msc
