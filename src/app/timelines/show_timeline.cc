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

// "order=A-1 amount=499": what an event carries, keys first.
std::string carried_text(const model::Event& event) {
  std::string text;
  for (const model::Key& key : event.keys) text += fmt::format("{}={} ", key.name, key.value);
  for (const model::Attribute& attribute : event.data)
    text += fmt::format("{}={} ", attribute.name, value_text(attribute.value));
  return text;
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

}  // namespace

Status show_timeline(const Session& session, const TimelineOptions& options) {
  HANDSLAG_TRY(directory, open_for_reading(session, "timeline"));
  HANDSLAG_TRY(settings, read_settings(directory.path()));
  HANDSLAG_TRY(calendars, calendar::Calendars::create(settings.calendars));
  store::LoadOptions how = load_options(settings, session);
  how.as_known_at = options.as_known_at;
  HANDSLAG_TRY(loaded, store::load(directory.log(), {}, how));
  HANDSLAG_TRY(found, loaded.customers.find(options.customer));
  const Terminal& terminal = session.terminal;
  const model::TimeRules* rules = calendars->find({}, {});
  HANDSLAG_CHECK(rules != nullptr, "the default calendar");
  Json json = Json::array();
  for (const model::CustomerIndex customer : found) {
    HANDSLAG_TRY(events, directory.log().fetch(rows_of(loaded.columns, customer)));
    if (options.json) {
      for (const model::Event& event : events) json.push_back(event_json(event));
      continue;
    }
    HANDSLAG_TRY(identifiers, loaded.customers.identifiers(customer));
    print_customer(loaded.customers, customer, identifiers, events.size(), terminal);
    for (const model::Event& event : events) print_event(event, *rules, terminal);
  }
  if (options.json) *terminal.out << json_text(json);
  return {};
}

}  // namespace handslag::app
