#include <array>
#include <functional>

#include "storage_stub/protocol/lease_id.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kA = "aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa";
constexpr const char* kB = "bbbbbbbb-2222-4222-8222-bbbbbbbbbbbb";
constexpr const char* kC = "cccccccc-3333-4333-8333-cccccccccccc";

// In this order in all tables.
constexpr std::array kStates = {"available", "leased", "expired", "breaking", "broken"};

class LeasesTest : public ServiceTest {
 protected:
  LeasesTest() {
    EXPECT_TRUE(service_->SetPolicy(kContainerName, {.id = kPolicyId, .permissions = "racwdt"}));
    Put(Target(), "content");
  }

  http::Response Act(const std::string& action, http::Headers headers = {}) {
    return ActOn(Target() + "&comp=lease", action, std::move(headers));
  }

  http::Response ActOn(const std::string& target, const std::string& action,
                       http::Headers headers = {}) {
    headers.push_back({"x-ms-lease-action", action});
    return SendText(Method::kPut, target, "", std::move(headers));
  }

  http::Response Acquire(std::string duration = "15", std::string id = kA) {
    return Act("acquire", {{"x-ms-lease-duration", std::move(duration)},
                           {"x-ms-proposed-lease-id", std::move(id)}});
  }

  // Gives a resource a lease in that state, with the id kA.
  void Bring(const std::string& target, std::string_view state) {
    if (state == "available") return;
    const bool breaks = state == "breaking" || state == "broken";
    ActOn(target, "acquire",
          {{"x-ms-lease-duration", breaks ? "-1" : "15"}, {"x-ms-proposed-lease-id", kA}});
    if (state == "expired") clock_.Advance(15s);
    if (breaks) {
      ActOn(target, "break", {{"x-ms-lease-break-period", state == "broken" ? "0" : "60"}});
    }
  }

  std::string State() { return Value(Send(Method::kHead, Target()), "x-ms-lease-state"); }

  // "201", or "409 LeaseAlreadyPresent".
  static std::string Outcome(const http::Response& response) {
    const std::string code = Code(response);
    return std::to_string(response.status) + (code == "(none)" ? "" : ' ' + code);
  }
};

struct Operation {
  const char* name;
  const char* action;
  http::Headers headers;
  std::array<const char*, 5> outcomes;  // By kStates: the status, and the state or the error.
};

constexpr const char* kPresent = "409 LeaseAlreadyPresent";
constexpr const char* kOther = "409 LeaseIdMismatchWithLeaseOperation";
constexpr const char* kNone = "409 LeaseNotPresentWithLeaseOperation";
constexpr const char* kNotNow = "409 LeaseIsBreakingAndCannotBeAcquired";
constexpr const char* kNotChanged = "409 LeaseIsBreakingAndCannotBeChanged";
constexpr const char* kNotRenewed = "409 LeaseIsBrokenAndCannotBeRenewed";

http::Headers Proposed(const char* id) {
  return {{"x-ms-lease-duration", "15"}, {"x-ms-proposed-lease-id", id}};
}

http::Headers From(const char* id, const char* proposed) {
  return {{"x-ms-lease-id", id}, {"x-ms-proposed-lease-id", proposed}};
}

// Source: "Lease Blob", https://learn.microsoft.com/en-us/rest/api/storageservices/lease-blob
const Operation kOperations[] = {
    {"AcquireAny",
     "acquire",
     {{"x-ms-lease-duration", "15"}},
     {"201 leased", kPresent, "201 leased", kPresent, "201 leased"}},
    {"AcquireA",
     "acquire",
     Proposed(kA),
     {"201 leased", "201 leased", "201 leased", kNotNow, "201 leased"}},
    {"AcquireB",
     "acquire",
     Proposed(kB),
     {"201 leased", kPresent, "201 leased", kPresent, "201 leased"}},
    {"BreakAtOnce",
     "break",
     {{"x-ms-lease-break-period", "0"}},
     {kNone, "202 broken", "202 broken", "202 broken", "202 broken"}},
    {"BreakLater",
     "break",
     {{"x-ms-lease-break-period", "5"}},
     {kNone, "202 breaking", "202 broken", "202 breaking", "202 broken"}},
    {"BreakAtItsEnd",
     "break",
     {},
     {kNone, "202 breaking", "202 broken", "202 breaking", "202 broken"}},
    {"ChangeAToB", "change", From(kA, kB), {kNone, "200 leased", kNone, kNotChanged, kNone}},
    {"ChangeBToA", "change", From(kB, kA), {kNone, "200 leased", kNone, kOther, kNone}},
    {"ChangeBToC", "change", From(kB, kC), {kNone, kOther, kNone, kOther, kNone}},
    {"RenewA",
     "renew",
     {{"x-ms-lease-id", kA}},
     {kOther, "200 leased", "200 leased", kNotRenewed, kNotRenewed}},
    {"RenewB", "renew", {{"x-ms-lease-id", kB}}, {kOther, kOther, kOther, kOther, kOther}},
    {"ReleaseA",
     "release",
     {{"x-ms-lease-id", kA}},
     {kOther, "200 available", "200 available", "200 available", "200 available"}},
    {"ReleaseB", "release", {{"x-ms-lease-id", kB}}, {kOther, kOther, kOther, kOther, kOther}},
};

