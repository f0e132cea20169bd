#include "storage_stub/protocol/tag_query.h"

#include <algorithm>
#include <set>
#include <string>
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

// Parses the parameter `where`. What is wrong with it is told in the service's words.
class WhereParser {
 public:
  explicit WhereParser(std::string_view text) : lexer_(text) {}

  // False if it is malformed.
  bool Run() {
    do {
      if (!ReadCondition()) return false;
    } while (lexer_.TakeIf(Kind::kAnd));
    if (lexer_.token().kind != Kind::kEnd) return Fail("expected 'AND' or the end");
    if (where_.conditions.empty()) return Fail("a query compares at least one tag");
    if (names_.size() <= kMaxTags) return true;
    problem_ = ": there can be at most 10 unique tags in a query";
    return false;
  }

  TagWhere TakeWhere() { return std::move(where_); }
  const std::string& problem() const { return problem_; }

 private:
  bool ReadCondition() {
    const TagToken token = lexer_.token();
    if (token.kind == Kind::kUnknownParameter) return Fail("unsupported parameter");
    const bool is_container = token.kind == Kind::kContainer;
    if (!is_container && token.kind != Kind::kName) return Fail("expected the name of a tag");
    if (!is_container && !IsTagText(token.text)) return Fail(kBadCharacter);
    if (!is_container && !IsTagName(token.text)) {
      return Fail("tag must be between 1 and 128 characters in length");
    }
    auto condition = ReadComparison(lexer_, lexer_.Take().text);
    if (!condition) return Fail("expected a comparison and a value in single quotes");
    return is_container ? AddContainer(*std::move(condition)) : AddTag(*std::move(condition));
  }

  bool AddContainer(TagCondition condition) {
    if (condition.comparison != "=" || !where_.container.empty()) {
      return Fail("@container is compared once, with =");
    }
    where_.container = std::move(condition.value);
    return true;
  }

  bool AddTag(TagCondition condition) {
    if (condition.comparison == "<>") return Fail("unsupported operator");
    if (!IsTagText(condition.value)) return Fail(kBadCharacter);
    if (!IsTagValue(condition.value)) {
      return Fail("tag value must be between 0 and 256 characters in length");
    }
    names_.insert(condition.name);
    where_.conditions.push_back(std::move(condition));
    return true;
  }

  bool Fail(std::string_view what) {
    problem_ = " at or near character position " + std::to_string(lexer_.token().position) + ": ";
    problem_ += what;
    return false;
  }

  static constexpr std::string_view kBadCharacter =
      "a character is not permitted in tag name or value";

  TagLexer lexer_;
  TagWhere where_;
  std::set<std::string> names_;
  std::string problem_;
};

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
    if (!condition || !IsTagText(condition->name) || !IsTagText(condition->value)) {
      return std::nullopt;
    }
    return condition->Holds(tags_);
  }

  TagLexer lexer_;
  const Tags& tags_;
};

}  // namespace

bool TagCondition::Holds(const Tags& tags) const {
  const auto tag = std::find_if(tags.begin(), tags.end(),
                                [&](const auto& candidate) { return candidate.first == name; });
  if (tag == tags.end()) return false;
  const int order = tag->second.compare(value);
  if (comparison == "<>") return order != 0;
  return (order == 0 && comparison.ends_with('=')) || (order < 0 && comparison.starts_with('<')) ||
         (order > 0 && comparison.starts_with('>'));
}

Result<TagWhere> ParseWhere(const std::string& text) {
  WhereParser parser(text);
  if (parser.Run()) return parser.TakeWhere();
  Error error = BadParameter(StorageError::kMalformedTagQuery, wire::kWhere, text);
  error.message = "Error parsing query" + parser.problem();
  return error;
}

std::optional<bool> Evaluate(std::string_view condition, const Tags& tags) {
  return Evaluation(condition, tags).Run();
}

}  // namespace msc::storage
