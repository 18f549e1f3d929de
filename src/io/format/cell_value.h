// SPDX-License-Identifier: Apache-2.0
// A cell of a table, and what it says as a value of an event. Total; allocates only where a text does not fit
// the value it replaces.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "io/format/map.h"
#include "io/format/time_reader.h"
#include "pure/model/value.h"

namespace handslag::format {

/// Text where the table has no types (CSV), else with the type it has there.
struct TableCell {
  enum class Kind : std::uint8_t { Missing, Text, TypedText, Number, Boolean, Instant, Date, LocalTime };
  Kind kind = Kind::Missing;
  std::string_view text;     // Text: could be anything by its look; TypedText: the table says that it is text
  double number = 0;         // Number; finite
  std::int64_t integer = 0;  // Boolean: 0 or 1; Instant, LocalTime: microseconds; Date: days

  bool is_text() const { return kind == Kind::Text || kind == Kind::TypedText; }

  static TableCell of_text(std::string_view text) { return {Kind::Text, text, 0, 0}; }
  static TableCell of_typed_text(std::string_view text) { return {Kind::TypedText, text, 0, 0}; }
  static TableCell of_number(double number) { return {Kind::Number, {}, number, 0}; }
  static TableCell of(Kind kind, std::int64_t integer) { return {kind, {}, 0, integer}; }
};

/// The cell as text. The view is the cell's own, or that of `scratch`.
std::string_view text_of(const TableCell& cell, std::string& scratch);

/// Puts `text` into `value`, reusing the memory of a text that stands there.
void set_text(model::Value& value, std::string_view text);

/// What a text says by itself: an RFC 3339 instant, a day, a plain number, true or false, else a text. A
/// number with leading zeros, an exponent or more than 15 digits stays a text, since it is likely a number of
/// something.
void set_by_look(model::Value& value, std::string_view text, bool decimal_comma);

/// Puts into `value` what `cell`, which is not missing, says as `type`; `time` reads instants. Returns what
/// is wrong, or an empty text. `reading` tells of doubled local times and bare days.
std::string set_value(model::Value& value, const TableCell& cell, DataType type, const TimeReader& time,
                      bool decimal_comma, TimeReading& reading);

/// Reads the instant that a cell says.
TimeReading read_time(const TableCell& cell, const TimeReader& time);

}  // namespace handslag::format
