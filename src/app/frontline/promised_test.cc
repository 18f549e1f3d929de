// SPDX-License-Identifier: Apache-2.0
#include "app/frontline/promised.h"

#include <gtest/gtest.h>

#include "app/frontline/judged_for_test.h"

namespace handslag::app {
namespace {

const std::string kOverdueOrder =
    "promise delivered \"Delivered\" kept by logistics when placed then sent within 48 h, same order\n"
    "promise quiet \"Quiet\" kept by service after sent never called within 2 h\n";

AllPromised promised_in(const Judged& judged, Timestamp now) {
  return all_promised({judged.columns(),
                       1,
                       judged.verdicts(),
                       judged.versions(),
                       [&](std::uint32_t) -> const model::TimeRules& { return judged.rules(); },
                       [&](std::uint32_t) {
                         return promise::Horizon{now, kFirstTime, now};
                       },
                       {},
                       now});
}

// order A sent after 24 h, B after 60 h (12 h late), C never, D still open; somebody calls an hour after A.
TEST(Promised, SpansFromActivationToDueToWhatCameOfIt) {
  const Timestamp now = at("2026-03-10T12:00:00Z");
  const Judged judged(
      {happened("placed", "2026-03-01T10:00:00Z", {{"order", "A"}}),
       happened("placed", "2026-03-02T10:00:00Z", {{"order", "B"}}),
       happened("placed", "2026-03-03T10:00:00Z", {{"order", "C"}}),
       happened("placed", "2026-03-10T10:00:00Z", {{"order", "D"}}),
       happened("sent", "2026-03-02T10:00:00Z", {{"order", "A"}}), happened("called", "2026-03-02T11:00:00Z"),
       happened("sent", "2026-03-04T22:00:00Z", {{"order", "B"}})},
      kOverdueOrder, now);
  const AllPromised all = promised_in(judged, now);
  std::vector<std::string> lines;
  for (const Promised& it : all.list) {
    lines.push_back(it.promise.id + " " + format_rfc3339(it.promise.activation) + " " +
                    std::string(model::verdict_name(it.promise.verdict)) + " " +
                    (it.settled == kNoTime ? "-" : format_rfc3339(it.settled)) +
                    (it.is_to_be_done ? "" : " watched") + (it.promise.is_still_owed ? " owed" : ""));
  }
  EXPECT_EQ(lines, (std::vector<std::string>{
                       "delivered 2026-03-10T10:00:00Z pending -",
                       "quiet 2026-03-04T22:00:00Z kept 2026-03-05T00:00:00Z watched",
                       "delivered 2026-03-03T10:00:00Z broken 2026-03-05T10:00:00Z owed",
                       "quiet 2026-03-02T10:00:00Z broken 2026-03-02T11:00:00Z watched",
                       "delivered 2026-03-02T10:00:00Z late 2026-03-04T22:00:00Z",
                       "delivered 2026-03-01T10:00:00Z kept 2026-03-02T10:00:00Z",
                   }));
  EXPECT_EQ(all.of, 6U);
}

}  // namespace
}  // namespace handslag::app
