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

  // Each sentence once, with its count if it occurred more often.
  std::vector<std::string> Sentences() const {
    std::vector<std::string> sentences;
    for (const auto& [sentence, count] : counts_) {
      const std::string times = count > 1 ? " (" + std::to_string(count) + " times)" : "";
      sentences.push_back(sentence + times);
    }
    return sentences;
  }

  void AppendTo(std::vector<std::string>& complaints, const std::string& remedy) const {
    for (auto& sentence : Sentences()) {
      complaints.push_back(std::move(sentence.append(". If that is meant, call ").append(remedy)));
    }
  }

 private:
  std::vector<std::pair<std::string, int>> counts_;
};

// Why it was answered as it was and what to do: the members "because" and "hint".
std::string Reasons(const nlohmann::json& explained) {
  std::string reasons;
  for (const auto& reason : explained.at("because")) {
    reasons += (reasons.empty() ? "" : "; ") + reason.get<std::string>();
  }
  const std::string hint = explained.value("hint", "");
  return hint.empty() ? reasons : reasons + "; " + hint;
}

// "GET /api/Video/typo: 404, no route matches GET /api/Video/typo; the nearest is …"
std::string Rejection(const Emulator& emulator, const RecordedRequest& request) {
  const std::string what = request.method + ' ' + request.target + ": ";
  const auto text = emulator.Explain(request.id);
  if (!text) return what + std::to_string(request.status);  // The journal has dropped it already.
  return what + std::to_string(request.status) + ", " + Reasons(nlohmann::json::parse(*text));
}

// Whether a page that sent it cannot read the response.
bool IsHidden(const Emulator& emulator, const RecordedRequest& request) {
  const bool has_origin = std::any_of(request.headers.begin(), request.headers.end(),
                                      [](const auto& header) { return header.first == "Origin"; });
  if (!has_origin) return false;
  const auto text = emulator.Explain(request.id);
  return text && nlohmann::json::parse(*text).contains("hint");
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
      tally.Add(Rejection(emulator, request));
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

std::vector<std::string> Rejections(const Emulator& emulator) {
  Tally tally;
  for (const auto& request : emulator.Requests()) {
    if (request.decided >= 400 || IsHidden(emulator, request)) {
      tally.Add(Rejection(emulator, request));
    }
  }
  return tally.Sentences();
}

}  // namespace msc::testing
