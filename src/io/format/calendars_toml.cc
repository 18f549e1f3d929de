// SPDX-License-Identifier: Apache-2.0
#include "io/format/calendars_toml.h"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>

#include "base/text.h"
#include "io/format/parse_toml.h"

namespace handslag::format {
namespace {

using model::CalendarVersion;
using model::DayHours;

constexpr std::array<std::string_view, 7> kWeekdays{"monday", "tuesday",  "wednesday", "thursday",
                                                    "friday", "saturday", "sunday"};
constexpr std::array<std::string_view, 5> kCalendarKeys{"extends", "hours", "holidays", "exceptions",
                                                        "versions"};
constexpr std::array<std::string_view, 5> kVersionKeys{"valid_from", "extends", "hours", "holidays",
                                                       "exceptions"};
constexpr std::array<std::string_view, 3> kHolidayKeys{"date", "easter", "name"};
constexpr std::array<std::string_view, 3> kExceptionKeys{"date", "hours", "name"};

// ---- places and kinds
// ---------------------------------------------------------------------------------------

// The line goes in front of the message at the very top, where the file's name is known.
Error wrong(const toml::node& node, const std::string& what) {
  return invalid(std::to_string(node.source().begin.line) + ": " + what);
}

Status check_keys(const toml::table& table, std::span<const std::string_view> known,
                  const std::string& place) {
  for (const auto& [key, node] : table) {
    if (std::find(known.begin(), known.end(), key.str()) != known.end()) continue;
    std::string what = place + ": unknown key \"" + std::string(key.str().substr(0, 60)) + "\"; ";
    if (const auto near = nearest_word(key.str(), known)) {
      what += "did you mean \"" + std::string(*near) + "\"?";
    } else {
      what += "it can be";
      for (const std::string_view word : known) what += " " + std::string(word);
    }
    return wrong(node, what);
  }
  return {};
}

Result<std::string> text_at(const toml::table& table, std::string_view key, const std::string& place) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return std::string();
  if (const auto* text = node->as_string()) return text->get();
  return wrong(*node, place + "." + std::string(key) + ": write a text in quotes");
}

Result<const toml::table*> table_of(const toml::node& node, const std::string& place) {
  if (const toml::table* table = node.as_table()) return table;
  return wrong(node, place + ": write a table, { … } or [ … ]");
}

// The tables of a list; none where the key is not there.
Result<std::vector<const toml::table*>> tables_at(const toml::table& table, std::string_view key,
                                                  const std::string& place) {
  std::vector<const toml::table*> tables;
  const toml::node* node = table.get(key);
  if (node == nullptr) return tables;
  const toml::array* list = node->as_array();
  const std::string list_place = place + "." + std::string(key);
  if (list == nullptr) return wrong(*node, list_place + ": write a list of tables");
  for (const toml::node& element : *list) {
    HANDSLAG_TRY(inner, table_of(element, list_place));
    tables.push_back(inner);
  }
  return tables;
}

std::string numbered(const std::string& place, std::string_view list, std::size_t index) {
  return place + "." + std::string(list) + "[" + std::to_string(index + 1) + "]";
}

// ---- values
// -------------------------------------------------------------------------------------------------

std::optional<std::int32_t> two_digits(std::string_view text) {
  if (text.size() != 2 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
    return std::nullopt;
  return (text[0] - '0') * 10 + (text[1] - '0');
}

// "08:00"; "24:00" is the end of the day.
std::optional<std::int16_t> minute_of(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = two_digits(text.substr(0, 2)), minute = two_digits(text.substr(3));
  if (!hour || !minute || *minute > 59 || *hour * 60 + *minute > model::kMinutesPerDay) return std::nullopt;
  return static_cast<std::int16_t>(*hour * 60 + *minute);
}

Result<DayHours> hours_of(const toml::node& node, const std::string& place) {
  const std::string remedy = ": write hours as [\"08:00-12:00\", \"13:00-17:00\"], [] for closed";
  const toml::array* list = node.as_array();
  if (list == nullptr) return wrong(node, place + remedy);
  DayHours hours;
  for (const toml::node& element : *list) {
    const auto* text = element.as_string();
    if (text == nullptr) return wrong(element, place + remedy);
    const std::vector<std::string_view> ends = split(text->get(), '-');
    const auto from = minute_of(trimmed(ends.front())), to = minute_of(trimmed(ends.back()));
    if (ends.size() != 2 || !from || !to) return wrong(element, place + remedy);
    hours.push_back({*from, *to});
  }
  return hours;
}

std::optional<Date> date_of(const toml::node& node) {
  if (const auto* text = node.as_string()) return parse_date(text->get());
  const auto* date = node.as_date();
  if (date == nullptr) return std::nullopt;
  const CivilDay civil{date->get().year, date->get().month, date->get().day};
  if (!is_valid_civil(civil)) return std::nullopt;
  return date_from_civil(civil);
}

Result<Date> date_at(const toml::table& table, std::string_view key, const std::string& place) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return wrong(table, place + ": say " + std::string(key) + " = 2026-12-23");
  if (const auto date = date_of(*node)) return *date;
  return wrong(*node, place + "." + std::string(key) + ": write a day that exists, such as 2026-12-23");
}

std::optional<model::MonthDay> month_day_of(const toml::node& node) {
  const auto* text = node.as_string();
  if (text == nullptr || text->get().size() != 5 || text->get()[2] != '-') return std::nullopt;
  const std::string_view digits = text->get();
  const auto month = two_digits(digits.substr(0, 2)), day = two_digits(digits.substr(3));
  if (!month || !day) return std::nullopt;
  return model::MonthDay{*month, *day};
}

// ---- days
// ---------------------------------------------------------------------------------------------------

Result<model::Holiday> holiday_of(const toml::table& table, const std::string& place) {
  HANDSLAG_CHECK_STATUS(check_keys(table, kHolidayKeys, place));
  HANDSLAG_TRY(name, text_at(table, "name", place));
  const toml::node* date = table.get("date");
  const toml::node* easter = table.get("easter");
  if ((date == nullptr) == (easter == nullptr)) {
    return wrong(table,
                 place + ": say either date = 2026-05-15, date = \"12-23\" for each year, or easter = -3");
  }
  if (easter != nullptr) {
    const auto days = easter->value_exact<std::int64_t>();
    if (!days || *days < -1'000 || *days > 1'000) {
      return wrong(*easter, place + ".easter: write days from Easter Sunday, such as -3");
    }
    return model::Holiday{model::EasterOffset{static_cast<std::int32_t>(*days)}, std::move(name)};
  }
  if (const auto yearly = month_day_of(*date)) return model::Holiday{*yearly, std::move(name)};
  HANDSLAG_TRY(day, date_at(table, "date", place));
  return model::Holiday{day, std::move(name)};
}

Result<model::DayException> exception_of(const toml::table& table, const std::string& place) {
  HANDSLAG_CHECK_STATUS(check_keys(table, kExceptionKeys, place));
  HANDSLAG_TRY(name, text_at(table, "name", place));
  HANDSLAG_TRY(day, date_at(table, "date", place));
  const toml::node* node = table.get("hours");
  if (node == nullptr) return wrong(table, place + ": say hours = [\"08:00-12:00\"], or [] for closed");
  HANDSLAG_TRY(hours, hours_of(*node, place + ".hours"));
  return model::DayException{day, std::move(hours), std::move(name)};
}

// ---- calendars
// ----------------------------------------------------------------------------------------------

Status read_week(const toml::table& table, const std::string& place, CalendarVersion& version) {
  const toml::node* node = table.get("hours");
  if (node == nullptr) return {};
  HANDSLAG_TRY(week, table_of(*node, place + ".hours"));
  HANDSLAG_CHECK_STATUS(check_keys(*week, kWeekdays, place + ".hours"));
  for (std::size_t i = 0; i < kWeekdays.size(); ++i) {
    const toml::node* day = week->get(kWeekdays[i]);
    if (day == nullptr) continue;
    HANDSLAG_TRY(hours, hours_of(*day, place + ".hours." + std::string(kWeekdays[i])));
    version.weekly[i] = std::move(hours);
  }
  return {};
}

Result<CalendarVersion> version_of(const toml::table& table, const std::string& place) {
  CalendarVersion version;
  HANDSLAG_TRY(extends, text_at(table, "extends", place));
  version.extends = std::move(extends);
  HANDSLAG_CHECK_STATUS(read_week(table, place, version));
  HANDSLAG_TRY(holidays, tables_at(table, "holidays", place));
  for (std::size_t i = 0; i < holidays.size(); ++i) {
    HANDSLAG_TRY(holiday, holiday_of(*holidays[i], numbered(place, "holidays", i)));
    version.holidays.push_back(std::move(holiday));
  }
  HANDSLAG_TRY(exceptions, tables_at(table, "exceptions", place));
  for (std::size_t i = 0; i < exceptions.size(); ++i) {
    HANDSLAG_TRY(exception, exception_of(*exceptions[i], numbered(place, "exceptions", i)));
    version.exceptions.push_back(std::move(exception));
  }
  return version;
}

Result<model::CalendarDefinition> definition_of(const std::string& name, const toml::table& table) {
  const std::string place = "calendars." + name;
  model::CalendarDefinition definition{name, {}};
  HANDSLAG_CHECK_STATUS(check_keys(table, kCalendarKeys, place));
  HANDSLAG_TRY(first, version_of(table, place));
  definition.versions.push_back(std::move(first));
  HANDSLAG_TRY(later, tables_at(table, "versions", place));
  for (std::size_t i = 0; i < later.size(); ++i) {
    const std::string version_place = numbered(place, "versions", i);
    HANDSLAG_CHECK_STATUS(check_keys(*later[i], kVersionKeys, version_place));
    HANDSLAG_TRY(version, version_of(*later[i], version_place));
    HANDSLAG_TRY(valid_from, date_at(*later[i], "valid_from", version_place));
    version.valid_from = valid_from;
    definition.versions.push_back(std::move(version));
  }
  return definition;
}

Result<std::vector<model::CalendarDefinition>> definitions_of(const toml::table& root) {
  constexpr std::array<std::string_view, 1> kRootKeys{"calendars"};
  std::vector<model::CalendarDefinition> definitions;
  HANDSLAG_CHECK_STATUS(check_keys(root, kRootKeys, "file"));
  const toml::node* node = root.get("calendars");
  if (node == nullptr) return definitions;
  HANDSLAG_TRY(calendars, table_of(*node, "calendars"));
  for (const auto& [key, value] : *calendars) {
    const std::string name(key.str().substr(0, 100));
    HANDSLAG_TRY(table, table_of(value, "calendars." + name));
    HANDSLAG_TRY(definition, definition_of(name, *table));
    definitions.push_back(std::move(definition));
  }
  return definitions;
}

}  // namespace

Result<std::vector<model::CalendarDefinition>> read_calendars(std::string_view toml, std::string_view file) {
  const std::string name(file);
  if (toml.size() > kMaxCalendarsBytes) {
    return over_limit(name + ": " + std::to_string(toml.size()) + " bytes are too many; at most 1 MiB");
  }
  HANDSLAG_TRY(root, parse_toml(toml, name));
  Result<std::vector<model::CalendarDefinition>> read = definitions_of(root);
  if (read.ok()) return read;
  Error error = std::move(read).error();
  error.message = name + ":" + error.message;
  return error;
}

}  // namespace handslag::format
