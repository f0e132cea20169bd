#include "emulator/control/api/request_handlers.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>
#include <variant>

#include "emulator/base/guid.h"
#include "emulator/base/text.h"
#include "emulator/base/time_format.h"
#include "emulator/control/api/answers.h"
#include "emulator/control/api/fault_json.h"
#include "emulator/control/error/control_error.h"
#include "emulator/control/json/render.h"

namespace msc::control {
namespace {

constexpr std::size_t kNearMisses = 3;

http::Response ListAnswer(const std::vector<Entry>& entries) {
  return JsonAnswer(RequestsJson(entries, entries.size()));
}

// The matcher that the body of a find or a count describes.
Result<RequestMatcher> ReadMatcher(const http::Request& request, ExpressionBudget& expressions) {
  const auto json = ReadJson(request);
  if (!json) return json.error();
  auto pattern = ReadPattern(*json, "");
  if (!pattern) return pattern.error();
  return RequestMatcher::Make(*std::move(pattern), expressions);
}

// True or false in the query; false if it is absent.
Result<bool> FlagParameter(const http::Request& request, std::string_view name) {
  const auto text = request.parameter(name);
  if (!text || EqualsIgnoringCase(*text, "false")) return false;
  if (EqualsIgnoringCase(*text, "true")) return true;
  return Error{ControlError::kInvalidArgument,
               std::string(name) + ": '" + *text + "' is not allowed; it must be true or false"};
}

// The start of a list: after the request with an id, or at an instant.
using Since = std::variant<std::uint64_t, Time>;

Result<Since> ReadSince(const http::Request& request) {
  const auto text = request.parameter("since");
  if (!text) return Since(std::uint64_t{0});
  if (const auto id = ParseUnsigned(*text)) return Since(*id);
  if (const auto instant = ParseIso8601(*text)) return Since(*instant);
  return Error{ControlError::kInvalidArgument,
               "since: '" + *text + "' is not allowed; it must be a request's id, or an instant"};
}

bool IsAfter(const RequestRecord& record, const Since& since) {
  if (const auto* id = std::get_if<std::uint64_t>(&since)) return record.id > *id;
  return record.at >= std::get<Time>(since);
}

bool IsUnmatched(const RequestRecord& record) { return !record.is_routed && !record.operation; }

// The latest requests that almost match, with the conditions that they do not meet.
Json NearMisses(const Journal& journal, const RequestMatcher& matcher) {
  std::vector<std::pair<std::vector<std::string>, Entry>> misses;
  for (auto& entry : journal.All()) {
    auto why = matcher.Misses(*entry.record);
    if (!why.empty()) misses.emplace_back(std::move(why), std::move(entry));
  }
  std::reverse(misses.begin(), misses.end());
  std::stable_sort(misses.begin(), misses.end(),
                   [](const auto& a, const auto& b) { return a.first.size() < b.first.size(); });
  misses.resize(std::min(misses.size(), kNearMisses));
  Json json = Json::array();
  for (const auto& [why, entry] : misses) {
    json.push_back({{"request", ShortRequestJson(*entry.record)}, {"because", why}});
  }
  return json;
}

}  // namespace

ControlRoutes RequestHandlers::Routes() const {
  using enum http::Method;
  using std::bind_front;
  return {
      {kGet,
       "/__admin/requests",
       bind_front(&RequestHandlers::List, this),
       "listRequests",
       http::kJsonBodyLimit,
       {"since", "limit", "unmatched"}},
      {kDelete, "/__admin/requests", bind_front(&RequestHandlers::Clear, this), "clearRequests"},
      {kPost, "/__admin/requests/find", bind_front(&RequestHandlers::Find, this), "findRequests"},
      {kPost, "/__admin/requests/count", bind_front(&RequestHandlers::Count, this),
       "countRequests"},
      MayWait({kPost, "/__admin/requests/wait", bind_front(&RequestHandlers::Wait, this),
               "waitForRequests"}),
      {kGet, "/__admin/requests/unmatched", bind_front(&RequestHandlers::Unmatched, this),
       "listUnmatchedRequests"},
      {kGet, "/__admin/requests/{id}", bind_front(&RequestHandlers::Get, this), "getRequest"},
      {kGet, "/__admin/requests/{id}/explain", bind_front(&RequestHandlers::Explain, this),
       "explainRequest"},
  };
}

RequestHandlers::Answer RequestHandlers::List(const http::Request& request) const {
  const auto since = ReadSince(request);
  if (!since) return since.error();
  const auto unmatched = FlagParameter(request, "unmatched");
  if (!unmatched) return unmatched.error();
  const auto limit = NumberParameter(request, "limit", std::numeric_limits<std::uint64_t>::max());
  if (!limit) return limit.error();

  auto entries = control_plane_.journal().All();
  const std::size_t total = entries.size();
  std::erase_if(entries, [&](const Entry& entry) {
    return !IsAfter(*entry.record, *since) || (*unmatched && !IsUnmatched(*entry.record));
  });
  // With `since`, a client reads on from there, so the oldest come first; otherwise the newest do.
  if (!request.parameter("since")) std::reverse(entries.begin(), entries.end());
  if (entries.size() > *limit) entries.resize(static_cast<std::size_t>(*limit));
  return JsonAnswer(RequestsJson(entries, total));
}

RequestHandlers::Answer RequestHandlers::Clear(const http::Request& request) const {
  if (auto nothing = ReadNothing(request); !nothing) return nothing.error();
  control_plane_.journal().Clear();
  return JsonAnswer(Json::object());
}

RequestHandlers::Answer RequestHandlers::Find(const http::Request& request) const {
  const auto matcher = ReadMatcher(request, control_plane_.expressions());
  if (!matcher) return matcher.error();
  return ListAnswer(control_plane_.journal().Find(*matcher));
}

RequestHandlers::Answer RequestHandlers::Count(const http::Request& request) const {
  const auto matcher = ReadMatcher(request, control_plane_.expressions());
  if (!matcher) return matcher.error();
  return JsonAnswer({{"count", control_plane_.journal().Find(*matcher).size()}});
}

RequestHandlers::Answer RequestHandlers::Wait(const http::Request& request) const {
  if (auto may = CheckMayWait(request); !may) return may.error();
  const auto json = ReadJson(request);
  if (!json) return json.error();
  JsonReader reader(*json);
  const auto count = static_cast<std::size_t>(reader.Integer("count", 1, 1000).value_or(1));
  const auto timeout = ReadTimeout(reader);
  const Json* const given = reader.Object("pattern");
  auto pattern = given != nullptr ? ReadPattern(*given, "pattern") : RequestPattern();
  if (!pattern) return pattern.error();
  if (auto done = reader.Done(); !done) return done.error();
  const auto matcher = RequestMatcher::Make(*std::move(pattern), control_plane_.expressions());
  if (!matcher) return matcher.error();

  const Journal& journal = control_plane_.journal();
  const bool came = journal.WaitFor(*matcher, count, timeout, request.is_client_gone);
  Json body = {{"count", journal.Find(*matcher).size()}};
  if (!came) body["nearMisses"] = NearMisses(journal, *matcher);
  return JsonAnswer(body, came ? 200 : 408);
}

RequestHandlers::Answer RequestHandlers::Unmatched(const http::Request&) const {
  Json json = Json::array();
  for (const auto& entry : control_plane_.journal().Unmatched()) {
    Json row = RequestJson(entry);
    row["nearest"] = control_plane_.explainer().Nearest(*entry.record);
    json.push_back(std::move(row));
  }
  const std::size_t total = json.size();
  return JsonAnswer({{"requests", std::move(json)}, {"meta", {{"total", total}}}});
}

Result<Entry> RequestHandlers::EntryOf(const http::Request& request) const {
  if (const auto service_id = ParseGuid(request.capture("id"))) {
    auto entry = control_plane_.journal().FindByServiceId(*service_id);
    if (entry) return *std::move(entry);
    return Error{ControlError::kNotFound,
                 "the journal has no response with the x-ms-request-id " + *service_id};
  }
  const auto id = NumberIn(request, "id");
  if (!id) return id.error();
  auto entry = control_plane_.journal().Get(static_cast<std::uint64_t>(*id));
  if (entry) return *std::move(entry);
  return Error{ControlError::kNotFound,
               "the journal has no request " + std::to_string(*id) + " (any more)"};
}

RequestHandlers::Answer RequestHandlers::Get(const http::Request& request) const {
  const auto entry = EntryOf(request);
  if (!entry) return entry.error();
  return JsonAnswer(WholeRequestJson(*entry));
}

RequestHandlers::Answer RequestHandlers::Explain(const http::Request& request) const {
  const auto entry = EntryOf(request);
  if (!entry) return entry.error();
  return JsonAnswer(control_plane_.explainer().Explain(*entry->record));
}

}  // namespace msc::control
