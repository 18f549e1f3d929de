// SPDX-License-Identifier: Apache-2.0
#include "app/language/numbers.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace handslag::app {
namespace {

struct TimeUnit {
  std::int64_t seconds;
  const char* english;
  const char* swedish;
};
constexpr std::array<TimeUnit, 4> kUnits{
    {{86'400, "d", "dygn"}, {3'600, "h", "h"}, {60, "min", "min"}, {1, "s", "s"}}};

std::string clock_text(std::int64_t us_of_day) {
  const std::int64_t seconds = us_of_day / kMicrosPerSecond;
  const std::string text = fmt::format("{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
  return seconds % 60 == 0 ? text : text + fmt::format(":{:02}", seconds % 60);
}

}  // namespace

std::string count_text(std::uint64_t count, Language language) {
  std::string digits = std::to_string(count);
  const std::string separator = language == Language::Swedish ? "\u00a0" : ",";
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, separator);
  }
  return digits;
}

std::string share_text(std::optional<double> share, Language language) {
  if (!share) return "–";
  double tenths = std::round(*share * 1000);
  if (tenths >= 1000 && *share < 1) tenths = 999;
  if (tenths <= 0 && *share > 0) tenths = 1;
  const auto whole = static_cast<int>(tenths) / 10;
  const auto tenth = static_cast<int>(tenths) % 10;
  const char* mark = language == Language::Swedish ? "," : ".";
  return tenth == 0 && (whole == 0 || whole == 100) ? fmt::format("{} %", whole)
                                                    : fmt::format("{}{}{} %", whole, mark, tenth);
}

std::string duration_text(double seconds, Language language) {
  auto rest = static_cast<std::int64_t>(std::llround(std::fabs(seconds)));
  if (rest == 0) return std::fabs(seconds) > 0 ? "< 1 s" : "0 s";
  std::string text;
  int parts = 0;
  for (const TimeUnit& unit : kUnits) {
    const std::int64_t count = rest / unit.seconds;
    rest %= unit.seconds;
    if (count == 0) {
      if (parts == 1) break;
      continue;
    }
    if (parts++ > 0) text += ' ';
    text += fmt::format("{} {}", count, language == Language::Swedish ? unit.swedish : unit.english);
    if (parts == 2) break;
  }
  return text;
}

std::string local_text(Timestamp time, const model::TimeRules& rules) {
  const Date day = rules.local_day(time);
  if (time == rules.end_of_day(day)) return format_date(day) + " 24:00";
  return format_date(day) + " " + clock_text(rules.wall_clock_us(time));
}

std::string_view month_word(int month, Language language) {
  static constexpr std::array<std::string_view, 12> kEnglish{"January",   "February", "March",    "April",
                                                             "May",       "June",     "July",     "August",
                                                             "September", "October",  "November", "December"};
  static constexpr std::array<std::string_view, 12> kSwedish{"januari",   "februari", "mars",     "april",
                                                             "maj",       "juni",     "juli",     "augusti",
                                                             "september", "oktober",  "november", "december"};
  return (language == Language::Swedish ? kSwedish : kEnglish).at(static_cast<std::size_t>(month - 1));
}

std::string_view verdict_word(model::Verdict verdict, Language language) {
  static constexpr std::array<std::string_view, model::kVerdicts> kSwedish{
      "pågår", "över tiden", "hållet", "infriat för sent", "brutet", "upphävt", "kan inte avgöras"};
  if (language == Language::English) return model::verdict_name(verdict);
  return kSwedish[static_cast<std::size_t>(verdict)];
}

}  // namespace handslag::app
