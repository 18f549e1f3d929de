// SPDX-License-Identifier: Apache-2.0
// What whoever answers Karin's fourth call sees, by the story as packs/telecom/README.md and the seed tell
// it.
#include <gtest/gtest.h>

#include <algorithm>

#include "app/demo/generate.h"
#include "app/frontline/cause.h"
#include "app/frontline/judged_for_test.h"

namespace handslag::app {
namespace {

// The delivery promises of packs/telecom, in the words that matter here.
const std::string kKarinsPromises =
    "promise delivered-as-promised \"Delivered when we said\" kept by logistics weight 5 "
    "when order.placed where product != \"fibre\" then order.delivered no later than promised_at, same order "
    "unless order.cancelled, same order\n"
    "promise module-within-a-week \"The CA module comes within five working days\" kept by logistics weight "
    "5 "
    "when order.placed where product = \"ca-module\" then order.delivered within 5 business days, same order "
    "unless order.cancelled, same order\n"
    "promise ask-once \"What you have given us we do not ask for again\" kept by service weight 4 "
    "never fact.asked when already fact.given within 120 days, same fact unless fact.changed since\n"
    "promise one-contact-is-enough \"One contact is enough\" kept by service weight 4 "
    "after contact.ended never contact.started within 7 days, same matter\n";

const std::string kEnd = "2026-10-31T23:00:00Z";  // the demo's year ends with October, Swedish time

bool has(const model::Event& event, const std::string& value) {
  return std::any_of(event.subject.begin(), event.subject.end(),
                     [&](const model::Identifier& it) { return it.value == value; });
}

std::vector<model::Event> karins_story() {
  const auto calendars = std::move(calendar::Calendars::create({})).value();
  demo::DemoOptions options;
  options.customers = 50;
  std::vector<model::Event> events;
  const Status made = demo::generate(
      options, *calendars->find("", ""), [&](const demo::DemoSource&, const model::Event& event) {
        if (has(event, "karin@example.se") || has(event, "+46000000000") || has(event, "F00000003"))
          events.push_back(event);
        return Status{};
      });
  EXPECT_TRUE(made.ok());
  return events;
}

class KarinsCard : public testing::Test {
 protected:
  const Judged judged_{karins_story(), kKarinsPromises, at(kEnd)};
  const Card card_ = judged_.card();

