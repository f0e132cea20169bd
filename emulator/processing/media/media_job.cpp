#include "emulator/processing/media/media_job.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "emulator/base/plaintext.h"
#include "emulator/processing/media/job_bodies.h"
#include "emulator/processing/media/job_error.h"
#include "emulator/processing/media/media_plan.h"
#include "emulator/processing/media/packager.h"
#include "emulator/processing/media/progress_lines.h"
#include "emulator/processing/media/tool_runner.h"
#include "emulator/processing/media/upload_copy.h"

namespace msc::processing {
namespace {

// What ffprobe may say about a file.
constexpr std::size_t kLargestDescription = std::size_t{1} << 20;

// Enough of a file to recognize media.
constexpr std::size_t kHeadSize = 65536;

constexpr std::string_view kProgressiveBlob = "progressive.mp4";

constexpr std::string_view kPlaintextUpload =
    "the upload does not decrypt to media and looks like plaintext: it was to be encrypted with "
    "AES-256 before it was uploaded";

class MediaJob {
 public:
  MediaJob(const MediaJobOptions& options, const MediaInput& input, storage::BlobService& blobs,
           const Cancellation& cancellation,
           const std::function<void(const MediaProgress&)>& report)
      : options_(options),
        input_(input),
        blobs_(blobs),
        cancellation_(cancellation),
        report_(report),
        files_(options.directory, options.limit),
        tools_(cancellation, files_, options.timeout) {}

  Result<MediaDescription> Run() {
    auto facts = ReadUpload();
    if (!facts) return facts.error();
    if (auto normalized = Normalize(*facts); !normalized) return normalized.error();
    auto tracks = FindNormalizedTracks();
    if (!tracks) return tracks.error();
    if (auto made = MakePoster(tracks->front()); !made) return made.error();
    auto package = MakePackage(options_.tools, normalized_, *tracks, files_, tools_,
                               LineReader(facts->seconds, packaging_from_, 100));
    if (!package) return package.error();
    auto description = Describe(*package);
    if (!description) return description.error();
    if (auto stored = Store(*package); !stored) return stored.error();
    return description;
  }

 private:
  Result<MediaFacts> ReadUpload() {
    Report("copying", 0);
    auto copied = CopyUpload(
        input_, blobs_, tools_, [this](int percent) { Report("copying", percent); }, upload_);
    if (!copied) return copied.error();
    if (IsPlaintext()) return Error{JobError::kPlaintext, std::string(kPlaintextUpload)};
    Report("probing", 0);
    return Probe(upload_);
  }

  // Whether the upload was to be encrypted and was not: the service could not read it either.
  bool IsPlaintext() const {
    if (!input_.key || !IsStoredAsPlaintext(input_, blobs_)) return false;
    std::string head(kHeadSize, '\0');
    head.resize(upload_.Read(0, head));
    return !LooksLikePlaintext(head);
  }

  Result<MediaFacts> Probe(const NamelessFile& file) {
    std::string json;
    const auto collect = [&](std::string_view line) {
      json.append(line);
      return json.size() <= kLargestDescription;
    };
    if (auto run = tools_.Run(ProbeCommand(options_.tools), {&file}, collect); !run) {
      return run.error();
    }
    return ParseFacts(json);
  }

  // Makes an MP4 with H.264 and AAC of the upload, from which everything else is made.
  Status Normalize(const MediaFacts& facts) {
    auto can_cut = CanCut(facts);
    if (!can_cut) return can_cut.error();
    auto plan = MakePlan(facts, *can_cut);
    if (!plan) return plan.error();
    plan_ = *std::move(plan);
    const bool copies =
        std::all_of(plan_.begin(), plan_.end(), [](const auto& track) { return track.copies; });
    packaging_from_ = copies ? 50 : 90;
    Report("packaging", 0);
    auto run = tools_.Run(NormalizeCommand(options_.tools, plan_), {&upload_, &normalized_},
                          LineReader(facts.seconds, 0, packaging_from_));
    upload_.Clear();
    return run;
  }

  // Whether the upload's video, if it has one, may be cut without transcoding it.
  Result<bool> CanCut(const MediaFacts& facts) {
    const auto* const video = FindVideo(facts);
    if (video == nullptr || !MayCopyVideo(*video)) return false;
    KeyFrameScan scan;
    const auto add = [&](std::string_view line) {
      scan.Add(line);
      return true;
    };
    auto run = tools_.Run(PacketsCommand(options_.tools, video->index), {&upload_}, add);
    if (!run) return run.error();
    return scan.CanCut();
  }

