// SPDX-License-Identifier: Apache-2.0
// Karin's story as the demo tells it, line by line.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "app/demo/generate.h"
#include "app/demo/test_numbers.h"
#include "pure/calendar/calendars.h"

namespace handslag::demo {
namespace {

std::string text_of(const model::Event& event, std::string_view name) {
  for (const model::Attribute& attribute : event.data) {
    if (attribute.name == name && std::holds_alternative<std::string>(attribute.value)) {
      return std::get<std::string>(attribute.value);
    }
  }
  return {};
}

std::string key_of(const model::Event& event, std::string_view name) {
  for (const model::Key& key : event.keys) {
    if (key.name == name) return key.value;
  }
  return {};
}

bool has(const model::Event& event, const char* type, const char* value) {
  return std::find(event.subject.begin(), event.subject.end(), model::Identifier{type, value}) !=
         event.subject.end();
}

/// All events of hers, in time order.
std::vector<model::Event> karins_events() {
  const auto calendars = std::move(calendar::Calendars::create({})).value();
  DemoOptions options;
  options.customers = 50;
  std::vector<model::Event> events;
  const Status status =
      generate(options, *calendars->find("", ""), [&](const DemoSource&, const model::Event& event) {
        if (has(event, "email", "karin@example.se") || has(event, "phone", "+46000000000") ||
            has(event, "customer_no@fjord", "F00000003")) {
          events.push_back(event);
        }
        return Status{};
      });
  EXPECT_TRUE(status.ok());
  std::stable_sort(events.begin(), events.end(),
                   [](const model::Event& a, const model::Event& b) { return a.time < b.time; });
  return events;
}

class KarinsStory : public testing::Test {
 protected:
  std::vector<model::Event> of_type(const std::string& type) const {
    std::vector<model::Event> found;
    std::copy_if(events_.begin(), events_.end(), std::back_inserter(found),
                 [&](const model::Event& event) { return event.type == type; });
    return found;
  }
  std::vector<std::string> days_of(const std::string& type, std::string_view since) const {
    std::vector<std::string> days;
    for (const model::Event& event : of_type(type)) {
      const std::string day = format_rfc3339(event.time).substr(0, 10);
      if (day >= since) days.push_back(day);
    }
    return days;
  }

  const std::vector<model::Event> events_ = karins_events();
};

using Texts = std::vector<std::string>;

TEST_F(KarinsStory, BearsAnOfficialTestNumberAndHerName) {
  EXPECT_TRUE(is_test_number("196808199266"));
  const auto known = of_type("customer.updated");
  ASSERT_EQ(known.size(), 2U);
  for (const model::Event& event : known) {
    EXPECT_TRUE(has(event, "personnummer", "196808199266"));
    EXPECT_TRUE(has(event, "email", "karin@example.se"));
  }
}

TEST_F(KarinsStory, CannotLeaveBecauseHerAssociationChose) {
  for (const model::Event& event : of_type("customer.updated")) {
    EXPECT_NE(std::find(event.data.begin(), event.data.end(), model::Attribute{"can_leave", false}),
              event.data.end());
    EXPECT_EQ(text_of(event, "association"), "Mediamöbelns samfällighet");
  }
}

TEST_F(KarinsStory, BoughtTheModuleAMonthBeforeTheFourthCallAndStillWaits) {
  const auto orders = of_type("order.placed");
  ASSERT_EQ(orders.size(), 2U);
  EXPECT_EQ(format_rfc3339(orders[1].time), "2026-09-28T18:05:00Z");
  EXPECT_EQ(text_of(orders[1], "product"), "ca-module");
  const auto delivered = of_type("order.delivered");
  ASSERT_EQ(delivered.size(), 1U);
  EXPECT_EQ(key_of(delivered[0], "order"), key_of(orders[0], "order"));
}

TEST_F(KarinsStory, LivedTheSameWithTelephonyInTheSummer) {
  const auto order = of_type("order.placed").front();
  EXPECT_EQ(text_of(order, "product"), "telephony");
  // Promised two weeks later, the 21st of July; delivered nine working days after that.
  EXPECT_NE(std::find(order.data.begin(), order.data.end(),
                      model::Attribute{"promised_at", *parse_date("2026-07-21")}),
            order.data.end());
  EXPECT_EQ(format_rfc3339(of_type("order.delivered")[0].time), "2026-08-03T12:20:00Z");
}

TEST_F(KarinsStory, CallsFourTimesWithinAMonthAboutOneMatter) {
  EXPECT_EQ(days_of("contact.started", "2026-09"),
            (Texts{"2026-10-06", "2026-10-13", "2026-10-20", "2026-10-27"}));
  std::string matter;
  for (const model::Event& event : of_type("contact.started")) {
    if (event.time < *parse_rfc3339("2026-09-01T00:00:00Z")) continue;
    if (matter.empty()) matter = key_of(event, "matter");
    EXPECT_EQ(key_of(event, "matter"), matter);
    EXPECT_EQ(text_of(event, "reason"), "delivery");
  }
}

TEST_F(KarinsStory, IsNotFoundByTheVoiceMenuOnAnyCall) {
  EXPECT_EQ(days_of("identify.failed", "2026-09"), days_of("contact.started", "2026-09"));
  EXPECT_TRUE(of_type("identify.succeeded").empty());
  for (const model::Event& event : of_type("identify.failed")) {
    EXPECT_TRUE(has(event, "personnummer", "196808199266"));
  }
}

TEST_F(KarinsStory, HandsInBothNumbersTwiceOnTheWebAndTwiceByPhone) {
  Texts channels;
  for (const model::Event& event : of_type("fact.given"))
    channels.push_back(event.channel + " " + key_of(event, "fact"));
  EXPECT_EQ(channels,
            (Texts{"web serial-number", "web card-number", "web serial-number", "web card-number",
                   "phone serial-number", "phone card-number", "phone serial-number", "phone card-number"}));
}

TEST_F(KarinsStory, EndsWithUllaWhoCannotHelp) {
  Texts lines;
  for (const model::Event& event : events_) {
    if (event.agent != "Ulla") continue;
    std::string line = event.type;
    for (const char* detail : {"why", "outcome"})
      line += text_of(event, detail).empty() ? "" : ": " + text_of(event, detail);
    if (const std::string fact = key_of(event, "fact"); !fact.empty()) line += ": " + fact;
    lines.push_back(line);
  }
  EXPECT_EQ(lines, (Texts{"contact.started", "help.blocked: mandate", "fact.asked: serial-number",
                          "fact.asked: card-number", "commitment.claimed", "help.blocked: information",
                          "observation.made", "contact.ended: mail us instead"}));
}

TEST_F(KarinsStory, WasPromisedStoneButNobodyWroteItDown) {
  ASSERT_EQ(of_type("commitment.claimed").size(), 1U);
  EXPECT_NE(text_of(of_type("commitment.claimed")[0], "wording").find("ristade i sten"), std::string::npos);
  EXPECT_TRUE(of_type("commitment.made").empty());
  // What is written down here is numbered commitment-1 and on.
  EXPECT_EQ(of_type("commitment.claimed")[0].keys.back().value.rfind("crm-", 0), 0U);
}

TEST_F(KarinsStory, IsNeverToldWhenItComesAndAnswersNoSurvey) {
  EXPECT_TRUE(of_type("status.told").empty());
  EXPECT_EQ(of_type("survey.sent").size(), 2U);
  EXPECT_TRUE(of_type("survey.answered").empty());
}

}  // namespace
}  // namespace handslag::demo
