// SPDX-License-Identifier: Apache-2.0
// Second stage: tokens → promises with the places of their parts. Not for you unless you write a stage: see
// parse.h.
//
// (1) A function that fails has reported why, once, and returns nothing; its callers return nothing and say
// nothing. (2) After a failure the clause is given up and reading goes on at the next clause or promise. (3)
// Where a keyword is expected and a misspelt one or the other language's stands, that is reported and taken
// for it. (4) Every loop takes at least one token a turn; nothing recurses.
#pragma once

#include <array>
#include <bitset>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pure/promise/lex.h"
#include "pure/promise/parse.h"

namespace handslag::promise {

/// A clause and where it stands: from its first token to its last. Keyword::When stands for every rule.
struct Clause {
  Keyword kind = Keyword::None;
  Span span;
};

/// Where the parts stand that check.h speaks of.
struct Places {
  Span id, title, header, rule, total, warn, calendar, zone, valid_from, valid_to, target, by_start;
};

struct SourcePromise {
  Promise promise;
  Places places;
  std::vector<Clause> clauses;  // in the order of the text
  bool after_blank = false;     // an empty line stands before it
  bool sound = true;            // no error so far
};

struct SourceFile {
  std::vector<SourcePromise> promises;
  std::vector<Comment> comments;
  Language spelling = Language::English;
};

/// Lexes and parses, without check.h. REQUIRES: text.size() ≤ kMaxTextBytes.
SourceFile read_source(std::string_view text, DiagnosticList& diagnostics);

/// One thread, one file.
class Parser {
 public:
  /// Keeps all three.
  Parser(std::string_view text, const Lexed& lexed, DiagnosticList& diagnostics)
      : text_(text),
        tokens_(lexed.tokens),
        bad_places_(lexed.bad_places),
        spelling_(lexed.spelling),
        diagnostics_(diagnostics) {}

  std::vector<SourcePromise> run();

 private:
  using Keywords = std::initializer_list<Keyword>;

  // ---- parse.cc: the file and its clauses
  void promise();
  bool header();
  bool at_misspelt_promise() const;
  void finish_promise(std::size_t errors_before);
  void skip_to_promise();
  void clause();
  bool clause_of(Keyword keyword);
  void misplaced();
  Keyword misspelt_clause();
  bool starts_event_rule();
  void skip_to_clause(bool in_rule);
  bool stops_here(bool in_rule, bool at_the_error);
  bool at_misspelt_clause(bool in_rule, bool at_the_error);
  bool at_two_words() const;
  bool seen(Keyword kind) const { return seen_.test(static_cast<std::size_t>(kind)); }
  bool claim();
  bool name_clause(std::string& value, std::string_view noun);
  bool expectation();
  bool weight();
  bool customers();
  bool warn();
  bool date_clause(std::optional<Date>& date, Span& place);
  bool target();
  bool per(Target& target);
  bool each(Target& target);
  std::optional<Keyword> period();
  bool target_at_least(Target& target);

  // ---- parse_rule.cc: one function a form
  std::optional<Rule> rule(Keyword start);
  std::optional<Rule> when_rule();
  std::optional<Rule> after_rule();
  std::optional<Rule> never_rule();
  std::optional<Rule> count_rule(CountKind kind);
  std::optional<Rule> rate_rule(CountKind kind, std::uint32_t n, EventPattern b);
  std::optional<Rule> every_rule();
  std::optional<Rule> event_rule();
  struct Tail {  // what may follow a bound behind a comma
    Same same;
    ResponseOption option = ResponseOption::None;
    Span option_span;
  };
  std::optional<Step> step(Tail& tail);
  bool parts(Step& step);
  std::optional<Bound> bound();
  bool tail(Tail& tail, bool options);
  bool option(Tail& tail, bool options);
  bool same(Same& same);
  bool optional_within(std::optional<model::Duration>& within);
  bool optional_condition(Keyword keyword, std::optional<Condition>& condition);
  bool optional_unless_since(std::optional<Condition>& condition);
  std::optional<Condition> condition();
  std::optional<Rule> response_or_chain(EventPattern a, std::vector<Step> steps, const Tail& tail);

  // ---- parse_event.cc: events, names, durations, numbers
  std::optional<EventPattern> event(bool in_group = false);
  std::optional<TypePattern> type_pattern();
  std::optional<Name> name(std::string_view noun);
  std::optional<model::Duration> duration();
  std::optional<model::DurationUnit> unit();
  std::optional<std::uint32_t> count(std::uint32_t least);
  std::optional<Token> number();

  // ---- parse_guard.cc
  std::optional<Guard> guard(bool in_parentheses = false);

  // ---- parser_cursor.cc: looking, taking, complaining
  friend class GuardReader;
  const Token& token(std::size_t ahead = 0) const;
  const Token& previous() const { return tokens_[at_ - 1]; }
  bool at(TokenKind kind) const { return token().kind == kind; }
  bool at(Keyword keyword, std::size_t ahead = 0) const;
  bool at_one_of(Keywords keywords) const;
  /// A quoted text that is not empty.
  bool at_quoted_name() const { return at(TokenKind::Quoted) && text_of(token().span) != "\"\""; }
  /// A keyword that stands where only a name can, on one line with what asks for it.
  bool at_keyword_as_name() const;
  /// The same where it is a mistake: quotes are missing, not the name.
  bool at_reserved_name() const;
  bool take(TokenKind kind);
  bool take(Keyword keyword);
  /// take(), or a misspelt one with a report (3).
  bool accept(Keyword keyword);
  /// accept() of one of them, or a report of all.
  std::optional<Keyword> expect(Keywords keywords);
  bool expect(TokenKind kind, std::string_view noun);
  struct Repair {
    Keyword keyword = Keyword::None;
    std::size_t tokens = 0;
    bool other_spelling = false;
  };
  /// Which of them is meant by what stands here: the other language's word, else the nearest of ours.
  Repair repair(Keywords keywords) const;
  Repair nearest(Keywords keywords) const;
  void apply(const Repair& repair, Keywords expected);
  std::string joined_words(std::size_t tokens) const;
  std::string_view text_of(Span span) const { return text_.substr(span.from, span.size); }
  std::string found() const;
  std::string shown(Keyword keyword) const;
  std::vector<std::string> found_and(Keywords keywords) const;
  void report(DiagnosticCode code, Span span, std::vector<std::string> arguments = {},
              std::string suggestion = {});
  void report_expected(std::string_view noun);
  Span from_token(std::size_t first) const;
  Language other_spelling() const {
    return spelling_ == Language::English ? Language::Swedish : Language::English;
  }

  std::string_view text_;
  const std::vector<Token>& tokens_;
  const std::vector<std::uint32_t>& bad_places_;
  Language spelling_;
  DiagnosticList& diagnostics_;
  std::size_t at_ = 0;
  std::vector<SourcePromise> done_;
  SourcePromise* now_ = nullptr;
  std::size_t next_bad_ = 0;
  std::size_t looks_left_ = 20'000;  // for misspelt clauses in what is skipped: bounds the cost in a file
  // Of the promise at hand:
  std::bitset<kKeywords> seen_;  // clauses that it has, whole or not
  bool clause_failed_ = false;   // one was given up: it may have been the rule
  bool word_unknown_ = false;    // it may have been `kept by`
  bool mixture_reported_ = false;
};

}  // namespace handslag::promise
