#pragma once

#include <cstdio>
#include <memory>
#include <string>

namespace msc {

// The output of a command, in a file without a name.
class CommandOutput {
 public:
  // Throws std::runtime_error if the file cannot be created.
  CommandOutput();

  // The descriptor that the command writes to.
  int descriptor() const { return ::fileno(file_.get()); }

  // The last lines, each indented; empty if there are none.
  std::string LastLines() const;

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace msc
