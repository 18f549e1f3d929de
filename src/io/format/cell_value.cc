// SPDX-License-Identifier: Apache-2.0
#include "io/format/cell_value.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace handslag::format {
namespace {

constexpr std::size_t kMostDigits = 15;  // all such integers are exact as numbers
constexpr std::size_t kLongestNumber = 40;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::optional<double> read_number(std::string_view text, bool decimal_comma) {
  if (!decimal_comma) return parse_number(text);
  std::array<char, kLongestNumber> buffer{};
  if (text.size() > buffer.size() || text.find('.') != std::string_view::npos) return std::nullopt;
  std::replace_copy(text.begin(), text.end(), buffer.begin(), ',', '.');
  return parse_number({buffer.data(), text.size()});
}

bool looks_like_number(std::string_view text, bool decimal_comma) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  if (text.empty() || text.size() > kMostDigits + 1 || !is_digit(text.front()) || !is_digit(text.back()))
    return false;
  if (text.size() > 1 && text[0] == '0' && is_digit(text[1])) return false;
  const char point = decimal_comma ? ',' : '.';
  const auto points = std::count(text.begin(), text.end(), point);
  const auto digits = std::count_if(text.begin(), text.end(), is_digit);
  return points <= 1 && static_cast<std::size_t>(points + digits) == text.size() &&
         static_cast<std::size_t>(digits) <= kMostDigits;
}

std::optional<bool> read_boolean(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kWords = {"true",  "1", "yes", "ja",
                                                             "false", "0", "no",  "nej"};
  std::array<char, 5> lower{};
  if (text.size() > lower.size()) return std::nullopt;
  std::transform(text.begin(), text.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const auto* found = std::find(kWords.begin(), kWords.end(), std::string_view(lower.data(), text.size()));
  if (found == kWords.end()) return std::nullopt;
  return found - kWords.begin() < 4;
}

// What a typed cell says by itself.
std::string set_typed(model::Value& value, const TableCell& cell, const TimeReader& time,
                      TimeReading& reading) {
  switch (cell.kind) {
    case TableCell::Kind::TypedText:
      set_text(value, cell.text);
      return {};
    case TableCell::Kind::Number:
      value = cell.number;
      return {};
    case TableCell::Kind::Boolean:
      value = cell.integer != 0;
      return {};
    case TableCell::Kind::Date:
      value = Date{static_cast<std::int32_t>(cell.integer)};
      return {};
    default:
      reading = read_time(cell, time);
      value = reading.time;
      return reading.problem == TimeProblem::None ? std::string()
                                                  : "the cell " + time.explain(reading.problem);
  }
}

std::string set_number(model::Value& value, const TableCell& cell, std::string_view text,
                       bool decimal_comma) {
  const auto number =
      cell.kind == TableCell::Kind::Number ? std::optional(cell.number) : read_number(text, decimal_comma);
  if (!number) {
    return decimal_comma
               ? "the cell is no number with a decimal comma; correct it, or say type = \"text\" in the map"
               : "the cell is no number; correct it, or say type = \"text\" (or decimal_comma) in the map";
  }
  value = *number;
  return {};
}

}  // namespace

std::string_view text_of(const TableCell& cell, std::string& scratch) {
  switch (cell.kind) {
    case TableCell::Kind::Missing:
      return {};
    case TableCell::Kind::Text:
    case TableCell::Kind::TypedText:
      return cell.text;
    case TableCell::Kind::Number:
      return scratch = format_number(cell.number);
    case TableCell::Kind::Boolean:
      return cell.integer != 0 ? "true" : "false";
    case TableCell::Kind::Date:
      return scratch = format_date(Date{static_cast<std::int32_t>(cell.integer)});
    case TableCell::Kind::Instant:
      return scratch = format_rfc3339(Timestamp{cell.integer});
    case TableCell::Kind::LocalTime:
      scratch = format_rfc3339(Timestamp{cell.integer});
      scratch.pop_back();  // no zone, no Z
      return scratch;
  }
  return {};
}

void set_text(model::Value& value, std::string_view text) {
  if (auto* old = std::get_if<std::string>(&value)) {
    old->assign(text);
  } else {
    value.emplace<std::string>(text);
  }
}

void set_by_look(model::Value& value, std::string_view text, bool decimal_comma) {
  const char first = text.empty() ? '\0' : text.front();
  if (is_digit(first) || first == '-') {
    if (looks_like_number(text, decimal_comma)) {
      value = *read_number(text, decimal_comma);
      return;
    }
    if (auto day = parse_date(text)) {
      value = *day;
      return;
    }
    if (auto instant = parse_rfc3339(text)) {
      value = *instant;
      return;
    }
  } else if (text == "true" || text == "false") {
    value = first == 't';
    return;
  }
  set_text(value, text);
}

TimeReading read_time(const TableCell& cell, const TimeReader& time) {
  switch (cell.kind) {
    case TableCell::Kind::Instant:
      return {TimeProblem::None, Timestamp{cell.integer}, false, false};
    case TableCell::Kind::LocalTime:
      return time.read_local(cell.integer);
    case TableCell::Kind::Date: {
      TimeReading reading = time.read_local(cell.integer * kMicrosPerDay);
      reading.is_day_only = true;
      return reading;
    }
    default: {
      std::string scratch;
      return time.read(text_of(cell, scratch));
    }
  }
}

std::string set_value(model::Value& value, const TableCell& cell, DataType type, const TimeReader& time,
                      bool decimal_comma, TimeReading& reading) {
  if (type == DataType::Auto) {
    if (cell.kind != TableCell::Kind::Text) return set_typed(value, cell, time, reading);
    set_by_look(value, cell.text, decimal_comma);
    return {};
  }
  if (type == DataType::Instant) {
    reading = read_time(cell, time);
    if (reading.problem != TimeProblem::None) return "the cell " + time.explain(reading.problem);
    value = reading.time;
    return {};
  }
  std::string scratch;
  const std::string_view text = text_of(cell, scratch);
  if (type == DataType::Number) return set_number(value, cell, text, decimal_comma);
  if (type == DataType::Date) {
    const auto day = parse_date(text.substr(0, cell.kind == TableCell::Kind::LocalTime ? 10 : text.size()));
    if (!day) return "the cell is no day such as 2026-12-01, or a day that does not exist; correct it";
    value = *day;
  } else if (type == DataType::Boolean) {
    const auto boolean = read_boolean(text);
    if (!boolean) return "the cell is none of true, false, yes, no, ja, nej, 1, 0; correct it";
    value = *boolean;
  } else {
    set_text(value, text);
  }
  return {};
}

}  // namespace handslag::format
