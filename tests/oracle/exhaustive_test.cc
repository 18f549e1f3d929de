// SPDX-License-Identifier: Apache-2.0
// Every timeline up to a bound, for every rule form and R1 with every bound and option: two types, two keys,
// gaps of 0, D and D + 1 microsecond, one source, complete through 3 D after the first event, the clock at 4
// D. Timelines that differ only in the names of the keys are tried once. Rules of two types go to six events,
// those that need a third type to five. HANDSLAG_ORACLE_EVENTS lowers or raises the six.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "pure/calendar/calendars.h"
#include "tests/oracle/compare.h"

namespace handslag::oracle {
namespace {

using model::Duration;
using model::DurationUnit;
using promise::EventPattern;
using promise::ResponseOption;

#ifdef HANDSLAG_SANITIZED
constexpr std::size_t kEvents = 4;
#else
constexpr std::size_t kEvents = 6;
#endif
constexpr std::size_t kCustomersAtOnce = 200;
constexpr Duration kD{1, DurationUnit::Hours};

std::size_t bound() {
  const char* text = std::getenv("HANDSLAG_ORACLE_EVENTS");
  return text == nullptr ? kEvents : std::strtoull(text, nullptr, 10);
}

EventPattern type(const char* name) {
  EventPattern pattern;
  pattern.type.text = name;
  return pattern;
}
promise::Same by_key() {
  return {{{"k", {}}}};
}
promise::Condition condition(const char* name) {
  return {type(name), {}};
}
promise::Step step(const char* name, promise::Bound bound, promise::Same same) {
  return {promise::Combine::One, {type(name)}, std::move(bound), std::move(same)};
}

/// Counts through all timelines of `length` events: types, keys (the first is always the same), gaps.
class Timelines {
 public:
  Timelines(std::size_t length, std::size_t types, Timestamp start)
      : length_(length), types_(types), start_(start) {
    for (std::size_t i = 0; i < length; ++i) {
      count_ *= types;
      if (i > 0) count_ *= 2 * 3;
    }
  }
  std::size_t count() const { return count_; }

  Events at(std::size_t number) const {
    static const std::vector<std::string> names = {"a", "b", "c"};
    static const std::vector<std::int64_t> gaps = {0, model::elapsed_us(kD), model::elapsed_us(kD) + 1};
    const auto digit = [&](std::size_t base) {
      const std::size_t held = number % base;
      number /= base;
      return held;
    };
    Events events(length_);
    Timestamp time = start_;
    for (std::size_t i = 0; i < length_; ++i) {
      model::Event& event = events[i];
      event.source = "s";
      event.sequence = static_cast<std::int64_t>(i);
      event.type = names[digit(types_)];
      if (i > 0) time.us += gaps[digit(3)];
      event.time = time;
      event.keys = {{"k", i > 0 && digit(2) == 1 ? "2" : "1"}};
      event.data = {{"p", Timestamp{time.us + model::elapsed_us(kD)}}};
    }
    return events;
  }

