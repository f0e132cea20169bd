#pragma once

#include <string>
#include <vector>

#include "emulator/base/crypto.h"

namespace msc::storage {

// A storage account and the keys that sign for it (the first one signs what we hand out).
struct Account {
  std::string name;
  std::vector<HmacKey> keys;
};

}  // namespace msc::storage
