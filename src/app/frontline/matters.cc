// SPDX-License-Identifier: Apache-2.0
#include "app/frontline/matters.h"

#include <algorithm>
#include <map>

namespace handslag::app {
namespace {

// A key, the kind of thing that it tells apart, and the family of events that are the thing's own.
struct Family {
  std::string_view key, kind, prefix;
};
constexpr Family kFamilies[] = {{"order", "order", "order."},
                                {"invoice", "invoice", "invoice."},
                                {"outage", "fault", "outage."},
                                {"commitment", "commitment", "commitment."},
                                {"case", "case", "case."}};
constexpr std::string_view kClosing[] = {".delivered", ".cancelled", ".canceled", ".resolved", ".kept",
                                         ".released",  ".closed",    ".paid",     ".completed"};

bool is_closing(std::string_view type) {
  return std::any_of(std::begin(kClosing), std::end(kClosing),
                     [&](std::string_view end) { return type.ends_with(end); });
}

// The value of a key, by the columns of keys: those of which some promise says `same`; the order also by
// name.
std::string_view key_of(const Reading& reading, model::EventIndex e, std::string_view key) {
  if (key == "order") return reading.text(e, CardField::Order);
  const model::Columns& columns = reading.columns();
  const auto column = columns.keys.find(key);
  if (column == columns.keys.end() || column->second[e] == model::kNoText) return {};
  return columns.texts->text(column->second[e]);
}

std::vector<matter::Thing> things_of(const Reading& reading) {
  std::vector<matter::Thing> things;
  std::map<std::pair<std::string_view, std::string_view>, std::size_t> known;
  for (model::EventIndex e = reading.begin(); e < reading.end(); ++e) {
    const std::string_view type = reading.type(e);
    for (const Family& family : kFamilies) {
      if (!type.starts_with(family.prefix)) continue;
      const std::string_view value = key_of(reading, e, family.key);
      if (value.empty()) break;
      const auto [entry, is_new] = known.emplace(std::pair(family.kind, value), things.size());
      if (is_new) things.push_back({std::string(family.kind), std::string(value), {}, {}});
      matter::Thing& thing = things[entry->second];
      thing.heard.push_back(reading.time(e));
      if (is_closing(type)) thing.closed = reading.time(e);
      break;
    }
  }
  return things;
}

std::string_view words_said(const Reading& reading, model::EventIndex e) {
  const model::Cell cell = reading.named(e, "words");
  return cell.kind == model::ValueKind::Text ? reading.columns().texts->text(cell.as_text())
                                             : std::string_view();
}

matter::Contact contact_at(const Reading& reading, model::EventIndex e) {
  matter::Contact contact;
  contact.time = reading.time(e);
  contact.contact = reading.text(e, CardField::Contact);
  contact.given = reading.text(e, CardField::Matter);
  contact.reason = reading.text(e, CardField::Reason);
  contact.words = matter::words_of(contact.reason, words_said(reading, e));
  for (const Family& family : kFamilies) {
    const std::string_view value = key_of(reading, e, family.key);
    if (!value.empty()) contact.names.emplace_back(family.kind, value);
  }
  return contact;
}

// What was decided last of each contact; an empty matter: it was taken back.
std::map<std::string_view, std::string_view> corrections(const Reading& reading) {
  std::map<std::string_view, std::string_view> decided;
  for (model::EventIndex e = reading.begin(); e < reading.end(); ++e) {
    const bool is_correction = reading.type(e) == kMatterCorrected;
    if (!is_correction && reading.type(e) != kMatterRestored) continue;
    decided[reading.text(e, CardField::Contact)] =
        is_correction ? reading.text(e, CardField::Matter) : std::string_view();
  }
  return decided;
}

}  // namespace

std::optional<std::size_t> Matters::find(std::string_view contact) const {
  for (std::size_t i = contacts.size(); i-- > 0;)
    if (!contact.empty() && contacts[i].contact == contact) return i;
  return std::nullopt;
}

std::optional<std::size_t> Matters::place_of(model::EventIndex event) const {
  const auto place = std::lower_bound(events.begin(), events.end(), event);
  if (place == events.end() || *place != event) return std::nullopt;
  return static_cast<std::size_t>(place - events.begin());
}

bool Matters::is_about(std::size_t contact, model::EventIndex e, const Reading& reading) const {
  const auto thing = matter_of(contact).thing;
  if (!thing) return false;
  return std::any_of(std::begin(kFamilies), std::end(kFamilies), [&](const Family& family) {
    return family.kind == things[*thing].kind && key_of(reading, e, family.key) == things[*thing].value;
  });
}

Matters matters_of(const Reading& reading, const matter::Lessons& lessons) {
  Matters found;
  found.things = things_of(reading);
  const auto decided = corrections(reading);
  for (model::EventIndex e = reading.begin(); e < reading.end(); ++e) {
    if (reading.type(e) != "contact.started" && reading.type(e) != "selfservice.started") continue;
    matter::Contact contact = contact_at(reading, e);
    if (const auto it = decided.find(contact.contact); it != decided.end() && !contact.contact.empty())
      contact.corrected = it->second;
    found.contacts.push_back(std::move(contact));
    found.events.push_back(e);
  }
  for (std::size_t i = 0; i + kMostDerived < found.contacts.size(); ++i) {
    matter::Contact& old = found.contacts[i];
    if (old.given.empty() && old.corrected.empty()) old.given = name_of(old);
  }
  found.derived = matter::derive(found.things, found.contacts, lessons);
  return found;
}

}  // namespace handslag::app
