// SPDX-License-Identifier: Apache-2.0
#include "io/format/time_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/text.h"

namespace handslag::format {
namespace {

constexpr std::string_view kPatternLetters = "YymdHIpMSfbz%";

// A time as its text shows it, before any zone.
struct WallTime {
  CivilDay day{1970, 1, 1};
  std::int32_t hour = 0, minute = 0, second = 0, micros = 0;
  std::optional<std::int32_t> offset_s;  // east of UTC
  bool is_afternoon = false, is_morning = false;
};

bool is_time_digit(char c) {
  return c >= '0' && c <= '9';
}

// What is left of a text that is read from its front.
class Rest {
 public:
  explicit Rest(std::string_view text) : text_(text) {}

  bool is_empty() const { return text_.empty(); }
  bool skip(char wanted) {
    if (text_.empty() || text_.front() != wanted) return false;
    text_.remove_prefix(1);
    return true;
  }
  bool skip_word(std::string_view wanted) {
    if (text_.size() < wanted.size()) return false;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if ((text_[i] | 0x20) != (wanted[i] | 0x20)) return false;
    }
    text_.remove_prefix(wanted.size());
    return true;
  }
  // A number of `least` to `most` digits.
  bool number(std::size_t least, std::size_t most, std::int32_t& number) {
    std::size_t size = 0;
    std::int32_t found = 0;
    while (size < most && size < text_.size() && is_time_digit(text_[size]))
      found = found * 10 + (text_[size++] - '0');
    if (size < least) return false;
    number = found;
    text_.remove_prefix(size);
    return true;
  }
  // Digits behind the decimal point, as microseconds; more than six are cut.
  bool fraction(std::int32_t& micros) {
    std::size_t size = 0;
    std::int32_t found = 0, scale = 100'000;
    for (; size < text_.size() && is_time_digit(text_[size]); ++size, scale /= 10)
      found += scale * (text_[size] - '0');
    if (size == 0 || size > 12) return false;
    micros = found;
    text_.remove_prefix(size);
    return true;
  }
  // "Z", "+01:00", "+0100", "+01".
  bool offset(std::optional<std::int32_t>& seconds) {
    if (skip('Z') || skip('z')) {
      seconds = 0;
      return true;
    }
    const bool is_west = skip('-');
    std::int32_t hours = 0, minutes = 0;
    if ((!is_west && !skip('+')) || !number(2, 2, hours)) return false;
    const bool has_colon = skip(':');
    if ((has_colon || !is_empty()) && !number(2, 2, minutes)) return false;
    if (hours > 23 || minutes > 59) return false;
    seconds = (hours * 3600 + minutes * 60) * (is_west ? -1 : 1);
    return true;
  }

 private:
  std::string_view text_;
};

bool is_clock(const WallTime& wall) {
  return wall.hour <= 23 && wall.minute <= 59 && wall.second <= 59;
}

bool read_month_name(Rest& rest, std::int32_t& month) {
  static constexpr std::array<std::string_view, 12> kMonths = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (!rest.skip_word(kMonths[i]) && !rest.skip_word(kMonths[i].substr(0, 3))) continue;
    month = static_cast<std::int32_t>(i) + 1;
    return true;
  }
  return false;
}

bool read_field(char letter, Rest& rest, WallTime& wall) {
  switch (letter) {
    case 'Y':
      return rest.number(4, 4, wall.day.year);
    case 'y':
      if (!rest.number(2, 2, wall.day.year)) return false;
      wall.day.year += wall.day.year >= 69 ? 1900 : 2000;
      return true;
    case 'm':
      return rest.number(1, 2, wall.day.month);
    case 'd':
      return rest.number(1, 2, wall.day.day);
    case 'H':
    case 'I':
      return rest.number(1, 2, wall.hour);
    case 'p':
      wall.is_afternoon = rest.skip_word("pm");
      wall.is_morning = !wall.is_afternoon && rest.skip_word("am");
      return wall.is_afternoon || wall.is_morning;
    case 'M':
      return rest.number(1, 2, wall.minute);
    case 'S':
      return rest.number(1, 2, wall.second);
    case 'f':
      return rest.fraction(wall.micros);
    case 'b':
      return read_month_name(rest, wall.day.month);
    case 'z':
      return rest.offset(wall.offset_s);
    default:
      return rest.skip('%');
  }
}

