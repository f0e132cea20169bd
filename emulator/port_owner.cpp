#include "emulator/port_owner.h"

#include <unistd.h>

#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <vector>

#include "emulator/base/text.h"

namespace msc {
namespace {

namespace fs = std::filesystem;

// The links of descriptors whose sockets listen on `port`, such as "socket:[4711]".
std::set<std::string> ListeningSockets(int port) {
  constexpr std::string_view kListen = "0A";
  std::set<std::string> links;
  for (const char* table : {"/proc/net/tcp", "/proc/net/tcp6"}) {
    std::ifstream file(table);
    std::string line;
    while (std::getline(file, line)) {
      std::istringstream row(line);
      std::vector<std::string> fields;
      for (std::string field; row >> field;) fields.push_back(field);
      if (fields.size() < 10 || fields[3] != kListen) continue;
      int row_port = 0;
      const std::string digits = fields[1].substr(fields[1].find(':') + 1);
      std::from_chars(digits.data(), digits.data() + digits.size(), row_port, 16);
      if (row_port == port) links.insert("socket:[" + fields[9] + ']');
    }
  }
  return links;
}

bool Holds(const fs::path& process, const std::set<std::string>& links) {
  std::error_code error;
  for (fs::directory_iterator file(process / "fd", error), end; !error && file != end;
       file.increment(error)) {
    std::error_code gone;
    if (links.contains(fs::read_symlink(file->path(), gone).string())) return true;
  }
  return false;
}

}  // namespace

std::string PortOwner(int port) {
  const auto links = ListeningSockets(port);
  std::error_code error;
  for (fs::directory_iterator process("/proc", error), end; !error && process != end;
       process.increment(error)) {
    const std::string id = process->path().filename();
    if (!ParseUnsigned(id) || !Holds(process->path(), links)) continue;
    std::ifstream file(process->path() / "comm");
    std::string name;
    std::getline(file, name);
    return name.append(" (process ").append(id).append(")");
  }
  return {};
}

}  // namespace msc
