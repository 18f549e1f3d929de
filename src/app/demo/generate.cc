// SPDX-License-Identifier: Apache-2.0
#include "app/demo/generate.h"

#include <string>
#include <vector>

#include "app/demo/stories.h"

namespace handslag::demo {
namespace {

constexpr Date kFirstDay{10'957};  // 2000-01-01
constexpr Date kLastDay{47'481};   // 2099-12-31

Status check(const DemoOptions& options) {
  if (options.customers == 0 || options.months == 0)
    return invalid("the demo needs a customer and a month at least");
  if (options.first_day < kFirstDay || options.first_day > kLastDay || options.months > 600) {
    return invalid("the demo lies between 2000 and 2150: choose another first day or fewer months");
  }
  if (std::uint64_t{options.customers} * options.months > kMostCustomerMonths) {
    return over_limit("customers × months of the demo may be at most " + std::to_string(kMostCustomerMonths) +
                      ": choose fewer of either");
  }
  return {};
}

/// The day before which each source is complete: the logistics partner's files for the last day come a night
/// later.
std::vector<std::int32_t> source_ends(const Days& days) {
  std::vector<std::int32_t> ends(kSources, days.count());
  ends[static_cast<std::size_t>(Source::Logistics)] = days.count() - 1;
  return ends;
}

void tell_life(World& world, Customer& customer) {
  tell_arrival(world, customer);
  for (std::int32_t month = 0; month < world.days.months(); ++month) {
    if (customer.person.joined >= world.days.first_of_month(month + 1)) continue;
    tell_changes(world, customer, month);
    tell_bills(world, customer, month);
    tell_orders(world, customer, month);
    tell_self_service(world, customer, month);
    tell_offers(world, customer, month);
    tell_sales(world, customer, month);
    tell_own_contacts(world, customer, month);
  }
}

std::vector<DemoSource> describe_sources(const Days& days, const std::vector<std::int32_t>& ends) {
  std::vector<DemoSource> sources;
  for (std::size_t i = 0; i < kSources; ++i) {
    sources.push_back(
        {source_name(static_cast<Source>(i)), days.instant({0, 0}), {days.instant({ends[i], 0}).us - 1}});
  }
  return sources;
}

}  // namespace

Status generate(const DemoOptions& options, const model::TimeRules& rules,
                const std::function<Status(const DemoSource&, const model::Event&)>& receive) {
  HANDSLAG_CHECK_STATUS(check(options));
  const Days days(options.first_day, options.months, rules);
  const std::vector<std::int32_t> ends = source_ends(days);
  const std::vector<Person> people = make_people(options.customers, options.seed, days);
  EventLog log(days, people, ends);
  World world{days, log, {}, {}, {}};
  plan_organisation(world, options.seed);
  for (const Person& person : people) {
    // Why: a stream of its own for her life, so that a change in who people are leaves the stories alone.
    Customer customer{person, Random(options.seed ^ 0x5EED, person.number)};
    if (person.number == 0) {
      tell_karin(world, customer);
    } else {
      tell_life(world, customer);
    }
  }
  const std::vector<DemoSource> sources = describe_sources(days, ends);
  return log.read([&](Source source, const model::Event& event) {
    return receive(sources[static_cast<std::size_t>(source)], event);
  });
}

}  // namespace handslag::demo
