// SPDX-License-Identifier: Apache-2.0
#include "app/language/swedish.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "app/language/swedish_phrases.h"
#include "base/text.h"

namespace handslag::app {
namespace {

constexpr std::string_view kHole = "{}";
constexpr std::size_t kMostInHole = 300;

// What betrays English in what no phrase has put into Swedish. Names, paths and numbers are none of these.
constexpr std::string_view kEnglishWords[] = {
    "and", "are",     "behind", "cannot", "could", "did",     "does",    "empty", "failed", "for",   "from",
    "has", "have",    "is",     "it",     "its",   "missing", "more",    "must",  "needs",  "no",    "none",
    "not", "of",      "only",   "or",     "than",  "that",    "the",     "their", "there",  "these", "this",
    "to",  "unknown", "was",    "were",   "which", "with",    "without", "wrong", "you",    "your"};

std::vector<std::string_view> pieces_of(std::string_view phrase) {
  std::vector<std::string_view> pieces;
  for (std::size_t hole = 0; (hole = phrase.find(kHole)) != std::string_view::npos;) {
    pieces.push_back(phrase.substr(0, hole));
    phrase.remove_prefix(hole + kHole.size());
  }
  pieces.push_back(phrase);
  return pieces;
}

struct Match {
  std::size_t from = 0, to = 0;
  std::vector<std::string_view> taken_over;
};

std::optional<Match> find(std::string_view message, std::size_t from,
                          const std::vector<std::string_view>& pieces) {
  Match match;
  match.from = message.find(pieces.front(), from);
  if (match.from == std::string_view::npos) return std::nullopt;
  match.to = match.from + pieces.front().size();
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    const std::size_t next = message.find(pieces[i], match.to);
    if (next == std::string_view::npos || next - match.to > kMostInHole) return std::nullopt;
    match.taken_over.push_back(message.substr(match.to, next - match.to));
    match.to = next + pieces[i].size();
  }
  return match;
}

// A text, and of each of its bytes whether a phrase put it there.
struct Draft {
  std::string text;
  std::vector<bool> is_ours;

  void add(std::string_view part, bool ours) {
    text += part;
    is_ours.insert(is_ours.end(), part.size(), ours);
  }
  void add(const Draft& other, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) add(std::string_view(other.text).substr(i, 1), other.is_ours[i]);
  }
};

Draft replaced(const Draft& draft, const Phrase& phrase) {
  const auto english = pieces_of(phrase.english);
  const auto swedish = pieces_of(phrase.swedish);
  const std::string_view message = draft.text;
  const auto offset = [&](std::string_view part) {
    return static_cast<std::size_t>(part.data() - message.data());
  };
  Draft done;
  std::size_t at = 0;
  while (const auto match = find(message, at, english)) {
    done.add(draft, at, match->from);
    for (std::size_t i = 0; i < swedish.size(); ++i) {
      done.add(swedish[i], true);
      if (i >= match->taken_over.size() || i + 1 >= swedish.size()) continue;
      const std::string_view taken = match->taken_over[i];
      done.add(draft, offset(taken), offset(taken) + taken.size());
    }
    at = match->to;
  }
  done.add(draft, at, message.size());
  return done;
}

std::string_view bare(std::string_view word) {
  constexpr std::string_view kMarks = ".,;:?!()";
  while (!word.empty() && kMarks.find(word.front()) != std::string_view::npos) word.remove_prefix(1);
  while (!word.empty() && kMarks.find(word.back()) != std::string_view::npos) word.remove_suffix(1);
  return word;
}

// True where English is left outside quotes: a sentence in two languages is worse than one in English.
bool is_half(const Draft& draft) {
  std::string left;
  bool is_quoted = false;
  for (std::size_t i = 0; i < draft.text.size(); ++i) {
    const char c = draft.text[i];
    if (c == '"' || c == '`') is_quoted = !is_quoted;
    const bool is_space = c == '\n' || c == '\t' || is_quoted || draft.is_ours[i];
    left += is_space ? ' ' : c;
  }
  for (const std::string_view word : split(left, ' ')) {
    const auto* end = std::end(kEnglishWords);
    if (std::find(std::begin(kEnglishWords), end, bare(word)) != end) return true;
  }
  return false;
}

}  // namespace

std::string in_language(std::string_view message, Language language) {
  if (language == Language::English) return std::string(message);
  Draft draft;
  draft.add(message, false);
  for (const auto phrases : {swedish_answers(), swedish_phrases()}) {
    for (const Phrase& phrase : phrases) {
      const auto first = phrase.english.substr(0, phrase.english.find(kHole));
      if (draft.text.find(first) != std::string::npos) draft = replaced(draft, phrase);
    }
  }
  return is_half(draft) ? std::string(message) : draft.text;
}

}  // namespace handslag::app