// Applies am and pm; false where the hour is none of a twelve-hour clock.
bool apply_half_day(WallTime& wall) {
  if (!wall.is_afternoon && !wall.is_morning) return true;
  if (wall.hour < 1 || wall.hour > 12) return false;
  wall.hour = wall.hour % 12 + (wall.is_afternoon ? 12 : 0);
  return true;
}

// The clock of "iso" behind the day: "T10:00[:00[.123]][zone]". Seconds may not be missing where `is_strict`.
bool read_iso_clock(Rest& rest, WallTime& wall, bool is_strict) {
  if (!rest.skip('T') && !rest.skip(' ') && !rest.skip('t')) return false;
  if (!rest.number(2, 2, wall.hour) || !rest.skip(':') || !rest.number(2, 2, wall.minute)) return false;
  if (rest.skip(':')) {
    if (!rest.number(2, 2, wall.second)) return false;
    if ((rest.skip('.') || rest.skip(',')) && !rest.fraction(wall.micros)) return false;
  } else if (is_strict) {
    return false;
  }
  if (!is_strict) rest.skip(' ');  // "10:00:00 +01:00"
  return rest.is_empty() ? !is_strict : rest.offset(wall.offset_s) && rest.is_empty();
}

TimeReading failed(TimeProblem problem) {
  return {problem, {}, false, false};
}

TimeReading in_range(Timestamp time) {
  if (time < kFirstTime || time > kLastTime) return failed(TimeProblem::Unreadable);
  return {TimeProblem::None, time, false, false};
}

TimeReading to_reading(const TimeReader& reader, const WallTime& wall) {
  if (!is_clock(wall)) return failed(TimeProblem::Unreadable);
  if (!is_valid_civil(wall.day)) return failed(TimeProblem::NoSuchDay);
  const std::int64_t clock_s = wall.hour * 3600 + wall.minute * 60 + wall.second;
  const std::int64_t local_us =
      date_from_civil(wall.day).days * kMicrosPerDay + clock_s * kMicrosPerSecond + wall.micros;
  if (!wall.offset_s) return reader.read_local(local_us);
  return in_range({local_us - *wall.offset_s * kMicrosPerSecond});
}

}  // namespace

Result<ZoneChoice> choose_zone(const std::string& name, const model::LocalTimesSource* zones) {
  if (name.empty()) return ZoneChoice{};
  if (name == "UTC" || name == "Z") return ZoneChoice{true, nullptr};
  const model::LocalTimes* local = zones != nullptr ? zones->find(name) : nullptr;
  if (local != nullptr) return ZoneChoice{false, local};
  return invalid("zone \"" + name + "\" is unknown; name one as \"Europe/Stockholm\" or \"UTC\"");
}

Status check_time_format(const std::string& format) {
  static constexpr std::array<std::string_view, 5> kWords = {"iso", "rfc3339", "unix_s", "unix_ms",
                                                             "unix_us"};
  if (std::find(kWords.begin(), kWords.end(), format) != kWords.end()) return {};
  const auto has = [&](std::string_view field) { return format.find(field) != std::string::npos; };
  if (!has("%")) {
    std::string message = "time format \"" + format + "\" is unknown";
    if (auto near = nearest_word(format, kWords)) message += "; did you mean \"" + std::string(*near) + "\"?";
    return invalid(message +
                   "; it can be iso, rfc3339, unix_s, unix_ms, unix_us or a pattern as \"%d/%m/%Y %H:%M\"");
  }
  for (std::size_t i = format.find('%'); i != std::string::npos; i = format.find('%', i + 2)) {
    if (i + 1 == format.size() || kPatternLetters.find(format[i + 1]) == std::string_view::npos) {
      return invalid("time format \"" + format + "\": \"" + format.substr(i, 2) +
                     "\" is unknown; known are %Y %y %m %d %H %I %p %M %S %f %b %z %%");
    }
  }
  if ((!has("%Y") && !has("%y")) || (!has("%m") && !has("%b")) || !has("%d")) {
    return invalid("time format \"" + format + "\" needs a year (%Y, %y), a month (%m, %b) and a day (%d)");
  }
  if (has("%I") != has("%p"))
    return invalid("time format \"" + format + "\" needs %I and %p together, or %H");
  return {};
}

