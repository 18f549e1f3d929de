// SPDX-License-Identifier: Apache-2.0
// What holds whatever the promise and the events: laws of the evaluator, tried on random cases.
// HANDSLAG_PROPERTY_WORLDS sets how many worlds each law is tried on, HANDSLAG_ORACLE_SEED the first.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>
#include <set>
#include <sstream>

#include "pure/calendar/calendars.h"
#include "pure/timeline/build.h"
#include "tests/oracle/compare.h"
#include "tests/oracle/random_cases.h"
#include "tests/oracle/simplify.h"

namespace handslag::oracle {
namespace {

#ifdef HANDSLAG_SANITIZED
constexpr std::uint64_t kWorlds = 200;
#else
constexpr std::uint64_t kWorlds = 4'000;
#endif
constexpr std::size_t kPromises = 8;
constexpr std::int64_t kShiftDays = 1'000;

using Versions = std::vector<promise::Version>;
using NameOf = std::function<std::string(model::EventIndex)>;

struct Trial {
  World world;
  std::vector<promise::Promise> promises;

  Versions versions() const {
    Versions all;
    for (const promise::Promise& each : promises) all.push_back({&each, 1, kFirstTime, kEndOfTime});
    return all;
  }
};

const calendar::Calendars& calendars() {
  static const auto all = calendar::Calendars::create({}).value();
  return *all;
}

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

/// Calls `law` with random trials until one fails.
void for_random_trials(const std::function<void(Trial&, Dice&)>& law) {
  const std::uint64_t first = setting("HANDSLAG_ORACLE_SEED", 1);
  const std::uint64_t worlds = setting("HANDSLAG_PROPERTY_WORLDS", kWorlds);
  for (std::uint64_t seed = first; seed < first + worlds && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Dice dice(seed);
    Trial trial{random_world(dice), {}};
    for (std::size_t i = 0; i < kPromises; ++i) trial.promises.push_back(random_promise(dice));
    law(trial, dice);
  }
}

/// An event's name that no change of time, key or customer touches.
std::string name_of(const World& world, model::EventIndex index) {
  std::size_t customer = 0;
  while (index >= world.customers[customer].size())
    index -= static_cast<model::EventIndex>(world.customers[customer++].size());
  const model::Event& event = world.customers[customer][index];
  return event.source + "/" + event.id;
}

/// All that an answer says, but for the customer, with events by name and `shift` taken from due.
std::string told(const Answer& answer, const NameOf& name, std::int64_t shift) {
  const model::Instance& i = answer.instance;
  std::ostringstream text;
  text << i.promise << " " << name(i.activation) << " " << model::verdict_name(i.verdict) << " due "
       << (i.due == kNoTime ? 0 : i.due.us - shift) << " unknown " << static_cast<int>(i.unknown) << " final "
       << i.is_final << " rescued " << i.is_rescued << " step " << static_cast<int>(i.step) << " now "
       << i.holds_now << " slack " << i.slack_us << " " << i.business_slack_us << " by";
  for (model::EventIndex witness : answer.witnesses) text << " " << name(witness);
  return text.str();
}

std::multiset<std::string> told(const std::vector<Answer>& answers, const NameOf& name,
                                std::int64_t shift = 0) {
  std::multiset<std::string> all;
  for (const Answer& answer : answers) all.insert(told(answer, name, shift));
  return all;
}

std::multiset<std::string> verdicts_of(const Trial& trial, std::int64_t shift = 0,
                                       const model::TimeRulesSource& rules = calendars()) {
  const model::Columns columns = columns_from(trial.world, promise::column_needs(trial.versions()));
  return told(
      product_answers(trial.versions(), trial.world, columns, rules),
      [&](model::EventIndex e) { return name_of(trial.world, e); }, shift);
}

// ---- arrival
// ------------------------------------------------------------------------------------------------------

/// The events of all customers as one log, in some order of arrival.
struct Log {
  Events events;
  std::vector<model::CustomerIndex> customers;
};

Log shuffled_log(const World& world, Dice& dice) {
  std::vector<std::pair<model::Event, model::CustomerIndex>> all;
  for (std::size_t c = 0; c < world.customers.size(); ++c) {
    for (const model::Event& event : world.customers[c])
      all.emplace_back(event, static_cast<model::CustomerIndex>(c));
  }
  for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[dice.below(i)]);
  Log log;
  for (const auto& [event, customer] : all) {
    log.events.push_back(event);
    log.customers.push_back(customer);
  }
  return log;
}

World with_types_of(const model::Columns& columns, const World& world) {
  World renumbered = world;
  for (model::SourceHorizon& source : renumbered.horizons.sources) {
    for (model::TypeCode& code : source.types) {
      const auto found =
          std::find_if(columns.types.begin(), columns.types.end(),
                       [&](const model::TypeInfo& info) { return info.name == world.types[code]; });
      code = static_cast<model::TypeCode>(found - columns.types.begin());
    }
    std::sort(source.types.begin(), source.types.end());
  }
  return renumbered;
}

TEST(Property, AnyOrderOfArrivalGivesTheSame) {
  for_random_trials([](Trial& trial, Dice& dice) {
    const Log log = shuffled_log(trial.world, dice);
    const model::Columns columns = timeline::build(
        log.events, log.customers, {promise::column_needs(trial.versions()), trial.world.ranks, {}});
    ASSERT_LE(columns.customers(), trial.world.customers.size());
    const World world = with_types_of(columns, trial.world);
    const auto name = [&](model::EventIndex e) {
      const model::Event& event = log.events[columns.row[e]];
      return event.source + "/" + event.id;
    };
    EXPECT_EQ(told(product_answers(trial.versions(), world, columns, calendars()), name), verdicts_of(trial));
  });
}

// ---- growth
// -------------------------------------------------------------------------------------------------------

/// The world as it was when all sources were complete through `until` and nothing later had arrived.
World as_of(const World& world, Timestamp until) {
  World earlier = world;
  for (Events& events : earlier.customers)
    std::erase_if(events, [&](const model::Event& e) { return e.time > until; });
  for (model::SourceHorizon& source : earlier.horizons.sources) source.complete_through = until;
  earlier.horizons.now = until;
  return earlier;
}

/// Some instant among the events.
Timestamp some_instant(const World& world, Dice& dice) {
  std::vector<Timestamp> instants{*parse_rfc3339("2026-05-06T10:00:00Z")};
  for (const Events& events : world.customers) {
    for (const model::Event& event : events)
      instants.push_back({event.time.us + static_cast<std::int64_t>(dice.below(3)) - 1});
  }
  return dice.of(instants);
}

using Instances = std::map<std::pair<std::uint32_t, std::string>, model::Instance>;

/// By promise and activation. R7's E that is also an S opens what it closed, so the key stays unique.
Instances instances_of(const Trial& trial, const World& world) {
  const model::Columns columns = columns_from(world, promise::column_needs(trial.versions()));
  Instances instances;
  for (const Answer& answer : product_answers(trial.versions(), world, columns, calendars())) {
    instances[{answer.instance.promise, name_of(world, answer.instance.activation)}] = answer.instance;
  }
  return instances;
}

bool is_broken_or_late(model::Verdict verdict) {
  return verdict == model::Verdict::Broken || verdict == model::Verdict::Late;
}

TEST(Property, FinalVerdictsStandWhenTheLogGrows) {
  for_random_trials([](Trial& trial, Dice& dice) {
    Timestamp first = some_instant(trial.world, dice), second = some_instant(trial.world, dice);
    if (second < first) std::swap(first, second);
    const Instances before = instances_of(trial, as_of(trial.world, first));
    const Instances after = instances_of(trial, as_of(trial.world, second));
    for (const auto& [key, instance] : before) {
      if (!instance.is_final) continue;
      const auto found = after.find(key);
      ASSERT_NE(found, after.end()) << key.second << "\n" << describe(trial.versions()[key.first]);
      const bool stands =
          found->second.verdict == instance.verdict ||
          (instance.verdict == model::Verdict::Broken && found->second.verdict == model::Verdict::Late);
      EXPECT_TRUE(stands && found->second.is_final)
          << key.second << " was " << model::verdict_name(instance.verdict) << ", became "
          << model::verdict_name(found->second.verdict) << "\n"
          << describe(trial.versions()[key.first]) << describe(trial.world);
    }
  });
}

/// P-23: over some activations.
struct Certainty {
  int kept = 0, settled = 0, open = 0;
  void add(model::Verdict verdict) {
    if (verdict == model::Verdict::Kept) ++kept;
    if (verdict == model::Verdict::Kept || is_broken_or_late(verdict)) ++settled;
    if (verdict == model::Verdict::Pending || verdict == model::Verdict::Overdue) ++open;
  }
};

TEST(Property, TheCertaintyIntervalBracketsTheRateOfItsActivationsEverAfter) {
  int tried = 0;
  for_random_trials([&](Trial& trial, Dice& dice) {
    Timestamp first = some_instant(trial.world, dice), second = some_instant(trial.world, dice);
    if (second < first) std::swap(first, second);
    const Instances before = instances_of(trial, as_of(trial.world, first));
    const Instances after = instances_of(trial, as_of(trial.world, second));
    std::map<std::uint32_t, std::pair<Certainty, Certainty>> by_promise;
    for (const auto& [key, instance] : before) {
      by_promise[key.first].first.add(instance.verdict);
      const auto found = after.find(key);
      if (found != after.end()) by_promise[key.first].second.add(found->second.verdict);
    }
    for (const auto& [promise, certainty] : by_promise) {
      const auto& [then, later] = certainty;
      if (then.settled + then.open == 0 || later.settled == 0) continue;
      ++tried;
      const double all = then.settled + then.open;
      const double rate = static_cast<double>(later.kept) / later.settled;
      EXPECT_LE(then.kept / all, rate) << describe(trial.versions()[promise]) << describe(trial.world);
      EXPECT_GE((then.kept + then.open) / all, rate)
          << describe(trial.versions()[promise]) << describe(trial.world);
    }
  });
  EXPECT_GT(tried, 0);
}

// ---- changes that change nothing
// ------------------------------------------------------------------------------------

TEST(Property, AnIrrelevantEventChangesNothing) {
  for_random_trials([](Trial& trial, Dice& dice) {
    Trial more = trial;
    more.world.types.emplace_back("something.else");
    for (Events& events : more.world.customers) {
      if (events.empty() || dice.chance(30)) continue;
      model::Event event = dice.of(events);
      event.type = "something.else";
      event.id = "irrelevant";
      events.push_back(event);
    }
    sort(more.world);
    EXPECT_EQ(verdicts_of(trial), verdicts_of(more));
  });
}

void forget_guards(std::vector<promise::Promise>& promises) {
  std::erase_if(promises, [](const promise::Promise& each) {
    return std::holds_alternative<promise::OnlyTo>(each.rule);
  });
  for (promise::Promise& each : promises) {
    each.customers.reset();
    for (promise::EventPattern* pattern : patterns_of(each.rule)) pattern->where.reset();
  }
}

TEST(Property, RenamingKeysChangesNothing) {
  for_random_trials([](Trial& trial, Dice&) {
    forget_guards(trial.promises);
    Trial renamed = trial;
    for (Events& events : renamed.world.customers) {
      for (model::Event& event : events) {
        for (model::Key& key : event.keys) key.value = key.value == "1" ? "zebra" : "ape";
      }
    }
    EXPECT_EQ(verdicts_of(trial), verdicts_of(renamed));
  });
}

/// A world without daylight saving, weekends and holidays: every unit is so many elapsed hours.
class ElapsedRules final : public model::TimeRules, public model::TimeRulesSource {
 public:
  Timestamp due(Timestamp from, model::Duration d) const override { return {from.us + us(d)}; }
  Timestamp earliest_within(Timestamp target, model::Duration d) const override {
    return {target.us - us(d)};
  }
  Date local_day(Timestamp time) const override {
    return {static_cast<std::int32_t>(time.us / kMicrosPerDay)};
  }
  Timestamp start_of_day(Date day) const override { return {day.days * kMicrosPerDay}; }
  Timestamp end_of_day(Date day) const override { return {(day.days + 1) * kMicrosPerDay - 1}; }
  std::int64_t business_us(Timestamp from, Timestamp to) const override { return to.us - from.us; }
  const model::TimeRules* find(std::string_view, std::string_view) const override { return this; }

