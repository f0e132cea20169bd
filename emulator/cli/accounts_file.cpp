#include "emulator/cli/accounts_file.h"

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "emulator/base/json_problem.h"
#include "emulator/base/nearest.h"

namespace msc {
namespace {

constexpr const char* kName = "name";
constexpr const char* kKeys = "keys";

[[noreturn]] void Fail(const std::string& path, const std::string& why) {
  throw std::runtime_error(path + ": " + why);
}

StorageAccount ReadAccount(const std::string& path, const nlohmann::json& entry) {
  if (!entry.is_object()) Fail(path, "each account must be an object");
  for (const auto& [member, value] : entry.items()) {
    if (member == kName || member == kKeys) continue;
    Fail(path, "an account has no member '" + member + "', only name and keys" +
                   DidYouMean(member, {kName, kKeys}));
  }
  if (!entry.contains(kName) || !entry[kName].is_string()) {
    Fail(path, "each account needs a string 'name'");
  }
  if (!entry.contains(kKeys) || !entry[kKeys].is_array()) {
    Fail(path, "each account needs a list 'keys'");
  }
  StorageAccount account{.name = entry[kName].get<std::string>()};
  for (const auto& key : entry[kKeys]) {
    if (!key.is_string()) Fail(path, "each key must be a string in base64");
    account.keys.push_back(key.get<std::string>());
  }
  return account;
}

}  // namespace

std::vector<StorageAccount> ReadAccountsFile(const std::string& path) {
  std::ifstream file(path);
  if (!file) Fail(path, "it cannot be read");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto document = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!document.is_array()) {
    const std::string problem = JsonProblem(text);
    Fail(path, R"(it must be JSON like [{"name":"second","keys":["c2VjcmV0"]}])" +
                   (problem.empty() ? "" : ": " + problem));
  }
  std::vector<StorageAccount> accounts;
  for (const auto& entry : document) accounts.push_back(ReadAccount(path, entry));
  return accounts;
}

}  // namespace msc
