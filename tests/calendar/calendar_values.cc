// SPDX-License-Identifier: Apache-2.0
// Prints what pure/calendar says, for the scripts that compare it with other sources.
//
//   calendar_values days-off 1990 2050        every Swedish day off of these years: date, name
//   calendar_values changes Europe/London     every change of the offset 1800–2199: UTC second, seconds east
//   after it calendar_values local Europe/London       for each wall-clock second of the input: outcome, UTC
//   second
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "pure/calendar/sweden.h"
#include "pure/calendar/zone.h"

namespace handslag::calendar {
namespace {

constexpr std::int64_t kHour = 3600;

Timestamp second(std::int64_t seconds) {
  return {seconds * kMicrosPerSecond};
}

void print_days_off(std::int32_t from_year, std::int32_t to_year) {
  const Date last = date_from_civil({to_year, 12, 31});
  for (Date day = date_from_civil({from_year, 1, 1}); day <= last; ++day.days) {
    const std::string_view name = swedish_day_off(day);
    if (!name.empty()) std::cout << format_date(day) << ' ' << name << '\n';
  }
}

// Hour by hour; the second of a change by bisection. No zone changes twice within an hour.
void print_changes(const Zone& zone) {
  const auto start_of = [](std::int32_t year) { return date_from_civil({year, 1, 1}).days * 24 * kHour; };
  for (std::int64_t hour = start_of(kFirstTableYear); hour < start_of(kEndTableYear); hour += kHour) {
    std::int64_t before = hour, after = hour + kHour;
    const std::int64_t old_offset = zone.offset_us(second(before));
    if (zone.offset_us(second(after)) == old_offset) continue;
    while (after - before > 1) {
      const std::int64_t middle = before + (after - before) / 2;
      (zone.offset_us(second(middle)) == old_offset ? before : after) = middle;
    }
    std::cout << after << ' ' << zone.offset_us(second(after)) / kMicrosPerSecond << '\n';
  }
}

void print_local(const Zone& zone) {
  for (std::int64_t wall = 0; std::cin >> wall;) {
    const model::LocalInstant found = zone.to_instant(wall * kMicrosPerSecond);
    constexpr const char* kOutcomes[] = {"unique", "doubled", "skipped"};
    std::cout << kOutcomes[static_cast<int>(found.outcome)] << ' ' << found.time.us / kMicrosPerSecond
              << '\n';
  }
}

int run(const std::vector<std::string>& arguments) {
  if (arguments.size() == 3 && arguments[0] == "days-off") {
    print_days_off(std::atoi(arguments[1].c_str()), std::atoi(arguments[2].c_str()));
    return 0;
  }
  if (arguments.size() != 2) return 2;
  const Result<Zone> zone = Zone::open(arguments[1]);
  if (!zone.ok()) {
    std::cerr << zone.error().message << '\n';
    return 1;
  }
  if (arguments[0] == "changes") print_changes(*zone);
  if (arguments[0] == "local") print_local(*zone);
  return 0;
}

}  // namespace
}  // namespace handslag::calendar

int main(int count, char** words) {
  return handslag::calendar::run({words + 1, words + count});
}
