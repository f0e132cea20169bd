#include "emulator/processing/media/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "emulator/processing/media/child_launch.h"

namespace msc::processing {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kErrorsKept = 4096;
constexpr std::size_t kLongestLine = 65536;

// How often `may_go_on` is asked.
constexpr milliseconds kInterval(100);

// As in shells.
constexpr int kSignalledExit = 128;

struct Pipe {
  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
      throw std::runtime_error(std::string("no pipe: ") + std::strerror(errno));
    }
    reader = Descriptor(ends[0]);
    writer = ends[1];
    ::fcntl(reader.get(), F_SETFL, O_NONBLOCK);
  }
  ~Pipe() { CloseWriter(); }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  void CloseWriter() {
    if (writer != -1) ::close(writer);
    writer = -1;
  }

  Descriptor reader;
  int writer = -1;  // Not a Descriptor, because the child is to get it.
};

// A child of ours, which is killed and reaped with this object.
class RunningChild {
 public:
  explicit RunningChild(pid_t process) : process_(process) {}
  ~RunningChild() {
    if (HasEnded()) return;
    ::kill(-process_, SIGKILL);
    Reap(0);
  }
  RunningChild(const RunningChild&) = delete;
  RunningChild& operator=(const RunningChild&) = delete;

  bool HasEnded() { return has_ended_ || (Reap(WNOHANG), has_ended_); }
  std::optional<int> exit_code() const { return exit_code_; }

 private:
  void Reap(int options) {
    int status = 0;
    pid_t reaped = 0;
    do {
      reaped = ::waitpid(process_, &status, options);
    } while (reaped < 0 && errno == EINTR);
    if (reaped == 0) return;
    has_ended_ = true;  // ECHILD: somebody else has reaped it.
    if (reaped != process_) return;
    exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : kSignalledExit + WTERMSIG(status);
  }

  const pid_t process_;
  bool has_ended_ = false;
  std::optional<int> exit_code_;
};

class ChildRun {
 public:
  explicit ChildRun(const ChildProgram& program)
      : program_(program), child_(LaunchChild(program, output_.writer, errors_.writer)) {
    output_.CloseWriter();
    errors_.CloseWriter();
  }

  ChildResult Run() {
    ChildResult result;
    while (result.end == ChildEnd::kExited && !IsOver()) result.end = Step();
    if (result.end == ChildEnd::kExited && !line_.empty() && !PassLine(line_)) {
      result.end = ChildEnd::kStopped;
    }
    if (result.end == ChildEnd::kExited) result.exit_code = child_.exit_code();
    result.errors = std::move(stderr_);
    return result;
  }

 private:
  bool IsOver() { return !has_output_ && !has_errors_ && child_.HasEnded(); }

  // Waits for something to happen and handles it; kExited if the program may go on.
  ChildEnd Step() {
    const auto now = steady_clock::now();
    if (program_.cancellation.IsCancelled()) return ChildEnd::kCancelled;
    if (now >= program_.deadline) return ChildEnd::kTimedOut;
    if (now >= next_question_) {
      next_question_ = now + kInterval;
      if (program_.may_go_on && !program_.may_go_on()) return ChildEnd::kStopped;
    }
    return Poll(Patience(now));
  }

  // Once both pipes are closed, the program ends within microseconds.
  milliseconds Patience(steady_clock::time_point now) const {
    if (!has_output_ && !has_errors_) return milliseconds(1);
    const auto left = std::min(next_question_, program_.deadline) - now;
    return std::chrono::ceil<milliseconds>(left);
  }

  ChildEnd Poll(milliseconds patience) {
    std::array<pollfd, 3> waits = {{{program_.cancellation.descriptor(), POLLIN, 0},
                                    {has_output_ ? output_.reader.get() : -1, POLLIN, 0},
                                    {has_errors_ ? errors_.reader.get() : -1, POLLIN, 0}}};
    ::poll(waits.data(), waits.size(), static_cast<int>(patience.count()));
    if (waits[2].revents != 0) has_errors_ = ReadErrors();
    if (waits[1].revents == 0) return ChildEnd::kExited;
    bool wants_more = true;
    has_output_ = ReadOutput(wants_more);
    return wants_more ? ChildEnd::kExited : ChildEnd::kStopped;
  }

  // Reads what is there, up to the buffer's size; false at the end.
  bool ReadPipe(int pipe, std::string_view& piece) {
    const ssize_t count = ::read(pipe, buffer_.data(), buffer_.size());
    piece = std::string_view(buffer_.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
    return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR));
  }

  bool ReadErrors() {
    std::string_view piece;
    const bool goes_on = ReadPipe(errors_.reader.get(), piece);
    stderr_.append(piece);
    if (stderr_.size() > kErrorsKept) stderr_.erase(0, stderr_.size() - kErrorsKept);
    return goes_on;
  }

  bool ReadOutput(bool& wants_more) {
    std::string_view piece;
    const bool goes_on = ReadPipe(output_.reader.get(), piece);
    while (wants_more && !piece.empty()) {
      const auto end = piece.find('\n');
      line_.append(piece.substr(0, end));
      const bool is_whole = end != std::string_view::npos;
      piece.remove_prefix(is_whole ? end + 1 : piece.size());
      if (!is_whole && line_.size() < kLongestLine) continue;
      wants_more = PassLine(line_);
      line_.clear();
    }
    return goes_on;
  }

  bool PassLine(std::string_view line) { return !program_.on_line || program_.on_line(line); }

  const ChildProgram& program_;
  Pipe output_;
  Pipe errors_;
  RunningChild child_;
  bool has_output_ = true;
  bool has_errors_ = true;
  steady_clock::time_point next_question_ = steady_clock::now() + kInterval;
  std::array<char, 16384> buffer_;
  std::string line_;
  std::string stderr_;
};

}  // namespace

ChildResult RunChild(const ChildProgram& program) { return ChildRun(program).Run(); }

}  // namespace msc::processing
