// Faults at an exact byte of a body, with and without TLS.
#include "tests/e2e/control/fault_fixture.h"
#include "tests/e2e/control/tls_client.h"

namespace msc {
namespace {

using namespace msc::testing;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::uint64_t kMebibyte = 1024 * 1024;

std::string At(const std::string& fault, const std::string& direction, std::uint64_t byte) {
  return R"("action":{"fault":")" + fault + R"(","direction":")" + direction + R"(","atByte":)" +
         std::to_string(byte) + "}";
}

class FaultBytes : public FaultTest {
 protected:
  static std::string Bytes() {
    std::string bytes(kMebibyte, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 31 >> 3U);
    return bytes;
  }

  Json BodySizes() const {
    const auto last = LastRequest();
    return {last.at("request").at("bodySize"), last.at("response").at("bodySize")};
  }
};

TEST_F(FaultBytes, ARequestIsResetAtAnExactByte) {
  for (const std::uint64_t byte : {1UL, 262144UL, kMebibyte - 1, kMebibyte}) {
    Inject(Operation::kPutBlock, R"("times":1,)" + At("CONNECTION_RESET_BY_PEER", "request", byte));

    const auto outcome = Perform(Operation::kPutBlock, Bytes());

    EXPECT_THAT(outcome.raw, IsEmpty());
    EXPECT_EQ(BodySizes(), Json::array({byte, 0}));
    EXPECT_EQ(LastRequest().at("response").at("status"), 0);
  }
  EXPECT_THAT(Get("videos/" + video_.id).raw, Not(HasSubstr("BlocksNotCommitted")));
}

TEST_F(FaultBytes, ARequestIsCutAtAnExactByte) {
  Inject(Operation::kPutBlob, At("TRUNCATED_BODY", "request", 1000));

  const auto outcome = Perform(Operation::kPutBlob, Bytes());

  EXPECT_THAT(outcome.raw, IsEmpty());
  EXPECT_EQ(BodySizes(), Json::array({1000, 0}));
  EXPECT_EQ(Uploaded(), "0123456789");
}

TEST_F(FaultBytes, ARequestThatIsShorterIsLeftAlone) {
  const int fault =
      Inject(Operation::kPutBlob, At("CONNECTION_RESET_BY_PEER", "request", kMebibyte + 1));

  EXPECT_EQ(StatusOf(Perform(Operation::kPutBlob, Bytes()).raw), 201);
  EXPECT_EQ(Fired(fault), 0);
}

TEST_F(FaultBytes, AnAnswerIsResetAtAnExactByte) {
  ASSERT_EQ(Upload(port(), video_, Bytes()), 201);
  for (const std::uint64_t byte : {0UL, 1UL, 77'777UL, kMebibyte - 1, kMebibyte}) {
    Inject(Operation::kGetBlob, R"("times":1,)" + At("CONNECTION_RESET_BY_PEER", "response", byte));

    const auto outcome = Perform(Operation::kGetBlob);

    EXPECT_TRUE(outcome.was_reset);
    EXPECT_EQ(BodyOf(outcome.raw), Bytes().substr(0, byte));
    EXPECT_EQ(BodySizes(), Json::array({0, byte}));
  }
}

TEST_F(FaultBytes, AnAnswerIsCutAtAnExactByte) {
  ASSERT_EQ(Upload(port(), video_, Bytes()), 201);
  Inject(Operation::kGetBlob, At("TRUNCATED_BODY", "response", 65537));

  const auto outcome = Perform(Operation::kGetBlob);

  EXPECT_FALSE(outcome.was_reset);
  EXPECT_EQ(BodyOf(outcome.raw), Bytes().substr(0, 65537));
  EXPECT_EQ(BodySizes(), Json::array({0, 65537}));
}

TEST_F(FaultBytes, OneByteIsCorruptedOnTheWayUp) {
  Inject(Operation::kPutBlob, At("CORRUPT_BODY", "request", 123'456));

  EXPECT_EQ(StatusOf(Perform(Operation::kPutBlob, Bytes()).raw), 201);

  auto expected = Bytes();
  expected[123'456] = static_cast<char>(~expected[123'456]);
  EXPECT_TRUE(Uploaded() == expected);
}

TEST_F(FaultBytes, OneByteIsCorruptedOnTheWayDown) {
  Inject(Operation::kGetBlob, At("CORRUPT_BODY", "response", 3));

  EXPECT_EQ(BodyOf(Perform(Operation::kGetBlob).raw), std::string("012\xCC") + "456789");
}

TEST_F(FaultBytes, AChecksumFindsTheCorruptByte) {
  Inject(Operation::kPutBlob, At("CORRUPT_BODY", "request", 0));

  const auto answer = Send("PUT " + video_.upload_target,
                           "x-ms-blob-type: BlockBlob\r\n"
                           "Content-MD5: lKdCZ8xp38RNzTJRAPGK2w==\r\n",
                           "0123456789");

  EXPECT_EQ(StatusOf(answer.raw), 400);
  EXPECT_EQ(HeaderOf(answer.raw, "x-ms-error-code").value_or("Md5Mismatch"), "Md5Mismatch");
}

TEST_F(FaultBytes, InCppTheBytesOfAResetAreTheRequests) {
  const auto fault = emulator_.Inject(
      {.operation = Operation::kPutBlock, .action = ResetConnection{.after_bytes = 4}});

  Perform(Operation::kPutBlock, "0123456789");

  EXPECT_EQ(fault.Fired(), 1);
  EXPECT_EQ(emulator_.Requests(Operation::kPutBlock).at(0).body_size, 4u);
}

TEST(FaultOverTls, CutsAtTheSameByte) {
  Emulator emulator({.frozen_at = kNoon, .tls_self_signed = true});
  const auto fault = emulator.Inject(
      {.operation = Operation::kGetFormats,
       .action = ResetConnection{.after_bytes = 10, .direction = Direction::kResponse}});

  const auto answer =
      CallOverTls(emulator.Port(), "GET /api/Formats HTTP/1.1\r\nHost: localhost\r\n\r\n");

  EXPECT_EQ(StatusOf(answer), 200);
  EXPECT_EQ(BodyOf(answer).size(), 10u);
  EXPECT_EQ(fault.Fired(), 1);
  EXPECT_EQ(emulator.Requests().at(0).response_size, 10u);
}

TEST(FaultOverTls, ResetsARequestAtTheSameByte) {
  Emulator emulator({.frozen_at = kNoon, .tls_self_signed = true});
  const auto fault = emulator.Inject({.action = ResetConnection{.after_bytes = 5}});

  const auto answer = CallOverTls(
      emulator.Port(),
      "POST /api/Videos HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n0123456789");

  EXPECT_THAT(answer, IsEmpty());
  EXPECT_EQ(emulator.Requests().at(0).body_size, 5u);
  EXPECT_EQ(emulator.Videos().size(), 0u);
}

}  // namespace
}  // namespace msc
