// Targets of requests and the shared access signatures in them.

#include "emulator/http/request.h"
#include "storage_stub/access/sas_check.h"
#include "storage_stub/access/sas_form.h"
#include "tests/fuzz/input.h"

namespace {

using msc::fuzz::Require;
using namespace msc::storage;

void CheckService(const msc::http::QueryParameters& parameters) {
  const auto sas = ReadSas(parameters);
  StringToSign(sas, CanonicalResource(sas, {"account", "container", "blob"}));
  if (!CheckForm(sas)) return;
  const auto grant = MergeGrant(sas, {});
  if (grant && grant->starts && *grant->starts > grant->expires) {
    Require(!CheckTime(*grant, grant->expires));
  }
}

void CheckAccount(const msc::http::QueryParameters& parameters) {
  const auto sas = ReadAccountSas(parameters);
  StringToSign(sas, "account");
  if (!CheckForm(sas)) return;
  const auto grant = GrantOf(sas);
  Require(!CheckTime(grant, grant.expires));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const msc::http::Request request{.target = "/c/b?" + std::string(msc::fuzz::TextOf(data, size))};
  Require(request.path() == "/c/b");
  const auto parameters = request.parameters();
  if (!parameters.empty()) {
    Require(request.parameter(parameters.front().first) == parameters.front().second);
  }
  CheckService(parameters);
  CheckAccount(parameters);
  return 0;
}
