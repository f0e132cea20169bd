// Access control lists of containers: what is accepted is written so that it reads back the same.

#include "storage_stub/handlers/acl.h"

#include "tests/fuzz/input.h"

namespace {

using msc::fuzz::Require;
using msc::storage::StoredPolicy;

bool AreEqual(const StoredPolicy& left, const StoredPolicy& right) {
  return left.id == right.id && left.permissions == right.permissions &&
         left.starts == right.starts && left.expires == right.expires;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto policies = msc::storage::ParseAcl(msc::fuzz::TextOf(data, size));
  if (!policies) return 0;

  const auto again = msc::storage::ParseAcl(msc::storage::AclAnswer({}, *policies).body);
  Require(again &&
          std::equal(policies->begin(), policies->end(), again->begin(), again->end(), AreEqual));
  return 0;
}
