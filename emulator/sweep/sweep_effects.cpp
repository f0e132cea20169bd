#include "emulator/sweep/sweep_effects.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <string_view>
#include <utility>

namespace msc {
namespace {

// How often a blob was committed, and its path.
using Commits = std::vector<std::pair<int, std::string>>;

bool IsCommit(const RecordedRequest& request) {
  using enum Operation;
  constexpr std::array kCommits = {kPutBlob, kPutBlockList, kCopyBlob, kAppendBlock, kPutPage};
  return std::find(kCommits.begin(), kCommits.end(), request.operation) != kCommits.end();
}

// Header names may be in any case; all of these letters are ASCII.
std::string HeaderOf(const RecordedRequest& request, std::string_view wanted) {
  for (const auto& [name, value] : request.headers) {
    const bool is_same =
        std::equal(name.begin(), name.end(), wanted.begin(), wanted.end(),
                   [](unsigned char a, unsigned char b) { return std::tolower(a) == b; });
    if (is_same) return value;
  }
  return {};
}

// Where a Put Page writes; empty for others, which write the whole blob.
std::string RangeOf(const RecordedRequest& request) {
  if (request.operation != Operation::kPutPage) return {};
  const std::string range = HeaderOf(request, "x-ms-range");
  return range.empty() ? HeaderOf(request, "range") : range;
}

// What a commit writes: equal for one that repeats another.
std::string ContentOf(const RecordedRequest& request) {
  std::string content(Name(*request.operation));
  content.append(1, ' ').append(std::to_string(request.body_size));
  content.append(1, ' ').append(request.body_sha256);
  return content.append(1, ' ').append(HeaderOf(request, "x-ms-copy-source"));
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
  std::map<std::string, std::string> contents;  // Of the last commit of each blob or range.
  for (const auto& request : emulator.Requests()) {
    if (!IsCommit(request) || !IsDone(request, answer_lost)) continue;
    const std::string path = PathOf(request.target);
    std::string content = ContentOf(request);
    auto& last = contents[path + ' ' + RangeOf(request)];
    if (last == content && request.operation != Operation::kAppendBlock) continue;
    last = std::move(content);
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
