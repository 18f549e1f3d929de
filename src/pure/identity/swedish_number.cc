// SPDX-License-Identifier: Apache-2.0
#include "pure/identity/swedish_number.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace handslag::identity {
namespace {

constexpr std::size_t kLongestText = 64;

bool is_plain_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// What was typed, without what only separates.
struct Typed {
  std::string digits;               // a letter where one stands
  std::size_t letters = 0;          // among them
  std::optional<std::size_t> plus;  // how many stand before it
};

// Bytes of a dash or space beyond ASCII (U+00A0, U+2010 to U+2015, U+2212, U+202F …) at the front of `text`.
std::size_t separator_length(std::string_view text) {
  if (std::string_view(" \t./-").find(text.front()) != std::string_view::npos) return 1;
  if (text.starts_with("\xC2\xA0")) return 2;
  if (text.starts_with("\xE2\x88\x92") || text.starts_with("\xE2\x80\xAF")) return 3;
  const bool is_punctuation = text.size() >= 3 && text.starts_with("\xE2\x80");
  return is_punctuation && static_cast<unsigned char>(text[2]) <= 0x95 ? 3 : 0;
}

Result<Typed> read_characters(std::string_view text) {
  text = trimmed(text);
  while (!text.empty() && (text.back() == '#' || text.back() == '*')) text.remove_suffix(1);
  if (text.empty()) return invalid("the identity number is missing; write its ten or twelve digits");
  if (text.size() > kLongestText) {
    return invalid("the text is too long for an identity number; write its ten or twelve digits alone");
  }
  Typed typed;
  while (!text.empty()) {
    std::size_t length = 1;
    if (is_plain_digit(text.front()) || is_letter(text.front())) {
      if (is_letter(text.front())) ++typed.letters;
      typed.digits += text.front();
    } else if (text.front() == '+' && !typed.plus) {
      typed.plus = typed.digits.size();
    } else {
      length = separator_length(text);
    }
    if (length == 0) {
      return invalid(
          "a sign stands there that no identity number has; write digits, and at most a hyphen or plus");
    }
    text.remove_prefix(length);
  }
  return typed;
}

// A letter among the last four, or 99 in front of the ten.
bool is_reserve(const Typed& typed) {
  const std::size_t size = typed.digits.size();
  if (size != 10 && size != 12) return false;
  if (typed.letters == 0) return size == 12 && typed.digits.starts_with("99");
  return std::all_of(typed.digits.begin(), typed.digits.end() - 4, is_plain_digit);
}

Status check_shape(const Typed& typed) {
  if (is_reserve(typed)) {
    return invalid("this looks like a reserve number, which cannot be checked; look it up as it is written");
  }
  if (typed.letters > 0) return invalid("letters stand among the digits; write digits alone");
  if (typed.plus == std::size_t{0}) {
    return invalid("what begins with a plus sign is a phone number; write the identity number's digits");
  }
  const std::size_t size = typed.digits.size();
  if (size < 10) {
    return invalid("the identity number is too short; write all ten or twelve digits, with the last four");
  }
  if (size == 11) return invalid("one digit is missing or too many; write ten or twelve digits");
  if (size > 12) return invalid("the identity number is too long; write ten or twelve digits");
  if (typed.plus && *typed.plus + 4 != size) {
    return invalid("a plus sign stands in the wrong place; it belongs before the last four digits");
  }
  return {};
}

int number_at(std::string_view digits, std::size_t at) {
  return (digits[at] - '0') * 10 + digits[at + 1] - '0';
}

// Luhn, as SFS 1991:481 says for people; organisations have the same.
bool check_digit_fits(std::string_view ten) {
  int sum = 0;
  for (std::size_t i = 0; i < ten.size(); ++i) {
    const int product = (ten[i] - '0') * (i % 2 == 0 ? 2 : 1);
    sum += product / 10 + product % 10;
  }
  return sum % 10 == 0;
}

Error wrong_check_digit() {
  return invalid("the check digit does not fit; one of the digits is wrong, compare them one by one");
}

// In an organisation number the third digit is at least 2, so that none looks like a date.
bool is_organisation(std::string_view ten) {
  return ten[2] >= '2';
}

Result<SwedishNumber> read_organisation(std::string_view ten) {
  if (!is_organisation(ten) || ten.front() == '0') {
    return invalid("no organisation number begins like this; compare the digits one by one");
  }
  if (!check_digit_fits(ten)) return wrong_check_digit();
  return SwedishNumber{SwedishKind::Organisation,
                       std::string(ten.substr(0, 6)).append("-").append(ten.substr(6))};
}

struct Birth {
  CivilDay day;  // month and day 0 where they are not known
  bool is_coordination;

