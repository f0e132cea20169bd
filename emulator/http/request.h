#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/http/body.h"
#include "emulator/http/headers.h"
#include "emulator/http/method.h"

namespace msc::http {

class StopSignal;

// What is noted about a request besides its response, for the journal and the log.
struct RequestNotes {
  // What was accepted although the service would reject it; empty: nothing.
  std::string remark = {};

  // What the client probably got wrong, although the request succeeded; empty: nothing.
  std::string advice = {};

  // Whether the following are wanted; they cost time.
  bool wants_details = false;

  // The text whose signature was checked; empty: none was.
  std::string string_to_sign = {};
};

// A fault that only the handler of a request can make. It does the work and gives another answer.
struct HandlerFault {
  enum class Kind {
    kWrongKey,      // Other bytes of the same number than those of the key.
    kShortKey,      // The key without its last byte.
    kExpiredToken,  // As if the token had expired.
    kWrongVector,   // Names another vector than the one that fragments are encrypted with.
  } kind;

  // Set by the handler.
  bool has_fired = false;
};

using QueryParameters = std::vector<std::pair<std::string, std::string>>;

// The parameters of a query, decoded once. To be used from one thread.
class DecodedQuery {
 public:
  // Those of `query`, which is decoded unless it is the one that was asked for before.
  const QueryParameters& Of(std::string_view query) const;

 private:
  mutable std::string query_;
  mutable QueryParameters parameters_;
};

// The path of a request target: what is before the question mark.
std::string_view PathOf(std::string_view target);

// What a client asked for. A plain value but for the body, so that a Router can be called with a
// request made by hand.
struct Request {
  Method method = Method::kGet;

  // The request target as received: path and query, percent-encoded.
  std::string target = "/";

  // "http" or "https".
  std::string scheme = "http";

  // Host name or address with optional port, valid, as the client wrote it; where the client named
  // none, the address it reached.
  std::string authority = "127.0.0.1";

  // Numeric, without port.
  std::string client_address = "127.0.0.1";

  Headers headers = {};

  // Decoded segments that the route's pattern names, such as {"id", "…"}. Filled in by the Router.
  QueryParameters captures = {};

  // Null: no body.
  BodyReader* body = nullptr;

  // Ends the waiting of a handler that waits when the server stops; null: nothing will.
  const StopSignal* stop = nullptr;

  // Whether the client has ended the connection, so that nobody waits for the answer; null: cannot
  // be told. May be called until the answer is sent.
  std::function<bool()> is_client_gone = nullptr;

  // Whether it is served by one of the threads that are kept for short requests, because all others
  // are busy: the handler must not wait for anything.
  bool must_not_wait = false;

  // Receives notes about the request; null: nobody reads them.
  RequestNotes* notes = nullptr;

  // Null: none.
  HandlerFault* fault = nullptr;

  // What parameters() was asked for already.
  DecodedQuery decoded_query = {};

  // Path and query of the target as received, without and with nothing decoded.
  std::string_view path() const;
  std::string_view query() const;  // Without the question mark.

  std::optional<std::string_view> header(std::string_view name) const {
    return Find(headers, name);
  }

  // Whether the handler is to make that fault; notes that it does. REQUIRES: it would succeed
  // otherwise.
  bool Fires(HandlerFault::Kind kind) const {
    if (fault == nullptr || fault->kind != kind) return false;
    return fault->has_fired = true;
  }

  // The value of a parameter as received, still encoded; nullopt if there is none of that name.
  std::optional<std::string_view> raw_parameter(std::string_view name) const;

  // Whether nobody waits for the response any more: the client has gone, or the server stops.
  bool IsUnwanted() const;

  // A captured segment. REQUIRES: the route's pattern names it.
  const std::string& capture(std::string_view name) const;

  // All parameters, decoded, in order; a `+` is a blank, as the service reads it. One that cannot
  // be decoded is taken as it stands.
  const QueryParameters& parameters() const { return decoded_query.Of(query()); }

  // The first parameter of that name, whatever its case.
  std::optional<std::string> parameter(std::string_view name) const;

  // "http://host:port", no trailing slash.
  std::string base_url() const { return scheme + "://" + authority; }

  // Host name or address of the authority, without port and brackets.
  std::string host() const;

  // The authority's port; empty: it names none.
  std::string_view port() const;
};

// Whether `authority` is a host name, an IPv4 address or an IPv6 address in brackets, with an
// optional port.
bool IsAuthority(std::string_view authority);

}  // namespace msc::http
