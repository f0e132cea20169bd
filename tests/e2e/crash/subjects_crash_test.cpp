// Kills the emulator while all kinds of blobs are written.
#include <gtest/gtest.h>

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "emulator/base/encoding.h"
#include "storage_stub/access/account_sas.h"
#include "storage_stub/access/sas.h"
#include "storage_stub/model/development_account.h"
#include "tests/e2e/crash/crash_fixture.h"
#include "tests/e2e/crash/subjects.h"
#include "tests/support/videos_client.h"

namespace msc {
namespace {

using namespace msc::testing;

// A query that permits everything in the account; upload URLs do not permit tags.
std::string AccountSignature() {
  constexpr const char* kFields = "?sv=2020-12-06&ss=b&srt=sco&sp=rwdlact&se=2100-01-01T00:00:00Z";
  const storage::AccountSas sas{.version = "2020-12-06",
                                .services = "b",
                                .resource_types = "sco",
                                .permissions = "rwdlact",
                                .expires = "2100-01-01T00:00:00Z"};
  const auto key = Base64Decode(storage::kDevelopmentKey).value();
  const auto signature = storage::Sign(key, StringToSign(sas, "devstoreaccount1"));
  return kFields + ("&sig=" + PercentEncode(signature));
}

class CrashOfSubjects : public CrashTest {
 protected:
  void CreateSubjects() {
    const auto upload = CreateVideo(emulator_->port()).upload_target;
    subjects_ = MakeSubjects(upload.substr(0, upload.find('?')) + AccountSignature(), random_());
  }

  void KillWhileTheyAreWritten() {
    std::vector<Writer> writers;
    for (auto& subject : subjects_) {
      writers.push_back([&](int port, const std::function<void()>& acknowledged) {
        subject->WriteUntilTheEnd(port, acknowledged);
      });
    }
    KillWhileTheyWrite(writers);
  }

  void ExpectWholeFolder() const {
    const auto verified = RunToEnd({EmulatorProgram(), "verify", "--data", folder_.path()});
    EXPECT_EQ(verified.code, 0) << verified.errors << verified.output;
  }

  std::vector<std::unique_ptr<Subject>> subjects_;
};

TEST_P(CrashOfSubjects, LosesNoAcknowledgedWriteAndHasHalfOfNone) {
  SCOPED_TRACE("MSC_CRASH_SEED=" + std::to_string(seed_));
  ASSERT_NO_FATAL_FAILURE(Start());
  CreateSubjects();

  const int points = KillPoints();
  for (int point = 0; point < points && !HasFailure(); ++point) {
    SCOPED_TRACE("kill point " + std::to_string(point));
    KillWhileTheyAreWritten();
    ExpectWholeFolder();
    ASSERT_NO_FATAL_FAILURE(Start());
    for (auto& subject : subjects_) subject->Compare(emulator_->port());
  }
  std::cout << "blobs of all kinds: " << points << " kills\n";
}

INSTANTIATE_TEST_SUITE_P(Runs, CrashOfSubjects, ::testing::Range(0, 4));

}  // namespace
}  // namespace msc
