// SPDX-License-Identifier: Apache-2.0
// Events and verdicts as short text, so that a test reads like a row of the table of rule forms.
//
//   outcome("when A then b within 10 s, same k", "A@0 k=1; b@5 k=1")  →  "A@0 kept due 10 slack 5 by b@5"
//
// An event is TYPE@SECONDS [KEY=VALUE] [.ATTRIBUTE=VALUE] [~KNOWN], seconds from 1970-01-01T00:00:00Z (a
// Thursday), a
// "*" before the organisation's; an attribute's value is a number, true, a date, t:SECONDS (an instant), else
// a text. A verdict ends with "?" while it is not final. Sources send every type; H is 1,000 s unless said
// otherwise.
#pragma once

#include <cmath>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/text.h"
#include "pure/promise/columns_for_test.h"
#include "pure/promise/diagnostic.h"
#include "pure/promise/evaluate.h"
#include "pure/promise/parse.h"
#include "pure/promise/time_rules_for_test.h"

namespace handslag::promise {

inline Timestamp at_second(double seconds) {
  return {static_cast<std::int64_t>(std::llround(seconds * 1e6))};
}

struct Setting {
  double complete_through = 1000;
  double history_start = -1e9;
  std::optional<double> now = std::nullopt;
  double wall = 1e6;
  bool is_file = true;
  model::CustomerIndex customer = 1;
  std::string clauses = "";  // besides the rule
  Timestamp from = kFirstTime, to = kEndOfTime;
};

inline model::Value value_for_test(std::string_view text) {
  if (text == "true" || text == "false") return text == "true";
  if (text.starts_with("t:")) return at_second(*parse_number(text.substr(2)));
  if (const auto date = parse_date(text)) return *date;
  if (const auto number = parse_number(text)) return *number;
  return std::string(text);
}

inline model::Event event_for_test(std::string_view text) {
  model::Event event;
  event.source = "s";
  const bool is_organisation = text.starts_with("*");
  if (!is_organisation) event.subject.push_back({"customer", "1"});
  for (std::string_view word : split(is_organisation ? text.substr(1) : text, ' ')) {
    const std::size_t cut = word.find('=');
    if (event.type.empty()) {
      event.type = word.substr(0, word.find('@'));
      event.time = at_second(*parse_number(word.substr(word.find('@') + 1)));
    } else if (word.starts_with("~")) {
      event.known = at_second(*parse_number(word.substr(1)));
    } else if (word.starts_with(".")) {
      event.data.push_back({std::string(word.substr(1, cut - 1)), value_for_test(word.substr(cut + 1))});
    } else {
      event.keys.push_back({std::string(word.substr(0, cut)), std::string(word.substr(cut + 1))});
    }
  }
  return event;
}

inline std::vector<model::Event> events_for_test(std::string_view text) {
  std::vector<model::Event> events;
  for (const std::string_view part : split(text, ';')) {
    if (!trimmed(part).empty()) events.push_back(event_for_test(trimmed(part)));
  }
  return events;
}

inline Promise promise_for_test(std::string_view rule, std::string_view clauses = "") {
  std::string text = "promise p \"P\"\n kept by u\n ";
  text.append(rule).append("\n ").append(clauses).append("\n");
  Parsed parsed = parse(text);
  if (parsed.promises.size() != 1) {
    throw std::invalid_argument("the rule does not parse: " +
                                render(parsed.diagnostics.at(0), "rule", text, Language::English));
  }
  return std::move(parsed.promises.front());
}

inline model::Horizons horizons_for_test(const ColumnsForTest& columns, const Setting& setting) {
  model::Horizons horizons;
  horizons.sources = {{"s", at_second(setting.history_start), at_second(setting.complete_through),
                       setting.is_file, columns.types()}};
  if (setting.now) horizons.now = at_second(*setting.now);
  horizons.wall = at_second(setting.wall);
  return horizons;
}

inline std::string second_text(std::int64_t us) {
  return format_number(static_cast<double>(us) / 1e6);
}

inline std::string event_text(const ColumnsForTest& columns, model::EventIndex e) {
  return columns.event(e).type + "@" + second_text(columns.event(e).time.us);
}

inline std::string instance_text(const ColumnsForTest& columns, const model::Verdicts& verdicts,
                                 const model::Instance& it) {
  std::string text = event_text(columns, it.activation) + " " + std::string(model::verdict_name(it.verdict));
  if (it.unknown == model::UnknownCause::ShortHistory) text += "(history)";
  if (it.unknown == model::UnknownCause::NoKey) text += "(key)";
  if (it.unknown == model::UnknownCause::NoDueTime) text += "(due)";
  if (!it.is_final) text += "?";
  if (it.due != kNoTime) text += " due " + second_text(it.due.us);
  if (it.slack_us != 0) text += " slack " + second_text(it.slack_us);
  if (it.business_slack_us != 0) text += " business " + second_text(it.business_slack_us);
  if (it.step != model::kNoStep) text += " step " + std::to_string(it.step);
  if (it.is_rescued) text += " rescued";
  if (it.holds_now) text += " now";
  for (std::uint32_t w = 0; w < it.witnesses; ++w) {
    text += (w == 0 ? " by " : " ") + event_text(columns, verdicts.witnesses[it.first_witness + w]);
  }
  return text;
}

/// The instances of one customer, joined by "; ".
inline std::string outcome(std::string_view rule, std::string_view events, const Setting& setting = {}) {
  const Promise promise = promise_for_test(rule, setting.clauses);
  const ColumnsForTest columns(events_for_test(events));
  const HandCalendars calendars;
  const CompileResult compiled = compile({{&promise, 1, setting.from, setting.to}}, columns.columns(),
                                         horizons_for_test(columns, setting), calendars);
  if (!compiled.problems.empty()) return "problem: " + compiled.problems.front().error.message;
  Evaluator evaluator(*compiled.program, columns.columns());
  model::Verdicts verdicts;
  evaluator.customer(setting.customer, verdicts);
  std::string text;
  for (const model::Instance& it : verdicts.instances) {
    text += (text.empty() ? "" : "; ") + instance_text(columns, verdicts, it);
  }
  return text;
}

}  // namespace handslag::promise
