// SPDX-License-Identifier: Apache-2.0
#include "app/frontline/cause.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include "app/frontline/still_owed.h"

namespace handslag::app {
namespace {

constexpr std::int64_t kNear = 30 * kMicrosPerDay;
constexpr std::array<std::string_view, 6> kTalk = {"contact.", "call.", "fact.",
                                                   "help.",    "chat.", "identify."};

bool is_talk(std::string_view type) {
  return std::any_of(kTalk.begin(), kTalk.end(), [&](std::string_view it) { return type.starts_with(it); });
}

bool is_bad(model::Verdict verdict) {
  return verdict == model::Verdict::Broken || verdict == model::Verdict::Late ||
         verdict == model::Verdict::Overdue;
}

bool shares(const Reading& reading, CardField field, model::EventIndex a, model::EventIndex b) {
  const std::string_view value = reading.text(a, field);
  return !value.empty() && value == reading.text(b, field);
}

std::optional<CauseLink> link_of(const Reading& reading, const Matters& matters, model::EventIndex contact,
                                 model::EventIndex activation, Timestamp failed) {
  if (shares(reading, CardField::Order, contact, activation)) return CauseLink::Order;
  if (shares(reading, CardField::Matter, contact, activation)) return CauseLink::Matter;
  const auto place = matters.place_of(contact);
  if (place && matters.is_about(*place, activation, reading)) return CauseLink::Matter;
  if (reading.time(contact).us - failed.us <= kNear) return CauseLink::Time;
  return std::nullopt;
}

Json event_step(const Reading& reading, model::EventIndex e) {
  Json step{{"type", reading.type(e)}, {"time", time_json(reading.time(e))}};
  for (const CardField field :
       {CardField::Channel, CardField::Unit, CardField::Reason, CardField::Order, CardField::Matter}) {
    if (const auto text = reading.text(e, field); !text.empty())
      step[std::string(kFieldNames[static_cast<std::size_t>(field)])] = text;
  }
  return step;
}

}  // namespace

std::optional<model::EventIndex> find_contact(const Reading& reading, std::string_view contact) {
  std::optional<model::EventIndex> any;
  for (model::EventIndex e = reading.begin(); e < reading.end(); ++e) {
    if (reading.text(e, CardField::Contact) != contact) continue;
    if (reading.type(e) == "contact.started") return e;
    if (!any) any = e;
  }
  return any;
}

RootCause find_cause(const Reading& reading, const model::Verdicts& verdicts,
                     std::span<const promise::Version> versions, model::EventIndex contact,
                     const Matters& matters) {
  using Rank = std::tuple<int, bool, double, Timestamp>;  // greater is better
  RootCause best;
  Rank best_rank;
  for (const model::Instance& it : verdicts.instances) {
    if (!is_bad(it.verdict)) continue;
    const promise::Promise& promise = *versions[it.promise].promise;
    const Timestamp failed = failed_at(promise.rule, it, verdicts, reading.columns());
    if (failed >= reading.time(contact)) continue;
    const auto link = link_of(reading, matters, contact, it.activation, failed);
    if (!link) continue;
    const Rank rank{*link == CauseLink::Time ? 0 : 1, !is_talk(reading.type(it.activation)), promise.weight,
                    failed};
    if (best.instance != nullptr && rank <= best_rank) continue;
    best = {&it, *link, failed};
    best_rank = rank;
  }
  return best;
}

Month month_of(Timestamp time, const model::TimeRules& rules) {
  const CivilDay day = civil_from_date(rules.local_day(time));
  const bool is_december = day.month == 12;
  const CivilDay next{is_december ? day.year + 1 : day.year, is_december ? 1 : day.month + 1, 1};
  return {fmt::format("{:04}-{:02}", day.year, day.month),
          rules.start_of_day(date_from_civil({day.year, day.month, 1})),
          rules.end_of_day({date_from_civil(next).days - 1})};
}

Json cause_steps(const Reading& reading, const model::Verdicts& verdicts,
                 std::span<const promise::Version> versions, model::EventIndex contact,
                 const RootCause& cause, const Matters& matters) {
  Json first = event_step(reading, contact);
  if (const auto place = matters.place_of(contact)) {
    const matter::Placement& placement = matters.derived.of[*place];
    first["matter"] = matters.matter_of(*place).name;
    first["matter_source"] = matter::source_name(placement.source);
    first["confidence"] = std::round(100 * placement.confidence) / 100;
  }
  first["step"] = "contact";
  Json steps = Json::array({std::move(first)});
  if (cause.instance == nullptr) return steps;
  const model::Instance& it = *cause.instance;
  const promise::Promise& promise = *versions[it.promise].promise;
  constexpr std::string_view kLinks[] = {"order", "matter", "time"};
  steps.push_back({{"promise", promise.id},
                   {"title", promise.title},
                   {"state", model::verdict_name(it.verdict)},
                   {"activation", event_step(reading, it.activation)},
                   {"due", time_json(it.due)},
                   {"by_the_same", kLinks[static_cast<std::size_t>(cause.link)]},
                   {"step", "promise"}});
  const bool has_breaker = !is_to_be_done(promise.rule) && it.witnesses > 0;
  Json broke{
      {"failed", time_json(cause.failed)},
      {"due_passed", is_to_be_done(promise.rule)},
      {"event",
       has_breaker ? event_step(reading, verdicts.witnesses[it.first_witness + it.witnesses - 1]) : Json()},
      {"step", "broken_by"}};
  // Why: of what may not come (R3, R4, R8) the activation itself is what broke it.
  if (!has_breaker && !is_to_be_done(promise.rule)) broke["event"] = event_step(reading, it.activation);
  steps.push_back(std::move(broke));
  steps.push_back({{"unit", promise.kept_by.empty() ? Json() : Json(promise.kept_by)}, {"step", "unit"}});
  return steps;
}

}  // namespace handslag::app
