// SPDX-License-Identifier: Apache-2.0
#include "app/frontline/commitment_chance.h"

#include <fmt/format.h>

#include <cmath>

#include "app/frontline/card.h"
#include "app/frontline/still_owed.h"
#include "app/language/numbers.h"
#include "app/watch/told_verdicts.h"

namespace handslag::app {
namespace {

// What she waits for already.
struct Waited {
  std::string promise, product;
  Timestamp since;
  double weight = 0;
};

bool is_about(const Reading& reading, const model::Instance& it, const promise::Promise& promise,
              const CommitmentAsked& asked) {
  if (!asked.promise.empty() && promise.id != asked.promise) return false;
  return asked.order.empty() ? !asked.promise.empty()
                             : reading.text(it.activation, CardField::Order) == asked.order;
}

// The weightiest promise to her that is open or still owed, about the order or of the promise that was named;
// of equals the newest.
std::optional<Waited> waited_for(Live& live, const CommitmentAsked& asked, Timestamp now) {
  if (asked.order.empty() && asked.promise.empty()) return std::nullopt;
  std::vector<model::CustomerIndex> found;
  for (const model::Identifier& it : asked.customer) {
    found = live.find(it, 2);
    if (found.size() == 1) break;
  }
  if (found.size() != 1) return std::nullopt;
  const Live::Look look = live.look(found.front(), now);
  if (is_protected(look.columns, 1)) return std::nullopt;  // not even how long she waits
  const Reading reading(look.columns, 1);
  std::optional<Waited> best;
  for (const model::Instance& it : look.verdicts.instances) {
    const promise::Promise& promise = *live.promises().versions()[it.promise].promise;
    const bool is_owed =
        is_to_be_done(promise.rule) && (is_open(it.verdict) || is_still_owed(promise.rule, it, reading));
    if (!is_owed || !is_worth_comparing(promise) || !is_about(reading, it, promise, asked)) continue;
    const Timestamp since = reading.time(it.activation);
    if (best && std::pair(promise.weight, since) < std::pair(best->weight, best->since)) continue;
    best = {promise.id, std::string(reading.text(it.activation, CardField::Product)), since, promise.weight};
  }
  return best;
}

bool is_put_in_force_by_commitments(const promise::Promise& promise) {
  const auto* response = std::get_if<promise::Response>(&promise.rule);
  return response != nullptr && response->a.type.text == kCommitmentMade;
}

struct Compared {
  Likeness alike;
  std::vector<stats::Wait> waits;
};

// The narrower where there are enough of it.
void prefer(const Live& live, Likeness alike, Timestamp now, Compared& compared) {
  std::vector<stats::Wait> waits = live.last_alike(alike, now);
  if (waits.size() < kEnoughAlike) return;
  compared = {std::move(alike), std::move(waits)};
}

Compared compared_by_promise(const Live& live, const std::string& promise, const std::string& product,
                             Timestamp now) {
  Compared compared{{promise, {}, {}, {}}, live.last_alike({promise, {}, {}, {}}, now)};
  if (!product.empty()) prefer(live, {promise, product, {}, {}}, now, compared);
  return compared;
}

Compared compared_by_unit(const Live& live, const CommitmentAsked& asked, Timestamp now) {
  Compared compared;
  for (const promise::Version& version : live.promises().versions()) {
    if (asked.unit.empty() || !is_put_in_force_by_commitments(*version.promise)) continue;
    Likeness alike{version.promise->id, {}, asked.unit, {}};
    std::vector<stats::Wait> waits = live.last_alike(alike, now);
    if (waits.size() > compared.waits.size()) compared = {std::move(alike), std::move(waits)};
  }
  if (compared.waits.empty() || asked.kind.empty()) return compared;
  prefer(live, {compared.alike.promise, {}, asked.unit, asked.kind}, now, compared);
  return compared;
}

Json seconds_json(const std::optional<std::int64_t>& us) {
  return us ? Json(static_cast<double>(*us) / 1e6) : Json();
}

long percent(double share) {
  return std::lround(100 * share);
}

}  // namespace

CommitmentChance chance_among(std::span<const stats::Wait> waits, std::int64_t waited_us,
                              std::int64_t until_us) {
  CommitmentChance found;
  const stats::Survival all(waits);
  found.of = all.size();
  found.come = all.come();
  found.median_us = all.time_of(0.5);
  found.ninetieth_us = all.time_of(0.9);
  found.waited_us = waited_us;
  const stats::Survival longer(waits, waited_us > 0 ? waited_us : -1);
  found.waited_so_long = longer.size();
  found.chance = longer.share_by(until_us);
  if (found.chance) found.interval = *longer.interval_by(until_us);
  if (const auto half = longer.time_of(0.5)) found.usually_left_us = *half - waited_us;
  return found;
}

CommitmentChance chance_of(Live& live, const CommitmentAsked& asked, Timestamp now) {
  const auto waited = waited_for(live, asked, now);
  Compared compared;
  if (waited)
    compared = compared_by_promise(live, waited->promise, waited->product, now);
  else if (!asked.promise.empty())
    compared = compared_by_promise(live, asked.promise, asked.product, now);
  if (compared.waits.empty()) compared = compared_by_unit(live, asked, now);
  const bool is_waited_for = waited && compared.alike.promise == waited->promise;
  const Timestamp since = is_waited_for ? std::min(waited->since, now) : now;
  CommitmentChance found = chance_among(compared.waits, now.us - since.us, asked.due.us - since.us);
  if (found.of > 0) found.alike = std::move(compared.alike);
  return found;
}

std::string chance_sentence(const CommitmentChance& it, Language language) {
  const bool sv = language == Language::Swedish;
  const auto length = [&](std::int64_t us) { return duration_text(static_cast<double>(us) / 1e6, language); };
  if (it.of == 0)
    return sv ? "Inget liknande har hänt förut; lova det du själv vet."
              : "Nothing alike has happened before; promise what you know yourself.";
  std::string text =
      sv ? fmt::format("Av de {} senaste liknande", it.of) : fmt::format("Of the last {} alike", it.of);
  if (it.median_us)
    text += sv ? fmt::format(" kom hälften inom {}", length(*it.median_us))
               : fmt::format(", half came within {}", length(*it.median_us));
  else
    text += sv ? " har inte ens hälften kommit" : ", not even half have come";
  if (it.ninetieth_us)
    text += sv ? fmt::format(" och nio av tio inom {}", length(*it.ninetieth_us))
               : fmt::format(" and nine of ten within {}", length(*it.ninetieth_us));
  text += ".";
  if (it.waited_us > 0)
    text += sv ? fmt::format(" Hon har redan väntat {}.", length(it.waited_us))
               : fmt::format(" She has waited {} already.", length(it.waited_us));
  if (!it.chance)
    return text +
           (sv ? " Ingen har väntat så länge och fått det." : " Nobody has waited so long and got it.");
  const long low = percent(it.interval.low), high = percent(it.interval.high);
  text += sv ? fmt::format(" Chansen att det håller är {} % ({}–{} %).", percent(*it.chance), low, high)
             : fmt::format(" The chance that it holds is {}% ({}–{}%).", percent(*it.chance), low, high);
  if (it.waited_so_long < kEnoughAlike) text += sv ? " Det bygger på få." : " That rests on few.";
  return text;
}

Json chance_json(const CommitmentChance& it, Language language) {
  const auto text_json = [](const std::string& text) { return text.empty() ? Json() : Json(text); };
  return {{"alike",
           {{"promise", text_json(it.alike.promise)},
            {"product", text_json(it.alike.product)},
            {"unit", text_json(it.alike.unit)},
            {"kind", text_json(it.alike.kind)}}},
          {"of", it.of},
          {"come", it.come},
          {"median_s", seconds_json(it.median_us)},
          {"ninetieth_s", seconds_json(it.ninetieth_us)},
          {"waited_s", static_cast<double>(it.waited_us) / 1e6},
          {"waited_so_long", it.waited_so_long},
          {"usually_left_s", seconds_json(it.usually_left_us)},
          {"chance", it.chance ? Json(*it.chance) : Json()},
          {"low", it.interval.low},
          {"high", it.interval.high},
          {"few", it.waited_so_long < kEnoughAlike},
          {"sentence", chance_sentence(it, language)}};
}

}  // namespace handslag::app
