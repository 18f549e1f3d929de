// SPDX-License-Identifier: Apache-2.0
// Swedish identity numbers as people type them or key them into a voice menu: personal identity numbers
// (personnummer), coordination numbers (samordningsnummer) and organisation numbers.
//
// Read are ten or twelve digits; between them spaces, dots, slashes, hyphens and dashes of any kind; a plus
// sign before the last four digits (she turned or turns a hundred); "16" before an organisation number; a "#"
// or "*" at the end, as telephones send it. Checked are the date and the check digit.
//
// Not read are reserve numbers, which regions and authorities make up each in its own way (a letter among the
// last four, or 99 in front): they cannot be checked, and are looked up as they are written.
//
// Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace handslag::identity {

enum class SwedishKind { Person, Coordination, Organisation };

struct SwedishNumber {
  SwedishKind kind = SwedishKind::Person;
  /// "YYYYMMDDNNNN" of people, "NNNNNN-NNNN" of organisations.
  std::string canonical;
};

/// Ten digits: without a plus the date is the latest that is not after `today`, with a plus the latest whose
/// year is at least a hundred years before that of `today` (the sign changes at the turn of the year, SFS
/// 1991:481). A coordination number has the day plus 60, and zero for a month or day that is not known. Error
/// Invalid, quoting nothing of the text: too short, too long, what is no digit, a date that does not exist or
/// has not come, a check digit that does not fit, a reserve number.
Result<SwedishNumber> read_swedish_number(std::string_view text, Date today);

/// How sources write it, the canonical form first: with and without century and sign, or with and without
/// hyphen and "16". All distinct.
std::vector<std::string> spellings(const SwedishNumber& number, Date today);

}  // namespace handslag::identity
