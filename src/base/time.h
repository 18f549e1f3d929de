// SPDX-License-Identifier: Apache-2.0
// Instants and civil dates as plain numbers, and their RFC 3339 text. Zones, holidays and business time are
// not here: see pure/calendar. Everything is total and allocates nothing but the text it returns.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace handslag {

inline constexpr std::int64_t kMicrosPerSecond = 1'000'000;
inline constexpr std::int64_t kMicrosPerMinute = 60 * kMicrosPerSecond;
inline constexpr std::int64_t kMicrosPerHour = 60 * kMicrosPerMinute;
inline constexpr std::int64_t kMicrosPerDay = 86'400 * kMicrosPerSecond;

/// An instant: microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
struct Timestamp {
  std::int64_t us = 0;
  friend constexpr auto operator<=>(Timestamp, Timestamp) = default;
};

inline constexpr Timestamp kNoTime{std::numeric_limits<std::int64_t>::min()};  // "null" in columns
inline constexpr Timestamp kEndOfTime{std::numeric_limits<std::int64_t>::max()};

/// Instants that the product accepts: years 0001 to 9999. Arithmetic inside that range cannot overflow.
inline constexpr Timestamp kFirstTime{-62'135'596'800 * kMicrosPerSecond};
inline constexpr Timestamp kLastTime{253'402'300'800 * kMicrosPerSecond - 1};

/// A civil day: days since 1970-01-01, in no particular zone.
struct Date {
  std::int32_t days = 0;
  friend constexpr auto operator<=>(Date, Date) = default;
};

struct CivilDay {
  std::int32_t year;   // 1 to 9999
  std::int32_t month;  // 1 to 12
  std::int32_t day;    // 1 to 31
};

Date date_from_civil(CivilDay civil);
CivilDay civil_from_date(Date date);
/// The day by UTC.
Date utc_day(Timestamp time);
/// True for a day that exists, years 1 to 9999.
bool is_valid_civil(CivilDay civil);

/// "2026-12-01" exactly; nothing for anything else, also for days that do not exist.
std::optional<Date> parse_date(std::string_view text);

/// RFC 3339 with a zone: "2026-11-21T10:00:00.123456+01:00", "…Z". A space may stand for the T. Nothing for a
/// time without a zone, for days or hours that do not exist, and for leap seconds. More than six fraction
/// digits are cut.
std::optional<Timestamp> parse_rfc3339(std::string_view text);

/// "2026-11-21T09:00:00Z"; a fraction only where there is one, without trailing zeros.
std::string format_rfc3339(Timestamp time);
/// "2026-12-01".
std::string format_date(Date date);

}  // namespace handslag
