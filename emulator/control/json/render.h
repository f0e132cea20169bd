#pragma once

#include <msc/recorded_request.h>
#include <msc/video.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "emulator/control/journal/request_record.h"

// What the control API, its events and the artifacts of tests show, as JSON.
namespace msc::control {

using Json = nlohmann::ordered_json;

// The text of `json`, in which bytes of clients that are no UTF-8 are replaced.
std::string Dump(const Json& json);

// {"at","videoId","from","to"}
Json TransitionsJson(const std::vector<Transition>& transitions, bool with_video = true);

// The same without "from".
Json PendingJson(const std::vector<Transition>& transitions);

// {"code","videoId","message","firstAt","count"}
Json DiagnosticJson(const Diagnostic& diagnostic);
Json DiagnosticsJson(const std::vector<Diagnostic>& diagnostics);

// In the shape of WireMock's, without the bodies: a thousand of them are many.
Json RequestJson(const Entry& entry);

// The same with what is kept of the bodies: as "body", or, where that is no UTF-8, "bodyAsBase64".
Json WholeRequestJson(const Entry& entry);

// {"requests":[…],"meta":{"total":n}}, where `total` counts those that were left out, too.
Json RequestsJson(const std::vector<Entry>& entries, std::size_t total);

// {"id","operation","videoId","method","url","status","faultId"}: for events.
Json ShortRequestJson(const RequestRecord& record);

// The members that a video has beside those of the Videos API.
Json VideoStateJson(const VideoInfo& info);

// As the C++ API gives it.
RecordedRequest ToRecordedRequest(const Entry& entry);

}  // namespace msc::control