class LeaseOperations : public LeasesTest, public ::testing::WithParamInterface<Operation> {
 protected:
  // What the operation does to a resource whose lease is in that state.
  std::string Do(const std::string& lease_target, const std::string& target, Method read,
                 std::string_view state) {
    Bring(lease_target, state);
    const auto response = ActOn(lease_target, GetParam().action, GetParam().headers);
    if (response.status >= 400) return Outcome(response);
    return Outcome(response) + ' ' + Value(Send(read, target), "x-ms-lease-state");
  }
};

TEST_P(LeaseOperations, DoToBlobsWhatTheReferenceSays) {
  for (std::size_t i = 0; i < kStates.size(); ++i) {
    const std::string target = Target(kStates[i]);
    Put(target, "x");

    EXPECT_EQ(Do(target + "&comp=lease", target, Method::kHead, kStates[i]), GetParam().outcomes[i])
        << kStates[i];
  }
}

TEST_P(LeaseOperations, DoToContainersTheSame) {
  for (std::size_t i = 0; i < kStates.size(); ++i) {
    const std::string target = Container("", kStates[i]);
    Send(Method::kPut, target);

    EXPECT_EQ(Do(Container("&comp=lease", kStates[i]), target, Method::kGet, kStates[i]),
              GetParam().outcomes[i])
        << kStates[i];
  }
}

INSTANTIATE_TEST_SUITE_P(Table, LeaseOperations, ::testing::ValuesIn(kOperations),
                         [](const auto& row) { return row.param.name; });

struct Use {
  const char* name;
  bool writes;  // Needs the id while the lease is locked.
  const char* type = "BlockBlob";
  Method method = Method::kPut;
  const char* parameters = "";
  http::Headers headers = {};
  const char* body = "";
};

constexpr const char* kTags =
    "<Tags><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tags>";

const Use kUses[] = {
    {"PutBlob", true, "BlockBlob", Method::kPut, "", {{"x-ms-blob-type", "BlockBlob"}}, "new"},
    {"PutAppendBlob", true, "BlockBlob", Method::kPut, "", {{"x-ms-blob-type", "AppendBlob"}}},
    {"PutBlock", true, "BlockBlob", Method::kPut, "&comp=block&blockid=AAAA", {}, "block"},
    {"PutBlockList", true, "BlockBlob", Method::kPut, "&comp=blocklist", {}, "<BlockList/>"},
    {"SetMetadata", true, "BlockBlob", Method::kPut, "&comp=metadata", {{"x-ms-meta-a", "b"}}},
    {"SetProperties", true, "BlockBlob", Method::kPut, "&comp=properties"},
    {"SetTags", true, "BlockBlob", Method::kPut, "&comp=tags", {}, kTags},
    {"SetTier", true, "BlockBlob", Method::kPut, "&comp=tier", {{"x-ms-access-tier", "Hot"}}},
    {"AppendBlock", true, "AppendBlob", Method::kPut, "&comp=appendblock", {}, "block"},
    {"Seal", true, "AppendBlob", Method::kPut, "&comp=seal"},
    {"ClearPages",
     true,
     "PageBlob",
     Method::kPut,
     "&comp=page",
     {{"x-ms-page-write", "clear"}, {"x-ms-range", "bytes=0-511"}}},
    {"Resize",
     true,
     "PageBlob",
     Method::kPut,
     "&comp=properties",
     {{"x-ms-blob-content-length", "1024"}}},
    {"Delete", true, "BlockBlob", Method::kDelete},
    {"Get", false, "BlockBlob", Method::kGet},
    {"GetProperties", false, "BlockBlob", Method::kHead},
    {"GetMetadata", false, "BlockBlob", Method::kGet, "&comp=metadata"},
    {"GetTags", false, "BlockBlob", Method::kGet, "&comp=tags"},
    {"GetBlockList", false, "BlockBlob", Method::kGet, "&comp=blocklist"},
    {"GetPageRanges", false, "PageBlob", Method::kGet, "&comp=pagelist"},
};

