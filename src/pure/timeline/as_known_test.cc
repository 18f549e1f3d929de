// SPDX-License-Identifier: Apache-2.0
#include "pure/timeline/as_known.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "pure/timeline/build.h"

namespace handslag::timeline {
namespace {

using model::CustomerIndex;
using model::Event;

Event random_thing(std::mt19937& random, std::uint32_t row) {
  Event event;
  event.source = "shop";
  event.id = std::to_string(row);
  event.type = random() % 2 == 0 ? "placed" : "paid";
  event.time = {static_cast<std::int64_t>(random() % 6) * kMicrosPerSecond};
  if (random() % 2 == 0)
    event.known = Timestamp{event.time.us + static_cast<std::int64_t>(random() % 5) * kMicrosPerSecond};
  if (random() % 2 == 0) event.keys.push_back({"order", random() % 2 == 0 ? "A" : "B"});
  if (random() % 2 == 0) event.data.push_back({"amount", static_cast<double>(random() % 9)});
  return event;
}

// Every column at every event of a customer, texts as people read them.
std::string told_of(const model::Columns& columns, CustomerIndex customer) {
  std::string text;
  if (customer >= columns.customers()) return text;
  for (auto e = columns.offsets[customer]; e < columns.offsets[customer + 1]; ++e) {
    const auto order = columns.keys.find("order");
    const bool has_order = order != columns.keys.end() && order->second[e] != model::kNoText;
    const auto amount = columns.attributes.find("amount");
    const bool has_amount =
        amount != columns.attributes.end() && amount->second.at(e).kind != model::ValueKind::Missing;
    text += std::to_string(columns.row[e]) + ' ' + std::to_string(columns.time[e].us) + ' ' +
            columns.types[columns.type[e]].name + ' ' +
            std::to_string(columns.known.empty() ? columns.time[e].us : columns.known[e].us) + ' ' +
            (has_order ? std::string(columns.texts->text(order->second[e])) : "-") + ' ' +
            (has_amount ? std::to_string(amount->second.at(e).bits) : "-") + ' ' +
            (customer == 0 ? "" : std::to_string(columns.organisation_events_before(e))) + '\n';
  }
  return text;
}

// build() leaves out what was not known then before it makes any column.
TEST(AsKnown, EqualsColumnsThatWereBuiltOfWhatWasKnownThen) {
  std::mt19937 random(20260503);
  for (int round = 0; round < 300; ++round) {
    std::vector<Event> events;
    std::vector<CustomerIndex> owners;
    for (std::uint32_t row = 0; row < 20; ++row) {
      events.push_back(random_thing(random, row));
      owners.push_back(static_cast<CustomerIndex>(random() % 3));
    }
    BuildOptions options;
    options.needs = {{"order"}, {"order"}, {"amount"}, true};
    const model::Columns all = build(events, owners, options);
    const Timestamp then{static_cast<std::int64_t>(random() % 10) * kMicrosPerSecond};
    options.as_known_at = then;
    const model::Columns built = build(events, owners, options);
    const model::Columns earlier = as_known_at(all, then);
    for (CustomerIndex customer = 0; customer < 3; ++customer)
      ASSERT_EQ(told_of(earlier, customer), told_of(built, customer)) << "round " << round;
  }
}

}  // namespace
}  // namespace handslag::timeline
