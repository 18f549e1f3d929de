// SPDX-License-Identifier: Apache-2.0
#include "app/demo/world.h"

#include <algorithm>

#include "app/demo/shares.h"

namespace handslag::demo {
namespace {

constexpr std::int32_t kOpens = 8;
constexpr std::int32_t kCloses = 18;
constexpr std::uint64_t kOrganisationStream = 0xFFFF'FFFF'0000'0001ULL;

// Mean wait in seconds by hour from opening: the morning and lunch are worst.
constexpr std::int64_t kWaitByHour[kCloses - kOpens] = {190, 200, 150, 110, 150, 115, 90, 90, 125, 140};

struct OfferKind {
  const char* name;
  bool needs_fibre;
};
constexpr OfferKind kOfferKinds[] = {{"broadband", true},
                                     {"mobile", false},
                                     {"tv-package", false},
                                     {"speed-upgrade", true},
                                     {"box-exchange", false}};

/// Two a month, four around Black Week and in December, when each department wants its own.
std::int32_t offers_in(std::int32_t month_of_year) {
  return month_of_year == 11 || month_of_year == 12 ? 4 : 2;
}

void acknowledge(World& world, Random& random, const Offer& offer, const char* unit, bool before) {
  const std::int32_t days = before ? -random.between(1, 5) : random.between(0, 6);
  world.log
      .add(Source::Campaign, "offer.acknowledged", sometime(random, offer.launch.day + days, 13, 16), kNobody)
      .unit(unit)
      .key("offer", offer.number);
}

void plan_offer(World& world, Random& random, std::int32_t day) {
  const OfferKind& kind = kOfferKinds[random.below(std::size(kOfferKinds))];
  Offer offer;
  offer.number = static_cast<std::uint32_t>(world.offers.size()) + 1;
  offer.kind = kind.name;
  offer.needs_fibre = kind.needs_fibre;
  offer.brand = random.chance(500) ? Brand::Nord : Brand::Fjord;
  offer.was_checked = random.chance(share::kChecksFibre);
  offer.launch = sometime(random, world.days.plus_working(day, 1), 9, 11);
  world.log.add(Source::Campaign, "offer.created", sometime(random, offer.launch.day - 7, 9, 16), kNobody)
      .unit("marketing")
      .key("offer", offer.number)
      .text("offer_kind", offer.kind)
      .text("brand", brand_name(offer.brand))
      .flag("needs_fibre", offer.needs_fibre);
  acknowledge(world, random, offer, "service", random.chance(share::kServiceKnowsBefore));
  acknowledge(world, random, offer, "logistics", random.chance(850));
  acknowledge(world, random, offer, "digital", random.chance(900));
  world.offers.push_back(offer);
}

void plan_outages(World& world, Random& random, std::int32_t month) {
  const std::int32_t first = world.days.first_of_month(month);
  const std::int32_t last = world.days.first_of_month(month + 1) - 1;
  for (std::int32_t i = random.between(4, 9); i > 0; --i) {
    Outage outage;
    outage.area = static_cast<std::uint8_t>(random.below(kAreas));
    outage.from = sometime(random, random.between(first, last), 0, 23);
    outage.to = outage.from.plus_seconds(900 + random.exponential(4 * 3600));
    world.outages.push_back(outage);
  }
}

void tell_outages(World& world) {
  std::sort(world.outages.begin(), world.outages.end(),
            [](const Outage& a, const Outage& b) { return a.from < b.from; });
  std::uint32_t number = 0;
  for (Outage& outage : world.outages) {
    outage.number = ++number;
    world.log.add(Source::Network, "outage.started", outage.from, kNobody)
        .unit("network")
        .key("outage", number)
        .number("area", outage.area);
    world.log.add(Source::Network, "outage.resolved", outage.to, kNobody)
        .unit("network")
        .key("outage", number)
        .number("area", outage.area);
  }
}

/// What sends no events is seen by those who walk past: most weeks somebody does.
void tell_observations(World& world, Random& random) {
  constexpr const char* kSeen[] = {"queue to the door", "no staff in sight", "old price on the shelf",
                                   "all in order"};
  world.log.add(Source::Shop, "shop.opened", {0, at_hour(10)}, kNobody).unit("shop").key("shop", 1U);
  for (std::int32_t day = random.between(1, 6); day < world.days.count(); day += random.between(3, 9)) {
    world.log.add(Source::Shop, "observation.made", sometime(random, day, 10, 18), kNobody)
        .unit("shop")
        .channel("shop")
        .touchpoint("shop-floor")
        .key("shop", 1U)
        .text("seen", kSeen[random.below(std::size(kSeen))]);
  }
}

}  // namespace

bool World::is_module_short(std::int32_t day) const {
  const std::int32_t month = days.month_of_year(day);
  return month == 3 || month == 4 || month == 9 || month == 10;
}

std::int64_t World::mean_wait_s(Moment at, Brand brand) const {
  const std::int32_t hour = std::clamp(at.second / 3600, kOpens, kCloses - 1) - kOpens;
  std::int64_t wait = kWaitByHour[hour];
  if (days.weekday(at.day) == 0) wait = wait * 3 / 2;
  if (const std::int32_t month = days.month_of_year(at.day); month == 12 || month == 1) wait = wait * 4 / 3;
  if (brand == Brand::Fjord) wait = wait * 5 / 4;
  const bool is_outage = std::any_of(outages.begin(), outages.end(), [&](const Outage& outage) {
    return outage.from <= at && at <= outage.to;
  });
  return is_outage ? wait * 2 : wait;
}

void plan_organisation(World& world, std::uint64_t seed) {
  Random random(seed, kOrganisationStream);
  for (std::int32_t month = 0; month < world.days.months(); ++month) {
    const std::int32_t first = world.days.first_of_month(month);
    const std::int32_t offers = offers_in(world.days.month_of_year(first));
    for (std::int32_t i = 0; i < offers; ++i) plan_offer(world, random, first + 2 + i * 24 / offers);
    plan_outages(world, random, month);
  }
  tell_outages(world);
  tell_observations(world, random);
}

Moment sometime(Random& random, std::int32_t day, std::int32_t from_hour, std::int32_t to_hour) {
  return {day, random.between(at_hour(from_hour), at_hour(to_hour) - 1)};
}

Moment when_open(const World& world, Random& random, Moment at) {
  const bool is_open_day = world.days.is_working(at.day);
  if (is_open_day && at.second >= at_hour(kOpens) && at.second < at_hour(kCloses) - 900) return at;
  const bool is_before_opening = is_open_day && at.second < at_hour(kOpens);
  const std::int32_t day = is_before_opening ? at.day : world.days.plus_working(at.day, 1);
  return sometime(random, day, kOpens, kOpens + 4);
}

std::uint32_t until_nightly_batch(Moment at) {
  return static_cast<std::uint32_t>(86'400 - at.second + at_hour(2, 30));
}

}  // namespace handslag::demo
