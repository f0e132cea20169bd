#include <gtest/gtest.h>
#include <msc/testing.h>

#include "httplib.h"

class OwnHttplibTest : public msc::testing::EmulatorTest {};

TEST_F(OwnHttplibTest, ServesAClientOfAnotherVersion) {
  const httplib::Server server;  // Two definitions of this class would end the process here.
  const httplib::Client client("127.0.0.1", emulator().Port());

  EXPECT_TRUE(server.is_valid());
  EXPECT_EQ(client.Get("/api/Formats").status, 200);
}
