// A page that may call /api may use the blob endpoint. By default all pages may, as those of the
// service could; a list of origins counts for both.
#include "tests/e2e/control/control_fixture.h"

namespace msc {
namespace {

using namespace msc::testing;

struct PageOrigin {
  const char* origins;
  const char* origin;
  bool may_call;
  bool may_upload;
};

void PrintTo(const PageOrigin& page, std::ostream* out) { *out << page.origin; }

class CorsOfBoth : public ::testing::TestWithParam<PageOrigin> {
 protected:
  // Whether the preflight of a page is answered with its origin.
  bool Allows(const std::string& target) const {
    const std::string origin = GetParam().origin;
    const auto answer = Call(emulator_.Port(), "OPTIONS", target, "",
                             "Origin: " + origin + "\r\nAccess-Control-Request-Method: POST\r\n");
    return StatusOf(answer) == 200 &&
           HeaderOf(answer, "Access-Control-Allow-Origin").value_or("") == origin;
  }

  const Emulator emulator_{{.cors_origins = GetParam().origins}};
};

TEST_P(CorsOfBoth, AgreesOnThePage) {
  EXPECT_EQ(Allows("/api/Videos"), GetParam().may_call);
  EXPECT_EQ(Allows("/devstoreaccount1/c/b"), GetParam().may_upload);
}

INSTANTIATE_TEST_SUITE_P(
    Origins, CorsOfBoth,
    ::testing::Values(PageOrigin{"local", "http://localhost:3000", true, true},
                      PageOrigin{"local", "http://localhost", true, true},
                      PageOrigin{"local", "https://app.localhost:3000", true, true},
                      PageOrigin{"local", "http://127.0.0.1:5173", true, true},
                      PageOrigin{"local", "http://[::1]:5173", true, true},
                      PageOrigin{"local", "https://app.example", false, true},
                      PageOrigin{"local", "http://localhost.evil.example", false, true},
                      PageOrigin{"local", "http://127.0.0.1.evil.example", false, true},
                      PageOrigin{"*", "https://app.example", true, true},
                      PageOrigin{"https://app.example", "https://app.example", true, true},
                      PageOrigin{"https://app.example", "http://localhost:3000", false, false},
                      PageOrigin{"local, https://app.example", "http://localhost:3000", true,
                                 true}),
    [](const auto& row) { return "Number" + std::to_string(row.index); });

}  // namespace
}  // namespace msc
