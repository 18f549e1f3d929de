// SPDX-License-Identifier: Apache-2.0
#include "pure/promise/due_clock.h"

#include <gtest/gtest.h>

#include <random>

#include "pure/promise/time_rules_for_test.h"

namespace handslag::promise {
namespace {

TEST(DueClock, AnswersLikeTheRulesItRemembers) {
  const HandCalendars calendars;
  std::mt19937_64 random(7);
  for (const char* zone : {"Europe/Stockholm", "east"}) {  // as HandCalendars has them
    const model::TimeRules& rules = *calendars.find("sweden", zone);
    for (const auto unit : {model::DurationUnit::Minutes, model::DurationUnit::Days,
                            model::DurationUnit::BusinessDays, model::DurationUnit::BusinessHours}) {
      DueClock clock(rules, {3, unit});
      for (int i = 0; i < 2000; ++i) {
        // Twenty years around the epoch, so that days share slots; many close to a midnight.
        const auto day = static_cast<std::int64_t>(random() % 7300) - 3650;
        const std::int64_t offset = i % 2 == 0 ? static_cast<std::int64_t>(random() % 3) - 1 - kMicrosPerHour
                                               : static_cast<std::int64_t>(random() % kMicrosPerDay);
        const Timestamp t{day * kMicrosPerDay + offset};
        ASSERT_EQ(clock.due(t), rules.due(t, {3, unit})) << zone << " " << t.us;
      }
    }
  }
}

TEST(DueClock, StaysInsideTheTimesThatAreAccepted) {
  const HandCalendars calendars;
  DueClock clock(*calendars.find("sweden", "east"), {1, model::DurationUnit::Hours});
  EXPECT_EQ(clock.due({kLastTime.us - 5}), kLastTime);
}

}  // namespace
}  // namespace handslag::promise
