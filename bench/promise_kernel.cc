// SPDX-License-Identifier: Apache-2.0
// How fast promises are evaluated in memory: 500,000 customers with 20 events each, instances and witnesses
// kept. Prints the median of several runs and events per second; one thread. Usage: promise_kernel [CUSTOMERS
// [RUNS]]
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "pure/calendar/calendars.h"
#include "pure/promise/evaluate.h"
#include "pure/promise/parse.h"

namespace handslag {
namespace {

constexpr std::size_t kEventsEach = 20;

class NumberedTexts : public model::Texts {
 public:
  explicit NumberedTexts(std::vector<std::string> texts) : texts_(std::move(texts)) {}
  std::string_view text(std::uint32_t code) const override {
    return code < texts_.size() ? texts_[code] : "key";
  }
  std::optional<std::uint32_t> code(std::string_view text) const override {
    for (std::uint32_t i = 1; i < texts_.size(); ++i) {
      if (texts_[i] == text) return i;
    }
    return std::nullopt;
  }

 private:
  std::vector<std::string> texts_;  // the rest are keys, which nobody spells out
};

// A year of a shop: orders placed and delivered, contacts, facts asked and given, and half of it of no
// concern.
model::Columns synthetic_columns(std::size_t customers) {
  constexpr std::array kTypes = {"order.placed",  "order.delivered", "order.cancelled", "contact.started",
                                 "contact.ended", "fact.asked",      "fact.given",      "web.viewed",
                                 "web.clicked",   "invoice.sent"};
  constexpr std::array kShares = {14, 12, 1, 8, 8, 3, 4, 25, 20, 5};
  model::Columns columns;
  for (const char* type : kTypes) columns.types.push_back({type, 0});
  const std::size_t events = customers * kEventsEach;
  columns.offsets.push_back(0);  // the organisation has none
  columns.time.resize(events);
  columns.type.resize(events);
  for (const char* key : {"order", "matter", "fact"}) columns.keys[key].resize(events, model::kNoText);
  auto& promised = columns.attributes.emplace("promised_at", model::ValueColumn(events)).first->second;
  auto& channel = columns.names.emplace("channel", model::ValueColumn(events)).first->second;
  columns.texts = std::make_shared<NumberedTexts>(std::vector<std::string>{"", "web", "phone"});
  std::mt19937_64 random(42);
  std::discrete_distribution<int> type_of(kShares.begin(), kShares.end());
  constexpr std::int64_t kStart = 1'767'225'600 * kMicrosPerSecond;  // 2026-01-01
  std::array<std::int64_t, kEventsEach> times{};
  for (std::uint32_t c = 0; c < customers; ++c) {
    columns.offsets.push_back(static_cast<std::uint32_t>(c * kEventsEach));
    for (auto& time : times)
      time = kStart + static_cast<std::int64_t>(random() % (365ULL * 86'400'000'000ULL));
    std::sort(times.begin(), times.end());
    for (std::size_t i = 0; i < kEventsEach; ++i) {
      const auto e = static_cast<model::EventIndex>(c * kEventsEach + i);
      const int type = type_of(random);
      columns.time[e] = {times[i]};
      columns.type[e] = static_cast<model::TypeCode>(type);
      const auto key = static_cast<std::uint32_t>(3 + c * 4 + random() % 4);
      if (type <= 2) columns.keys["order"][e] = key;
      if (type == 3 || type == 4) columns.keys["matter"][e] = key;
      if (type == 5 || type == 6) columns.keys["fact"][e] = key;
      channel.set(e, model::Cell::text(1 + static_cast<std::uint32_t>(random() % 2)));
      const auto days = static_cast<std::int64_t>(5 + random() % 60);
      if (type == 0) promised.set(e, model::Cell::instant({times[i] + days * kMicrosPerDay}));
    }
  }
  columns.offsets.push_back(static_cast<std::uint32_t>(events));
  return columns;
}

constexpr std::array kRules = {
    "when order.placed then order.delivered no later than promised_at, same order unless order.cancelled",
    "never fact.asked when already fact.given within 365 days, same fact",
    "after contact.ended never contact.started within 7 days, same matter",
    "order.delivered only after order.placed, same order",
    "at most 3 contact.started within any 30 days",
    "when contact.started where channel = \"phone\" then contact.ended within 10 days, same matter",
};

class Bench {
 public:
  Bench(std::size_t customers, int runs)
      : columns_(synthetic_columns(customers)),
        runs_(runs),
        calendars_(calendar::Calendars::create({}).value()) {
    std::vector<model::TypeCode> types;
    for (std::size_t t = 0; t < columns_.types.size(); ++t) types.push_back(static_cast<model::TypeCode>(t));
    constexpr std::int64_t kEnd = 1'798'761'600 * kMicrosPerSecond;
    horizons_.sources = {{"bench", kFirstTime, {kEnd}, true, types}};
    horizons_.wall = {kEnd};
  }

  /// Median seconds of evaluating these rules together.
  double measure(const std::string& name, const std::vector<std::string>& rules) {
    std::string text;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      text += "promise p" + std::to_string(i) + " \"P\"\n kept by u\n " + rules[i] + "\n";
    }
    const promise::Parsed parsed = promise::parse(text);
    std::vector<promise::Version> versions;
    for (const auto& it : parsed.promises) versions.push_back({&it});
    const auto compiled = promise::compile(versions, columns_, horizons_, *calendars_);
    if (versions.size() != rules.size() || !compiled.problems.empty()) std::abort();
    std::vector<double> seconds;
    for (int run = 0; run < runs_; ++run) seconds.push_back(evaluate(*compiled.program));
    std::sort(seconds.begin(), seconds.end());
    const double median = seconds[seconds.size() / 2];
    const double events = static_cast<double>(columns_.events());
    std::printf("%-44s %8.1f ms %8.1f M events/s   best %8.1f   %zu instances\n", name.c_str(), median * 1e3,
                events / median / 1e6, events / seconds[0] / 1e6, verdicts_.instances.size());
    return median;
  }

 private:
  double evaluate(const promise::Program& program) {
    verdicts_.instances.clear();
    verdicts_.witnesses.clear();
    const std::clock_t start = std::clock();
    promise::Evaluator evaluator(program, columns_);
    for (model::CustomerIndex c = 0; c < columns_.customers(); ++c) evaluator.customer(c, verdicts_);
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  }

  model::Columns columns_;
  int runs_;
  std::unique_ptr<calendar::Calendars> calendars_;
  model::Horizons horizons_;
  model::Verdicts verdicts_;
};

}  // namespace
}  // namespace handslag

int main(int argc, char** argv) {
  const std::size_t customers = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 500'000;
  const int runs = argc > 2 ? std::atoi(argv[2]) : 7;
  handslag::Bench bench(customers, std::max(runs, 1));
  bench.measure("R1 no later than, keyed",
                {"when order.placed then order.delivered no later than promised_at, same order"});
  bench.measure("R1 within 10 days, keyed",
                {"when order.placed then order.delivered within 10 days, same order"});
  bench.measure("six mixed promises together", {handslag::kRules.begin(), handslag::kRules.end()});
  double sum = 0;
  for (const char* rule : handslag::kRules)
    sum += bench.measure("  " + std::string(rule).substr(0, 42), {rule});
  std::printf("%-44s %8.1f ms\n", "the same six one by one", sum * 1e3);
}
