// Tests that fail, pass and are skipped: fixture_end_test runs them as a child.
#include <gtest/gtest.h>
#include <msc/testing.h>

#include "tests/support/videos_client.h"

namespace msc::testing {
namespace {

class FixtureSubject : public EmulatorTest {
 protected:
  void AskForATypo() { Call(emulator().Port(), "GET", "/api/Video/typo"); }
};

TEST_F(FixtureSubject, Passes) { CreateVideo(emulator().Port()); }

TEST_F(FixtureSubject, FailsAtItsEnd) {
  CreateVideo(emulator().Port());
  AskForATypo();
}

TEST_F(FixtureSubject, FailsByItself) {
  AskForATypo();
  ADD_FAILURE() << "by itself";
}

TEST_F(FixtureSubject, IsSkipped) {
  AskForATypo();
  GTEST_SKIP();
}

class FixtureRow : public EmulatorTest, public ::testing::WithParamInterface<int> {};

TEST_P(FixtureRow, Fails) { EXPECT_EQ(GetParam(), 0); }

INSTANTIATE_TEST_SUITE_P(Rows, FixtureRow, ::testing::Values(1));

}  // namespace
}  // namespace msc::testing
