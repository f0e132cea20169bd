#include "storage_stub/protocol/tag_lexer.h"

#include "emulator/base/text.h"

namespace msc::storage {
namespace {

using Kind = TagToken::Kind;

bool IsOfWord(char c) {
  return IsDigit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

void TagLexer::Advance() {
  while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  const std::size_t position = at_ + 1;
  token_ = at_ == text_.size() ? TagToken{} : Read();
  token_.position = position;
}

TagToken TagLexer::Read() {
  switch (const char c = text_[at_]) {
    case '"':
      return Quoted(Kind::kName);
    case '\'':
      return Quoted(Kind::kValue);
    case '(':
      ++at_;
      return {.kind = Kind::kOpen};
    case ')':
      ++at_;
      return {.kind = Kind::kClose};
    case '@': {
      const TagToken word = Word(++at_);
      return {.kind = word.text == "container" ? Kind::kContainer : Kind::kUnknownParameter};
    }
    default:
      return IsOfWord(c) ? Word(at_) : Comparison();
  }
}

TagToken TagLexer::Quoted(Kind kind) {
  const auto end = text_.find(text_[at_], at_ + 1);
  if (end == std::string_view::npos) {
    at_ = text_.size();
    return {.kind = Kind::kInvalid};
  }
  TagToken token{.kind = kind, .text = std::string(text_.substr(at_ + 1, end - at_ - 1))};
  at_ = end + 1;
  return token;
}

TagToken TagLexer::Word(std::size_t begin) {
  while (at_ < text_.size() && IsOfWord(text_[at_])) ++at_;
  const auto word = text_.substr(begin, at_ - begin);
  if (EqualsIgnoringCase(word, "and")) return {.kind = Kind::kAnd};
  if (EqualsIgnoringCase(word, "or")) return {.kind = Kind::kOr};
  return {.kind = Kind::kName, .text = std::string(word)};
}

TagToken TagLexer::Comparison() {
  for (const std::string_view comparison : {"<>", "<=", ">=", "=", "<", ">"}) {
    if (!text_.substr(at_).starts_with(comparison)) continue;
    at_ += comparison.size();
    return {.kind = Kind::kComparison, .text = std::string(comparison)};
  }
  at_ = text_.size();
  return {.kind = Kind::kInvalid};
}

}  // namespace msc::storage
