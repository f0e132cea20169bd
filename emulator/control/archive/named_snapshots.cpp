#include "emulator/control/archive/named_snapshots.h"

#include <utility>

#include "emulator/control/error/control_error.h"

namespace msc::control {

Status NamedSnapshots::CheckRoom(const std::string& name) const {
  if (snapshots_.size() < limits_.count || snapshots_.contains(name)) return Done{};
  return Error{ControlError::kInvalidArgument,
               "there are " + std::to_string(limits_.count) +
                   " snapshots already, each of which keeps its bytes; delete one of them, or take "
                   "it again"};
}

Status NamedSnapshots::Put(const std::string& name, StateSnapshot snapshot) {
  if (auto room = CheckRoom(name); !room) return room;
  const std::uint64_t bytes = snapshot.RecordsSize(), others = BytesWithout(name);
  if (others + bytes > limits_.bytes) {
    return Error{ControlError::kLimitReached,
                 "this snapshot has " + std::to_string(bytes) + " bytes of records, the others " +
                     std::to_string(others) + "; all together may have " +
                     std::to_string(limits_.bytes)};
  }
  snapshots_[name] = std::make_shared<const StateSnapshot>(std::move(snapshot));
  return Done{};
}

std::shared_ptr<const StateSnapshot> NamedSnapshots::Find(const std::string& name) const {
  const auto found = snapshots_.find(name);
  return found == snapshots_.end() ? nullptr : found->second;
}

std::vector<std::string> NamedSnapshots::Names() const {
  std::vector<std::string> names;
  for (const auto& [name, snapshot] : snapshots_) names.push_back(name);
  return names;
}

std::uint64_t NamedSnapshots::BytesWithout(const std::string& name) const {
  std::uint64_t bytes = 0;
  for (const auto& [other, snapshot] : snapshots_) {
    if (other != name) bytes += snapshot->RecordsSize();
  }
  return bytes;
}

}  // namespace msc::control
