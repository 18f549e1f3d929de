// SPDX-License-Identifier: Apache-2.0
#include "tests/oracle/random_cases.h"

#include <algorithm>

namespace handslag::oracle {

using model::Duration;
using model::DurationUnit;
using model::Event;
using promise::Condition;
using promise::EventPattern;
using promise::Guard;
using promise::GuardNode;
using promise::GuardOp;
using promise::Same;

std::uint64_t Dice::next() {  // splitmix64
  state_ += 0x9E3779B97F4A7C15ULL;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31U);
}

namespace {

constexpr std::int64_t kHour = 3600 * kMicrosPerSecond;

const std::vector<std::string> kTypes = {"a.1", "b.1", "a.1", "b.1", "c.1", "a.2"};
const std::vector<std::string> kKeys = {"k", "m"};

Timestamp at(const char* text) {
  return *parse_rfc3339(text);
}

/// Just before something happens to the clock or the calendar.
Timestamp random_start(Dice& dice) {
  static const std::vector<Timestamp> starts = {
      at("2026-03-27T12:00:00Z"),                                     // summer time begins on Sunday 29 March
      at("2026-03-28T22:30:00Z"),        at("2026-10-24T20:00:00Z"),  // winter time begins on 25 October
      at("2026-04-02T14:59:59.999999Z"),                              // Easter
      at("2026-12-23T07:00:00Z"),                                     // Christmas
      at("2026-05-06T10:00:00Z"),        at("2026-05-08T15:30:00Z"),  // a Wednesday; a Friday afternoon
  };
  return dice.of(starts);
}

std::int64_t random_gap(Dice& dice) {
  static const std::vector<std::int64_t> gaps = {
      1,          kHour - 1,  kHour,          kHour + 1,  2 * kHour,  5 * kHour,
      23 * kHour, 24 * kHour, 24 * kHour + 1, 25 * kHour, 48 * kHour, 72 * kHour};
  if (dice.chance(40)) return 0;
  return dice.chance(60) ? gaps[dice.below(6)] : dice.of(gaps);
}

model::Value random_value(Dice& dice, Timestamp near) {
  static const std::vector<std::string> texts = {"x", "y", "", "xy", "2026-03-29"};
  switch (dice.below(6)) {
    case 0:
      return dice.of(texts);
    case 1:
    case 2:
      return static_cast<double>(dice.below(3));
    case 3:
      return Timestamp{near.us + random_gap(dice) - random_gap(dice)};
    case 4:
      return dice.chance(50);
    default:
      return Date{static_cast<std::int32_t>(near.us / kMicrosPerDay) +
                  static_cast<std::int32_t>(dice.below(3))};
  }
}

void add_attributes(Dice& dice, Event& event) {
  for (const char* name : {"n", "v"}) {
    if (dice.chance(60)) {
      event.data.push_back({name, name == std::string("n") ? model::Value(static_cast<double>(dice.below(3)))
                                                           : random_value(dice, event.time)});
    }
  }
  if (dice.chance(70)) {  // the instant that `no later than p` reads
    model::Value promised =
        Timestamp{event.time.us + random_gap(dice) - (dice.chance(20) ? random_gap(dice) : 0)};
    if (dice.chance(25)) promised = random_value(dice, event.time);
    event.data.push_back({"p", promised});
  }
  if (dice.chance(15))
    event.data.push_back({"rescued", dice.chance(80) ? model::Value(true) : random_value(dice, {})});
  if (dice.chance(5)) event.data.push_back({"unit", random_value(dice, event.time)});
}

Event random_event(Dice& dice, Timestamp time, std::size_t number) {
  static const std::vector<std::string> sources = {"s1", "s2", "s3"};
  Event event;
  event.source = sources[dice.chance(70) ? 0 : dice.below(3)];
  event.id =
      std::to_string(dice.below(10)) + "." + std::to_string(number);  // ids sort otherwise than arrival
  event.type = dice.chance(8) ? "customer.updated" : dice.of(kTypes);
  event.time = time;
  if (dice.chance(30)) event.known = Timestamp{time.us + random_gap(dice) - (dice.chance(20) ? kHour : 0)};
  event.sequence = static_cast<std::int64_t>(dice.below(3));
  if (dice.chance(40)) event.unit = dice.chance(50) ? "x" : "y";
  for (const std::string& key : kKeys) {
    if (dice.chance(key == "k" ? 93 : 60)) event.keys.push_back({key, dice.chance(60) ? "1" : "2"});
  }
  add_attributes(dice, event);
  return event;
}

Events random_timeline(Dice& dice, Timestamp start, std::size_t most, std::size_t& number) {
  Events events;
  Timestamp time = start;
  const std::size_t count = dice.below(most + 1);
  for (std::size_t i = 0; i < count; ++i) {
    time.us += random_gap(dice);
    events.push_back(random_event(dice, time, ++number));
  }
  return events;
}

Timestamp random_instant(Dice& dice, const std::vector<Timestamp>& instants, Timestamp start) {
  switch (dice.below(6)) {
    case 0:
      return {start.us - 100 * 24 * kHour};
    case 1:
      return {start.us + 100 * 24 * kHour};
    default:
      break;
  }
  const Timestamp near = instants.empty() ? start : dice.of(instants);
  switch (dice.below(4)) {
    case 0:
      return near;
    case 1:
      return {near.us - 1};
    case 2:
      return {near.us + random_gap(dice)};
    default:
      return {near.us - random_gap(dice)};
  }
}

void add_horizons(Dice& dice, World& world, Timestamp start) {
  std::map<std::string, std::vector<model::TypeCode>> sent;
  std::vector<Timestamp> instants;
  for (const Events& events : world.customers) {
    for (const Event& event : events) {
      const auto code = std::find(world.types.begin(), world.types.end(), event.type) - world.types.begin();
      sent[event.source].push_back(static_cast<model::TypeCode>(code));
      instants.push_back(event.time);
    }
  }
  for (auto& [name, types] : sent) {
    if (dice.chance(10)) types.push_back(static_cast<model::TypeCode>(dice.below(world.types.size())));
    std::sort(types.begin(), types.end());
    types.erase(std::unique(types.begin(), types.end()), types.end());
    model::SourceHorizon source{name, random_instant(dice, instants, start),
                                random_instant(dice, instants, start), dice.chance(70), types};
    if (dice.chance(40)) source.complete_through = Timestamp{start.us + 100 * 24 * kHour};
    if (dice.chance(70)) source.history_start = Timestamp{start.us - 100 * 24 * kHour};
    world.horizons.sources.push_back(source);
  }
  if (dice.chance(40)) world.horizons.now = random_instant(dice, instants, start);
  world.horizons.wall = random_instant(dice, instants, start);
}

}  // namespace

