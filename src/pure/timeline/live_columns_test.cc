// SPDX-License-Identifier: Apache-2.0
#include "pure/timeline/live_columns.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "pure/timeline/build.h"

namespace handslag::timeline {
namespace {

using model::CustomerIndex;
using model::Event;

const model::ColumnNeeds kNeeds = {{"order"}, {"status", "unit", "order"}, {"status"}, true};

// What a person would write of a customer's timeline: every column at every event, in order.
std::string told(const model::Columns& columns, CustomerIndex customer) {
  std::ostringstream out;
  const auto cell = [&](const auto& of, const char* name, model::EventIndex e) {
    const auto found = of.find(name);
    const model::Cell value = found == of.end() ? model::Cell{} : found->second.at(e);
    out << static_cast<int>(value.kind) << ':';
    if (value.kind == model::ValueKind::Text)
      out << columns.texts->text(value.as_text());
    else
      out << value.bits;
    out << ' ';
  };
  for (auto e = columns.offsets[customer]; e < columns.offsets[customer + 1]; ++e) {
    const auto keys = columns.keys.find("order");
    out << columns.row[e] << ' ' << columns.time[e].us << ' ' << columns.types[columns.type[e]].name << ' '
        << (columns.known.empty() ? columns.time[e].us : columns.known[e].us) << ' '
        << (keys == columns.keys.end() ? "" : columns.texts->text(keys->second[e])) << ' ';
    for (const char* name : {"status", "unit", "order"}) cell(columns.names, name, e);
    cell(columns.attributes, "status", e);
    if (customer != model::kOrganisation) out << columns.organisation_events_before(e);
    out << '\n';
  }
  return out.str();
}

Event random_event(std::mt19937& random, std::uint32_t row) {
  const auto one_of = [&](auto... values) {
    const std::vector<std::string> all = {values...};
    return all[random() % all.size()];
  };
  Event event;
  event.source = one_of("shop", "phone");
  event.type = one_of("placed", "paid", "called");
  event.id = std::to_string(random() % 1000) + "/" + std::to_string(row);
  event.time = {static_cast<std::int64_t>(random() % 6) * kMicrosPerSecond};
  event.sequence = static_cast<std::int64_t>(random() % 2);
  if (random() % 2 == 0) event.known = Timestamp{event.time.us + 7};
  if (random() % 2 == 0) event.unit = one_of("sales", "service");
  if (random() % 2 == 0) event.keys.push_back({"order", one_of("A", "B")});
  if (random() % 3 == 0) event.data.push_back({"status", one_of("open", "shut")});
  if (random() % 5 == 0) event.data.push_back({"unit", 4.5});
  return event;
}

// Says every text once, so that a code exists for it.
Event every_text(const std::string& unit, const std::string& order, const std::string& status) {
  Event event;
  event.source = "shop";
  event.type = "placed";
  event.id = "first " + unit;
  event.unit = unit;
  event.keys = {{"order", order}};
  event.data = {{"status", status}};
  return event;
}

void arrive(LiveColumns& live, const model::Texts& texts, const Event& event, std::uint32_t row,
            CustomerIndex customer) {
  Arrival arrival;
  arrival.row = row;
  arrival.time = event.time;
  arrival.known = event.known.value_or(event.time);
  arrival.sequence = event.sequence;
  arrival.type = event.type;
  arrival.source = event.source;
  arrival.id = event.id;
  for (const auto& [name, value] : event.data) {
    const auto* text = std::get_if<std::string>(&value);
    arrival.values.push_back({name, ValuePlace::Attribute,
                              text != nullptr ? model::Cell::text(*texts.code(*text))
                                              : model::Cell::number(std::get<double>(value))});
  }
  for (const auto& [name, value] : event.keys)
    arrival.values.push_back({name, ValuePlace::Key, model::Cell::text(*texts.code(value))});
  if (!event.unit.empty())
    arrival.values.push_back({"unit", ValuePlace::Fixed, model::Cell::text(*texts.code(event.unit))});
  live.add(customer, arrival);
}

TEST(LiveColumns, EqualColumnsThatWereBuiltAtOnceHoweverTheEventsArrive) {
  std::mt19937 random(20261122);
  for (int round = 0; round < 400; ++round) {
    std::vector<Event> events = {every_text("sales", "A", "open"), every_text("service", "B", "shut")};
    while (events.size() < 24) {
      events.push_back(random_event(random, static_cast<std::uint32_t>(events.size())));
    }
    // Customers 1 … 5; from the load on 4 is joined to 2, and 5 is new.
    std::vector<CustomerIndex> of_event, finally;
    for (std::size_t i = 0; i < events.size(); ++i) {
      of_event.push_back(i < 2 ? 1 : static_cast<CustomerIndex>(random() % 6));
    }
    const std::size_t loaded = 2 + random() % (events.size() - 2);
    for (std::size_t i = 0; i < loaded; ++i)
      if (of_event[i] == 5) of_event[i] = 3;
    for (const CustomerIndex customer : of_event) finally.push_back(customer == 4 ? 2 : customer);
    std::map<std::size_t, std::uint32_t> takes_back;  // an earlier event, loaded or arrived
    for (std::size_t i = loaded; i < events.size(); ++i) {
      const std::size_t target = random() % i;
      if (random() % 4 != 0 || takes_back.contains(target)) continue;
      events[i].source = events[target].source;
      events[i].voids = events[target].id;
      takes_back.emplace(i, static_cast<std::uint32_t>(target));
    }

    BuildOptions options;
    options.needs = kNeeds;
    options.ranks["called"] = -1;
    const model::Columns at_once = build(events, finally, options);
    const std::span<const Event> all(events);
    const std::span<const CustomerIndex> owners(of_event);
    LiveColumns live(build(all.first(loaded), owners.first(loaded), options), kNeeds, options.ranks,
                     [&](std::span<const std::uint32_t> rows) {
                       std::vector<RowOrder> orders;
                       for (const std::uint32_t row : rows)
                         orders.push_back({events[row].source, events[row].sequence, events[row].id});
                       return Result(std::move(orders));
                     });
    const std::size_t join_at = loaded + random() % (events.size() - loaded + 1);
    const auto base_texts = live.gather({}).texts;
    for (std::size_t i = loaded; i <= events.size(); ++i) {
      if (i == join_at) live.join(2, 4);
      if (i == events.size()) break;
      const CustomerIndex owner = i >= join_at ? finally[i] : of_event[i];
      arrive(live, *base_texts, events[i], static_cast<std::uint32_t>(i), owner);
      const auto taken = takes_back.find(i);
      if (taken == takes_back.end()) continue;
      const std::size_t row = taken->second;
      ASSERT_TRUE(live.withdraw(i >= join_at ? finally[row] : of_event[row], taken->second));
    }
    std::vector<CustomerIndex> everyone;
    for (CustomerIndex c = 1; c < at_once.customers(); ++c)
      if (c != 4) everyone.push_back(c);
    ASSERT_TRUE(live.read_orders().ok());
    const model::Columns& gathered = live.gather(everyone);
    ASSERT_EQ(told(gathered, 0), told(at_once, 0));
    for (std::size_t i = 0; i < everyone.size(); ++i) {
      ASSERT_EQ(told(gathered, static_cast<CustomerIndex>(i + 1)), told(at_once, everyone[i]))
          << "round " << round << ", customer " << everyone[i];
    }
  }
}

TEST(LiveColumns, FindsCustomersByAValueLoadedOrArrived) {
  std::vector<Event> events = {every_text("sales", "A", "open"), every_text("service", "B", "shut"),
                               every_text("sales", "B", "shut"), every_text("sales", "A", "open")};
  const std::vector<CustomerIndex> owners = {0, 1, 2, 2};
  BuildOptions options;
  options.needs = kNeeds;
  LiveColumns live(build(events, owners, options), kNeeds, {}, {});
  const auto texts = live.gather({}).texts;
  const auto with = [&](const char* name, const char* text, std::size_t limit = 9) {
    auto found = live.customers_with(name, *texts->code(text), limit);
    std::sort(found.begin(), found.end());
    return found;
  };
  using Customers = std::vector<CustomerIndex>;
  EXPECT_EQ(with("order", "A"), Customers{2});  // the organisation's does not count
  EXPECT_EQ(with("order", "B"), (Customers{1, 2}));
  EXPECT_EQ(with("order", "B", 1).size(), 1U);
  EXPECT_EQ(with("unit", "service"), Customers{1});
  EXPECT_TRUE(with("flow", "A").empty());  // nobody asked for that name
  Event arrived = every_text("service", "A", "open");
  arrived.data.push_back({"unit", "sales"});  // the field stands before the attribute
  arrive(live, *texts, arrived, 4, 3);
  EXPECT_EQ(with("order", "A"), (Customers{2, 3}));
  EXPECT_EQ(with("unit", "service"), (Customers{1, 3}));
  EXPECT_EQ(with("unit", "sales"), Customers{2});
  EXPECT_FALSE(live.withdraw(3, 3));  // that one is another's
  EXPECT_TRUE(live.withdraw(3, 4) && live.withdraw(2, 2));
  EXPECT_EQ(with("order", "A"), Customers{2});
  EXPECT_EQ(with("order", "B"), Customers{1});
  EXPECT_EQ(with("unit", "service"), Customers{1});
}

TEST(LiveColumns, FindsCustomersWithEventsOfATypeInAPeriod) {
  std::vector<Event> events(5, every_text("sales", "A", "open"));
  for (std::size_t i = 0; i < events.size(); ++i)
    events[i].time = {static_cast<std::int64_t>(i) * kMicrosPerSecond};
  events[1].type = "called";
  const std::vector<CustomerIndex> owners = {1, 2, 2, 0, 4};
  BuildOptions options;
  options.needs = kNeeds;
  LiveColumns live(build(events, owners, options), kNeeds, {}, {});
  const auto with = [&](std::string_view type, std::int64_t from, std::int64_t to) {
    return live.share().customers_with(std::span(&type, 1), {from * kMicrosPerSecond},
                                       {to * kMicrosPerSecond});
  };
  using Customers = std::vector<CustomerIndex>;
  EXPECT_EQ(with("placed", 0, 9), (Customers{1, 2, 4}));
  EXPECT_EQ(with("placed", 2, 3), Customers{2});  // the organisation's does not count
  EXPECT_EQ(with("called", 0, 9), Customers{2});
  EXPECT_EQ(with("sent", 0, 9), Customers{});
  events[0].time = {5 * kMicrosPerSecond};
  events[0].type = "sent";  // none such was loaded
  arrive(live, *live.gather({}).texts, events[0], 5, 3);
  EXPECT_EQ(with("sent", 3, 5), Customers{3});
  EXPECT_EQ(with("sent", 3, 4), Customers{});
  live.join(1, 3);
  EXPECT_EQ(with("sent", 3, 5), Customers{1});  // as they are now
  live.join(1, 4);
  EXPECT_EQ(with("placed", 4, 5), Customers{1});
  EXPECT_TRUE(live.withdraw(1, 4) && live.withdraw(1, 5) && live.withdraw(2, 2));
  EXPECT_EQ(with("placed", 4, 5), Customers{});
  EXPECT_EQ(with("sent", 3, 5), Customers{});
  EXPECT_EQ(with("placed", 0, 9), Customers{1});
}

TEST(LiveColumns, AskForTheOrdersOfAllThatTiesAtOnceAndSayWhereThereIsNoAnswer) {
  std::vector<Event> events(4, every_text("sales", "A", "open"));
  events[3].time = {kMicrosPerSecond};
  const std::vector<CustomerIndex> owners = {1, 1, 2, 2};  // three at one instant
  BuildOptions options;
  options.needs = kNeeds;
  std::vector<std::vector<std::uint32_t>> asked;
  LiveColumns live(build(events, owners, options), kNeeds, {},
                   [&](std::span<const std::uint32_t> rows) -> Result<std::vector<RowOrder>> {
                     asked.emplace_back(rows.begin(), rows.end());
                     return unavailable("the disk is gone");
                   });
  const auto texts = live.gather({}).texts;
  arrive(live, *texts, every_text("service", "A", "open"), 4, 3);  // the first of hers
  EXPECT_TRUE(live.read_orders().ok());
  EXPECT_TRUE(asked.empty());
  arrive(live, *texts, every_text("service", "A", "open"), 5, 1);
  arrive(live, *texts, every_text("service", "B", "open"), 6, 2);
  EXPECT_EQ(live.read_orders().error().code, ErrorCode::Unavailable);
  EXPECT_EQ(asked, (std::vector<std::vector<std::uint32_t>>{{0, 1, 2}}));
}

// What a share tells of every customer, by what its events are: rows, in the order of her own.
std::string told_of_all(const SharedEvents& events) {
  std::ostringstream out;
  events.each_customer([&](const model::Columns& columns, CustomerIndex customer) {
    for (auto e = columns.offsets[customer]; e < columns.offsets[customer + 1]; ++e)
      out << columns.row[e] << ' ';
    out << '\n';
  });
  return out.str();
}

TEST(LiveColumns, AShareStaysAsItWasWhileTheyGrow) {
  std::vector<Event> events = {every_text("sales", "A", "open"), every_text("service", "B", "shut")};
  BuildOptions options;
  options.needs = kNeeds;
  const std::vector<CustomerIndex> owners = {1, 2};
  // Customers 1 and 2 have an event each at one instant, so who joins them asks for their order.
  LiveColumns live(build(events, owners, options), kNeeds, {}, [](std::span<const std::uint32_t> rows) {
    std::vector<RowOrder> orders;
    for (const std::uint32_t row : rows) orders.push_back({"", row, ""});
    return Result(std::move(orders));
  });
  const auto texts = build(events, owners, options).texts;
  const auto grow = [&](std::uint32_t row) {
    Event event = every_text("sales", "A", row % 2 == 0 ? "open" : "shut");
    event.time = {row * kMicrosPerSecond};
    arrive(live, *texts, event, row, 1 + row % 3);  // customer 3 is new
  };
  for (std::uint32_t row = 2; row < 1500; ++row) grow(row);  // more than are kept in one piece
  live.join(1, 3);
  ASSERT_TRUE(live.read_orders().ok());
  const SharedEvents early = live.share();
  const std::string told = told_of_all(early);
  for (std::uint32_t row = 1500; row < 4000; ++row) grow(row);
  live.join(2, 1);
  ASSERT_TRUE(live.read_orders().ok());
  EXPECT_EQ(told_of_all(early), told);
  EXPECT_EQ(early.events(), 1500U);
  EXPECT_EQ(early.last(), Timestamp{1499 * kMicrosPerSecond});
  // Customers 1 (with 3) and 2 of the share; the one that is left of what lives on.
  EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 2);
  const std::string all = told_of_all(live.share());
  EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 1);
  EXPECT_EQ(std::count(all.begin(), all.end(), ' '), 4000);
  const CustomerIndex one[] = {2};
  const auto value = early.values("status");
  const auto time = early.times();
  const model::Columns& hers = live.gather(one);
  for (model::EventIndex e = hers.offsets[1]; e < hers.offsets[2]; ++e) {
    if (hers.row[e] >= 1500) continue;
    const bool is_shut = hers.row[e] == 1 || (hers.row[e] > 1 && hers.row[e] % 2 == 1);
    EXPECT_EQ(value(live.reference(e)), model::Cell::text(*texts->code(is_shut ? "shut" : "open")));
    EXPECT_EQ(time(live.reference(e)), hers.time[e]);
  }
  EXPECT_FALSE(early.keeps("channel"));
  EXPECT_TRUE(live.withdraw(2, 0) && live.withdraw(2, 3999));
  EXPECT_EQ(told_of_all(early), told);
  EXPECT_EQ(early.events(), 1500U);
  const SharedEvents later = live.share();
  EXPECT_EQ(later.events(), 3998U);
  EXPECT_EQ(later.last(), Timestamp{3998 * kMicrosPerSecond});
  EXPECT_EQ("0 " + told_of_all(later).insert(told_of_all(later).size() - 1, "3999 "), all);
}

