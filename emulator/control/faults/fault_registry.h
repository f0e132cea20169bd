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

// A fault that was chosen for a request. It counts as fired once it has fired; one that never does
// (the body was too short) is given back.
class FaultActivation {
 public:
  ~FaultActivation();
  FaultActivation(const FaultActivation&) = delete;
  FaultActivation& operator=(const FaultActivation&) = delete;

  std::int64_t fault_id() const { return fault_id_; }
  const FaultAction& action() const { return fault_->action; }
  Phase phase() const { return fault_->phase; }
  bool has_fired() const { return fired_; }

  // Whether the fault has been removed since. May outlive the activation.
  std::shared_ptr<const std::atomic<bool>> removed() const { return removed_; }

  // Counts it. No effect the second time.
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

// An injected fault and what became of it.
struct InjectedFault {
  FaultStatus status;
  Fault fault;
};

// The faults that were injected. Thread-safe.
class FaultRegistry {
 public:
  using Listener = std::function<void(std::int64_t fault_id)>;

  // REQUIRES: `clock` outlives the object.
  FaultRegistry(const Clock& clock, std::optional<std::uint64_t> seed);

  // From now on `on_fire` is told of each fault that fires; it may not call back. REQUIRES: no
  // other thread uses the object yet.
  void Listen(Listener on_fire) { on_fire_ = std::move(on_fire); }

  // Ids count from 1 and go on after Clear. kInvalidArgument.
  Result<InjectedFault> Add(Fault fault);

  // The fault that fires on a request, whose answer is not known yet: `headers` are the request's,
  // `record` has the rest. Null: none. With no fault there, this is one look at a number. REQUIRES:
  // the registry outlives the activation.
  std::unique_ptr<FaultActivation> Choose(const RequestRecord& record,
                                          const http::Headers& headers);

  std::vector<InjectedFault> List() const;
  std::optional<InjectedFault> Find(std::int64_t id) const;

  // Ends the delays that it has brought. False if there is none of that id.
  bool Remove(std::int64_t id);

  // Removes all of them, and forgets which were never used; chance begins anew.
  void Clear();

  // Faults that never fired, those that were removed too, in words.
  std::vector<std::string> Unused() const;

  // Chance, which repeats with the seed: from 0 (inclusive) to 1 (exclusive).
  double Draw();

 private:
  friend class FaultActivation;

  struct Rule {
    std::int64_t id = 0;
    std::shared_ptr<const Fault> fault;
    RequestMatcher matcher;
    std::shared_ptr<std::atomic<bool>> removed = std::make_shared<std::atomic<bool>>(false);
    std::optional<Time> expires = {};
    int matched = 0;
    int fired = 0;
    int reserved = 0;  // Chosen, and not known yet whether they fire.
  };

  bool TakesLocked(Rule& rule) MSC_REQUIRES(mutex_);
  std::optional<int> RemainingLocked(const Rule& rule) const MSC_REQUIRES(mutex_);
  InjectedFault DescribeLocked(const Rule& rule) const MSC_REQUIRES(mutex_);
  void FinishActivation(std::int64_t id, bool fired);
  double DrawLocked() MSC_REQUIRES(mutex_);
  Rule* FindLocked(std::int64_t id) MSC_REQUIRES(mutex_);

  const Clock& clock_;
  const std::optional<std::uint64_t> seed_;
  Listener on_fire_;
  std::atomic<std::size_t> armed_ = 0;  // Rules there are.
  mutable Mutex mutex_;
  std::vector<Rule> rules_ MSC_GUARDED_BY(mutex_);  // Oldest first.
  std::vector<std::string> removed_unused_ MSC_GUARDED_BY(mutex_);
  std::int64_t last_id_ MSC_GUARDED_BY(mutex_) = 0;
  std::mt19937_64 chance_ MSC_GUARDED_BY(mutex_);
};

}  // namespace msc::control