  // The earliest day it can be; nothing where no such day exists.
  std::optional<Date> first_day() const {
    const bool is_month_known = day.month != 0 || !is_coordination;
    const bool is_day_known = day.day != 0 || !is_coordination;
    const CivilDay first = {day.year, is_month_known ? day.month : 1, is_day_known ? day.day : 1};
    if (!is_valid_civil(first)) return std::nullopt;
    return date_from_civil(first);
  }
};

// The latest year with these last two digits: up to this year, with a plus up to a hundred years ago.
int full_year(int two_digits, bool is_plus, int this_year) {
  const int last = is_plus ? this_year - 100 : this_year;
  return last - (last - two_digits) % 100;
}

Result<SwedishNumber> read_person(const Typed& typed, Date today) {
  const bool has_century = typed.digits.size() == 12;
  const std::string_view ten = std::string_view(typed.digits).substr(has_century ? 2 : 0);
  const int this_year = civil_from_date(today).year;
  const int two_digits = number_at(ten, 0);
  const int day = number_at(ten, 4);
  Birth birth{{0, number_at(ten, 2), day >= 60 ? day - 60 : day}, day >= 60};
  birth.day.year = has_century ? number_at(typed.digits, 0) * 100 + two_digits
                               : full_year(two_digits, typed.plus.has_value(), this_year);
  // Why: nobody is born tomorrow; she is a hundred this year, and few know that she then writes a plus.
  if (!has_century && birth.first_day().value_or(today) > today) birth.day.year -= 100;
  const std::optional<Date> first_day = birth.first_day();
  if (!first_day)
    return invalid("its first digits are a date that does not exist; write year, month and day");
  if (*first_day > today) return invalid("its first digits are a date that has not come; compare the year");
  if (!check_digit_fits(ten)) return wrong_check_digit();
  std::string canonical = std::to_string(birth.day.year / 100).append(ten);
  return SwedishNumber{birth.is_coordination ? SwedishKind::Coordination : SwedishKind::Person,
                       std::move(canonical)};
}

Result<SwedishNumber> read_twelve(const Typed& typed, Date today) {
  const int century = number_at(typed.digits, 0);
  if (century == 16) return read_organisation(std::string_view(typed.digits).substr(2));
  if (century < 18 || century > 20) {
    return invalid(
        "twelve digits begin with a year from the 1800s on; compare the year, or leave the century out");
  }
  return read_person(typed, today);
}

}  // namespace

Result<SwedishNumber> read_swedish_number(std::string_view text, Date today) {
  HANDSLAG_TRY(typed, read_characters(text));
  HANDSLAG_CHECK_STATUS(check_shape(typed));
  if (typed.digits.size() == 12) return read_twelve(typed, today);
  if (is_organisation(typed.digits) && !typed.plus) return read_organisation(typed.digits);
  return read_person(typed, today);
}

std::vector<std::string> spellings(const SwedishNumber& number, Date today) {
  const std::string& text = number.canonical;
  if (number.kind == SwedishKind::Organisation) {
    const std::string ten = text.substr(0, 6) + text.substr(7);
    return {text, ten, "16" + ten};
  }
  const std::string date = text.substr(2, 6);
  const std::string last = text.substr(8);
  std::vector<std::string> all = {text, text.substr(0, 8) + "-" + last, date + last, date + "-" + last};
  const int year = number_at(text, 0) * 100 + number_at(text, 2);
  if (civil_from_date(today).year - year >= 100) all.push_back(date + "+" + last);
  return all;
}

}  // namespace handslag::identity
