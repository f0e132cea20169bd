#include "emulator/cli/command_output.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace msc {
namespace {

constexpr off_t kMostBytes = 16 * 1024;
constexpr std::size_t kMostLines = 20;

}  // namespace

CommandOutput::CommandOutput() : file_(std::tmpfile()) {
  if (!file_) throw std::runtime_error("no temporary file for the output of COMMAND");
  ::fcntl(descriptor(), F_SETFD, FD_CLOEXEC);  // The command inherits it only as stdout and stderr.
}

std::string CommandOutput::LastLines() const {
  const off_t size = ::lseek(descriptor(), 0, SEEK_END);
  std::string text(static_cast<std::size_t>(std::min(size, kMostBytes)), '\0');
  const ssize_t count =
      ::pread(descriptor(), text.data(), text.size(), size - static_cast<off_t>(text.size()));
  text.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));

  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back("  | " + line + '\n');
  const auto first = lines.end() - static_cast<std::ptrdiff_t>(std::min(lines.size(), kMostLines));
  std::string last;
  std::for_each(first, lines.end(), [&last](const auto& line) { last += line; });
  return last;
}

}  // namespace msc
