#pragma once

#include <msc/recorded_request.h>
#include <msc/video.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "emulator/control/journal/request_record.h"

// The JSON of the control API, of its events and of the artifacts of tests.
namespace msc::control {

using Json = nlohmann::ordered_json;

// The text of `json`. Bytes that are not UTF-8 are replaced.
std::string Dump(const Json& json);

// {"at","videoId","from","to"}
Json TransitionsJson(const std::vector<Transition>& transitions, bool with_video = true);

// The same without "from".
Json PendingJson(const std::vector<Transition>& transitions);

// {"code","videoId","message","firstAt","count"}
Json DiagnosticJson(const Diagnostic& diagnostic);
Json DiagnosticsJson(const std::vector<Diagnostic>& diagnostics);

// In the form of WireMock's, without the bodies, which would be large for a thousand requests.
Json RequestJson(const Entry& entry);

// The same with the bodies as far as they are kept: as "body", or as "bodyAsBase64" if they are not
// UTF-8.
Json WholeRequestJson(const Entry& entry);

// {"requests":[…],"meta":{"total":n}}; `total` includes requests that were left out.
Json RequestsJson(const std::vector<Entry>& entries, std::size_t total);

// {"id","operation","videoId","method","url","status","faultId"}, for events.
Json ShortRequestJson(const RequestRecord& record);

// {"state":"working","phase":"packaging","percent":42}, {"state":"ready","tracks":[…]} or
// {"state":"none","problem":"…"}.
Json MediaJson(const MediaInfo& media);

// The members of a video that the Videos API does not have.
Json VideoStateJson(const VideoInfo& info);

// The record in the form of the C++ API.
RecordedRequest ToRecordedRequest(const Entry& entry);

}  // namespace msc::control
