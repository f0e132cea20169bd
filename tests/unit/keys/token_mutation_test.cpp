#include "emulator/base/text.h"
#include "tests/unit/keys/keys_test.h"

namespace msc::keys {
namespace {

// The bytes by which each byte is replaced in turn, besides that byte with one bit changed.
constexpr std::string_view kIntruders("\0\xFF&=%+ /A0", 10);

class TokenMutation : public KeyServiceTest {
 protected:
  // Whether a change at `at` is one of spelling: the scheme's case, its `=` as a blank, the case of
  // a hex digit in one of the signature's escapes.
  bool IsSpelling(std::size_t at, char c) const {
    const std::size_t scheme_end = token_.find('=');
    if (at == scheme_end) return c == ' ';
    if (ToLower(c) != ToLower(token_[at])) return false;
    if (at < scheme_end) return true;
    const bool in_escape = token_[at - 1] == '%' || token_[at - 2] == '%';
    return in_escape && at > token_.find("&HMACSHA256=");
  }

  // How often a change that is not of spelling was accepted, or one of spelling was not.
  int Mistakes(std::size_t at, char c) {
    if (c == token_[at]) return 0;
    std::string mutant = token_;
    mutant[at] = c;
    ++tried_;
    const bool accepted = Get({{"Authorization", mutant}}).status == 200;
    return accepted == IsSpelling(at, c) ? 0 : 1;
  }

  int tried_ = 0;
};

TEST_F(TokenMutation, NoChangedByteIsAccepted) {
  int mistakes = 0;
  for (std::size_t at = 0; at < token_.size(); ++at) {
    for (unsigned bit = 1; bit < 256; bit <<= 1) {
      mistakes += Mistakes(at, static_cast<char>(static_cast<unsigned char>(token_[at]) ^ bit));
    }
    for (const char c : kIntruders) mistakes += Mistakes(at, c);
  }

  EXPECT_EQ(mistakes, 0);
  EXPECT_GT(tried_, 9'500);
}

TEST_F(TokenMutation, NoTruncationIsAccepted) {
  for (std::size_t size = 0; size < token_.size(); ++size) {
    EXPECT_EQ(Get({{"Authorization", token_.substr(0, size)}}).status, 401) << size;
  }
}

TEST_F(TokenMutation, NoLostFirstByteIsAccepted) {
  const std::string bare = WithoutBearer(token_);
  for (std::size_t lost = 1; lost < bare.size(); ++lost) {
    EXPECT_EQ(Get({{"Authorization", "Bearer=" + bare.substr(lost)}}).status, 401) << lost;
  }
}

}  // namespace
}  // namespace msc::keys
