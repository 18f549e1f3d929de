// SPDX-License-Identifier: Apache-2.0
#include "pure/calendar/calendar.h"

#include <algorithm>
#include <limits>

#include "pure/calendar/check_definition.h"
#include "pure/calendar/days.h"
#include "pure/calendar/sweden.h"
#include "pure/model/time_rules.h"

namespace handslag::calendar {
namespace {

using model::CalendarDefinition;
using model::CalendarVersion;
using model::DayHours;

class Sweden final : public Calendar {
 public:
  std::optional<DayHours> special_hours(Date day) const override {
    if (swedish_day_off(day).empty()) return std::nullopt;
    return DayHours{};
  }
  const DayHours& weekly_hours(Date day) const override { return weekday(day) < 5 ? open_ : closed_; }

 private:
  const DayHours open_{{8 * 60, 17 * 60}};
  const DayHours closed_{};
};

/// One version of a definition.
class Version {
 public:
  Version(const CalendarVersion& text, const Calendar* base) : base_(base), weekly_(text.weekly) {
    for (const model::Holiday& holiday : text.holidays) add(holiday.when);
    for (const model::DayException& exception : text.exceptions) dated_[exception.day] = exception.hours;
  }

  std::optional<DayHours> special_hours(Date day) const {
    if (const auto found = dated_.find(day); found != dated_.end()) return found->second;
    if (is_yearly_holiday(day)) return DayHours{};
    return base_ != nullptr ? base_->special_hours(day) : std::nullopt;
  }

  const DayHours& weekly_hours(Date day) const {
    static const DayHours kClosed;
    const auto& stated = weekly_[static_cast<std::size_t>(weekday(day))];
    if (stated) return *stated;
    return base_ != nullptr ? base_->weekly_hours(day) : kClosed;
  }

 private:
  void add(const model::HolidayRule& when) {
    if (const auto* date = std::get_if<Date>(&when)) dated_[*date] = {};
    if (const auto* yearly = std::get_if<model::MonthDay>(&when)) {
      month_days_.push_back(yearly->month * 100 + yearly->day);
    }
    if (const auto* easter = std::get_if<model::EasterOffset>(&when)) easter_offsets_.push_back(easter->days);
  }

  bool is_yearly_holiday(Date day) const {
    if (month_days_.empty() && easter_offsets_.empty()) return false;
    const CivilDay civil = civil_from_date(day);
    const auto has = [](const std::vector<std::int32_t>& all, std::int32_t one) {
      return std::find(all.begin(), all.end(), one) != all.end();
    };
    return has(month_days_, civil.month * 100 + civil.day) ||
           (!easter_offsets_.empty() && has(easter_offsets_, day.days - easter_sunday(civil.year).days));
  }

  const Calendar* base_;  // may be absent; owned by the set that owns this
  std::array<std::optional<DayHours>, 7> weekly_;
  std::map<Date, DayHours> dated_;  // holidays of one date and, over them, exceptions
  std::vector<std::int32_t> month_days_, easter_offsets_;
};

class Defined final : public Calendar {
 public:
  /// REQUIRES: the definition is checked, and `known` holds what it extends.
  Defined(const CalendarDefinition& definition, const CalendarSet& known) {
    for (const CalendarVersion& version : definition.versions) {
      const Calendar* base = version.extends.empty() ? nullptr : known.find(version.extends)->second.get();
      starts_.push_back(version.valid_from.value_or(Date{std::numeric_limits<std::int32_t>::min()}));
      versions_.emplace_back(version, base);
    }
  }
  std::optional<DayHours> special_hours(Date day) const override { return at(day).special_hours(day); }
  const DayHours& weekly_hours(Date day) const override { return at(day).weekly_hours(day); }

 private:
  const Version& at(Date day) const {
    const auto next = std::upper_bound(starts_.begin(), starts_.end(), day);
    return versions_[static_cast<std::size_t>(next - starts_.begin()) - 1];
  }
  std::vector<Date> starts_;
  std::vector<Version> versions_;
};

Error circular(const std::vector<CalendarDefinition>& definitions, const CalendarSet& known) {
  std::string names;
  for (const CalendarDefinition& definition : definitions) {
    if (known.contains(definition.name)) continue;
    names += (names.empty() ? "" : ", ") + definition.name;
  }
  return invalid("calendars " + names +
                 ": extends: they extend each other in a circle; take one `extends` out");
}

bool is_ready(const CalendarDefinition& definition, const CalendarSet& known) {
  return std::all_of(definition.versions.begin(), definition.versions.end(),
                     [&](const CalendarVersion& version) {
                       return version.extends.empty() || known.contains(version.extends);
                     });
}

}  // namespace

DayHours Calendar::hours(Date day) const {
  if (auto special = special_hours(day)) return *std::move(special);
  return weekly_hours(day);
}

std::unique_ptr<const Calendar> make_sweden() {
  return std::make_unique<Sweden>();
}

Result<CalendarSet> make_calendars(const std::vector<CalendarDefinition>& definitions) {
  HANDSLAG_CHECK_STATUS(check_definitions(definitions));
  CalendarSet known;
  known.emplace(model::kDefaultCalendar, make_sweden());
  // Each round makes those whose `extends` are made; a round that makes none has only circles left.
  while (known.size() <= definitions.size()) {
    const std::size_t before = known.size();
    for (const CalendarDefinition& definition : definitions) {
      if (known.contains(definition.name) || !is_ready(definition, known)) continue;
      known.emplace(definition.name, std::make_unique<Defined>(definition, known));
    }
    if (known.size() == before) return circular(definitions, known);
  }
  return known;
}

}  // namespace handslag::calendar
