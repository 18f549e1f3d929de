// SPDX-License-Identifier: Apache-2.0
#include "app/causes/caused.h"

#include <algorithm>
#include <optional>

#include "app/frontline/card.h"
#include "app/frontline/cause.h"
#include "app/frontline/still_owed.h"

namespace handslag::app {
namespace {

constexpr std::string_view kContactStarted = "contact.started";
constexpr std::int64_t kFeltAfter = 30 * kMicrosPerDay;

bool has_failed(model::Verdict verdict) {
  return verdict == model::Verdict::Broken || verdict == model::Verdict::Late;
}

// Of what may not come: the unit of the event that came; the last witness, else the activation itself.
std::string_view breaker_of(const Caused::One& one, const Reading& reading, const promise::Rule& rule,
                            const model::Instance& it) {
  if (is_to_be_done(rule)) return {};
  const model::EventIndex event =
      it.witnesses > 0 ? one.verdicts.witnesses[it.first_witness + it.witnesses - 1] : it.activation;
  return reading.text(std::max(event, it.activation), CardField::Unit);
}

bool longer(const ChainGoingOn& a, const ChainGoingOn& b) {
  return std::tuple(b.contacts, b.last.us, a.customer) < std::tuple(a.contacts, a.last.us, b.customer);
}

// Her contacts about the matter up to `to`, and the event of the last.
std::pair<ChainGoingOn, model::EventIndex> chain_of(const Reading& reading, const Matters& matters,
                                                    const matter::Matter& matter, Timestamp to) {
  ChainGoingOn chain;
  chain.matter = matter.name;
  chain.kind = matter.kind;
  model::EventIndex last = 0;
  for (const std::size_t contact : matter.contacts) {
    const model::EventIndex e = matters.events[contact];
    if (reading.type(e) != kContactStarted || reading.time(e) > to) continue;
    if (chain.contacts++ == 0) chain.first = reading.time(e);
    last = e;
    chain.reason = reading.text(e, CardField::Reason);
    const std::string unit(reading.text(e, CardField::Unit));
    const bool is_new = std::find(chain.met_by.begin(), chain.met_by.end(), unit) == chain.met_by.end();
    if (!unit.empty() && is_new) chain.met_by.push_back(unit);
  }
  if (chain.contacts > 0) chain.last = reading.time(last);
  return {std::move(chain), last};
}

bool goes_on(const ChainGoingOn& chain, const Matters& matters, const matter::Matter& matter, Timestamp to) {
  const auto closed = matter.thing ? matters.things[*matter.thing].closed : std::nullopt;
  return to.us - chain.last.us <= kGoingOn && !(closed && *closed >= chain.last && *closed <= to);
}

std::optional<double> nps_score(const Reading& reading, model::EventIndex e) {
  const model::Cell measure = reading.named(e, "measure"), score = reading.named(e, "score");
  if (measure.kind != model::ValueKind::Text || score.kind != model::ValueKind::Number) return std::nullopt;
  const double said = score.as_number();
  const bool is_nps = reading.columns().texts->text(measure.as_text()) == "nps" && said >= 0 && said <= 10;
  return is_nps ? std::optional(said) : std::nullopt;
}

}  // namespace

std::vector<std::string> caused_names() {
  std::vector<std::string> names = card_names();
  for (const char* name : {"measure", "score"}) names.emplace_back(name);
  return names;
}

Caused::Caused(CausedPeriod period, std::span<const promise::Version> versions,
               const matter::Lessons& lessons)
    : period_(period), versions_(versions), lessons_(lessons) {}

void Caused::add(const One& one, const std::string& name) {
  const Reading reading(one.columns, one.customer);
  const std::vector<Failure> failures = add_failures(one, reading);
  add_felt(reading, failures);
  if (!wants_matters(one, reading)) return;
  const Matters matters = matters_of(reading, lessons_);
  add_contacts(one, reading, matters);
  add_chains(one, reading, matters, name);
}

// OPTIMIZATION: matters are dear, and few of those who were let down have been in touch of late.
bool Caused::wants_matters(const One& one, const Reading& reading) const {
  std::size_t contacts = 0;  // up to the period's end
  bool is_in_period = false, is_recent = false;
  for (model::EventIndex e = reading.begin(); e < reading.end() && reading.time(e) <= period_.to; ++e) {
    if (reading.type(e) != kContactStarted) continue;
    ++contacts;
    is_in_period = is_in_period || is_within(reading.time(e));
    is_recent = is_recent || period_.to.us - reading.time(e).us <= kGoingOn;
  }
  return (is_in_period && !one.verdicts.instances.empty()) || (is_recent && contacts > 1);
}

// All of hers that ever failed; those of the period are counted.
std::vector<Caused::Failure> Caused::add_failures(const One& one, const Reading& reading) {
  std::vector<Failure> failures;
  std::map<Place, std::uint64_t> here;
  std::set<const BrokenBy*> seen;
  for (const model::Instance& it : one.verdicts.instances) {
    if (!has_failed(it.verdict)) continue;
    const promise::Promise& promise = *versions_[it.promise].promise;
    const Timestamp failed = failed_at(promise.rule, it, one.verdicts, one.columns);
    failures.push_back({&promise, failed});
    if (!is_within(failed)) continue;
    ++here[{promise.kept_by, promise.touchpoint}];
    const std::string by(breaker_of(one, reading, promise.rule, it));
    BrokenBy& broken = broken_[{promise.id, by}];
    broken = {promise.id, promise.title,    promise.kept_by, promise.made_by,
              by,         broken.times + 1, broken.customers};
    if (seen.insert(&broken).second) ++broken.customers;
  }
  for (const auto& [place, times] : here) {
    LetDownAt& at = places_[place];
    at.times += times;
    ++at.customers;
    at.again += times > 1 ? 1 : 0;
  }
  return failures;
}

void Caused::add_contacts(const One& one, const Reading& reading, const Matters& matters) {
  std::set<const MetBy*> seen;
  for (const model::EventIndex e : matters.events) {
    if (reading.type(e) != kContactStarted || !is_within(reading.time(e))) continue;
    const RootCause cause = find_cause(reading, one.verdicts, versions_, e, matters);
    if (cause.instance == nullptr || cause.link == CauseLink::Time) continue;
    const promise::Promise& promise = *versions_[cause.instance->promise].promise;
    const std::string met_by(reading.text(e, CardField::Unit));
    MetBy& met = met_[{promise.id, met_by}];
    met = {promise.id, promise.title, promise.kept_by, met_by, met.contacts + 1, met.customers};
    if (seen.insert(&met).second) ++met.customers;
    LetDownAt& at = places_[{promise.kept_by, promise.touchpoint}];
    ++at.contacts;
    at.met_elsewhere += met_by != promise.kept_by && !met_by.empty() ? 1 : 0;
  }
}

void Caused::add_chains(const One& one, const Reading& reading, const Matters& matters,
                        const std::string& name) {
  for (const matter::Matter& matter : matters.derived.matters) {
    auto [chain, last] = chain_of(reading, matters, matter, period_.to);
    if (chain.contacts < 2 || !goes_on(chain, matters, matter, period_.to)) continue;
    ++chains_going_on_;
    if (is_protected(one.columns, one.customer)) continue;
    chain.customer = name;
    const RootCause cause = find_cause(reading, one.verdicts, versions_, last, matters);
    if (cause.instance != nullptr && cause.link != CauseLink::Time) {
      const promise::Promise& promise = *versions_[cause.instance->promise].promise;
      chain.promise = promise.id;
      chain.title = promise.title;
      chain.unit = promise.kept_by;
    }
    longest_.push_back(std::move(chain));
  }
  if (longest_.size() < 2 * kMostChains) return;
  std::sort(longest_.begin(), longest_.end(), longer);
  longest_.resize(kMostChains);
}

void Caused::add_felt(const Reading& reading, std::span<const Failure> failures) {
  for (model::EventIndex e = reading.begin(); e < reading.end(); ++e) {
    if (reading.type(e) != "survey.answered" || !is_within(reading.time(e))) continue;
    const std::optional<double> score = nps_score(reading, e);
    if (!score) continue;
    const Timestamp time = reading.time(e);
    const bool is_let_down = std::any_of(failures.begin(), failures.end(), [&](const Failure& it) {
      return it.at <= time && time.us - it.at.us <= kFeltAfter;
    });
    FeltParts& felt = is_let_down ? felt_let_down_ : felt_others_;
    ++(*score <= 6 ? felt.unhappy : *score <= 8 ? felt.neither : felt.happy);
  }
}

CausedTold Caused::told() const {
  CausedTold told{period_, {}, {}, {}, chains_going_on_, longest_, felt_let_down_, felt_others_};
  for (const auto& [place, at] : places_) {
    told.places.push_back(at);
    told.places.back().unit = place.first;
    told.places.back().touchpoint = place.second;
  }
  std::stable_sort(told.places.begin(), told.places.end(), [](const LetDownAt& a, const LetDownAt& b) {
    return std::tuple(b.contacts, b.again, b.customers) < std::tuple(a.contacts, a.again, a.customers);
  });
  for (const auto& [key, broken] : broken_) told.broken.push_back(broken);
  for (const auto& [key, met] : met_) told.met.push_back(met);
  std::sort(told.longest.begin(), told.longest.end(), longer);
  if (told.longest.size() > kMostChains) told.longest.resize(kMostChains);
  return told;
}

}  // namespace handslag::app
