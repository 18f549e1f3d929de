// SPDX-License-Identifier: Apache-2.0
#include "pure/promise/lex.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/time.h"
#include "pure/promise/characters.h"

namespace handslag::promise {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_joiner(char c) {
  return c == '.' || c == '-' || c == '@' || c == ':';
}

// What stands at the start of a run of word characters and joiners.
enum class Shape { Word, Number, NumberWithUnit, Date, Instant, BadNumber };

std::size_t digits_at_start(std::string_view run) {
  std::size_t n = 0;
  while (n < run.size() && is_digit(run[n])) ++n;
  return n;
}

// "12", "-12", "12.5": its length; 0 where there is none.
std::size_t number_at_start(std::string_view run) {
  const std::size_t sign = !run.empty() && run[0] == '-' ? 1 : 0;
  const std::size_t whole = digits_at_start(run.substr(sign));
  if (whole == 0) return 0;
  std::size_t length = sign + whole;
  if (length + 1 < run.size() && run[length] == '.' && is_digit(run[length + 1])) {
    length += 1 + digits_at_start(run.substr(length + 1));
  }
  return length;
}

bool looks_like_date(std::string_view run) {
  constexpr std::string_view kPattern = "0000-00-00";
  if (run.size() < kPattern.size()) return false;
  for (std::size_t i = 0; i < kPattern.size(); ++i) {
    if (kPattern[i] == '0' ? !is_digit(run[i]) : run[i] != kPattern[i]) return false;
  }
  return true;
}

bool is_unit(std::string_view word) {
  constexpr std::array<Keyword, 4> kUnits{Keyword::Second, Keyword::Minute, Keyword::Hour, Keyword::Day};
  return std::any_of(kUnits.begin(), kUnits.end(), [word](Keyword unit) {
    return word == spelling(unit, Language::English) || word == spelling(unit, Language::Swedish) ||
           word == singular(unit, Language::English) || word == singular(unit, Language::Swedish);
  });
}

Shape shape_of(std::string_view run) {
  if (looks_like_date(run)) {
    if (run.size() == 10) return Shape::Date;
    if (run[10] == 'T' || run[10] == 't') return Shape::Instant;
  }
  const std::size_t number = number_at_start(run);
  if (number == 0) return Shape::Word;
  if (number == run.size()) return Shape::Number;
  if (is_unit(run.substr(number))) return Shape::NumberWithUnit;
  const bool has_letter =
      std::any_of(run.begin(), run.end(), [](char c) { return !is_digit(c) && !is_joiner(c); });
  return has_letter && run[0] != '-' ? Shape::Word : Shape::BadNumber;
}

class Lexer {
 public:
  Lexer(std::string_view text, DiagnosticList& diagnostics) : text_(text), diagnostics_(diagnostics) {}

  Lexed run() {
    while (at_ < text_.size() && !diagnostics_.full()) step();
    push(TokenKind::End, text_.size());
    return std::move(lexed_);
  }

