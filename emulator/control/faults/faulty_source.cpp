#include "emulator/control/faults/faulty_source.h"

#include <algorithm>
#include <string>
#include <utility>

namespace msc::control {
namespace {

class TextSource final : public http::BodySource {
 public:
  explicit TextSource(std::string text) : text_(std::move(text)) {}

  std::uint64_t size() const override { return text_.size(); }
  std::size_t Read(std::span<char> buffer) override {
    const std::size_t count = text_.copy(buffer.data(), buffer.size(), at_);
    at_ += count;
    return count;
  }

 private:
  const std::string text_;
  std::size_t at_ = 0;
};

class CorruptSource final : public http::BodySource {
 public:
  CorruptSource(std::unique_ptr<http::BodySource> inner, std::uint64_t at)
      : inner_(std::move(inner)), at_(at) {}

  std::uint64_t size() const override { return inner_->size(); }
  std::size_t Read(std::span<char> buffer) override {
    const std::size_t count = inner_->Read(buffer);
    if (at_ >= read_ && at_ - read_ < count) {
      buffer[static_cast<std::size_t>(at_ - read_)] ^= '\xFF';
    }
    read_ += count;
    return count;
  }

 private:
  const std::unique_ptr<http::BodySource> inner_;
  const std::uint64_t at_;
  std::uint64_t read_ = 0;
};

class SlowSource final : public http::BodySource {
 public:
  SlowSource(std::unique_ptr<http::BodySource> inner, std::uint64_t piece,
             std::chrono::nanoseconds pause, const CancellableDelays::Scope& delays)
      : inner_(std::move(inner)), piece_(piece), pause_(pause), delays_(delays) {}

  std::uint64_t size() const override { return inner_->size(); }
  std::size_t Read(std::span<char> buffer) override {
    if (left_ == 0) {
      left_ = piece_;
      if (is_begun_) delays_.WaitFor(pause_);
    }
    is_begun_ = true;
    const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(left_, buffer.size()));
    const std::size_t count = inner_->Read(buffer.first(most));
    left_ -= count;
    return count;
  }

 private:
  const std::unique_ptr<http::BodySource> inner_;
  const std::uint64_t piece_;
  const std::chrono::nanoseconds pause_;
  CancellableDelays::Scope delays_;
  std::uint64_t left_ = 0;  // Of the current piece.
  bool is_begun_ = false;
};

std::unique_ptr<http::BodySource> TakeBody(http::Response& response) {
  if (response.source) return std::move(response.source);
  return std::make_unique<TextSource>(std::exchange(response.body, {}));
}

}  // namespace

void CorruptAnswer(http::Response& response, std::uint64_t at) {
  response.source = std::make_unique<CorruptSource>(TakeBody(response), at);
}

void SlowAnswer(http::Response& response, std::uint64_t piece, std::chrono::nanoseconds pause,
                const CancellableDelays::Scope& delays) {
  response.source = std::make_unique<SlowSource>(TakeBody(response), piece, pause, delays);
}

}  // namespace msc::control
