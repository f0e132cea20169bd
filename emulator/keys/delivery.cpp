#include "emulator/keys/delivery.h"

#include <functional>
#include <string>
#include <utility>

#include "emulator/base/guid.h"
#include "emulator/base/time_format.h"
#include "emulator/keys/key_error.h"
#include "emulator/keys/swt.h"
#include "emulator/keys/token_finder.h"
#include "emulator/keys/wire.h"

namespace msc::keys {
namespace {

using enum http::Method;
using Fault = http::HandlerFault::Kind;

constexpr std::string_view kPath = "/keydelivery";

Result<std::string> ParseKeyId(const http::Request& request) {
  const auto kid = request.parameter(wire::kKeyIdParameter);
  if (!kid) return Error{KeyError::kKeyIdMalformed, "the query has no kid, the id of the key"};
  auto id = ParseGuid(*kid);
  if (!id) return Error{KeyError::kKeyIdMalformed, "the kid is not a GUID: " + *kid};
  return *std::move(id);
}

// The key as the request's fault makes it.
Bytes Delivered(const http::Request& request, Bytes key) {
  if (request.Fires(Fault::kShortKey)) key.pop_back();
  if (request.Fires(Fault::kWrongKey)) {
    for (char& byte : key) byte = static_cast<char>(~byte);
  }
  return key;
}

}  // namespace

Result<http::Response> KeyDelivery::Get(const http::Request& request) const {
  const auto key_id = ParseKeyId(request);
  if (!key_id) return key_id.error();
  auto key = keys_.Find(*key_id);
  if (!key) return key.error();
  const auto token = FindToken(request);
  if (!token) return token.error();
  const auto allowed = CheckToken(*token, keys_.SigningKey(), *key_id, clock_.Now());
  if (!allowed) return allowed.error();
  if (request.Fires(Fault::kExpiredToken)) {
    return CheckToken(*token, keys_.SigningKey(), *key_id, Time::max()).error();
  }

  return wire::KeyAnswer(Delivered(request, *std::move(key)));
}

http::Router DeliveryRouter(const KeyDelivery& delivery, const Clock& clock, Log log) {
  const auto get = std::bind_front(&KeyDelivery::Get, &delivery);
  const auto complete = [&clock](const http::Request& request, http::Response& response) {
    wire::Complete(request, response, FormatHttpDate(clock.Now()));
  };
  return http::Router({{kGet, kPath, get, Operation::kGetKey},
                       {kPost, kPath, get, Operation::kGetKey},
                       {kOptions, kPath, wire::OptionsAnswer}},
                      {.render_error = wire::RenderError,
                       .render_injected_error = wire::RenderInjectedError,
                       .on_response = complete,
                       .ignore_case = true},
                      std::move(log));
}

}  // namespace msc::keys
