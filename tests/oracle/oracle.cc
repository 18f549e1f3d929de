// SPDX-License-Identifier: Apache-2.0
#include "tests/oracle/oracle.h"

#include <algorithm>
#include <tuple>

#include "base/check.h"
#include "tests/oracle/reading.h"

namespace handslag::oracle {

using promise::EventPattern;

namespace {

struct Patterns {
  std::vector<const EventPattern*> all;
  std::vector<const EventPattern*> look_back;  // D-5
};

void add(std::vector<const EventPattern*>& patterns, const std::optional<promise::Condition>& condition) {
  if (condition) patterns.push_back(&condition->event);
}

void add(std::vector<const EventPattern*>& patterns, const promise::Step& step) {
  for (const EventPattern& part : step.parts) patterns.push_back(&part);
  if (const auto* before = std::get_if<promise::Before>(&step.bound)) patterns.push_back(&before->event);
}

Patterns patterns_of(const promise::Response& rule) {
  Patterns patterns{{&rule.a}, {}};
  add(patterns.all, rule.then);
  add(patterns.all, rule.unless);
  return patterns;
}
Patterns patterns_of(const promise::Absence& rule) {
  Patterns patterns{{&rule.a, &rule.b}, {}};
  add(patterns.all, rule.unless);
  return patterns;
}
template <typename LookBack>
Patterns patterns_of_look_back(const LookBack& rule) {
  Patterns patterns{{&rule.b, &rule.a}, {&rule.a}};
  add(patterns.all, rule.unless_since);
  add(patterns.look_back, rule.unless_since);
  return patterns;
}
Patterns patterns_of(const promise::OnlyAfter& rule) {
  return patterns_of_look_back(rule);
}
Patterns patterns_of(const promise::NeverWhenAlready& rule) {
  return patterns_of_look_back(rule);
}
Patterns patterns_of(const promise::Count& rule) {
  Patterns patterns{{&rule.b}, {}};
  add(patterns.all, rule.from);
  add(patterns.all, rule.until);
  return patterns;
}
Patterns patterns_of(const promise::Rate& rule) {
  return {{&rule.b}, {&rule.b}};
}
Patterns patterns_of(const promise::Recurrence& rule) {
  return {{&rule.b, &rule.from, &rule.until}, {}};
}
Patterns patterns_of(const promise::Never& rule) {
  return {{&rule.b}, {}};
}
Patterns patterns_of(const promise::OnlyTo& rule) {
  return {{&rule.b}, {}};
}
Patterns patterns_of(const promise::Chain& rule) {
  Patterns patterns{{&rule.a}, {}};
  for (const promise::Step& step : rule.steps) add(patterns.all, step);
  add(patterns.all, rule.unless);
  return patterns;
}

bool sends(const model::SourceHorizon& source, const std::vector<const EventPattern*>& patterns,
           const World& world) {
  return std::any_of(source.types.begin(), source.types.end(), [&](model::TypeCode code) {
    const std::string& type = world.types[code];
    return std::any_of(patterns.begin(), patterns.end(), [&](const EventPattern* pattern) {
      return pattern->type.is_prefix ? type.starts_with(pattern->type.text) : type == pattern->type.text;
    });
  });
}

struct Forms {
  const Reading& reading;
  std::vector<Judged> operator()(const promise::Response& rule) const {
    return judge_response(rule, reading);
  }
  std::vector<Judged> operator()(const promise::Absence& rule) const { return judge_absence(rule, reading); }
  std::vector<Judged> operator()(const promise::OnlyAfter& rule) const {
    return judge_only_after(rule, reading);
  }
  std::vector<Judged> operator()(const promise::NeverWhenAlready& rule) const {
    return judge_never_when_already(rule, reading);
  }
  std::vector<Judged> operator()(const promise::Count& rule) const { return judge_count(rule, reading); }
  std::vector<Judged> operator()(const promise::Rate& rule) const { return judge_rate(rule, reading); }
  std::vector<Judged> operator()(const promise::Recurrence& rule) const {
    return judge_recurrence(rule, reading);
  }
  std::vector<Judged> operator()(const promise::Never& rule) const { return judge_never(rule, reading); }
  std::vector<Judged> operator()(const promise::OnlyTo& rule) const { return judge_only_to(rule, reading); }
  std::vector<Judged> operator()(const promise::Chain& rule) const { return judge_chain(rule, reading); }
};

}  // namespace

bool stands_before(const model::Event& a, const model::Event& b,
                   const std::map<std::string, std::int32_t>& ranks) {
  const auto rank = [&](const model::Event& event) {
    const auto found = ranks.find(event.type);
    return found == ranks.end() ? 0 : found->second;
  };
  return std::make_tuple(a.time, rank(a), std::cref(a.source), a.sequence, std::cref(a.id)) <
         std::make_tuple(b.time, rank(b), std::cref(b.source), b.sequence, std::cref(b.id));
}

void sort(World& world) {
  for (Events& events : world.customers) {
    std::sort(events.begin(), events.end(),
              [&](const model::Event& a, const model::Event& b) { return stands_before(a, b, world.ranks); });
  }
}

promise::Horizon horizon_of(const promise::Rule& rule, const World& world) {
  const Patterns patterns = std::visit([](const auto& form) { return patterns_of(form); }, rule);
  promise::Horizon horizon;
  bool all_files = true;
  for (const model::SourceHorizon& source : world.horizons.sources) {
    if (!sends(source, patterns.all, world)) continue;
    all_files = all_files && source.is_file;
    if (horizon.complete_through == kNoTime || source.complete_through < horizon.complete_through) {
      horizon.complete_through = source.complete_through;
    }
    if (sends(source, patterns.look_back, world)) {
      horizon.history_start = std::max(horizon.history_start, source.history_start);
    }
  }
  if (horizon.complete_through == kNoTime) return horizon;
  horizon.clock =
      world.horizons.now.value_or(all_files ? horizon.complete_through : world.horizons.wall);  // P-6
  horizon.complete_through = std::min(horizon.complete_through, horizon.clock);
  return horizon;
}

std::vector<Judged> judge(const promise::Version& version, const World& world, std::size_t customer,
                          const model::TimeRulesSource& rules) {
  const promise::Promise& promise = *version.promise;
  if (horizon_of(promise.rule, world).complete_through == kNoTime) return {};  // D-5
  const model::TimeRules* found =
      rules.find(promise.calendar.empty() ? model::kDefaultCalendar : promise.calendar,
                 promise.zone.empty() ? model::kDefaultZone : promise.zone);
  HANDSLAG_CHECK(found != nullptr, "the promise's calendar and zone are known");
  if (customer == model::kOrganisation && std::holds_alternative<promise::OnlyTo>(promise.rule))
    return {};  // D-28
  const Reading reading(version, world, customer, *found);
  std::vector<Judged> judged = std::visit(Forms{reading}, promise.rule);
  std::stable_sort(judged.begin(), judged.end(),
                   [](const Judged& a, const Judged& b) { return a.activation < b.activation; });
  return judged;
}

}  // namespace handslag::oracle
