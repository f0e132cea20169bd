#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "emulator/base/log.h"
#include "emulator/http/application.h"
#include "emulator/http/head.h"
#include "emulator/http/limits.h"
#include "emulator/http/pace.h"
#include "emulator/http/receive_buffer.h"
#include "emulator/http/stop_signal.h"
#include "emulator/http/stream.h"

namespace msc::http {

class RequestBody;

// What all connections of a server share. Outlives them.
struct ConnectionContext {
  ConnectionLimits limits;
  const StopSignal& stop;
  Log log;
};

// One client's connection: reads heads without blocking, then answers one request after the other.
// One thread at a time, but for Interrupt.
class Connection {
 public:
  Connection(std::unique_ptr<Stream> stream, std::string scheme, const Application& application,
             const ConnectionContext& context);

  enum class Next { kWaitToRead, kWaitToWrite, kClose };

  // Does what can be done now. `expired`: deadline() passed while it waited. `is_last_free_thread`:
  // as Request::is_last_free_thread.
  Next Run(bool expired, bool is_last_free_thread);

  // Until when Run's next call may be waited for.
  Deadline deadline() const { return deadline_; }

  // Makes a connection that waits ready for Run. From any thread.
  void Wake() { stream_->EndReading(); }

  // Ends whatever the connection is doing. From any thread.
  void Interrupt() { stream_->Interrupt(); }

  int socket() const { return stream_->socket(); }

 private:
  std::optional<std::variant<Head, BadHead>> TakeHead();
  std::optional<Next> Receive();
  bool Serve(Head head, bool is_last_free_thread);
  bool Finish(const Head& head, RequestBody& body, Response& response);
  void Refuse(const BadHead& bad);
  void Linger();
  bool Send(Method method, Response& response, std::string_view connection);
  void SendBroken(Method method, Response& response);
  bool SendSource(const std::string& head, BodySource& source, std::uint64_t most);
  bool SendAll(std::string_view bytes, bool more);

  std::unique_ptr<Stream> stream_;
  const std::string scheme_;
  std::string client_address_;  // Known from the first request on.
  const Application& application_;
  const ConnectionContext& context_;
  ReceiveBuffer receive_buffer_;
  std::size_t scanned_ = 0;  // Of the head that is coming in.
  bool head_begun_ = false;
  Pace send_pace_;  // Of the answer that is going out.
  Deadline deadline_;
};

}  // namespace msc::http