  // The planned tracks that have frames.
  Result<std::vector<NormalizedTrack>> FindNormalizedTracks() {
    const auto facts = Probe(normalized_);
    if (!facts) return facts.error();
    std::vector<NormalizedTrack> tracks;
    for (const auto& stream : facts->streams) {
      const auto place = static_cast<std::size_t>(stream.id) - 1;  // They are numbered from 1 on.
      if (place < plan_.size() && stream.frames > 0) {
        tracks.push_back({.plan = plan_[place], .stream = stream.index});
      }
    }
    if (tracks.empty()) {
      return Error{JobError::kCorruptedFile, "no frame of the upload can be decoded"};
    }
    return tracks;
  }

  // A video without a poster can be played, too.
  Status MakePoster(const NormalizedTrack& first) {
    if (first.plan.kind != TrackKind::kVideo) return Done{};
    const auto ignore = [](std::string_view) { return true; };
    auto made = tools_.Run(PosterCommand(options_.tools), {&normalized_, &poster_}, ignore);
    if (!made) poster_.Clear();
    return tools_.Check();
  }

  Status Store(const Package& package) {
    const bool has_poster = poster_.Size() > 0;
    const int blobs = CountBlobs(package) + 1 + (has_poster ? 1 : 0);
    int stored = 0;
    Report("storing", 0);
    [[maybe_unused]] const auto created = blobs_.CreateContainer(input_.output_container);
    const auto store = [&](const std::string& container, std::string_view blob,
                           std::string_view type, http::BodyReader& body) -> Status {
      if (auto checked = tools_.Check(); !checked) return checked;
      auto written = blobs_.WriteBlob(container, blob, type, body);
      if (!written && !written.error().code.As<JobError>()) {
        return Error{JobError::kProcessingFailed,
                     "packaged media cannot be stored: " + written.error().message};
      }
      Report("storing", ++stored * 100 / blobs);
      return written;
    };
    const auto store_output = [&](const std::string& blob, std::string_view type,
                                  http::BodyReader& body) {
      return store(input_.output_container, blob, type, body);
    };
    if (auto done = StorePackage(package, store_output, cancellation_); !done) return done;
    WholeFileBody progressive(normalized_, cancellation_);
    auto done = store_output(std::string(kProgressiveBlob), "video/mp4", progressive);
    if (!done || !has_poster) return done;
    WholeFileBody poster(poster_, cancellation_);
    return store(input_.container, kPosterBlob, "image/jpeg", poster);
  }

  // kCorruptedFile if the upload claims what no record can hold, such as times in a thousand years.
  Result<MediaDescription> Describe(const Package& package) const {
    MediaDescription description{.presentation_offset = package.presentation_offset,
                                 .progressive = std::string(kProgressiveBlob),
                                 .has_poster = poster_.Size() > 0};
    std::int64_t end = 0;
    for (const auto& packaged : package.tracks) {
      const auto& last = packaged.track.mp4.fragments.back();
      end = std::max(end, last.time + last.duration - package.presentation_offset);
      description.tracks.push_back(packaged.track);
    }
    using Ticks = std::chrono::duration<std::int64_t, std::ratio<1, kTicksPerSecond>>;
    description.duration = std::chrono::round<std::chrono::milliseconds>(Ticks(end));
    auto checked = ParseDescription(DescriptionJson(description));
    if (!checked) return Error{JobError::kCorruptedFile, checked.error().message};
    return description;
  }

  // Reports what ffmpeg says, in the part of the packaging that goes from one percentage to
  // another.
  ToolRunner::LineReader LineReader(double seconds, int from, int to) const {
    return [this, seconds, from, to](std::string_view line) {
      const auto percent = PercentDone(line, seconds);
      if (percent) Report("packaging", from + *percent * (to - from) / 100);
      return true;
    };
  }

  void Report(std::string phase, int percent) const { report_({std::move(phase), percent}); }

  const MediaJobOptions& options_;
  const MediaInput& input_;
  storage::BlobService& blobs_;
  const Cancellation& cancellation_;
  const std::function<void(const MediaProgress&)>& report_;
  JobFiles files_;
  ToolRunner tools_;
  NamelessFile upload_{options_.directory};
  NamelessFile& normalized_ = files_.Add();
  NamelessFile& poster_ = files_.Add();
  MediaPlan plan_;
  int packaging_from_ = 0;  // Percent.
};

}  // namespace

Result<MediaDescription> RunMediaJob(const MediaJobOptions& options, const MediaInput& input,
                                     storage::BlobService& blobs, const Cancellation& cancellation,
                                     const std::function<void(const MediaProgress&)>& report) {
  return MediaJob(options, input, blobs, cancellation, report).Run();
}

}  // namespace msc::processing
