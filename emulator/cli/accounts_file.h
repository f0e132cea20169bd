#pragma once

#include <msc/emulator.h>

#include <string>
#include <vector>

namespace msc {

// The accounts in the file at `path`: [{"name":"…","keys":["base64",…]},…]. Throws
// std::runtime_error that says what is wrong.
std::vector<StorageAccount> ReadAccountsFile(const std::string& path);

}  // namespace msc
