// SPDX-License-Identifier: Apache-2.0
// Looking, taking and complaining: what every function of the parser stands on.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "pure/promise/parser.h"

namespace handslag::promise {
namespace {

std::string in_ticks(std::string_view text) {
  constexpr std::size_t kMostShown = 60;
  std::string shown = "`";
  for (char c : text.substr(0, kMostShown)) shown += c == '\n' || c == '\t' || c == '\r' ? ' ' : c;
  // Why: a cut must not fall inside a character.
  if (text.size() > kMostShown) {
    while ((static_cast<unsigned char>(shown.back()) & 0xC0U) == 0x80U) shown.pop_back();
    if (static_cast<unsigned char>(shown.back()) >= 0xC0U) shown.pop_back();
    shown += "…";
  }
  return shown + "`";
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

bool is_wordlike(const Token& token) {
  return token.kind == TokenKind::Word || (token.kind == TokenKind::Keyword && token.words == 1);
}

std::size_t count_words(std::string_view phrase) {
  return 1 + static_cast<std::size_t>(std::count(phrase.begin(), phrase.end(), ' '));
}

}  // namespace

const Token& Parser::token(std::size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

bool Parser::at(Keyword keyword, std::size_t ahead) const {
  const Token& here = token(ahead);
  return here.kind == TokenKind::Keyword && spelled_alike(here.keyword, keyword, spelling_);
}

bool Parser::at_one_of(Keywords keywords) const {
  return std::any_of(keywords.begin(), keywords.end(), [this](Keyword keyword) { return at(keyword); });
}

bool Parser::at_keyword_as_name() const {
  return at(TokenKind::Keyword) && token().words == 1 && !token().starts_line;
}

// Why: in `when then B` the event is missing, in `when total then B` it bears a keyword's name.
bool Parser::at_reserved_name() const {
  if (!at_keyword_as_name()) return false;
  const TokenKind next = token(1).kind;
  return next != TokenKind::Word && next != TokenKind::Prefix && next != TokenKind::Quoted &&
         next != TokenKind::Number;
}

bool Parser::take(TokenKind kind) {
  if (!at(kind)) return false;
  ++at_;
  return true;
}

bool Parser::take(Keyword keyword) {
  if (!at(keyword)) return false;
  ++at_;
  return true;
}

bool Parser::accept(Keyword keyword) {
  if (take(keyword)) return true;
  const Repair found_repair = repair({keyword});
  if (found_repair.tokens == 0) return false;
  apply(found_repair, {keyword});
  return true;
}

std::optional<Keyword> Parser::expect(Keywords keywords) {
  for (Keyword keyword : keywords) {
    if (take(keyword)) return keyword;
  }
  const Repair found_repair = repair(keywords);
  if (found_repair.tokens == 0) {
    if (!at(TokenKind::Bad)) report(DiagnosticCode::Expected, token().span, found_and(keywords));
    return std::nullopt;
  }
  apply(found_repair, keywords);
  return found_repair.keyword;
}

bool Parser::expect(TokenKind kind, std::string_view noun) {
  if (take(kind)) return true;
  report_expected(noun);
  return false;
}

Parser::Repair Parser::repair(Keywords keywords) const {
  if (!is_wordlike(token())) return {};
  std::array<std::string_view, kMostWords> words;
  std::size_t count = 0;
  while (count < kMostWords && is_wordlike(token(count))) {
    words[count] = text_of(token(count).span);
    ++count;
  }
  if (at(TokenKind::Word)) {
    const KeywordMatch other = match_keyword({words.data(), count}, other_spelling());
    for (Keyword keyword : keywords) {
      if (spelled_alike(other.keyword, keyword, other_spelling())) return {keyword, other.words, true};
    }
  }
  return nearest(keywords);
}

// "onlyafter" in one word, "only afetr" in as many as it has; a keyword begins it only if a word follows.
Parser::Repair Parser::nearest(Keywords keywords) const {
  for (std::size_t length = 1; length <= kMostWords; ++length) {
    bool possible = at(TokenKind::Word) || (length > 1 && token(1).kind == TokenKind::Word);
    for (std::size_t i = 0; i < length; ++i) possible = possible && is_wordlike(token(i));
    if (!possible) continue;
    std::vector<std::string_view> candidates;
    for (Keyword keyword : keywords) {
      const std::string_view wanted = spelling(keyword, spelling_);
      if (length == 1 || count_words(wanted) == length) candidates.push_back(wanted);
    }
    const auto near = nearest_word(lower(joined_words(length)), candidates);
    if (!near) continue;
    for (Keyword keyword : keywords) {
      if (spelling(keyword, spelling_) == *near) return {keyword, length, false};
    }
  }
  return {};
}

std::string Parser::joined_words(std::size_t tokens) const {
  std::string joined;
  for (std::size_t i = 0; i < tokens; ++i) {
    joined += i == 0 ? "" : " ";
    joined += text_of(token(i).span);
  }
  return joined;
}

void Parser::apply(const Repair& repair, Keywords expected) {
  const std::size_t first = at_;
  const std::string written = in_ticks(joined_words(repair.tokens));
  at_ += repair.tokens;
  if (repair.other_spelling) {
    now_->sound = false;
    if (std::exchange(mixture_reported_, true)) return;  // once a promise says enough
    report(DiagnosticCode::MixedSpelling, from_token(first), {written, shown(repair.keyword)},
           std::string(spelling(repair.keyword, spelling_)));
    return;
  }
  std::vector<std::string> arguments{written};
  for (Keyword keyword : expected) arguments.push_back(shown(keyword));
  report(expected.size() == 0 ? DiagnosticCode::UnknownWord : DiagnosticCode::Expected, from_token(first),
         std::move(arguments), std::string(spelling(repair.keyword, spelling_)));
}

std::string Parser::found() const {
  return at(TokenKind::End) ? "@end" : in_ticks(text_of(token().span));
}

std::string Parser::shown(Keyword keyword) const {
  return in_ticks(spelling(keyword, spelling_));
}

std::vector<std::string> Parser::found_and(Keywords keywords) const {
  std::vector<std::string> arguments{found()};
  for (Keyword keyword : keywords) arguments.push_back(shown(keyword));
  return arguments;
}

void Parser::report(DiagnosticCode code, Span span, std::vector<std::string> arguments,
                    std::string suggestion) {
  if (now_ != nullptr && severity_of(code) == Severity::Error) now_->sound = false;
  diagnostics_.add(code, span, std::move(arguments), std::move(suggestion));
}

void Parser::report_expected(std::string_view noun) {
  if (at(TokenKind::Bad)) {
    if (now_ != nullptr) now_->sound = false;  // the lexer has said why
    return;
  }
  report(DiagnosticCode::Expected, token().span, {found(), std::string(noun)});
}

Span Parser::from_token(std::size_t first) const {
  const Span start = tokens_[first].span, end = tokens_[std::max(at_, first + 1) - 1].span;
  return {start.from, end.from + end.size - start.from};
}

}  // namespace handslag::promise
