// SPDX-License-Identifier: Apache-2.0
// Through the event log on disk: whatever the order in which events arrive, however they are split into
// imports, with the data directory closed and opened between, sent twice or taken back out, every instance is
// the one that the oracle finds over the events that stand. Corrections, late events, ties and identifiers
// that join customers are among them. What stands, whose it is and how far sources are complete is said here
// a second time, slowly and obviously. HANDSLAG_ARRIVAL_WORLDS sets how many worlds, HANDSLAG_ORACLE_SEED the
// first.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>
#include <map>
#include <set>
#include <sstream>

#include "io/store/load.h"
#include "io/store/store_fixture.h"
#include "pure/calendar/calendars.h"
#include "tests/oracle/compare.h"
#include "tests/oracle/random_cases.h"

namespace handslag::oracle {
namespace {

#ifdef HANDSLAG_SANITIZED
constexpr std::uint64_t kFirst = 6, kWorlds = 2;  // between them they have all that is tallied
#else
constexpr std::uint64_t kFirst = 1, kWorlds = 20;
#endif
constexpr std::size_t kPromises = 60;
constexpr std::size_t kNeighbours = 10;  // small worlds that one log holds

// After all that random_world makes.
const Timestamp kNow = *parse_rfc3339("2028-01-01T00:00:00Z");

using model::Event;
using model::Identifier;

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::string name_of(const Event& event) {
  return event.source + "/" + event.id;
}

// ---- what is sent
// -------------------------------------------------------------------------------------------

struct Sent {
  Events events;
  std::map<std::string, std::int32_t> ranks;
  std::optional<Timestamp> history_start, complete_through;  // told with every import
  std::optional<Timestamp> clock;
};

bool is_shared(const Identifier& identifier) {
  return identifier.type == "phone" || identifier.type == "address@shop";
}

// Several of one person's own, some of them a neighbour's, some that people share, none at all.
std::vector<Identifier> random_subject(Dice& dice, std::size_t person) {
  static const std::vector<std::string> own = {"email", "customer_no@shop", "customer_no@billing"};
  const auto value = [](std::size_t number) { return "v" + std::to_string(number); };
  std::vector<Identifier> subject;
  const std::size_t who = dice.chance(2) ? person + 1 : person;
  if (!dice.chance(15)) subject.push_back({own[dice.below(3)], value(who)});
  if (dice.chance(25)) subject.push_back({own[dice.below(3)], value(who)});
  if (subject.empty() || dice.chance(30)) subject.push_back({"phone", value(person / (1 + person % 2))});
  if (dice.chance(10)) subject.push_back({"address@shop", value(person / 2)});
  return subject;
}

// Corrects an event that came before it, one of another source of that name, or none.
Event random_correction(Dice& dice, const Events& before, std::size_t number) {
  Event correction = dice.of(before);
  const Event& target = dice.of(before);
  if (!dice.chance(10)) correction.source = target.source;
  const std::string id = dice.chance(5) ? "nobody's" : target.id;
  correction.id = std::to_string(dice.below(10)) + ".c" + std::to_string(number);
  correction.replaces.clear();
  correction.voids.clear();
  (dice.chance(60) ? correction.replaces : correction.voids) = id;
  return correction;
}

Sent random_sent(Dice& dice) {
  Sent sent;
  std::size_t person = 0;
  for (std::size_t n = 0; n < kNeighbours; ++n) {
    const World world = random_world(dice);
    if (n == 0) sent.ranks = world.ranks;
    for (std::size_t c = 0; c < world.customers.size(); ++c) {
      person += c == model::kOrganisation ? 0 : 1;
      for (Event event : world.customers[c]) {
        event.id += ".w" + std::to_string(n);
        if (c != model::kOrganisation) event.subject = random_subject(dice, person);
        sent.events.push_back(std::move(event));
      }
    }
  }
  for (std::size_t n = dice.below(1 + sent.events.size() / 4); n > 0 && !sent.events.empty(); --n) {
    sent.events.push_back(random_correction(dice, sent.events, n));
  }
  const auto near = [&] { return sent.events.empty() ? kNow : dice.of(sent.events).time; };
  if (dice.chance(40)) sent.history_start = near();
  if (dice.chance(30)) sent.history_start = Timestamp{near().us - 400 * kMicrosPerDay};
  if (dice.chance(40)) sent.complete_through = near();
  if (dice.chance(30)) sent.complete_through = Timestamp{kNow.us - kMicrosPerDay};
  if (dice.chance(40)) sent.clock = near();
  return sent;
}

// ---- what the oracle is told
// --------------------------------------------------------------------------------

bool corrects(const Event& by, const Event& target) {
  return by.source == target.source && (by.replaces == target.id || by.voids == target.id);
}

// A correction that is itself taken back takes nothing back. Corrections here never go in circles.
bool stands(const Events& events, const Event& event) {
  return std::none_of(events.begin(), events.end(),
                      [&](const Event& by) { return corrects(by, event) && stands(events, by); });
}

using Group = std::set<Identifier>;

// P-1: what stood together is one customer, but for what people share.
std::vector<Group> groups_of(const Events& events) {
  std::vector<Group> groups;
  for (const Event& event : events) {
    Group joined;
    for (const Identifier& i : event.subject) {
      if (!is_shared(i)) joined.insert(i);
    }
    if (joined.empty()) continue;
    std::vector<Group> apart;
    for (const Group& group : groups) {
      const bool meets =
          std::any_of(group.begin(), group.end(), [&](const Identifier& i) { return joined.contains(i); });
      if (!meets) apart.push_back(group);
    }
    for (const Group& group : groups) {
      const bool meets = std::find(apart.begin(), apart.end(), group) == apart.end();
      if (meets) joined.insert(group.begin(), group.end());
    }
    apart.push_back(joined);
    groups = apart;
  }
  return groups;
}

const Group* group_of_own(const std::vector<Group>& groups, const Event& event) {
  for (const Group& group : groups) {
    for (const Identifier& i : event.subject) {
      if (group.contains(i)) return &group;
    }
  }
  return nullptr;
}

// The customers of a shared identifier.
std::set<Group> holders_of(const std::vector<Group>& groups, const Events& events, const Identifier& shared) {
  std::set<Group> holders;
  for (const Event& event : events) {
    const bool has = std::find(event.subject.begin(), event.subject.end(), shared) != event.subject.end();
    const Group* group = group_of_own(groups, event);
    if (has && group != nullptr) holders.insert(*group);
  }
  return holders;
}

Group customer_of(const std::vector<Group>& groups, const Events& events, const Event& event) {
  if (const Group* group = group_of_own(groups, event)) return *group;
  std::set<Group> sole;
  for (const Identifier& i : event.subject) {
    const std::set<Group> holders = holders_of(groups, events, i);
    if (holders.size() == 1) sole.insert(*holders.begin());
  }
  if (sole.size() == 1) return *sole.begin();
  return {*std::min_element(event.subject.begin(), event.subject.end())};
}

// P-5: a file's first and last event, also those that do not stand, unless told.
void add_horizons(const Sent& sent, World& world) {
  std::map<std::string, Events> by_source;
  for (const Event& event : sent.events) by_source[event.source].push_back(event);
  for (const auto& [source, events] : by_source) {
    const auto [first, last] = std::minmax_element(
        events.begin(), events.end(), [](const Event& a, const Event& b) { return a.time < b.time; });
    std::set<model::TypeCode> types;
    for (const Event& event : events) {
      const auto code = std::find(world.types.begin(), world.types.end(), event.type) - world.types.begin();
      types.insert(static_cast<model::TypeCode>(code));
    }
    world.horizons.sources.push_back({source,
                                      sent.history_start.value_or(first->time),
                                      sent.complete_through.value_or(last->time),
                                      true,
                                      {types.begin(), types.end()}});
  }
  world.horizons.now = sent.clock;
  world.horizons.wall = kNow;
}

World world_of(const Sent& sent) {
  World all;
  all.customers.push_back(sent.events);
  add_types(all);
  World world{{{}}, sent.ranks, all.types, {}};
  Events standing;
  for (const Event& event : sent.events) {
    if (stands(sent.events, event)) standing.push_back(event);
  }
  const std::vector<Group> groups = groups_of(standing);
  std::map<Group, Events> customers;
  for (const Event& event : standing) {
    Events& timeline =
        event.subject.empty() ? world.customers.front() : customers[customer_of(groups, standing, event)];
    timeline.push_back(event);
  }
  for (const auto& [group, events] : customers) world.customers.push_back(events);
  sort(world);
  add_horizons(sent, world);
  return world;
}

// ---- what is compared
// ---------------------------------------------------------------------------------------

using NameOf = std::function<std::string(model::EventIndex)>;

std::string told(const Answer& answer, const NameOf& name) {
  const model::Instance& i = answer.instance;
  std::ostringstream text;
  text << "promise " << i.promise << " " << name(i.activation) << " " << model::verdict_name(i.verdict)
       << " due " << i.due.us << " unknown " << static_cast<int>(i.unknown) << " final " << i.is_final
       << " rescued " << i.is_rescued << " step " << static_cast<int>(i.step) << " now " << i.holds_now
       << " slack " << i.slack_us << " " << i.business_slack_us << " by";
  for (const model::EventIndex witness : answer.witnesses) text << " " << name(witness);
  return text.str();
}

std::vector<std::string> told(const std::vector<Answer>& answers, const NameOf& name) {
  std::vector<std::string> all;
  for (const Answer& answer : answers) all.push_back(told(answer, name));
  std::sort(all.begin(), all.end());
  return all;
}

// Empty where they are equal, else some of what one side says alone.
std::string difference(const std::vector<std::string>& product, const std::vector<std::string>& oracle) {
  constexpr std::size_t kShown = 4;
  std::string text;
  const auto add = [&](const char* who, const auto& ours, const auto& theirs) {
    std::vector<std::string> alone;
    std::set_difference(ours.begin(), ours.end(), theirs.begin(), theirs.end(), std::back_inserter(alone));
    for (std::size_t i = 0; i < std::min(alone.size(), kShown); ++i) text += who + alone[i] + "\n";
  };
  add("product: ", product, oracle);
  add("oracle:  ", oracle, product);
  return text;
}

struct Question {
  std::vector<promise::Promise> promises;
  std::vector<promise::Version> versions;
};

// Comparing nothing with nothing would be no test.
struct Tally {
  std::array<std::size_t, std::variant_size_v<promise::Rule>> of_form{};
  std::size_t withdrawn = 0, joined = 0, restarts = 0, duplicates = 0, removed = 0;
};

class ArrivalTest : public store::StoreTest {
 protected:
  static store::ImportHeader header_of(const Sent& sent, const std::string& digest) {
    store::ImportHeader made = header(digest);
    made.now = kNow;
    made.history_start = sent.history_start;
    made.complete_through = sent.complete_through;
    return made;
  }

