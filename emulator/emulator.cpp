#include <msc/emulator.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "emulator/control/json/render.h"
#include "emulator/control/time/clock_limits.h"
#include "emulator/emulator_impl.h"
#include "emulator/http/file_body.h"
#include "emulator/http/http_error.h"
#include "emulator/port_owner.h"
#include "emulator/videos/video_error.h"

namespace msc {
namespace {

// Errors of calls from C++ are thrown: mistakes of the caller as std::invalid_argument.
template <typename T>
T OrThrow(Result<T> result) {
  if (!result && result.error().code == http::HttpError::kInternalError) {
    throw std::runtime_error(result.error().message);
  }
  if (!result) throw std::invalid_argument(result.error().message);
  return *std::move(result);
}

// The same, but returns false if there is no such video, which is not a mistake.
bool FoundOrThrow(const Status& status) {
  if (!status && status.error().code == videos::VideoError::kVideoNotFound) return false;
  (void)OrThrow(status);
  return true;
}

std::vector<RecordedRequest> Recorded(const std::vector<control::Entry>& entries) {
  std::vector<RecordedRequest> requests;
  for (const auto& entry : entries) requests.push_back(control::ToRecordedRequest(entry));
  return requests;
}

// At most a year, so that it can be added to the current time.
std::chrono::milliseconds Bounded(std::chrono::milliseconds timeout) {
  return std::clamp<std::chrono::milliseconds>(timeout, std::chrono::milliseconds(0),
                                               std::chrono::hours(24 * 366));
}

}  // namespace

Emulator::Emulator() : Emulator(EmulatorOptions{}) {}

Emulator::Emulator(EmulatorOptions options) {
  try {
    impl_ = std::make_unique<Impl>(std::move(options));
    impl_->Start();
  } catch (const StartError&) {
    throw;
  } catch (const http::PortTaken& taken) {
    const std::string holder = PortOwner(taken.port());
    throw StartError(StartError::Reason::kPortTaken,
                     taken.what() + (holder.empty() ? "" : " by " + holder) +
                         "; stop that, or choose another port (0: any free one)");
  } catch (const http::HostMissing& missing) {
    throw StartError(StartError::Reason::kOption, std::string("host: ") + missing.what());
  } catch (const std::exception& error) {
    throw StartError(StartError::Reason::kResource, error.what());
  }
}

Emulator::~Emulator() {
  if (!impl_->process.IsThis()) Abandon(impl_.release());
}

std::string Emulator::Url() const { return impl_->BaseUrl(impl_->port); }

std::string Emulator::BlobUrl() const {
  return impl_->BaseUrl(impl_->blob_bound_port()) + '/' + impl_->options.account;
}

int Emulator::Port() const { return impl_->port; }

std::string Emulator::AdminUrl() const { return impl_->BaseUrl(impl_->port) + Impl::kAdminPath; }

Time Emulator::Now() const { return impl_->clock->Now(); }

std::vector<Transition> Emulator::AdvanceClock(std::chrono::milliseconds by) {
  if (!control::IsClockAdvance(Now(), by)) {
    throw std::invalid_argument(
        "the clock can be moved on by 0 to a thousand years, to the year 9998 at the latest");
  }
  return impl_->control_plane.scheduler().Advance(by);
}

std::vector<Transition> Emulator::AdvanceClockToNext() {
  return impl_->control_plane.scheduler().AdvanceToNext();
}

std::vector<Transition> Emulator::FreezeClock(std::optional<Time> at) {
  if (at && !control::IsClockInstant(*at)) {
    throw std::invalid_argument("the clock can stand from the year 1 to the year 9998");
  }
  return impl_->control_plane.scheduler().Freeze(at);
}

void Emulator::ScaleClock(double factor) {
  if (!control::IsClockFactor(factor)) {
    throw std::invalid_argument("the clock's factor must be " +
                                std::string(control::kClockFactors));
  }
  impl_->control_plane.scheduler().Scale(factor);
}

std::vector<Transition> Emulator::ResetClock() { return impl_->control_plane.scheduler().Reset(); }

std::vector<Transition> Emulator::PendingTransitions() const {
  impl_->control_plane.scheduler().FireDue();
  return impl_->videos.Pending();
}

VideoInfo Emulator::CreateVideo(const VideoSeed& seed) {
  return OrThrow(impl_->control_plane.FindVideo(OrThrow(impl_->seeder.Seed(seed))));
}

std::optional<VideoInfo> Emulator::Video(std::string_view id) const {
  auto info = impl_->control_plane.FindVideo(std::string(id));
  return info ? std::optional(*std::move(info)) : std::nullopt;
}

std::vector<VideoInfo> Emulator::Videos() const { return impl_->control_plane.Videos(); }

bool Emulator::DeleteVideo(std::string_view id) {
  return FoundOrThrow(impl_->control_plane.videos().Delete(id));
}

bool Emulator::SetState(std::string_view id, VideoState state, std::string_view reason, int code) {
  return FoundOrThrow(impl_->control_plane.SetState(std::string(id), state, code, reason));
}

bool Emulator::SetProgram(std::string_view id, const Program& program) {
  return FoundOrThrow(impl_->control_plane.SetProgram(std::string(id), program));
}

std::optional<Program> Emulator::DefaultProgram() const { return impl_->videos.DefaultProgram(); }

void Emulator::SetDefaultProgram(const std::optional<Program>& program) {
  (void)OrThrow(impl_->videos.SetDefaultProgram(program));
}

bool Emulator::WaitForState(std::string_view id, VideoState state,
                            std::chrono::milliseconds timeout) {
  const OpenCalls::Call call(impl_->waits);
  return impl_->control_plane.scheduler().WaitFor(std::string(id), state, Bounded(timeout)) ==
         state;
}

ScopedFault Emulator::Inject(Fault fault) {
  return {*this, OrThrow(impl_->control_plane.faults().Add(std::move(fault))).status.id};
}

std::vector<FaultStatus> Emulator::Faults() const {
  std::vector<FaultStatus> faults;
  for (const auto& fault : impl_->control_plane.faults().List()) faults.push_back(fault.status);
  return faults;
}

bool Emulator::RemoveFault(std::int64_t id) { return impl_->control_plane.faults().Remove(id); }

void Emulator::RemoveFaults() { impl_->control_plane.faults().Clear(); }

std::vector<RecordedRequest> Emulator::Requests() const {
  return Recorded(impl_->control_plane.journal().All());
}

std::vector<RecordedRequest> Emulator::Requests(Operation operation) const {
  return Requests(RequestPattern{.operation = operation});
}

std::vector<RecordedRequest> Emulator::Requests(const RequestPattern& pattern) const {
  return Recorded(impl_->control_plane.journal().Find(
      OrThrow(control::RequestMatcher::Make(pattern, impl_->control_plane.expressions()))));
}

std::vector<RecordedRequest> Emulator::UnmatchedRequests() const {
  return Recorded(impl_->control_plane.journal().Unmatched());
}

void Emulator::ClearRequests() { impl_->control_plane.journal().Clear(); }

bool Emulator::WaitFor(Operation operation, int count, std::chrono::milliseconds timeout) {
  return WaitFor(RequestPattern{.operation = operation}, count, timeout);
}

bool Emulator::WaitFor(const RequestPattern& pattern, int count,
                       std::chrono::milliseconds timeout) {
  const OpenCalls::Call call(impl_->waits);
  const auto matcher =
      OrThrow(control::RequestMatcher::Make(pattern, impl_->control_plane.expressions()));
  const auto wanted = static_cast<std::size_t>(std::max(count, 0));
  return impl_->control_plane.journal().WaitFor(matcher, wanted, Bounded(timeout));
}

std::optional<std::string> Emulator::Explain(std::uint64_t request_id) const {
  const auto entry = impl_->control_plane.journal().Get(request_id);
  if (!entry) return std::nullopt;
  return control::Dump(impl_->control_plane.explainer().Explain(*entry->record));
}

std::string Emulator::JournalJson() const {
  const auto entries = impl_->control_plane.journal().All();
  return control::Dump(control::RequestsJson(entries, entries.size()));
}

std::vector<Diagnostic> Emulator::Diagnostics() const {
  return impl_->control_plane.diagnostics().All();
}

std::vector<std::string> Emulator::UnusedFaults() const {
  return impl_->control_plane.faults().Unused();
}

void Emulator::Reset(const Keep& keep) { (void)OrThrow(impl_->control_plane.Reset(keep)); }

void Emulator::Snapshot(const std::string& name) {
  (void)OrThrow(impl_->control_plane.TakeSnapshot(name));
}

void Emulator::Restore(const std::string& name) {
  (void)OrThrow(impl_->control_plane.RestoreSnapshot(name));
}

std::vector<std::string> Emulator::Snapshots() const {
  return impl_->control_plane.SnapshotNames();
}

bool Emulator::DeleteSnapshot(const std::string& name) {
  return impl_->control_plane.DeleteSnapshot(name);
}

void Emulator::Export(const std::filesystem::path& file) const {
  http::WriteFile(*impl_->control_plane.Export(), file);
}

void Emulator::Import(const std::filesystem::path& file) {
  http::FileBody body(file);
  (void)OrThrow(impl_->control_plane.Import(body));
}

ScopedFault::ScopedFault(ScopedFault&& other) noexcept
    : emulator_(std::exchange(other.emulator_, nullptr)),
      id_(other.id_),
      is_detached_(other.is_detached_) {}

ScopedFault::~ScopedFault() {
  if (!is_detached_) Remove();
}

void ScopedFault::Remove() {
  if (emulator_ != nullptr && emulator_->impl_->process.IsThis()) emulator_->RemoveFault(id_);
}

std::int64_t ScopedFault::Detach() {
  is_detached_ = true;
  return id_;
}

int ScopedFault::Fired() const {
  if (emulator_ == nullptr) return 0;
  const auto fault = emulator_->impl_->control_plane.faults().Find(id_);
  return fault ? fault->status.fired : 0;
}

int ScopedFault::Matched() const {
  if (emulator_ == nullptr) return 0;
  const auto fault = emulator_->impl_->control_plane.faults().Find(id_);
  return fault ? fault->status.matched : 0;
}

}  // namespace msc
