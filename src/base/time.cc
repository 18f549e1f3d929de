// SPDX-License-Identifier: Apache-2.0
#include "base/time.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace handslag {
namespace {

// Reads exactly `digits` decimal digits at `at`; nothing where there are others.
std::optional<std::int32_t> number_at(std::string_view text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) return std::nullopt;
  std::int32_t number = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

bool is_at(std::string_view text, std::size_t at, char wanted) {
  return at < text.size() && text[at] == wanted;
}

struct ClockText {
  std::int64_t us;  // since midnight
  std::size_t end;  // the first character behind it
};

// "10:00:00[.fraction]" from `at`.
std::optional<ClockText> clock_at(std::string_view text, std::size_t at) {
  auto hour = number_at(text, at, 2), minute = number_at(text, at + 3, 2),
       second = number_at(text, at + 6, 2);
  if (!hour || !minute || !second || !is_at(text, at + 2, ':') || !is_at(text, at + 5, ':'))
    return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  std::size_t end = at + 8;
  std::int64_t fraction = 0;
  if (is_at(text, end, '.') || is_at(text, end, ',')) {
    std::int64_t scale = 100'000;
    const std::size_t first = ++end;
    for (; end < text.size() && text[end] >= '0' && text[end] <= '9'; ++end, scale /= 10) {
      fraction += scale * (text[end] - '0');
    }
    if (end == first || end - first > 12) return std::nullopt;
  }
  const std::int64_t seconds = *hour * 3600 + *minute * 60 + *second;
  return ClockText{seconds * kMicrosPerSecond + fraction, end};
}

// "Z", "+01:00", "+0100" or "+01", to the end of the text: seconds east of UTC.
std::optional<std::int64_t> offset_at(std::string_view text, std::size_t at) {
  if (at + 1 == text.size() && (text[at] == 'Z' || text[at] == 'z')) return 0;
  if (!is_at(text, at, '+') && !is_at(text, at, '-')) return std::nullopt;
  auto hours = number_at(text, at + 1, 2);
  if (!hours || *hours > 23) return std::nullopt;
  std::int32_t minutes = 0;
  std::size_t end = at + 3;
  if (end < text.size()) {
    if (text[end] == ':') ++end;
    auto found = number_at(text, end, 2);
    if (!found || *found > 59) return std::nullopt;
    minutes = *found;
    end += 2;
  }
  if (end != text.size()) return std::nullopt;
  const std::int64_t seconds = *hours * 3600 + minutes * 60;
  return text[at] == '-' ? -seconds : seconds;
}

}  // namespace

Date date_from_civil(CivilDay civil) {
  using namespace std::chrono;
  const sys_days day{year{civil.year} / month{static_cast<unsigned>(civil.month)} /
                     std::chrono::day{static_cast<unsigned>(civil.day)}};
  return Date{static_cast<std::int32_t>(day.time_since_epoch().count())};
}

Date utc_day(Timestamp time) {
  const std::int64_t day = time.us / kMicrosPerDay - (time.us % kMicrosPerDay < 0 ? 1 : 0);
  return {static_cast<std::int32_t>(day)};
}

CivilDay civil_from_date(Date date) {
  using namespace std::chrono;
  const year_month_day day{sys_days{days{date.days}}};
  return {static_cast<int>(day.year()), static_cast<std::int32_t>(static_cast<unsigned>(day.month())),
          static_cast<std::int32_t>(static_cast<unsigned>(day.day()))};
}

bool is_valid_civil(CivilDay civil) {
  using namespace std::chrono;
  if (civil.year < 1 || civil.year > 9999 || civil.month < 1 || civil.month > 12 || civil.day < 1)
    return false;
  return (year{civil.year} / month{static_cast<unsigned>(civil.month)} /
          std::chrono::day{static_cast<unsigned>(civil.day)})
      .ok();
}

std::optional<Date> parse_date(std::string_view text) {
  auto year = number_at(text, 0, 4), month = number_at(text, 5, 2), day = number_at(text, 8, 2);
  if (text.size() != 10 || !year || !month || !day || text[4] != '-' || text[7] != '-') return std::nullopt;
  const CivilDay civil{*year, *month, *day};
  if (!is_valid_civil(civil)) return std::nullopt;
  return date_from_civil(civil);
}

std::optional<Timestamp> parse_rfc3339(std::string_view text) {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't' && text[10] != ' ')) return std::nullopt;
  auto date = parse_date(text.substr(0, 10));
  auto clock = clock_at(text, 11);
  if (!date || !clock) return std::nullopt;
  auto offset = offset_at(text, clock->end);
  if (!offset) return std::nullopt;
  const Timestamp time{date->days * kMicrosPerDay + clock->us - *offset * kMicrosPerSecond};
  if (time < kFirstTime || time > kLastTime) return std::nullopt;
  return time;
}

std::string format_date(Date date) {
  const CivilDay civil = civil_from_date(date);
  std::array<char, 32> buffer{};
  const int size =
      std::snprintf(buffer.data(), buffer.size(), "%04d-%02d-%02d", civil.year, civil.month, civil.day);
  return {buffer.data(), static_cast<std::size_t>(size)};
}

std::string format_rfc3339(Timestamp time) {
  std::int64_t days = time.us / kMicrosPerDay;
  std::int64_t rest = time.us % kMicrosPerDay;
  if (rest < 0) {
    rest += kMicrosPerDay;
    --days;
  }
  const std::int64_t seconds = rest / kMicrosPerSecond;
  const std::int64_t fraction = rest % kMicrosPerSecond;
  std::array<char, 40> buffer{};
  int size = std::snprintf(buffer.data(), buffer.size(), "T%02d:%02d:%02d", static_cast<int>(seconds / 3600),
                           static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  std::string text = format_date(Date{static_cast<std::int32_t>(days)});
  text.append(buffer.data(), static_cast<std::size_t>(size));
  if (fraction != 0) {
    size = std::snprintf(buffer.data(), buffer.size(), ".%06d", static_cast<int>(fraction));
    text.append(buffer.data(), static_cast<std::size_t>(size));
    while (text.back() == '0') text.pop_back();
  }
  return text + "Z";
}

}  // namespace handslag
