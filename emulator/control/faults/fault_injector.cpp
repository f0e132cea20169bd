#include "emulator/control/faults/fault_injector.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>
#include <utility>

#include "emulator/base/text.h"
#include "emulator/control/faults/faulty_body.h"
#include "emulator/control/faults/faulty_source.h"
#include "emulator/control/faults/pace.h"

namespace msc::control {
namespace {

constexpr double kKilobyte = 1024;
constexpr int kRandomBytes = 200;
constexpr std::string_view kMalformedChunk =
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nthis is no size of a chunk\r\n";

// Replaces headers of the same names.
void SetHeaders(http::Response& response,
                const std::vector<std::pair<std::string, std::string>>& headers) {
  for (const auto& [name, value] : headers) {
    std::erase_if(response.headers, [&name = name](const http::Header& header) {
      return EqualsIgnoringCase(header.name, name);
    });
    response.headers.push_back({name, value});
  }
}

}  // namespace

http::Response FaultInjector::Run(const Work& work) {
  http::BodyReader* const body = request_.body;
  auto response =
      std::visit([&](const auto& action) { return Do(action, work); }, activation_.action());
  request_.body = body;
  return response;
}

http::Response FaultInjector::Do(const AnswerStatus& action, const Work& work) {
  activation_.Confirm();
  if (activation_.phase() == Phase::kAfter) (void)work();
  auto response = router_.RenderInjectedError(request_, action.status, action.error_code);
  SetHeaders(response, action.headers);
  return response;
}

http::Response FaultInjector::Do(const ResetConnection& action, const Work& work) {
  if (!action.after_bytes) return Instead(0, "", /*reset=*/true, work);
  if (action.direction == Direction::kRequest) return CutRequest(*action.after_bytes, true, work);
  auto response = work();
  if (*action.after_bytes <= BodySize(response)) {
    activation_.Confirm();
    response.wire_fault = http::WireFault{.body_bytes = *action.after_bytes, .reset = true};
  }
  return response;
}

http::Response FaultInjector::Do(const EmptyResponse&, const Work& work) {
  return Instead(0, "", /*reset=*/false, work);
}

http::Response FaultInjector::Do(const MalformedResponseChunk&, const Work& work) {
  return Instead(200, std::string(kMalformedChunk), /*reset=*/false, work);
}

http::Response FaultInjector::Do(const RandomDataThenClose&, const Work& work) {
  std::string bytes;
  for (int i = 0; i < kRandomBytes; ++i) {
    bytes += static_cast<char>(static_cast<unsigned char>(registry_.Draw() * 256));
  }
  bytes.front() = '\xFF';  // Not a letter, because a response begins with "H".
  return Instead(0, std::move(bytes), /*reset=*/false, work);
}

http::Response FaultInjector::Do(const TruncateBody& action, const Work& work) {
  if (action.direction == Direction::kRequest) {
    if (request_.body == nullptr) return work();
    const auto half = request_.body->size().value_or(2) / 2;
    return CutRequest(action.after_bytes.value_or(half), false, work);
  }
  auto response = work();
  const std::uint64_t size = BodySize(response);
  const std::uint64_t at = action.after_bytes.value_or(size / 2);
  if (at < size) {
    activation_.Confirm();
    response.wire_fault = http::WireFault{.body_bytes = at};
  }
  return response;
}

http::Response FaultInjector::Do(const CorruptBody& action, const Work& work) {
  if (action.direction == Direction::kRequest) {
    if (request_.body == nullptr) return work();
    const auto at = action.at_byte.value_or(request_.body->size().value_or(0) / 2);
    FaultyBody body(*request_.body, {.corrupt_at = at}, delays_, [this] { activation_.Confirm(); });
    request_.body = &body;
    return work();
  }
  auto response = work();
  const std::uint64_t size = BodySize(response);
  const std::uint64_t at = action.at_byte.value_or(size / 2);
  if (at < size) {
    activation_.Confirm();
    CorruptAnswer(response, at);
  }
  return response;
}

http::Response FaultInjector::Do(const FixedDelay& action, const Work& work) {
  return Delay(action.delay, work);
}

http::Response FaultInjector::Do(const LognormalDelay& action, const Work& work) {
  // The Box-Muller transform makes a normally distributed number from two uniform ones.
  const double radius = std::sqrt(-2 * std::log(1 - registry_.Draw()));
  const double normal = radius * std::cos(2 * std::numbers::pi * registry_.Draw());
  constexpr double kLongest = 3'600'000;
  const std::chrono::duration<double, std::milli> time(
      std::min(action.median * std::exp(action.sigma * normal), kLongest));
  return Delay(std::chrono::duration_cast<std::chrono::nanoseconds>(time), work);
}

http::Response FaultInjector::Do(const UniformDelay& action, const Work& work) {
  const std::chrono::duration<double, std::milli> range = action.upper - action.lower;
  return Delay(
      action.lower + std::chrono::duration_cast<std::chrono::nanoseconds>(range * registry_.Draw()),
      work);
}

http::Response FaultInjector::Do(const ChunkedDribble& action, const Work& work) {
  auto response = work();
  const std::uint64_t size = BodySize(response);
  if (size == 0) return response;
  activation_.Confirm();
  const auto chunks = std::min<std::uint64_t>(static_cast<std::uint64_t>(action.chunks), size);
  SlowAnswer(response, (size + chunks - 1) / chunks,
             std::chrono::nanoseconds(action.total) / static_cast<std::int64_t>(chunks), delays_);
  return response;
}

http::Response FaultInjector::Do(const Bandwidth& action, const Work& work) {
  const double pace = action.kilobytes_per_second * kKilobyte;
  if (action.direction == Direction::kRequest) {
    if (request_.body == nullptr) return work();
    FaultyBody body(*request_.body, {.bytes_per_second = pace}, delays_,
                    [this] { activation_.Confirm(); });
    request_.body = &body;
    return work();
  }
  auto response = work();
  if (BodySize(response) == 0) return response;
  activation_.Confirm();
  const std::size_t piece = PieceSize(pace);
  SlowAnswer(response, piece, TimeFor(piece, pace), delays_);
  return response;
}

http::Response FaultInjector::Do(const WrongKey&, const Work& work) {
  return ByHandler(http::HandlerFault::Kind::kWrongKey, work);
}

http::Response FaultInjector::Do(const ShortKey&, const Work& work) {
  return ByHandler(http::HandlerFault::Kind::kShortKey, work);
}

http::Response FaultInjector::Do(const ExpiredToken&, const Work& work) {
  return ByHandler(http::HandlerFault::Kind::kExpiredToken, work);
}

http::Response FaultInjector::Do(const WrongIv&, const Work& work) {
  return ByHandler(http::HandlerFault::Kind::kWrongVector, work);
}

http::Response FaultInjector::ByHandler(http::HandlerFault::Kind kind, const Work& work) {
  http::HandlerFault fault{.kind = kind};
  request_.fault = &fault;
  auto response = work();
  request_.fault = nullptr;
  if (fault.has_fired) activation_.Confirm();
  return response;
}

http::Response FaultInjector::Instead(int status, std::string bytes, bool reset, const Work& work) {
  activation_.Confirm();
  http::Response response;
  if (activation_.phase() == Phase::kAfter) response = work();
  response.status = status;
  response.wire_fault = http::WireFault{.instead = std::move(bytes), .reset = reset};
  return response;
}

http::Response FaultInjector::CutRequest(std::uint64_t at, bool reset, const Work& work) {
  if (at == 0) return Instead(0, "", reset, work);
  if (request_.body == nullptr) return work();
  FaultyBody body(*request_.body, {.cut_at = at}, delays_, [this] { activation_.Confirm(); });
  request_.body = &body;
  auto response = work();
  if (!body.is_cut()) body.ReadToCut();
  if (!body.is_cut()) return response;
  response.status = 0;
  response.wire_fault = http::WireFault{.instead = "", .reset = reset};
  return response;
}

http::Response FaultInjector::Delay(std::chrono::nanoseconds time, const Work& work) {
  activation_.Confirm();
  if (activation_.phase() == Phase::kBefore) delays_.WaitFor(time);
  auto response = work();
  if (activation_.phase() == Phase::kAfter) delays_.WaitFor(time);
  return response;
}

// Bytes of the body that are sent.
std::uint64_t FaultInjector::BodySize(const http::Response& response) const {
  if (request_.method == http::Method::kHead) return 0;
  if (response.status == 204 || response.status == 304) return 0;
  return response.body_size();
}

}  // namespace msc::control
