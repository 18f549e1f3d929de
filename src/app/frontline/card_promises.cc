// SPDX-License-Identifier: Apache-2.0
// What she has been promised: open, still owed, broken.
#include <algorithm>

#include "app/explain/sentence.h"
#include "app/frontline/card_parts.h"
#include "app/frontline/still_owed.h"
#include "app/watch/told_verdicts.h"

namespace handslag::app {
namespace {

constexpr std::int64_t kYear = 365 * kMicrosPerDay;

bool is_recently_broken(const CardInput& input, const model::Instance& instance, Timestamp failed) {
  const bool is_bad = instance.verdict == model::Verdict::Broken || instance.verdict == model::Verdict::Late;
  return is_bad && failed <= input.now && input.now.us - failed.us <= kYear;
}

// Null due times last.
bool by_due(const CardPromise& a, const CardPromise& b) {
  const auto due = [](const CardPromise& it) { return it.due == kNoTime ? kEndOfTime : it.due; };
  return due(a) < due(b);
}

void shorten(std::vector<CardPromise>& list) {
  if (list.size() > kMostOnCard) list.resize(kMostOnCard);
}

// What to show, before any sentence is made: sentences are the dear part.
struct BrokenOne {
  const model::Instance* instance = nullptr;
  Timestamp failed = kNoTime;
};

std::vector<CardPromise> newest_broken(const CardInput& input, const Reading& reading,
                                       std::vector<BrokenOne> chosen) {
  std::stable_sort(chosen.begin(), chosen.end(),
                   [](const BrokenOne& a, const BrokenOne& b) { return a.failed > b.failed; });
  if (chosen.size() > kMostOnCard) chosen.resize(kMostOnCard);
  std::vector<CardPromise> list;
  for (const BrokenOne& it : chosen) {
    CardPromise made = promise_of(input, reading, *it.instance);
    made.failed = it.failed;
    made.is_still_owed =
        is_still_owed(input.versions[it.instance->promise].promise->rule, *it.instance, reading);
    list.push_back(std::move(made));
  }
  return list;
}

}  // namespace

CardPromise promise_of(const CardInput& input, const Reading& reading, const model::Instance& instance) {
  const promise::Promise& promise = *input.versions[instance.promise].promise;
  CardPromise made;
  made.id = promise.id;
  made.title = promise.title;
  made.unit = promise.kept_by;
  made.activation = reading.time(instance.activation);
  made.due = instance.due;
  made.verdict = instance.verdict;
  const std::span<const model::EventIndex> witnesses(input.verdicts.witnesses.data() + instance.first_witness,
                                                     instance.witnesses);
  made.why = sentence({promise, instance, witnesses, input.columns, input.rules_of(instance.promise),
                       input.horizon_of(instance.promise)},
                      input.language);
  for (const CardField field :
       {CardField::Matter, CardField::Order, CardField::Product, CardField::Offer, CardField::Contact}) {
    if (const auto text = reading.text(instance.activation, field); !text.empty())
      made.about.emplace_back(kFieldNames[static_cast<std::size_t>(field)], text);
  }
  return made;
}

void add_promises(const CardInput& input, const Reading& reading, Card& card) {
  std::vector<BrokenOne> broken;
  for (const model::Instance& instance : input.verdicts.instances) {
    const promise::Rule& rule = input.versions[instance.promise].promise->rule;
    const Timestamp failed = failed_at(rule, instance, input.verdicts, input.columns);
    if (is_recently_broken(input, instance, failed)) {
      broken.push_back({&instance, failed});
      ++(instance.verdict == model::Verdict::Late ? card.late_count : card.broken_count);
    }
    const bool still_owed = is_still_owed(rule, instance, reading);
    if (!is_open(instance.verdict) && !still_owed) continue;
    CardPromise made = promise_of(input, reading, instance);
    made.is_still_owed = still_owed;
    if (still_owed) made.failed = failed;
    if (!is_to_be_done(rule)) {
      card.watched.push_back(std::move(made));
      continue;
    }
    if (input.standing)
      made.standing = input.standing(made.id, reading.text(instance.activation, CardField::Product),
                                     input.now.us - made.activation.us);
    card.owed.push_back(std::move(made));
  }
  std::stable_sort(card.owed.begin(), card.owed.end(), by_due);
  std::stable_sort(card.watched.begin(), card.watched.end(), by_due);
  shorten(card.owed);
  shorten(card.watched);
  card.broken = newest_broken(input, reading, std::move(broken));
}

}  // namespace handslag::app
