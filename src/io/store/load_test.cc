// SPDX-License-Identifier: Apache-2.0
#include "io/store/load.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "io/store/store_fixture.h"
#include "pure/identity/identity.h"
#include "pure/timeline/build.h"

namespace handslag::store {
namespace {

using model::Event;

const model::ColumnNeeds kNeeds{
    {"order", "contact"}, {"channel", "amount", "source"}, {"amount", "due"}, true};

std::string shown(const model::Texts& texts, model::Cell cell) {
  if (cell.kind == model::ValueKind::Text) return "t:" + std::string(texts.text(cell.as_text()));
  return std::to_string(static_cast<int>(cell.kind)) + ":" + std::to_string(cell.bits);
}

// All that columns say of one event, without codes and rows.
std::string shown(const model::Columns& columns, model::EventIndex e) {
  std::string text = format_rfc3339(columns.time[e]) + " " + columns.types[columns.type[e]].name;
  if (!columns.known.empty()) text += " known " + format_rfc3339(columns.known[e]);
  for (const auto& [name, key] : columns.keys)
    text += " k." + name + "=" + std::string(columns.texts->text(key[e]));
  for (const auto& [name, column] : columns.names)
    text += " n." + name + "=" + shown(*columns.texts, column.at(e));
  for (const auto& [name, column] : columns.attributes) {
    text += " a." + name + "=" + shown(*columns.texts, column.at(e));
  }
  return text + " " + std::to_string(columns.organisation_events_before(e));
}

// Timelines without customers' numbers: the organisation's first, the others sorted.
std::vector<std::string> shown(const model::Columns& columns) {
  std::vector<std::string> timelines;
  for (model::CustomerIndex c = 0; c < columns.customers(); ++c) {
    std::string timeline;
    for (model::EventIndex e = columns.offsets[c]; e < columns.offsets[c + 1]; ++e) {
      timeline += shown(columns, e) + "\n";
    }
    timelines.push_back(timeline);
  }
  if (!timelines.empty()) std::sort(timelines.begin() + 1, timelines.end());
  return timelines;
}

class LoadTest : public StoreTest {
 protected:
  LoadTest() { open(); }

