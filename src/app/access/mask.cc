// SPDX-License-Identifier: Apache-2.0
#include "app/access/mask.h"

#include <algorithm>

#include "base/text.h"

namespace handslag::app {
namespace {

constexpr std::string_view kHidden = "…";
constexpr std::string_view kIdentityTypes[] = {"personnummer", "samordningsnummer", "organisationsnummer"};
constexpr std::size_t kLeastToShowAnEnd = 6;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string digits_of(std::string_view value) {
  std::string digits;
  std::copy_if(value.begin(), value.end(), std::back_inserter(digits), is_digit);
  return digits;
}

// The first code point. REQUIRES: well-formed and not empty.
std::string first_of(std::string_view text) {
  std::size_t end = 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
  return std::string(text.substr(0, end));
}

std::string masked_email(std::string_view value) {
  const std::size_t at = value.rfind('@');
  if (at == std::string_view::npos || at == 0) return std::string(kHidden);
  const std::string_view domain = value.substr(at + 1);
  const std::size_t dot = domain.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return std::string(kHidden);
  return first_of(value) + std::string(kHidden) + "@" + first_of(domain) + std::string(kHidden) +
         std::string(domain.substr(dot));
}

// Why from six digits: the two last of a shorter one are too much of it.
std::string masked_phone(std::string_view value) {
  const std::string digits = digits_of(value);
  if (digits.size() < kLeastToShowAnEnd) return std::string(kHidden);
  return std::string(kHidden) + digits.substr(digits.size() - 2);
}

std::string masked_identity(std::string_view value) {
  const std::string digits = digits_of(value);
  if (digits.size() == 12) return digits.substr(0, 4) + "****";
  if (digits.size() == 10) return digits.substr(0, 2) + "****";
  return std::string(kHidden);
}

// Some systems make their customer numbers of e-mail addresses.
std::string masked_other(std::string_view value) {
  if (value.find('@') != std::string_view::npos) return masked_email(value);
  const bool is_plain = std::all_of(value.begin(), value.end(), [](char c) { return c > ' ' && c <= '~'; });
  if (!is_plain || value.size() < kLeastToShowAnEnd) return std::string(kHidden);
  return std::string(kHidden) + std::string(value.substr(value.size() - 2));
}

}  // namespace

std::string masked(std::string_view type, std::string_view value) {
  const std::string_view plain = type.substr(0, type.find('@'));
  if (value.empty() || !is_utf8(value)) return std::string(kHidden);
  if (plain == "email") return masked_email(value);
  if (plain == "phone") return masked_phone(value);
  if (std::find(std::begin(kIdentityTypes), std::end(kIdentityTypes), plain) != std::end(kIdentityTypes)) {
    return masked_identity(value);
  }
  return masked_other(value);
}

}  // namespace handslag::app
