#include "emulator/keys/swt.h"

#include <gmock/gmock.h>

#include <ostream>

#include "emulator/base/encoding.h"
#include "emulator/keys/key_error.h"
#include "tests/unit/keys/keys_test.h"

namespace msc::keys {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::HasSubstr;

const Bytes kSigningKey = *Base64Decode("IRPQMJ006zlzV/Y1gbyoKJPKwLGOCAO7M5/17gfh4XU=");
constexpr Time kExpiry{seconds(1'427'145'871)};

std::string SampleText() {
  const std::string token = WithoutBearer(TokenFixture("sample.txt"));
  return token.substr(0, token.find("&HMACSHA256="));
}

std::string SampleToken() { return WithoutBearer(TokenFixture("sample_resigned.txt")); }

Status Check(std::string_view token, Time now = kStart, std::string_view key_id = kSampleKeyId) {
  return CheckToken(token, kSigningKey, key_id, now);
}

TEST(Swt, SignsTheTextOfTheReference) {
  const Grant grant{.key_id = std::string(kSampleKeyId),
                    .host = std::string(kHost),
                    .expires = std::chrono::floor<seconds>(kExpiry)};

  EXPECT_EQ(TextToSign(grant), SampleText());
}

TEST(Swt, SignatureIsThatOfTheVector) {
  EXPECT_EQ(SignToken(SampleText(), kSigningKey), SampleToken());
}

TEST(Swt, EncodesTheColonsOfAnAddress) {
  const Grant grant{.key_id = std::string(kSampleKeyId), .host = "::1", .expires = {}};

  EXPECT_THAT(TextToSign(grant), HasSubstr("keyacquisitionhostname=%3a%3a1&"));
}

TEST(Swt, AcceptsTheVector) { EXPECT_TRUE(Check(SampleToken())); }

TEST(Swt, AcceptsAKeyIdInUpperCase) {
  EXPECT_TRUE(Check(SampleToken(), kStart, "F6EB7A33-E745-4E0B-BEBB-54ABCB56EE5F"));
}

TEST(Swt, AcceptsUntilTheLastMillisecond) {
  EXPECT_TRUE(Check(SampleToken(), kExpiry - milliseconds(1)));
}

TEST(Swt, RefusesAtTheExpiryInstant) {
  const auto checked = Check(SampleToken(), kExpiry);

  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, KeyError::kTokenRefused);
  EXPECT_EQ(checked.error().message, "the token expired at 2015-03-23T21:24:31Z");
}

TEST(Swt, RefusesTheTokenOfAnotherKey) {
  const auto checked = Check(SampleToken(), kStart, "00000000-0000-4000-8000-000000000000");

  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().message, "the token is for another key");
}

TEST(Swt, RefusesATokenSignedWithAnotherKey) {
  const auto checked = Check(WithoutBearer(TokenFixture("sample.txt")));

  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().message, "the token's signature does not match");
}

struct Spelling {
  const char* name;
  const char* signature;
};

void PrintTo(const Spelling& row, std::ostream* out) { *out << row.name; }

class SwtSpelling : public ::testing::TestWithParam<Spelling> {};

TEST_P(SwtSpelling, IsAccepted) {
  EXPECT_TRUE(Check(SampleText() + "&HMACSHA256=" + GetParam().signature));
}

INSTANTIATE_TEST_SUITE_P(
    Signatures, SwtSpelling,
    ::testing::Values(Spelling{"UpperHex", "nkhP91QSKZ%2BcePhwVq4rQvUT76c4I1UCNps9IYTPffA%3D"},
                      Spelling{"MixedHex", "nkhP91QSKZ%2bcePhwVq4rQvUT76c4I1UCNps9IYTPffA%3D"},
                      Spelling{"Raw", "nkhP91QSKZ+cePhwVq4rQvUT76c4I1UCNps9IYTPffA="}),
    [](const auto& row) { return row.param.name; });

struct Forgery {
  const char* name;
  std::string token;
};

void PrintTo(const Forgery& row, std::ostream* out) { *out << row.name; }

std::string Signed(const std::string& text) { return SignToken(text, kSigningKey); }

// The sample's text with the claim `name` (as encoded) given another value.
std::string Changed(const std::string& name, const std::string& value) {
  std::string text = SampleText();
  const auto start = text.find(name + '=') + name.size() + 1;
  return Signed(text.replace(start, text.find('&', start) - start, value));
}

// The sample's text without the claim.
std::string Without(const std::string& name) {
  std::string text = SampleText();
  const auto start = text.find(name + '=');
  const auto end = text.find('&', start);
  return Signed(end == std::string::npos ? text.substr(0, start - 1)
                                         : text.erase(start, end - start + 1));
}

