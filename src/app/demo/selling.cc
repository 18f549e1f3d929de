// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/demo/contacts.h"
#include "app/demo/shares.h"
#include "app/demo/stories.h"

namespace handslag::demo {
namespace {

constexpr const char* kSellers[] = {"seller-11", "seller-14", "seller-17",
                                    "seller-21", "seller-26", "seller-32"};
constexpr std::uint32_t kNormalDays = 14;  // working days an installation takes, from the last two hundred

void receive(World& world, Customer& customer, const Offer& offer) {
  const Moment sent = offer.launch.plus_seconds(customer.random.between(0, 3 * 3600));
  const auto add = [&](const char* type, Moment at) {
    world.log.add(Source::Campaign, type, at, customer.number())
        .unit("marketing")
        .channel("mail")
        .touchpoint("campaign")
        .key("offer", offer.number)
        .text("offer_kind", offer.kind)
        .flag("needs_fibre", offer.needs_fibre);
  };
  add("offer.sent", sent);
  const bool is_useless = offer.needs_fibre && !customer.person.has_fibre;
  if (!is_useless && customer.random.chance(share::kUsesOffer)) {
    add("offer.used", sent.plus_minutes(customer.random.between(60, 9000)));
  }
  if (customer.random.chance(is_useless ? share::kAsksAboutUselessOffer : share::kAsksAboutOffer)) {
    if (is_useless) ++customer.grief;
    take_up(world, customer, new_matter(world, "offer"),
            sent.plus_minutes(customer.random.between(20, 4000)));
  }
}

}  // namespace

void tell_offers(World& world, Customer& customer, std::int32_t month) {
  const std::int32_t first = world.days.first_of_month(month);
  const std::int32_t end = world.days.first_of_month(month + 1);
  for (const Offer& offer : world.offers) {
    if (offer.launch.day < std::max(first, customer.person.joined) || offer.launch.day >= end) continue;
    if (!customer.person.is_with(offer.brand)) continue;
    if (offer.needs_fibre && offer.was_checked && !customer.person.has_fibre) continue;
    if (customer.random.chance(share::kReceivesOffer)) receive(world, customer, offer);
  }
}

void tell_sales(World& world, Customer& customer, std::int32_t month) {
  if (!customer.random.chance(share::kSale)) return;
  Random& random = customer.random;
  const std::int32_t first = world.days.first_of_month(month);
  const Moment made =
      sometime(random, random.between(first, world.days.first_of_month(month + 1) - 1), 15, 20);
  if (made.day < customer.person.joined) return;
  const std::uint32_t number = ++world.numbers.commitment;
  const bool is_too_much = random.chance(share::kSellerPromisesTooMuch);
  const std::int32_t lead = is_too_much ? random.between(4, 12) : random.between(14, 20);
  const std::int32_t due = world.days.plus_working(made.day, lead);
  world.log.add(Source::FieldSales, "commitment.made", made, customer.number())
      .unit("field_sales")
      .channel("door")
      .touchpoint("seller")
      .agent(kSellers[random.below(std::size(kSellers))])
      .key("commitment", number)
      .text("what", "installed and working")
      .date("due", due)
      .number("lead_days", static_cast<std::uint32_t>(lead))
      .number("normal_days", kNormalDays);

  const auto settle = [&](const char* type, std::int32_t day) {
    world.log.add(Source::Logistics, type, sometime(random, day, 9, 17), customer.number())
        .unit("logistics")
        .touchpoint("technician")
        .key("commitment", number);
  };
  if (random.chance(share::kReleased)) {
    settle("commitment.released", made.day + random.between(1, 3));
    return;
  }
  if (random.chance(is_too_much ? share::kTooMuchKept : share::kHonestKept))
    return settle("commitment.kept", due - 1);
  customer.grief += 3;
  if (!random.chance(200)) settle("commitment.kept", world.days.plus_working(due, random.between(2, 18)));
  if (random.chance(share::kClaims)) {
    Matter matter = new_matter(world, "promise");
    matter.commitment = number;
    take_up(world, customer, matter, sometime(random, due + random.between(1, 4), 8, 16));
  }
}

}  // namespace handslag::demo
