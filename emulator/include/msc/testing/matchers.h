#pragma once

#include <gtest/gtest.h>
#include <msc/emulator.h>
#include <msc/testing/file_digest.h>
#include <msc/testing/printers.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

// The matchers need only GoogleTest; EXPECT_THAT comes with GoogleMock.
#if __has_include(<gmock/gmock.h>)
#include <gmock/gmock.h>
#endif

namespace msc::testing {
namespace internal {

using Listener = ::testing::MatchResultListener;

class HasStateMatcher {
 public:
  explicit HasStateMatcher(VideoState state) : state_(state) {}

  void DescribeTo(std::ostream* out) const { *out << "is a video that is " << Name(state_); }
  void DescribeNegationTo(std::ostream* out) const {
    *out << "is no video that is " << Name(state_);
  }

  bool MatchAndExplain(const std::optional<VideoInfo>& video, Listener* listener) const {
    if (!video) {
      *listener << "there is no such video";
      return false;
    }
    *listener << "which is " << Name(video->state);
    if (!video->failure_reason.empty()) *listener << ": " << video->failure_reason;
    return video->state == state_;
  }

 private:
  VideoState state_;
};

class UploadedMatcher {
 public:
  explicit UploadedMatcher(const std::filesystem::path& file)
      : file_(file.string()), digest_(DigestOf(file)) {}

  void DescribeTo(std::ostream* out) const {
    *out << "is a video uploaded from " << file_ << ", ";
    Show(digest_, *out);
  }
  void DescribeNegationTo(std::ostream* out) const {
    *out << "is no video uploaded from " << file_ << ", ";
    Show(digest_, *out);
  }

  bool MatchAndExplain(const std::optional<VideoInfo>& video, Listener* listener) const {
    if (!video) {
      *listener << "there is no such video";
      return false;
    }
    if (!video->uploaded_bytes) {
      *listener << "to which nothing was uploaded";
      return false;
    }
    *listener << "whose upload has ";
    if (listener->IsInterested()) {
      Show({*video->uploaded_bytes, video->upload_sha256}, *listener->stream());
    }
    return video->upload_sha256 == digest_.sha256;
  }

 private:
  static void Show(const FileDigest& digest, std::ostream& out) {
    out << digest.bytes << " bytes with SHA-256 " << digest.sha256;
  }

  std::string file_;
  FileDigest digest_;
};

// Whether a client should retry the request.
inline bool HasFailed(const RecordedRequest& request) {
  return request.status == 0 || request.status == 408 || request.status == 429 ||
         request.status >= 500;
}

class RetriedMatcher {
 public:
  explicit RetriedMatcher(int times) : times_(times) {}

  void DescribeTo(std::ostream* out) const { *out << "has " << Retries(times_); }
  void DescribeNegationTo(std::ostream* out) const { *out << "has not " << Retries(times_); }

  bool MatchAndExplain(const std::vector<RecordedRequest>& requests, Listener* listener) const {
    std::map<std::pair<std::string, std::string>, const RecordedRequest*> latest;
    int retries = 0;
    std::string which;
    for (const auto& request : requests) {
      const RecordedRequest*& earlier = latest[{request.method, request.target}];
      if (earlier != nullptr && HasFailed(*earlier)) {
        ++retries;
        which += (which.empty() ? ": " : ", ") + ::testing::PrintToString(request);
      }
      earlier = &request;
    }
    *listener << "which has " << Retries(retries) << which;
    for (const auto& [key, request] : latest) {
      if (HasFailed(*request)) {
        *listener << "; never asked again: " << ::testing::PrintToString(*request);
      }
    }
    return retries == times_;
  }

 private:
  static std::string Retries(int count) {
    return std::to_string(count) + (count == 1 ? " retry" : " retries") + " of failed requests";
  }

  int times_;
};

class PolledNoFasterThanMatcher {
 public:
  explicit PolledNoFasterThanMatcher(std::chrono::milliseconds interval) : interval_(interval) {}

  void DescribeTo(std::ostream* out) const {
    *out << "polls no video faster than every " << interval_.count() << " ms";
  }
  void DescribeNegationTo(std::ostream* out) const {
    *out << "polls a video faster than every " << interval_.count() << " ms";
  }

  bool MatchAndExplain(const std::vector<RecordedRequest>& requests, Listener* listener) const {
    std::map<std::string, const RecordedRequest*> latest;  // By video.
    for (const RecordedRequest* poll : Polls(requests)) {
      const RecordedRequest* const earlier = std::exchange(latest[poll->video_id], poll);
      if (earlier == nullptr) continue;
      const auto interval = poll->received_at - earlier->received_at;
      if (interval >= interval_) continue;
      *listener << "in which " << ::testing::PrintToString(*poll) << ", came "
                << std::chrono::floor<std::chrono::milliseconds>(interval).count()
                << " ms after request " << earlier->id;
      return false;
    }
    return true;
  }

 private:
  // In the order in which they came; the journal is in the order of their responses.
  static std::vector<const RecordedRequest*> Polls(const std::vector<RecordedRequest>& requests) {
    std::vector<const RecordedRequest*> polls;
    for (const auto& request : requests) {
      if (request.operation == Operation::kGetStatus) polls.push_back(&request);
    }
    std::stable_sort(polls.begin(), polls.end(), [](const auto* left, const auto* right) {
      return left->received_at < right->received_at;
    });
    return polls;
  }

  std::chrono::milliseconds interval_;
};

}  // namespace internal

// Matches a VideoInfo, or what Emulator::Video returns: the video exists and is in that state.
//
//   EXPECT_THAT(emulator().Video(id), HasState(msc::VideoState::kCompleted));
inline auto HasState(VideoState state) {
  return ::testing::MakePolymorphicMatcher(internal::HasStateMatcher(state));
}

// Matches the same: the upload has the same bytes as `file`. If the video asks for encryption,
// `file` is the encrypted file. Throws std::runtime_error if `file` cannot be read.
inline auto Uploaded(const std::filesystem::path& file) {
  return ::testing::MakePolymorphicMatcher(internal::UploadedMatcher(file));
}

// Matches requests in the order of the journal: exactly so many are retries. A request is a retry
// if the previous one with its method and target got no response, or 408, 429 or 5xx.
//
//   EXPECT_THAT(emulator().Requests(msc::Operation::kPutBlock), Retried(2));
inline auto Retried(int times) {
  return ::testing::MakePolymorphicMatcher(internal::RetriedMatcher(times));
}

// Matches requests: between one GET Status of a video and the next there is at least `interval`, in
// the machine's time. Requests of other operations are ignored.
inline auto PolledNoFasterThan(std::chrono::milliseconds interval) {
  return ::testing::MakePolymorphicMatcher(internal::PolledNoFasterThanMatcher(interval));
}

}  // namespace msc::testing
