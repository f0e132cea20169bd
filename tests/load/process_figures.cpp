#include "tests/load/process_figures.h"

#include <sys/stat.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace msc::load {
namespace {

constexpr double kMiB = 1024 * 1024;
constexpr double kKiBPerMiB = 1024;
constexpr double kDiskUnit = 512;  // Of st_blocks, in bytes.

// A number of /proc/PID/status.
double StatusOf(const std::string& proc, const std::string& name) {
  std::ifstream status(proc + "/status");
  std::string word;
  double value = 0;
  while (status >> word) {
    if (word == name && status >> value) return value;
  }
  throw std::runtime_error("the emulator has ended");
}

double EntriesIn(const std::string& folder) {
  return static_cast<double>(std::distance(std::filesystem::directory_iterator(folder),
                                           std::filesystem::directory_iterator()));
}

// What a file takes of the disk; 0: it is not there.
double MibOnDisk(const std::string& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return 0;
  return static_cast<double>(status.st_blocks) * kDiskUnit / kMiB;
}

double Mean(const std::vector<Sample>& samples, std::size_t begin, std::size_t end,
            std::size_t figure) {
  double sum = 0;
  for (std::size_t i = begin; i < end; ++i) sum += samples[i].at(figure);
  return sum / static_cast<double>(end - begin);
}

}  // namespace

double MibOfBlobs(const std::string& folder) { return MibOnDisk(folder + "/blobs.bytes"); }

Sample Measure(int pid, const std::string& folder) {
  const std::string proc = "/proc/" + std::to_string(pid);
  return {StatusOf(proc, "VmRSS:") / kKiBPerMiB, EntriesIn(proc + "/fd"),
          StatusOf(proc, "Threads:"), MibOfBlobs(folder), MibOnDisk(folder + "/emulator.db-wal")};
}

bool PrintAndCompare(const std::vector<Sample>& samples) {
  constexpr double kMostGrowth = 1.1;
  const std::size_t quarter = samples.size() / 4;
  if (quarter == 0) throw std::runtime_error("there are too few samples to compare");
  bool is_flat = true;
  std::printf("%-28s %14s %14s\n", "mean", "first quarter", "last quarter");
  for (std::size_t i = 0; i < kFigures.size(); ++i) {
    const double first = Mean(samples, 0, quarter, i);
    const double last = Mean(samples, samples.size() - quarter, samples.size(), i);
    const bool grew = last > first * kMostGrowth + kFigures.at(i).slack;
    std::printf("%-28s %14.1f %14.1f%s\n", std::string(kFigures.at(i).name).c_str(), first, last,
                grew ? "  GROWS" : "");
    is_flat = is_flat && !grew;
  }
  return is_flat;
}

}  // namespace msc::load
