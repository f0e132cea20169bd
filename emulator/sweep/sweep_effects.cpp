#include "emulator/sweep/sweep_effects.h"

#include <algorithm>
#include <cctype>
#include <functional>
#include <string_view>
#include <utility>

namespace msc {
namespace {

// How often a blob was committed, and its path.
using Commits = std::vector<std::pair<int, std::string>>;

bool IsCommit(const RecordedRequest& request) {
  return request.operation == Operation::kPutBlob ||
         request.operation == Operation::kPutBlockList || request.operation == Operation::kCopyBlob;
}

// Header names may be in any case; all of these letters are ASCII.
bool IsCopySource(std::string_view name) {
  constexpr std::string_view kCopySource = "x-ms-copy-source";
  return std::equal(name.begin(), name.end(), kCopySource.begin(), kCopySource.end(),
                    [](unsigned char a, unsigned char b) { return std::tolower(a) == b; });
}

// What a commit writes: equal for one that repeats another.
std::string ContentOf(const RecordedRequest& request) {
  std::string content(Name(*request.operation));
  content.append(1, ' ').append(std::to_string(request.body_size));
  content.append(1, ' ').append(request.body_sha256);
  for (const auto& [name, value] : request.headers) {
    if (IsCopySource(name)) content.append(1, ' ').append(value);
  }
  return content;
}

bool IsDone(const RecordedRequest& request, bool answer_lost) {
  return request.status / 100 == 2 || (answer_lost && request.fault_id.has_value());
}

// The commits of blobs whose names `others` does not have, the most frequent first.
Commits Unmatched(const SweepEffects& effects, const SweepEffects& others) {
  Commits unmatched;
  for (const auto& [path, count] : effects.commits) {
    if (!others.commits.contains(path)) unmatched.emplace_back(count, path);
  }
  std::sort(unmatched.begin(), unmatched.end(), std::greater<>());
  return unmatched;
}

void CompareCommits(const std::string& path, int undisturbed, int disturbed,
                    std::vector<std::string>& extra) {
  if (disturbed <= undisturbed) return;
  extra.push_back(path + " was committed " +
                  (disturbed == 1 ? "once" : std::to_string(disturbed) + " times") +
                  " instead of " + std::to_string(undisturbed));
}

}  // namespace

std::string PathOf(const std::string& target) { return target.substr(0, target.find('?')); }

SweepEffects EffectsOf(const Emulator& emulator, bool answer_lost) {
  SweepEffects effects{.videos = emulator.Videos().size()};
  std::map<std::string, std::string> contents;  // Of the last commit of each blob.
  for (const auto& request : emulator.Requests()) {
    if (!IsCommit(request) || !IsDone(request, answer_lost)) continue;
    const std::string path = PathOf(request.target);
    std::string content = ContentOf(request);
    if (contents[path] == content) continue;
    contents[path] = std::move(content);
    ++effects.commits[path];
  }
  return effects;
}

std::vector<std::string> ExtraEffects(const SweepEffects& undisturbed,
                                      const SweepEffects& disturbed) {
  std::vector<std::string> extra;
  if (disturbed.videos > undisturbed.videos) {
    extra.push_back(std::to_string(disturbed.videos) + " videos instead of " +
                    std::to_string(undisturbed.videos));
  }
  for (const auto& [path, count] : disturbed.commits) {
    const auto before = undisturbed.commits.find(path);
    if (before != undisturbed.commits.end()) CompareCommits(path, before->second, count, extra);
  }
  const Commits expected = Unmatched(undisturbed, disturbed);
  const Commits found = Unmatched(disturbed, undisturbed);
  for (std::size_t i = 0; i < found.size(); ++i) {
    const int before = i < expected.size() ? expected[i].first : 0;
    CompareCommits(found[i].second, before, found[i].first, extra);
  }
  return extra;
}

}  // namespace msc