  void begin_anew() {
    data_.reset();
    std::filesystem::remove_all(path_);
    open();
  }

  // Some events come twice, and once there may come a wrong file, which is taken out in the end.
  void arrive(Dice& dice, const Sent& sent, Tally& tally) {
    Events events = sent.events;
    for (std::size_t n = events.size() / 10; n > 0; --n) events.push_back(dice.of(sent.events));
    for (std::size_t i = events.size(); i > 1; --i) std::swap(events[i - 1], events[dice.below(i)]);
    const std::size_t most = 1 + events.size() / 5 + dice.below(events.size() + 1);
    std::optional<std::uint32_t> wrong;
    for (std::size_t from = 0, file = 0; from < events.size(); ++file) {
      const std::size_t to = std::min(events.size(), from + 1 + dice.below(most));
      const auto outcomes = import(header_of(sent, "file" + std::to_string(file)),
                                   {events.begin() + static_cast<std::ptrdiff_t>(from),
                                    events.begin() + static_cast<std::ptrdiff_t>(to)});
      for (const store::Added outcome : outcomes) {
        ASSERT_TRUE(outcome == store::Added::Added || outcome == store::Added::Duplicate);
        tally.duplicates += outcome == store::Added::Duplicate ? 1 : 0;
      }
      from = to;
      if (!wrong && dice.chance(10)) wrong = import_wrong_file(dice, sent);
      if (dice.chance(25)) open(), ++tally.restarts;
    }
    if (!wrong) return;
    ASSERT_TRUE(log().remove_import(*wrong, kNow).ok());
    ++tally.removed;
  }

