// SPDX-License-Identifier: Apache-2.0
#include "tests/oracle/simplify.h"

#include <functional>
#include <optional>

namespace handslag::oracle {
namespace {

using promise::Condition;
using promise::EventPattern;

// Each edit takes one thing away, and answers whether there was anything to take.
using Edit = std::function<bool(Case&)>;

template <typename T>
bool forget(std::optional<T>& held) {
  const bool had = held.has_value();
  held.reset();
  return had;
}
template <typename T>
bool clear(T& container) {
  const bool had = !container.empty();
  container.clear();
  return had;
}
template <typename T>
bool set(T& held, const T& simplest) {
  const bool differed = !(held == simplest);
  held = simplest;
  return differed;
}

// What all forms have, by walking their parts.
struct Parts {
  std::vector<EventPattern*> patterns;
  std::vector<promise::Same*> sames;
  std::vector<std::optional<Condition>*> conditions;
  std::vector<std::optional<model::Duration>*> durations;

  void take(std::optional<Condition>& condition) {
    conditions.push_back(&condition);
    if (!condition) return;
    patterns.push_back(&condition->event);
    sames.push_back(&condition->same);
  }
  void take(promise::Step& step) {
    for (EventPattern& part : step.parts) patterns.push_back(&part);
    sames.push_back(&step.same);
    if (auto* before = std::get_if<promise::Before>(&step.bound)) patterns.push_back(&before->event);
  }
  void operator()(promise::Response& rule) {
    patterns.push_back(&rule.a);
    take(rule.then);
    take(rule.unless);
  }
  void operator()(promise::Absence& rule) {
    patterns.insert(patterns.end(), {&rule.a, &rule.b});
    sames.push_back(&rule.same);
    take(rule.unless);
  }
  template <typename LookBack>
  void take_look_back(LookBack& rule) {
    patterns.insert(patterns.end(), {&rule.a, &rule.b});
    durations.push_back(&rule.within);
    sames.push_back(&rule.same);
    take(rule.unless_since);
  }
  void operator()(promise::OnlyAfter& rule) { take_look_back(rule); }
  void operator()(promise::NeverWhenAlready& rule) { take_look_back(rule); }
  void operator()(promise::Count& rule) {
    patterns.push_back(&rule.b);
    durations.push_back(&rule.within);
    sames.push_back(&rule.same);
    take(rule.from);
    take(rule.until);
  }
  void operator()(promise::Rate& rule) {
    patterns.push_back(&rule.b);
    sames.push_back(&rule.same);
  }
  void operator()(promise::Recurrence& rule) {
    patterns.insert(patterns.end(), {&rule.b, &rule.from, &rule.until});
    sames.push_back(&rule.same);
  }
  void operator()(promise::Never& rule) { patterns.push_back(&rule.b); }
  void operator()(promise::OnlyTo& rule) { patterns.push_back(&rule.b); }
  void operator()(promise::Chain& rule) {
    patterns.push_back(&rule.a);
    for (promise::Step& step : rule.steps) take(step);
    durations.push_back(&rule.total);
    take(rule.unless);
  }
};

Parts parts_of(promise::Rule& rule) {
  Parts parts;
  std::visit(std::ref(parts), rule);
  return parts;
}
Parts parts_of(Case& one) {
  return parts_of(one.promise.rule);
}

void add_rule_edits(const Case& whole, std::vector<Edit>& edits) {
  Case counted = whole;
  const Parts parts = parts_of(counted);
  for (std::size_t i = 0; i < parts.conditions.size(); ++i) {
    edits.push_back([i](Case& one) { return forget(*parts_of(one).conditions[i]); });
  }
  for (std::size_t i = 0; i < parts.patterns.size(); ++i) {
    edits.push_back([i](Case& one) { return forget(parts_of(one).patterns[i]->where); });
  }
  for (std::size_t i = 0; i < parts.sames.size(); ++i) {
    edits.push_back([i](Case& one) { return clear(parts_of(one).sames[i]->keys); });
  }
  const bool is_chain_of_one = std::holds_alternative<promise::Chain>(whole.promise.rule) &&
                               std::get<promise::Chain>(whole.promise.rule).steps.size() == 1;
  for (std::size_t i = 0; i < parts.durations.size() && !is_chain_of_one; ++i) {
    edits.push_back([i](Case& one) { return forget(*parts_of(one).durations[i]); });
  }
}

void add_step_edits(std::vector<Edit>& edits) {
  const auto to_one_part = [](promise::Step& step) {
    if (step.combine == promise::Combine::One) return false;
    step.combine = promise::Combine::One;
    step.parts.resize(1);
    return true;
  };
  edits.push_back([](Case& one) {
    auto* rule = std::get_if<promise::Response>(&one.promise.rule);
    return rule != nullptr && set(rule->option, promise::ResponseOption::None);
  });
  edits.push_back([to_one_part](Case& one) {
    auto* rule = std::get_if<promise::Response>(&one.promise.rule);
    return rule != nullptr && to_one_part(rule->then);
  });
  for (std::size_t i = 0; i < 3; ++i) {
    edits.push_back([to_one_part, i](Case& one) {
      auto* rule = std::get_if<promise::Chain>(&one.promise.rule);
      return rule != nullptr && i < rule->steps.size() && to_one_part(rule->steps[i]);
    });
  }
  edits.push_back([](Case& one) {
    auto* rule = std::get_if<promise::Chain>(&one.promise.rule);
    if (rule == nullptr || rule->steps.size() < 3) return false;
    rule->steps.pop_back();
    return true;
  });
}

void add_event_edits(const Case& whole, std::vector<Edit>& edits) {
  for (std::size_t c = 0; c < whole.world.customers.size(); ++c) {
    edits.push_back([c](Case& one) { return clear(one.world.customers[c]); });
    for (std::size_t e = 0; e < whole.world.customers[c].size(); ++e) {
      edits.push_back([c, e](Case& one) {
        Events& events = one.world.customers[c];
        events.erase(events.begin() + static_cast<std::ptrdiff_t>(e));
        return true;
      });
      edits.push_back([c, e](Case& one) { return clear(one.world.customers[c][e].data); });
      edits.push_back([c, e](Case& one) { return clear(one.world.customers[c][e].keys); });
      edits.push_back([c, e](Case& one) { return clear(one.world.customers[c][e].unit); });
      edits.push_back([c, e](Case& one) { return forget(one.world.customers[c][e].known); });
    }
  }
}

}  // namespace

std::vector<EventPattern*> patterns_of(promise::Rule& rule) {
  return parts_of(rule).patterns;
}
std::vector<promise::Same*> sames_of(promise::Rule& rule) {
  return parts_of(rule).sames;
}

std::vector<Case> simpler(const Case& whole) {
  std::vector<Edit> edits;
  add_event_edits(whole, edits);
  edits.push_back([](Case& one) { return forget(one.promise.customers); });
  edits.push_back([](Case& one) { return forget(one.promise.valid_from); });
  edits.push_back([](Case& one) { return forget(one.promise.valid_to); });
  edits.push_back([](Case& one) { return clear(one.promise.zone); });
  edits.push_back([](Case& one) { return set(one.from, kFirstTime); });
  edits.push_back([](Case& one) { return set(one.to, kEndOfTime); });
  edits.push_back([](Case& one) { return clear(one.world.ranks); });
  edits.push_back([](Case& one) { return forget(one.world.horizons.now); });
  add_rule_edits(whole, edits);
  add_step_edits(edits);
  std::vector<Case> cases;
  for (const Edit& edit : edits) {
    Case candidate = whole;
    if (!edit(candidate)) continue;
    sort(candidate.world);
    cases.push_back(std::move(candidate));
  }
  return cases;
}

}  // namespace handslag::oracle
