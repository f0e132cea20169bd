#include <gmock/gmock.h>

#include <ostream>

#include "emulator/base/encoding.h"
#include "emulator/http/response.h"
#include "tests/unit/keys/keys_test.h"

namespace msc::keys {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

using http::Header;
using http::Method;

const Header kDate{"Date", "Mon, 23 Mar 2015 21:19:31 GMT"};
const Header kAnyOrigin{"Access-Control-Allow-Origin", "*"};
const Header kPageOrigin{"Origin", "https://player.example"};

using GetKeyTest = KeyServiceTest;

TEST_F(GetKeyTest, HandsOutTheKeyForItsToken) {
  const auto response = Get({{"Authorization", token_}});

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, *service_.FindKey(key_id_));
  EXPECT_THAT(response.headers,
              ElementsAre(Header{"Cache-Control", "no-cache"}, Header{"Content-Length", "16"},
                          Header{"Content-Type", "application/octet-stream"}, kDate));
}

TEST_F(GetKeyTest, HandsOutAnotherKeyIfAFaultWantsThat) {
  http::HandlerFault wrong{.kind = http::HandlerFault::Kind::kWrongKey};
  http::HandlerFault cut{.kind = http::HandlerFault::Kind::kShortKey};
  const auto key = *service_.FindKey(key_id_);

  const auto other = GetWith(wrong, {{"Authorization", token_}});
  const auto shorter = GetWith(cut, {{"Authorization", token_}});

  EXPECT_EQ(other.body.size(), 16U);
  EXPECT_NE(other.body, key);
  EXPECT_EQ(shorter.body, key.substr(0, 15));
  EXPECT_THAT(shorter.headers, Contains(Header{"Content-Length", "15"}));
  EXPECT_TRUE(wrong.has_fired && cut.has_fired);
}

TEST_F(GetKeyTest, AnswersAsForAnExpiredTokenIfAFaultWantsThat) {
  http::HandlerFault fault{.kind = http::HandlerFault::Kind::kExpiredToken};

  const auto faulty = GetWith(fault, {{"Authorization", token_}});
  clock_.Advance(std::chrono::minutes(5));
  const auto expired = Get({{"Authorization", token_}});

  EXPECT_EQ(faulty.status, 401);
  EXPECT_EQ(faulty.body, expired.body);
  EXPECT_TRUE(fault.has_fired);
}

TEST_F(GetKeyTest, DoesNotFireAFaultIfTheTokenIsRejectedAnyway) {
  http::HandlerFault fault{.kind = http::HandlerFault::Kind::kWrongKey};

  EXPECT_EQ(GetWith(fault, {}).status, 401);
  EXPECT_FALSE(fault.has_fired);
}

struct Form {
  const char* name;
  const char* scheme;
};

void PrintTo(const Form& row, std::ostream* out) { *out << row.name; }

class GetKeyForm : public KeyServiceTest, public ::testing::WithParamInterface<Form> {};

TEST_P(GetKeyForm, OpensTheKey) {
  EXPECT_EQ(Get({{"Authorization", GetParam().scheme + WithoutBearer(token_)}}).status, 200);
}

INSTANTIATE_TEST_SUITE_P(Headers, GetKeyForm,
                         ::testing::Values(Form{"Blank", "Bearer "}, Form{"Equals", "Bearer="},
                                           Form{"LowerCase", "bearer "},
                                           Form{"Both", "Bearer Bearer="}),
                         [](const auto& row) { return row.param.name; });

TEST_F(GetKeyTest, TakesTheTokenFromTheQuery) {
  EXPECT_EQ(Get({}, "&token=" + PercentEncode(token_)).status, 200);
  EXPECT_EQ(Get({}, "&token=" + PercentEncode(WithoutBearer(token_))).status, 200);
  EXPECT_EQ(Get({}, "&token=" + DotNetUrlEncode(token_)).status, 200);
}

TEST_F(GetKeyTest, BadHeaderIsNotMendedByAGoodQuery) {
  EXPECT_EQ(Get({{"Authorization", "Bearer x"}}, "&token=" + PercentEncode(token_)).status, 401);
}

TEST_F(GetKeyTest, AnswersPost) {
  auto request = KeyRequest(key_id_, {{"Authorization", token_}});
  request.method = Method::kPost;

  EXPECT_EQ(Dispatch(request).body.size(), 16u);
}

TEST_F(GetKeyTest, AnswersHeadAsGet) {
  auto request = KeyRequest(key_id_, {{"Authorization", token_}});
  request.method = Method::kHead;

  const auto response = Dispatch(request);

  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(response.headers, Contains(Header{"Content-Length", "16"}));
}

TEST_F(GetKeyTest, GivesTheWholeKeyWhateverTheRange) {
  const auto response = Get({{"Authorization", token_}, {"Range", "bytes=0-"}});

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body.size(), 16u);
}

TEST_F(GetKeyTest, PathAndParameterMatchWhateverTheirCase) {
  http::Request request{.target = "/KeyDelivery/?KID=" + key_id_,
                        .headers = {{"authorization", token_}}};

  EXPECT_EQ(Dispatch(request).status, 200);
}

TEST_F(GetKeyTest, TokenIsWorthNothingAtItsExpiry) {
  clock_.Advance(std::chrono::minutes(5));

  const auto response = Get({{"Authorization", token_}});

  EXPECT_EQ(response.status, 401);
  EXPECT_THAT(response.body, HasSubstr("the token expired at 2015-03-23T21:24:31Z"));
}

