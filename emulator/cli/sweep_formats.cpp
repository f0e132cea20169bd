#include "emulator/cli/sweep_formats.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>

#include "emulator/base/encoding.h"

namespace msc {
namespace {

using Json = nlohmann::ordered_json;

// Why a point counts as failed; empty if it does not.
std::string FailureOf(const FaultPoint& point) {
  std::string failure = point.survived ? "" : "did not survive: " + point.failure;
  for (const auto& effect : point.extra_effects) failure += (failure.empty() ? "" : "; ") + effect;
  return failure;
}

Json PointJson(const FaultPoint& point) {
  return {{"request", point.request},           {"what", point.what},
          {"fault", Name(point.fault)},         {"fired", point.fired},
          {"survived", point.survived},         {"failure", point.failure},
          {"extraEffects", point.extra_effects}};
}

void WriteJson(const SweepReport& report, std::ostream& out) {
  Json json = {
      {"passed", report.Passed()}, {"requests", report.requests}, {"points", Json::array()}};
  for (const auto& point : report.points) json["points"].push_back(PointJson(point));
  out << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

// The text without control characters, which XML cannot contain.
std::string Attribute(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return '"' + MarkupEscape(text) + '"';
}

void WriteJunitCase(const FaultPoint& point, std::ostream& out) {
  const std::string name = "request " + std::to_string(point.request) + ", " +
                           std::string(Name(point.fault)) + ", " + point.what;
  out << "  <testcase classname=\"msc-emulator sweep\" name=" << Attribute(name);
  const std::string failure = FailureOf(point);
  if (!failure.empty()) {
    out << "><failure message=" << Attribute(failure) << "/></testcase>\n";
  } else if (!point.fired) {
    out << "><skipped message=\"the request did not come\"/></testcase>\n";
  } else {
    out << "/>\n";
  }
}

void WriteJunit(const SweepReport& report, std::ostream& out) {
  const auto count = [&report](auto&& holds) {
    return std::count_if(report.points.begin(), report.points.end(), holds);
  };
  const auto failed = [](const FaultPoint& point) { return !FailureOf(point).empty(); };
  out << R"(<?xml version="1.0" encoding="UTF-8"?>)" << '\n'
      << "<testsuite name=\"msc-emulator sweep\" tests=\"" << report.points.size()
      << "\" failures=\"" << count(failed) << "\" errors=\"0\" skipped=\""
      << count([&](const FaultPoint& point) { return !failed(point) && !point.fired; }) << "\">\n";
  for (const auto& point : report.points) WriteJunitCase(point, out);
  out << "</testsuite>\n";
}

}  // namespace

void WriteReport(const SweepReport& report, std::string_view format, std::ostream& out) {
  if (format == "json") return WriteJson(report, out);
  if (format == "junit") return WriteJunit(report, out);
  out << report;
}

}  // namespace msc