  // Joins everybody, voids what it can and knows a source of its own.
  std::uint32_t import_wrong_file(Dice& dice, const Sent& sent) {
    Events events;
    for (std::size_t n = 5; n > 0; --n) {
      Event wrong = random_correction(dice, sent.events, n);
      wrong.id += ".wrong";
      wrong.subject = {{"email", "v1"}, {"email", "v" + std::to_string(n)}, {"phone", "wrong"}};
      if (dice.chance(30)) wrong.source = "wrong";
      if (dice.chance(30)) wrong.time.us -= kMicrosPerDay;
      events.push_back(std::move(wrong));
    }
    auto writer = log().begin_import(header_of(sent, "wrong"));
    EXPECT_TRUE(writer.ok());
    for (const Event& event : events) EXPECT_TRUE((*writer)->add(event).ok());
    const auto record = (*writer)->commit(kNow);
    EXPECT_TRUE(record.ok());
    return record->number;
  }

  std::vector<std::string> product_says(const Sent& sent, const Question& question, unsigned threads) {
    store::LoadOptions options;
    options.ranks = sent.ranks;
    options.now = sent.clock;
    options.wall = kNow;
    options.threads = threads;
    auto loaded = store::load(log(), promise::column_needs(question.versions), options);
    EXPECT_TRUE(loaded.ok()) << loaded.error().message;
    const auto events = log().fetch(loaded->columns.row);
    EXPECT_TRUE(events.ok()) << events.error().message;
    World world;
    world.horizons = loaded->horizons;
    return told(product_answers(question.versions, world, loaded->columns, *calendars_),
                [&](model::EventIndex e) { return name_of((*events)[e]); });
  }

