// SPDX-License-Identifier: Apache-2.0
#include "app/frontline/identify.h"

#include <algorithm>
#include <array>

#include "pure/identity/swedish_number.h"

namespace handslag::app {
namespace {

struct SpokenWords {
  std::string_view name, english, swedish;
};
constexpr std::array<SpokenWords, 6> kProblems = {{
    {"not found", "The number reads well, but none of our sources knows it.",
     "Numret är rätt skrivet, men ingen av våra källor känner det."},
    {"empty", "Nothing was given.", "Inget angavs."},
    {"too short", "There are too few digits: an identity number has ten or twelve.",
     "Det är för få siffror: ett personnummer har tio eller tolv."},
    {"too long", "There are too many digits: an identity number has ten or twelve.",
     "Det är för många siffror: ett personnummer har tio eller tolv."},
    {"misstyped", "The digits do not fit each other: one of them is probably wrong.",
     "Siffrorna stämmer inte med varandra: någon av dem är nog fel."},
    {"several", "More than one customer is known by it.", "Mer än en kund är känd som det."},
}};

const SpokenWords& words_of(NumberProblem problem) {
  return kProblems[static_cast<std::size_t>(problem)];
}

bool is_typed_digit(char c) {
  return c >= '0' && c <= '9';
}

// An identity number or a phone number rather than an address or a name.
bool is_numeric(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '@'; });
}

bool may_be_phone(std::string_view text) {
  return text.starts_with('0') || text.starts_with('+');
}

}  // namespace

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_typed_digit));
}

NumberProblem number_problem(std::string_view text, Date today) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  if (text.empty()) return NumberProblem::Empty;
  const std::size_t digits = count_digits(text);
  if (!is_numeric(text) || digits == 0) return NumberProblem::NotFound;
  if (identity::read_swedish_number(text, today).ok() || may_be_phone(text)) return NumberProblem::NotFound;
  if (digits < 10) return NumberProblem::TooShort;
  return digits > 12 ? NumberProblem::TooLong : NumberProblem::Misstyped;
}

std::string_view problem_name(NumberProblem problem) {
  return words_of(problem).name;
}

std::string problem_sentence(NumberProblem problem, Language language) {
  const SpokenWords& words = words_of(problem);
  return std::string(language == Language::Swedish ? words.swedish : words.english);
}

std::string next_step(std::size_t candidates, Language language) {
  const bool is_swedish = language == Language::Swedish;
  if (candidates > 0) {
    return is_swedish ? "Koppla till en människa med kandidaterna nedan, som numret hon ringer från pekar "
                        "på; be henne "
                        "inte knappa in numret igen."
                      : "Put her through to a person with the candidates below, whom the number she calls "
                        "from points "
                        "to; do not ask her to key it in again.";
  }
  return is_swedish
             ? "Koppla till en människa, eller fråga efter e-postadress, ordernummer eller telefonnummer; be "
               "henne inte knappa in numret igen."
             : "Put her through to a person, or ask for an e-mail address, an order number or a phone "
               "number; "
               "do not ask her to key it in again.";
}

model::Event identify_event(const Attempt& attempt) {
  model::Event event;
  event.source = "handslag";
  event.id = attempt.id;
  event.type = attempt.by ? "identify.succeeded" : "identify.failed";
  event.time = attempt.time;
  event.known = attempt.time;
  event.channel = attempt.channel;
  event.touchpoint = "identify";
  if (attempt.by)
    event.subject.push_back(*attempt.by);
  else if (attempt.caller)
    event.subject.push_back(*attempt.caller);
  else
    event.subject.push_back({"attempt", attempt.call.empty() ? attempt.id : attempt.call});
  if (!attempt.call.empty()) event.keys.push_back({"call", attempt.call});
  if (!attempt.method.empty()) event.data.push_back({"method", attempt.method});
  event.data.push_back({"digits", static_cast<double>(attempt.digits)});
  if (!attempt.by) event.data.push_back({"why", std::string(problem_name(attempt.problem))});
  return event;
}

}  // namespace handslag::app
