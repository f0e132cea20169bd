#pragma once

#include "emulator/sqlite/record_rules.h"

namespace msc::videos {

// What the tables of videos may contain.
const sqlite::RecordRules& VideoRules();

}  // namespace msc::videos
