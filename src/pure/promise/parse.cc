// SPDX-License-Identifier: Apache-2.0
// The file, its promises and their clauses; how reading goes on behind an error.
#include "pure/promise/parse.h"

#include <algorithm>

#include "base/text.h"
#include "pure/promise/check.h"
#include "pure/promise/parser.h"

namespace handslag::promise {
namespace {

constexpr double kMostWeight = 1'000'000;

constexpr std::initializer_list<Keyword> kBeginning = {
    Keyword::Claim,     Keyword::KeptBy,  Keyword::MadeBy,  Keyword::Touchpoint, Keyword::Expectation,
    Keyword::Weight,    Keyword::Target,  Keyword::Warn,    Keyword::Calendar,   Keyword::Zone,
    Keyword::ValidFrom, Keyword::ValidTo, Keyword::When,    Keyword::After,      Keyword::Never,
    Keyword::AtMost,    Keyword::AtLeast, Keyword::Exactly, Keyword::Every,      Keyword::ForCustomersWhere};
constexpr std::initializer_list<Keyword> kInside = {
    Keyword::Then,    Keyword::Unless,      Keyword::Within, Keyword::NoLaterThan, Keyword::Before,
    Keyword::Same,    Keyword::Since,       Keyword::From,   Keyword::Until,       Keyword::Total,
    Keyword::Where,   Keyword::WhenAlready, Keyword::Each,   Keyword::Per,         Keyword::At,
    Keyword::ByStart, Keyword::OnlyAfter};

bool begins_plain_clause(Keyword keyword) {
  switch (keyword) {
    case Keyword::Claim:
    case Keyword::KeptBy:
    case Keyword::MadeBy:
    case Keyword::Touchpoint:
    case Keyword::Expectation:
    case Keyword::Weight:
    case Keyword::ForCustomersWhere:
    case Keyword::Target:
    case Keyword::Warn:
    case Keyword::Calendar:
    case Keyword::Zone:
    case Keyword::ValidFrom:
    case Keyword::ValidTo:
      return true;
    default:
      return false;
  }
}

// The keyword that begins a rule; None for others. `each` and `every` are one word in Swedish.
Keyword rule_start(Keyword keyword, Language language) {
  for (Keyword start : {Keyword::When, Keyword::After, Keyword::Never, Keyword::AtMost, Keyword::AtLeast,
                        Keyword::Exactly, Keyword::Every}) {
    if (spelled_alike(keyword, start, language)) return start;
  }
  return Keyword::None;
}

// The noun under which diagnostic_text.cc has the form of a rule.
std::string form_of(const Rule& rule) {
  constexpr std::string_view kForms[] = {"@form-R1", "@form-R2", "@form-R3", "@form-R4", "@form-R5",
                                         "@form-R6", "@form-R7", "@form-R8", "@form-R9", "@form-R10"};
  return std::string(kForms[rule.index()]);
}

}  // namespace

// ---- the file
// ----------------------------------------------------------------------------------------------------

std::vector<SourcePromise> Parser::run() {
  while (!at(TokenKind::End) && !diagnostics_.full()) {
    if (done_.size() == kMaxPromises) {
      report(DiagnosticCode::TooManyPromises, token().span, {std::to_string(kMaxPromises)});
      break;
    }
    if (at(Keyword::Promise) || repair({Keyword::Promise}).tokens > 0) {
      promise();
    } else {
      report_expected("@promise");
      skip_to_promise();
    }
  }
  return std::move(done_);
}

void Parser::skip_to_promise() {
  do {
    ++at_;
  } while (!at(TokenKind::End) && !at(Keyword::Promise));
}

void Parser::promise() {
  const std::size_t errors_before = diagnostics_.errors(), first = at_;
  now_ = &done_.emplace_back();
  seen_.reset();
  clause_failed_ = word_unknown_ = mixture_reported_ = false;
  now_->after_blank = token().after_blank;
  accept(Keyword::Promise);
  if (header()) now_->places.header = from_token(first);
  while (!at(TokenKind::End) && !at(Keyword::Promise) && !at_misspelt_promise() && !diagnostics_.full())
    clause();
  now_->promise.span = from_token(first);
  finish_promise(errors_before);
  now_ = nullptr;
}

bool Parser::header() {
  if (!at(TokenKind::Word) && !at_keyword_as_name()) {
    report_expected("@id");
    clause_failed_ = !at(TokenKind::Quoted);
    take(TokenKind::Quoted);
    return false;
  }
  now_->places.id = token().span;
  now_->promise.id = text_of(token().span);
  ++at_;
  now_->places.title = token().span;
  if (!expect(TokenKind::Quoted, "@title")) return false;
  now_->promise.title = unquoted(text_of(previous().span));
  return true;
}

// "promis b "B"" in the middle of a file: a promise, not a clause.
bool Parser::at_misspelt_promise() const {
  return at(TokenKind::Word) && token().starts_line && token(1).kind == TokenKind::Word &&
         token(2).kind == TokenKind::Quoted && repair({Keyword::Promise}).tokens == 1;
}

void Parser::finish_promise(std::size_t errors_before) {
  const Span place = now_->places.id.size > 0 ? now_->places.id : tokens_[at_ - 1].span;
  if (!seen(Keyword::When) && !clause_failed_) report(DiagnosticCode::MissingRule, place);
  if (!seen(Keyword::KeptBy) && !word_unknown_) report(DiagnosticCode::MissingKeptBy, place);
  if (diagnostics_.errors() > errors_before) now_->sound = false;
  const Span whole = now_->promise.span;
  while (next_bad_ < bad_places_.size() && bad_places_[next_bad_] < whole.from) ++next_bad_;
  if (next_bad_ < bad_places_.size() && bad_places_[next_bad_] < whole.from + whole.size) now_->sound = false;
}

// ---- clauses
// -----------------------------------------------------------------------------------------------------

void Parser::clause() {
  const std::size_t first = at_;
  Keyword keyword = Keyword::None;
  bool repaired = false;
  if (at(TokenKind::Keyword)) {
    keyword = token().keyword;
    const Keyword start = rule_start(keyword, spelling_);
    if (start != Keyword::None) keyword = start;
    if (start == Keyword::None && !begins_plain_clause(keyword)) return misplaced();
    ++at_;
  } else if (!starts_event_rule()) {
    keyword = misspelt_clause();
    if (keyword == Keyword::None) return;
    repaired = true;
  }
  const bool is_rule = !begins_plain_clause(keyword);
  const Keyword kind = is_rule ? Keyword::When : keyword;
  if (seen(kind) && kind != Keyword::Claim && !repaired) {
    report(DiagnosticCode::DoubleClause, tokens_[first].span, {is_rule ? "@rule" : shown(keyword)});
  }
  const bool doubtful =
      repaired && seen(kind);  // a second one that is misspelt: part of something else, perhaps
  seen_.set(static_cast<std::size_t>(kind));
  if (doubtful || !clause_of(keyword)) {
    clause_failed_ = true;
    now_->sound = false;
    skip_to_clause(is_rule);
    return;
  }
  now_->clauses.push_back({kind, from_token(first)});
  if (is_rule) now_->places.rule = from_token(first);
}

// A token that begins no clause: said once for all that follows up to the next clause.
void Parser::misplaced() {
  if (at(TokenKind::Bad)) {
    now_->sound = false;
  } else {
    const bool after_rule = !now_->clauses.empty() && now_->clauses.back().kind == Keyword::When;
    report(DiagnosticCode::MisplacedWord, token().span,
           {found(), after_rule ? form_of(now_->promise.rule) : std::string("@clauses")});
  }
  ++at_;
  clause_failed_ = true;
  skip_to_clause(seen(Keyword::When));
}

// A word where a clause should begin. The keyword that was meant, if it begins one; otherwise skips.
Keyword Parser::misspelt_clause() {
  if (!at(TokenKind::Word)) {
    misplaced();
    return Keyword::None;
  }
  if (const Repair clause = repair(kBeginning); clause.tokens > 0) {
    apply(clause, {});
    return clause.keyword;
  }
  if (const Repair part = repair(kInside); part.tokens > 0) {
    apply(part, {});
  } else {
    report(DiagnosticCode::UnknownWord, token().span, {found()});
    word_unknown_ = true;
    ++at_;
  }
  clause_failed_ = true;
  skip_to_clause(seen(Keyword::When));
  return Keyword::None;
}

// A type and what only R3 and R9 have behind it.
bool Parser::starts_event_rule() {
  if (!at(TokenKind::Word) && !at(TokenKind::Quoted) && !at(TokenKind::Prefix)) return false;
  static constexpr Keywords kBehindType = {Keyword::OnlyAfter, Keyword::OnlyToCustomersWhere, Keyword::As,
                                           Keyword::Where};
  if (std::any_of(kBehindType.begin(), kBehindType.end(),
                  [this](Keyword keyword) { return at(keyword, 1); })) {
    return true;
  }
  ++at_;
  const bool misspelt = repair({Keyword::OnlyAfter, Keyword::OnlyToCustomersWhere}).tokens > 0;
  --at_;
  if (misspelt || !at(TokenKind::Word)) return true;
  return text_of(token().span).find('.') != std::string_view::npos;
}

void Parser::skip_to_clause(bool in_rule) {
  for (const std::size_t error = at_; !stops_here(in_rule, at_ == error);) ++at_;
}

bool Parser::stops_here(bool in_rule, bool at_the_error) {
  const Token& here = token();
  if (here.kind == TokenKind::End) return true;
  if (here.kind == TokenKind::Keyword) {
    if (here.keyword == Keyword::Promise || begins_plain_clause(here.keyword)) return true;
    if (in_rule) return false;
    const Keyword start = rule_start(here.keyword, spelling_);
    return start == Keyword::When || (start != Keyword::None && here.starts_line);
  }
  if (!here.starts_line) return false;
  return at_misspelt_promise() || at_misspelt_clause(in_rule, at_the_error) ||
         (!in_rule && (at(Keyword::OnlyAfter, 1) || at(Keyword::OnlyToCustomersWhere, 1)));
}

// "targt 95%" on a line of its own behind an error: reported too, not skipped with what the error hides.
bool Parser::at_misspelt_clause(bool in_rule, bool at_the_error) {
  static constexpr Keywords kBehindType = {Keyword::OnlyAfter, Keyword::OnlyToCustomersWhere};
  if (!at(TokenKind::Word) || looks_left_ == 0) return false;
  --looks_left_;
  const Keyword meant = repair(kBeginning).keyword;
  if (begins_plain_clause(meant) || (!at_the_error && at_two_words())) return true;
  if (in_rule) return false;
  if (meant != Keyword::None) return true;
  ++at_;
  const bool is_rule = repair(kBehindType).tokens > 0;
  --at_;
  return is_rule;
}

// "responsble logistics", "importance 5": no part of a rule goes on so, whatever the first word was meant to
// be.
bool Parser::at_two_words() const {
  const TokenKind next = token(1).kind;
  return !token(1).starts_line &&
         (next == TokenKind::Word || next == TokenKind::Quoted || next == TokenKind::Number);
}

bool Parser::clause_of(Keyword keyword) {
  Promise& promise = now_->promise;
  switch (keyword) {
    case Keyword::Claim:
      return claim();
    case Keyword::KeptBy:
      return name_clause(promise.kept_by, "@unit-name");
    case Keyword::MadeBy:
      return name_clause(promise.made_by, "@unit-name");
    case Keyword::Touchpoint:
      return name_clause(promise.touchpoint, "@touchpoint");
    case Keyword::Expectation:
      return expectation();
    case Keyword::Weight:
      return weight();
    case Keyword::ForCustomersWhere:
      return customers();
    case Keyword::Target:
      return target();
    case Keyword::Warn:
      return warn();
    case Keyword::Calendar:
      now_->places.calendar = token().span;
      return name_clause(promise.calendar, "@calendar");
    case Keyword::Zone:
      now_->places.zone = token().span;
      return name_clause(promise.zone, "@zone");
    case Keyword::ValidFrom:
      return date_clause(promise.valid_from, now_->places.valid_from);
    case Keyword::ValidTo:
      return date_clause(promise.valid_to, now_->places.valid_to);
    default:
      break;
  }
  auto read = rule(keyword);
  if (!read) return false;
  promise.rule = *std::move(read);
  return true;
}

bool Parser::claim() {
  if (!expect(TokenKind::Quoted, "@wording")) return false;
  Claim claim{unquoted(text_of(previous().span)), ""};
  if (take(Keyword::At)) {
    if (!expect(TokenKind::Quoted, "@where-said")) return false;
    claim.at = unquoted(text_of(previous().span));
  }
  now_->promise.claims.push_back(std::move(claim));
  return true;
}

bool Parser::name_clause(std::string& value, std::string_view noun) {
  auto read = name(noun);
  if (!read) return false;
  value = std::move(read->text);
  return true;
}

bool Parser::expectation() {
  const auto level = expect({Keyword::High, Keyword::GoodEnough});
  if (!level) return false;
  now_->promise.expectation = *level == Keyword::High ? Expectation::High : Expectation::GoodEnough;
  return true;
}

bool Parser::weight() {
  const auto digits = number();
  if (!digits) return false;
  const double value = parse_number(text_of(digits->span)).value_or(-1);
  if (value < 0 || value > kMostWeight) {
    report(DiagnosticCode::WeightOutOfRange, digits->span, {format_number(kMostWeight)});
  } else {
    now_->promise.weight = value;
  }
  return true;
}

bool Parser::customers() {
  auto read = guard();
  if (!read) return false;
  now_->promise.customers = std::move(read);
  return true;
}

bool Parser::warn() {
  const std::size_t first = at_;
  auto read = duration();
  if (!read || !expect({Keyword::Ahead})) return false;
  now_->promise.warn = read;
  now_->places.warn = from_token(first);
  return true;
}

bool Parser::date_clause(std::optional<Date>& date, Span& place) {
  place = token().span;
  if (!expect(TokenKind::Date, "@date")) return false;
  date = parse_date(text_of(place));
  return true;
}

// ---- target
// ------------------------------------------------------------------------------------------------------

bool Parser::target() {
  now_->places.target = token().span;
  const auto digits = number();
  if (!digits || !expect(TokenKind::Percent, "@percent")) return false;
  Target target;
  const double percent = parse_number(text_of(digits->span)).value_or(-1);
  if (percent < 0 || percent > 100) report(DiagnosticCode::PercentOutOfRange, digits->span);
  target.share = percent / 100;
  if (accept(Keyword::Per) && !per(target)) return false;
  if (!each(target)) return false;
  const std::size_t by_start = at_;
  target.by_start = accept(Keyword::ByStart);
  if (target.by_start) now_->places.by_start = from_token(by_start);
  if (!target_at_least(target)) return false;
  now_->promise.target = std::move(target);
  return true;
}

bool Parser::per(Target& target) {
  while (true) {
    auto field = name("@field");
    if (!field) return false;
    target.per.push_back(*std::move(field));
    const TokenKind next = token(1).kind;
    if (!at(TokenKind::Comma) || (next != TokenKind::Word && next != TokenKind::Quoted)) return true;
    ++at_;
  }
}

// [each month]; before a number the Swedish `varje` begins a rule.
bool Parser::each(Target& target) {
  if (at(Keyword::Each) && token(1).kind == TokenKind::Number) return true;
  constexpr std::pair<Keyword, Period> kPeriods[] = {{Keyword::Day, Period::Day},
                                                     {Keyword::Week, Period::Week},
                                                     {Keyword::Month, Period::Month},
                                                     {Keyword::Quarter, Period::Quarter},
                                                     {Keyword::Year, Period::Year}};
  const bool every = at(Keyword::Every) && token(1).kind == TokenKind::Keyword && !at(Keyword::Each);
  if (every) {
    report(DiagnosticCode::Expected, token().span, found_and({Keyword::Each}),
           std::string(spelling(Keyword::Each, spelling_)));
    ++at_;
  } else if (!accept(Keyword::Each)) {
    return true;
  }
  const auto found_period = period();
  if (!found_period) return false;
  for (const auto& [keyword, period] : kPeriods) {
    if (keyword == *found_period) target.each = period;
  }
  return true;
}

// In the singular: `days` is a unit of time, `each day` a period.
std::optional<Keyword> Parser::period() {
  static constexpr Keywords kPeriods = {Keyword::Day, Keyword::Week, Keyword::Month, Keyword::Quarter,
                                        Keyword::Year};
  const bool is_singular =
      !at(Keyword::Day) || composed(text_of(token().span)) == singular(Keyword::Day, spelling_);
  if (is_singular && at_one_of(kPeriods)) return expect(kPeriods);
  Repair meant = is_singular ? repair(kPeriods) : Repair{Keyword::Day, 1, false};
  if (meant.other_spelling) return expect(kPeriods);
  std::vector<std::string> arguments{found()};
  for (Keyword keyword : kPeriods) arguments.push_back("`" + std::string(singular(keyword, spelling_)) + "`");
  const bool is_known = meant.tokens > 0;
  if (!at(TokenKind::Bad)) {
    report(DiagnosticCode::Expected, token().span, std::move(arguments),
           is_known ? std::string(singular(meant.keyword, spelling_)) : std::string());
  }
  if (!is_known) return std::nullopt;
  at_ += meant.tokens;
  return meant.keyword;
}

// [, at least n instances]; without the comma, "at least n B" begins a rule.
bool Parser::target_at_least(Target& target) {
  const bool comma_missing = at(Keyword::AtLeast) && at(Keyword::Instances, 2);
  if (comma_missing) report(DiagnosticCode::MissingComma, token().span, {found()});
  if (!comma_missing && !take(TokenKind::Comma)) return true;
  if (!expect({Keyword::AtLeast})) return false;
  const auto least = count(1);
  if (!least || !expect({Keyword::Instances})) return false;
  target.at_least = *least;
  return true;
}

// ---- entry
// -------------------------------------------------------------------------------------------------------

SourceFile read_source(std::string_view text, DiagnosticList& diagnostics) {
  Lexed lexed = lex(text, diagnostics);
  SourceFile file;
  file.promises = Parser(text, lexed, diagnostics).run();
  file.comments = std::move(lexed.comments);
  file.spelling = lexed.spelling;
  return file;
}

bool Parsed::ok() const {
  return std::none_of(diagnostics.begin(), diagnostics.end(),
                      [](const Diagnostic& diagnostic) { return diagnostic.severity == Severity::Error; });
}

Parsed parse(std::string_view text, const TimeNames* names) {
  Parsed parsed;
  DiagnosticList diagnostics;
  if (text.size() > kMaxTextBytes) {
    diagnostics.add(DiagnosticCode::FileTooLarge, {0, 1},
                    {std::to_string(text.size()), std::to_string(kMaxTextBytes)});
    parsed.diagnostics = diagnostics.take_sorted();
    return parsed;
  }
  SourceFile file = read_source(text, diagnostics);
  check(text, file, diagnostics);
  if (names != nullptr) check_names(*names, file, diagnostics);
  for (SourcePromise& source : file.promises) {
    if (source.sound) parsed.promises.push_back(std::move(source.promise));
  }
  parsed.diagnostics = diagnostics.take_sorted();
  parsed.spelling = file.spelling;
  return parsed;
}

}  // namespace handslag::promise
