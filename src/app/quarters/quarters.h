// SPDX-License-Identifier: Apache-2.0
// What leaders guess each quarter, measured (packs/registers/guess.toml): counted from the events themselves
// and, for what is kept, from the promises. Nobody is named, neither customers nor whoever works here. Pure.
//
//   QuarterCount count(rules, events.last());
//   events.each_customer([&](auto& columns, auto customer) { count.add(columns, customer); });
//   QuarterMap quarters = count.quarters();
//   add_kept(measure(judged, by quarter), is_counted, quarters);
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/gaps/measure.h"
#include "pure/model/columns.h"
#include "pure/model/time_rules.h"

namespace handslag::app {

/// One contact of a story, as a stranger may read it.
struct StoryContact {
  Timestamp time;
  std::string contact, channel, unit, outcome;  // `contact`: the key, for GET /v1/cause/{contact}
  std::vector<std::string> blocked;             // why whoever answered could not help
};

/// What one customer wrote in answer to a survey, masked (own_words.h).
struct OwnWords {
  Timestamp time;
  double score = 0;  // 0 to 10
  std::string about, text;
  std::size_t gaps = 0;
};

struct Quarter {
  Timestamp from, to;  // from ≤ t < to
  /// Percent, each promise by its weight; nothing where no promise with a target was settled.
  std::optional<double> promises_kept;
  /// Customers whose fourth contact about one matter (or later) came in the quarter. A matter is the key
  /// `matter`, else a reason until 30 days of silence. Nothing where nobody was in touch.
  std::optional<std::int64_t> fourth_contact;
  /// The median from call.received, call.queued or chat.opened to the first call.answered or chat.answered of
  /// the same key `call` or `contact`. Who was never answered waited longer than everybody; nothing where
  /// that is half of them, or there was no call.
  std::optional<double> minutes_to_human;
  /// Customers asked (fact.asked) for what they had given (fact.given) and not changed since. Nothing where
  /// nothing was asked.
  std::optional<std::int64_t> asked_twice;
  /// Percent of those known at its end of whom a source says whether they can leave (`can_leave`).
  std::optional<double> cannot_leave;
  /// survey.answered with `measure = nps`: how many said 0–6, 7–8, 9–10.
  std::int64_t unhappy = 0, neither = 0, happy = 0;
  /// Of those, what was written (`words`): for each of the three at most kMostWords, those with the fewest
  /// gaps, of these the newest. Of protected customers none.
  std::vector<OwnWords> words;
  /// The longest chain of contacts about one matter that went on in the quarter, of these the one that went
  /// on last, then by what the contacts say; of protected customers none.
  std::string story_reason;
  std::vector<StoryContact> story;  // oldest first, at most 20
};

inline constexpr std::size_t kMostWords = 3;

/// By the number of the quarter (gap::period_number).
using QuarterMap = std::map<std::int32_t, Quarter>;

/// Names whose values must be in the columns.
std::vector<std::string> quarter_names();

/// Counts customer after customer, in any order. One thread.
class QuarterCount {
 public:
  /// Keeps `rules`. `last`: up to when is counted: the time of the last event of all, the organisation's
  /// among them, but not past now, or one event with a wrong year would have every customer counted up to it.
  QuarterCount(const model::TimeRules& rules, Timestamp last);
  ~QuarterCount();
  /// All events of one customer, with values of quarter_names(). Cost: linear in them.
  void add(const model::Columns& columns, model::CustomerIndex customer);
  /// Every quarter with an event of a customer. To be asked once, after all of them.
  QuarterMap quarters();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// `is_counted`: whether the promises of a unit count.
void add_kept(const GapReport& report, const std::function<bool(const std::string& unit)>& is_counted,
              QuarterMap& quarters);

/// "2026-Q3" and back; nothing where it is none.
std::string quarter_name(std::int32_t number);
std::optional<std::int32_t> quarter_number(std::string_view name);

}  // namespace handslag::app
