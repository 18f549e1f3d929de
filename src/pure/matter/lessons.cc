// SPDX-License-Identifier: Apache-2.0
#include "pure/matter/lessons.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace handslag::matter {
namespace {

constexpr std::int64_t kFirstTimes = 4;
constexpr std::pair<std::string_view, std::string_view> kFirst[] = {
    {"delivery", "order"},   {"leverans", "order"},   {"order", "order"},       {"beställning", "order"},
    {"paket", "order"},      {"parcel", "order"},     {"invoice", "invoice"},   {"faktura", "invoice"},
    {"fakturan", "invoice"}, {"bill", "invoice"},     {"betalning", "invoice"}, {"outage", "fault"},
    {"avbrott", "fault"},    {"fault", "fault"},      {"störning", "fault"},    {"promise", "commitment"},
    {"löfte", "commitment"}, {"lovat", "commitment"}, {"lovade", "commitment"}, {"complaint", "case"},
    {"klagomål", "case"},
};

bool is_letter(unsigned char c) {
  return (c >= 'a' && c <= 'z') || c >= 0x80;  // UTF-8 beyond ASCII counts as letters
}

// ASCII, and the Swedish letters that two bytes hold: C3 80 … C3 9E are capitals of C3 A0 … C3 BE.
std::string in_lower_case(std::string_view text) {
  std::string lower(text);
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const auto c = static_cast<unsigned char>(lower[i]);
    if (c >= 'A' && c <= 'Z') lower[i] = static_cast<char>(c + 0x20);
    const bool follows_c3 = i > 0 && static_cast<unsigned char>(lower[i - 1]) == 0xC3;
    if (follows_c3 && c >= 0x80 && c <= 0x9E && c != 0x97) lower[i] = static_cast<char>(c + 0x20);
  }
  return lower;
}

std::size_t letters(std::string_view word) {
  return static_cast<std::size_t>(std::count_if(
      word.begin(), word.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

std::vector<std::string> words_of(std::string_view reason, std::string_view words) {
  constexpr std::size_t kMostBytes = 2'000, kMostOfOne = 60;
  std::set<std::string> found;
  if (!reason.empty() && reason.size() <= kMostOfOne) found.insert(in_lower_case(reason));
  const std::string lower = in_lower_case(words.substr(0, kMostBytes));
  for (std::size_t i = 0; i < lower.size() && found.size() < kMostWords;) {
    const auto is_word = [](char c) {
      return is_letter(static_cast<unsigned char>(c)) || (c >= '0' && c <= '9');
    };
    const auto begin = std::find_if(lower.begin() + static_cast<std::ptrdiff_t>(i), lower.end(), is_word);
    const auto end = std::find_if_not(begin, lower.end(), is_word);
    std::string word(begin, end);
    i = static_cast<std::size_t>(end - lower.begin());
    const bool has_digit = std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!has_digit && letters(word) >= 3 && word.size() <= kMostOfOne) found.insert(std::move(word));
  }
  return {found.begin(), found.end()};
}

Lessons Lessons::first() {
  Lessons lessons;
  for (const auto& [word, kind] : kFirst) lessons.add(kind, {std::string(word)}, kFirstTimes);
  return lessons;
}

void Lessons::add(std::string_view kind, const std::vector<std::string>& words, std::int64_t times) {
  const auto count = [&](Counts& counts) {
    counts.all += times;
    counts.by_kind[std::string(kind)] += times;
  };
  count(lessons_);
  for (const std::string& word : words) count(words_[word]);
}

double Lessons::weight(std::string_view word, std::string_view kind) const {
  const auto entry = words_.find(word);
  if (entry == words_.end()) return 0;
  const auto of_kind = [&](const Counts& counts) {
    const auto found = counts.by_kind.find(kind);
    return found == counts.by_kind.end() ? 0.0 : static_cast<double>(found->second);
  };
  const double q =
      (of_kind(lessons_) + 1) / (static_cast<double>(lessons_.all) + static_cast<double>(std::size(kKinds)));
  const double with = of_kind(entry->second);
  const double without = static_cast<double>(entry->second.all) - with;
  return std::log((with + q) / (without + 1 - q)) - std::log(q / (1 - q));
}

double Lessons::weight(const std::vector<std::string>& words, std::string_view kind) const {
  double sum = 0;
  for (const std::string& word : words) sum += weight(word, kind);
  return std::clamp(sum, -kMostSaid, kMostSaid);
}

}  // namespace handslag::matter
