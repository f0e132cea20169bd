#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace msc::storage {

// A part of an expression about tags.
struct TagToken {
  enum class Kind {
    kEnd,
    kName,
    kValue,
    kComparison,
    kAnd,
    kOr,
    kOpen,
    kClose,
    kContainer,         // @container
    kUnknownParameter,  // Any other one with @.
    kInvalid,
  };

  Kind kind = Kind::kEnd;
  std::string text = {};     // Without quotes.
  std::size_t position = 0;  // Of its first character, from 1 on.
};

// Splits an expression into tokens; there is always a current one.
class TagLexer {
 public:
  // REQUIRES: `text` outlives the lexer.
  explicit TagLexer(std::string_view text) : text_(text) { Advance(); }

  const TagToken& token() const { return token_; }

  // Moves to the next token and returns the current one.
  TagToken Take() {
    TagToken taken = std::move(token_);
    Advance();
    return taken;
  }

  // The same if the current one is of that kind.
  bool TakeIf(TagToken::Kind kind) {
    if (token_.kind != kind) return false;
    Advance();
    return true;
  }

 private:
  void Advance();
  TagToken Read();
  TagToken Quoted(TagToken::Kind kind);
  TagToken Word(std::size_t begin);
  TagToken Comparison();

  std::string_view text_;
  std::size_t at_ = 0;
  TagToken token_;
};

}  // namespace msc::storage
