// SPDX-License-Identifier: Apache-2.0
#include "pure/promise/keywords.h"

#include <array>
#include <map>
#include <vector>

#include "base/text.h"

namespace handslag::promise {
namespace {

struct Row {
  Keyword keyword;
  std::string_view english, swedish;
  std::string_view english_singular = {}, swedish_singular = {};
};

constexpr std::array<Row, kKeywords> kTable{{
    {Keyword::None, "", ""},
    {Keyword::Promise, "promise", "löfte"},
    {Keyword::Claim, "claim", "budskap"},
    {Keyword::At, "at", "på"},
    {Keyword::KeptBy, "kept by", "hålls av"},
    {Keyword::MadeBy, "made by", "ges av"},
    {Keyword::Touchpoint, "touchpoint", "mötespunkt"},
    {Keyword::Expectation, "expectation", "förväntan"},
    {Keyword::High, "high", "hög"},
    {Keyword::GoodEnough, "good-enough", "tillräcklig"},
    {Keyword::Weight, "weight", "vikt"},
    {Keyword::ForCustomersWhere, "for customers where", "för kunder där"},
    {Keyword::Target, "target", "mål"},
    {Keyword::Per, "per", "per"},
    {Keyword::Each, "each", "varje"},
    {Keyword::ByStart, "by start", "efter start"},
    {Keyword::Instances, "instances", "tillfällen", "instance", "tillfälle"},
    {Keyword::Warn, "warn", "varna"},
    {Keyword::Ahead, "before", "innan"},
    {Keyword::Calendar, "calendar", "kalender"},
    {Keyword::Zone, "zone", "zon"},
    {Keyword::ValidFrom, "valid from", "gäller från"},
    {Keyword::ValidTo, "valid to", "gäller till"},
    {Keyword::When, "when", "när"},
    {Keyword::Then, "then", "så"},
    {Keyword::Within, "within", "inom"},
    {Keyword::NoLaterThan, "no later than", "senast"},
    {Keyword::Before, "before", "före"},
    {Keyword::Same, "same", "samma"},
    {Keyword::Unless, "unless", "om inte"},
    {Keyword::After, "after", "efter"},
    {Keyword::Never, "never", "aldrig"},
    {Keyword::WhenAlready, "when already", "om redan"},
    {Keyword::OnlyAfter, "only after", "bara efter"},
    {Keyword::Since, "since", "sedan dess"},
    {Keyword::AtMost, "at most", "högst"},
    {Keyword::AtLeast, "at least", "minst"},
    {Keyword::Exactly, "exactly", "exakt"},
    {Keyword::Until, "until", "tills"},
    {Keyword::From, "from", "från"},
    {Keyword::WithinAny, "within any", "inom varje"},
    {Keyword::Every, "every", "varje"},
    {Keyword::A, "a", "en"},
    {Keyword::OnlyToCustomersWhere, "only to customers where", "bara till kunder där"},
    {Keyword::Where, "where", "där"},
    {Keyword::As, "as", "som"},
    {Keyword::Total, "total", "totalt"},
    {Keyword::OneForOne, "one for one", "en mot en"},
    {Keyword::Restart, "restart", "börja om"},
    {Keyword::FirstOnly, "first only", "endast första"},
    {Keyword::And, "and", "och"},
    {Keyword::Or, "or", "eller"},
    {Keyword::Not, "not", "inte"},
    {Keyword::In, "in", "i"},
    {Keyword::Contains, "contains", "innehåller"},
    {Keyword::IsMissing, "is missing", "saknas"},
    {Keyword::IsPresent, "is present", "finns"},
    {Keyword::True, "true", "true"},
    {Keyword::False, "false", "false"},
    {Keyword::Second, "s", "s"},
    {Keyword::Minute, "min", "min"},
    {Keyword::Hour, "h", "h"},
    {Keyword::Day, "days", "dagar", "day", "dag"},
    {Keyword::BusinessDay, "business days", "arbetsdagar", "business day", "arbetsdag"},
    {Keyword::BusinessHour, "business hours", "arbetstimmar", "business hour", "arbetstimme"},
    {Keyword::Week, "week", "vecka"},
    {Keyword::Month, "month", "månad"},
    {Keyword::Quarter, "quarter", "kvartal"},
    {Keyword::Year, "year", "år"},
}};

constexpr bool in_enum_order() {
  for (std::size_t i = 0; i < kTable.size(); ++i) {
    if (static_cast<std::size_t>(kTable[i].keyword) != i) return false;
  }
  return true;
}
static_assert(in_enum_order());

struct Phrase {
  std::vector<std::string_view> words;
  Keyword keyword;
};
using PhrasesByFirstWord = std::map<std::string_view, std::vector<Phrase>>;

void add_phrase(PhrasesByFirstWord& phrases, std::string_view text, Keyword keyword) {
  if (text.empty()) return;
  const auto words = split(text, ' ');
  auto& same_start = phrases[words.front()];
  for (const Phrase& known : same_start) {
    if (known.words == words) return;  // the first of those spelled alike stands for all
  }
  same_start.push_back({words, keyword});
}

PhrasesByFirstWord make_phrases(Language language) {
  PhrasesByFirstWord phrases;
  for (const Row& row : kTable) {
    add_phrase(phrases, spelling(row.keyword, language), row.keyword);
    add_phrase(phrases, singular(row.keyword, language), row.keyword);
  }
  return phrases;
}

const PhrasesByFirstWord& phrases_of(Language language) {
  static const PhrasesByFirstWord kEnglish = make_phrases(Language::English);
  static const PhrasesByFirstWord kSwedish = make_phrases(Language::Swedish);
  return language == Language::English ? kEnglish : kSwedish;
}

bool starts_with(std::span<const std::string_view> words, const std::vector<std::string_view>& phrase) {
  if (words.size() < phrase.size()) return false;
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    if (words[i] != phrase[i] && composed(words[i]) != phrase[i]) return false;
  }
  return true;
}

constexpr std::size_t kLongestKeywordWord = 32;  // decomposed, in bytes; longer words are not looked up

}  // namespace

