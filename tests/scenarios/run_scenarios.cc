// SPDX-License-Identifier: Apache-2.0
// Runs every *.scn beside this file: through the product's parser and evaluator over the product's columns,
// with the events arriving in several orders, and through the oracle. One test a file; --gtest_filter=*NAME*
// picks one.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>

#include "pure/calendar/calendars.h"
#include "pure/promise/parse.h"
#include "pure/timeline/build.h"
#include "tests/oracle/columns_from_events.h"
#include "tests/oracle/compare.h"
#include "tests/oracle/oracle.h"
#include "tests/scenarios/scenario.h"

namespace handslag::scenario {
namespace {

using model::CustomerIndex;
using model::EventIndex;
using oracle::Answer;

/// A stage made ready: the world that it describes, and the promises read.
struct Ready {
  oracle::World world;
  std::vector<std::string> customers;  // by CustomerIndex
  std::vector<promise::Promise> promises;
  std::vector<promise::Version> versions;
  std::unique_ptr<calendar::Calendars> calendars;
};

// ---- from the file's words to the engine's
// ----------------------------------------------------------------------

CustomerIndex customer_number(Ready& ready, const std::string& name) {
  const auto found = std::find(ready.customers.begin(), ready.customers.end(), name);
  if (found != ready.customers.end()) return static_cast<CustomerIndex>(found - ready.customers.begin());
  ready.customers.push_back(name);
  ready.world.customers.emplace_back();
  return static_cast<CustomerIndex>(ready.customers.size() - 1);
}

std::optional<Timestamp> said_for(const std::map<std::string, Timestamp>& said, const std::string& source) {
  if (const auto found = said.find(source); found != said.end()) return found->second;
  if (const auto found = said.find(""); found != said.end()) return found->second;
  return std::nullopt;
}

// P-5: a file's horizons are its first and its last event unless told otherwise, never later than now.
model::SourceHorizon horizon_of(const Stage& stage, const oracle::World& world, const std::string& source) {
  model::SourceHorizon horizon{source, kLastTime, kFirstTime, true, {}};
  std::set<model::TypeCode> types;
  for (const SaidEvent& said : stage.events) {
    if (said.event.source != source) continue;
    horizon.history_start = std::min(horizon.history_start, said.event.time);
    horizon.complete_through = std::max(horizon.complete_through, said.event.time);
    const auto type = std::find(world.types.begin(), world.types.end(), said.event.type);
    types.insert(static_cast<model::TypeCode>(type - world.types.begin()));
  }
  const Timestamp latest = stage.now.value_or(stage.wall.value_or(kLastTime));
  horizon.complete_through = std::min(horizon.complete_through, latest);
  horizon.complete_through = said_for(stage.complete_through, source).value_or(horizon.complete_through);
  horizon.history_start = said_for(stage.history_start, source).value_or(horizon.history_start);
  horizon.is_file = std::find(stage.live.begin(), stage.live.end(), source) == stage.live.end();
  horizon.types.assign(types.begin(), types.end());
  return horizon;
}

void make_world(const Stage& stage, Ready& ready) {
  ready.customers = {std::string(kOrganisationName)};
  ready.world.customers.resize(1);
  ready.world.ranks = stage.ranks;
  std::set<std::string> sources;
  for (const SaidEvent& said : stage.events) {
    const CustomerIndex customer = customer_number(ready, said.customer);
    ready.world.customers[customer].push_back(said.event);
    sources.insert(said.event.source);
  }
  oracle::sort(ready.world);
  oracle::add_types(ready.world);
  for (const std::string& source : sources) {
    ready.world.horizons.sources.push_back(horizon_of(stage, ready.world, source));
  }
  ready.world.horizons.now = stage.now;
  ready.world.horizons.wall = stage.wall.value_or(kLastTime);
}

// A promise said again with `from` is the next version: the one before it ends there (P-15).
void make_versions(const Stage& stage, Ready& ready) {
  std::vector<std::optional<Timestamp>> from;
  for (const SaidPromise& said : stage.promises) {
    promise::Parsed parsed = promise::parse(said.text);
    for (const promise::Diagnostic& diagnostic : parsed.diagnostics) {
      if (diagnostic.severity != promise::Severity::Error) continue;
      ADD_FAILURE() << "line " << said.line << ": "
                    << promise::render(diagnostic, "promise", said.text, promise::Language::English);
    }
    for (promise::Promise& each : parsed.promises) {
      ready.promises.push_back(std::move(each));
      from.push_back(said.from);
    }
  }
  for (std::size_t i = 0; i < ready.promises.size(); ++i) {
    promise::Version version{&ready.promises[i], 1, from[i].value_or(kFirstTime), kEndOfTime};
    for (promise::Version& before : ready.versions) {
      if (before.promise->id != version.promise->id) continue;
      version.number = before.number + 1;
      before.to = std::min(before.to, version.from);
    }
    ready.versions.push_back(version);
  }
}

// ---- what was said against what was answered
// ----------------------------------------------------------------------

/// Answers with events named by customer, source and id, so that the order of columns does not matter.
struct Checker {
  const Ready& ready;
  const model::Columns& columns;
  std::string configuration;