  const CardMatter& module_matter() const { return card_.matters.front(); }
  const CardPromise* owed(const std::string& id) const {
    const auto it = std::find_if(card_.owed.begin(), card_.owed.end(),
                                 [&](const CardPromise& promise) { return promise.id == id; });
    return it == card_.owed.end() ? nullptr : &*it;
  }
};

TEST_F(KarinsCard, ShowsTheFourthContactOfFour) {
  const CardMatter& matter = module_matter();
  EXPECT_EQ(matter.reason, "delivery");
  EXPECT_EQ(matter.of, 4U);
  const CardContact& last = matter.contacts.back();
  EXPECT_EQ(last.number, 4U);
  EXPECT_EQ(last.channel, "phone");
  EXPECT_EQ(last.outcome, "mail us instead");
  EXPECT_EQ(last.blocked, (std::vector<std::string>{"mandate", "information"}));
  EXPECT_EQ(matter.contacts[2].transfers, 2U);
  EXPECT_EQ(matter.own_tries, 2U);
  EXPECT_EQ(matter.failed_tries, 2U);
}

TEST_F(KarinsCard, ShowsTheModuleStillOwed) {
  // Ordered on Monday the 28th of September at 20:05: five working days are over with the 5th of October.
  const CardPromise* module = owed("module-within-a-week");
  ASSERT_NE(module, nullptr);
  EXPECT_TRUE(module->is_still_owed);
  EXPECT_EQ(module->verdict, model::Verdict::Broken);
  EXPECT_EQ(module->unit, "logistics");
  EXPECT_EQ(format_rfc3339(module->activation), "2026-09-28T18:05:00Z");
  EXPECT_EQ(judged_.rules().local_day(module->due), *parse_date("2026-10-05"));
  EXPECT_NE(std::find(module->about.begin(), module->about.end(),
                      std::pair<std::string, std::string>{"product", "ca-module"}),
            module->about.end());
  // The telephony of the summer came late: broken then, owed no more.
  const CardPromise* promised = owed("delivered-as-promised");
  ASSERT_NE(promised, nullptr);
  EXPECT_EQ(promised->activation, module->activation);
  EXPECT_EQ(std::count_if(card_.owed.begin(), card_.owed.end(),
                          [](const CardPromise& it) { return it.id == "delivered-as-promised"; }),
            1);
}

TEST_F(KarinsCard, ShowsTheFactsThatSheHasGivenFourTimesAndWasAskedForAgainThrice) {
  ASSERT_EQ(card_.facts.size(), 2U);
  EXPECT_EQ(card_.facts[0].fact, "card-number");
  EXPECT_EQ(card_.facts[1].fact, "serial-number");
  for (const CardFact& fact : card_.facts) {
    EXPECT_EQ(fact.given.size(), 4U);
    EXPECT_EQ(fact.asked_again, 3U);
    EXPECT_EQ(fact.channel, "phone");
  }
}

TEST_F(KarinsCard, ShowsThatTheVoiceMenuDidNotKnowHerNumber) {
  ASSERT_GE(card_.failed_identifications.size(), 4U);
  EXPECT_EQ(format_rfc3339(card_.failed_identifications[0].time).substr(0, 10), "2026-10-27");
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(card_.failed_identifications[i].why, "not found");
    EXPECT_EQ(card_.failed_identifications[i].channel, "phone");
  }
}

TEST_F(KarinsCard, ShowsThatSheCannotLeave) {
  EXPECT_EQ(card_.leave.can, false);
  EXPECT_FALSE(card_.is_protected);
}

// The same story where no source names a matter, nor an order on the contacts: what she has open, the reason
// and nearness must tell.
class KarinsCardWithoutMatters : public testing::TestWithParam<bool> {
 protected:
  static std::vector<model::Event> events() {
    std::vector<model::Event> events = karins_story();
    for (model::Event& event : events) {
      std::erase_if(event.keys, [&](const model::Key& it) {
        return it.name == "matter" ||
               (GetParam() && it.name == "order" && event.type.starts_with("contact."));
      });
    }
    return events;
  }
};

TEST_P(KarinsCardWithoutMatters, TheFourCallsAreOneAndTheSummersAnother) {
  const Judged judged(events(), kKarinsPromises, at(kEnd));
  const Card card = judged.card();
  const CardMatter& module = card.matters.front();
  EXPECT_EQ(module.of, 4U);
  EXPECT_EQ(module.kind, "order");
  EXPECT_EQ(module.reason, "delivery");
  EXPECT_EQ(module.contacts.back().number, 4U);
  EXPECT_EQ(module.contacts.back().matter_source, matter::Source::Derived);
  for (const CardContact& it : module.contacts) EXPECT_GT(it.confidence, 0.9) << format_rfc3339(it.time);
  EXPECT_EQ(module.own_tries, 2U);
  EXPECT_EQ(module.failed_tries, 2U);
  // The telephony of the summer: one contact, a matter of its own, about another order.
  const auto summer = std::find_if(card.matters.begin(), card.matters.end(), [&](const CardMatter& it) {
    return it.kind == "order" && it.order != module.order;
  });
  ASSERT_NE(summer, card.matters.end());
  EXPECT_EQ(summer->of, 1U);
}

TEST_P(KarinsCardWithoutMatters, TheCauseIsTheModuleStill) {
  const Judged judged(events(), kKarinsPromises, at(kEnd));
  const Reading reading(judged.columns(), 1);
  const Matters matters = matters_of(reading, matter::Lessons::first());
  const auto fourth = find_contact(reading, judged.card().matters.front().contacts.back().contact);
  ASSERT_TRUE(fourth);
  const RootCause cause = find_cause(reading, judged.verdicts(), judged.versions(), *fourth, matters);
  ASSERT_NE(cause.instance, nullptr);
  EXPECT_EQ(reading.text(cause.instance->activation, CardField::Product), "ca-module");
  EXPECT_EQ(cause.link, GetParam() ? CauseLink::Matter : CauseLink::Order);
}

INSTANTIATE_TEST_SUITE_P(Orders, KarinsCardWithoutMatters, testing::Values(false, true),
                         [](const auto& it) { return it.param ? "NotNamedEither" : "Named"; });

TEST_F(KarinsCard, TheFourthContactGoesBackToTheModule) {
  const Reading reading(judged_.columns(), 1);
  const auto fourth = find_contact(reading, module_matter().contacts.back().contact);
  ASSERT_TRUE(fourth);
  const RootCause cause = find_cause(reading, judged_.verdicts(), judged_.versions(), *fourth,
                                     matters_of(reading, matter::Lessons::first()));
  ASSERT_NE(cause.instance, nullptr);
  EXPECT_EQ(reading.text(cause.instance->activation, CardField::Product), "ca-module");
  EXPECT_EQ(cause.link, CauseLink::Order);
}

}  // namespace
}  // namespace handslag::app