World random_world(Dice& dice) {
  World world;
  const Timestamp start = random_start(dice);
  std::size_t number = 0;
  // Why long ones, now and then: what is looked back to is found another way when there is much of it.
  const bool is_long = dice.chance(3);
  world.customers.push_back(random_timeline(dice, start, is_long ? 200 : 4, number));
  const std::size_t customers = 1 + dice.below(3);
  for (std::size_t c = 0; c < customers; ++c)
    world.customers.push_back(random_timeline(dice, start, is_long ? 200 : 16, number));
  for (const std::string& type : kTypes) {
    if (dice.chance(20)) world.ranks[type] = static_cast<std::int32_t>(dice.below(3)) - 1;
  }
  sort(world);
  add_types(world);
  add_horizons(dice, world, start);
  return world;
}

// ---- promises
// -------------------------------------------------------------------------------------------------

namespace {

Duration random_duration(Dice& dice) {
  static const std::vector<Duration> durations = {
      {0, DurationUnit::Seconds},      {3600, DurationUnit::Seconds},    {60, DurationUnit::Minutes},
      {1, DurationUnit::Hours},        {2, DurationUnit::Hours},         {24, DurationUnit::Hours},
      {1, DurationUnit::Days},         {2, DurationUnit::Days},          {1, DurationUnit::BusinessDays},
      {2, DurationUnit::BusinessDays}, {1, DurationUnit::BusinessHours}, {12, DurationUnit::BusinessHours}};
  return dice.of(durations);
}

std::vector<promise::Operand> random_operands(Dice& dice, std::size_t count, const std::string& activation) {
  std::vector<promise::Operand> operands;
  for (std::size_t i = 0; i < count; ++i) {
    switch (dice.below(7)) {
      case 0:
        operands.push_back(promise::Literal(std::string(dice.chance(50) ? "x" : "1")));
        break;
      case 1:
      case 2:
        operands.push_back(promise::Literal(static_cast<double>(dice.below(3))));
        break;
      case 3:
        operands.push_back(promise::Literal(dice.chance(50)));
        break;
      case 4:
        operands.push_back(promise::Literal(*parse_date("2026-03-29")));
        break;
      case 5:
        operands.push_back(promise::Literal(at("2026-03-29T00:00:00Z")));
        break;
      default:
        operands.push_back(promise::NameRef{dice.chance(70) ? activation : "", dice.chance(50) ? "n" : "v"});
    }
  }
  return operands;
}

GuardNode random_comparison(Dice& dice, const std::string& activation) {
  static const std::vector<std::string> names = {"n", "n", "v", "unit", "k", "source", "type"};
  static const std::vector<GuardOp> ops = {
      GuardOp::Equal,        GuardOp::NotEqual, GuardOp::Less, GuardOp::LessEqual, GuardOp::Greater,
      GuardOp::GreaterEqual, GuardOp::Contains, GuardOp::In,   GuardOp::IsMissing, GuardOp::IsPresent};
  GuardNode node;
  node.op = dice.of(ops);
  node.left.name = dice.of(names);
  if (dice.chance(15)) node.left.binding = activation;
  const bool takes_none = node.op == GuardOp::IsMissing || node.op == GuardOp::IsPresent;
  node.operands = random_operands(dice,
                                  takes_none               ? 0
                                  : node.op == GuardOp::In ? 1 + dice.below(3)
                                                           : 1,
                                  activation);
  if (node.op == GuardOp::Contains)
    node.operands = {promise::Literal(std::string(dice.chance(50) ? "x" : "1"))};
  return node;
}

/// `activation` is the name that the guard may refer to besides the event itself; empty: none.
Guard random_guard(Dice& dice, const std::string& activation) {
  Guard guard;
  std::vector<std::uint32_t> roots;  // subtrees without a parent yet, in post order
  const auto add = [&](GuardNode node) {
    guard.nodes.push_back(std::move(node));
    roots.push_back(static_cast<std::uint32_t>(guard.nodes.size() - 1));
  };
  add(random_comparison(dice, activation));
  while (dice.chance(25)) add(random_comparison(dice, activation));
  while (roots.size() > 1 || dice.chance(15)) {
    if (dice.chance(25) || roots.size() == 1) {
      const std::uint32_t child = roots.back();
      roots.pop_back();
      add({GuardOp::Not, {child}, {}, {}, {}});
      continue;
    }
    // The last two or three become one, so that children stand before their parent and in order.
    const std::size_t children = std::min<std::size_t>(roots.size(), 2 + dice.below(2));
    const std::vector<std::uint32_t> taken(roots.end() - static_cast<std::ptrdiff_t>(children), roots.end());
    roots.resize(roots.size() - children);
    add({dice.chance(50) ? GuardOp::And : GuardOp::Or, taken, {}, {}, {}});
  }
  return guard;
}

EventPattern random_pattern(Dice& dice, const std::string& binding, const std::string& activation) {
  EventPattern pattern;
  pattern.type.text = dice.of(kTypes);
  if (dice.chance(15)) {
    pattern.type.is_prefix = true;
    pattern.type.text = "a.";
  }
  if (dice.chance(3)) pattern.type.text = "never.seen";
  pattern.binding = binding;
  if (dice.chance(18)) pattern.where = random_guard(dice, activation);
  return pattern;
}

Same random_same(Dice& dice, std::size_t percent) {
  Same same;
  if (!dice.chance(percent)) return same;
  same.keys.push_back({dice.chance(80) ? "k" : "m", {}});
  if (dice.chance(15)) same.keys = {{"k", {}}, {"m", {}}};
  return same;
}

Condition random_condition(Dice& dice, const std::string& binding, const std::string& activation) {
  return {random_pattern(dice, binding, activation), random_same(dice, 25)};
}

std::optional<Condition> perhaps_condition(Dice& dice, std::size_t percent, const std::string& activation) {
  if (!dice.chance(percent)) return std::nullopt;
  return random_condition(dice, "", activation);
}

promise::Step random_step(Dice& dice, const std::string& activation) {
  promise::Step step;
  if (dice.chance(30)) step.combine = dice.chance(50) ? promise::Combine::Any : promise::Combine::All;
  const std::size_t parts = step.combine == promise::Combine::One ? 1 : 2 + dice.below(2);
  for (std::size_t i = 0; i < parts; ++i) step.parts.push_back(random_pattern(dice, "", activation));
  step.bound = promise::Within{random_duration(dice)};
  return step;
}

promise::Response random_response(Dice& dice) {
  promise::Response rule;
  rule.a = random_pattern(dice, "x", "x");
  rule.then = random_step(dice, "x");
  rule.then.same = random_same(dice, 50);
  const std::size_t bound = dice.below(4);
  if (bound == 0) rule.then.bound = promise::NoLaterThan{{"p", {}}};
  if (bound == 1) rule.then.bound = promise::Before{random_pattern(dice, "", "x")};
  if (dice.chance(60)) rule.option = static_cast<promise::ResponseOption>(dice.below(4));
  rule.unless = perhaps_condition(dice, 40, "x");
  return rule;
}

promise::Chain random_chain(Dice& dice) {
  promise::Chain rule;
  rule.a = random_pattern(dice, "x", "x");
  const std::size_t steps = 1 + dice.below(3);
  // Later guards may name the first step's match.
  const std::string named = dice.chance(40) ? "y" : "x";
  for (std::size_t i = 0; i < steps; ++i) {
    rule.steps.push_back(random_step(dice, i == 0 ? "x" : named));
    rule.steps.back().same = random_same(dice, i == 0 ? 60 : 30);
    if (i == 0) rule.steps[0].parts[dice.below(rule.steps[0].parts.size())].binding = "y";
  }
  if (steps == 1 || dice.chance(40)) rule.total = random_duration(dice);
  rule.unless = perhaps_condition(dice, 40, named);
  return rule;
}

promise::Count random_count(Dice& dice) {
  promise::Count rule;
  rule.kind = static_cast<promise::CountKind>(dice.below(3));
  rule.n = static_cast<std::uint32_t>(dice.below(4));
  rule.from = dice.chance(50) ? std::optional(random_condition(dice, "x", "x")) : std::nullopt;
  rule.b = random_pattern(dice, "", rule.from ? "x" : "");
  if (dice.chance(60)) rule.within = random_duration(dice);
  rule.same = random_same(dice, 50);
  rule.until = perhaps_condition(dice, 50, rule.from ? "x" : "");
  return rule;
}

template <typename Rule>
Rule random_look_back(Dice& dice) {
  Rule rule;
  rule.b = random_pattern(dice, "x", "x");
  rule.a = random_pattern(dice, "", "x");
  if (dice.chance(70)) rule.within = random_duration(dice);
  rule.same = random_same(dice, 50);
  rule.unless_since = perhaps_condition(dice, 40, "x");
  return rule;
}

promise::Rule random_rule(Dice& dice) {
  switch (dice.below(12)) {
    case 0:
      return promise::Absence{random_pattern(dice, "x", "x"), random_pattern(dice, "", "x"),
                              random_duration(dice), random_same(dice, 50), perhaps_condition(dice, 40, "x")};
    case 1:
      return random_look_back<promise::OnlyAfter>(dice);
    case 2:
      return random_look_back<promise::NeverWhenAlready>(dice);
    case 3:
      return random_count(dice);
    case 4:
      return promise::Rate{static_cast<std::uint32_t>(dice.below(4)), random_pattern(dice, "", ""),
                           random_duration(dice), random_same(dice, 50)};
    case 5:
      return promise::Recurrence{random_duration(dice), random_pattern(dice, "", "x"),
                                 random_pattern(dice, "x", "x"), random_pattern(dice, "", "x"),
                                 random_same(dice, 50)};
    case 6:
      return promise::Never{random_pattern(dice, "", "")};
    case 7:
      return promise::OnlyTo{random_pattern(dice, "", ""), random_guard(dice, "")};
    case 8:
    case 9:
      return random_chain(dice);
    default:
      return random_response(dice);
  }
}

}  // namespace

promise::Promise random_promise(Dice& dice) {
  promise::Promise made;
  made.id = "p";
  made.title = "random";
  made.kept_by = "unit";
  made.rule = random_rule(dice);
  if (dice.chance(10)) made.customers = random_guard(dice, "");
  if (dice.chance(5)) made.zone = dice.chance(50) ? "America/New_York" : "Europe/London";
  if (dice.chance(5)) made.valid_from = parse_date("2026-03-28");
  if (dice.chance(5)) made.valid_to = parse_date("2026-10-25");
  return made;
}

std::vector<promise::Version> random_versions(Dice& dice, const std::vector<promise::Promise>& promises) {
  std::vector<promise::Version> versions;
  for (const promise::Promise& made : promises) {
    promise::Version version{&made, 1, kFirstTime, kEndOfTime};
    if (dice.chance(10)) version.from = Timestamp{random_start(dice).us + random_gap(dice)};
    if (dice.chance(10)) version.to = Timestamp{random_start(dice).us + random_gap(dice)};
    versions.push_back(version);
  }
  return versions;
}

}  // namespace handslag::oracle
