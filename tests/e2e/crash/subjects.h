#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/e2e/crash/subject.h"

namespace msc::testing {

// One of each kind: appended blocks, pages, tags, snapshots, leases. `target`: as for a Subject;
// `seed`: for what they write.
std::vector<std::unique_ptr<Subject>> MakeSubjects(const std::string& target, std::uint64_t seed);

}  // namespace msc::testing
