// SPDX-License-Identifier: Apache-2.0
#include "app/quarters/own_words.h"

#include <algorithm>
#include <iterator>
#include <vector>

namespace handslag::app {
namespace {

constexpr std::string_view kGap = "…";
constexpr std::size_t kFewestWords = 3;
constexpr std::string_view kEnds = ".!?:";
constexpr std::string_view kShortForms[] = {"I", "I'm", "I've", "I'd", "I'll", "TV", "SMS", "OK"};
// What sentences usually begin with, Swedish and English.
constexpr std::string_view kBeginnings[] = {
    "Aldrig", "Alla",   "Allt",  "Att",  "Bara",  "Bra",        "De",     "Den",   "Det",    "Du",
    "Då",     "Där",    "En",    "Ett",  "Från",  "Får",        "Fick",   "För",   "Först",  "Ha",
    "Hade",   "Han",    "Har",   "Hon",  "Hur",   "I",          "Inga",   "Ingen", "Inget",  "Inte",
    "Ja",     "Jag",    "Kan",   "Kom",  "Man",   "Med",        "Men",    "Min",   "Mina",   "Mitt",
    "Mycket", "När",    "Nej",   "Ni",   "Nu",    "Och",        "Om",     "På",    "Samma",  "Sen",
    "Ska",    "Snabbt", "Snäll", "Som",  "Så",    "Säg",        "Sedan",  "Helt",  "Två",    "Tre",
    "Tredje", "Fjärde", "Svårt", "Tack", "Till",  "Trevlig",    "Tyvärr", "Upp",   "Ut",     "Vad",
    "Var",    "Varför", "Varje", "Vem",  "Vi",    "Vill",       "A",      "After", "All",    "An",
    "And",    "As",     "At",    "But",  "Every", "Everything", "First",  "Good",  "Great",  "He",
    "How",    "If",     "In",    "It",   "It's",  "My",         "Never",  "No",    "Nobody", "Not",
    "Now",    "On",     "She",   "So",   "Thank", "Thanks",     "That",   "The",   "Then",   "There",
    "They",   "This",   "Very",  "Was",  "We",    "What",       "When",   "Why",   "You",    "Your"};

// A word with the marks around it.
struct Token {
  std::string_view before, word, after;
};

bool is_letter_or_digit(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0xC3 || (byte >= 0x80 && byte < 0xC0) || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
         (c >= 'a' && c <= 'z');
}

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

Token token_of(std::string_view text) {
  const auto begin = std::find_if(text.begin(), text.end(), is_letter_or_digit);
  const auto end = std::find_if(text.rbegin(), std::make_reverse_iterator(begin), is_letter_or_digit).base();
  const auto from = static_cast<std::size_t>(begin - text.begin());
  const auto to = static_cast<std::size_t>(end - text.begin());
  return {text.substr(0, from), text.substr(from, to - from), text.substr(to)};
}

std::vector<Token> tokens_of(std::string_view words) {
  std::vector<Token> tokens;
  for (auto at = words.begin(); at != words.end();) {
    at = std::find_if_not(at, words.end(), is_space);
    const auto end = std::find_if(at, words.end(), is_space);
    if (at != end)
      tokens.push_back(token_of(
          words.substr(static_cast<std::size_t>(at - words.begin()), static_cast<std::size_t>(end - at))));
    at = end;
  }
  return tokens;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool has_digit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), is_digit);
}

// Beyond Latin-1 no letter is known for small.
bool is_capital(std::string_view word) {
  const auto byte = [&](std::size_t i) { return i < word.size() ? static_cast<unsigned char>(word[i]) : 0; };
  if (byte(0) == 0xC3) return byte(1) >= 0x80 && byte(1) <= 0x9E;
  return (byte(0) >= 'A' && byte(0) <= 'Z') || byte(0) > 0xC3;
}

// Also within: "du-Karin", "o'Neill".
bool has_capital(std::string_view word) {
  bool is_first = true;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (is_first && is_capital(word.substr(i))) return true;
    is_first = !is_letter_or_digit(word[i]);
  }
  return false;
}

template <std::size_t N>
bool is_among(std::string_view word, const std::string_view (&list)[N]) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

// Whether the sentence of tokens[i] begins with it.
bool is_beginning(const std::vector<Token>& tokens, std::size_t i) {
  if (i == 0) return true;
  const std::string_view after = tokens[i - 1].after;
  return after.find_first_of(kEnds) != std::string_view::npos;
}

bool is_telling_number(const std::vector<Token>& tokens, std::size_t i) {
  const std::string_view word = tokens[i].word;
  if (!has_digit(word)) return false;
  const bool is_small = word.size() <= 2 && std::all_of(word.begin(), word.end(), is_digit);
  const bool is_beside =
      (i > 0 && has_digit(tokens[i - 1].word)) || (i + 1 < tokens.size() && has_digit(tokens[i + 1].word));
  return !is_small || is_beside;
}

bool is_telling(const std::vector<Token>& tokens, std::size_t i) {
  const std::string_view word = tokens[i].word;
  const bool is_address = word.find_first_of("@/") != std::string_view::npos || word.starts_with("www.");
  if (is_address || is_telling_number(tokens, i)) return true;
  if (!has_capital(word) || is_among(word, kShortForms)) return false;
  return !is_beginning(tokens, i) || !is_among(word, kBeginnings);
}

// Why: "[12/250]" and the like go too, so a word is cut only between tokens.
bool fits(const std::string& text, const Token& token) {
  const std::size_t more = token.before.size() + token.word.size() + token.after.size() + 1 + kGap.size();
  return text.size() + more <= kMostOwnWords;
}

}  // namespace

MaskedWords masked_words(std::string_view words) {
  const std::vector<Token> tokens = tokens_of(words);
  MaskedWords masked;
  std::size_t kept = 0, left_out = 0;
  bool was_gap = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (!fits(masked.text, token)) {
      masked.text += kGap;
      break;
    }
    const bool is_gap = is_telling(tokens, i);
    ++(is_gap ? left_out : kept);
    if (is_gap && was_gap) {
      masked.text += token.after;
      continue;
    }
    was_gap = is_gap;
    if (!masked.text.empty()) masked.text += ' ';
    masked.text += token.before;
    masked.text += is_gap ? kGap : token.word;
    masked.text += token.after;
    masked.gaps += is_gap ? 1 : 0;
  }
  if (kept < kFewestWords || left_out * 2 > kept) return {};
  return masked;
}

}  // namespace handslag::app
