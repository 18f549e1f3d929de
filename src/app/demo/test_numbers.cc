// SPDX-License-Identifier: Apache-2.0
#include "app/demo/test_numbers.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace handslag::demo {
namespace {

constexpr std::size_t kDigits = 7;  // month, day, birth number

struct BirthYear {
  int year;
  std::string_view numbers;  // kDigits each
};

constexpr BirthYear kBirthYears[] = {
#include "app/demo/test_numbers.inc"
};

constexpr std::uint32_t count_all() {
  std::size_t digits = 0;
  for (const BirthYear& year : kBirthYears) digits += year.numbers.size();
  return static_cast<std::uint32_t>(digits / kDigits);
}

/// The check digit of nine digits (Luhn, as in SFS 1991:481).
char check_digit(std::string_view nine) {
  int sum = 0;
  for (std::size_t i = 0; i < nine.size(); ++i) {
    const int product = (nine[i] - '0') * (i % 2 == 0 ? 2 : 1);
    sum += product / 10 + product % 10;
  }
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

std::string with_check_digit(int year, std::string_view seven) {
  std::string digits = std::to_string(year).append(seven);
  digits += check_digit(std::string_view(digits).substr(2));
  return digits;
}

}  // namespace

std::uint32_t test_number_count() {
  static constexpr std::uint32_t count = count_all();
  return count;
}

std::string test_number(std::uint32_t index) {
  std::size_t at = index * kDigits;
  const BirthYear* year = kBirthYears;
  for (; at >= year->numbers.size(); ++year) at -= year->numbers.size();
  return with_check_digit(year->year, year->numbers.substr(at, kDigits));
}

bool is_test_number(const std::string& digits) {
  if (digits.size() != 12) return false;
  const auto* year = std::find_if(std::begin(kBirthYears), std::end(kBirthYears), [&](const BirthYear& one) {
    return std::to_string(one.year) == digits.substr(0, 4);
  });
  if (year == std::end(kBirthYears)) return false;
  for (std::size_t at = 0; at < year->numbers.size(); at += kDigits) {
    if (with_check_digit(year->year, year->numbers.substr(at, kDigits)) == digits) return true;
  }
  return false;
}

}  // namespace handslag::demo
