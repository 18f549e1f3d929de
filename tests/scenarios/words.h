// SPDX-License-Identifier: Apache-2.0
// The words of one line of a scenario, taken one after the other; and what they mean as times, durations and
// values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pure/calendar/zone.h"
#include "pure/model/value.h"
#include "tests/scenarios/scenario.h"

namespace handslag::scenario {

/// The line without its comment. A `#` inside quotes is no comment.
std::string_view without_comment(std::string_view line);

class Words {
 public:
  /// Splits at white space; "…" and {…} are one word each, a comma is a word of its own outside them.
  static Words of(std::string_view line, const calendar::Zone& zone);

  bool at_end() const { return next_ == words_.size(); }
  /// The next word; empty at the end.
  std::string_view peek() const { return at_end() ? std::string_view() : std::string_view(words_[next_]); }
  std::string take();
  /// Takes the word where it is the next.
  bool take_if(std::string_view word);
  /// The other words up to the next of their kind, as they stood.
  Result<std::string> take_any(std::string_view what);
  /// "2026-03-02 10:00[:30[.5]]" in the zone, or RFC 3339 with a zone as one word.
  Result<Timestamp> take_time();
  /// "2 h 30 min", "1 us": elapsed, in microseconds.
  Result<std::int64_t> take_duration();
  Result<std::uint32_t> take_count();
  /// TYPE TIME [id X]
  Result<EventRef> take_event();

 private:
  explicit Words(const calendar::Zone& zone) : zone_(&zone) {}
  const calendar::Zone* zone_;  // outlives the words
  std::vector<std::string> words_;
  std::size_t next_ = 0;
};

/// "5", "true", "2026-03-02", "2026-03-02 10:00", "text": a value of `data`.
Result<model::Value> value_of(std::string_view text, const calendar::Zone& zone);

/// Without the quotes around it, where it has them.
std::string unquoted(std::string_view word);

}  // namespace handslag::scenario
