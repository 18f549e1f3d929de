// SPDX-License-Identifier: Apache-2.0
// What leaders guess each quarter (register `guess`), measured; and a guess laid beside it. Nobody sees the
// measured beside a guess that is not sealed.
#include <fmt/format.h>

#include <cmath>
#include <future>

#include "app/api/register_desk.h"
#include "app/api/routes.h"
#include "app/api/services.h"
#include "app/api/whole_log.h"
#include "app/quarters/quarters.h"

namespace handslag::app {
namespace {

// Whether `unit` is `top` or lies beneath it.
bool is_within(const Settings& settings, std::string unit, const std::string& top) {
  for (std::size_t step = 0; step <= settings.units.size(); ++step) {
    if (unit == top) return true;
    const auto known = settings.units.find(unit);
    if (known == settings.units.end() || known->second.parent.empty()) return false;
    unit = known->second.parent;
  }
  return false;
}

// A unit at the top stands for the whole house, also for promises that name units nobody has entered.
bool is_whole_house(const Settings& settings, const std::string& unit) {
  const auto known = settings.units.find(unit);
  return unit.empty() || (known != settings.units.end() && known->second.parent.empty());
}

Result<QuarterMap> measure_quarters(const Services& services, const std::string& unit) {
  HANDSLAG_TRY(verdicts, verdicts_of(services));
  HANDSLAG_CHECK(keeps_names(verdicts, quarter_names()), "LiveOptions::names has the names of quarters");
  const model::TimeRules* rules = verdicts.calendars->find(model::kDefaultCalendar, model::kDefaultZone);
  if (rules == nullptr) return unavailable("the calendar \"sweden\" is missing; put it back in the settings");
  const Timestamp last = std::min(verdicts.events.last(), services.clock.now());
  GapOptions options;
  options.each = promise::Period::Quarter;
  // OPTIMIZATION: events and verdicts are counted beside each other; neither changes any more.
  auto gap = std::async(std::launch::async, [&] { return measure(judged_by(verdicts), options); });
  QuarterCount count(*rules, last);
  verdicts.events.each_customer(
      [&](const model::Columns& columns, model::CustomerIndex customer) { count.add(columns, customer); });
  QuarterMap quarters = count.quarters();
  const Settings& settings = verdicts.settings;
  const bool is_all = is_whole_house(settings, unit);
  add_kept(
      gap.get(), [&](const std::string& kept_by) { return is_all || is_within(settings, kept_by, unit); },
      quarters);
  return quarters;
}

template <typename Number>
Json optional_json(const std::optional<Number>& number) {
  return number ? Json(*number) : Json();
}

Json or_null(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

Json story_json(const Quarter& quarter) {
  if (quarter.story.empty()) return {};
  Json contacts = Json::array();
  for (const StoryContact& it : quarter.story)
    contacts.push_back({{"time", time_json(it.time)},
                        {"contact", or_null(it.contact)},
                        {"channel", or_null(it.channel)},
                        {"unit", or_null(it.unit)},
                        {"outcome", or_null(it.outcome)},
                        {"could_not_help", it.blocked}});
  return {{"reason", or_null(quarter.story_reason)}, {"contacts", std::move(contacts)}};
}

Json words_json(const Quarter& quarter) {
  Json list = Json::array();
  for (const OwnWords& it : quarter.words)
    list.push_back(
        {{"time", time_json(it.time)}, {"score", it.score}, {"about", or_null(it.about)}, {"text", it.text}});
  return list;
}

Json quarter_json(std::int32_t number, const Quarter& quarter) {
  Json json{{"quarter", quarter_name(number)},
            {"from", time_json(quarter.from)},
            {"to", time_json(quarter.to)},
            {"promises_kept", optional_json(quarter.promises_kept)},
            {"fourth_contact", optional_json(quarter.fourth_contact)},
            {"minutes_to_human", optional_json(quarter.minutes_to_human)},
            {"asked_twice", optional_json(quarter.asked_twice)},
            {"cannot_leave", optional_json(quarter.cannot_leave)}};
  json["felt"] = {{"unhappy", quarter.unhappy}, {"neither", quarter.neither}, {"happy", quarter.happy}};
  json["words"] = words_json(quarter);
  json["story"] = story_json(quarter);
  return json;
}

Result<http::Response> quarters(Call& call) {
  HANDSLAG_TRY(measured, measure_quarters(*call.services, std::string(call.parameter("unit"))));
  Json list = Json::array();
  for (const auto& [number, quarter] : measured) list.push_back(quarter_json(number, quarter));
  return json_response({{"quarters", std::move(list)}});
}

// One decimal, as people read it.
Json rounded(const std::optional<double>& number) {
  return number ? Json(std::round(*number * 10) / 10) : Json();
}

Json measured_values(const QuarterMap& measured, std::string_view name, Timestamp now) {
  Json values{{"shown_at", time_json(now)}};
  const auto number = quarter_number(name);
  const auto found = number ? measured.find(*number) : measured.end();
  if (found == measured.end()) return values;
  const Quarter& quarter = found->second;
  values["measured_promises_kept"] = rounded(quarter.promises_kept);
  values["measured_fourth_contact"] = optional_json(quarter.fourth_contact);
  values["measured_minutes_to_human"] = rounded(quarter.minutes_to_human);
  values["measured_asked_twice"] = optional_json(quarter.asked_twice);
  values["measured_cannot_leave"] = rounded(quarter.cannot_leave);
  return values;
}

// The guess, where it is the caller's own and sealed.
Result<Json> sealed_guess(const Call& call, const Actor& actor) {
  const std::string& id = call.path[0];
  HANDSLAG_TRY(
      guess, call.services->registers.with([&](Registers& registers) { return registers.show(actor, id); }));
  if (guess["register"] != "guess") return not_found(fmt::format("there is no guess \"{}\"", id));
  if (guess["created_by"] != actor.id)
    return Error{ErrorCode::Forbidden, "only who guessed may have the measured laid beside it"};
  if (guess["state"] != "sealed")
    return Error{ErrorCode::Conflict,
                 "the measured is laid beside a guess that is sealed, once; seal it first"};
  return guess;
}

Result<http::Response> show_guess(Call& call) {
  const Actor actor = actor_of(call.caller);
  HANDSLAG_TRY(guess, sealed_guess(call, actor));
  const Json& guessed = guess["values"];
  HANDSLAG_TRY(measured, measure_quarters(*call.services, guessed.value("unit", "")));
  Faults faults;
  const Json body{{"to", "shown"},
                  {"values", measured_values(measured, guessed.value("quarter", ""), call.now)}};
  HANDSLAG_TRY(json, call.services->registers.with([&](Registers& registers) -> Result<Json> {
    const auto moved = registers.move(system_actor(), call.path[0], guess.value("version", 0U), body, faults);
    if (!moved.ok()) return moved.error();
    return registers.show(actor, call.path[0]);
  }));
  return json_response(json);
}

}  // namespace

void add_quarter_routes(std::vector<Route>& routes) {
  using http::Method;
  add(routes, Method::Get, "/v1/quarters", Permission::ReadGap, Where::Worker, quarters,
      "What leaders guess, measured, quarter by quarter");
  add(routes, Method::Post, "/v1/guesses/{id}/show", Permission::GuessFigures, Where::Worker, show_guess,
      "Lay the measured beside a sealed guess of mine");
}

}  // namespace handslag::app
