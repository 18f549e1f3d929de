// SPDX-License-Identifier: Apache-2.0
// What all of the demo's stories share: the days, the log they write to, running numbers, and what happens to
// everybody (offers, outages, a supplier's shortage, queues). One thread.
#pragma once

#include <cstdint>
#include <vector>

#include "app/demo/days.h"
#include "app/demo/event_log.h"
#include "app/demo/people.h"
#include "app/demo/random.h"

namespace handslag::demo {

/// The last number given of each kind; the first is 1.
struct Numbers {
  std::uint32_t order = 0, contact = 0, call = 0, matter = 0, invoice = 0, session = 0, commitment = 0,
                work = 0;
};

struct Offer {
  std::uint32_t number = 0;
  const char* kind = "";
  Brand brand = Brand::Nord;
  bool needs_fibre = false;
  bool was_checked = true;  // receivers who cannot use it were taken off the list
  Moment launch;
};

struct Outage {
  std::uint32_t number = 0;
  std::uint8_t area = 0;
  Moment from, to;
};

struct World {
  const Days& days;
  EventLog& log;
  Numbers numbers;
  std::vector<Offer> offers;    // by launch
  std::vector<Outage> outages;  // by start

  /// The CA module's supplier fails in these months: just after the year's first quarter and at its end.
  bool is_module_short(std::int32_t day) const;
  /// Seconds that callers wait on average at this time.
  std::int64_t mean_wait_s(Moment at, Brand brand) const;
};

/// One customer while her stories are told.
struct Customer {
  const Person& person;
  Random random;
  std::int32_t grief = 0;   // what went wrong for her of late; colours what she answers
  bool gave_facts = false;  // serial and card number are somewhere in our systems

  std::uint32_t number() const { return person.number; }
};

/// Plans offers and outages and tells what has no customer: them, their acknowledgements, observations in the
/// shops.
void plan_organisation(World& world, std::uint64_t seed);

/// Some time on `day` between two hours.
Moment sometime(Random& random, std::int32_t day, std::int32_t from_hour, std::int32_t to_hour);
/// `at` where the customer service is open then, else soon after it next opens (weekdays 08–18).
Moment when_open(const World& world, Random& random, Moment at);
/// Seconds until half past two the night after, when the batch files come.
std::uint32_t until_nightly_batch(Moment at);

}  // namespace handslag::demo
