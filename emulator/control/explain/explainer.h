#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "emulator/base/error.h"
#include "emulator/control/explain/nearest_route.h"
#include "emulator/control/journal/request_record.h"
#include "emulator/videos/video_service.h"

namespace msc::control {

// Says why a request was answered as it was. Thread-safe.
class Explainer {
 public:
  // `routes`: all routes but those of /__admin. REQUIRES: `videos` outlives the object.
  Explainer(std::vector<RouteName> routes, videos::VideoService& videos)
      : routes_(std::move(routes)), videos_(videos) {}

  // {"id","status","because":[…]} and, if they are known, "expected", "received",
  // "firstDifference", "nearest", "history".
  nlohmann::ordered_json Explain(const RequestRecord& record) const;

  // {"method","path"} of the route that was most likely meant; null if none is similar.
  nlohmann::ordered_json Nearest(const RequestRecord& record) const;

 private:
  void AddSignature(const RequestRecord& record, const SignatureMismatch& mismatch,
                    nlohmann::ordered_json& out) const;
  void AddVideo(const RequestRecord& record, nlohmann::ordered_json& out) const;

  const std::vector<RouteName> routes_;
  videos::VideoService& videos_;
};

}  // namespace msc::control