// Of whom nothing has arrived, the load's own columns are read: but for those who have lost something.
TEST(LiveColumns, AShareTellsNothingOfWhatIsWithdrawn) {
  const std::vector<Event> events(3, every_text("sales", "A", "open"));
  const std::vector<CustomerIndex> owners = {1, 2, 2};
  BuildOptions options;
  options.needs = kNeeds;
  LiveColumns live(build(events, owners, options), kNeeds, {}, {});
  EXPECT_TRUE(live.withdraw(2, 1));
  EXPECT_EQ(told_of_all(live.share()), "0 \n2 \n");
}

TEST(ValueColumn, SaysTheSamePacked) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    const std::size_t events = random() % 300;
    model::ValueColumn plain(events);
    for (std::size_t n = random() % 40; events > 0 && n > 0; --n) {
      const auto e = static_cast<model::EventIndex>(random() % events);
      plain.set(e, round % 2 == 0 ? model::Cell::text(static_cast<std::uint32_t>(1 + random() % 5))
                                  : model::Cell::boolean(random() % 2 == 0));
      if (round % 5 == 0) plain.set(e, model::Cell::number(1.5));
    }
    model::ValueColumn packed = plain;
    packed.pack();
    for (model::EventIndex e = 0; e < events; ++e) ASSERT_EQ(packed.at(e), plain.at(e)) << round << ' ' << e;
  }
}

TEST(LiveColumns, ATypeNeverSeenGetsTheNextCodeAndItsRank) {
  LiveColumns live(build({}, {}, {}), {}, {{"late", 3}}, {});
  EXPECT_EQ(live.type_code("a"), 0);
  EXPECT_EQ(live.type_code("late"), 1);
  EXPECT_EQ(live.type_code("a"), 0);
  EXPECT_EQ(live.types()[1].rank, 3);
}

}  // namespace
}  // namespace handslag::timeline