  const model::Event& event(EventIndex index) const {
    std::size_t customer = 0;
    while (columns.offsets[customer + 1] <= index) ++customer;
    return ready.world.customers[customer][index - columns.offsets[customer]];
  }
  static bool names(const EventRef& ref, const model::Event& event) {
    return event.type == ref.type && event.time == ref.time && (ref.id.empty() || event.id == ref.id);
  }
  static std::string text(Timestamp time) { return time == kNoTime ? "never" : format_rfc3339(time); }
  std::string where(const Expected& expected) const {
    return "line " + std::to_string(expected.line) + " (" + configuration + ")";
  }

  bool is_about(const Expected& expected, const Answer& answer) const {
    return ready.customers[answer.instance.customer] == expected.customer &&
           names(expected.activation, event(answer.instance.activation)) &&
           (!expected.version || ready.versions[answer.instance.promise].number == *expected.version);
  }

  /// What the line does not say is not looked at.
  template <typename T>
  static void expect_said(const std::optional<T>& said, const T& given, const std::string& what) {
    EXPECT_EQ(said.value_or(given), given) << what;
  }

  void check_witnesses(const Expected& expected, const Answer& answer) const {
    if (!expected.witnesses) return;
    std::string given;
    for (EventIndex witness : answer.witnesses)
      given += " " + event(witness).type + " " + text(event(witness).time);
    bool is_same = answer.witnesses.size() == expected.witnesses->size();
    for (std::size_t i = 0; is_same && i < answer.witnesses.size(); ++i) {
      is_same = names((*expected.witnesses)[i], event(answer.witnesses[i]));
    }
    EXPECT_TRUE(is_same) << where(expected) << ": witnesses are" << given;
  }

  void check_warning(const Expected& expected, const Answer& answer) const {
    if (!expected.warn) return;
    const promise::Promise& promise = *ready.versions[answer.instance.promise].promise;
    const model::TimeRules* rules = ready.calendars->find(promise.calendar, promise.zone);
    ASSERT_TRUE(promise.warn && rules != nullptr) << where(expected);
    EXPECT_EQ(text(rules->earliest_within(answer.instance.due, *promise.warn)), text(*expected.warn))
        << where(expected);
  }

  void check(const Expected& expected, const Answer& answer) const {
    const model::Instance& given = answer.instance;
    const std::string line = where(expected);
    EXPECT_EQ(model::verdict_name(given.verdict), model::verdict_name(expected.verdict)) << line;
    EXPECT_EQ(given.is_rescued, expected.is_rescued) << line;
    const auto due = expected.due ? std::optional(text(expected.due->value_or(kNoTime))) : std::nullopt;
    expect_said(due, text(given.due), line + ": due");
    expect_said(expected.slack_us, given.slack_us, line + ": slack");
    expect_said(expected.business_slack_us, given.business_slack_us, line + ": business slack");
    expect_said(expected.because, given.unknown, line + ": because");
    expect_said(expected.is_final, given.is_final, line + ": final");
    expect_said(expected.step, given.step, line + ": step");
    expect_said(expected.holds_now, given.holds_now, line + ": true now");
    check_witnesses(expected, answer);
    check_warning(expected, answer);
  }

