#include "emulator/keys/token_finder.h"

#include <gtest/gtest.h>

#include <optional>
#include <ostream>

#include "emulator/keys/key_error.h"

namespace msc::keys {
namespace {

struct Place {
  const char* name;
  std::optional<std::string> authorization;
  std::string target;
  std::optional<std::string> token;  // nullopt: none is found.
};

void PrintTo(const Place& row, std::ostream* out) { *out << row.name; }

class TokenFinder : public ::testing::TestWithParam<Place> {};

TEST_P(TokenFinder, FindsTheTokenAsReceived) {
  http::Request request;
  request.target = GetParam().target;
  if (GetParam().authorization) {
    request.headers.push_back({"authorization", *GetParam().authorization});
  }

  const auto token = FindToken(request);

  ASSERT_EQ(static_cast<bool>(token), GetParam().token.has_value());
  if (token) {
    EXPECT_EQ(*token, *GetParam().token);
  } else {
    EXPECT_EQ(token.error().code, KeyError::kTokenRefused);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Header, TokenFinder,
    ::testing::Values(Place{"SchemeAndBlank", "Bearer a%3ab", "/", "a%3ab"},
                      Place{"SchemeAndEquals", "Bearer=a%3ab", "/", "a%3ab"},
                      Place{"LowerCase", "bearer a", "/", "a"},
                      Place{"UpperCaseEquals", "BEARER=a", "/", "a"},
                      Place{"PrefixBehindTheScheme", "Bearer Bearer=a", "/", "a"},
                      Place{"PrefixBehindTheSchemeLowerCase", "Bearer bearer=a", "/", "a"},
                      Place{"PrefixTwice", "Bearer=Bearer=a", "/", "a"},
                      Place{"SeveralBlanks", "Bearer   a", "/", "a"},
                      Place{"PlusStays", "Bearer a+b", "/", "a+b"},
                      Place{"EmptyToken", "Bearer=", "/", ""}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Query, TokenFinder,
    ::testing::Values(Place{"DecodedOnce", std::nullopt, "/?token=Bearer%3Da%253ab%26c", "a%3ab&c"},
                      Place{"WithoutPrefix", std::nullopt, "/?token=a%253ab", "a%3ab"},
                      Place{"NameInUpperCase", std::nullopt, "/?TOKEN=a", "a"},
                      Place{"PlusIsABlank", std::nullopt, "/?token=a+b", "a b"},
                      Place{"Scheme", std::nullopt, "/?token=Bearer%20a%253ab", "a%3ab"},
                      Place{"SchemeAndPlus", std::nullopt, "/?token=bearer+Bearer%3Da", "a"},
                      Place{"EncodedPlus", std::nullopt, "/?token=a%2Bb", "a+b"},
                      Place{"BrokenEscapeStays", std::nullopt, "/?token=a%zz", "a%zz"},
                      Place{"FirstOfTwo", std::nullopt, "/?token=a&token=b", "a"},
                      Place{"Empty", std::nullopt, "/?token=", ""}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Both, TokenFinder,
    ::testing::Values(Place{"HeaderFirst", "Bearer a", "/?token=b", "a"},
                      Place{"OtherSchemeLeavesTheQuery", "Basic a", "/?token=b", "b"},
                      Place{"SchemeAloneLeavesTheQuery", "Bearer", "/?token=b", "b"},
                      Place{"LongerSchemeLeavesTheQuery", "BearerToken a", "/?token=b", "b"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Neither, TokenFinder,
    ::testing::Values(Place{"Nothing", std::nullopt, "/", std::nullopt},
                      Place{"EmptyHeader", "", "/", std::nullopt},
                      Place{"OtherScheme", "SharedKey a:b", "/", std::nullopt},
                      Place{"BareToken", "urn%3amicrosoft=a", "/", std::nullopt},
                      Place{"OtherParameter", std::nullopt, "/?tokens=a", std::nullopt}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace msc::keys