 private:
  static std::int64_t us(model::Duration d) {
    if (d.is_elapsed()) return model::elapsed_us(d);
    return d.count * (d.unit == model::DurationUnit::BusinessHours ? kMicrosPerDay / 24 : kMicrosPerDay);
  }
};

void shift(Timestamp& time) {
  time.us += kShiftDays * kMicrosPerDay;
}

World shifted(World world) {
  for (Events& events : world.customers) {
    for (model::Event& event : events) {
      shift(event.time);
      if (event.known) shift(*event.known);
      for (model::Attribute& attribute : event.data) {
        if (auto* instant = std::get_if<Timestamp>(&attribute.value)) shift(*instant);
        if (auto* day = std::get_if<Date>(&attribute.value))
          day->days += static_cast<std::int32_t>(kShiftDays);
      }
    }
  }
  for (model::SourceHorizon& source : world.horizons.sources) {
    shift(source.history_start);
    shift(source.complete_through);
  }
  if (world.horizons.now) shift(*world.horizons.now);
  shift(world.horizons.wall);
  return world;
}

TEST(Property, ShiftingTimeShiftsVerdicts) {
  const ElapsedRules rules;
  for_random_trials([&](Trial& trial, Dice&) {
    forget_guards(trial.promises);
    for (promise::Promise& each : trial.promises) {
      each.valid_from.reset();
      each.valid_to.reset();
    }
    const Trial later{shifted(trial.world), trial.promises};
    EXPECT_EQ(verdicts_of(trial, 0, rules), verdicts_of(later, kShiftDays * kMicrosPerDay, rules));
  });
}

TEST(Property, AMergeOfCustomersWithDisjointKeysIsTheirUnion) {
  for_random_trials([](Trial& trial, Dice&) {
    forget_guards(trial.promises);
    for (promise::Promise& each : trial.promises) {
      for (promise::Same* same : sames_of(each.rule)) {
        if (!same->said()) same->keys.push_back({"k", {}});
      }
    }
    std::erase_if(trial.promises, [](const promise::Promise& each) {
      return std::holds_alternative<promise::Never>(each.rule);
    });
    trial.world.customers[model::kOrganisation].clear();
    for (std::size_t c = 1; c < trial.world.customers.size(); ++c) {
      const std::string whose = std::to_string(c);
      for (model::Event& event : trial.world.customers[c]) {
        const auto values = event.keys;
        event.keys = {{"k", "1 of " + whose}, {"m", "1 of " + whose}};
        for (const model::Key& key : values)
          event.keys[key.name == "k" ? 0 : 1].value = key.value + " of " + whose;
      }
    }
    Trial merged = trial;
    Events& first = merged.world.customers[1];
    for (std::size_t c = 2; c < merged.world.customers.size(); ++c) {
      Events& other = merged.world.customers[c];
      first.insert(first.end(), other.begin(), other.end());
      other.clear();
    }
    sort(merged.world);
    EXPECT_EQ(verdicts_of(trial), verdicts_of(merged));
  });
}

}  // namespace
}  // namespace handslag::oracle
