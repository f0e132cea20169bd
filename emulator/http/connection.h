#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "emulator/base/log.h"
#include "emulator/http/application.h"
#include "emulator/http/collected_body.h"
#include "emulator/http/head.h"
#include "emulator/http/limits.h"
#include "emulator/http/pace.h"
#include "emulator/http/receive_buffer.h"
#include "emulator/http/response_sender.h"
#include "emulator/http/stop_signal.h"
#include "emulator/http/stream.h"
#include "emulator/http/thread_use.h"

namespace msc::http {

// What all connections of a server share. Outlives them.
struct ConnectionContext {
  ConnectionLimits limits;
  const StopSignal& stop;
  BodyBudget& budget;
  Log log;
  OnRejection on_rejection;  // Null: nobody asks.
};

// What answers the requests of a connection. Outlives it.
struct Endpoint {
  Application application;
  ThreadUseOf thread_use = nullptr;  // Null: all are kQueued.
};

// One client's connection: answers one request after the other. Everything but Serve returns
// without waiting. One thread at a time, but for Wake, Interrupt and waiting_since.
class Connection {
 public:
  Connection(std::unique_ptr<Stream> stream, std::string scheme, const Endpoint& endpoint,
             const ConnectionContext& context);
  ~Connection();

  enum class Next { kWaitToRead, kWaitToWrite, kServe, kClose };

  // Why a connection that waited goes on: its socket is ready, deadline() has passed, or its
  // descriptor is needed.
  enum class Cause { kReady, kExpired, kEvicted };

  // Does what can be done now. kServe: a request is there, and Serve is to be called.
  Next Advance(Cause cause);

  // Serves the request. `must_not_wait`: as Request::must_not_wait. A request that is kShort, or
  // must not wait, needs the thread only for its handler.
  Next Serve(bool must_not_wait);

  // What the request that is to be served needs.
  ThreadUse thread_use() const { return thread_use_; }

  // Whether no request has begun.
  bool is_idle() const { return phase_ == Phase::kHead && !head_begun_; }

  // Until when Advance's next call may be waited for.
  Deadline deadline() const { return deadline_; }

  // Since when Serve has been waiting for the client; 0: it is not.
  std::int64_t waiting_since() const { return stream_->waiting_since(); }

  // Makes a connection that waits ready for Advance.
  void Wake() { stream_->EndReading(); }

  // Ends whatever the connection is doing.
  void Interrupt() { stream_->Interrupt(); }

  int socket() const { return stream_->socket(); }

 private:
  enum class Phase { kHead, kBody, kRequest, kReply, kLinger };

  // A response that is sent without a thread that waits.
  struct Reply;

  // One step; nullopt: there is more to do.
  using Step = std::optional<Next>;
  Step TakeStep();
  Step ReadHead();
  Step CollectBody();
  Step SendReply();
  Step SkipRest();
  Step Expire();

  std::optional<std::variant<Head, BadHead>> TakeHead();
  Step Receive();
  void BeginRequest(Head head);
  void BeginReply(Method method, Response response, bool keeps_alive, std::string_view connection);
  Step BeginNextRequest();
  void Linger();

  Response Respond(Head& head, BodyReader* body, bool must_not_wait);
  Next Finish(const Head& head, ClientBody& body, Response& response);
  void Refuse(const BadHead& bad);
  bool SendContinue();
  bool SendBroken(Method method, Response& response);
  bool SendAll(ResponseSender& sender);
  ResponseSender::State Send(ResponseSender& sender);

  std::unique_ptr<Stream> stream_;
  const std::string scheme_;
  std::string client_address_;  // Known from the first request on.
  const Endpoint& endpoint_;
  const ConnectionContext& context_;
  ReceiveBuffer receive_buffer_;
  Phase phase_ = Phase::kHead;
  std::size_t scanned_ = 0;  // Of the head that is coming in.
  bool head_begun_ = false;
  std::optional<Head> head_;  // Of the request that is to be served.
  ThreadUse thread_use_ = ThreadUse::kQueued;
  std::unique_ptr<CollectedBody> body_;  // Null: it is not collected.
  std::unique_ptr<Reply> reply_;
  Deadline begun_at_;  // When the body or the reply began.
  Deadline deadline_;
};

}  // namespace msc::http