  Loaded loaded(const LoadOptions& options = {}) {
    Result<Loaded> result = load(log(), kNeeds, options);
    EXPECT_TRUE(result.ok()) << result.error().message;
    return std::move(*result);
  }
};

Event random_event(std::mt19937& random, int number) {
  const auto any = [&](std::initializer_list<const char*> of) {
    return std::string(of.begin()[random() % of.size()]);
  };
  Event event;
  event.source = any({"shop", "billing"});
  event.id = "e" + std::to_string(number);
  event.type = any({"placed", "delivered", "outage"});
  event.time = {static_cast<std::int64_t>(random() % 6) * kMicrosPerSecond};
  if (random() % 4 == 0) event.known = Timestamp{event.time.us + kMicrosPerSecond};
  event.sequence = static_cast<std::int64_t>(random() % 3);
  for (std::size_t n = random() % 3; n > 0; --n) {
    event.subject.push_back({any({"email", "customer_no", "phone"}), any({"1", "2", "3", "4"})});
  }
  if (random() % 2 == 0) event.keys.push_back({"order", any({"A", "B"})});
  if (random() % 3 == 0) event.keys.push_back({"channel", "key"});
  if (random() % 3 == 0) event.channel = "fixed";
  if (random() % 2 == 0) event.data.push_back({"amount", model::Value{static_cast<double>(random() % 3)}});
  if (random() % 5 == 0) event.data.push_back({"channel", model::Value{any({"x", "y"})}});
  if (random() % 6 == 0) event.data.push_back({"due", model::Value{Date{static_cast<int>(random() % 9)}}});
  if (random() % 8 == 0) event.replaces = "e" + std::to_string(random() % 40);
  if (random() % 12 == 0) event.voids = "e" + std::to_string(random() % 40);
  event.record = static_cast<std::uint64_t>(number) + 1;
  event.part = 1;
  return event;
}

// The oracle is the builder in memory: whatever the order of arrival and the split into files, with restarts
// between.
TEST_F(LoadTest, GivesTheSameTimelinesInAnyOrderAndSplitAsTheBuilderInMemory) {
  std::mt19937 random(11);
#ifdef HANDSLAG_SANITIZED
  constexpr int kRounds = 4;
#else
  constexpr int kRounds = 12;
#endif
  for (int round = 0; round < kRounds; ++round) {
    std::vector<Event> events;
    for (int i = 0; i < 40; ++i) events.push_back(random_event(random, i));
    LoadOptions options;
    options.ranks["outage"] = -1;
    options.threads = static_cast<unsigned>(round % 3 + 1);
    timeline::BuildOptions build_options{kNeeds, options.ranks, std::nullopt};
    if (round % 2 == 1) build_options.as_known_at = options.as_known_at = Timestamp{3 * kMicrosPerSecond};
    std::shuffle(events.begin(), events.end(), random);
    data_.reset();
    std::filesystem::remove_all(path_);
    open();
    for (std::size_t from = 0; from < events.size();) {
      const std::size_t to = std::min(events.size(), from + random() % 30 + 1);
      import("file" + std::to_string(from), {events.begin() + static_cast<std::ptrdiff_t>(from),
                                             events.begin() + static_cast<std::ptrdiff_t>(to)});
      if (random() % 2 == 0) open();
      from = to;
    }
    // Who is who goes by the events that stand, as it does in a log.
    std::shuffle(events.begin(), events.end(), random);
    const std::vector<model::CustomerIndex> nobody(events.size(), 1);
    std::vector<Event> standing;
    timeline::BuildOptions only_rows = build_options;
    for (const std::uint32_t row : timeline::build(events, nobody, only_rows).row)
      standing.push_back(events[row]);
    for (Event& e : standing) e.replaces.clear(), e.voids.clear();
    const auto who = identity::assign_events(standing, identity::FirstRule(identity::kSharedTypes));
    const model::Columns wanted = timeline::build(standing, who.customer_of_event, build_options);
    ASSERT_EQ(shown(loaded(options).columns), shown(wanted)) << "round " << round;
  }
}

// Also where later files correct earlier events, join customers and move horizons.
TEST_F(LoadTest, GivesTheLogAsItWasAfterAnEarlierImport) {
  std::mt19937 random(12);
  LoadOptions options;
  std::vector<std::vector<std::string>> then;
  std::vector<std::vector<std::pair<std::string, Timestamp>>> horizons_then;
  const auto horizons = [](const Loaded& loaded) {
    std::vector<std::pair<std::string, Timestamp>> told;
    for (const auto& it : loaded.horizons.sources) told.emplace_back(it.source, it.complete_through);
    return told;
  };
  open();
  for (int file = 0; file < 8; ++file) {
    std::vector<Event> events;
    for (int i = 0; i < 12; ++i) events.push_back(random_event(random, file * 12 + i));
    import("file" + std::to_string(file), events);
    const Loaded now = loaded(options);
    then.push_back(shown(now.columns));
    horizons_then.push_back(horizons(now));
  }
  for (std::uint32_t import = 1; import <= 8; ++import) {
    options.through_import = import;
    const Loaded earlier = loaded(options);
    EXPECT_EQ(shown(earlier.columns), then[import - 1]) << "import " << import;
    EXPECT_EQ(horizons(earlier), horizons_then[import - 1]) << "import " << import;
  }
}

TEST_F(LoadTest, OrdersEventsWithDerivedIdsByThoseIds) {
  std::vector<Event> events;
  for (std::uint32_t part = 12; part > 0; --part) {
    events.push_back(event("", 1));
    events.back().part = part;
    events.back().type = "part" + std::to_string(part);
  }
  import("one", events);
  const Loaded result = loaded();
  std::vector<std::string> types;
  for (const auto type : result.columns.type) types.push_back(result.columns.types[type].name);
  EXPECT_EQ(types, (std::vector<std::string>{"part1", "part10", "part11", "part12", "part2", "part3", "part4",
                                             "part5", "part6", "part7", "part8", "part9"}));
}

TEST_F(LoadTest, LetsACorrectionNameADerivedId) {
  import("one", {event("", 1), event("", 2)});
  Event correction = event("x", 3);
  correction.voids = derived_id(header("one"), 2, 1);  // the event at 1 s is record 2
  import("two", {correction});
  EXPECT_EQ(loaded().columns.row, (std::vector<std::uint32_t>{1, 2}));
}

TEST_F(LoadTest, UnjoinsCustomersWhenTheFileThatJoinedThemIsTakenOut) {
  import("one", {event("a", 1, "a"), event("b", 2, "b")});
  Event both = event("c", 3, "a");
  both.subject.push_back({"email", "b"});
  import("two", {both});
  EXPECT_EQ(loaded().columns.customers(), 2U);
  ASSERT_TRUE(log().remove_import(2, kTestNow).ok());
  EXPECT_EQ(loaded().columns.customers(), 3U);
}

TEST_F(LoadTest, TakesHorizonsFromTheFilesFirstAndLastEvent) {
  import("one", {event("a", 100), event("b", 200)});
  import("two", {event("c", 150), event("d", 300)});
  const auto horizons = loaded().horizons;
  ASSERT_EQ(horizons.sources.size(), 1U);
  EXPECT_EQ(horizons.sources[0].source, "shop");
  EXPECT_EQ(horizons.sources[0].history_start, Timestamp{100 * kMicrosPerSecond});
  EXPECT_EQ(horizons.sources[0].complete_through, Timestamp{300 * kMicrosPerSecond});
  EXPECT_EQ(horizons.sources[0].types, (std::vector<model::TypeCode>{0}));
  EXPECT_TRUE(horizons.sources[0].is_file);
}

// The trap: one mis-dated row in 2099 that makes everything final.
TEST_F(LoadTest, LetsNoEventDatedAfterNowMoveTheHorizon) {
  Event future = event("b", 1);
  future.time = *parse_rfc3339("2099-01-01T00:00:00Z");
  import("one", {event("a", 100), future});
  EXPECT_EQ(loaded().horizons.sources[0].complete_through, Timestamp{100 * kMicrosPerSecond});
  EXPECT_EQ(log().imports()->front().future_events, 1U);
  EXPECT_EQ(log().imports()->front().last_event, future.time);
}

TEST_F(LoadTest, TakesHorizonsThatWereTold) {
  ImportHeader told = header("one");
  told.history_start = Timestamp{1};
  told.complete_through = kLastTime;  // counts as now
  import(told, {event("a", 100)});
  EXPECT_EQ(loaded().horizons.sources[0].history_start, Timestamp{1});
  EXPECT_EQ(loaded().horizons.sources[0].complete_through, kTestNow);
}

TEST_F(LoadTest, NamesCustomersBothWays) {
  constexpr Date kToday{20'000};
  Event both = event("c", 3, "a");
  both.subject.push_back({"phone", "1"});
  Event other = event("d", 4, "b");
  other.subject.push_back({"phone", "1"});
  import("one", {event("a", 1, "a"), event("b", 2, "b"), both, other});
  const Loaded result = loaded();
  const auto first = *result.customers.find("email:a", kToday);
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(result.customers.name(first[0]), "c1");
  EXPECT_EQ(*result.customers.find("c1", kToday), first);
  EXPECT_EQ(result.customers.find("phone:1", kToday)->size(), 2U);
  EXPECT_EQ(*result.customers.identifiers(first[0]),
            (std::vector<model::Identifier>{{"email", "a"}, {"phone", "1"}}));
  EXPECT_EQ(*result.customers.find("email: A", kToday), first) << "as people type it";
  EXPECT_EQ(result.customers.find("c9", kToday).error().code, ErrorCode::NotFound);
  EXPECT_EQ(result.customers.find("email:x", kToday).error().code, ErrorCode::NotFound);
  EXPECT_NE(result.customers.find("emial:a", kToday).error().message.find("\"email\""), std::string::npos);
  EXPECT_EQ(result.customers.find("nobody", kToday).error().code, ErrorCode::Invalid);
}

TEST_F(LoadTest, GivesAnEmptyLogTheOrganisationAlone) {
  const Loaded result = loaded();
  EXPECT_EQ(result.columns.customers(), 1U);
  EXPECT_EQ(result.columns.events(), 0U);
  EXPECT_TRUE(result.horizons.sources.empty());
}

TEST_F(LoadTest, KeepsTextsWhenTheDirectoryIsClosed) {
  Event keyed = event("a", 1);
  keyed.keys = {{"order", "A-1001"}};
  import("one", {keyed});
  const Loaded result = loaded();
  data_.reset();
  EXPECT_EQ(result.columns.texts->text(result.columns.keys.at("order")[0]), "A-1001");
  EXPECT_EQ(result.columns.texts->code("A-1001"), result.columns.keys.at("order")[0]);
  EXPECT_EQ(result.columns.texts->code("nowhere"), std::nullopt);
}

}  // namespace
}  // namespace handslag::store
