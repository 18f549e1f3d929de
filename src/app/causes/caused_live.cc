// SPDX-License-Identifier: Apache-2.0
#include "app/causes/caused_live.h"

#include <algorithm>

#include "app/frontline/still_owed.h"
#include "pure/identity/identity.h"

namespace handslag::app {
namespace {

constexpr std::string_view kLookedAt[] = {"contact.started", "survey.answered"};

bool is_bad(const Told& told) {
  return told.verdict == model::Verdict::Broken || told.verdict == model::Verdict::Late ||
         told.verdict == model::Verdict::Overdue;
}

class LiveCounting {
 public:
  LiveCounting(const LiveVerdicts& verdicts, CausedPeriod period)
      : verdicts_(verdicts), period_(period), time_(verdicts.events.times()) {
    for (const promise::Version& it : verdicts.promises.versions())
      fails_when_due_.push_back(is_to_be_done(it.promise->rule));
  }

  // Whoever may count for something, ascending.
  std::vector<model::CustomerIndex> customers() const {
    const Timestamp from = std::min(period_.from, Timestamp{period_.to.us - kGoingOn});
    auto found = verdicts_.events.customers_with(kLookedAt, from, period_.to);
    for (model::CustomerIndex c = 1; c < verdicts_.told.customers(); ++c) {
      const auto told = verdicts_.told.of(c);
      if (std::any_of(told.begin(), told.end(), [this](const Told& it) { return may_have_failed(it); }))
        found.push_back(c);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

  // In touch in the period, and let down by this promise at whatever time; ascending.
  std::vector<model::CustomerIndex> in_touch_about(std::string_view promise) const {
    const auto& versions = verdicts_.promises.versions();
    auto found = verdicts_.events.customers_with(std::span(kLookedAt).first(1), period_.from, period_.to);
    std::erase_if(found, [&](model::CustomerIndex it) {
      const auto told = verdicts_.told.of(it);
      return std::none_of(told.begin(), told.end(), [&](const Told& one) {
        return is_bad(one) && versions[one.version].promise->id == promise;
      });
    });
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

  CausedTold count(const std::vector<model::CustomerIndex>& customers, const matter::Lessons& lessons) const {
    Caused caused(period_, verdicts_.promises.versions(), lessons);
    verdicts_.events.each_of(
        customers, [&](model::CustomerIndex it) { return rests_on_arrived(it); },
        [&](const timeline::SharedEvents::Placed& hers) {
          const model::Verdicts bad = bad_of(hers);
          caused.add({hers.columns, hers.place, bad},
                     identity::customer_name(verdicts_.numbers[hers.customer]));
        });
    return caused.told();
  }

 private:
  // Perhaps of the organisation.
  bool rests_on_arrived(model::CustomerIndex customer) const {
    const auto told = verdicts_.told.of(customer);
    return std::any_of(told.begin(), told.end(), [](const Told& it) {
      const bool has_breaker = it.breaker != Told::kNoBreaker;
      return is_bad(it) && (timeline::SharedEvents::has_arrived(it.activation) ||
                            (has_breaker && timeline::SharedEvents::has_arrived(it.breaker)));
    });
  }

  // Those of hers that Caused looks at, as an evaluation of these columns would give them.
  model::Verdicts bad_of(const timeline::SharedEvents::Placed& hers) const {
    model::Verdicts bad;
    for (const Told& told : verdicts_.told.of(hers.customer)) {
      if (!is_bad(told)) continue;
      model::Instance it;
      it.promise = told.version;
      it.customer = hers.place;
      it.activation = hers.index_of(told.activation);
      it.due = told.due;
      it.verdict = told.verdict;
      it.slack_us = told.slack_us;
      if (told.breaker != Told::kNoBreaker) {
        it.first_witness = static_cast<std::uint32_t>(bad.witnesses.size());
        it.witnesses = 1;
        bad.witnesses.push_back(hers.index_of(told.breaker));
      }
      bad.instances.push_back(it);
    }
    return bad;
  }

  // In the period; failed_at() says when in truth.
  bool may_have_failed(const Told& told) const {
    if (told.verdict != model::Verdict::Broken && told.verdict != model::Verdict::Late) return false;
    if (told.due != kNoTime && told.due < period_.from) return false;
    if (fails_when_due_[told.version] && told.due != kNoTime) return told.due <= period_.to;
    return time_(told.activation) <= period_.to;
  }

  const LiveVerdicts& verdicts_;
  const CausedPeriod period_;
  const std::function<Timestamp(timeline::EventReference)> time_;
  std::vector<bool> fails_when_due_;  // by version: where it has a due time
};

}  // namespace

CausedTold count_caused(const LiveVerdicts& verdicts, CausedPeriod period, const matter::Lessons& lessons) {
  const LiveCounting counting(verdicts, period);
  return counting.count(counting.customers(), lessons);
}

std::uint64_t count_contacts_of(const LiveVerdicts& verdicts, CausedPeriod period, std::string_view promise,
                                const matter::Lessons& lessons) {
  const LiveCounting counting(verdicts, period);
  std::uint64_t contacts = 0;
  for (const MetBy& it : counting.count(counting.in_touch_about(promise), lessons).met)
    if (it.promise == promise) contacts += it.contacts;
  return contacts;
}

}  // namespace handslag::app
