// SPDX-License-Identifier: Apache-2.0
#include "app/gaps/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "app/evaluate/bounds.h"
#include "app/language/numbers.h"
#include "base/text.h"

namespace handslag::app {
namespace {

gap::Period as_gap_period(promise::Period period) {
  return static_cast<gap::Period>(period);
}
static_assert(static_cast<int>(promise::Period::Year) == static_cast<int>(gap::Period::Year));
static_assert(static_cast<int>(promise::Period::Month) == static_cast<int>(gap::Period::Month));

std::optional<gap::Target> target_of(const promise::Promise& promise) {
  if (!promise.target) return std::nullopt;
  gap::Target target;
  target.share = promise.target->share;
  for (const promise::Name& name : promise.target->per) target.per.push_back(name.text);
  target.each = as_gap_period(promise.target->each);
  target.at_least = promise.target->at_least;
  return target;
}

// The last instant at which a version still judges activations.
Timestamp last_start_of(const promise::Version& version, const model::TimeRules& rules) {
  const auto& valid_to = version.promise->valid_to;
  const Timestamp by_record = version.to == kEndOfTime ? kEndOfTime : Timestamp{version.to.us - 1};
  return valid_to ? std::min(by_record, rules.end_of_day(*valid_to)) : by_record;
}

gap::PromiseInfo info_of(const CountedVerdicts& judged, std::uint32_t id) {
  const promise::Promise& newest = judged.promises.newest(id);
  gap::PromiseInfo info;
  info.rules = &rules_of(newest, judged.calendars);
  info.target = target_of(newest);
  info.by_start = newest.target && newest.target->by_start;
  info.shortest = fixed_bound(newest.rule).value_or(model::Duration{});
  info.is_business = has_business_bound(newest.rule);
  info.breaks_in_short_history = std::holds_alternative<promise::Rate>(newest.rule);
  info.last_start = kFirstTime;
  const auto& versions = judged.promises.versions();
  for (std::uint32_t v = 0; v < versions.size(); ++v) {
    if (judged.promises.id_of(v) != id) continue;
    const Timestamp h = judged.horizons[v].complete_through;
    if (h != kNoTime)
      info.complete_through = info.complete_through == kNoTime ? h : std::min(info.complete_through, h);
    info.last_start = std::max(info.last_start, last_start_of(versions[v], *info.rules));
    // Why: an older version with another bound may make an instance due earlier.
    if (versions[v].promise != &newest) info.shortest = model::Duration{};
  }
  return info;
}

gap::Question question_of(const CountedVerdicts& judged, const GapOptions& options) {
  gap::Question question;
  for (std::uint32_t id = 0; id < judged.promises.ids().size(); ++id)
    question.promises.push_back(info_of(judged, id));
  for (std::uint32_t v = 0; v < judged.promises.versions().size(); ++v)
    question.promise_of.push_back(judged.promises.id_of(v));
  std::copy_if(options.by.begin(), options.by.end(), std::back_inserter(question.by),
               [](const std::string& name) { return name != kByUnit; });
  // Why not for JSON: it shows no trend that was not asked for.
  const gap::Period usual = options.json ? gap::Period::None : gap::Period::Month;
  question.each = options.each ? as_gap_period(*options.each) : usual;
  question.from = options.from;
  question.to = options.to;
  return question;
}

// The newest version that judged an instance, by id; of all where none did.
std::vector<std::uint32_t> judging_versions(const CountedVerdicts& judged,
                                            const std::vector<bool>& has_judged) {
  const auto& versions = judged.promises.versions();
  std::vector<std::uint32_t> newest(judged.promises.ids().size(), 0), judging = newest;
  for (std::uint32_t v = 0; v < versions.size(); ++v) {
    const std::uint32_t id = judged.promises.id_of(v);
    newest[id] = std::max(newest[id], versions[v].number);
    if (has_judged[v]) judging[id] = std::max(judging[id], versions[v].number);
  }
  for (std::size_t id = 0; id < newest.size(); ++id)
    if (judging[id] != 0) newest[id] = judging[id];
  return newest;
}

// Each promise once more for every unit that its versions name.
struct UnitCut {
  gap::Question question;
  std::vector<std::pair<std::uint32_t, std::string>> parts;  // id and unit, by index of question.promises
};

UnitCut cut_by_unit(const CountedVerdicts& judged, const gap::Question& asked) {
  UnitCut cut;
  cut.question.from = asked.from;
  cut.question.to = asked.to;
  const auto& versions = judged.promises.versions();
  for (std::uint32_t v = 0; v < versions.size(); ++v) {
    const std::pair part(judged.promises.id_of(v), versions[v].promise->kept_by);
    const auto known = std::find(cut.parts.begin(), cut.parts.end(), part);
    cut.question.promise_of.push_back(static_cast<std::uint32_t>(known - cut.parts.begin()));
    if (known != cut.parts.end()) continue;
    cut.parts.push_back(part);
    cut.question.promises.push_back(asked.promises[part.first]);
  }
  return cut;
}

}  // namespace

Status require_cuts(const std::vector<std::string>& by) {
  if (std::find(by.begin(), by.end(), "agent") == by.end()) return {};
  return Error{ErrorCode::Forbidden, "results are not shown by agent"};
}

CountedVerdicts judged_by(const Evaluation& evaluation) {
  CountedVerdicts judged{.promises = evaluation.promises,
                         .settings = evaluation.settings,
                         .calendars = *evaluation.calendars,
                         .horizons = {},
                         .activations = gap::activations_in(evaluation.loaded.columns),
                         .has_events = evaluation.loaded.columns.events() > 0,
                         .each_instance = [&evaluation](const auto& take) {
                           for (const model::Instance& it : evaluation.verdicts.instances) take(it);
                         }};
  for (std::uint32_t v = 0; v < evaluation.promises.versions().size(); ++v)
    judged.horizons.push_back(promise::horizon_of(*evaluation.program, v));
  return judged;
}

CountedVerdicts judged_by(const LiveVerdicts& live) {
  return {.promises = live.promises,
          .settings = live.settings,
          .calendars = *live.calendars,
          .horizons = live.horizons,
          .activations = {.time = live.events.times(),
                          .values = [&live](const std::string& name) { return live.events.values(name); },
                          .texts = live.events.texts()},
          .has_events = live.events.events() > 0,
          .each_instance = [&live](const auto& take) { each_instance(live, take); }};
}

GapReport measure(const CountedVerdicts& judged, const GapOptions& options) {
  GapReport report;
  report.settings = &judged.settings;
  report.texts = judged.activations.texts;
  report.has_events = judged.has_events;
  report.options = options;
  report.shows_periods = options.each.has_value();
  const gap::Question question = question_of(judged, options);
  gap::Counting counting(question, judged.activations);
  const bool has_unit = std::find(options.by.begin(), options.by.end(), kByUnit) != options.by.end();
  const UnitCut units = has_unit ? cut_by_unit(judged, question) : UnitCut{};
  gap::Counting by_unit(units.question, judged.activations);
  std::vector<bool> has_judged(judged.promises.versions().size(), false);
  judged.each_instance([&](const model::Instance& instance) {
    has_judged[instance.promise] = true;
    counting.add(instance);
    if (has_unit) by_unit.add(instance);
  });
  auto numbers = counting.summaries();
  const auto versions = judging_versions(judged, has_judged);
  for (std::uint32_t id = 0; id < judged.promises.ids().size(); ++id) {
    const Timestamp h = question.promises[id].complete_through;
    if (h != kNoTime)
      report.complete_through = report.complete_through == kNoTime ? h : std::min(report.complete_through, h);
    report.promises.push_back(
        {&judged.promises.newest(id), versions[id], question.promises[id].rules, std::move(numbers[id]), {}});
  }
  auto of_units = by_unit.summaries();
  for (std::size_t i = 0; i < units.parts.size(); ++i)
    report.promises[units.parts[i].first].by_unit.emplace_back(units.parts[i].second,
                                                               std::move(of_units[i].total));
  return report;
}

gap::Period periods_of(const GapReport& report) {
  return report.options.each ? as_gap_period(*report.options.each) : gap::Period::Month;
}

std::string period_label(gap::Period period, const gap::PeriodSummary& summary,
                         const model::TimeRules& rules) {
  const Date day = rules.local_day(summary.from);
  const CivilDay civil = civil_from_date(day);
  switch (period) {
    case gap::Period::None:
    case gap::Period::Day:
      return format_date(day);
    case gap::Period::Week: {
      // The week's year and number are those of its Thursday (ISO 8601).
      const Date thursday{day.days + 3};
      const CivilDay of = civil_from_date(thursday);
      const int number = (thursday.days - date_from_civil({of.year, 1, 1}).days) / 7 + 1;
      return fmt::format("{} w{:02}", of.year, number);
    }
    case gap::Period::Month:
      return fmt::format("{}-{:02}", civil.year, civil.month);
    case gap::Period::Quarter:
      return fmt::format("{} Q{}", civil.year, (civil.month + 2) / 3);
    case gap::Period::Year:
      return std::to_string(civil.year);
  }
  return {};
}

std::string group_text(const model::Cell& value, const GapReport& report) {
  switch (value.kind) {
    case model::ValueKind::Missing:
      return "–";
    case model::ValueKind::Text:
      return std::string(report.texts->text(value.as_text()));
    case model::ValueKind::Number:
      return format_number(value.as_number());
    case model::ValueKind::Instant:
      return format_rfc3339(value.as_instant());
    case model::ValueKind::Boolean:
      return value.as_boolean() ? "true" : "false";
    case model::ValueKind::Date:
      return format_date(value.as_date());
  }
  return {};
}

std::string_view state_text(gap::TargetState state, const Terminal& terminal) {
  switch (state) {
    case gap::TargetState::None:
      return "";
    case gap::TargetState::TooFew:
      return terminal.say("too few", "för få");
    case gap::TargetState::Kept:
      return terminal.say("kept", "hållet");
    case gap::TargetState::OnCourse:
      return terminal.say("on course", "på väg");
    case gap::TargetState::OffCourse:
      return terminal.say("off course", "ur kurs");
    case gap::TargetState::Missed:
      return terminal.say("missed", "missat");
  }
  return "";
}

}  // namespace handslag::app
