// SPDX-License-Identifier: Apache-2.0
// Which reasons and words go with which kind of matter: counts, and what they say. Somebody who puts a
// contact where it belongs teaches one lesson; taking it back unteaches it.
//
// What a word says for a kind is how much likelier it makes that kind, in natural logarithms of odds:
//   weight(word, kind) = ln((with + q) / (without + 1 − q)) − ln(q / (1 − q))
// where `with` counts lessons with the word that were of the kind, `without` those with the word that were
// not, and q = (lessons of the kind + 1) / (all lessons + kinds). A word never met says nothing: 0.
//
// Pure; one thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace handslag::matter {

/// What a matter is about in general: "order", "invoice", "fault", "commitment", "case", or "other".
inline constexpr std::string_view kKinds[] = {"order", "invoice", "fault", "commitment", "case", "other"};

/// The reason whole, and the words of three letters or more, in lower case, each once, sorted; those with
/// digits are left out, for they are hers alone. At most kMostWords.
std::vector<std::string> words_of(std::string_view reason, std::string_view words);
inline constexpr std::size_t kMostWords = 20;

class Lessons {
 public:
  /// What everybody knows to begin with: that "faktura" is about an invoice, …
  static Lessons first();

  void learn(std::string_view kind, const std::vector<std::string>& words) { add(kind, words, 1); }
  void unlearn(std::string_view kind, const std::vector<std::string>& words) { add(kind, words, -1); }

  double weight(std::string_view word, std::string_view kind) const;
  /// Of all the words together; none says more than kMostSaid for or against.
  double weight(const std::vector<std::string>& words, std::string_view kind) const;
  static constexpr double kMostSaid = 3;

 private:
  void add(std::string_view kind, const std::vector<std::string>& words, std::int64_t times);

  struct Counts {
    std::int64_t all = 0;
    std::map<std::string, std::int64_t, std::less<>> by_kind;
  };
  Counts lessons_;
  std::map<std::string, Counts, std::less<>> words_;
};

}  // namespace handslag::matter
