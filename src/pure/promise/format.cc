// SPDX-License-Identifier: Apache-2.0
// Clauses as text, and the canonical layout of a promise with its comments.
#include "pure/promise/format.h"

#include "base/text.h"
#include "pure/promise/format_layout.h"
#include "pure/promise/format_text.h"
#include "pure/promise/lex.h"

namespace handslag::promise {
namespace {

std::string target_text(const Target& target, Language language) {
  constexpr Keyword kPeriods[] = {Keyword::None,  Keyword::Day,     Keyword::Week,
                                  Keyword::Month, Keyword::Quarter, Keyword::Year};
  std::string text = word(Keyword::Target, language) + " " + percent_text(target.share) + "%";
  for (std::size_t i = 0; i < target.per.size(); ++i) {
    text += i == 0 ? " " + word(Keyword::Per, language) + " " : std::string(", ");
    text += name_text(target.per[i].text, language);
  }
  if (target.each != Period::None) {
    text += " " + word(Keyword::Each, language) + " " +
            std::string(singular(kPeriods[static_cast<std::size_t>(target.each)], language));
  }
  if (target.by_start) text += " " + word(Keyword::ByStart, language);
  if (target.at_least > 0) {
    const std::string_view instances = target.at_least == 1 ? singular(Keyword::Instances, language)
                                                            : spelling(Keyword::Instances, language);
    text += ", " + word(Keyword::AtLeast, language) + " " + std::to_string(target.at_least) + " ";
    text += instances;
  }
  return text;
}

std::vector<std::string> rule_lines(const Rule& rule, Language language) {
  RuleText text = rule_text(rule, language);
  std::vector<std::string> lines{text.parts.front()};
  for (std::size_t i = 1; i < text.parts.size(); ++i) lines.front() += " " + text.parts[i];
  if (count_code_points(lines.front()) + kIndent.size() > kLineColumns) lines = std::move(text.parts);
  if (!text.unless.empty()) lines.push_back(std::move(text.unless));
  return lines;
}

// What stands behind the keyword of a clause of one line; empty without such a clause.
std::string value_text(const Promise& promise, Keyword kind, Language language) {
  const auto name = [language](const std::string& text) {
    return text.empty() ? text : name_text(text, language);
  };
  switch (kind) {
    case Keyword::KeptBy:
      return name(promise.kept_by);
    case Keyword::MadeBy:
      return name(promise.made_by);
    case Keyword::Touchpoint:
      return name(promise.touchpoint);
    case Keyword::Expectation:
      if (promise.expectation == Expectation::Unsaid) return {};
      return word(promise.expectation == Expectation::High ? Keyword::High : Keyword::GoodEnough, language);
    case Keyword::Weight:
      return number_text(promise.weight);
    case Keyword::ForCustomersWhere:
      return promise.customers ? guard_text(*promise.customers, language) : "";
    case Keyword::Warn:
      return promise.warn ? duration_text(*promise.warn, language) + " " + word(Keyword::Ahead, language)
                          : "";
    case Keyword::Calendar:
      return name(promise.calendar);
    case Keyword::Zone:
      return promise.zone.empty() ? "" : quoted(promise.zone);
    case Keyword::ValidFrom:
      return promise.valid_from ? format_date(*promise.valid_from) : "";
    case Keyword::ValidTo:
      return promise.valid_to ? format_date(*promise.valid_to) : "";
    default:
      return {};
  }
}

}  // namespace

std::string header_text(const Promise& promise, Language language) {
  return word(Keyword::Promise, language) + " " + promise.id + " " + quoted(promise.title);
}

std::vector<std::string> clause_lines(const Promise& promise, Keyword kind, std::size_t claim,
                                      Language language) {
  if (kind == Keyword::When) return rule_lines(promise.rule, language);
  if (kind == Keyword::Target) {
    if (!promise.target) return {};
    return {target_text(*promise.target, language)};
  }
  if (kind == Keyword::Claim) {
    if (claim >= promise.claims.size()) return {};
    const Claim& said = promise.claims[claim];
    std::string text = word(kind, language) + " " + quoted(said.wording);
    if (!said.at.empty()) text += " " + word(Keyword::At, language) + " " + quoted(said.at);
    return {text};
  }
  const std::string value = value_text(promise, kind, language);
  if (value.empty()) return {};
  return {word(kind, language) + " " + value};
}

std::string format_rule(const Promise& promise, Language language) {
  const RuleText text = rule_text(promise.rule, language);
  std::string line;
  for (const std::string& part : text.parts) line += (line.empty() ? "" : " ") + part;
  return text.unless.empty() ? line : line + " " + text.unless;
}

std::string format_promise(const Promise& promise, Language language) {
  PromiseLayout layout;
  layout.header.lines = {header_text(promise, language)};
  for (Keyword kind : kClauseOrder) {
    if (kind == Keyword::Weight && promise.weight == 1) continue;  // the default
    const std::size_t times = kind == Keyword::Claim ? promise.claims.size() : 1;
    for (std::size_t i = 0; i < times; ++i) {
      auto lines = clause_lines(promise, kind, i, language);
      if (!lines.empty()) layout.clauses.push_back({kind, std::move(lines), {}, {}});
    }
  }
  return write_layout(layout);
}

}  // namespace handslag::promise