  std::vector<std::string> oracle_says(const Sent& sent, const Question& question, Tally& tally) {
    const World world = world_of(sent);
    Events events;
    for (const Events& customer : world.customers)
      events.insert(events.end(), customer.begin(), customer.end());
    const model::Columns columns = columns_from(world, promise::column_needs(question.versions));
    const std::vector<Answer> answers = oracle_answers(question.versions, world, columns, *calendars_);
    for (const Answer& answer : answers) {
      ++tally.of_form[question.versions[answer.instance.promise].promise->rule.index()];
    }
    tally.withdrawn += sent.events.size() - events.size();
    for (const Group& group : groups_of(events)) tally.joined += group.size() - 1;
    return told(answers, [&](model::EventIndex e) { return name_of(events[e]); });
  }

  std::shared_ptr<const calendar::Calendars> calendars_ = calendar::Calendars::create({}).value();
};

TEST_F(ArrivalTest, AnyOrderSplitIntoAnyImportsWithRestartsGivesWhatTheOracleFinds) {
  const std::uint64_t first = setting("HANDSLAG_ORACLE_SEED", kFirst);
  const std::uint64_t worlds = setting("HANDSLAG_ARRIVAL_WORLDS", kWorlds);
  Tally tally;
  for (std::uint64_t seed = first; seed < first + worlds && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Dice dice(seed);
    const Sent sent = random_sent(dice);
    Question question;
    for (std::size_t i = 0; i < kPromises; ++i) question.promises.push_back(random_promise(dice));
    question.versions = random_versions(dice, question.promises);
    const std::vector<std::string> expected = oracle_says(sent, question, tally);
    begin_anew();
    arrive(dice, sent, tally);
    ASSERT_FALSE(HasFatalFailure());
    const unsigned threads = 1 + static_cast<unsigned>(dice.below(3));
    EXPECT_EQ(difference(product_says(sent, question, threads), expected), "");
  }
  if (worlds < kWorlds) return;
  for (std::size_t form = 0; form < tally.of_form.size(); ++form) {
    EXPECT_GT(tally.of_form[form], 0U) << "R" << form + 1;
  }
  EXPECT_GT(tally.withdrawn, 0U);
  EXPECT_GT(tally.joined, 0U);
  EXPECT_GT(tally.restarts, 0U);
  EXPECT_GT(tally.duplicates, 0U);
  EXPECT_GT(tally.removed, 0U);
}

}  // namespace
}  // namespace handslag::oracle