  void check_all(const Stage& stage, std::vector<Answer> answers) const {
    std::erase_if(answers, [&](const Answer& answer) {
      return !stage.of.empty() && ready.versions[answer.instance.promise].promise->id != stage.of;
    });
    for (const Expected& expected : stage.expected) {
      const auto about = [&](const Answer& answer) { return is_about(expected, answer); };
      const auto count = std::count_if(answers.begin(), answers.end(), about);
      EXPECT_EQ(count, 1) << where(expected) << ": instances that this line names";
      if (count != 1) continue;
      const auto answer = std::find_if(answers.begin(), answers.end(), about);
      check(expected, *answer);
      answers.erase(answer);
    }
    for (const Answer& answer : answers) {
      const model::Event& activation = event(answer.instance.activation);
      ADD_FAILURE() << "line " << stage.line << " (" << configuration << "): no line for " << activation.type
                    << " " << text(activation.time) << ", " << model::verdict_name(answer.instance.verdict);
    }
  }
};

// ---- configurations
// -----------------------------------------------------------------------------------------------

/// The product's columns for the events as they arrive in this order.
model::Columns built(const Stage& stage, Ready& ready, const std::vector<std::size_t>& arrival) {
  std::vector<model::Event> events;
  std::vector<CustomerIndex> customers;
  for (std::size_t i : arrival) {
    events.push_back(stage.events[i].event);
    customers.push_back(customer_number(ready, stage.events[i].customer));
  }
  return timeline::build(events, customers,
                         {promise::column_needs(ready.versions), stage.ranks, std::nullopt});
}

/// The builder numbers types in its own way; horizons speak of types by number.
oracle::World with_types_of(const model::Columns& columns, const oracle::World& world) {
  oracle::World renumbered = world;
  for (model::SourceHorizon& source : renumbered.horizons.sources) {
    for (model::TypeCode& code : source.types) {
      const auto type =
          std::find_if(columns.types.begin(), columns.types.end(),
                       [&](const model::TypeInfo& info) { return info.name == world.types[code]; });
      code = static_cast<model::TypeCode>(type - columns.types.begin());
    }
    std::sort(source.types.begin(), source.types.end());
  }
  return renumbered;
}

void check_product(const Stage& stage, Ready& ready, const std::string& configuration,
                   const std::vector<std::size_t>& arrival) {
  const model::Columns columns = built(stage, ready, arrival);
  const oracle::World world = with_types_of(columns, ready.world);
  const Checker checker{ready, columns, "product, events " + configuration};
  checker.check_all(stage, oracle::product_answers(ready.versions, world, columns, *ready.calendars));
}

void check_stage(const Stage& stage) {
  Ready ready;
  auto calendars = calendar::Calendars::create(stage.calendars);
  ASSERT_TRUE(calendars.ok()) << calendars.error().message;
  ready.calendars = std::move(calendars).value();
  make_world(stage, ready);
  make_versions(stage, ready);
  ASSERT_FALSE(ready.versions.empty()) << "line " << stage.line << ": no promise";

  const model::Columns columns = oracle::columns_from(ready.world, promise::column_needs(ready.versions));
  Checker{ready, columns, "oracle"}.check_all(
      stage, oracle::oracle_answers(ready.versions, ready.world, columns, *ready.calendars));

  std::vector<std::size_t> arrival(stage.events.size());
  for (std::size_t i = 0; i < arrival.size(); ++i) arrival[i] = i;
  check_product(stage, ready, "in file order", arrival);
  std::reverse(arrival.begin(), arrival.end());
  check_product(stage, ready, "reversed", arrival);
  // Every second event first, then the rest: neighbours are parted.
  std::stable_partition(arrival.begin(), arrival.end(), [](std::size_t i) { return i % 2 == 0; });
  check_product(stage, ready, "shuffled", arrival);
}

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

class ScenarioFile : public testing::Test {
 public:
  explicit ScenarioFile(std::filesystem::path path) : path_(std::move(path)) {}
  void TestBody() override {
    const Result<std::vector<Stage>> stages = read_scenario(content_of(path_));
    ASSERT_TRUE(stages.ok()) << path_.filename() << ": " << stages.error().message;
    for (const Stage& stage : *stages) check_stage(stage);
  }

 private:
  std::filesystem::path path_;
};

void register_all() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(HANDSLAG_SOURCE_DIR "/tests/scenarios")) {
    if (entry.path().extension() == ".scn") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  for (const std::filesystem::path& path : paths) {
    testing::RegisterTest("Scenario", path.stem().c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [path]() -> testing::Test* { return new ScenarioFile(path); });
  }
}

}  // namespace
}  // namespace handslag::scenario

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  handslag::scenario::register_all();
  return RUN_ALL_TESTS();
}
