// SPDX-License-Identifier: Apache-2.0
#include "pure/calendar/sweden.h"

#include "pure/calendar/days.h"

namespace handslag::calendar {
namespace {

constexpr std::int32_t kNationalDaySince = 2005;  // SFS 2004:1320; annandag pingst until the year before

std::string_view fixed_day_off(CivilDay day) {
  switch (day.month * 100 + day.day) {
    case 101:
      return "nyårsdagen";
    case 106:
      return "trettondedag jul";
    case 501:
      return "första maj";
    case 606:
      return day.year >= kNationalDaySince ? "nationaldagen" : "";
    case 1224:
      return "julafton";
    case 1225:
      return "juldagen";
    case 1226:
      return "annandag jul";
    case 1231:
      return "nyårsafton";
    default:
      return "";
  }
}

std::string_view weekday_day_off(CivilDay civil, Date day) {
  const std::int32_t month_day = civil.month * 100 + civil.day;
  if (month_day >= 619 && month_day <= 625 && weekday(day) == kFriday) return "midsommarafton";
  if (month_day >= 620 && month_day <= 626 && weekday(day) == kSaturday) return "midsommardagen";
  if (month_day >= 1031 && month_day <= 1106 && weekday(day) == kSaturday) return "alla helgons dag";
  return "";
}

std::string_view easter_day_off(CivilDay civil, Date day) {
  if (civil.month < 3 || civil.month > 6) return "";  // 20 March (långfredagen) to 14 June (annandag pingst)
  switch (day.days - easter_sunday(civil.year).days) {
    case -2:
      return "långfredagen";
    case 0:
      return "påskdagen";
    case 1:
      return "annandag påsk";
    case 39:
      return "Kristi himmelsfärdsdag";
    case 49:
      return "pingstdagen";
    case 50:
      return civil.year < kNationalDaySince ? "annandag pingst" : "";
    default:
      return "";
  }
}

}  // namespace

// The anonymous Gregorian algorithm: Nature, 20 April 1876; Meeus, Astronomical Algorithms, chapter 8. Its
// names.
Date easter_sunday(std::int32_t year) {
  const std::int32_t a = year % 19, b = year / 100, c = year % 100;
  const std::int32_t d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const std::int32_t h = (19 * a + b - d - g + 15) % 30;
  const std::int32_t i = c / 4, k = c % 4;
  const std::int32_t l = (32 + 2 * e + 2 * i - h - k) % 7;
  const std::int32_t m = (a + 11 * h + 22 * l) / 451;
  const std::int32_t n = h + l - 7 * m + 114;
  return date_from_civil({year, n / 31, n % 31 + 1});
}

std::string_view swedish_day_off(Date day) {
  const CivilDay civil = civil_from_date(day);
  if (const std::string_view name = fixed_day_off(civil); !name.empty()) return name;
  if (const std::string_view name = easter_day_off(civil, day); !name.empty()) return name;
  return weekday_day_off(civil, day);
}

}  // namespace handslag::calendar