const std::string kKeyIdName = "urn%3amicrosoft%3aazure%3amediaservices%3acontentkeyidentifier";

class SwtForgery : public ::testing::TestWithParam<Forgery> {};

TEST_P(SwtForgery, IsRefused) {
  const auto checked = Check(GetParam().token);

  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, KeyError::kTokenRefused);
}

INSTANTIATE_TEST_SUITE_P(
    Unsigned, SwtForgery,
    ::testing::Values(
        Forgery{"Empty", ""}, Forgery{"MarkAlone", "&HMACSHA256="},
        Forgery{"NoSignature", SampleText()},
        Forgery{"EmptySignature", SampleText() + "&HMACSHA256="},
        Forgery{"BrokenEscape", SampleText() + "&HMACSHA256=nkhP91QSKZ%2"},
        Forgery{"TextBehindTheSignature", SampleToken() + "&ExpiresOn=9999999999"},
        Forgery{"SecondSignature", SampleToken() + "&HMACSHA256=AAAA"},
        Forgery{"NulBehindTheSignature", SampleToken() + std::string(1, '\0')},
        Forgery{"NulInFront", std::string(1, '\0') + SampleToken()},
        Forgery{"NoPadding",
                SampleText() + "&HMACSHA256=nkhP91QSKZ%2bcePhwVq4rQvUT76c4I1UCNps9IYTPffA"},
        Forgery{"BitsBehindTheEnd",
                SampleText() + "&HMACSHA256=nkhP91QSKZ%2bcePhwVq4rQvUT76c4I1UCNps9IYTPffB%3d"},
        Forgery{"EscapedTwice",
                SampleText() + "&HMACSHA256=nkhP91QSKZ%252bcePhwVq4rQvUT76c4I1UCNps9IYTPffA%253d"},
        Forgery{"UnescapedText", *PercentDecode(SampleToken())},
        Forgery{"MuchTooLong", std::string(65536, 'a')},
        Forgery{"MuchTooLongSignature", SampleText() + "&HMACSHA256=" + std::string(65536, '%')},
        Forgery{"ManyNuls", std::string(65536, '\0')}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    SignedByUs, SwtForgery,
    ::testing::Values(
        Forgery{"NoClaims", Signed("")}, Forgery{"OnlySeparators", Signed("&&&&")},
        Forgery{"ClaimWithoutValue", Signed(SampleText() + "&more")},
        Forgery{"ClaimWithBrokenEscape", Signed(SampleText() + "&more=%zz")},
        Forgery{"NoKeyId", Without(kKeyIdName)}, Forgery{"NoExpiry", Without("ExpiresOn")},
        Forgery{"NoIssuer", Without("Issuer")}, Forgery{"NoAudience", Without("Audience")},
        Forgery{"KeyIdTwice", Signed(SampleText() + '&' + kKeyIdName + "=x")},
        Forgery{"ExpiryTwice", Signed("ExpiresOn=9999999999&" + SampleText())},
        Forgery{"ExpiryTwiceInDisguise", Signed(SampleText() + "&Expires%4fn=9999999999")},
        Forgery{"SameClaimTwice", Signed(SampleText() + "&Audience=urn%3aNimbus")},
        Forgery{"EmptyExpiry", Changed("ExpiresOn", "")},
        Forgery{"ExpiryInWords", Changed("ExpiresOn", "tomorrow")},
        Forgery{"NegativeExpiry", Changed("ExpiresOn", "-1")},
        Forgery{"ExpiryWithSign", Changed("ExpiresOn", "+1427145871")},
        Forgery{"ExpiryWithFraction", Changed("ExpiresOn", "1427145871.5")},
        Forgery{"ExpiryWithExponent", Changed("ExpiresOn", "1e10")},
        Forgery{"ExpiryInHex", Changed("ExpiresOn", "0x5510843f")},
        Forgery{"ExpiryWithNul", Changed("ExpiresOn", "1427145871%00")},
        Forgery{"ExpiryPastTheCalendar", Changed("ExpiresOn", "253402300800")},
        Forgery{"ExpiryPast63Bits", Changed("ExpiresOn", "9223372036854775808")},
        Forgery{"ExpiryPast64Bits", Changed("ExpiresOn", "18446744073709551616")},
        Forgery{"ExpiryAtZero", Changed("ExpiresOn", "0")},
        Forgery{"OtherIssuer", Changed("Issuer", "https%3a%2f%2felsewhere.example%2f")},
        Forgery{"OtherAudience", Changed("Audience", "urn%3aSomethingElse")}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace msc::keys
