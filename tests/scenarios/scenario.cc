// SPDX-License-Identifier: Apache-2.0
#include "tests/scenarios/scenario.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "tests/scenarios/words.h"

namespace handslag::scenario {
namespace {

using model::UnknownCause;

/// What the indented lines at hand belong to.
enum class Section { None, Promise, Calendar, Events, Verdicts };

// ---- events
// ---------------------------------------------------------------------------------------------------

Status add_data(std::string_view braces, const calendar::Zone& zone, model::Event& event) {
  if (braces.size() < 2 || braces.back() != '}') return invalid("a { without its }");
  for (std::string_view each : split(braces.substr(1, braces.size() - 2), ',')) {
    const std::size_t equals = each.find('=');
    if (equals == std::string_view::npos) return invalid("expected name=value inside { }");
    HANDSLAG_TRY(value, value_of(each.substr(equals + 1), zone));
    event.data.push_back({std::string(trimmed(each.substr(0, equals))), value});
  }
  return {};
}

Status add_detail(const std::string& word, Words& words, const calendar::Zone& zone, SaidEvent& said) {
  model::Event& event = said.event;
  if (word.starts_with("{")) return add_data(word, zone, event);
  if (word == kOrganisationName) {
    said.customer = word;
    return {};
  }
  if (const std::size_t equals = word.find('='); equals != std::string::npos) {
    event.keys.push_back({word.substr(0, equals), unquoted(word.substr(equals + 1))});
    return {};
  }
  if (word == "known") {
    HANDSLAG_TRY(known, words.take_time());
    event.known = known;
    return {};
  }
  if (word == "sequence") {
    HANDSLAG_TRY(sequence, words.take_count());
    event.sequence = sequence;
    return {};
  }
  const std::array<std::pair<std::string_view, std::string*>, 7> fields = {{{"customer", &said.customer},
                                                                            {"source", &event.source},
                                                                            {"id", &event.id},
                                                                            {"unit", &event.unit},
                                                                            {"channel", &event.channel},
                                                                            {"touchpoint", &event.touchpoint},
                                                                            {"agent", &event.agent}}};
  const auto field =
      std::find_if(fields.begin(), fields.end(), [&](const auto& each) { return each.first == word; });
  if (field == fields.end()) {
    return invalid("unknown word " + word +
                   " (customer, organisation, source, id, sequence, known, unit, channel, "
                   "touchpoint, agent, key=value, {name=value})");
  }
  HANDSLAG_TRY(value, words.take_any("a name after " + word));
  *field->second = value;
  return {};
}

Result<SaidEvent> read_event(Words& words, std::size_t line, const calendar::Zone& zone) {
  SaidEvent said;
  said.customer = kDefaultCustomer;
  HANDSLAG_TRY(time, words.take_time());
  HANDSLAG_TRY(type, words.take_any("an event's type"));
  said.event.time = time;
  said.event.type = type;
  said.event.source = "file";
  said.event.id = "line " + std::to_string(line);
  said.event.sequence = static_cast<std::int64_t>(line);
  while (!words.at_end()) {
    const std::string word = words.take();
    HANDSLAG_CHECK_STATUS(add_detail(word, words, zone, said));
  }
  return said;
}

// ---- verdicts
// -------------------------------------------------------------------------------------------------

Result<UnknownCause> read_cause(Words& words) {
  if (words.take_if("short") && words.take_if("history")) return UnknownCause::ShortHistory;
  if (words.take_if("no")) {
    if (words.take_if("key")) return UnknownCause::NoKey;
    if (words.take_if("due") && words.take_if("time")) return UnknownCause::NoDueTime;
  }
  return invalid("expected because no key, because short history or because no due time");
}

Status read_witness(Words& words, Expected& expected) {
  if (!expected.witnesses) expected.witnesses.emplace();
  if (words.take_if("nothing")) return {};
  HANDSLAG_TRY(witness, words.take_event());
  expected.witnesses->push_back(witness);
  return {};
}

Status read_time_clause(const std::string& word, Words& words, Expected& expected) {
  if (word == "due") {
    if (words.take_if("never")) {
      expected.due = std::optional<Timestamp>();
      return {};
    }
    HANDSLAG_TRY(due, words.take_time());
    expected.due = std::optional(due);
    return {};
  }
  if (word == "warn") {
    HANDSLAG_TRY(warn, words.take_time());
    expected.warn = warn;
    return {};
  }
  const bool is_late = word == "late";
  if (is_late && !words.take_if("by")) return invalid("expected late by and a duration");
  const bool in_business_time = words.take_if("business");
  HANDSLAG_TRY(us, words.take_duration());
  (in_business_time ? expected.business_slack_us : expected.slack_us) = is_late ? -us : us;
  return {};
}

Status read_clause(Words& words, Expected& expected) {
  const std::string word = words.take();
  if (word == "due" || word == "warn" || word == "slack" || word == "late") {
    return read_time_clause(word, words, expected);
  }
  if (word == "by") return read_witness(words, expected);
  if (word == "because") {
    HANDSLAG_TRY(cause, read_cause(words));
    expected.because = cause;
  } else if (word == "final" || (word == "not" && words.take_if("final"))) {
    expected.is_final = word == "final";
  } else if (word == "rescued") {
    expected.is_rescued = true;
  } else if (word == "step") {
    HANDSLAG_TRY(step, words.take_count());
    expected.step = static_cast<std::uint8_t>(step - 1);
  } else if (word == "version") {
    HANDSLAG_TRY(version, words.take_count());
    expected.version = version;
  } else if (word == "true" || word == "false") {
    if (!words.take_if("now")) return invalid("expected true now or false now");
    expected.holds_now = word == "true";
  } else {
    return invalid("unknown word " + word +
                   " (due, slack, late by, warn, by, because, final, not final, rescued, step, "
                   "version, true now, false now)");
  }
  return {};
}

Result<Expected> read_expected(Words& words, std::size_t line) {
  Expected expected;
  expected.line = line;
  expected.customer = kDefaultCustomer;
  if (words.peek().ends_with(':') && !parse_date(words.peek())) {
    expected.customer = words.take();
    expected.customer.pop_back();
  }
  HANDSLAG_TRY(activation, words.take_event());
  expected.activation = activation;
  if (!words.take_if("→")) return invalid("expected → and a verdict");
  const std::string name = words.take();
  const auto verdict = model::verdict_from_name(name);
  if (!verdict) return invalid(name + " is no verdict");
  expected.verdict = *verdict;
  while (!words.at_end()) {
    if (!words.take_if(",")) return invalid("expected a comma before " + std::string(words.peek()));
    HANDSLAG_CHECK_STATUS(read_clause(words, expected));
  }
  return expected;
}

// ---- calendars
// ------------------------------------------------------------------------------------------------

/// "open monday 09:00 16:00", "closed 2026-03-04".
Status read_calendar_line(Words& words, model::CalendarVersion& version) {
  static const std::array<std::string_view, 7> days = {"monday", "tuesday",  "wednesday", "thursday",
                                                       "friday", "saturday", "sunday"};
  const auto minute_of = [](const std::string& clock) -> std::int16_t {
    const auto parts = split(clock, ':');
    const double hours = parse_number(parts[0]).value_or(0);
    return static_cast<std::int16_t>(hours * 60 +
                                     (parts.size() > 1 ? parse_number(parts[1]).value_or(0) : 0));
  };
  if (words.take_if("closed")) {
    const auto date = parse_date(words.take());
    if (!date) return invalid("expected a date");
    version.holidays.push_back({*date, "closed"});
    return {};
  }
  if (!words.take_if("open")) return invalid("expected open or closed");
  const std::string name = words.take();
  const auto day = std::find(days.begin(), days.end(), name);
  if (day == days.end()) return invalid(name + " is no day of the week");
  const std::int16_t from = minute_of(words.take());
  version.weekly[static_cast<std::size_t>(day - days.begin())] =
      model::DayHours{{from, minute_of(words.take())}};
  return {};
}

// ---- the file
// -------------------------------------------------------------------------------------------------

class Reader {
 public:
  Result<std::vector<Stage>> read(std::string_view text) {
    HANDSLAG_CHECK_STATUS(set_zone("Europe/Stockholm"));
    std::size_t line_number = 0;
    for (std::string_view line : split(text, '\n')) {
      ++line_number;
      if (Status status = read_line(line, line_number); !status.ok()) {
        return Error(status.error()).in("line " + std::to_string(line_number));
      }
    }
    finish_stage();
    if (stages_.empty()) return invalid("a scenario without a verdicts section");
    for (const Stage& stage : stages_) {
      if (stage.expected.empty() && !stage_says_none_[static_cast<std::size_t>(&stage - stages_.data())]) {
        return invalid("line " + std::to_string(stage.line) +
                       ": verdicts without a verdict; write none where there are none");
      }
    }
    return std::move(stages_);
  }

