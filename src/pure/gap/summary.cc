// SPDX-License-Identifier: Apache-2.0
#include "pure/gap/summary.h"

#include <algorithm>
#include <compare>
#include <string_view>
#include <tuple>

#include "base/check.h"
#include "pure/gap/slices.h"

namespace handslag::gap {
namespace {

// By kind, then by what a person reads: texts by code point, numbers by size.
std::weak_ordering compare(model::Cell a, model::Cell b, const model::Texts* texts) {
  if (a.kind != b.kind) return a.kind <=> b.kind;
  switch (a.kind) {
    case model::ValueKind::Text:
      if (texts != nullptr) return texts->text(a.as_text()) <=> texts->text(b.as_text());
      return a.bits <=> b.bits;
    case model::ValueKind::Number:
      return std::weak_order(a.as_number(), b.as_number());
    default:
      return static_cast<std::int64_t>(a.bits) <=> static_cast<std::int64_t>(b.bits);
  }
}

std::int64_t gap_of(const Summary& summary) {
  return summary.settled() - summary.kept;
}

// A group that has nothing settled is no worse than one that keeps all.
double rate_or_all(const Summary& summary) {
  return summary.rate.value_or(1);
}

void sort_groups(std::vector<GroupSummary>& groups, const Question& question, const model::Texts* texts) {
  const auto place = [&](const GroupSummary& group) {
    return std::find(question.by.begin(), question.by.end(), group.by) - question.by.begin();
  };
  std::sort(groups.begin(), groups.end(), [&](const GroupSummary& a, const GroupSummary& b) {
    const auto worst_a = std::tuple(place(a), -gap_of(a.summary), rate_or_all(a.summary));
    const auto worst_b = std::tuple(place(b), -gap_of(b.summary), rate_or_all(b.summary));
    if (worst_a != worst_b) return worst_a < worst_b;
    return compare(a.value, b.value, texts) < 0;
  });
}

}  // namespace

std::string_view target_state_name(TargetState state) {
  switch (state) {
    case TargetState::None:
      return "none";
    case TargetState::TooFew:
      return "too_few";
    case TargetState::Kept:
      return "kept";
    case TargetState::OnCourse:
      return "on_course";
    case TargetState::OffCourse:
      return "off_course";
    case TargetState::Missed:
      return "missed";
  }
  return "none";
}

Activations activations_in(const model::Columns& columns) {
  return {.time = [&columns](model::EventIndex e) { return columns.time[e]; },
          .values = [&columns](const std::string& name) -> Activations::Values {
            const auto found = columns.names.find(name);
            if (found == columns.names.end()) return {};
            return [column = &found->second](model::EventIndex e) { return column->at(e); };
          },
          .texts = columns.texts.get()};
}

Counting::Counting(const Question& question, const Activations& activations)
    : question_(question), texts_(activations.texts) {
  slices_.reserve(question.promises.size());
  for (const PromiseInfo& promise : question.promises) slices_.emplace_back(promise, question, activations);
}

Counting::~Counting() = default;

void Counting::add(const model::Instance& instance) {
  HANDSLAG_DCHECK(question_.promise_of[instance.promise] < slices_.size(), "a version without a promise");
  slices_[question_.promise_of[instance.promise]].add(instance);
}

std::vector<PromiseSummary> Counting::summaries() {
  std::vector<PromiseSummary> summaries;
  summaries.reserve(slices_.size());
  for (Slices& of_one : slices_) {
    summaries.push_back(of_one.summary());
    sort_groups(summaries.back().groups, question_, texts_);
  }
  return summaries;
}

std::vector<PromiseSummary> summarise(const model::Verdicts& verdicts, const model::Columns& columns,
                                      const Question& question) {
  Counting counting(question, activations_in(columns));
  for (const model::Instance& instance : verdicts.instances) counting.add(instance);
  return counting.summaries();
}

}  // namespace handslag::gap
