#include "emulator/http/response_sender.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "emulator/base/text.h"

namespace msc::http {
namespace {

constexpr std::size_t kSendBuffer = 256 * 1024;
constexpr std::size_t kJoinedBody = 64 * 1024;  // Bodies up to this size are sent with their head.
constexpr std::uint64_t kMostInPlace = 1024 * 1024;
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
    if (piece_.empty() && !file_piece_) {
      if (is_last_) return State::kDone;
      if (sent_ >= pause) return State::kWaitsToWrite;
      NextPiece(stream);
      continue;
    }
    const auto progress = WritePiece(stream);
    if (progress.ended) return State::kBroken;
    sent_ += progress.bytes;
    if (progress.bytes > 0) continue;
    if (progress.wait == Stream::Wait::kToRead) return State::kWaitsToRead;
    if (progress.wait == Stream::Wait::kToWrite) return State::kWaitsToWrite;
  }
}

Stream::Progress ResponseSender::WritePiece(Stream& stream) {
  if (!file_piece_) {
    const auto progress = stream.Write(piece_, has_more_);
    piece_.remove_prefix(progress.bytes);
    return progress;
  }
  const auto progress =
      stream.WriteFile(file_piece_->file, file_piece_->offset, file_piece_->count);
  const bool is_stuck = progress.bytes == 0 && progress.wait == Stream::Wait::kNothing;
  if (is_stuck && !progress.ended) throw std::runtime_error("its file ended early");
  file_piece_->offset += progress.bytes;
  file_piece_->count -= progress.bytes;
  if (file_piece_->count == 0) file_piece_.reset();
  return progress;
}

void ResponseSender::NextPiece(const Stream& stream) {
  if (source_ != nullptr) return NextPieceOfSource(stream);
  piece_ = has_begun_ ? body_ : std::string_view(head_);
  is_last_ = has_begun_ || body_.empty();
  has_more_ = !is_last_;
  has_begun_ = true;
}

// The first piece is the head: alone if the body can be sent from where it is, else together with
// its first bytes.
void ResponseSender::NextPieceOfSource(const Stream& stream) {
  if (!TakeInPlace(stream)) ReadPiece();
}

bool ResponseSender::TakeInPlace(const Stream& stream) {
  if (!in_place_ && left_ > 0) {
    const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(left_, kMostInPlace));
    in_place_ = source_->TakeInPlace(most, stream.CanWriteFiles());
    if (in_place_) left_ -= in_place_->count;
  }
  if (!in_place_) return false;
  is_last_ = has_begun_ && left_ == 0;
  has_more_ = !is_last_;
  if (!std::exchange(has_begun_, true)) {
    piece_ = head_;
    return true;
  }
  const auto taken = *std::exchange(in_place_, std::nullopt);
  if (taken.memory.empty()) {
    file_piece_ = taken;
  } else {
    piece_ = taken.memory;
  }
  return true;
}

void ResponseSender::ReadPiece() {
  std::size_t filled = 0;
  if (!buffer_) {
    const std::size_t head = has_begun_ ? 0 : head_.size();
    buffer_ = std::make_unique_for_overwrite<char[]>(head + capacity_);
    filled = head_.copy(buffer_.get(), head);
    has_begun_ = true;
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
