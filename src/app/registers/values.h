// SPDX-License-Identifier: Apache-2.0
// Values of a record's fields: whether they fit, and their one form as JSON (contract/registers.md). Every
// fault of a body is told at once, each with its place and remedy. Any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "app/registers/record.h"

namespace handslag::app {

inline constexpr std::size_t kMaxValuesBytes = 256 * 1024;
inline constexpr std::size_t kMaxLinks = 50;        // in one list of links
inline constexpr std::size_t kMaxIdentifiers = 16;  // of one customer
inline constexpr std::size_t kMaxNameBytes = 256;   // of an id, an identifier's value, a unit
inline constexpr std::size_t kMaxCommentLength = 4'000;

/// What the engine asks of the rest of the house. A function that is empty knows everything.
struct Surroundings {
  std::function<bool(const std::string& unit)> knows_unit;
  std::function<bool(const std::string& person)> knows_person;
  std::function<bool(const std::string& promise)> knows_promise;
  /// Who has a word ("leader") for a unit; empty where nobody has. An empty function finds nobody.
  std::function<std::string(const std::string& word, const std::string& unit)> person_for;
};

/// Takes `given` (an object; null empties a field) into `values`. `refusal` says why a field cannot be given
/// now, or nothing. Fields with a fault keep what they had.
void take_values(const Definition& definition, const Json& given,
                 const std::function<std::string(const Field&)>& refusal, const Surroundings& surroundings,
                 Json& values, Faults& faults);

/// Faults for fields that must be filled and are not: the required ones, and `needs`.
void check_filled(const Definition& definition, const std::vector<std::string>& needs, const Json& values,
                  Faults& faults);

/// A text as people search for it: lower case, for ASCII and Latin-1.
std::string folded(std::string_view text);

}  // namespace handslag::app