 private:
  Status set_zone(const std::string& name) {
    HANDSLAG_TRY(zone, calendar::Zone::open(name));
    zone_ = std::make_unique<calendar::Zone>(std::move(zone));
    return {};
  }

  Status read_line(std::string_view line, std::size_t number) {
    const bool is_indented = line.starts_with(' ') || line.starts_with('\t');
    if (section_ == Section::Promise && (is_indented || trimmed(line).empty())) {
      said_.promises.back().text += std::string(line) + "\n";
      return {};
    }
    line = without_comment(line);
    if (trimmed(line).empty()) return {};
    Words words = Words::of(line, *zone_);
    if (is_indented) return read_content(words, number);
    finish_stage();
    HANDSLAG_CHECK_STATUS(read_head(words, number));
    if (!words.at_end()) return invalid("did not expect " + std::string(words.peek()));
    return {};
  }

  Status read_content(Words& words, std::size_t number) {
    if (section_ == Section::Events) {
      HANDSLAG_TRY(event, read_event(words, number, *zone_));
      said_.events.push_back(event);
      return {};
    }
    if (section_ == Section::Calendar)
      return read_calendar_line(words, said_.calendars.back().versions.back());
    if (section_ != Section::Verdicts) return invalid("an indented line outside a section");
    if (words.take_if("none")) {
      says_none_ = true;
      return {};
    }
    HANDSLAG_TRY(expected, read_expected(words, number));
    said_.expected.push_back(expected);
    return {};
  }

