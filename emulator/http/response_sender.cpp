#include "emulator/http/response_sender.h"

#include <algorithm>
#include <stdexcept>

#include "emulator/base/text.h"

namespace msc::http {
namespace {

constexpr std::size_t kSendBuffer = 256 * 1024;
constexpr std::size_t kJoinedBody = 64 * 1024;  // Bodies up to this size are sent with their head.
constexpr std::uint64_t kMostAtOnce = 4 * 1024 * 1024;

bool HasBody(int status, Method method) {
  return method != Method::kHead && status != 204 && status != 304;
}

// Bytes of the body that are sent.
std::uint64_t MostOfBody(const Response& response) {
  return response.wire_fault ? response.wire_fault->body_bytes.value_or(UINT64_MAX) : UINT64_MAX;
}

// Keeps the parts of a header on one line.
void AppendLine(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ");
  const std::size_t begin = out.size();
  out += value;
  if (!IsHeaderText(value)) {
    std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), IsControl, ' ');
  }
  out += "\r\n";
}

// `connection`: value of the header Connection; empty: none.
std::string HeadOf(const Response& response, std::string_view connection) {
  std::string out;
  out.reserve(1024);
  out += "HTTP/1.1 ";
  out += std::to_string(response.status);
  out += ' ';
  out += response.reason.empty() ? StandardReason(response.status) : response.reason;
  out += "\r\n";
  for (const auto& [name, value] : response.headers) AppendLine(out, name, value);
  const bool bodiless = response.status == 204 || response.status == 304;
  const bool is_stream = response.source && response.source->is_stream();
  if (!bodiless && !is_stream && !Find(response.headers, "Content-Length")) {
    AppendLine(out, "Content-Length", std::to_string(response.body_size()));
  }
  if (!connection.empty() && !response.closes) AppendLine(out, "Connection", connection);
  out += "\r\n";
  return out;
}

}  // namespace

ResponseSender::ResponseSender(Method method, Response& response, std::string_view connection)
    : head_(HeadOf(response, connection)) {
  if (!HasBody(response.status, method)) return;
  const std::uint64_t most = MostOfBody(response);
  if (response.source) {
    source_ = response.source.get();
    left_ = std::min(source_->size(), most);
    capacity_ = static_cast<std::size_t>(std::min<std::uint64_t>(left_, kSendBuffer));
    return;
  }
  body_ = std::string_view(response.body).substr(0, most);
  if (body_.size() > kJoinedBody) return;
  head_ += body_;
  body_ = {};
}

ResponseSender::State ResponseSender::Send(Stream& stream) {
  const std::uint64_t pause = sent_ + kMostAtOnce;
  for (;;) {
    if (piece_.empty()) {
      if (is_last_) return State::kDone;
      if (sent_ >= pause) return State::kWaitsToWrite;
      NextPiece();
      continue;
    }
    const auto progress = stream.Write(piece_, has_more_);
    if (progress.ended) return State::kBroken;
    piece_.remove_prefix(progress.bytes);
    sent_ += progress.bytes;
    if (progress.bytes > 0) continue;
    if (progress.wait == Stream::Wait::kToRead) return State::kWaitsToRead;
    if (progress.wait == Stream::Wait::kToWrite) return State::kWaitsToWrite;
  }
}

void ResponseSender::NextPiece() {
  if (source_ != nullptr) return NextPieceOfSource();
  piece_ = has_begun_ ? body_ : std::string_view(head_);
  is_last_ = has_begun_ || body_.empty();
  has_more_ = !is_last_;
  has_begun_ = true;
}

// The first piece is the head together with the first bytes.
void ResponseSender::NextPieceOfSource() {
  std::size_t filled = 0;
  if (!has_begun_) {
    has_begun_ = true;
    buffer_ = std::make_unique_for_overwrite<char[]>(head_.size() + capacity_);
    filled = head_.copy(buffer_.get(), head_.size());
  }
  const auto room = static_cast<std::size_t>(std::min<std::uint64_t>(left_, capacity_));
  const std::size_t count = room == 0 ? 0 : source_->Read({buffer_.get() + filled, room});
  if (count == 0 && left_ > 0 && !source_->is_stream()) {
    throw std::runtime_error("its source ended early");
  }
  left_ -= count;
  is_last_ = count == 0 || left_ == 0;
  // A piece that does not fill the buffer had to be waited for: it is sent at once.
  has_more_ = !is_last_ && count == room;
  piece_ = {buffer_.get(), filled + count};
}

}  // namespace msc::http
