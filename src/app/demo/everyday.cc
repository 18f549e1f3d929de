// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/demo/contacts.h"
#include "app/demo/shares.h"
#include "app/demo/stories.h"

namespace handslag::demo {
namespace {

constexpr Brand kBrands[] = {Brand::Nord, Brand::Fjord};

Source register_of(Brand brand) {
  return brand == Brand::Nord ? Source::CrmNord : Source::CrmFjord;
}

/// Fjord's register is read once a night, so what it says is known the day after.
EventLog::Entry update(World& world, const Customer& customer, Brand brand, Moment at) {
  EventLog::Entry entry = world.log.add(register_of(brand), "customer.updated", at, customer.number());
  entry.unit("customer-data").known(Known::Fully);
  if (brand == Brand::Fjord) entry.known_after(until_nightly_batch(at));
  return entry;
}

void invoice(World& world, Customer& customer, Brand brand, std::int32_t first) {
  Random& random = customer.random;
  const Source source = brand == Brand::Nord ? Source::BillingNord : Source::BillingFjord;
  const std::uint32_t number = ++world.numbers.invoice;
  const Moment issued = {first + 3 + static_cast<std::int32_t>(customer.number() % 3),
                         at_hour(4, random.between(0, 59))};
  const auto add = [&](const char* type, Moment at) {
    world.log.add(source, type, at, customer.number())
        .unit("billing")
        .channel("mail")
        .touchpoint("invoice")
        .key("invoice", number);
  };
  if (issued.day < customer.person.joined) return;
  add("invoice.issued", issued);
  if (random.chance(share::kDuplicateInvoice))
    add("invoice.issued", issued.plus_minutes(random.between(5, 600)));
  const bool is_late = random.chance(share::kPaidLate);
  if (is_late) add("invoice.reminded", {issued.day + 34, at_hour(5)});
  add("invoice.paid",
      sometime(random, issued.day + (is_late ? random.between(36, 50) : random.between(12, 30)), 6, 22));
  if (!random.chance(brand == Brand::Nord ? share::kCorrectedNord : share::kCorrectedFjord)) return;
  const Moment corrected =
      sometime(random, world.days.plus_working(issued.day, random.between(3, 12)), 10, 16);
  add("invoice.corrected", corrected);
  ++customer.grief;
  if (random.chance(share::kAsksAboutCorrection)) {
    const std::int32_t day = issued.day + random.between(1, 3);
    take_up(world, customer, new_matter(world, "invoice"), sometime(random, day, 8, 17));
  }
}

}  // namespace

void tell_arrival(World& world, Customer& customer) {
  const Person& person = customer.person;
  const bool is_new = person.joined > 0;
  const Moment at = is_new ? sometime(customer.random, person.joined, 8, 17)
                           : Moment{0, customer.random.between(60, at_hour(5))};
  for (const Brand brand : kBrands) {
    if (!person.is_with(brand)) continue;
    auto entry = update(world, customer, brand, at);
    entry.text("brand", brand_name(person.brand)).text("segment", kSegments[person.segment]);
    entry.flag("can_leave", person.can_leave).flag("fibre", person.has_fibre);
    if (person.is_protected) entry.flag("protected", true);
  }
  if (!is_new) return;
  world.log.add(register_of(person.brand), "customer.joined", at.plus_minutes(5), customer.number())
      .unit("sales");
  const bool is_welcomed = customer.random.chance(share::kWelcomed);
  const std::int32_t day =
      person.joined + (is_welcomed ? customer.random.between(3, 28) : customer.random.between(32, 90));
  world.log.add(Source::Campaign, "contact.welcome", sometime(customer.random, day, 9, 16), customer.number())
      .unit("service")
      .channel("mail")
      .touchpoint("welcome");
}

void tell_changes(World& world, Customer& customer, std::int32_t month) {
  if (!customer.random.chance(share::kAttributeChange)) return;
  const std::int32_t first = world.days.first_of_month(month);
  const Moment at = sometime(customer.random, customer.random.between(first, first + 27), 9, 16);
  auto entry = update(world, customer, customer.person.brand, at);
  if (customer.random.chance(500)) {
    entry.flag("fibre", true).text("why", "fibre came to the house");
  } else {
    entry.flag("can_leave", false).text("why", "group agreement of the association");
  }
}

void tell_bills(World& world, Customer& customer, std::int32_t month) {
  for (const Brand brand : kBrands) {
    if (customer.person.is_with(brand)) invoice(world, customer, brand, world.days.first_of_month(month));
  }
}

void tell_own_contacts(World& world, Customer& customer, std::int32_t month) {
  constexpr const char* kReasons[] = {"technical", "invoice", "agreement", "technical", "move", "technical"};
  const std::int32_t first = world.days.first_of_month(month);
  const std::int32_t end = world.days.first_of_month(month + 1);
  Random& random = customer.random;
  if (random.chance(share::kOwnContact)) {
    const char* reason = kReasons[random.below(std::size(kReasons))];
    const Moment at = sometime(random, random.between(first, end - 1), 8, 18);
    if (at.day >= customer.person.joined) take_up(world, customer, new_matter(world, reason), at);
  }
  for (const Outage& outage : world.outages) {
    if (outage.area != customer.person.area || outage.from.day < first || outage.from.day >= end) continue;
    if (!random.chance(share::kCallsInOutage)) continue;
    take_up(world, customer, new_matter(world, "outage"), outage.from.plus_minutes(random.between(10, 150)));
  }
}

}  // namespace handslag::demo