 private:
  void step() {
    const Character c = first_character(rest());
    if (c.well_formed && is_space_character(c.code)) return space(c);
    if (c.code == '#') return comment();
    if (c.code == '"') return quoted_text();
    const bool negative = c.code == '-' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]);
    if (negative || (c.well_formed && is_word_character(c.code))) return word();
    if (c.well_formed && is_curly_quote(c.code) && curly_text()) return;
    if (!symbol()) junk();
  }

  std::string_view rest() const { return text_.substr(at_); }

  void space(Character c) {
    if (c.code == '\n') {
      ++line_feeds_;
      token_on_line_ = false;
    }
    at_ += c.bytes;
  }

  void push(TokenKind kind, std::size_t end) {
    Token token;
    token.kind = kind;
    token.starts_line = !token_on_line_;
    token.after_blank = line_feeds_ > 1;
    token.span = {static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end - at_)};
    lexed_.tokens.push_back(token);
    token_on_line_ = true;
    line_feeds_ = 0;
    at_ = end;
  }

  void report(DiagnosticCode code, std::size_t from, std::size_t end,
              std::vector<std::string> arguments = {}) {
    diagnostics_.add(code, {static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(end - from)},
                     std::move(arguments));
    lexed_.bad_places.push_back(static_cast<std::uint32_t>(from));
  }

  void comment() {
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    const std::string_view body = trimmed(text_.substr(at_, end - at_));
    if (!is_utf8(body)) report(DiagnosticCode::BadUtf8, at_, at_ + body.size());
    lexed_.comments.push_back({{static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(body.size())},
                               !token_on_line_,
                               line_feeds_ > 1});
    line_feeds_ = 0;
    at_ = end;
  }

  // From the quote to the next one on the same line. An open one ends with its line.
  void quoted_text() {
    std::size_t end = at_ + 1;
    bool bad_escape = false, bad_control = false;
    while (end < text_.size() && text_[end] != '"' && text_[end] != '\n') {
      bad_control = bad_control || (static_cast<unsigned char>(text_[end]) < 0x20 && text_[end] != '\t' &&
                                    text_[end] != '\r');
      if (text_[end] == '\\' && end + 1 < text_.size() && text_[end + 1] != '\n') {
        bad_escape = bad_escape || std::string_view("\"\\nrt").find(text_[end + 1]) == std::string_view::npos;
        ++end;
      }
      ++end;
    }
    const bool closed = end < text_.size() && text_[end] == '"';
    const std::string_view body = text_.substr(at_ + 1, end - at_ - 1);
    if (closed) ++end;
    if (!closed) {
      report(DiagnosticCode::OpenQuote, at_, at_ + 1);
    } else if (!is_utf8(body)) {
      report(DiagnosticCode::BadUtf8, at_, end);
    } else if (bad_escape) {
      report(DiagnosticCode::BadEscape, at_, end);
    } else if (bad_control) {
      report(DiagnosticCode::BadCharacter, at_, end);
    } else if (body.size() > kMaxQuotedBytes) {
      report(DiagnosticCode::TooLong, at_, end, {std::to_string(kMaxQuotedBytes)});
    }
    push(TokenKind::Quoted, end);
  }

  // The end of the longest run of word characters and joiners; joiners at its end do not belong to it.
  std::size_t word_end(std::size_t from) const {
    std::size_t end = from, last = from;
    while (end < text_.size()) {
      const Character c = first_character(text_.substr(end));
      const bool joins = c.well_formed && c.code < 0x80 && is_joiner(static_cast<char>(c.code));
      if (!joins && !(c.well_formed && is_word_character(c.code))) break;
      end += c.bytes;
      if (!joins) last = end;
    }
    return last;
  }

  void word() {
    const std::size_t end = word_end(at_);
    const std::string_view run = text_.substr(at_, end - at_);
    switch (shape_of(run)) {
      case Shape::Number:
        return number(end);
      case Shape::NumberWithUnit:
        return number(at_ + number_at_start(run));
      case Shape::Date:
        if (!parse_date(run)) report(DiagnosticCode::BadDate, at_, end);
        return push(TokenKind::Date, end);
      case Shape::Instant:
        return instant(end);
      case Shape::BadNumber:
        report(DiagnosticCode::BadNumber, at_, end);
        return push(TokenKind::Bad, end);
      case Shape::Word:
        break;
    }
    if (run.size() > kMaxWordBytes) {
      report(DiagnosticCode::TooLong, at_, end, {std::to_string(kMaxWordBytes)});
      return push(TokenKind::Bad, end);
    }
    const bool prefix = text_.substr(end, 2) == ".*";
    push(prefix ? TokenKind::Prefix : TokenKind::Word, prefix ? end + 2 : end);
  }

  void number(std::size_t end) {
    const std::string_view digits = text_.substr(at_, end - at_);
    const bool exact =
        static_cast<std::size_t>(std::count_if(digits.begin(), digits.end(), is_digit)) <= kMaxDigits;
    if (!exact) report(DiagnosticCode::BadNumber, at_, end);
    push(exact ? TokenKind::Number : TokenKind::Bad, end);
  }

  void instant(std::size_t end) {
    if (end < text_.size() && text_[end] == '+') {
      ++end;
      while (end < text_.size() && (is_digit(text_[end]) || text_[end] == ':')) ++end;
    }
    if (!parse_rfc3339(text_.substr(at_, end - at_))) report(DiagnosticCode::BadInstant, at_, end);
    push(TokenKind::Instant, end);
  }

  bool symbol() {
    struct Symbol {
      std::string_view text;
      TokenKind kind;
      std::string_view instead = {};  // what is meant, where the text is another language's
    };
    static constexpr std::array<Symbol, 18> kSymbols{{
        {"==", TokenKind::Equal, "="},
        {"<>", TokenKind::NotEqual, "!="},
        {"=<", TokenKind::LessEqual, "<="},
        {"=>", TokenKind::GreaterEqual, ">="},
        {"!=", TokenKind::NotEqual},
        {"<=", TokenKind::LessEqual},
        {">=", TokenKind::GreaterEqual},
        {"≠", TokenKind::NotEqual, "!="},
        {"≤", TokenKind::LessEqual, "<="},
        {"≥", TokenKind::GreaterEqual, ">="},
        {"=", TokenKind::Equal},
        {"<", TokenKind::Less},
        {">", TokenKind::Greater},
        {",", TokenKind::Comma},
        {"(", TokenKind::Open},
        {")", TokenKind::Close},
        {"%", TokenKind::Percent},
        {"\xEF\xBC\x8C", TokenKind::Comma, ","},
    }};
    for (const Symbol& candidate : kSymbols) {
      if (!rest().starts_with(candidate.text)) continue;
      const std::size_t end = at_ + candidate.text.size();
      if (!candidate.instead.empty()) {
        report(DiagnosticCode::WrongOperator, at_, end,
               {std::string(candidate.text), std::string(candidate.instead)});
      }
      push(candidate.kind, end);
      return true;
    }
    return false;
  }

  // “…” on one line: one diagnostic, then taken for a text. False where it is not closed.
  bool curly_text() {
    std::size_t end = at_ + first_character(rest()).bytes;
    while (end < text_.size() && text_[end] != '\n' && text_[end] != '"') {
      const Character c = first_character(text_.substr(end));
      end += c.bytes;
      if (!is_curly_quote(c.code)) continue;
      report(DiagnosticCode::CurlyQuote, at_, end);
      push(TokenKind::Quoted, end);
      return true;
    }
    return false;
  }

  // One Bad token and one diagnostic for a whole run of what has no meaning.
  void junk() {
    std::size_t end = at_;
    bool well_formed = true, curly = false;
    while (end < text_.size()) {
      const Character c = first_character(text_.substr(end));
      if (c.well_formed && (is_space_character(c.code) || is_word_character(c.code))) break;
      if (c.code < 0x80 &&
          std::string_view("#\"=!<>,()%").find(static_cast<char>(c.code)) != std::string_view::npos &&
          (c.code != '!' || text_.substr(end, 2) == "!=")) {
        break;
      }
      well_formed = well_formed && c.well_formed;
      curly = curly || is_curly_quote(c.code);
      end += c.bytes;
    }
    const DiagnosticCode code = !well_formed ? DiagnosticCode::BadUtf8
                                : curly      ? DiagnosticCode::CurlyQuote
                                             : DiagnosticCode::BadCharacter;
    report(code, at_, end);
    push(TokenKind::Bad, end);
  }

  std::string_view text_;
  DiagnosticList& diagnostics_;
  std::size_t at_ = 0;
  bool token_on_line_ = false;  // a token stands before this place on its line
  std::size_t line_feeds_ = 0;  // since the last token or comment
  Lexed lexed_;
};

