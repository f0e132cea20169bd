#include "emulator/http/connection.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <stdexcept>

#include "emulator/base/text.h"
#include "emulator/http/request_body.h"

namespace msc::http {
namespace {

using std::chrono::steady_clock;

constexpr std::string_view kClose = "close";
constexpr std::string_view kKeepAlive = "keep-alive";
constexpr std::size_t kSendBuffer = 256 * 1024;
constexpr std::size_t kJoinedBody = 64 * 1024;  // Bodies up to this size are sent with their head.

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

Connection::Connection(std::unique_ptr<Stream> stream, std::string scheme,
                       const Application& application, const ConnectionContext& context)
    : stream_(std::move(stream)),
      scheme_(std::move(scheme)),
      application_(application),
      context_(context),
      send_pace_(context.limits.write_stall, context.limits.min_pace),
      deadline_(steady_clock::now() + context.limits.idle) {}

Connection::Next Connection::Run(bool expired, bool is_last_free_thread) {
  if (expired) {
    if (head_begun_) Refuse({408, "the head of the request did not come in time"});
    return Next::kClose;
  }
  for (;;) {
    auto head = TakeHead();
    if (!head) {
      if (const auto next = Receive()) return *next;
      continue;
    }
    if (const auto* bad = std::get_if<BadHead>(&*head)) {
      Refuse(*bad);
      return Next::kClose;
    }
    if (!Serve(std::get<Head>(*std::move(head)), is_last_free_thread)) return Next::kClose;
    head_begun_ = !receive_buffer_.unread().empty();
    deadline_ = steady_clock::now() + (head_begun_ ? context_.limits.head : context_.limits.idle);
    // A client that sends nothing now is waited for without a thread.
    if (!head_begun_ && !stream_->HasPending()) return Next::kWaitToRead;
  }
}

// The next head; nullopt if it is not complete yet.
std::optional<std::variant<Head, BadHead>> Connection::TakeHead() {
  while (receive_buffer_.unread().starts_with("\r\n")) {  // As RFC 9112, section 2.2 recommends.
    receive_buffer_.Take(2);
    scanned_ = 0;
  }
  const bool of_head = receive_buffer_.unread().starts_with("HEAD ");
  auto found = FindHeadEnd(receive_buffer_.unread(), scanned_);
  if (auto* bad = std::get_if<BadHead>(&found)) {
    bad->of_head = of_head;
    return std::move(*bad);
  }
  const std::size_t size = std::get<std::size_t>(found);
  if (size == 0) return std::nullopt;
  auto head = ParseHead(receive_buffer_.unread().substr(0, size));
  receive_buffer_.Take(size);
  scanned_ = 0;
  if (auto* bad = std::get_if<BadHead>(&head)) bad->of_head = of_head;
  return head;
}

// Reads once; nullopt if there were bytes.
std::optional<Connection::Next> Connection::Receive() {
  const auto progress = receive_buffer_.Fill(*stream_);
  if (progress.ended) return Next::kClose;
  if (progress.bytes == 0) {
    return progress.wait == Stream::Wait::kToWrite ? Next::kWaitToWrite : Next::kWaitToRead;
  }
  if (!head_begun_) deadline_ = steady_clock::now() + context_.limits.head;
  head_begun_ = true;
  return std::nullopt;
}

// False: the connection ends here.
bool Connection::Serve(Head head, bool is_last_free_thread) {
  RequestBody body(head, *stream_, receive_buffer_, context_.limits);
  if (client_address_.empty()) client_address_ = stream_->ClientAddress();
  Request request{.method = head.method,
                  .target = std::move(head.target),
                  .scheme = scheme_,
                  .authority = std::move(head.authority),
                  .client_address = client_address_,
                  .headers = std::move(head.headers),
                  .body = head.chunked || head.content_length ? &body : nullptr,
                  .stop = &context_.stop,
                  .is_client_gone = [this] { return stream_->IsEndedByPeer(); },
                  .is_last_free_thread = is_last_free_thread};
  if (request.authority.empty()) request.authority = stream_->LocalAuthority();

  Response response = application_(request);

  const bool goes_on = Finish(head, body, response);
  if (response.after) response.after();
  return goes_on;
}

// Sends the response. False: the connection ends.
bool Connection::Finish(const Head& head, RequestBody& body, Response& response) {
  if (response.wire_fault) {
    SendBroken(head.method, response);
    return false;
  }
  const bool reusable = body.CanDrain() && !(response.source && response.source->is_stream());
  const bool goes_on = head.keep_alive && reusable && !response.closes;
  const auto connection = !goes_on ? kClose : head.is_1_0 ? kKeepAlive : std::string_view();
  if (!Send(head.method, response, connection)) return false;
  if (goes_on && body.Drain()) return true;
  Linger();
  return false;
}

void Connection::Refuse(const BadHead& bad) {
  Response response{.status = bad.status,
                    .headers = {{"Content-Type", "text/plain; charset=utf-8"}},
                    .body = bad.message + '\n'};
  if (Send(bad.of_head ? Method::kHead : Method::kGet, response, kClose)) Linger();
}

// Reads for a moment, because unread bytes would cause a reset, and the client could lose the
// response.
void Connection::Linger() {
  stream_->EndWriting();
  std::array<char, 16 * 1024> waste;
  const auto end = steady_clock::now() + context_.limits.drain_time;
  for (;;) {
    const auto progress = stream_->Read(waste);
    if (progress.ended || steady_clock::now() > end) return;
    if (progress.bytes == 0 && !stream_->WaitUntil(Stream::Wait::kToRead, end)) return;
  }
}

bool Connection::Send(Method method, Response& response, std::string_view connection) {
  send_pace_ = Pace(context_.limits.write_stall, context_.limits.min_pace);
  std::string out = HeadOf(response, connection);
  if (!HasBody(response.status, method)) return SendAll(out, false);
  const std::uint64_t most = MostOfBody(response);
  if (response.source) return SendSource(out, *response.source, most);
  const auto body = std::string_view(response.body).substr(0, most);
  if (body.size() <= kJoinedBody) {
    out += body;
    return SendAll(out, false);
  }
  return SendAll(out, true) && SendAll(body, false);
}

void Connection::SendBroken(Method method, Response& response) {
  const WireFault& wire_fault = *response.wire_fault;
  send_pace_ = Pace(context_.limits.write_stall, context_.limits.min_pace);
  const bool sent =
      wire_fault.instead ? SendAll(*wire_fault.instead, false) : Send(method, response, kClose);
  if (!sent) return;
  if (wire_fault.reset) {
    stream_->ResetAtEnd(steady_clock::now() + context_.limits.write_stall);
  } else {
    Linger();
  }
}

// Sends the head together with the first bytes.
bool Connection::SendSource(const std::string& head, BodySource& source, std::uint64_t most) {
  std::uint64_t left = std::min(source.size(), most);
  const auto capacity = static_cast<std::size_t>(std::min<std::uint64_t>(left, kSendBuffer));
  const auto buffer = std::make_unique_for_overwrite<char[]>(head.size() + capacity);
  std::size_t filled = head.copy(buffer.get(), head.size());
  try {
    do {
      const auto room = static_cast<std::size_t>(std::min<std::uint64_t>(left, capacity));
      const std::size_t count = room == 0 ? 0 : source.Read({buffer.get() + filled, room});
      if (count == 0 && source.is_stream()) return SendAll({buffer.get(), filled}, false);
      if (count == 0 && left > 0) throw std::runtime_error("its source ended early");
      left -= count;
      // A piece that does not fill the buffer had to be waited for: it is sent at once.
      const bool more = left > 0 && count == room;
      if (!SendAll({buffer.get(), filled + count}, more)) return false;
      filled = 0;
    } while (left > 0);
    return true;
  } catch (const std::exception& error) {
    context_.log(LogLevel::kError, std::string("an answer was cut off: ") + error.what());
    return false;
  }
}

bool Connection::SendAll(std::string_view bytes, bool more) {
  while (!bytes.empty()) {
    const auto progress = stream_->Write(bytes, more);
    if (progress.ended) return false;
    bytes.remove_prefix(progress.bytes);
    send_pace_.Add(progress.bytes);
    if (progress.bytes > 0 || progress.wait == Stream::Wait::kNothing) continue;
    if (!send_pace_.Wait(*stream_, progress.wait)) return false;
  }
  return true;
}

}  // namespace msc::http
