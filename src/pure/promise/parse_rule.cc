// SPDX-License-Identifier: Apache-2.0
// The rule forms R1 to R11: one function a form, its parts in the order of the table in contract/promises.md.
#include <utility>

#include "pure/promise/parser.h"

namespace handslag::promise {

std::optional<Rule> Parser::rule(Keyword start) {
  switch (start) {
    case Keyword::When:
      return when_rule();
    case Keyword::After:
      return after_rule();
    case Keyword::Never:
      return never_rule();
    case Keyword::AtMost:
      return count_rule(CountKind::AtMost);
    case Keyword::AtLeast:
      return count_rule(CountKind::AtLeast);
    case Keyword::Exactly:
      return count_rule(CountKind::Exactly);
    case Keyword::Every:
      return every_rule();
    default:
      return event_rule();
  }
}

// ---- R1, R10, R11
// ----------------------------------------------------------------------------------------------

std::optional<Rule> Parser::when_rule() {
  auto a = event();
  if (!a || !expect({Keyword::Then})) return std::nullopt;
  std::vector<Step> steps;
  Tail last_tail;
  do {
    if (steps.size() == kMaxSteps) {
      report(DiagnosticCode::TooManySteps, previous().span, {std::to_string(kMaxSteps)});
      return std::nullopt;
    }
    Tail tail;
    auto read = step(tail);
    if (!read) return std::nullopt;
    steps.push_back(*std::move(read));
    if (tail.option != ResponseOption::None) last_tail = tail;
  } while (accept(Keyword::Then));
  return response_or_chain(*std::move(a), std::move(steps), last_tail);
}

std::optional<Rule> Parser::response_or_chain(EventPattern a, std::vector<Step> steps, const Tail& tail) {
  std::optional<model::Duration> total;
  if (accept(Keyword::Total)) {
    const std::size_t first = at_ - 1;
    total = duration();
    if (!total) return std::nullopt;
    now_->places.total = from_token(first);
  }
  std::optional<Condition> unless;
  if (!optional_condition(Keyword::Unless, unless)) return std::nullopt;
  if (steps.size() == 1 && !total) {
    return Response{std::move(a), std::move(steps.front()), tail.option, std::move(unless)};
  }
  if (tail.option != ResponseOption::None) report(DiagnosticCode::WrongOption, tail.option_span);
  for (const Step& step : steps) {
    if (!std::holds_alternative<Within>(step.bound))
      report(DiagnosticCode::WrongBound, step.parts.back().span);
  }
  return Chain{std::move(a), std::move(steps), total, std::move(unless)};
}

std::optional<Step> Parser::step(Tail& step_tail) {
  Step step;
  if (!parts(step)) return std::nullopt;
  auto step_bound = bound();
  if (!step_bound) return std::nullopt;
  step.bound = *std::move(step_bound);
  if (!tail(step_tail, true)) return std::nullopt;
  step.same = std::move(step_tail.same);
  return step;
}

// B; (B or C); (B and C)
bool Parser::parts(Step& step) {
  const bool group = take(TokenKind::Open);
  bool mixed = false;
  do {
    if (step.parts.size() == kMaxParts) {
      report(DiagnosticCode::TooManyParts, token().span, {std::to_string(kMaxParts)});
      return false;
    }
    auto part = event(group);
    if (!part) return false;
    step.parts.push_back(*std::move(part));
    if (!group) return true;
    const Combine joined = at(Keyword::And) ? Combine::All : Combine::Any;
    if (at_one_of({Keyword::And, Keyword::Or})) {
      if (!mixed && step.combine != Combine::One && step.combine != joined) {
        report(DiagnosticCode::MixedAndOr, token().span);
        mixed = true;
      }
      step.combine = joined;
    }
  } while (take(Keyword::And) || take(Keyword::Or) || accept(Keyword::Or) || accept(Keyword::And));
  return expect(TokenKind::Close, "@close-group");
}

std::optional<Bound> Parser::bound() {
  if (accept(Keyword::Within)) {
    auto within = duration();
    if (!within) return std::nullopt;
    return Within{*within};
  }
  if (accept(Keyword::NoLaterThan)) {
    auto attribute = name("@attribute");
    if (!attribute) return std::nullopt;
    return NoLaterThan{*std::move(attribute)};
  }
  if (accept(Keyword::Before)) {
    auto end = event();
    if (!end) return std::nullopt;
    return Before{*std::move(end)};
  }
  if (at(TokenKind::Bad)) {
    report_expected("@bound");
  } else {
    report(DiagnosticCode::MissingBound, token().span, {found()});
  }
  return std::nullopt;
}

// [, same k, l] [, option]; generous: the comma before `same` is reported and read on, the option may stand
// first.
bool Parser::tail(Tail& tail, bool options) {
  while (true) {
    if (at(TokenKind::Comma)) {
      ++at_;
      if (accept(Keyword::Same)) {
        if (!same(tail.same)) return false;
      } else if (!option(tail, options)) {
        if (at(TokenKind::Bad)) return false;
        report(DiagnosticCode::Expected, token().span, found_and({Keyword::Same}));
        return false;
      }
    } else if (at(Keyword::Same)) {
      report(DiagnosticCode::MissingComma, token().span, {found()});
      ++at_;
      if (!same(tail.same)) return false;
    } else {
      return true;
    }
  }
}

bool Parser::option(Tail& tail, bool options) {
  constexpr std::pair<Keyword, ResponseOption> kOptions[] = {{Keyword::OneForOne, ResponseOption::OneForOne},
                                                             {Keyword::Restart, ResponseOption::Restart},
                                                             {Keyword::FirstOnly, ResponseOption::FirstOnly}};
  for (const auto& [keyword, value] : kOptions) {
    if (!accept(keyword)) continue;
    if (!options) {
      report(DiagnosticCode::WrongOption, previous().span);
    } else if (tail.option != ResponseOption::None) {
      report(DiagnosticCode::SecondOption, previous().span);
    }
    tail.option = value;
    tail.option_span = previous().span;
    return true;
  }
  return false;
}

// Behind the word `same`: k, l. A comma is followed by a further key or by something else of the rule.
bool Parser::same(Same& same) {
  const Span word = previous().span;
  const bool twice = same.said();
  if (twice) report(DiagnosticCode::DoubleClause, word, {shown(Keyword::Same)});
  while (true) {
    auto key = name("@key");
    if (!key) return false;
    same.keys.push_back(*std::move(key));
    const TokenKind next = token(1).kind;
    if (!at(TokenKind::Comma) || (next != TokenKind::Word && next != TokenKind::Quoted)) return true;
    ++at_;
    const Repair misspelt = repair({Keyword::OneForOne, Keyword::FirstOnly, Keyword::Restart});
    if (misspelt.tokens > 0) {  // not a key: tail() reads it
      --at_;
      return true;
    }
  }
}

std::optional<Condition> Parser::condition() {
  auto pattern = event();
  if (!pattern) return std::nullopt;
  Condition condition{*std::move(pattern), {}};
  Tail own;
  if (!tail(own, false)) return std::nullopt;
  condition.same = std::move(own.same);
  return condition;
}

bool Parser::optional_condition(Keyword keyword, std::optional<Condition>& result) {
  if (!accept(keyword)) return true;
  result = condition();
  return result.has_value();
}

bool Parser::optional_unless_since(std::optional<Condition>& result) {
  if (!optional_condition(Keyword::Unless, result)) return false;
  return !result || expect({Keyword::Since});
}

bool Parser::optional_within(std::optional<model::Duration>& within) {
  if (!accept(Keyword::Within)) return true;
  within = duration();
  return within.has_value();
}

// ---- R2, R4, R8
// ------------------------------------------------------------------------------------------------

std::optional<Rule> Parser::after_rule() {
  Absence rule;
  auto a = event();
  if (!a || !expect({Keyword::Never})) return std::nullopt;
  auto b = event();
  if (!b || !expect({Keyword::Within})) return std::nullopt;
  auto within = duration();
  Tail own;
  if (!within || !tail(own, false)) return std::nullopt;
  rule.a = *std::move(a);
  rule.b = *std::move(b);
  rule.within = *within;
  rule.same = std::move(own.same);
  if (!optional_condition(Keyword::Unless, rule.unless)) return std::nullopt;
  return rule;
}

std::optional<Rule> Parser::never_rule() {
  auto b = event();
  if (!b) return std::nullopt;
  if (!accept(Keyword::WhenAlready)) return Never{*std::move(b)};
  NeverWhenAlready rule;
  rule.b = *std::move(b);
  auto a = event();
  Tail own;
  if (!a || !optional_within(rule.within) || !tail(own, false)) return std::nullopt;
  rule.a = *std::move(a);
  rule.same = std::move(own.same);
  if (!optional_unless_since(rule.unless_since)) return std::nullopt;
  return rule;
}

// ---- R3, R9
// ----------------------------------------------------------------------------------------------------

std::optional<Rule> Parser::event_rule() {
  auto b = event();
  if (!b) return std::nullopt;
  const auto kind = expect({Keyword::OnlyAfter, Keyword::OnlyToCustomersWhere});
  if (!kind) return std::nullopt;
  if (*kind == Keyword::OnlyToCustomersWhere) {
    auto customers = guard();
    if (!customers) return std::nullopt;
    return OnlyTo{*std::move(b), *std::move(customers)};
  }
  OnlyAfter rule;
  rule.b = *std::move(b);
  auto a = event();
  Tail own;
  if (!a || !optional_within(rule.within) || !tail(own, false)) return std::nullopt;
  rule.a = *std::move(a);
  rule.same = std::move(own.same);
  if (!optional_unless_since(rule.unless_since)) return std::nullopt;
  return rule;
}

// ---- R5, R6, R7
// ------------------------------------------------------------------------------------------------

std::optional<Rule> Parser::count_rule(CountKind kind) {
  const Span digits = token().span;
  const auto n = count(0);
  if (!n) return std::nullopt;
  if (kind == CountKind::AtLeast && *n == 0) report(DiagnosticCode::CountZero, digits);
  auto b = event();
  if (!b) return std::nullopt;
  if (take(Keyword::WithinAny)) return rate_rule(kind, *n, *std::move(b));
  Count rule;
  rule.kind = kind;
  rule.n = *n;
  rule.b = *std::move(b);
  Tail own;
  if (!optional_within(rule.within) || !tail(own, false)) return std::nullopt;
  rule.same = std::move(own.same);
  if (!optional_condition(Keyword::From, rule.from)) return std::nullopt;
  if (!optional_condition(Keyword::Until, rule.until)) return std::nullopt;
  return rule;
}

std::optional<Rule> Parser::rate_rule(CountKind kind, std::uint32_t n, EventPattern b) {
  if (kind != CountKind::AtMost)
    report(DiagnosticCode::RateNeedsAtMost, previous().span, {shown(Keyword::AtMost)});
  const auto within = duration();
  Tail own;
  if (!within || !tail(own, false)) return std::nullopt;
  return Rate{n, std::move(b), *within, std::move(own.same)};
}

std::optional<Rule> Parser::every_rule() {
  const auto every = duration();
  if (!every || !expect({Keyword::A})) return std::nullopt;
  auto b = event();
  if (!b || !expect({Keyword::From})) return std::nullopt;
  auto from = event();
  if (!from || !expect({Keyword::Until})) return std::nullopt;
  auto until = event();
  Tail own;
  if (!until || !tail(own, false)) return std::nullopt;
  return Recurrence{*every, *std::move(b), *std::move(from), *std::move(until), std::move(own.same)};
}

}  // namespace handslag::promise
