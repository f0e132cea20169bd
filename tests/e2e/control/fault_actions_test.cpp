// What each kind of fault does to requests of every subject.
#include <algorithm>

#include "tests/e2e/control/fault_fixture.h"

namespace msc {
namespace {

using namespace msc::testing;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class FaultActions : public FaultTest {};

TEST_F(FaultActions, AStatusIsAnsweredInTheSubjectsOwnForm) {
  for (const auto operation : kFaultable) {
    Inject(operation,
           R"("action":{"status":503,"errorCode":"ServerBusy","headers":{"Retry-After":"2"}})");

    const auto answer = Perform(operation).raw;

    EXPECT_THAT(answer, StartsWith("HTTP/1.1 503 ")) << Name(operation);
    EXPECT_EQ(HeaderOf(answer, "Retry-After"), "2");
    // The Videos API has no bodies for errors.
    const bool is_empty = operation == Operation::kGetStatus;
    EXPECT_EQ(BodyOf(answer).find("ServerBusy") == std::string::npos, is_empty);
  }
}

TEST_F(FaultActions, AResetComesBeforeAnyByteOfTheAnswer) {
  for (const auto operation : kFaultable) {
    Inject(operation, R"("action":{"fault":"CONNECTION_RESET_BY_PEER"})");

    const auto outcome = Perform(operation);

    EXPECT_THAT(outcome.raw, IsEmpty()) << Name(operation);
    EXPECT_TRUE(outcome.was_reset);
  }
}

TEST_F(FaultActions, AnEmptyResponseIsAnOrderlyEnd) {
  for (const auto operation : kFaultable) {
    Inject(operation, R"("action":{"fault":"EMPTY_RESPONSE"})");

    const auto outcome = Perform(operation);

    EXPECT_THAT(outcome.raw, IsEmpty()) << Name(operation);
    EXPECT_FALSE(outcome.was_reset);
  }
}

TEST_F(FaultActions, AMalformedChunkFollowsA200) {
  for (const auto operation : kFaultable) {
    Inject(operation, R"("action":{"fault":"MALFORMED_RESPONSE_CHUNK"})");

    const auto answer = Perform(operation).raw;

    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n")) << Name(operation);
    EXPECT_EQ(HeaderOf(answer, "Transfer-Encoding"), "chunked");
    EXPECT_FALSE(std::isxdigit(static_cast<unsigned char>(BodyOf(answer).at(0))));
  }
}

TEST_F(FaultActions, RandomDataIsNoAnswer) {
  for (const auto operation : kFaultable) {
    Inject(operation, R"("action":{"fault":"RANDOM_DATA_THEN_CLOSE"})");

    const auto answer = Perform(operation).raw;

    EXPECT_GT(answer.size(), 0u) << Name(operation);
    EXPECT_THAT(answer, Not(StartsWith("H")));
  }
}

TEST_F(FaultActions, ATruncatedBodyEndsHalfway) {
  for (const auto operation : kReads) {
    const auto whole = BodyOf(Perform(operation).raw);
    Inject(operation, R"("action":{"fault":"TRUNCATED_BODY"})");

    const auto answer = Perform(operation).raw;

    EXPECT_EQ(HeaderOf(answer, "Content-Length"), std::to_string(whole.size()));
    EXPECT_EQ(BodyOf(answer), whole.substr(0, whole.size() / 2)) << Name(operation);
  }
}

TEST_F(FaultActions, ACorruptBodyDiffersInTheMiddleByte) {
  for (const auto operation : kReads) {
    auto whole = BodyOf(Perform(operation).raw);
    Inject(operation, R"("action":{"fault":"CORRUPT_BODY"})");

    const auto body = BodyOf(Perform(operation).raw);

    ASSERT_EQ(body.size(), whole.size()) << Name(operation);
    EXPECT_NE(body[body.size() / 2], whole[body.size() / 2]);
    whole[body.size() / 2] = body[body.size() / 2];
    EXPECT_EQ(body, whole);
  }
}

TEST_F(FaultActions, WhatIsOnlyLateIsOtherwiseTheSame) {
  for (const auto* action :
       {R"({"fixedDelayMilliseconds":0})",
        R"({"delayDistribution":{"type":"uniform","lower":0,"upper":1}})",
        R"({"delayDistribution":{"type":"lognormal","median":0.01,"sigma":0.4}})",
        R"({"chunkedDribbleDelay":{"numberOfChunks":5,"totalDuration":5}})",
        R"({"bandwidthKBps":100000})"}) {
    for (const auto operation : kReads) {
      const auto whole = Perform(operation).raw;
      const int fault = Inject(operation, std::string(R"("action":)") + action);

      EXPECT_EQ(BodyOf(Perform(operation).raw), BodyOf(whole)) << action;
      EXPECT_EQ(Fired(fault), 1) << action;
      Delete("faults");
    }
  }
}

TEST_F(FaultActions, APhaseBeforeDoesNoWork) {
  for (const auto* action :
       {R"({"status":500})", R"({"fault":"CONNECTION_RESET_BY_PEER"})",
        R"({"fault":"EMPTY_RESPONSE"})", R"({"fault":"MALFORMED_RESPONSE_CHUNK"})",
        R"({"fault":"RANDOM_DATA_THEN_CLOSE"})"}) {
    Inject(Operation::kPutBlob, std::string(R"("times":1,"action":)") + action);

    Perform(Operation::kPutBlob);

    EXPECT_EQ(Uploaded(), "0123456789") << action;
  }
}

TEST_F(FaultActions, APhaseAfterDoesTheWork) {
  for (const auto* action :
       {R"({"status":500})", R"({"fault":"CONNECTION_RESET_BY_PEER"})",
        R"({"fault":"EMPTY_RESPONSE"})", R"({"fault":"MALFORMED_RESPONSE_CHUNK"})",
        R"({"fault":"RANDOM_DATA_THEN_CLOSE"})"}) {
    Inject(Operation::kPutBlob, std::string(R"("times":1,"phase":"after","action":)") + action);

    const auto answer = Perform(Operation::kPutBlob, action).raw;

    EXPECT_THAT(answer, Not(StartsWith("HTTP/1.1 201")));
    EXPECT_EQ(Uploaded(), action);
  }
}

TEST_F(FaultActions, ACreationWhoseAnswerIsLostMakesAVideoThatTheJournalNames) {
  Inject(Operation::kCreateVideo, R"("phase":"after","action":{"fault":"EMPTY_RESPONSE"})");

  EXPECT_THAT(Call(port(), "POST", "/api/Videos", R"({"OriginalFileName":"lost.mp4"})"), IsEmpty());

  ASSERT_EQ(emulator_.Videos().size(), 2u);
  EXPECT_EQ(LastRequest().at("videoId"), emulator_.Videos().back().id);
  EXPECT_EQ(LastRequest().at("response").at("status"), 0);
  EXPECT_EQ(LastRequest().at("response").at("bodySize"), 0);
}

TEST_F(FaultActions, AnAnswerToHeadHasNoBodyToBreak) {
  const int fault = Inject(Operation::kGetBlobProperties, R"("action":{"fault":"TRUNCATED_BODY"})");

  EXPECT_EQ(StatusOf(Call(port(), "HEAD", video_.upload_target)), 200);
  EXPECT_EQ(Fired(fault), 0);
}

TEST_F(FaultActions, A204CanBeAnsweredToo) {
  Inject(Operation::kGetStatus, R"("action":{"status":204})");

  const auto answer = Perform(Operation::kGetStatus).raw;

  EXPECT_THAT(answer, StartsWith("HTTP/1.1 204 "));
  EXPECT_THAT(BodyOf(answer), IsEmpty());
}

TEST_F(FaultActions, AKeyIsAnotherOne) {
  const auto key = BodyOf(Perform(Operation::kGetKey).raw);
  const int wrong = Inject(Operation::kGetKey, R"("times":1,"action":{"fault":"WRONG_KEY"})");
  const int cut = Inject(Operation::kGetKey, R"("times":1,"action":{"fault":"SHORT_KEY"})");

  const auto other = BodyOf(Perform(Operation::kGetKey).raw);
  const auto shorter = Perform(Operation::kGetKey).raw;

  EXPECT_EQ(other.size(), 16u);
  EXPECT_NE(other, key);
  EXPECT_EQ(BodyOf(shorter), key.substr(0, 15));
  EXPECT_EQ(HeaderOf(shorter, "Content-Length"), "15");
  EXPECT_EQ(Fired(wrong) + Fired(cut), 2);
  EXPECT_EQ(BodyOf(Perform(Operation::kGetKey).raw), key);
}

TEST_F(FaultActions, ATokenExpiresBetweenTwoRequests) {
  const int fault = Inject(Operation::kGetKey, R"("skip":1,"action":{"fault":"EXPIRED_TOKEN"})");

  const auto first = Perform(Operation::kGetKey).raw;
  const auto second = Perform(Operation::kGetKey).raw;

  EXPECT_THAT(first, StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(second, StartsWith("HTTP/1.1 401 "));
  EXPECT_THAT(BodyOf(second), ::testing::HasSubstr("the token expired at 2024-06-30T12:05:00Z"));
  EXPECT_EQ(Fired(fault), 1);
  EXPECT_EQ(LastRequest().at("faultId"), fault);
}

}  // namespace
}  // namespace msc
