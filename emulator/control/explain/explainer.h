#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "emulator/base/error.h"
#include "emulator/control/explain/nearest_route.h"
#include "emulator/control/journal/request_record.h"
#include "emulator/videos/video_service.h"

namespace msc::control {

// Why a request was rejected or disturbed, each in one line of words.
struct Reason {
  std::string because;
  std::string hint;  // What to do about it; empty: nothing is known.
};

// Whether a page of a browser cannot read the response, because its origin is not allowed.
bool IsHiddenFromPage(const RequestRecord& record);

// Says why a request was answered as it was: the only source of the reasons that `explain`, the log
// and the fixture of tests show. Thread-safe.
class Explainer {
 public:
  // `routes`: all routes but those of /__admin. REQUIRES: `videos` outlives the object.
  Explainer(std::vector<RouteName> routes, videos::VideoService& videos)
      : routes_(std::move(routes)), videos_(videos) {}

  // {"id","status","because":[…]} and, if they are known, "expected", "received",
  // "firstDifference", "nearest", "history", and "hint": what to do, in words.
  nlohmann::ordered_json Explain(const RequestRecord& record) const;

  // The members "because" and "hint" of the same.
  Reason ReasonFor(const RequestRecord& record) const;

  // {"method","path"} of the route that was most likely meant; null if none is similar.
  nlohmann::ordered_json Nearest(const RequestRecord& record) const;

 private:
  void Describe(const RequestRecord& record, nlohmann::ordered_json& out) const;
  void AddRoute(const RequestRecord& record, nlohmann::ordered_json& out) const;
  void AddError(const RequestRecord& record, nlohmann::ordered_json& out) const;
  std::string HintFor(const RequestRecord& record) const;
  std::string KeyHint(const RequestRecord& record) const;
  void AddSignature(const RequestRecord& record, const SignatureMismatch& mismatch,
                    nlohmann::ordered_json& out) const;
  void AddVideo(const RequestRecord& record, nlohmann::ordered_json& out) const;

  const std::vector<RouteName> routes_;
  videos::VideoService& videos_;
};

}  // namespace msc::control
