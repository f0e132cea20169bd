#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "emulator/control/faults/cancellable_delays.h"
#include "emulator/http/body.h"

namespace msc::control {

// What a fault does to a request's body.
struct BodyFault {
  std::optional<std::uint64_t> cut_at = {};      // It ends after so many bytes.
  std::optional<std::uint64_t> corrupt_at = {};  // This byte, counted from 0, is changed.
  std::optional<double> bytes_per_second = {};
};

// A request's body with a fault. A cut looks to its reader as if the client had gone. REQUIRES: the
// references outlive it.
class FaultyBody final : public http::BodyReader {
 public:
  // `on_fire` is called when the fault takes effect: at the cut, the corrupt byte, the first pause.
  FaultyBody(http::BodyReader& inner, const BodyFault& fault,
             const CancellableDelays::Scope& delays, std::function<void()> on_fire);

  std::optional<std::uint64_t> size() const override { return inner_.size(); }
  void Limit(std::uint64_t bytes) override { inner_.Limit(bytes); }
  Result<std::size_t> Read(std::span<char> buffer) override;

  // Reads the rest of a body that the handler did not read, until the cut or the end.
  void ReadToCut();

  bool is_cut() const { return cut_; }

 private:
  Result<std::size_t> Cut();
  void Corrupt(std::span<char> bytes);

  http::BodyReader& inner_;
  const BodyFault fault_;
  CancellableDelays::Scope delays_;
  const std::function<void()> on_fire_;
  std::uint64_t received_ = 0;
  bool cut_ = false;
};

}  // namespace msc::control
