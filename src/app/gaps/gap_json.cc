// SPDX-License-Identifier: Apache-2.0
#include "app/gaps/gap_json.h"

namespace handslag::app {
namespace {

Json interval_json(const std::optional<stats::Interval>& interval) {
  return interval ? Json::array({interval->low, interval->high}) : Json();
}

Json lateness_json(const std::optional<gap::Lateness>& lateness) {
  if (!lateness) return {{"p50", nullptr}, {"p90", nullptr}};
  return {{"p50", static_cast<double>(lateness->median_us) / 1e6},
          {"p90", static_cast<double>(lateness->percentile_90_us) / 1e6}};
}

Json cell_json(const model::Cell& value, const GapReport& report) {
  switch (value.kind) {
    case model::ValueKind::Missing:
      return {};
    case model::ValueKind::Number:
      return number_json(value.as_number());
    case model::ValueKind::Boolean:
      return value.as_boolean();
    default:
      return group_text(value, report);
  }
}

// By name, as in groups.
Json worst_json(const gap::TargetPart& part, const promise::Target& target, const GapReport& report) {
  Json values = Json::object();
  for (std::size_t i = 0; i < part.values.size(); ++i)
    values[target.per[i].text] = cell_json(part.values[i], report);
  const bool has_period = part.from != kNoTime;
  return {{"values", std::move(values)},
          {"from", has_period ? time_json(part.from) : Json()},
          {"to", has_period ? time_json(part.to) : Json()},
          {"kept", part.kept},
          {"settled", part.settled},
          {"rate", part.rate()}};
}

Json parts_json(const gap::TargetParts& parts, const promise::Target& target, const GapReport& report) {
  return {{"kept", parts.kept},
          {"missed", parts.missed},
          {"on_course", parts.on_course},
          {"off_course", parts.off_course},
          {"too_few", parts.too_few},
          {"unsettled", parts.unsettled},
          {"worst", parts.worst ? worst_json(*parts.worst, target, report) : Json()}};
}

void add_figures(Json& json, const gap::Summary& summary, const promise::Promise& promise,
                 const GapReport& report) {
  json["instances"] = summary.instances;
  json["kept"] = summary.kept;
  json["late"] = summary.late;
  json["broken"] = summary.broken;
  json["pending"] = summary.pending;
  json["overdue"] = summary.overdue;
  json["void"] = summary.void_;
  json["unknown"] = summary.unknown;
  json["rate"] = summary.rate ? Json(*summary.rate) : Json();
  json["wilson"] = interval_json(summary.wilson);
  json["certainty"] = interval_json(summary.certainty);
  json["target"] = promise.target ? Json(promise.target->share) : Json();
  const bool has_state = summary.target_state != gap::TargetState::None;
  json["target_state"] = has_state ? Json(gap::target_state_name(summary.target_state)) : Json();
  if (summary.target_parts) json["target_parts"] = parts_json(*summary.target_parts, *promise.target, report);
  json["customers"] = summary.customers;
  json["customers_with_broken"] = summary.customers_with_broken;
  json["late_by_s"] = lateness_json(summary.late_by);
  if (summary.late_by_business) json["late_by_business_s"] = lateness_json(summary.late_by_business);
  json["rescued"] = summary.rescued;
}

Json promise_json(const PromiseGap& line, const GapReport& report) {
  const promise::Promise& promise = *line.promise;
  Json json{{"id", promise.id},
            {"title", promise.title},
            {"version", line.version},
            {"unit", promise.kept_by.empty() ? Json() : Json(promise.kept_by)}};
  add_figures(json, line.numbers.total, promise, report);
  if (!report.options.by.empty()) json["groups"] = Json::array();
  for (const auto& [unit, summary] : line.by_unit) {
    Json entry{{"by", kByUnit}, {"value", unit.empty() ? Json() : Json(unit)}};
    add_figures(entry, summary, promise, report);
    json["groups"].push_back(std::move(entry));
  }
  for (const gap::GroupSummary& group : line.numbers.groups) {
    Json entry{{"by", group.by}, {"value", cell_json(group.value, report)}};
    add_figures(entry, group.summary, promise, report);
    json["groups"].push_back(std::move(entry));
  }
  if (!report.shows_periods) return json;
  json["periods"] = Json::array();
  for (const gap::PeriodSummary& period : line.numbers.periods) {
    Json entry{{"from", time_json(period.from)}, {"to", time_json(period.to)}};
    add_figures(entry, period.summary, promise, report);
    json["periods"].push_back(std::move(entry));
  }
  return json;
}

}  // namespace

Json gap_json(const GapReport& report) {
  Json json{{"complete_through", time_json(report.complete_through)}, {"promises", Json::array()}};
  for (const PromiseGap& line : report.promises) json["promises"].push_back(promise_json(line, report));
  return json;
}

}  // namespace handslag::app
