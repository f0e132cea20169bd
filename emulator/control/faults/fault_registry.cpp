#include "emulator/control/faults/fault_registry.h"

#include <algorithm>

#include "emulator/base/time_range.h"
#include "emulator/control/error/control_error.h"
#include "emulator/control/faults/fault_check.h"

namespace msc::control {
namespace {

constexpr std::size_t kMostUnused = 1000;  // A longer list would not be read.

std::mt19937_64 MakeChance(std::optional<std::uint64_t> seed) {
  if (seed) return std::mt19937_64(*seed);
  std::random_device device;
  return std::mt19937_64((std::uint64_t{device()} << 32U) | device());
}

Error TooMuchText() {
  return {ControlError::kLimitReached, "all faults together would have more than " +
                                           std::to_string(FaultRegistry::kMostText) +
                                           " bytes of text"};
}

RequestPattern PatternOf(const Fault& fault) {
  RequestPattern pattern = fault.match;
  if (fault.operation) pattern.operation = fault.operation;
  if (!fault.video_id.empty()) pattern.video_id = fault.video_id;
  return pattern;
}

}  // namespace

FaultActivation::~FaultActivation() {
  if (!fired_) registry_.FinishActivation(fault_id_, false);
}

void FaultActivation::Confirm() {
  if (fired_) return;
  fired_ = true;
  registry_.FinishActivation(fault_id_, true);
}

FaultRegistry::FaultRegistry(const Clock& clock, std::optional<std::uint64_t> seed,
                             ExpressionBudget& expressions)
    : clock_(clock), seed_(seed), expressions_(expressions), chance_(MakeChance(seed)) {}

Result<InjectedFault> FaultRegistry::Add(Fault fault) {
  if (auto checked = CheckFault(fault); !checked) return checked.error();
  auto matcher = RequestMatcher::Make(PatternOf(fault), expressions_);
  if (!matcher) return matcher.error();
  const std::size_t text = TextSize(fault);
  const MutexLock lock(mutex_);
  if (text_ + text > kMostText) return TooMuchText();
  text_ += text;
  Rule rule{.id = ++last_id_, .fault = nullptr, .matcher = *std::move(matcher), .text = text};
  if (fault.ttl) rule.expires = Shifted(clock_.Now(), *fault.ttl);
  rule.fault = std::make_shared<const Fault>(std::move(fault));
  rules_.push_back(std::move(rule));
  armed_ = rules_.size();
  return DescribeLocked(rules_.back());
}

std::unique_ptr<FaultActivation> FaultRegistry::Choose(const RequestRecord& record,
                                                       const http::Headers& headers) {
  if (armed_ == 0) return nullptr;
  const MutexLock lock(mutex_);
  for (Rule& rule : rules_) {
    if (rule.matcher.Fits(record, headers) && TakesLocked(rule)) {
      ++rule.reserved;
      return std::unique_ptr<FaultActivation>(
          new FaultActivation(*this, rule.id, rule.fault, rule.removed));
    }
  }
  return nullptr;
}

// Whether a matching rule fires this time.
bool FaultRegistry::TakesLocked(Rule& rule) {
  if (rule.expires && clock_.Now() >= *rule.expires) return false;
  ++rule.matched;
  if (rule.matched <= rule.fault->skip) return false;
  if (RemainingLocked(rule).value_or(1) <= 0) return false;
  return rule.fault->probability >= 1 || DrawLocked() < rule.fault->probability;
}

std::optional<int> FaultRegistry::RemainingLocked(const Rule& rule) const {
  if (!rule.fault->times) return std::nullopt;
  return *rule.fault->times - rule.fired - rule.reserved;
}

void FaultRegistry::FinishActivation(std::int64_t id, bool fired) {
  const MutexLock lock(mutex_);
  // It may have been removed in the meantime.
  if (Rule* const rule = FindLocked(id)) {
    --rule->reserved;
    if (fired) ++rule->fired;
  }
  if (fired && on_fire_) on_fire_(id);
}

FaultRegistry::Rule* FaultRegistry::FindLocked(std::int64_t id) {
  const auto rule =
      std::find_if(rules_.begin(), rules_.end(), [&](const Rule& each) { return each.id == id; });
  return rule == rules_.end() ? nullptr : &*rule;
}

InjectedFault FaultRegistry::DescribeLocked(const Rule& rule) const {
  const bool expired = rule.expires && clock_.Now() >= *rule.expires;
  auto remaining = rule.fault->times;
  if (remaining) *remaining -= rule.fired;
  return {.status = {.id = rule.id,
                     .matched = rule.matched,
                     .fired = rule.fired,
                     .remaining = remaining,
                     .completed = expired || remaining == 0},
          .fault = *rule.fault};
}

std::vector<InjectedFault> FaultRegistry::List() const {
  const MutexLock lock(mutex_);
  std::vector<InjectedFault> faults;
  for (const Rule& rule : rules_) faults.push_back(DescribeLocked(rule));
  return faults;
}

std::optional<InjectedFault> FaultRegistry::Find(std::int64_t id) const {
  for (auto& fault : List()) {
    if (fault.status.id == id) return std::move(fault);
  }
  return std::nullopt;
}

bool FaultRegistry::Remove(std::int64_t id) {
  const MutexLock lock(mutex_);
  const Rule* const rule = FindLocked(id);
  if (rule == nullptr) return false;
  if (rule->fired == 0 && removed_unused_.size() < kMostUnused) {
    removed_unused_.push_back(Describe(*rule->fault));
  }
  *rule->removed = true;
  text_ -= rule->text;
  rules_.erase(rules_.begin() + (rule - rules_.data()));
  armed_ = rules_.size();
  return true;
}

void FaultRegistry::Clear() {
  const MutexLock lock(mutex_);
  for (const Rule& rule : rules_) *rule.removed = true;
  rules_.clear();
  text_ = 0;
  removed_unused_.clear();
  armed_ = 0;
  chance_ = MakeChance(seed_);
}

std::vector<std::string> FaultRegistry::Unused() const {
  const MutexLock lock(mutex_);
  std::vector<std::string> unused = removed_unused_;
  for (const Rule& rule : rules_) {
    if (rule.fired == 0) unused.push_back(Describe(*rule.fault));
  }
  return unused;
}

double FaultRegistry::Draw() {
  const MutexLock lock(mutex_);
  return DrawLocked();
}

double FaultRegistry::DrawLocked() {
  constexpr double kStep = 1.0 / static_cast<double>(std::uint64_t{1} << 53U);
  return static_cast<double>(chance_() >> 11U) * kStep;
}

}  // namespace msc::control