TimeReader::TimeReader(const std::string& format, ZoneChoice zone) : format_(format), zone_(zone) {
  if (format == "iso")
    kind_ = Kind::Iso;
  else if (format == "rfc3339")
    kind_ = Kind::Rfc3339;
  else if (format == "unix_s")
    kind_ = Kind::UnixSeconds;
  else if (format == "unix_ms")
    kind_ = Kind::UnixMillis;
  else if (format == "unix_us")
    kind_ = Kind::UnixMicros;
  else
    kind_ = Kind::Pattern;
}

TimeReading TimeReader::read(std::string_view text) const {
  if (kind_ == Kind::Iso || kind_ == Kind::Rfc3339) return read_iso(text);
  return kind_ == Kind::Pattern ? read_pattern(text) : read_unix(text);
}

TimeReading TimeReader::read_iso(std::string_view text) const {
  Rest rest(text);
  WallTime wall;
  if (!rest.number(4, 4, wall.day.year) || !rest.skip('-') || !rest.number(2, 2, wall.day.month) ||
      !rest.skip('-') || !rest.number(2, 2, wall.day.day)) {
    return failed(TimeProblem::Unreadable);
  }
  const bool is_strict = kind_ == Kind::Rfc3339;
  if (rest.is_empty() && !is_strict) {
    TimeReading reading = to_reading(*this, wall);
    reading.is_day_only = true;
    return reading;
  }
  return read_iso_clock(rest, wall, is_strict) ? to_reading(*this, wall) : failed(TimeProblem::Unreadable);
}

TimeReading TimeReader::read_unix(std::string_view text) const {
  const std::int64_t unit_us = kind_ == Kind::UnixSeconds ? 1'000'000 : kind_ == Kind::UnixMillis ? 1'000 : 1;
  std::int64_t whole = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), whole);
  const std::int64_t most = kLastTime.us / unit_us;
  if (failure == std::errc{} && end == text.data() + text.size()) {
    return whole > most || whole < -most ? failed(TimeProblem::Unreadable) : in_range({whole * unit_us});
  }
  const auto number = parse_number(text);  // "1700000000.25"
  if (!number || std::fabs(*number) > static_cast<double>(most)) return failed(TimeProblem::Unreadable);
  return in_range({static_cast<std::int64_t>(std::llround(*number * static_cast<double>(unit_us)))});
}

TimeReading TimeReader::read_pattern(std::string_view text) const {
  Rest rest(text);
  WallTime wall;
  for (std::size_t i = 0; i < format_.size(); ++i) {
    const bool matches = format_[i] == '%' ? read_field(format_[++i], rest, wall) : rest.skip(format_[i]);
    if (!matches) return failed(TimeProblem::Unreadable);
  }
  if (!rest.is_empty() || !apply_half_day(wall)) return failed(TimeProblem::Unreadable);
  return to_reading(*this, wall);
}

TimeReading TimeReader::read_local(std::int64_t local_us) const {
  if (zone_.is_utc) return in_range({local_us});
  if (zone_.local == nullptr) return failed(TimeProblem::NoZone);
  const model::LocalInstant local = zone_.local->to_instant(local_us);
  if (local.outcome == model::LocalOutcome::Skipped) return failed(TimeProblem::Skipped);
  TimeReading reading = in_range(local.time);
  reading.is_doubled = local.outcome == model::LocalOutcome::DoubledFirstTaken;
  return reading;
}

std::string TimeReader::explain(TimeProblem problem) const {
  switch (problem) {
    case TimeProblem::None:
      return {};
    case TimeProblem::Unreadable:
      return "is not a time as the format \"" + format_ +
             "\" has it; correct it, or say format = \"…\" in the map";
    case TimeProblem::NoSuchDay:
      return "names a day that does not exist; correct it at the source";
    case TimeProblem::NoZone:
      return "is a time without a zone; say zone = \"Europe/Stockholm\" (or another) in the map";
    case TimeProblem::Skipped:
      return "is a local time that daylight saving skips, so it names no instant; correct it at the source, "
             "or the "
             "zone in the map";
  }
  return {};
}

}  // namespace handslag::format
