// SPDX-License-Identifier: Apache-2.0
// Identification by what a customer types or keys in: what is wrong where nobody is found, what to offer
// next, and the event that makes it visible. Pure; the look-up itself is find_customers.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/terminal/terminal.h"
#include "pure/model/event.h"

namespace handslag::app {

/// Of a text that nobody is known by.
enum class NumberProblem : std::uint8_t {
  NotFound,   // it reads well, but no source knows it
  Empty,      //
  TooShort,   // digits alone, fewer than ten
  TooLong,    // more than twelve
  Misstyped,  // ten or twelve digits that are no identity number (date or check digit) and no phone number
  Several,    // more than one customer is known by it; number_problem never says so
};
NumberProblem number_problem(std::string_view text, Date today);
/// "not found", "too short" …: what stands in the event as `why`.
std::string_view problem_name(NumberProblem problem);
std::string problem_sentence(NumberProblem problem, Language language);
/// What to offer; `candidates` are customers known by the number she calls from.
std::string next_step(std::size_t candidates, Language language);

struct Attempt {
  std::string id;  // of the event
  std::string channel, call;
  std::string method;                       // the type by which she was found or sought: "personnummer"
  std::size_t digits = 0;                   // in the text; the text itself goes nowhere
  std::optional<model::Identifier> by;      // found
  std::optional<model::Identifier> caller;  // the phone number as a source knows it, else as typed
  NumberProblem problem = NumberProblem::NotFound;
  Timestamp time;
};

/// identify.succeeded or identify.failed, source "handslag". Where neither `by` nor `caller` is known the
/// event stands on a timeline of its own (identifier "attempt"): without a subject it would be the
/// organisation's, and everybody would be evaluated anew.
model::Event identify_event(const Attempt& attempt);

std::size_t count_digits(std::string_view text);

}  // namespace handslag::app
