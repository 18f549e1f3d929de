// SPDX-License-Identifier: Apache-2.0
#include "app/frontline/cause.h"

#include <gtest/gtest.h>

#include "app/frontline/judged_for_test.h"

namespace handslag::app {
namespace {

const std::string kCausePromises =
    "promise delivered \"Delivered\" kept by logistics weight 5 when placed then sent within 48 h, same "
    "order\n"
    "promise word \"Word\" kept by logistics weight 4 when placed then told within 72 h, same order\n"
    "promise once \"Once\" kept by service weight 9 after contact.ended never contact.started within 7 days, "
    "same "
    "matter\n";

model::Event contact_event(const std::string& type, const std::string& time, const std::string& number) {
  return happened(type, time, {{"contact", number}, {"matter", "m"}, {"order", "A"}});
}

std::vector<model::Event> three_contacts() {
  return {happened("placed", "2026-03-01T10:00:00Z", {{"order", "A"}}),
          happened("placed", "2026-03-01T10:00:00Z", {{"order", "B"}}),
          happened("sent", "2026-03-08T10:00:00Z", {{"order", "B"}}),
          contact_event("contact.started", "2026-03-06T10:00:00Z", "1"),
          contact_event("contact.ended", "2026-03-06T10:05:00Z", "1"),
          contact_event("contact.started", "2026-03-08T10:00:00Z", "2"),
          contact_event("contact.ended", "2026-03-08T10:05:00Z", "2"),
          contact_event("contact.started", "2026-03-09T10:00:00Z", "3")};
}

TEST(RootCause, GoesBackPastTheContactsToWhatWasNotDone) {
  const Judged judged(three_contacts(), kCausePromises, at("2026-03-10T12:00:00Z"));
  const Reading reading(judged.columns(), 1);
  const Matters matters = matters_of(reading, matter::Lessons::first());
  const auto third = find_contact(reading, "3");
  ASSERT_TRUE(third);
  const RootCause cause = find_cause(reading, judged.verdicts(), judged.versions(), *third, matters);
  ASSERT_NE(cause.instance, nullptr);
  EXPECT_EQ(judged.versions()[cause.instance->promise].promise->id, "delivered");
  EXPECT_EQ(reading.text(cause.instance->activation, CardField::Order), "A");
  EXPECT_EQ(cause.link, CauseLink::Order);
  EXPECT_EQ(cause.failed, at("2026-03-03T10:00:00Z"));
  const Json steps = cause_steps(reading, judged.verdicts(), judged.versions(), *third, cause, matters);
  ASSERT_EQ(steps.size(), 4U);
  EXPECT_EQ(steps[0]["step"], "contact");
  EXPECT_EQ(steps[1]["promise"], "delivered");
  EXPECT_EQ(steps[2]["due_passed"], true);
  EXPECT_EQ(steps[3]["unit"], "logistics");
}

TEST(RootCause, LooksOnlyAtWhatFailedBeforeTheContact) {
  std::vector<model::Event> events{happened("placed", "2026-03-05T10:00:00Z", {{"order", "A"}}),
                                   contact_event("contact.started", "2026-03-06T10:00:00Z", "1")};
  const Judged judged(events, kCausePromises, at("2026-03-10T12:00:00Z"));
  const Reading reading(judged.columns(), 1);
  const Matters matters = matters_of(reading, matter::Lessons::first());
  const RootCause cause =
      find_cause(reading, judged.verdicts(), judged.versions(), *find_contact(reading, "1"), matters);
  EXPECT_EQ(cause.instance, nullptr);
  EXPECT_EQ(
      cause_steps(reading, judged.verdicts(), judged.versions(), reading.begin(), cause, matters).size(), 1U);
}

TEST(RootCause, AMonthIsThatOfTheZone) {
  const Judged judged({happened("placed", "2026-03-05T10:00:00Z")}, kCausePromises,
                      at("2026-03-10T12:00:00Z"));
  // 23:30 on the 30th of September in UTC is half past one on the 1st of October in Sweden.
  const Month month = month_of(at("2026-09-30T23:30:00Z"), judged.rules());
  EXPECT_EQ(month.name, "2026-10");
  EXPECT_EQ(format_rfc3339(month.from), "2026-09-30T22:00:00Z");
  EXPECT_EQ(month.to.us + 1, at("2026-10-31T23:00:00Z").us);
}

}  // namespace
}  // namespace handslag::app
