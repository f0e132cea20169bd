#include "emulator/control/faults/fault_check.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/base/overloaded.h"
#include "emulator/base/text.h"
#include "emulator/control/error/control_error.h"

namespace msc::control {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLongestDelay = std::chrono::hours(1);
constexpr int kMostChunks = 10'000;
constexpr std::size_t kPerPair = 256;  // Bytes of a header's or a pattern's own objects.

Error Bad(std::string_view member, const std::string& value, std::string_view allowed) {
  return {ControlError::kInvalidArgument,
          std::string(member) + ": " + value + " is not allowed; " + std::string(allowed)};
}

std::string Show(double number) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%g", number);
  return text.data();
}

Status CheckDelay(std::string_view member, milliseconds delay) {
  if (delay.count() >= 0 && delay <= kLongestDelay) return Done{};
  return Bad(member, std::to_string(delay.count()) + " ms", "it must be from 0 to 3600000 ms");
}

// Whether the text is allowed in a header.
bool IsPrintable(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == '\x7F';
  });
}

Status CheckAction(const AnswerStatus& action) {
  if (action.status < 200 || action.status > 599) {
    return Bad("status", std::to_string(action.status), "it must be from 200 to 599");
  }
  if (!IsPrintable(action.error_code)) {
    return Bad("errorCode", "a line break or the like", "it must be a name such as ServerBusy");
  }
  for (const auto& [name, value] : action.headers) {
    if (!IsPrintable(value)) {
      return Bad("headers", "the value of '" + name + "'",
                 "it must have no line break or the like");
    }
    const bool framing = EqualsIgnoringCase(name, "Content-Length") ||
                         EqualsIgnoringCase(name, "Transfer-Encoding") ||
                         EqualsIgnoringCase(name, "Connection");
    if (name.empty() || framing || name.find_first_of(" :\t\r\n") != std::string::npos) {
      return Bad("headers", "'" + name + "'",
                 "it must be a header name, and none that frames the answer");
    }
  }
  return Done{};
}

Status CheckAction(const FixedDelay& action) {
  return CheckDelay("fixedDelayMilliseconds", action.delay);
}

Status CheckAction(const LognormalDelay& action) {
  if (!(action.median > 0) || action.median > static_cast<double>(kLongestDelay.count())) {
    return Bad("median", Show(action.median), "it must be above 0 and at most 3600000 ms");
  }
  if (!(action.sigma >= 0) || action.sigma > 10) {
    return Bad("sigma", Show(action.sigma), "it must be from 0 to 10");
  }
  return Done{};
}

Status CheckAction(const UniformDelay& action) {
  if (auto lower = CheckDelay("lower", action.lower); !lower) return lower;
  if (auto upper = CheckDelay("upper", action.upper); !upper) return upper;
  if (action.lower <= action.upper) return Done{};
  return Bad("lower", std::to_string(action.lower.count()), "it must not be above upper");
}

Status CheckAction(const ChunkedDribble& action) {
  if (action.chunks < 1 || action.chunks > kMostChunks) {
    return Bad("numberOfChunks", std::to_string(action.chunks), "it must be from 1 to 10000");
  }
  return CheckDelay("totalDuration", action.total);
}

Status CheckAction(const Bandwidth& action) {
  if (action.kilobytes_per_second >= 0.1 && action.kilobytes_per_second <= 1e9) return Done{};
  return Bad("bandwidthKBps", Show(action.kilobytes_per_second), "it must be from 0.1 to 1e9");
}

// The only operation that an action is for; nullopt: any.
std::optional<Operation> OperationOf(const FaultAction& action) {
  return std::visit(Overloaded{
                        [](const WrongKey&) { return std::optional(Operation::kGetKey); },
                        [](const ShortKey&) { return std::optional(Operation::kGetKey); },
                        [](const ExpiredToken&) { return std::optional(Operation::kGetKey); },
                        [](const WrongIv&) { return std::optional(Operation::kGetManifest); },
                        [](const auto&) { return std::optional<Operation>(); },
                    },
                    action);
}

Status CheckOperation(const Fault& fault) {
  const auto only = OperationOf(fault.action);
  const auto operation = fault.operation ? fault.operation : fault.match.operation;
  if (!only || operation == only) return Done{};
  return Bad("operation", operation ? std::string(Name(*operation)) : "none",
             "this action is for " + std::string(Name(*only)) + " alone");
}

template <typename Action>
Status CheckAction(const Action&) {
  return Done{};
}

