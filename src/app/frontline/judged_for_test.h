// SPDX-License-Identifier: Apache-2.0
// Events of one customer, judged by promises, as the live system would look at her: for the tests of this
// folder.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "app/causes/caused.h"
#include "app/frontline/card.h"
#include "app/promises/promise_set.h"
#include "base/instant_for_test.h"
#include "pure/calendar/calendars.h"
#include "pure/promise/evaluate.h"
#include "pure/promise/parse.h"
#include "pure/timeline/build.h"

namespace handslag::app {

class Judged {
 public:
  /// Events without a subject are the organisation's. All sources are complete up to `now`.
  Judged(std::vector<model::Event> events, const std::string& promises, Timestamp now)
      : events_(std::move(events)), now_(now) {
    calendars_ = std::move(calendar::Calendars::create({})).value();
    const promise::Parsed parsed = promise::parse(promises);
    EXPECT_TRUE(parsed.ok());
    for (const promise::Promise& it : parsed.promises) set_.add(it, 1, kFirstTime, kEndOfTime);
    timeline::BuildOptions options;
    options.needs = promise::column_needs(set_.versions(), caused_names());
    std::vector<model::CustomerIndex> customers;
    for (const model::Event& event : events_) customers.push_back(event.subject.empty() ? 0 : 1);
    columns_ = timeline::build(events_, customers, options);
    model::Horizons horizons;
    horizons.now = horizons.wall = now;
    horizons.sources.push_back({"test", kFirstTime, now, false, {}});
    for (std::size_t i = 0; i < columns_.types.size(); ++i)
      horizons.sources.back().types.push_back(static_cast<model::TypeCode>(i));
    program_ = promise::compile(set_.versions(), columns_, horizons, *calendars_).program;
    promise::Evaluator(*program_, columns_).customer(1, verdicts_);
  }

  Card card() const {
    return make_card({columns_, 1, verdicts_, set_.versions(),
                      [this](std::uint32_t) -> const model::TimeRules& { return *calendars_->find("", ""); },
                      [this](std::uint32_t version) { return promise::horizon_of(*program_, version); },
                      standing, now_, Language::English});
  }
  const model::Columns& columns() const { return columns_; }
  const model::Verdicts& verdicts() const { return verdicts_; }
  const std::vector<promise::Version>& versions() const { return set_.versions(); }
  const model::TimeRules& rules() const { return *calendars_->find("", ""); }

  std::function<std::optional<Standing>(const std::string&, std::string_view, std::int64_t)> standing;

 private:
  std::vector<model::Event> events_;
  Timestamp now_;
  std::unique_ptr<calendar::Calendars> calendars_;
  PromiseSet set_;
  model::Columns columns_;
  std::shared_ptr<const promise::Program> program_;
  model::Verdicts verdicts_;
};

/// An event of customer 1; keys and data as given.
inline model::Event happened(const std::string& type, const std::string& time,
                             std::vector<model::Key> keys = {}, std::vector<model::Attribute> data = {}) {
  static int number = 0;
  model::Event event;
  event.source = "test";
  event.id = std::to_string(++number);
  event.type = type;
  event.time = at(time);
  event.sequence = number;
  event.subject = {{"email", "anna@example.se"}};
  event.keys = std::move(keys);
  event.data = std::move(data);
  return event;
}

}  // namespace handslag::app
