// SPDX-License-Identifier: Apache-2.0
#include "pure/gap/slices.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "base/check.h"

namespace handslag::gap {
namespace {

model::Cell value_at(const Activations::Values& values, model::EventIndex event) {
  return values ? values(event) : model::Cell{};
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

std::int32_t PeriodNumbers::of(Timestamp time) {
  if (each_ == Period::None) return kNoPeriod;
  if (!starts_.empty() && time >= starts_.front() && time < starts_.back()) {
    const auto next = std::upper_bound(starts_.begin(), starts_.end(), time);
    return first_ + static_cast<std::int32_t>(next - starts_.begin()) - 1;
  }
  const std::int32_t number = period_number(each_, rules_.local_day(time));
  widen(number);
  return number;
}

// Why a limit: a single instant long ago must not make a list of all days since.
void PeriodNumbers::widen(std::int32_t number) {
  if (starts_.empty()) {
    first_ = number;
    starts_ = {start(number), start(number + 1)};
  }
  const std::int64_t end = first_ + static_cast<std::int64_t>(starts_.size()) - 1;
  const std::int64_t least = std::min<std::int64_t>(first_, number),
                     most = std::max<std::int64_t>(end, number + 1);
  if (most - least >= static_cast<std::int64_t>(kMostStarts)) return;
  std::vector<Timestamp> before;
  for (std::int32_t n = number; n < first_; ++n) before.push_back(start(n));
  starts_.insert(starts_.begin(), before.begin(), before.end());
  first_ -= static_cast<std::int32_t>(before.size());
  for (std::int64_t n = end + 1; n <= number + 1; ++n) starts_.push_back(start(static_cast<std::int32_t>(n)));
}

Slices::Slices(const PromiseInfo& promise, const Question& question, const Activations& activations)
    : promise_(promise),
      question_(question),
      time_of_(activations.time),
      slices_(1),
      shown_(question.each, *promise.rules),
      judged_(promise.target ? promise.target->each : Period::None, *promise.rules) {
  for (const std::string& name : question.by) by_.push_back(activations.values(name));
  if (!promise.target) return;
  for (const std::string& name : promise.target->per) per_.push_back(activations.values(name));
  has_parts_ = !per_.empty() || promise.target->each != Period::None;
}

// ---- counting
// -----------------------------------------------------------------------------------------------

bool Slices::is_in_window(const model::Instance& instance, Timestamp at) const {
  if (!question_.from && !question_.to) return true;
  if (instance.due == kNoTime) return false;
  return (!question_.from || at >= *question_.from) && (!question_.to || at < *question_.to);
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
      periods_.try_emplace(static_cast<std::uint32_t>(period), static_cast<std::uint32_t>(slices_.size()));
  if (is_new) slices_.emplace_back().period = period;
  return found->second;
}

std::uint32_t Slices::target_value(model::EventIndex activation) {
  // A tuple is a chain: the number of its first values, then the next value. 0 is the empty one.
  std::uint32_t number = 0;
  for (const Activations::Values& one : per_) {
    const Key key{number, value_at(one, activation)};
    number = number_of(values_, key) + 1;
    if (number > tuples_.size()) tuples_.push_back(key);
  }
  return number;
}

std::uint32_t Slices::cell_of(const model::Instance& instance, Timestamp at) {
  if (!has_parts_) return kNoCell;
  const bool has_period = promise_.target->each != Period::None;
  if (has_period && instance.due == kNoTime) return kNoCell;
  const std::int32_t period = has_period ? judged_.of(at) : kNoPeriod;
  const std::uint32_t value = target_value(instance.activation);
  const std::uint32_t cell = number_of(cell_numbers_, pair(value, static_cast<std::uint32_t>(period)));
  if (cell == cells_.size()) cells_.emplace_back(value, period);
  return cell;
}

void Slices::add_to(std::uint32_t slice, const model::Instance& instance, std::uint32_t cell) {
  slices_[slice].tally.add(instance, promise_.is_business);
  if (cell == kNoCell) return;
  const std::uint32_t part = number_of(part_numbers_, pair(slice, cell));
  if (part == parts_.size())
    parts_.push_back(
        {.slice = slice, .target_value = cells_[cell].first, .period = cells_[cell].second, .counts = {}});
  add_to_counts(parts_[part].counts, instance.verdict);
  const bool is_unseen =
      promise_.breaks_in_short_history && instance.unknown == model::UnknownCause::ShortHistory;
  parts_[part].counts.unseen += is_unseen ? 1 : 0;
}

void Slices::add(const model::Instance& instance) {
  const bool is_open_without_due = instance.due == kNoTime && is_open(instance.verdict);
  const bool asks_for_start = promise_.by_start || is_open_without_due;
  const Timestamp activated = asks_for_start ? time_of_(instance.activation) : kNoTime;
  const Timestamp at = promise_.by_start ? activated : instance.due;
  if (is_open_without_due) undetermined_from_ = std::min(undetermined_from_, activated);
  if (!is_in_window(instance, at)) return;

  const std::uint32_t cell = cell_of(instance, at);
  add_to(kTotal, instance, cell);
  for (std::size_t by = 0; by < by_.size(); ++by) {
    add_to(slice_of_group(by, value_at(by_[by], instance.activation)), instance, cell);
  }
  const std::int32_t shown = instance.due == kNoTime ? kNoPeriod : shown_.of(at);
  if (shown != kNoPeriod) add_to(slice_of_period(shown), instance, cell);
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
