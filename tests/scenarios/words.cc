// SPDX-License-Identifier: Apache-2.0
#include "tests/scenarios/words.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace handslag::scenario {
namespace {

/// "10:00", "10:00:30", "23:59:59.999999": microseconds since midnight.
std::optional<std::int64_t> clock_of(std::string_view text) {
  const auto parts = split(text, ':');
  if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
  const auto hours = parse_number(parts[0]), minutes = parse_number(parts[1]);
  const auto seconds = parts.size() == 3 ? parse_number(parts[2]) : std::optional(0.0);
  if (!hours || !minutes || !seconds || *hours > 23 || *minutes > 59 || *seconds >= 60) return std::nullopt;
  const auto whole = static_cast<std::int64_t>(*hours * 3600 + *minutes * 60) * kMicrosPerSecond;
  return whole + static_cast<std::int64_t>(*seconds * 1e6 + 0.5);
}

Result<Timestamp> local_time(std::string_view day, std::string_view clock, const calendar::Zone& zone) {
  const auto date = parse_date(day);
  const auto us = clock_of(clock);
  if (!date || !us)
    return invalid("expected a time like 2026-03-02 10:00, not " + std::string(day) + " " +
                   std::string(clock));
  const model::LocalInstant instant = zone.to_instant(date->days * kMicrosPerDay + *us);
  if (instant.outcome == model::LocalOutcome::Skipped)
    return invalid("the clock skips that time; write it in UTC");
  return instant.time;
}

}  // namespace

std::string_view without_comment(std::string_view line) {
  bool in_quotes = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') in_quotes = !in_quotes;
    if (line[i] == '#' && !in_quotes) return line.substr(0, i);
  }
  return line;
}

Words Words::of(std::string_view line, const calendar::Zone& zone) {
  Words made(zone);
  std::string word;
  bool in_quotes = false, in_braces = false;
  const auto finish = [&] {
    if (!word.empty()) made.words_.push_back(std::exchange(word, ""));
  };
  for (char c : line) {
    if (c == '"') in_quotes = !in_quotes;
    if (!in_quotes && (c == '{' || c == '}')) in_braces = c == '{';
    if (in_quotes || in_braces || (c != ' ' && c != '\t' && c != ',')) {
      word += c;
      continue;
    }
    finish();
    if (c == ',') made.words_.emplace_back(",");
  }
  finish();
  return made;
}

std::string Words::take() {
  return at_end() ? std::string() : words_[next_++];
}

bool Words::take_if(std::string_view word) {
  if (at_end() || words_[next_] != word) return false;
  ++next_;
  return true;
}

Result<std::string> Words::take_any(std::string_view what) {
  if (at_end() || peek() == ",") return invalid("expected " + std::string(what));
  return unquoted(take());
}

Result<Timestamp> Words::take_time() {
  const std::string first = take();
  if (const auto instant = parse_rfc3339(first)) return *instant;
  return local_time(first, take(), *zone_);
}

Result<std::int64_t> Words::take_duration() {
  static const std::array<std::pair<std::string_view, std::int64_t>, 5> units = {
      {{"us", 1},
       {"s", kMicrosPerSecond},
       {"min", 60 * kMicrosPerSecond},
       {"h", 3600 * kMicrosPerSecond},
       {"days", kMicrosPerDay}}};
  std::int64_t sum = 0;
  bool is_first = true;
  while (is_first || (!at_end() && parse_number(peek()))) {
    const auto count = parse_number(take());
    const std::string name = take();
    const auto unit =
        std::find_if(units.begin(), units.end(), [&](const auto& each) { return each.first == name; });
    if (!count || unit == units.end())
      return invalid("expected a duration like 2 h 30 min (us, s, min, h, days)");
    sum += static_cast<std::int64_t>(*count * static_cast<double>(unit->second));
    is_first = false;
  }
  return sum;
}

Result<std::uint32_t> Words::take_count() {
  const auto number = parse_number(take());
  if (!number || *number < 0 || *number > 1e6) return invalid("expected a whole number");
  return static_cast<std::uint32_t>(*number);
}

Result<EventRef> Words::take_event() {
  HANDSLAG_TRY(type, take_any("an event's type"));
  HANDSLAG_TRY(time, take_time());
  EventRef ref{type, time, ""};
  if (take_if("id")) ref.id = unquoted(take());
  return ref;
}

Result<model::Value> value_of(std::string_view text, const calendar::Zone& zone) {
  text = trimmed(text);
  if (text.size() >= 2 && text.front() == '"') return model::Value(unquoted(text));
  if (text == "true" || text == "false") return model::Value(text == "true");
  if (const auto number = parse_number(text)) return model::Value(*number);
  if (const auto date = parse_date(text)) return model::Value(*date);
  if (const auto instant = parse_rfc3339(text)) return model::Value(*instant);
  if (const std::size_t space = text.find(' '); space != std::string_view::npos) {
    HANDSLAG_TRY(instant, local_time(text.substr(0, space), text.substr(space + 1), zone));
    return model::Value(instant);
  }
  return invalid("expected a number, true, false, a date, a time or a text in quotes, not " +
                 std::string(text));
}

std::string unquoted(std::string_view word) {
  if (word.size() >= 2 && word.front() == '"' && word.back() == '"') word = word.substr(1, word.size() - 2);
  return std::string(word);
}

}  // namespace handslag::scenario
