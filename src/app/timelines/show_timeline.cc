// SPDX-License-Identifier: Apache-2.0
#include "app/timelines/show_timeline.h"

#include <fmt/format.h>

#include "app/evaluate/evaluation.h"
#include "app/language/json.h"
#include "app/language/numbers.h"
#include "app/language/words.h"

namespace handslag::app {
namespace {

std::string value_text(const model::Value& value) {
  const Json json = value_json(value);
  return json.is_string() ? json.get<std::string>() : json.dump();
}

// Why: an event is a line; a value with line ends would make it look like several.
std::string on_one_line(std::string text) {
  for (char& c : text)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  return text;
}

// "order=A-1 amount=499": what an event carries, keys first.
std::string carried_text(const model::Event& event) {
  std::string text;
  for (const model::Key& key : event.keys) text += fmt::format("{}={} ", key.name, key.value);
  for (const model::Attribute& attribute : event.data)
    text += fmt::format("{}={} ", attribute.name, value_text(attribute.value));
  return on_one_line(std::move(text));
}

void print_event(const model::Event& event, const model::TimeRules& rules, const Terminal& terminal) {
  const std::string where = event.channel.empty() ? event.source : event.channel;
  *terminal.out << fmt::format("{}  {} {} {}\n", left(local_text(event.time, rules), 19),
                               left(event.type, 24), left(where, 14),
                               painted(terminal, Paint::Quiet, carried_text(event)));
}

void print_customer(const store::Customers& customers, model::CustomerIndex customer,
                    const std::vector<model::Identifier>& identifiers, std::size_t events,
                    const Terminal& terminal) {
  *terminal.out << painted(terminal, Paint::Strong, customers.name(customer)) << "  ";
  if (customer == model::kOrganisation) {
    *terminal.out << terminal.say("events that name nobody, and are conditions for everyone (P-1)",
                                  "händelser som inte nämner någon, och som är villkor för alla (P-1)");
  } else {
    *terminal.out << terminal.say("known as", "känd som") << ':';
  }
  for (const model::Identifier& identifier : identifiers)
    *terminal.out << ' ' << identifier.type << ':' << identifier.value;
  *terminal.out << fmt::format("\n{}\n\n", counted(events, kEvents, terminal.language));
}

std::vector<store::RowNumber> rows_of(const model::Columns& columns, model::CustomerIndex customer) {
  if (customer + 1U >= columns.offsets.size()) return {};  // no events at all
  return {columns.row.begin() + columns.offsets[customer],
          columns.row.begin() + columns.offsets[customer + 1]};
}

struct Shown {
  std::vector<model::Event> events;
  std::vector<model::Identifier> identifiers;
};

Result<Shown> shown_of(store::EventLog& log, const store::Loaded& loaded, model::CustomerIndex customer,
                       const TimelineView* view) {
  if (view != nullptr) HANDSLAG_CHECK_STATUS(view->admit(loaded.customers.name(customer)));
  HANDSLAG_TRY(events, log.fetch(rows_of(loaded.columns, customer)));
  HANDSLAG_TRY(identifiers, loaded.customers.identifiers(customer));
  if (view != nullptr) {
    for (model::Event& event : events) view->mask(event);
    for (model::Identifier& identifier : identifiers) view->mask_identifier(identifier);
  }
  return Shown{std::move(events), std::move(identifiers)};
}

}  // namespace

Status print_timeline(store::EventLog& log, const Settings& settings, store::LoadOptions how,
                      const TimelineOptions& options, const TimelineView* view, const Terminal& terminal) {
  HANDSLAG_TRY(calendars, calendar::Calendars::create(settings.calendars));
  how.as_known_at = options.as_known_at;
  HANDSLAG_TRY(loaded, store::load(log, {}, how));
  HANDSLAG_TRY(found, loaded.customers.find(options.customer, options.today));
  const model::TimeRules* rules = calendars->find({}, {});
  HANDSLAG_CHECK(rules != nullptr, "the default calendar");
  Json json = Json::array();
  for (const model::CustomerIndex customer : found) {
    HANDSLAG_TRY(shown, shown_of(log, loaded, customer, view));
    if (options.json) {
      for (const model::Event& event : shown.events) json.push_back(event_json(event));
      continue;
    }
    print_customer(loaded.customers, customer, shown.identifiers, shown.events.size(), terminal);
    for (const model::Event& event : shown.events) print_event(event, *rules, terminal);
  }
  if (options.json) *terminal.out << json_text(json);
  return {};
}

Status show_timeline(const Session& session, const TimelineOptions& options) {
  HANDSLAG_TRY(directory, open_for_reading(session, "timeline"));
  HANDSLAG_TRY(settings, read_settings(directory.path()));
  TimelineOptions asked = options;
  asked.today = utc_day(current_time(session));
  return print_timeline(directory.log(), settings, load_options(settings, session), asked, nullptr,
                        session.terminal);
}

}  // namespace handslag::app