  Status read_head(Words& words, std::size_t number) {
    const std::string head = words.take();
    section_ = Section::None;
    if (head == "promise") return begin_promise(words, number);
    if (head == "calendar") return begin_calendar(words);
    if (head == "events") {
      section_ = Section::Events;
    } else if (head == "verdicts") {
      section_ = Section::Verdicts;
      said_.line = number;
      if (words.take_if("of")) said_.of = words.take();
    } else if (head == "zone") {
      return set_zone(words.take());
    } else if (head == "live") {
      said_.live.push_back(words.take());
    } else if (head == "rank") {
      const std::string type = words.take();
      const auto rank = parse_number(words.take());
      if (!rank) return invalid("expected rank TYPE NUMBER");
      said_.ranks[type] = static_cast<std::int32_t>(*rank);
    } else {
      return read_time_head(head, words);
    }
    return {};
  }

  Status read_time_head(const std::string& head, Words& words) {
    const bool is_horizon =
        (head == "complete" && words.take_if("through")) || (head == "history" && words.take_if("from"));
    if (!is_horizon && head != "now" && head != "wall") {
      return invalid(
          "unknown line (promise, calendar, events, verdicts, zone, live, rank, complete through, history "
          "from, now, wall)");
    }
    HANDSLAG_TRY(time, words.take_time());
    if (head == "now") said_.now = time;
    if (head == "wall") said_.wall = time;
    if (!is_horizon) return {};
    const std::string source = words.take_if("for") ? words.take() : "";
    (head == "complete" ? said_.complete_through : said_.history_start)[source] = time;
    return {};
  }

  Status begin_promise(Words& words, std::size_t number) {
    section_ = Section::Promise;
    said_.promises.push_back({number, "", std::nullopt});
    if (!words.take_if("from")) return {};
    HANDSLAG_TRY(from, words.take_time());
    said_.promises.back().from = from;
    return {};
  }

  Status begin_calendar(Words& words) {
    section_ = Section::Calendar;
    const std::string name = words.take();
    std::erase_if(said_.calendars,
                  [&](const model::CalendarDefinition& known) { return known.name == name; });
    said_.calendars.push_back({name, {{}}});
    return {};
  }

  void finish_stage() {
    if (section_ != Section::Verdicts) return;
    stages_.push_back(said_);
    stage_says_none_.push_back(says_none_);
    says_none_ = false;
    said_.expected.clear();
    said_.of.clear();
    section_ = Section::None;
  }

  std::unique_ptr<calendar::Zone> zone_;
  Section section_ = Section::None;
  Stage said_;
  bool says_none_ = false;
  std::vector<Stage> stages_;
  std::vector<bool> stage_says_none_;
};

}  // namespace

Result<std::vector<Stage>> read_scenario(std::string_view text) {
  return Reader().read(text);
}

}  // namespace handslag::scenario
