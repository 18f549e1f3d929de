// SPDX-License-Identifier: Apache-2.0
// First stage: text → tokens. Total and linear for any bytes; what is no token of the language becomes a Bad
// token and one diagnostic. Not for you unless you write a stage: see parse.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pure/promise/diagnostic_list.h"
#include "pure/promise/keywords.h"

namespace handslag::promise {

inline constexpr std::size_t kMaxWordBytes = 256;
inline constexpr std::size_t kMaxQuotedBytes = 4'096;
inline constexpr std::size_t kMaxDigits = 15;  // of a number: what a double holds exactly

enum class TokenKind : std::uint8_t {
  Word,    // order.placed, customer_no@billing, case:channel
  Prefix,  // order.*
  Quoted,
  Number,
  Date,
  Instant,
  Keyword,  // in the file's spelling; of several words: from the first to the last
  Comma,
  Open,
  Close,
  Percent,
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  Bad,  // already reported
  End,
};

struct Token {
  TokenKind kind = TokenKind::End;
  Keyword keyword = Keyword::None;
  std::uint8_t words = 1;    // of a keyword
  bool starts_line = false;  // no token stands before it on its line
  bool after_blank = false;  // an empty line stands before it
  Span span;
};

struct Comment {
  Span span;                 // from the # to the end of the line, without white space at its end
  bool own_line = false;     // no token stands before it on its line
  bool after_blank = false;  // an empty line stands before it
};

struct Lexed {
  std::vector<Token> tokens;  // the last is End
  std::vector<Comment> comments;
  std::vector<std::uint32_t> bad_places;  // of errors, ascending
  Language spelling = Language::English;  // by the first `promise` or `löfte`
};

/// Reports to `diagnostics`. REQUIRES: text.size() ≤ kMaxTextBytes.
Lexed lex(std::string_view text, DiagnosticList& diagnostics);

/// The text that a Quoted token stands for.
std::string unquoted(std::string_view quoted);
/// The other way: quotes around, \" \\ \n \r \t for what cannot stand inside.
std::string quoted(std::string_view text);

/// True where `text` on its own is one Word of this spelling that begins no keyword: it needs no quotes as a
/// name.
bool is_plain_word(std::string_view text, Language language);
/// True where `text` on its own is one Word, keyword or not.
bool is_word(std::string_view text);

}  // namespace handslag::promise
