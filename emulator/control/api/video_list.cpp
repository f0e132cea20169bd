#include "emulator/control/api/video_list.h"

#include <algorithm>
#include <utility>

#include "emulator/control/json/render.h"
#include "emulator/http/stop_signal.h"

namespace msc::control {
namespace {

constexpr std::uint64_t kMiB = 1024 * 1024;
constexpr std::uint64_t kHashedInHaste = 64 * kMiB;
constexpr std::uint64_t kHashedForAList = 1024 * kMiB;

http::Request WithoutBody(http::Request request) {
  request.body = nullptr;
  request.notes = nullptr;
  return request;
}

storage::HashBudget BudgetOfList(const http::Request& request) {
  auto budget = BudgetOf(request);
  budget.bytes = std::min(budget.bytes, kHashedForAList);
  return budget;
}

}  // namespace

storage::HashBudget BudgetOf(const http::Request& request) {
  storage::HashBudget budget{
      .is_useless = [stop = request.stop, is_client_gone = request.is_client_gone] {
        return (stop != nullptr && stop->IsSet()) || (is_client_gone && is_client_gone());
      }};
  if (request.must_not_wait) budget.bytes = kHashedInHaste;
  return budget;
}

// The members of both objects in one.
std::string VideoText(ControlPlane& control_plane, const http::Request& request,
                      const videos::VideoDetails& details, storage::HashBudget& budget) {
  std::string text = control_plane.videos().EntityJson(details.video, request);
  text.pop_back();
  const auto state = Dump(VideoStateJson(control_plane.Describe(details, budget)));
  return text.append(1, ',').append(state, 1);
}

VideoList::VideoList(ControlPlane& control_plane, const http::Request& request, std::int64_t after,
                     std::uint64_t limit)
    : control_plane_(control_plane),
      request_(WithoutBody(request)),
      budget_(BudgetOfList(request_)),
      page_{.after = after},
      left_(limit),
      text_(R"({"videos":[)") {
  ReadPage();
}

std::optional<std::string> VideoList::TakeIfShort() {
  if (!has_ended_) return std::nullopt;
  return std::move(text_);
}

std::size_t VideoList::Read(std::span<char> buffer) {
  if (sent_ == text_.size()) {
    text_.clear();
    sent_ = 0;
    if (!has_ended_) ReadPage();
  }
  const std::size_t count = text_.copy(buffer.data(), buffer.size(), sent_);
  sent_ += count;
  return count;
}

void VideoList::ReadPage() {
  page_.most = static_cast<std::size_t>(std::min<std::uint64_t>(left_, kPage));
  const auto found = control_plane_.videos().List(page_);
  for (const auto& details : found) {
    if (!std::exchange(is_first_, false)) text_ += ',';
    text_ += VideoText(control_plane_, request_, details, budget_);
    page_.after = details.number;
  }
  left_ -= found.size();
  has_ended_ = found.size() < kPage || left_ == 0;
  if (has_ended_) text_ += "]}";
}

}  // namespace msc::control