class UsesOfBlobs : public LeasesTest, public ::testing::WithParamInterface<Use> {
 protected:
  // The outcome on a blob whose lease is in that state, for a request with that id.
  std::string Try(std::string_view state, const char* id) {
    const auto& use = GetParam();
    const std::string target = Target(std::string(state) + std::to_string(++blobs_));
    SendText(Method::kPut, target, "",
             {{"x-ms-blob-type", use.type}, {"x-ms-blob-content-length", "512"}});
    Bring(target + "&comp=lease", state);
    http::Headers headers = use.headers;
    if (*id != '\0') headers.push_back({"x-ms-lease-id", id});
    const auto response = SendText(use.method, target + use.parameters, use.body, headers);
    return response.status < 300 ? "ok" : Outcome(response);
  }

  // By kStates.
  void ExpectOutcomes(const char* id, std::array<const char*, 5> outcomes) {
    for (std::size_t i = 0; i < kStates.size(); ++i) {
      EXPECT_EQ(Try(kStates[i], id), outcomes[i]) << kStates[i] << " with " << id;
    }
  }

  int blobs_ = 0;
};

constexpr const char* kNotPresent = "412 LeaseNotPresentWithBlobOperation";
constexpr const char* kLost = "412 LeaseLost";
constexpr const char* kMissing = "412 LeaseIdMissing";
constexpr const char* kMismatch = "412 LeaseIdMismatchWithBlobOperation";

TEST_P(UsesOfBlobs, SucceedWithTheIdOfALockedLeaseAlone) {
  ExpectOutcomes(kA, {kNotPresent, "ok", kLost, "ok", kLost});
}

TEST_P(UsesOfBlobs, FailWithAnotherId) {
  ExpectOutcomes(kB, {kNotPresent, kMismatch, kLost, kMismatch, kLost});
}

TEST_P(UsesOfBlobs, NeedTheIdOfALockedLeaseIfTheyWrite) {
  const char* locked = GetParam().writes ? kMissing : "ok";

  ExpectOutcomes("", {"ok", locked, "ok", locked, "ok"});
}

INSTANTIATE_TEST_SUITE_P(Table, UsesOfBlobs, ::testing::ValuesIn(kUses),
                         [](const auto& row) { return row.param.name; });

class UsesOfLeasedBlobs : public LeasesTest {};

TEST_F(UsesOfLeasedBlobs, AWriteKeepsALeaseThatIsLocked) {
  Acquire("-1");

  ASSERT_EQ(Put(Target(), "new", {{"x-ms-lease-id", kA}}).status, 201);

  EXPECT_EQ(State(), "leased");
}

TEST_F(UsesOfLeasedBlobs, AWriteRemovesALeaseThatHasEnded) {
  for (const char* state : {"expired", "broken"}) {
    Bring(Target() + "&comp=lease", state);

    ASSERT_EQ(Send(Method::kPut, Target() + "&comp=metadata").status, 200);

    EXPECT_EQ(State(), "available");
    EXPECT_EQ(Outcome(Act("renew", {{"x-ms-lease-id", kA}})), kOther);
  }
}

TEST_F(UsesOfLeasedBlobs, AnAppendedBlockRemovesALeaseThatHasEnded) {
  SendText(Method::kPut, Target(), "", {{"x-ms-blob-type", "AppendBlob"}});
  Bring(Target() + "&comp=lease", "expired");

  SendText(Method::kPut, Target() + "&comp=appendblock", "x");

  EXPECT_EQ(State(), "available");
}

