#include "storage_stub/protocol/tag_query.h"

#include <algorithm>
#include <utility>

#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/tag_lexer.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

using Kind = TagToken::Kind;

constexpr int kDeepest = 20;  // Parentheses in each other.

// The comparison and the value behind a name.
std::optional<TagCondition> ReadComparison(TagLexer& lexer, std::string name) {
  if (lexer.token().kind != Kind::kComparison) return std::nullopt;
  std::string comparison = lexer.Take().text;
  if (lexer.token().kind != Kind::kValue) return std::nullopt;
  return TagCondition{std::move(name), std::move(comparison), lexer.Take().text};
}

// False if it is malformed.
bool ReadWhere(TagLexer& lexer, TagWhere& where) {
  do {
    const bool is_container = lexer.token().kind == Kind::kContainer;
    if (!is_container && lexer.token().kind != Kind::kName) return false;
    auto condition = ReadComparison(lexer, lexer.Take().text);
    if (!condition || condition->comparison == "<>") return false;
    if (!is_container) {
      where.conditions.push_back(*std::move(condition));
    } else if (condition->comparison != "=" || !where.container.empty()) {
      return false;
    } else {
      where.container = std::move(condition->value);
    }
  } while (lexer.TakeIf(Kind::kAnd));
  return lexer.token().kind == Kind::kEnd && !where.conditions.empty();
}

// Evaluates while it parses. Each method returns nullopt for a malformed part.
class Evaluation {
 public:
  Evaluation(std::string_view text, const Tags& tags) : lexer_(text), tags_(tags) {}

  std::optional<bool> Run() {
    const auto holds = Or(0);
    return lexer_.token().kind == Kind::kEnd ? holds : std::nullopt;
  }

 private:
  std::optional<bool> Or(int depth) {
    auto holds = And(depth);
    while (holds && lexer_.TakeIf(Kind::kOr)) {
      const auto other = And(depth);
      holds = other ? std::optional(*holds || *other) : std::nullopt;
    }
    return holds;
  }

  std::optional<bool> And(int depth) {
    auto holds = Term(depth);
    while (holds && lexer_.TakeIf(Kind::kAnd)) {
      const auto other = Term(depth);
      holds = other ? std::optional(*holds && *other) : std::nullopt;
    }
    return holds;
  }

  std::optional<bool> Term(int depth) {
    if (lexer_.TakeIf(Kind::kOpen)) {
      if (depth == kDeepest) return std::nullopt;
      const auto holds = Or(depth + 1);
      return lexer_.TakeIf(Kind::kClose) ? holds : std::nullopt;
    }
    if (lexer_.token().kind != Kind::kName) return std::nullopt;
    const auto condition = ReadComparison(lexer_, lexer_.Take().text);
    if (!condition) return std::nullopt;
    return condition->Holds(tags_);
  }

  TagLexer lexer_;
  const Tags& tags_;
};

}  // namespace

bool TagCondition::Holds(const Tags& tags) const {
  const auto tag = std::find_if(tags.begin(), tags.end(),
                                [&](const auto& candidate) { return candidate.first == name; });
  if (tag == tags.end()) return comparison == "<>";
  const int order = tag->second.compare(value);
  if (comparison == "<>") return order != 0;
  return (order == 0 && comparison.ends_with('=')) || (order < 0 && comparison.starts_with('<')) ||
         (order > 0 && comparison.starts_with('>'));
}

Result<TagWhere> ParseWhere(const std::string& text) {
  TagLexer lexer(text);
  TagWhere where;
  if (ReadWhere(lexer, where)) return where;
  Error error = BadParameter(StorageError::kInvalidQueryParameterValue, wire::kWhere, text);
  error.message +=
      ": at or near character " + std::to_string(lexer.token().position) + " of the expression";
  return error;
}

std::optional<bool> Evaluate(std::string_view condition, const Tags& tags) {
  return Evaluation(condition, tags).Run();
}

}  // namespace msc::storage