std::string Part(Direction direction) {
  return direction == Direction::kRequest ? " of the request" : " of the answer";
}

std::string At(std::optional<std::uint64_t> byte, Direction direction) {
  return byte ? " after " + std::to_string(*byte) + " bytes" + Part(direction) : "";
}

std::size_t SizeOf(const RequestPattern& pattern) {
  std::size_t size = pattern.video_id.size() + pattern.method.size() + pattern.url.size() +
                     pattern.url_path_pattern.size();
  for (const auto& [name, text] : pattern.headers) {
    size += kPerPair + name.size();
    for (const auto* part : {&text.equal_to, &text.contains, &text.matches}) {
      size += part->value_or("").size();
    }
  }
  return size;
}

std::string DescribeAction(const FaultAction& action) {
  return std::visit(
      Overloaded{
          [](const AnswerStatus& a) { return "answer " + std::to_string(a.status); },
          [](const ResetConnection& a) {
            return "reset the connection" + At(a.after_bytes, a.direction);
          },
          [](const EmptyResponse&) { return std::string("close the connection"); },
          [](const MalformedResponseChunk&) { return std::string("send a malformed chunk"); },
          [](const RandomDataThenClose&) { return std::string("send random data"); },
          [](const TruncateBody& a) { return "cut the body" + Part(a.direction); },
          [](const CorruptBody& a) { return "corrupt the body" + Part(a.direction); },
          [](const FixedDelay& a) { return "wait for " + std::to_string(a.delay.count()) + " ms"; },
          [](const LognormalDelay&) { return std::string("wait for a lognormal time"); },
          [](const UniformDelay&) { return std::string("wait for a time by chance"); },
          [](const ChunkedDribble&) { return std::string("dribble the answer"); },
          [](const Bandwidth& a) { return "slow down the body" + Part(a.direction); },
          [](const WrongKey&) { return std::string("deliver another key"); },
          [](const ShortKey&) { return std::string("deliver a key of 15 bytes"); },
          [](const ExpiredToken&) { return std::string("let the token be expired"); },
          [](const WrongIv&) { return std::string("name another vector"); },
      },
      action);
}

bool HitsRequestBody(const FaultAction& action) {
  return std::visit(Overloaded{
                        [](const ResetConnection& a) {
                          return a.after_bytes && a.direction == Direction::kRequest;
                        },
                        [](const TruncateBody& a) { return a.direction == Direction::kRequest; },
                        [](const CorruptBody& a) { return a.direction == Direction::kRequest; },
                        [](const Bandwidth& a) { return a.direction == Direction::kRequest; },
                        [](const auto&) { return false; },
                    },
                    action);
}

}  // namespace

Status CheckFault(const Fault& fault) {
  if (fault.skip < 0) return Bad("skip", std::to_string(fault.skip), "it must be 0 or more");
  if (fault.times && *fault.times < 1) {
    return Bad("times", std::to_string(*fault.times), "it must be 1 or more; absent: no end");
  }
  if (!(fault.probability >= 0 && fault.probability <= 1)) {
    return Bad("probability", Show(fault.probability), "it must be from 0 to 1");
  }
  if (fault.ttl && (fault.ttl->count() < 1 || *fault.ttl > std::chrono::hours(24 * 365))) {
    return Bad("ttlMillis", std::to_string(fault.ttl->count()), "it must be from 1 to a year");
  }
  if (fault.operation && fault.match.operation) {
    return Bad("operation", std::string(Name(*fault.operation)), "it is given in match as well");
  }
  if (fault.phase == Phase::kAfter && HitsRequestBody(fault.action)) {
    return Bad("phase", "after", "what is done to the request's body comes before the work");
  }
  if (fault.match.status) {
    return Bad("match", "status", "a fault is chosen before there is an answer");
  }
  if (auto checked = CheckOperation(fault); !checked) return checked;
  return std::visit([](const auto& action) { return CheckAction(action); }, fault.action);
}

std::size_t TextSize(const Fault& fault) {
  std::size_t size = sizeof(Fault) + fault.video_id.size() + SizeOf(fault.match);
  if (const auto* answer = std::get_if<AnswerStatus>(&fault.action)) {
    size += answer->error_code.size();
    for (const auto& [name, value] : answer->headers) size += kPerPair + name.size() + value.size();
  }
  return size;
}

std::string Describe(const Fault& fault) {
  const auto operation = fault.operation ? fault.operation : fault.match.operation;
  return DescribeAction(fault.action) + " on " +
         (operation ? std::string(Name(*operation)) : "any request");
}

}  // namespace msc::control
