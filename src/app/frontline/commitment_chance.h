// SPDX-License-Identifier: Apache-2.0
// Before something is promised: what the last ones alike took, and the chance that this due time holds.
//
// (1) Alike is what was promised under the same promise; of the same product where there are enough of it.
//     What is about an order that she has waited for already is compared with those that took longer than
//     that (pure/stats/survival.h), and what has not come yet counts as not come.
// (2) A commitment about nothing of the kind is compared with earlier commitments (commitment.made) of the
//     same unit, and of the same kind where there are enough.
// (3) Enough are kEnoughAlike; where there are fewer in all, the interval says how little is known.
//
// On the live system's thread. Cost: one look at the customer, and n log n of at most kLastAlike.
#pragma once

#include <optional>
#include <string>

#include "app/language/json.h"
#include "app/terminal/terminal.h"
#include "app/watch/live.h"

namespace handslag::app {

inline constexpr std::size_t kEnoughAlike = 20;

/// What is empty is not said.
struct CommitmentAsked {
  std::vector<model::Identifier> customer;
  std::string promise, order, product, unit, kind;
  Timestamp due;
};

struct CommitmentChance {
  Likeness alike;                                       // an empty promise: nothing to compare with
  std::size_t of = 0, come = 0;                         // of the last alike, and how many of them have come
  std::optional<std::int64_t> median_us, ninetieth_us;  // nothing where so many have not come
  std::int64_t waited_us = 0;                           // how long she has waited already
  std::size_t waited_so_long = 0;                       // how many of them waited longer than that
  std::optional<double> chance;                         // nothing where none did
  stats::Interval interval;
  std::optional<std::int64_t> usually_left_us;  // from now, until half of those have come
};

CommitmentChance chance_of(Live& live, const CommitmentAsked& asked, Timestamp now);
/// The figures alone; for chance_of and tests. `waited_us`: 0 where it begins now.
CommitmentChance chance_among(std::span<const stats::Wait> waits, std::int64_t waited_us,
                              std::int64_t until_us);

/// For whoever is about to promise: one or two sentences.
std::string chance_sentence(const CommitmentChance& chance, Language language);
Json chance_json(const CommitmentChance& chance, Language language);

}  // namespace handslag::app
