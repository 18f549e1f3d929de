// SPDX-License-Identifier: Apache-2.0
// Event patterns, names, durations and numbers.
#include <array>

#include "base/text.h"
#include "pure/promise/parser.h"

namespace handslag::promise {
namespace {

using model::Duration;
using model::DurationUnit;

struct UnitWord {
  Keyword keyword;
  DurationUnit unit;
};
constexpr std::array<UnitWord, 6> kUnits{{{Keyword::Second, DurationUnit::Seconds},
                                          {Keyword::Minute, DurationUnit::Minutes},
                                          {Keyword::Hour, DurationUnit::Hours},
                                          {Keyword::Day, DurationUnit::Days},
                                          {Keyword::BusinessDay, DurationUnit::BusinessDays},
                                          {Keyword::BusinessHour, DurationUnit::BusinessHours}}};

// What people write instead, in either language.
struct UsualWord {
  std::string_view written;
  Keyword meant;
};
constexpr std::array<UsualWord, 17> kUsualWords{{
    {"second", Keyword::Second},
    {"seconds", Keyword::Second},
    {"sec", Keyword::Second},
    {"sek", Keyword::Second},
    {"sekund", Keyword::Second},
    {"sekunder", Keyword::Second},
    {"minute", Keyword::Minute},
    {"minutes", Keyword::Minute},
    {"mins", Keyword::Minute},
    {"minut", Keyword::Minute},
    {"minuter", Keyword::Minute},
    {"hour", Keyword::Hour},
    {"hours", Keyword::Hour},
    {"hrs", Keyword::Hour},
    {"timme", Keyword::Hour},
    {"timmar", Keyword::Hour},
    {"tim", Keyword::Hour},
}};

std::int64_t longest(DurationUnit unit) {
  constexpr std::int64_t kHours = model::kLongestDurationDays * 24;
  switch (unit) {
    case DurationUnit::Seconds:
      return kHours * 3'600;
    case DurationUnit::Minutes:
      return kHours * 60;
    case DurationUnit::Hours:
    case DurationUnit::BusinessHours:
      return kHours;
    case DurationUnit::Days:
    case DurationUnit::BusinessDays:
      return model::kLongestDurationDays;
  }
  return 0;
}

}  // namespace

std::optional<TypePattern> Parser::type_pattern() {
  const Span span = token().span;
  if (take(TokenKind::Word)) return TypePattern{std::string(text_of(span)), false, span};
  if (at_quoted_name()) {
    ++at_;
    return TypePattern{unquoted(text_of(span)), false, span};
  }
  if (take(TokenKind::Prefix)) {
    std::string_view text = text_of(span);
    text.remove_suffix(1);
    return TypePattern{std::string(text), true, span};
  }
  if (at_reserved_name()) {
    report(DiagnosticCode::ReservedWord, span, {found()});
    ++at_;
    return TypePattern{std::string(text_of(span)), false, span};
  }
  report_expected("@event");
  return std::nullopt;
}

std::optional<EventPattern> Parser::event(bool in_group) {
  const std::size_t first = at_;
  auto type = type_pattern();
  if (!type) return std::nullopt;
  EventPattern event;
  event.type = *std::move(type);
  if (accept(Keyword::As)) {
    const bool named = at(TokenKind::Word) || at_keyword_as_name();
    if (!named || text_of(token().span).find('.') != std::string_view::npos) {
      report_expected("@binding");
      return std::nullopt;
    }
    event.binding = text_of(token().span);
    ++at_;
  }
  if (accept(Keyword::Where)) {
    if (in_group && !at(TokenKind::Open)) {
      report(DiagnosticCode::GuardNeedsParentheses, token().span);
      return std::nullopt;
    }
    auto where = guard(in_group);
    if (!where) return std::nullopt;
    event.where = std::move(where);
  }
  event.span = from_token(first);
  return event;
}

std::optional<Name> Parser::name(std::string_view noun) {
  const Span span = token().span;
  if (take(TokenKind::Word)) return Name{std::string(text_of(span)), span};
  if (at_quoted_name()) {
    ++at_;
    return Name{unquoted(text_of(span)), span};
  }
  if (at_reserved_name()) {
    report(DiagnosticCode::ReservedWord, span, {found()});
    ++at_;
    return Name{std::string(text_of(span)), span};
  }
  report_expected(noun);
  return std::nullopt;
}

std::optional<Token> Parser::number() {
  if (!at(TokenKind::Number)) {
    report_expected("@number");
    return std::nullopt;
  }
  const Token here = token();
  ++at_;
  return here;
}

std::optional<std::uint32_t> Parser::count(std::uint32_t least) {
  const auto digits = number();
  if (!digits) return std::nullopt;
  const double n = parse_number(text_of(digits->span)).value_or(-1);
  if (text_of(digits->span).find('.') != std::string_view::npos) {
    report(DiagnosticCode::NotWhole, digits->span, {std::string(text_of(digits->span))});
    return least;
  }
  if (n < least || n > kMaxCount) {
    report(DiagnosticCode::CountOutOfRange, digits->span, {std::to_string(least), std::to_string(kMaxCount)});
    return least;
  }
  return static_cast<std::uint32_t>(n);
}

std::optional<DurationUnit> Parser::unit() {
  for (const UnitWord& word : kUnits) {
    if (take(word.keyword)) return word.unit;
  }
  if (!at(TokenKind::Word)) {
    report_expected("@unit");
    return std::nullopt;
  }
  Keyword meant = Keyword::None;
  for (const UsualWord& word : kUsualWords) {
    if (word.written == text_of(token().span)) meant = word.meant;
  }
  const Span span = token().span;
  if (meant != Keyword::None) {
    report(DiagnosticCode::UnknownUnit, span, {found()}, std::string(spelling(meant, spelling_)));
    ++at_;
  } else if (const Repair near = repair({Keyword::BusinessDay, Keyword::BusinessHour, Keyword::Day});
             near.tokens > 0) {
    meant = near.keyword;
    apply(near, {Keyword::Second, Keyword::Minute, Keyword::Hour, Keyword::Day, Keyword::BusinessDay,
                 Keyword::BusinessHour});
  } else {
    report(DiagnosticCode::UnknownUnit, span, {found()});
    ++at_;  // a unit was meant: the rest of the clause can be read
    return DurationUnit::Days;
  }
  for (const UnitWord& word : kUnits) {
    if (word.keyword == meant) return word.unit;
  }
  return std::nullopt;
}

std::optional<Duration> Parser::duration() {
  const std::size_t first = at_;
  if (!at(TokenKind::Number)) {
    report_expected("@duration");
    return std::nullopt;
  }
  const std::string_view digits = text_of(token().span);
  ++at_;
  const auto measured = unit();
  if (!measured) return std::nullopt;
  const double count = parse_number(digits).value_or(-1);
  const Span span = from_token(first);
  Duration duration{0, *measured};
  if (digits.find('.') != std::string_view::npos) {
    report(DiagnosticCode::NotWhole, span, {std::string(digits)});
  } else if (count < 0 || count > static_cast<double>(longest(*measured))) {
    report(DiagnosticCode::DurationTooLong, span, {std::to_string(longest(*measured))});
  } else {
    duration.count = static_cast<std::int64_t>(count);
    // Why: "within 0 days" is the same day, a sensible promise; nothing else of no length is.
    if (duration.count == 0 && duration.unit != DurationUnit::Days)
      report(DiagnosticCode::ZeroDuration, span);
  }
  return duration;
}

}  // namespace handslag::promise