TEST_F(GetKeyTest, TokenIsGoodUntilItsExpiry) {
  clock_.Advance(std::chrono::minutes(5) - std::chrono::milliseconds(1));

  EXPECT_EQ(Get({{"Authorization", token_}}).status, 200);
}

TEST_F(GetKeyTest, ErrorSaysItsReasonInJson) {
  const auto response = Get({{"Authorization", "Bearer " + TokenFixture("sample.txt")}});

  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(
      response.body,
      R"({"Error":{"Code":"TokenRefused","Message":"the token's signature does not match"}})");
  EXPECT_THAT(response.headers,
              ElementsAre(Header{"Cache-Control", "no-cache"}, Header{"Content-Length", "82"},
                          Header{"Content-Type", "application/json; charset=utf-8"},
                          Header{"WWW-Authenticate", "Bearer"}, kDate));
}

TEST_F(GetKeyTest, RefusesWithoutAToken) {
  const auto response = Get({});

  EXPECT_EQ(response.status, 401);
  EXPECT_THAT(response.body, HasSubstr("no token"));
}

TEST_F(GetKeyTest, RefusesTheTokenOfAnotherKey) {
  const auto other = *service_.IssueToken(service_.CreateKey(), kHost);

  const auto response = Get({{"Authorization", other}});

  EXPECT_EQ(response.status, 401);
  EXPECT_THAT(response.body, HasSubstr("for another key"));
}

struct BadRequest {
  const char* name;
  std::string target;
  int status;
};

void PrintTo(const BadRequest& row, std::ostream* out) { *out << row.name; }

class GetKeyBadRequest : public KeyServiceTest, public ::testing::WithParamInterface<BadRequest> {};

TEST_P(GetKeyBadRequest, IsRefusedBeforeTheTokenCounts) {
  http::Request request{.target = GetParam().target, .headers = {{"Authorization", token_}}};

  const auto response = Dispatch(request);

  EXPECT_EQ(response.status, GetParam().status);
  EXPECT_THAT(response.body, testing::StartsWith(R"({"Error":{"Code":")"));
  EXPECT_TRUE(IsUtf8(response.body));
}

INSTANTIATE_TEST_SUITE_P(
    Targets, GetKeyBadRequest,
    ::testing::Values(
        BadRequest{"NoKid", "/keydelivery", 400}, BadRequest{"EmptyKid", "/keydelivery?kid=", 400},
        BadRequest{"KidIsNoGuid", "/keydelivery?kid=1", 400},
        BadRequest{"KidIsNoUtf8", "/keydelivery?kid=%ff%fe", 400},
        BadRequest{"KidWithQuotes", "/keydelivery?kid=%22%3C%00", 400},
        BadRequest{"KidWithBrokenEscape", "/keydelivery?kid=%", 400},
        BadRequest{"LongKid", "/keydelivery?kid=" + std::string(16000, 'a'), 400},
        BadRequest{"UnknownKid", "/keydelivery?kid=00000000-0000-4000-8000-000000000000", 404},
        BadRequest{"LongerPath", "/keydelivery/more?kid=1", 404},
        BadRequest{"OtherPath", "/%ff", 404}, BadRequest{"RawByteInPath", "/\xff", 404}),
    [](const auto& row) { return row.param.name; });

TEST_F(GetKeyTest, OtherMethodsAreToldWhatIsAllowed) {
  auto request = KeyRequest(key_id_);
  request.method = Method::kDelete;

  const auto response = Dispatch(request);

  EXPECT_EQ(response.status, 405);
  EXPECT_THAT(response.headers, Contains(Header{"Allow", "GET, HEAD, POST, OPTIONS"}));
}

TEST_F(GetKeyTest, AnyPageMayReadTheAnswer) {
  EXPECT_THAT(Get({{"Authorization", token_}, kPageOrigin}).headers, Contains(kAnyOrigin));
}

TEST_F(GetKeyTest, AnyPageMayReadTheError) {
  EXPECT_THAT(Get({kPageOrigin}).headers, Contains(kAnyOrigin));
  EXPECT_THAT(Dispatch({.target = "/typo", .headers = {kPageOrigin}}).headers,
              Contains(kAnyOrigin));
}

TEST_F(GetKeyTest, NothingIsSaidOfOriginsWhereNoneAsks) {
  EXPECT_THAT(Get({}).headers, Not(Contains(kAnyOrigin)));
}

TEST_F(GetKeyTest, PreflightMayGoOn) {
  auto request = KeyRequest(key_id_, {kPageOrigin,
                                      {"Access-Control-Request-Method", "GET"},
                                      {"Access-Control-Request-Headers", "authorization,range"}});
  request.method = Method::kOptions;

  const auto response = Dispatch(request);

  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(response.headers,
              ElementsAre(Header{"Cache-Control", "no-cache"}, Header{"Content-Length", "0"},
                          Header{"Allow", "GET, HEAD, POST, OPTIONS"},
                          Header{"Access-Control-Allow-Methods", "GET, HEAD, POST, OPTIONS"},
                          Header{"Access-Control-Allow-Headers", "authorization,range"},
                          Header{"Access-Control-Max-Age", "1800"}, kAnyOrigin, kDate));
}

TEST_F(GetKeyTest, OptionsWithoutAPageSaysWhatIsAllowed) {
  auto request = KeyRequest(key_id_);
  request.method = Method::kOptions;

  EXPECT_THAT(Dispatch(request).headers,
              ElementsAre(Header{"Cache-Control", "no-cache"}, Header{"Content-Length", "0"},
                          Header{"Allow", "GET, HEAD, POST, OPTIONS"}, kDate));
}

}  // namespace
}  // namespace msc::keys
