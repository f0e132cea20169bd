#pragma once

#include <msc/fault.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/mutex.h"
#include "emulator/base/result.h"
#include "emulator/control/journal/request_matcher.h"
#include "emulator/control/journal/request_record.h"

namespace msc::control {

class FaultRegistry;

// A fault that was chosen for a request. It is counted when it fires. If it never does (the body
// was too short), it can fire on a later request.
class FaultActivation {
 public:
  ~FaultActivation();
  FaultActivation(const FaultActivation&) = delete;
  FaultActivation& operator=(const FaultActivation&) = delete;

  std::int64_t fault_id() const { return fault_id_; }
  const FaultAction& action() const { return fault_->action; }
  Phase phase() const { return fault_->phase; }
  bool has_fired() const { return fired_; }

  // Whether the fault has been removed by now. The function may outlive the activation.
  std::shared_ptr<const std::atomic<bool>> removed() const { return removed_; }

  // Counts the fault as fired. A second call has no effect.
  void Confirm();

 private:
  friend class FaultRegistry;
  FaultActivation(FaultRegistry& registry, std::int64_t fault_id,
                  std::shared_ptr<const Fault> fault,
                  std::shared_ptr<const std::atomic<bool>> removed)
      : registry_(registry),
        fault_id_(fault_id),
        fault_(std::move(fault)),
        removed_(std::move(removed)) {}

  FaultRegistry& registry_;
  const std::int64_t fault_id_;
  const std::shared_ptr<const Fault> fault_;
  const std::shared_ptr<const std::atomic<bool>> removed_;
  bool fired_ = false;
};

// An injected fault and its counters.
struct InjectedFault {
  FaultStatus status;
  Fault fault;
};

// The faults that were injected. Thread-safe.
class FaultRegistry {
 public:
  static constexpr std::size_t kMostText = 16 * 1024 * 1024;  // Bytes of all faults' texts.

  using Listener = std::function<void(std::int64_t fault_id)>;

  // REQUIRES: the references outlive the object.
  FaultRegistry(const Clock& clock, std::optional<std::uint64_t> seed,
                ExpressionBudget& expressions);

  // From now on `on_fire` is called for each fault that fires; it must not call back. REQUIRES: no
  // other thread uses the object yet.
  void Listen(Listener on_fire) { on_fire_ = std::move(on_fire); }

  // Ids count from 1 and go on after Clear. kInvalidArgument; kLimitReached if all faults together
  // would have more than kMostText or too many regular expressions.
  Result<InjectedFault> Add(Fault fault);

  // The fault that fires on a request that is not answered yet; null: none. `headers` are the
  // request's, `record` has the rest. If there are no faults, this only reads an atomic number.
  // REQUIRES: the registry outlives the activation.
  std::unique_ptr<FaultActivation> Choose(const RequestRecord& record,
                                          const http::Headers& headers);

  std::vector<InjectedFault> List() const;
  std::optional<InjectedFault> Find(std::int64_t id) const;

  // Also ends the delays of the fault. False if there is no fault with that id.
  bool Remove(std::int64_t id);

  // Removes all faults and forgets which were never used; random draws start again.
  void Clear();

  // Descriptions of all faults that never fired, including removed ones.
  std::vector<std::string> Unused() const;

  // A random number from 0 (inclusive) to 1 (exclusive), the same for the same seed.
  double Draw();

 private:
  friend class FaultActivation;

  struct Rule {
    std::int64_t id = 0;
    std::shared_ptr<const Fault> fault;
    RequestMatcher matcher;
    std::shared_ptr<std::atomic<bool>> removed = std::make_shared<std::atomic<bool>>(false);
    std::optional<Time> expires = {};
    std::size_t text = 0;  // Bytes.
    int matched = 0;
    int fired = 0;
    int reserved = 0;  // Chosen, but not fired or given up yet.
  };

  bool TakesLocked(Rule& rule) MSC_REQUIRES(mutex_);
  std::optional<int> RemainingLocked(const Rule& rule) const MSC_REQUIRES(mutex_);
  InjectedFault DescribeLocked(const Rule& rule) const MSC_REQUIRES(mutex_);
  void FinishActivation(std::int64_t id, bool fired);
  double DrawLocked() MSC_REQUIRES(mutex_);
  Rule* FindLocked(std::int64_t id) MSC_REQUIRES(mutex_);

  const Clock& clock_;
  const std::optional<std::uint64_t> seed_;
  ExpressionBudget& expressions_;
  Listener on_fire_;
  std::atomic<std::size_t> armed_ = 0;  // Number of rules.
  mutable Mutex mutex_;
  std::vector<Rule> rules_ MSC_GUARDED_BY(mutex_);  // Oldest first.
  std::vector<std::string> removed_unused_ MSC_GUARDED_BY(mutex_);
  std::size_t text_ MSC_GUARDED_BY(mutex_) = 0;  // Bytes of all rules.
  std::int64_t last_id_ MSC_GUARDED_BY(mutex_) = 0;
  std::mt19937_64 chance_ MSC_GUARDED_BY(mutex_);
};

}  // namespace msc::control