std::string_view text_of(std::string_view text, Span span) {
  return text.substr(span.from, span.size);
}

// "lofte hogg …": meant as Swedish, so that the misspelling is all that is wrong.
bool begins_without_dots(std::string_view text, const std::vector<Token>& tokens) {
  if (tokens.empty() || tokens.front().kind != TokenKind::Word) return false;
  const std::string_view known[] = {spelling(Keyword::Promise, Language::Swedish)};
  return nearest_word(text_of(text, tokens.front().span), known).has_value();
}

Language spelling_of_file(std::string_view text, const std::vector<Token>& tokens) {
  for (const Token& token : tokens) {
    if (token.kind != TokenKind::Word) continue;
    const std::string_view word = text_of(text, token.span);
    for (Language language : {Language::English, Language::Swedish}) {
      if (match_keyword({&word, 1}, language).keyword == Keyword::Promise) return language;
    }
  }
  return begins_without_dots(text, tokens) ? Language::Swedish : Language::English;
}

// Words that make a keyword become one token.
void join_keywords(std::string_view text, Language language, std::vector<Token>& tokens) {
  std::size_t out = 0;
  for (std::size_t i = 0; i < tokens.size();) {
    std::array<std::string_view, kMostWords> words;
    std::size_t count = 0;
    while (count < kMostWords && i + count < tokens.size() && tokens[i + count].kind == TokenKind::Word) {
      words[count] = text_of(text, tokens[i + count].span);
      ++count;
    }
    const KeywordMatch match = match_keyword({words.data(), count}, language);
    Token token = tokens[i];
    if (match.words > 0) {
      const Span last = tokens[i + match.words - 1].span;
      token.kind = TokenKind::Keyword;
      token.keyword = match.keyword;
      token.words = static_cast<std::uint8_t>(match.words);
      token.span.size = last.from + last.size - token.span.from;
    }
    tokens[out++] = token;
    i += std::max<std::size_t>(match.words, 1);
  }
  tokens.resize(out);
}

}  // namespace

Lexed lex(std::string_view text, DiagnosticList& diagnostics) {
  Lexed lexed = Lexer(text, diagnostics).run();
  lexed.spelling = spelling_of_file(text, lexed.tokens);
  join_keywords(text, lexed.spelling, lexed.tokens);
  return lexed;
}

std::string unquoted(std::string_view quoted) {
  std::string_view body = quoted.substr(1);
  if (!body.empty() && body.back() == '"') body.remove_suffix(1);
  std::string text;
  text.reserve(body.size());
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (body[i] != '\\' || i + 1 == body.size()) {
      text += body[i];
      continue;
    }
    const char escaped = body[++i];
    text += escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped == 't' ? '\t' : escaped;
  }
  return text;
}

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (char c : text) {
    switch (c) {
      case '"':
        result += "\\\"";
        break;
      case '\\':
        result += "\\\\";
        break;
      case '\n':
        result += "\\n";
        break;
      case '\r':
        result += "\\r";
        break;
      case '\t':
        result += "\\t";
        break;
      default:
        result += c;
    }
  }
  return result + "\"";
}

bool is_word(std::string_view text) {
  if (text.empty() || text.size() > kMaxWordBytes) return false;
  DiagnosticList ignored;
  const Lexed lexed = Lexer(text, ignored).run();
  return lexed.tokens.size() == 2 && lexed.tokens[0].kind == TokenKind::Word &&
         lexed.tokens[0].span.size == text.size();
}

bool is_plain_word(std::string_view text, Language language) {
  return is_word(text) && !begins_keyword(text, language);
}

}  // namespace handslag::promise