std::string_view spelling(Keyword keyword, Language language) {
  const Row& row = kTable[static_cast<std::size_t>(keyword)];
  return language == Language::English ? row.english : row.swedish;
}

std::string_view singular(Keyword keyword, Language language) {
  const Row& row = kTable[static_cast<std::size_t>(keyword)];
  const std::string_view own = language == Language::English ? row.english_singular : row.swedish_singular;
  return own.empty() ? spelling(keyword, language) : own;
}

bool spelled_alike(Keyword a, Keyword b, Language language) {
  return a == b ||
         (a != Keyword::None && b != Keyword::None && spelling(a, language) == spelling(b, language));
}

KeywordMatch match_keyword(std::span<const std::string_view> words, Language language) {
  KeywordMatch best;
  if (words.empty() || words.front().size() > kLongestKeywordWord) return best;
  const auto& phrases = phrases_of(language);
  const auto found = phrases.find(composed(words.front()));
  if (found == phrases.end()) return best;
  for (const Phrase& phrase : found->second) {
    if (phrase.words.size() > best.words && starts_with(words, phrase.words)) {
      best = {phrase.keyword, phrase.words.size()};
    }
  }
  return best;
}

bool begins_keyword(std::string_view word, Language language) {
  if (word.size() > kLongestKeywordWord) return false;
  return phrases_of(language).contains(composed(word));
}

std::string composed(std::string_view word) {
  std::string result;
  result.reserve(word.size());
  for (std::size_t i = 0; i < word.size(); ++i) {
    const std::string_view rest = word.substr(i);
    const bool ring = rest.size() > 2 && rest.substr(1, 2) == "\xCC\x8A",
               dots = rest.size() > 2 && rest.substr(1, 2) == "\xCC\x88";
    if (rest[0] == 'a' && ring) {
      result += "å";
    } else if (rest[0] == 'a' && dots) {
      result += "ä";
    } else if (rest[0] == 'o' && dots) {
      result += "ö";
    } else {
      result += rest[0];
      continue;
    }
    i += 2;
  }
  return result;
}

}  // namespace handslag::promise
