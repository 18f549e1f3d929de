// SPDX-License-Identifier: Apache-2.0
#include "pure/identity/identifier_spellings.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "pure/identity/swedish_number.h"

namespace handslag::identity {
namespace {

using Spellings = std::vector<std::string>;

constexpr std::string_view kEmailTypes[] = {"email"};
constexpr std::string_view kPhoneTypes[] = {"phone", "mobile"};
constexpr std::string_view kIdentityTypes[] = {"personnummer", "samordningsnummer", "organisationsnummer",
                                               "identity_number"};

constexpr std::size_t kLongestPhone = 15;  // digits, E.164
constexpr std::size_t kShortestPhone = 7;  // with country code; shorter ones are not worth a guess

template <typename Types>
bool is_one_of(std::string_view kind, const Types& types) {
  return std::find(std::begin(types), std::end(types), kind) != std::end(types);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_white(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

void add(Spellings& all, std::string spelling) {
  if (!spelling.empty() && std::find(all.begin(), all.end(), spelling) == all.end()) {
    all.push_back(std::move(spelling));
  }
}

std::string without_white_space(std::string_view text) {
  std::string kept;
  std::copy_if(text.begin(), text.end(), std::back_inserter(kept), [](char c) { return !is_white(c); });
  return kept;
}

Spellings as_typed(std::string_view text) {
  Spellings all;
  add(all, std::string(text));
  add(all, without_white_space(text));
  return all;
}

Spellings email_spellings(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  Spellings all;
  add(all, std::move(lower));
  add(all, std::string(text));
  return all;
}

// The digits of a phone number, with "+" in front where it was typed; empty where something else stands
// there.
std::string dialled(std::string_view text) {
  const bool has_country_code = text.starts_with("+") || text.starts_with("00");
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    // Why: "+46 (0)70": the zero is for those who dial from inside the country.
    if (has_country_code && text.substr(i).starts_with("(0)")) {
      i += 2;
    } else if (is_digit(c) || (c == '+' && digits.empty())) {
      digits += c;
    } else if (!is_white(c) && std::string_view("-./()").find(c) == std::string_view::npos) {
      return {};
    }
  }
  return digits;
}

// "+46701234567" from what was dialled; empty for a number that is not whole.
std::string with_country_code(std::string_view digits) {
  std::string whole;
  if (digits.starts_with("+")) {
    whole = digits;
  } else if (digits.starts_with("00")) {
    whole = std::string("+").append(digits.substr(2));
  } else if (digits.starts_with("0")) {
    whole = std::string("+46").append(digits.substr(1));
  } else if (digits.starts_with("46") && digits.size() >= 10) {
    whole = std::string("+").append(digits);
  }
  const bool is_whole = whole.size() > kShortestPhone && whole.size() <= kLongestPhone + 1 && whole[1] != '0';
  return is_whole ? whole : std::string();
}

void add_phone(Spellings& all, const std::string& whole) {
  if (whole.empty()) return;
  const std::string digits = whole.substr(1);
  add(all, whole);
  if (digits.starts_with("46")) add(all, "0" + digits.substr(2));
  add(all, "00" + digits);
  add(all, digits);
}

// Empty where the text is no whole phone number.
Spellings whole_phone_spellings(std::string_view text) {
  const std::string whole = with_country_code(dialled(text));
  Spellings all;
  // Why: people keep the zero after the country code; but sources may too, so both are asked for.
  if (whole.starts_with("+460")) add_phone(all, "+46" + whole.substr(4));
  add_phone(all, whole);
  return all;
}

Spellings phone_spellings(std::string_view text) {
  Spellings all = whole_phone_spellings(text);
  add(all, dialled(text));
  add(all, std::string(text));
  return all;
}

Spellings letters_and_digits(std::string_view text) {
  std::string kept;
  for (const char c : text) {
    if (is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) kept += c;
  }
  Spellings all;
  add(all, std::move(kept));
  add(all, std::string(text));
  return all;
}

Spellings identity_spellings(std::string_view text, Date today) {
  const Result<SwedishNumber> number = read_swedish_number(text, today);
  if (!number) return letters_and_digits(text);
  Spellings all = spellings(*number, today);
  add(all, std::string(text));
  return all;
}

Spellings spellings_for(std::string_view type, std::string_view text, Date today) {
  const std::string_view kind = type.substr(0, type.find('@'));
  if (is_one_of(kind, kEmailTypes)) return email_spellings(text);
  if (is_one_of(kind, kPhoneTypes)) return phone_spellings(text);
  if (is_one_of(kind, kIdentityTypes)) return identity_spellings(text, today);
  return as_typed(text);
}

bool looks_like_email(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         std::none_of(text.begin(), text.end(), is_white);
}

// Ten or twelve digits and letters, most of them digits: worth asking for as it is, since sources store wrong
// ones.
bool looks_like_identity(std::string_view text) {
  const Spellings all = letters_and_digits(text);
  if (all.empty() || (all.front().size() != 10 && all.front().size() != 12)) return false;
  return std::count_if(all.front().begin(), all.front().end(), is_digit) >= 9;
}

bool begins_like_phone(std::string_view text) {
  const bool has_sign = text.size() > 5 && (text[text.size() - 5] == '-' || text[text.size() - 5] == '+');
  return text.starts_with("0") && !has_sign;
}

void guess_identity(std::vector<Guess>& guesses, SwedishKind kind, const Spellings& all) {
  if (kind == SwedishKind::Organisation) {
    guesses.push_back({GuessOf::Identifier, "organisationsnummer", all});
    return;
  }
  // Why: many systems have one field for both.
  if (kind == SwedishKind::Coordination) guesses.push_back({GuessOf::Identifier, "samordningsnummer", all});
  guesses.push_back({GuessOf::Identifier, "personnummer", all});
}

}  // namespace

std::vector<model::Identifier> normalise_identifier(const model::Identifier& typed, Date today) {
  std::vector<model::Identifier> candidates;
  const std::string_view text = trimmed(typed.value);
  if (text.empty()) return candidates;
  for (std::string& spelling : spellings_for(typed.type, text, today)) {
    candidates.push_back({typed.type, std::move(spelling)});
  }
  return candidates;
}

std::vector<Guess> guess_identifier(std::string_view text, Date today) {
  std::vector<Guess> guesses;
  text = trimmed(text);
  if (text.empty()) return guesses;
  if (looks_like_email(text)) guesses.push_back({GuessOf::Identifier, "email", email_spellings(text)});
  const Result<SwedishNumber> number = read_swedish_number(text, today);
  const bool phone_first =
      number.ok() && number->kind == SwedishKind::Coordination && begins_like_phone(text);
  if (number.ok() && !phone_first) guess_identity(guesses, number->kind, identity_spellings(text, today));
  if (!whole_phone_spellings(text).empty()) {
    guesses.push_back({GuessOf::Identifier, "phone", phone_spellings(text)});
  }
  if (phone_first) guess_identity(guesses, number->kind, identity_spellings(text, today));
  guesses.push_back({GuessOf::Identifier, "customer_no", as_typed(text)});
  guesses.push_back({GuessOf::Key, "order", as_typed(text)});
  if (!number.ok() && looks_like_identity(text)) {
    guesses.push_back({GuessOf::Identifier, "personnummer", letters_and_digits(text)});
  }
  return guesses;
}

}  // namespace handslag::identity
