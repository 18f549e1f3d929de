// SPDX-License-Identifier: Apache-2.0
#include "pure/gap/slices.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "base/check.h"

namespace handslag::gap {
namespace {

const model::ValueColumn* column(const model::Columns& columns, const std::string& name) {
  const auto found = columns.names.find(name);
  return found == columns.names.end() ? nullptr : &found->second;
}

model::Cell value_at(const model::ValueColumn* column, model::EventIndex event) {
  return column == nullptr ? model::Cell{} : column->at(event);
}

model::Cell number_cell(std::int64_t number) {
  return {model::ValueKind::Number, static_cast<std::uint64_t>(number)};
}

bool is_open(model::Verdict verdict) {
  return verdict == model::Verdict::Pending || verdict == model::Verdict::Overdue;
}

// The number of a key; the next free one where it is new.
template <typename Numbers, typename Key>
std::uint32_t number_of(Numbers& numbers, const Key& key) {
  return numbers.try_emplace(key, static_cast<std::uint32_t>(numbers.size())).first->second;
}

void add_to_counts(Counts& counts, model::Verdict verdict) {
  using model::Verdict;
  counts.kept += verdict == Verdict::Kept ? 1 : 0;
  counts.settled +=
      verdict == Verdict::Kept || verdict == Verdict::Late || verdict == Verdict::Broken ? 1 : 0;
  counts.open += is_open(verdict) ? 1 : 0;
}

std::int64_t& count_of(TargetParts& parts, TargetState state) {
  switch (state) {
    case TargetState::None:
      return parts.unsettled;
    case TargetState::TooFew:
      return parts.too_few;
    case TargetState::Kept:
      return parts.kept;
    case TargetState::OnCourse:
      return parts.on_course;
    case TargetState::OffCourse:
      return parts.off_course;
    case TargetState::Missed:
      break;
  }
  return parts.missed;
}

// Of two parts in one state. The values stand last, so that the order of customers does not tell.
bool is_worse(const TargetPart& a, const TargetPart& b) {
  // Why ~: the later first, and the least of all instants cannot be negated.
  const auto place = [](const TargetPart& part) {
    return std::tuple(part.rate(), -part.settled, ~part.from.us);
  };
  if (place(a) != place(b)) return place(a) < place(b);
  return std::lexicographical_compare(a.values.begin(), a.values.end(), b.values.begin(), b.values.end(),
                                      [](model::Cell one, model::Cell other) {
                                        return std::tuple(one.kind, one.bits) <
                                               std::tuple(other.kind, other.bits);
                                      });
}

}  // namespace

Slices::Slices(const PromiseInfo& promise, const Question& question, const model::Columns& columns)
    : promise_(promise), question_(question), columns_(columns), slices_(1) {
  for (const std::string& name : question.by) by_.push_back(column(columns, name));
  if (!promise.target) return;
  for (const std::string& name : promise.target->per) per_.push_back(column(columns, name));
  has_parts_ = !per_.empty() || promise.target->each != Period::None;
}

// ---- counting
// -----------------------------------------------------------------------------------------------

bool Slices::is_in_window(const model::Instance& instance, Timestamp at) const {
  if (!question_.from && !question_.to) return true;
  if (instance.due == kNoTime) return false;
  return (!question_.from || at >= *question_.from) && (!question_.to || at < *question_.to);
}

std::int32_t Slices::period_of(Period each, const model::Instance& instance, Timestamp at) const {
  if (each == Period::None || instance.due == kNoTime) return kNoPeriod;
  return period_number(each, promise_.rules->local_day(at));
}

std::uint32_t Slices::slice_of_group(std::size_t by, model::Cell value) {
  const auto [found, is_new] = groups_.try_emplace(Key{static_cast<std::uint32_t>(by), value},
                                                   static_cast<std::uint32_t>(slices_.size()));
  if (is_new) {
    Slice& group = slices_.emplace_back();
    group.by = static_cast<std::uint32_t>(by);
    group.value = value;
  }
  return found->second;
}

std::uint32_t Slices::slice_of_period(std::int32_t period) {
  const auto [found, is_new] =
      periods_.try_emplace(Key{0, number_cell(period)}, static_cast<std::uint32_t>(slices_.size()));
  if (is_new) slices_.emplace_back().period = period;
  return found->second;
}

std::uint32_t Slices::target_value(model::EventIndex activation) {
  // A tuple is a chain: the number of its first values, then the next value. 0 is the empty one.
  std::uint32_t number = 0;
  for (const model::ValueColumn* one : per_) {
    const Key key{number, value_at(one, activation)};
    number = number_of(values_, key) + 1;
    if (number > tuples_.size()) tuples_.push_back(key);
  }
  return number;
}

void Slices::add_to(std::uint32_t slice, const model::Instance& instance, std::uint32_t target_value,
                    std::int32_t period) {
  slices_[slice].tally.add(instance, promise_.is_business);
  if (!has_parts_ || (promise_.target->each != Period::None && period == kNoPeriod)) return;
  const std::uint32_t value = number_of(part_values_, Key{slice, number_cell(target_value)});
  const std::uint32_t part = number_of(part_numbers_, Key{value, number_cell(period)});
  if (part == parts_.size())
    parts_.push_back({.slice = slice, .target_value = target_value, .period = period, .counts = {}});
  add_to_counts(parts_[part].counts, instance.verdict);
  const bool is_unseen =
      promise_.breaks_in_short_history && instance.unknown == model::UnknownCause::ShortHistory;
  parts_[part].counts.unseen += is_unseen ? 1 : 0;
}

void Slices::add(const model::Instance& instance) {
  const Timestamp activated = columns_.time[instance.activation];
  const Timestamp at = promise_.by_start ? activated : instance.due;
  if (instance.due == kNoTime && is_open(instance.verdict)) {
    undetermined_from_ = std::min(undetermined_from_, activated);
  }
  if (!is_in_window(instance, at)) return;

  const std::uint32_t value = has_parts_ ? target_value(instance.activation) : 0;
  const std::int32_t period = has_parts_ ? period_of(promise_.target->each, instance, at) : kNoPeriod;
  add_to(kTotal, instance, value, period);
  for (std::size_t by = 0; by < by_.size(); ++by) {
    add_to(slice_of_group(by, value_at(by_[by], instance.activation)), instance, value, period);
  }
  const std::int32_t shown = period_of(question_.each, instance, at);
  if (shown != kNoPeriod) add_to(slice_of_period(shown), instance, value, period);
}

// ---- judging
// ------------------------------------------------------------------------------------------------

Timestamp Slices::start_of(Period each, std::int32_t period) const {
  return promise_.rules->start_of_day(first_day(each, period));
}

Timestamp Slices::end_of(Period each, std::int32_t period) const {
  return period == kNoPeriod ? kEndOfTime : start_of(each, period + 1);
}

bool Slices::is_closed_until(Timestamp end) const {
  const bool may_gain_known = promise_.by_start && undetermined_from_ < end;
  return !may_gain_known && is_closed(promise_, end);
}

TargetPart Slices::described(const Part& part) const {
  TargetPart found;
  for (std::uint32_t number = part.target_value; number != 0; number = tuples_[number - 1].within)
    found.values.push_back(tuples_[number - 1].cell);
  std::reverse(found.values.begin(), found.values.end());
  if (part.period != kNoPeriod) {
    found.from = start_of(promise_.target->each, part.period);
    found.to = end_of(promise_.target->each, part.period);
  }
  found.kept = part.counts.kept;
  found.settled = part.counts.settled;
  return found;
}

void Slices::add_part(Slice& slice, const Part& part, TargetState state) const {
  if (!slice.parts) slice.parts.emplace();
  ++count_of(*slice.parts, state);
  const bool is_bad = state == TargetState::Missed || state == TargetState::OffCourse;
  if (is_bad && state >= slice.state) {
    TargetPart found = described(part);
    std::optional<TargetPart>& worst = slice.parts->worst;
    if (!worst || state > slice.state || is_worse(found, *worst)) worst = std::move(found);
  }
  slice.state = worse(slice.state, state);
}

void Slices::judge_slices() {
  if (!promise_.target) return;
  const Target& target = *promise_.target;
  const auto end_of_slice = [&](const Slice& slice) {
    return std::min(end_of(question_.each, slice.period), question_.to.value_or(kEndOfTime));
  };
  if (!has_parts_) {
    for (Slice& slice : slices_) {
      Counts counts = slice.tally.counts();
      if (promise_.breaks_in_short_history) counts.unseen = slice.tally.unseen();
      slice.state = judge(target, counts, is_closed_until(end_of_slice(slice)));
    }
  }
  for (const Part& part : parts_) {
    Slice& slice = slices_[part.slice];
    const Timestamp end = std::min(end_of_slice(slice), end_of(target.each, part.period));
    add_part(slice, part, judge(target, part.counts, is_closed_until(end)));
  }
}

PromiseSummary Slices::summary() {
  judge_slices();
  PromiseSummary summary;
  for (std::size_t i = 0; i < slices_.size(); ++i) {
    Slice& slice = slices_[i];
    Summary one = slice.tally.summary();
    one.target_state = slice.state;
    if (has_parts_) one.target_parts = std::move(slice.parts).value_or(TargetParts{});
    if (i == kTotal) {
      summary.total = one;
    } else if (slice.period != kNoPeriod) {
      summary.periods.push_back(
          {start_of(question_.each, slice.period), end_of(question_.each, slice.period), one});
    } else {
      summary.groups.push_back({question_.by[slice.by], slice.value, one});
    }
  }
  std::sort(summary.periods.begin(), summary.periods.end(),
            [](const PeriodSummary& a, const PeriodSummary& b) { return a.from < b.from; });
  return summary;
}

}  // namespace handslag::gap
