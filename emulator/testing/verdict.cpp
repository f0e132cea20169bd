#include <msc/testing/printers.h>
#include <msc/testing/verdict.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

namespace msc::testing {
namespace {

// Sentences in the order of their first occurrence, with how often each occurred.
class Tally {
 public:
  void Add(const std::string& sentence) {
    const auto known = std::find_if(counts_.begin(), counts_.end(),
                                    [&](const auto& each) { return each.first == sentence; });
    if (known == counts_.end()) {
      counts_.emplace_back(sentence, 1);
    } else {
      ++known->second;
    }
  }

  void AppendTo(std::vector<std::string>& complaints, const std::string& remedy) const {
    for (const auto& [sentence, count] : counts_) {
      std::string complaint = sentence;
      if (count > 1) complaint.append(" (").append(std::to_string(count)).append(" times)");
      complaints.push_back(complaint.append(". If that is meant, call ").append(remedy));
    }
  }

 private:
  std::vector<std::pair<std::string, int>> counts_;
};

std::string Reasons(const nlohmann::json& explained) {
  std::string reasons;
  for (const auto& reason : explained.at("because")) {
    reasons += (reasons.empty() ? "" : "; ") + reason.get<std::string>();
  }
  return reasons;
}

// "no route matches GET /api/Video/typo; the nearest is GET /api/Videos/{id}"
std::string Unmatched(const Emulator& emulator, const RecordedRequest& request) {
  const std::string what = request.method + ' ' + request.target;
  const auto text = emulator.Explain(request.id);
  if (!text) return "no route matches " + what;  // The journal has dropped it already.
  const auto explained = nlohmann::json::parse(*text);
  const auto expected = explained.value("expected", nlohmann::json::object());
  if (expected.contains("methods")) {
    return what + ": " + Reasons(explained) + ", but " + expected.at("methods").get<std::string>();
  }
  const auto nearest = explained.value("nearest", nlohmann::json());
  if (!nearest.is_object()) return Reasons(explained);
  return Reasons(explained) + "; the nearest is " + nearest.at("method").get<std::string>() + ' ' +
         nearest.at("path").get<std::string>();
}

bool IsAllowed(const Diagnostic& diagnostic, const Allowed& allowed) {
  const auto& codes = allowed.diagnostic_codes;
  return allowed.diagnostics ||
         std::find(codes.begin(), codes.end(), diagnostic.code) != codes.end();
}

std::string InWords(const Diagnostic& diagnostic) {
  std::ostringstream text;
  PrintTo(diagnostic, &text);
  return text.str();
}

}  // namespace

std::vector<std::string> Complaints(const Emulator& emulator, const Allowed& allowed) {
  std::vector<std::string> complaints;
  if (!allowed.unmatched_requests) {
    Tally tally;
    for (const auto& request : emulator.UnmatchedRequests()) {
      tally.Add(Unmatched(emulator, request));
    }
    tally.AppendTo(complaints, "AllowUnmatchedRequests()");
  }
  if (!allowed.unused_faults) {
    Tally tally;
    for (const auto& fault : emulator.UnusedFaults()) {
      tally.Add("a fault never fired: " + fault);
    }
    tally.AppendTo(complaints, "AllowUnusedFaults()");
  }
  for (const auto& diagnostic : emulator.Diagnostics()) {
    if (IsAllowed(diagnostic, allowed)) continue;
    complaints.push_back(InWords(diagnostic) +
                         ". If that is meant, call AllowDiagnostics(msc::DiagnosticCode::k" +
                         std::string(Name(diagnostic.code)) + ")");
  }
  return complaints;
}

}  // namespace msc::testing