TEST_F(UsesOfLeasedBlobs, AReadKeepsALeaseThatHasEnded) {
  Bring(Target() + "&comp=lease", "expired");

  Send(Method::kGet, Target());

  EXPECT_EQ(Outcome(Act("renew", {{"x-ms-lease-id", kA}})), "200");
}

TEST_F(UsesOfLeasedBlobs, ABlobThatIsNotThereHasNoLease) {
  const http::Headers id = {{"x-ms-lease-id", kA}};

  EXPECT_EQ(Outcome(Put(Target("new"), "x", id)), kNotPresent);
  EXPECT_EQ(Outcome(SendText(Method::kPut, Target("new") + "&comp=block&blockid=AAAA", "x", id)),
            kNotPresent);
  EXPECT_EQ(Outcome(Send(Method::kDelete, Target("new"), id)), "404 BlobNotFound");
}

TEST_F(UsesOfLeasedBlobs, ACopyNeedsTheIdOfItsTarget) {
  Put(Target("source"), "copied");
  Acquire();
  http::Headers headers = {{"x-ms-copy-source", "http://127.0.0.1" + Target("source")}};

  EXPECT_EQ(Outcome(Send(Method::kPut, Target(), headers)), kMissing);
  headers.push_back({"x-ms-lease-id", kA});
  EXPECT_EQ(Outcome(Send(Method::kPut, Target(), headers)), "202");
  EXPECT_EQ(State(), "leased");
}

TEST_F(UsesOfLeasedBlobs, ACopyHasNoLeaseAndMayNameThatOfItsSource) {
  Acquire();
  http::Headers headers = {{"x-ms-copy-source", "http://127.0.0.1" + Target()},
                           {"x-ms-source-lease-id", kB}};

  EXPECT_EQ(Outcome(Send(Method::kPut, Target("copy"), headers)), kMismatch);
  headers.back().value = kA;
  const auto copied = Send(Method::kPut, Target("copy"), headers);

  EXPECT_EQ(Outcome(copied), "202");
  EXPECT_EQ(Value(Send(Method::kHead, Target("copy")), "x-ms-lease-state"), "available");
}

