#include "emulator/processing/media/media_runner.h"

#include <msc/video.h>

#include <algorithm>
#include <deque>
#include <exception>
#include <map>
#include <thread>
#include <utility>
#include <vector>

#include "emulator/base/forked_child.h"
#include "emulator/base/mutex.h"
#include "emulator/base/thread.h"
#include "emulator/processing/media/job_error.h"

namespace msc::processing {
namespace {

// One job, from Submit to its end.
class RunnerJob {
 public:
  explicit RunnerJob(std::string video) : video_id(std::move(video)) {}

  void Cancel() MSC_EXCLUDES(mutex_) {
    *is_cancelled = true;
    const MutexLock lock(mutex_);
    if (cancellation_ != nullptr) cancellation_->Cancel();
  }

  // Names what ends the work while it runs; null: it does not run.
  void SetCancellation(Cancellation* cancellation) MSC_EXCLUDES(mutex_) {
    const MutexLock lock(mutex_);
    cancellation_ = cancellation;
    if (cancellation != nullptr && *is_cancelled) cancellation->Cancel();
  }

  MediaProgress progress() const MSC_EXCLUDES(mutex_) {
    const MutexLock lock(mutex_);
    return progress_;
  }

  // False if nothing has changed.
  bool SetProgress(const MediaProgress& progress) MSC_EXCLUDES(mutex_) {
    const MutexLock lock(mutex_);
    return std::exchange(progress_, progress) != progress;
  }

  const std::string video_id;
  const std::shared_ptr<std::atomic<bool>> is_cancelled =
      std::make_shared<std::atomic<bool>>(false);

 private:
  mutable Mutex mutex_;
  Cancellation* cancellation_ MSC_GUARDED_BY(mutex_) = nullptr;
  MediaProgress progress_ MSC_GUARDED_BY(mutex_);
};

MediaFailure FailureOf(const Error& error) {
  constexpr int kUnsupported = 6;
  constexpr int kCorrupted = 7;
  const auto code = error.code.As<JobError>();
  if (code == JobError::kUnsupportedFormat) return {kUnsupported, error.message};
  if (code == JobError::kCorruptedFile) return {kCorrupted, error.message};
  if (code == JobError::kPlaintext) return {kCorrupted, error.message, /*is_plaintext=*/true};
  return {kDefaultFailureCode, error.message};
}

std::size_t CountThreads(int jobs) {
  const auto cores = std::max(1U, std::thread::hardware_concurrency());
  return jobs > 0 ? static_cast<std::size_t>(jobs) : cores;
}

}  // namespace

struct MediaRunner::Impl {
  using JobPointer = std::shared_ptr<RunnerJob>;

  Impl(MediaRunnerOptions runner_options, storage::BlobService& blob_service,
       MediaRunnerHooks runner_hooks, Log runner_log)
      : options(std::move(runner_options)),
        blobs(blob_service),
        hooks(std::move(runner_hooks)),
        log(LogSafely(std::move(runner_log))),
        most_threads(CountThreads(options.jobs)) {}

  void Submit(std::string video_id) MSC_EXCLUDES(mutex) {
    {
      const MutexLock lock(mutex);
      if (is_ending || jobs.contains(video_id)) return;
      auto job = std::make_shared<RunnerJob>(std::move(video_id));
      if (idle_threads <= queue.size() && threads.size() < most_threads) {
        threads.push_back(StartThread(&Impl::Work, this));
        ++idle_threads;
      }
      jobs.emplace(job->video_id, job);
      queue.push_back(std::move(job));
    }
    changed.NotifyOne();
  }

  void Cancel(std::string_view video_id) MSC_EXCLUDES(mutex) {
    const MutexLock lock(mutex);
    const auto found = jobs.find(video_id);
    if (found == jobs.end()) return;
    found->second->Cancel();
    std::erase(queue, found->second);
    jobs.erase(found);
  }

  void CancelAll() MSC_EXCLUDES(mutex) {
    const MutexLock lock(mutex);
    for (const auto& [id, job] : jobs) job->Cancel();
    queue.clear();
    jobs.clear();
  }

  std::optional<MediaProgress> ProgressOf(std::string_view video_id) MSC_EXCLUDES(mutex) {
    const MutexLock lock(mutex);
    const auto found = jobs.find(video_id);
    if (found == jobs.end()) return std::nullopt;
    return found->second->progress();
  }

  void End() MSC_EXCLUDES(mutex) {
    std::vector<std::thread> running;
    {
      const MutexLock lock(mutex);
      is_ending = true;
      for (const auto& [id, job] : jobs) job->Cancel();
      queue.clear();
      running.swap(threads);
    }
    changed.NotifyAll();
    for (auto& thread : running) thread.join();
  }