 private:
  std::size_t length_, types_;
  Timestamp start_;
  std::size_t count_ = 1;
};

/// Evaluates the rules over every timeline of up to `events` events and `types` types; returns how many.
std::size_t compare_all(const std::vector<promise::Promise>& promises, std::size_t events,
                        std::size_t types) {
  const auto calendars = calendar::Calendars::create({});
  const Timestamp start = *parse_rfc3339("2026-03-02T10:00:00Z");
  std::vector<promise::Version> versions;
  for (const promise::Promise& each : promises) versions.push_back({&each, 1, kFirstTime, kEndOfTime});
  World world;
  world.types = {"a", "b", "c"};
  // H lies where the latest gaps have passed for some timelines and not for others.
  const Timestamp horizon{start.us + 3 * model::elapsed_us(kD)};
  world.horizons.sources = {{"s", start, horizon, true, {0, 1, 2}}};
  world.horizons.now = Timestamp{horizon.us + model::elapsed_us(kD)};
  std::size_t tried = 0;
  for (std::size_t length = 0; length <= events; ++length) {
    const Timelines timelines(length, types, start);
    for (std::size_t from = 0; from < timelines.count(); from += kCustomersAtOnce) {
      world.customers.assign(1, {});
      for (std::size_t i = from; i < std::min(from + kCustomersAtOnce, timelines.count()); ++i) {
        world.customers.push_back(timelines.at(i));
        ++tried;
      }
      const auto difference = compare(versions, world, **calendars);
      if (!difference) continue;
      ADD_FAILURE() << explain(*difference, versions, world, **calendars);
      return tried;
    }
  }
  return tried;
}

promise::Promise holding(promise::Rule rule) {
  promise::Promise made;
  made.id = "p";
  made.title = "exhaustive";
  made.kept_by = "unit";
  made.rule = std::move(rule);
  return made;
}

std::vector<promise::Promise> responses(bool with_unless) {
  std::vector<promise::Promise> promises;
  for (const promise::Bound& limit : std::vector<promise::Bound>{
           promise::Within{kD}, promise::NoLaterThan{{"p", {}}}, promise::Before{type("a")}}) {
    for (ResponseOption option : {ResponseOption::None, ResponseOption::OneForOne, ResponseOption::Restart,
                                  ResponseOption::FirstOnly}) {
      promise::Response rule{type("a"), step("b", limit, by_key()), option, std::nullopt};
      if (with_unless) rule.unless = condition("c");
      promises.push_back(holding(rule));
    }
  }
  return promises;
}

void report(const char* what, std::size_t rules, std::size_t timelines, std::size_t events) {
  std::cout << what << ": " << rules << " rules over all " << timelines << " timelines up to " << events
            << " events\n";
}

void expect_all_equal(const char* what, const std::vector<promise::Promise>& promises, std::size_t events,
                      std::size_t types) {
  const std::size_t tried = compare_all(promises, events, types);
  report(what, promises.size(), tried, events);
  EXPECT_GT(tried, 1U);
}

TEST(Exhaustive, ResponsesWithEachBoundAndOption) {
  expect_all_equal("R1", responses(false), bound(), 2);
}

TEST(Exhaustive, ResponsesWithUnless) {
  expect_all_equal("R1 unless", responses(true), bound() - 1, 3);
}

TEST(Exhaustive, OtherFormsOfTwoTypes) {
  using promise::CountKind;
  const promise::Condition a = condition("a");
  const promise::Guard guard{{{promise::GuardOp::IsPresent, {}, {"", "p"}, {}, {}}}};
  promise::Response any{type("a"), step("b", promise::Within{kD}, by_key()), ResponseOption::None,
                        std::nullopt};
  any.then.combine = promise::Combine::Any;
  any.then.parts.push_back(type("a"));
  promise::Response all = any;
  all.then.combine = promise::Combine::All;
  expect_all_equal(
      "R2 to R11",
      {
          holding(any),
          holding(all),
          holding(promise::Response{type("a"), step("b", promise::Within{kD}, by_key()), ResponseOption::None,
                                    a}),
          holding(promise::OnlyTo{type("b"), guard}),
          holding(promise::Absence{type("a"), type("b"), kD, by_key(), std::nullopt}),
          holding(promise::OnlyAfter{type("b"), type("a"), kD, by_key(), std::nullopt}),
          holding(promise::NeverWhenAlready{type("b"), type("a"), kD, by_key(), std::nullopt}),
          holding(promise::Count{CountKind::AtMost, 1, type("b"), kD, by_key(), std::nullopt, std::nullopt}),
          holding(promise::Count{CountKind::AtLeast, 2, type("b"), kD, by_key(), a, std::nullopt}),
          holding(promise::Count{CountKind::Exactly, 1, type("b"), std::nullopt, by_key(), std::nullopt, a}),
          holding(promise::Rate{1, type("b"), kD, by_key()}),
          holding(promise::Recurrence{kD, type("b"), type("a"), type("a"), by_key()}),
          holding(promise::Never{type("b")}),
          holding(
              promise::Chain{type("a"),
                             {step("b", promise::Within{kD}, by_key()), step("a", promise::Within{kD}, {})},
                             std::nullopt,
                             std::nullopt}),
      },
      bound(), 2);
}

TEST(Exhaustive, FormsOfThreeTypes) {
  using promise::CountKind;
  const promise::Condition a = condition("a"), c = condition("c");
  const Duration total{2, DurationUnit::Hours};
  const promise::Guard guard{{{promise::GuardOp::IsPresent, {}, {"", "p"}, {}, {}}}};
  promise::Response any{type("a"), step("b", promise::Within{kD}, by_key()), ResponseOption::None,
                        std::nullopt};
  any.then.combine = promise::Combine::Any;
  any.then.parts.push_back(type("c"));
  promise::Response all = any;
  all.then.combine = promise::Combine::All;
  promise::Response all_one_for_one = all;
  all_one_for_one.option = ResponseOption::OneForOne;
  expect_all_equal(
      "three types",
      {
          holding(any),
          holding(all),
          holding(all_one_for_one),
          holding(promise::Response{
              type("a"), step("b", promise::Before{type("c")}, by_key()), ResponseOption::None, {}}),
          holding(promise::Absence{type("a"), type("b"), kD, by_key(), c}),
          holding(promise::OnlyAfter{type("b"), type("a"), kD, by_key(), c}),
          holding(promise::NeverWhenAlready{type("b"), type("a"), kD, by_key(), c}),
          holding(promise::Count{CountKind::AtMost, 1, type("b"), std::nullopt, by_key(), a, c}),
          holding(promise::Count{CountKind::AtLeast, 1, type("b"), kD, by_key(), a, c}),
          holding(promise::Recurrence{kD, type("b"), type("a"), type("c"), by_key()}),
          holding(promise::OnlyTo{type("b"), guard}),
          holding(
              promise::Chain{type("a"),
                             {step("b", promise::Within{kD}, by_key()), step("c", promise::Within{kD}, {})},
                             total,
                             std::nullopt}),
          holding(
              promise::Chain{type("a"),
                             {step("b", promise::Within{kD}, by_key()), step("b", promise::Within{kD}, {})},
                             std::nullopt,
                             c}),
      },
      bound() - 1, 3);
}

}  // namespace
}  // namespace handslag::oracle
