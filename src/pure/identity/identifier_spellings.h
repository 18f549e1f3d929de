// SPDX-License-Identifier: Apache-2.0
// From what a person typed to what a source may have stored: the spellings to look up, the likeliest first.
// The log keeps identifiers as sources send them, so a look-up asks for each spelling in turn.
//
// Simple on purpose, so that a person can foresee it:
//   e-mail            without white space around it, in lower case (ASCII), else as typed
//   phone             +46701234567, 0701234567, 0046701234567, 46701234567, else as typed; read from 070-123
//   45 67,
//                     +46 (0)70…, 0046…, and of other countries from +47…, 0047…. Numbers without country
//                     code are Swedish
//   identity number   spellings() of swedish_number.h; where it cannot be read, its letters and digits alone,
//   as typed anything else     as typed, and without white space
//
// Pure; any thread. Nothing here is longer than the text that came in, but for a few characters.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "pure/model/event.h"

namespace handslag::identity {

/// Candidates for an identifier of a known type ("phone", "phone@billing"); each has that type. Distinct;
/// empty where nothing but white space was typed.
std::vector<model::Identifier> normalise_identifier(const model::Identifier& typed, Date today);

enum class GuessOf {
  Identifier,  // of type `name`, or of any type that begins with `name@`
  Key,         // an event's key `name`
};

struct Guess {
  GuessOf of = GuessOf::Identifier;
  std::string name;                    // "email", "phone", "personnummer", "samordningsnummer",
                                       // "organisationsnummer", "customer_no"; key "order"
  std::vector<std::string> spellings;  // the likeliest first, never empty
};

/// What a text in a search field that takes anything may be, the likeliest first. A text that may be an
/// identity number and a phone number is first an identity number where its check digit fits, but
/// coordination numbers, which are rare, come after phones where the text begins with 0 and has no sign
/// before the last four.
std::vector<Guess> guess_identifier(std::string_view text, Date today);

}  // namespace handslag::identity