TEST_F(UsesOfLeasedBlobs, ALargeBodyIsNotReadForNothing) {
  Acquire();
  FakeBody body(Pattern(200'000));

  const auto response = Send(Method::kPut, Target(), {{"x-ms-blob-type", "BlockBlob"}}, &body);

  EXPECT_EQ(Outcome(response), kMissing);
  EXPECT_FALSE(body.touched());
}

class LeasesOfContainers : public LeasesTest {
 protected:
  void BringContainer(std::string_view state) { Bring(Container("&comp=lease"), state); }

  http::Response Use(Method method, std::string_view parameters, const char* id) {
    http::Headers headers;
    if (*id != '\0') headers.push_back({"x-ms-lease-id", id});
    return Send(method, Container(parameters), headers);
  }
};

TEST_F(LeasesOfContainers, ADeleteNeedsTheId) {
  BringContainer("leased");

  EXPECT_EQ(Outcome(Use(Method::kDelete, "", "")), kMissing);
  EXPECT_EQ(Outcome(Use(Method::kDelete, "", kB)), "412 LeaseIdMismatchWithContainerOperation");
  EXPECT_EQ(Outcome(Use(Method::kDelete, "", kA)), "202");
}

TEST_F(LeasesOfContainers, ADeleteNeedsNoIdOnceTheLeaseHasEnded) {
  BringContainer("expired");

  EXPECT_EQ(Outcome(Use(Method::kDelete, "", kA)), kLost);
  EXPECT_EQ(Outcome(Use(Method::kDelete, "", "")), "202");
}

TEST_F(LeasesOfContainers, OtherOperationsMayNameTheLease) {
  EXPECT_EQ(Outcome(Use(Method::kGet, "", kA)), "412 LeaseNotPresentWithContainerOperation");
  BringContainer("leased");

  for (const auto method : {Method::kGet, Method::kPut}) {
    EXPECT_EQ(Outcome(Use(method, "&comp=metadata", "")), "200");
    EXPECT_EQ(Outcome(Use(method, "&comp=metadata", kA)), "200");
    EXPECT_EQ(Outcome(Use(method, "&comp=metadata", kB)),
              "412 LeaseIdMismatchWithContainerOperation");
  }
}

TEST_F(LeasesOfContainers, BlobsInItAreFree) {
  BringContainer("leased");

  EXPECT_EQ(Outcome(Put(Target(), "new")), "201");
  EXPECT_EQ(Outcome(Send(Method::kDelete, Target())), "202");
}

TEST_F(LeasesOfContainers, AnEndedLeaseOutlivesWrites) {
  BringContainer("expired");

  Use(Method::kPut, "&comp=metadata", "");

  EXPECT_EQ(Outcome(ActOn(Container("&comp=lease"), "renew", {{"x-ms-lease-id", kA}})), "200");
}

TEST_F(LeasesOfContainers, DoNotKeepAVideoFromBeingDeleted) {
  BringContainer("leased");

  EXPECT_TRUE(DeleteContainer());
}

class LeaseBlob : public LeasesTest {};

TEST_F(LeaseBlob, ChangesNeitherTheEtagNorTheTime) {
  const auto before = Send(Method::kHead, Target());
  clock_.Advance(5s);

  const auto response = Acquire();

  EXPECT_EQ(response.status, 201);
  for (const char* name : {"ETag", "Last-Modified"}) {
    EXPECT_EQ(Value(response, name), Value(before, name));
    EXPECT_EQ(Value(Send(Method::kHead, Target()), name), Value(before, name));
  }
}

TEST_F(LeaseBlob, AnswersWithTheIdAsTheClientWroteIt) {
  const std::string braces = '{' + std::string(kA) + '}';

  EXPECT_EQ(Value(Acquire("15", braces), "x-ms-lease-id"), braces);
  EXPECT_EQ(Value(Act("renew", {{"x-ms-lease-id", kA}}), "x-ms-lease-id"), kA);
  EXPECT_EQ(Value(Act("change", From(kA, kB)), "x-ms-lease-id"), kB);
  EXPECT_EQ(Value(Act("release", {{"x-ms-lease-id", kB}}), "x-ms-lease-id"), "(none)");
}

TEST_F(LeaseBlob, MakesAnIdIfTheClientHasNone) {
  const auto id = Value(Act("acquire", {{"x-ms-lease-duration", "-1"}}), "x-ms-lease-id");

  EXPECT_EQ(ParseLeaseId(id), id);
  EXPECT_EQ(Put(Target(), "x", {{"x-ms-lease-id", id}}).status, 201);
}

TEST_F(LeaseBlob, TellsHowLongABreakTakes) {
  Acquire("30");
  clock_.Advance(10s);

  EXPECT_EQ(Value(Act("break", {{"x-ms-lease-break-period", "25"}}), "x-ms-lease-time"), "20");
  EXPECT_EQ(Value(Act("break", {{"x-ms-lease-break-period", "5"}}), "x-ms-lease-time"), "5");
  EXPECT_EQ(Value(Act("break", {{"x-ms-lease-break-period", "9"}}), "x-ms-lease-time"), "5");
  clock_.Advance(4600ms);
  EXPECT_EQ(Value(Act("break"), "x-ms-lease-time"), "0");
  EXPECT_EQ(State(), "breaking");
  clock_.Advance(400ms);
  EXPECT_EQ(State(), "broken");
}

TEST_F(LeaseBlob, BreaksAnInfiniteLeaseAtOnceOrAfterThePeriod) {
  Acquire("-1");
  EXPECT_EQ(Value(Act("break", {{"x-ms-lease-break-period", "60"}}), "x-ms-lease-time"), "60");

  Act("release", {{"x-ms-lease-id", kA}});
  Acquire("-1");
  EXPECT_EQ(Value(Act("break"), "x-ms-lease-time"), "0");
  EXPECT_EQ(State(), "broken");
}

TEST_F(LeaseBlob, ExpiresWithTheClockAndStartsAgainWhenItIsRenewed) {
  Acquire("60");
  clock_.Advance(59s);
  EXPECT_EQ(State(), "leased");
  Act("renew", {{"x-ms-lease-id", kA}});
  clock_.Advance(59s);
  EXPECT_EQ(State(), "leased");
  clock_.Advance(1s);
  EXPECT_EQ(State(), "expired");
}

TEST_F(LeaseBlob, IsToldByReadsAndLists) {
  Acquire("-1");

  const auto read = Send(Method::kGet, Target());
  const auto list = Send(Method::kGet, Container("&comp=list")).body;

  EXPECT_EQ(Value(read, "x-ms-lease-status"), "locked");
  EXPECT_EQ(Value(read, "x-ms-lease-state"), "leased");
  EXPECT_EQ(Value(read, "x-ms-lease-duration"), "infinite");
  EXPECT_THAT(list, HasSubstr("<LeaseStatus>locked</LeaseStatus><LeaseState>leased</LeaseState>"
                              "<LeaseDuration>infinite</LeaseDuration>"));
}

TEST_F(LeaseBlob, HasADurationOnlyWhileItIsNotBroken) {
  Acquire("15");
  EXPECT_EQ(Value(Send(Method::kHead, Target()), "x-ms-lease-duration"), "fixed");

  Act("break");

  const auto read = Send(Method::kHead, Target());
  EXPECT_EQ(Value(read, "x-ms-lease-status"), "locked");
  EXPECT_EQ(Value(read, "x-ms-lease-duration"), "(none)");
}

TEST_F(LeaseBlob, OfAContainerIsToldByItsPropertiesAndTheList) {
  Bring(Container("&comp=lease"), "leased");

  const auto read = Send(Method::kGet, Container());
  const auto list =
      Send(Method::kGet, Authorized('/' + std::string(kAccountName) + "?comp=list")).body;

  EXPECT_EQ(Value(read, "x-ms-lease-state"), "leased");
  EXPECT_EQ(Value(read, "x-ms-lease-duration"), "fixed");
  EXPECT_THAT(list, HasSubstr("<LeaseStatus>locked</LeaseStatus><LeaseState>leased</LeaseState>"
                              "<LeaseDuration>fixed</LeaseDuration>"));
}

TEST_F(LeaseBlob, ObeysConditionsBeforeAllElse) {
  const http::Headers never = {{"If-None-Match", "*"}, {"x-ms-lease-id", kB}};

  EXPECT_EQ(Outcome(Act("renew", never)), "412 ConditionNotMet");
  EXPECT_EQ(Outcome(ActOn(Container("&comp=lease"), "renew", never)), "412 ConditionNotMet");
}

TEST_F(LeaseBlob, NeedsABlobThatIsThere) {
  EXPECT_EQ(Outcome(ActOn(Target("none") + "&comp=lease", "break")), "404 BlobNotFound");
  EXPECT_EQ(Outcome(ActOn(Container("&comp=lease", "none"), "break")), "404 ContainerNotFound");
}

TEST_F(LeaseBlob, SurvivesARestart) {
  const TemporaryFolder folder;
  Restart(folder.path());
  Put(Target(), "x");
  Acquire("60");
  Bring(Container("&comp=lease"), "breaking");

  Restart(folder.path());

  EXPECT_EQ(State(), "leased");
  EXPECT_EQ(Value(Send(Method::kGet, Container()), "x-ms-lease-state"), "breaking");
  EXPECT_EQ(Put(Target(), "new", {{"x-ms-lease-id", kA}}).status, 201);
}

TEST_F(LeaseBlob, SurvivesASnapshotOfTheState) {
  Acquire("60");
  const auto snapshot = service_->TakeSnapshot();
  Act("release", {{"x-ms-lease-id", kA}});

  service_->Restore(*snapshot);

  EXPECT_EQ(State(), "leased");
}

class LeasePermissions : public LeasesTest {
 protected:
  void Permit(const std::string& letters) {
    EXPECT_TRUE(service_->SetPolicy(kContainerName, {.id = kPolicyId, .permissions = letters}));
  }
};

TEST_F(LeasePermissions, AreToWrite) {
  Permit("rd");
  EXPECT_EQ(Acquire().status, 404);  // What old signatures get that do not permit enough.
  Permit("w");
  EXPECT_EQ(Acquire().status, 201);
}

TEST_F(LeasePermissions, ToDeleteAreEnoughToBreakOne) {
  Acquire();

  Permit("d");
  EXPECT_EQ(Act("break").status, 202);
  Permit("r");
  EXPECT_EQ(Act("break").status, 404);
}

struct BadRequest {
  const char* name;
  const char* action;
  http::Headers headers;
  const char* outcome;
};

constexpr const char* kBadValue = "400 InvalidHeaderValue";
constexpr const char* kNoHeader = "400 MissingRequiredHeader";

const BadRequest kBadRequests[] = {
    {"UnknownAction", "steal", {}, kBadValue},
    {"NoDuration", "acquire", {}, kNoHeader},
    {"ShortDuration", "acquire", {{"x-ms-lease-duration", "14"}}, kBadValue},
    {"LongDuration", "acquire", {{"x-ms-lease-duration", "61"}}, kBadValue},
    {"NegativeDuration", "acquire", {{"x-ms-lease-duration", "-2"}}, kBadValue},
    {"ZeroDuration", "acquire", {{"x-ms-lease-duration", "0"}}, kBadValue},
    {"ProposedNoGuid", "acquire", Proposed("x"), kBadValue},
    {"RenewWithoutId", "renew", {}, kNoHeader},
    {"RenewNoGuid", "renew", {{"x-ms-lease-id", "x"}}, kBadValue},
    {"ReleaseWithoutId", "release", {}, kNoHeader},
    {"ChangeWithoutId", "change", {{"x-ms-proposed-lease-id", kA}}, kNoHeader},
    {"ChangeToNothing", "change", {{"x-ms-lease-id", kA}}, kNoHeader},
    {"ChangeToNoGuid", "change", From(kA, "not-a-guid"), kBadValue},
    {"LongBreak", "break", {{"x-ms-lease-break-period", "61"}}, kBadValue},
    {"NegativeBreak", "break", {{"x-ms-lease-break-period", "-1"}}, kBadValue},
};

class BadLeaseRequests : public LeasesTest, public ::testing::WithParamInterface<BadRequest> {};

TEST_P(BadLeaseRequests, AreRejectedForBlobsAndContainers) {
  const auto& [name, action, headers, outcome] = GetParam();

  EXPECT_EQ(Outcome(Act(action, headers)), outcome);
  EXPECT_EQ(Outcome(ActOn(Container("&comp=lease"), action, headers)), outcome);
  EXPECT_EQ(State(), "available");
}

INSTANTIATE_TEST_SUITE_P(Table, BadLeaseRequests, ::testing::ValuesIn(kBadRequests),
                         [](const auto& row) { return row.param.name; });

TEST_F(LeaseBlob, NeedsAnAction) {
  EXPECT_EQ(Outcome(SendText(Method::kPut, Target() + "&comp=lease", "")), kNoHeader);
}

TEST_F(LeaseBlob, NamesTheHeaderThatIsNoGuid) {
  const auto response = Acquire("15", "no-guid");

  EXPECT_THAT(response.body, HasSubstr("<HeaderName>x-ms-proposed-lease-id</HeaderName>"
                                       "<HeaderValue>no-guid</HeaderValue>"));
}

TEST(LeaseIds, AreGuidsInAnyForm) {
  constexpr const char* kGuid = "ca761232-ed42-11ce-bacd-00aa0057b223";
  for (const char* text :
       {"ca761232-ed42-11ce-bacd-00aa0057b223", "CA761232-ED42-11CE-BACD-00AA0057B223",
        "ca761232ed4211cebacd00aa0057b223", "{ca761232-ed42-11ce-bacd-00aa0057b223}",
        "(ca761232-ed42-11ce-bacd-00aa0057b223)",
        "{0xca761232,0xed42,0x11ce,{0xba,0xcd,0x00,0xaa,0x00,0x57,0xb2,0x23}}",
        "{0Xca761232,0Xed42,0X11ce,{0Xba,0Xcd,0X00,0Xaa,0X00,0X57,0Xb2,0X23}}"}) {
    EXPECT_EQ(ParseLeaseId(text), kGuid) << text;
  }
}

TEST(LeaseIds, AreNothingElse) {
  for (const char* text :
       {"", "x", "ca761232ed4211cebacd00aa0057b22", "{ca761232-ed42-11ce-bacd-00aa0057b223)",
        "ca761232-ed42-11ce-bacd-00aa0057b22g",
        "{0xca761232,0xed42,0x11ce,{0xba,0xcd,0x00,0xaa,0x00,0x57,0xb2,0x23}}}"}) {
    EXPECT_EQ(ParseLeaseId(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace msc::storage
