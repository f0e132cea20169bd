#pragma once

#include <cstdio>
#include <memory>
#include <string>

namespace msc {

// What a command writes, in a file without a name.
class CommandOutput {
 public:
  // Throws std::runtime_error where there is no room for it.
  CommandOutput();

  // For the command to write to.
  int descriptor() const { return ::fileno(file_.get()); }

  // The last lines of it, each indented; empty where there are none.
  std::string LastLines() const;

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace msc