  void Work() {
    while (const auto job = Next()) {
      try {
        Run(*job);
      } catch (const std::exception& error) {
        Say(LogLevel::kError, *job, std::string("failed: ") + error.what());
      }
      Finish(job);
    }
  }

  // Null at the end.
  JobPointer Next() MSC_EXCLUDES(mutex) {
    const MutexLock lock(mutex);
    changed.Wait(mutex, [this]() MSC_REQUIRES(mutex) { return is_ending || !queue.empty(); });
    if (is_ending) return nullptr;
    --idle_threads;
    auto job = std::move(queue.front());
    queue.pop_front();
    return job;
  }

  void Finish(const JobPointer& job) MSC_EXCLUDES(mutex) {
    const MutexLock lock(mutex);
    ++idle_threads;
    const auto found = jobs.find(job->video_id);
    if (found != jobs.end() && found->second == job) jobs.erase(found);
  }

  void Run(RunnerJob& job) {
    const auto input = hooks.find_input(job.video_id);
    if (!input || *job.is_cancelled) return;
    Say(LogLevel::kInfo, job, "started");
    auto outcome = Process(job, *input);
    if (*job.is_cancelled) return Say(LogLevel::kInfo, job, "cancelled");
    outcome.is_cancelled = job.is_cancelled;
    Say(LogLevel::kInfo, job, outcome.failure ? "failed: " + outcome.failure->reason : "packaged");
    hooks.on_end(job.video_id, std::move(outcome));
  }

  MediaOutcome Process(RunnerJob& job, const MediaInput& input) {
    try {
      auto result = RunCancellable(job, input);
      if (result) return {.description = *std::move(result)};
      return {.failure = FailureOf(result.error())};
    } catch (const std::exception& error) {
      return {.failure = MediaFailure{kDefaultFailureCode, error.what()}};
    }
  }

  Result<MediaDescription> RunCancellable(RunnerJob& job, const MediaInput& input) {
    Cancellation cancellation;
    const Registration registration(job, cancellation);
    return RunMediaJob(options.job, input, blobs, cancellation,
                       [&](const MediaProgress& progress) { Report(job, progress); });
  }

  void Report(RunnerJob& job, const MediaProgress& progress) {
    if (!job.SetProgress(progress) || *job.is_cancelled) return;
    Say(LogLevel::kDebug, job, progress.phase + ' ' + std::to_string(progress.percent) + '%');
    if (hooks.on_progress) hooks.on_progress(job.video_id, progress);
  }

  void Say(LogLevel level, const RunnerJob& job, const std::string& what) const {
    log(level, "media of video " + job.video_id + ": " + what);
  }

  // A job whose work can be cancelled while this lives.
  class Registration {
   public:
    Registration(RunnerJob& job, Cancellation& cancellation) : job_(job) {
      job_.SetCancellation(&cancellation);
    }
    ~Registration() { job_.SetCancellation(nullptr); }
    Registration(const Registration&) = delete;
    Registration& operator=(const Registration&) = delete;

   private:
    RunnerJob& job_;
  };

  const MediaRunnerOptions options;
  storage::BlobService& blobs;
  const MediaRunnerHooks hooks;
  const Log log;
  const std::size_t most_threads;
  const MakingProcess process;

  Mutex mutex;
  ConditionVariable changed;
  bool is_ending MSC_GUARDED_BY(mutex) = false;
  std::map<std::string, JobPointer, std::less<>> jobs MSC_GUARDED_BY(mutex);  // Not cancelled ones.
  std::deque<JobPointer> queue MSC_GUARDED_BY(mutex);  // Those that have not begun.
  std::size_t idle_threads MSC_GUARDED_BY(mutex) = 0;
  std::vector<std::thread> threads MSC_GUARDED_BY(mutex);
};

MediaRunner::MediaRunner(MediaRunnerOptions options, storage::BlobService& blobs,
                         MediaRunnerHooks hooks, Log log)
    : impl_(std::make_unique<Impl>(std::move(options), blobs, std::move(hooks), std::move(log))) {}

MediaRunner::~MediaRunner() {
  if (impl_->process.IsThis()) {
    impl_->End();
  } else {
    Abandon(impl_.release());
  }
}

void MediaRunner::Submit(std::string video_id) { impl_->Submit(std::move(video_id)); }
void MediaRunner::Cancel(std::string_view video_id) { impl_->Cancel(video_id); }
void MediaRunner::CancelAll() { impl_->CancelAll(); }

std::optional<MediaProgress> MediaRunner::ProgressOf(std::string_view video_id) const {
  return impl_->ProgressOf(video_id);
}

}  // namespace msc::processing
