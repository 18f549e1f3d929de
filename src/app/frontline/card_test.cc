// SPDX-License-Identifier: Apache-2.0
#include "app/frontline/card.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "app/frontline/audience.h"
#include "app/frontline/card_json.h"
#include "app/frontline/judged_for_test.h"

namespace handslag::app {
namespace {

const std::string kDelivered =
    "promise delivered \"Delivered\" kept by logistics weight 5 when placed then sent within 48 h, same "
    "order "
    "unless cancelled, same order\n";
const std::string kNow = "2026-03-10T12:00:00Z";

model::Event on(model::Event event, const std::string& channel, const std::string& unit = "") {
  event.channel = channel;
  event.unit = unit;
  return event;
}

TEST(Card, ShowsWhatIsOpenAndWhatIsStillOwed) {
  const Judged judged({happened("placed", "2026-03-01T10:00:00Z", {{"order", "A"}}),
                       happened("placed", "2026-03-10T10:00:00Z", {{"order", "B"}}),
                       happened("placed", "2026-03-02T10:00:00Z", {{"order", "C"}}),
                       happened("sent", "2026-03-09T10:00:00Z", {{"order", "C"}})},
                      kDelivered, at(kNow));
  const Card card = judged.card();
  ASSERT_EQ(card.owed.size(), 2U);
  EXPECT_EQ(card.owed[0].about, (std::vector<std::pair<std::string, std::string>>{{"order", "A"}}));
  EXPECT_TRUE(card.owed[0].is_still_owed);
  EXPECT_EQ(card.owed[0].verdict, model::Verdict::Broken);
  EXPECT_EQ(card.owed[1].verdict, model::Verdict::Pending);
  EXPECT_FALSE(card.owed[1].is_still_owed);
  EXPECT_EQ(card.owed[0].unit, "logistics");
  EXPECT_EQ(card.broken_count, 1U);  // A
  EXPECT_EQ(card.late_count, 1U);    // C
}

TEST(Card, WhatWasCalledOffAfterwardsIsNotOwed) {
  const Judged judged({happened("placed", "2026-03-01T10:00:00Z", {{"order", "A"}}),
                       happened("cancelled", "2026-03-08T10:00:00Z", {{"order", "A"}})},
                      kDelivered, at(kNow));
  EXPECT_TRUE(judged.card().owed.empty());
  EXPECT_EQ(judged.card().broken_count, 1U);
}

TEST(Card, NobodyIsOwedAMomentThatIsOver) {
  const Judged judged(
      {happened("queued", "2026-03-01T10:00:00Z", {{"call", "1"}})},
      "promise answered \"a\" kept by service when queued then answered within 3 min, same call\n", at(kNow));
  EXPECT_TRUE(judged.card().owed.empty());
  EXPECT_EQ(judged.card().broken_count, 1U);
}

TEST(Card, WhatIsKeptByLettingBeIsWatched) {
  const Judged judged({happened("sent", "2026-03-10T10:00:00Z")},
                      "promise quiet \"q\" kept by service after sent never called within 7 days\n",
                      at(kNow));
  EXPECT_TRUE(judged.card().owed.empty());
  ASSERT_EQ(judged.card().watched.size(), 1U);
  EXPECT_EQ(judged.card().watched[0].id, "quiet");
}

TEST(Card, CountsBrokenOfTheLast365DaysAlone) {
  const Judged judged({happened("placed", "2025-03-08T10:00:00Z", {{"order", "A"}}),  // due 03-10 10:00
                       happened("placed", "2025-03-09T10:00:00Z", {{"order", "B"}}),  // due 03-11
                       happened("sent", "2025-06-01T10:00:00Z", {{"order", "A"}}),
                       happened("sent", "2025-06-01T10:00:00Z", {{"order", "B"}})},
                      kDelivered, at(kNow));
  ASSERT_EQ(judged.card().late_count, 1U);
  EXPECT_EQ(judged.card().broken[0].about[0].second, "B");
}

TEST(Card, AsksWhatIsNormalWithTheTimeWaited) {
  Judged judged({happened("placed", "2026-03-10T10:00:00Z", {{"order", "A"}}, {{"product", "sofa"}})},
                kDelivered, at(kNow));
  judged.standing = [](const std::string& promise, std::string_view product,
                       std::int64_t waited) -> std::optional<Standing> {
    EXPECT_EQ(promise, "delivered");
    EXPECT_EQ(product, "sofa");
    EXPECT_EQ(waited, 2 * kMicrosPerHour);
    return Standing{{1, 2, 3, 3}, 99};
  };
  ASSERT_TRUE(judged.card().owed[0].standing);
  EXPECT_EQ(judged.card().owed[0].standing->longer_than, 99);
}

TEST(Card, NumbersContactsInTheirMatter) {
  const Judged judged(
      {on(happened("contact.started", "2026-03-01T10:00:00Z", {{"matter", "m"}, {"contact", "1"}},
                   {{"reason", "delivery"}}),
          "phone", "service"),
       happened("contact.transferred", "2026-03-01T10:02:00Z", {{"contact", "1"}}),
       happened("help.blocked", "2026-03-01T10:03:00Z", {{"contact", "1"}}, {{"why", "mandate"}}),
       happened("contact.ended", "2026-03-01T10:05:00Z", {{"contact", "1"}}, {{"outcome", "open"}}),
       happened("contact.started", "2026-03-05T10:00:00Z", {{"matter", "other"}, {"contact", "2"}}),
       happened("selfservice.started", "2026-03-06T09:00:00Z", {{"matter", "m"}}),
       happened("selfservice.failed", "2026-03-06T09:01:00Z", {{"matter", "m"}}),
       on(happened("contact.started", "2026-03-06T10:00:00Z", {{"matter", "m"}, {"contact", "3"}}), "chat")},
      "", at(kNow));
  const Card card = judged.card();
  ASSERT_EQ(card.matters.size(), 2U);
  const CardMatter& matter = card.matters[0];
  EXPECT_EQ(matter.matter, "m");
  EXPECT_EQ(matter.reason, "delivery");
  EXPECT_EQ(matter.of, 2U);
  EXPECT_EQ(matter.own_tries, 1U);
  EXPECT_EQ(matter.failed_tries, 1U);
  EXPECT_EQ(matter.contacts[0].outcome, "open");
  EXPECT_EQ(matter.contacts[0].transfers, 1U);
  EXPECT_EQ(matter.contacts[0].blocked, std::vector<std::string>{"mandate"});
  EXPECT_EQ(matter.contacts[1].number, 2U);
  EXPECT_EQ(matter.contacts[1].channel, "chat");
  EXPECT_EQ(card.last_contact, at("2026-03-06T10:00:00Z"));
}

TEST(Card, WithoutAMatterTheReasonMakesTheChainUntilItHasBeenQuietForAMonth) {
  const auto contact = [](const std::string& time, const std::string& reason) {
    return happened("contact.started", time, {}, {{"reason", reason}});
  };
  const Judged judged({contact("2026-01-01T10:00:00Z", "invoice"), contact("2026-01-31T10:00:00Z", "invoice"),
                       contact("2026-02-01T10:00:00Z", "move"), contact("2026-03-03T10:00:00Z", "invoice")},
                      "", at(kNow));
  const Card card = judged.card();
  ASSERT_EQ(card.matters.size(), 3U);
  EXPECT_EQ(card.matters[0].of, 1U);  // 31 days after the one before
  EXPECT_EQ(card.matters[1].reason, "move");
  EXPECT_EQ(card.matters[2].of, 2U);
}

TEST(Card, TellsWhatSheHasGivenAndHowOftenItWasAskedForAgain) {
  const auto fact = [](const std::string& type, const std::string& time) {
    return happened(type, time, {{"fact", "card-number"}});
  };
  const Judged judged({fact("fact.asked", "2026-03-01T09:59:00Z"), fact("fact.given", "2026-03-01T10:00:00Z"),
                       fact("fact.asked", "2026-03-02T10:00:00Z"), fact("fact.given", "2026-03-02T10:01:00Z"),
                       fact("fact.asked", "2026-03-03T10:00:00Z")},
                      "", at(kNow));
  ASSERT_EQ(judged.card().facts.size(), 1U);
  EXPECT_EQ(judged.card().facts[0].fact, "card-number");
  EXPECT_EQ(judged.card().facts[0].asked_again, 2U);
  EXPECT_EQ(judged.card().facts[0].given,
            (std::vector<Timestamp>{at("2026-03-01T10:00:00Z"), at("2026-03-02T10:01:00Z")}));
}

TEST(Card, TellsOffersWhoIsReadyForThemAndWhetherTheyWereUsed) {
  model::Event ready = happened("offer.acknowledged", "2026-02-28T10:00:00Z", {{"offer", "2"}});
  ready.subject.clear();
  ready.unit = "service";
  const Judged judged({ready, happened("offer.sent", "2026-03-01T10:00:00Z", {{"offer", "1"}}),
                       happened("offer.sent", "2026-03-02T10:00:00Z", {{"offer", "2"}}),
                       happened("offer.used", "2026-03-04T10:00:00Z", {{"offer", "1"}})},
                      "", at(kNow));
  const auto offers = judged.card().offers;
  ASSERT_EQ(offers.size(), 2U);
  EXPECT_EQ(offers[0].offer, "2");
  ASSERT_EQ(offers[0].acknowledged.size(), 1U);
  EXPECT_EQ(offers[0].acknowledged[0].first, "service");
  EXPECT_FALSE(offers[0].used);
  EXPECT_EQ(offers[1].used, at("2026-03-04T10:00:00Z"));
  EXPECT_TRUE(offers[1].acknowledged.empty());
}

// Against every look backwards through what was sent.
TEST(Card, AnOfferIsUsedAsItWasLastSent) {
  std::mt19937 random(7);
  for (int round = 0; round < 100; ++round) {
    std::vector<model::Event> events;
    std::vector<CardOffer> slowly;
    for (std::size_t i = 0, many = 1 + random() % 12; i < many; ++i) {
      const std::string offer = std::to_string(random() % 3),
                        time = fmt::format("2026-03-01T10:{:02}:00Z", i);
      const bool is_sent = random() % 2 == 0;
      events.push_back(happened(is_sent ? "offer.sent" : "offer.used", time, {{"offer", offer}}));
      if (is_sent) slowly.push_back({offer, at(time), {}, {}});
      for (std::size_t back = slowly.size(); !is_sent && back-- > 0;) {
        if (slowly[back].offer != offer) continue;
        slowly[back].used = at(time);
        break;
      }
    }
    const auto offers = Judged(events, "", at(kNow)).card().offers;
    ASSERT_EQ(offers.size(), slowly.size()) << round;
    for (std::size_t i = 0; i < offers.size(); ++i) {
      const CardOffer& expected = slowly[slowly.size() - 1 - i];
      EXPECT_EQ(offers[i].offer, expected.offer) << round;
      EXPECT_EQ(offers[i].sent, expected.sent) << round;
      EXPECT_EQ(offers[i].used, expected.used) << round;
    }
  }
}

// Against every matter asked whether its name is the one that the failed try says.
TEST(Card, AFailedTryBelongsToTheMatterThatItSays) {
  std::mt19937 random(8);
  for (int round = 0; round < 100; ++round) {
    std::vector<model::Event> events;
    std::map<std::string, std::size_t> failed;
    std::string begun;
    for (const char* matter : {"0", "1", "2"})  // what she tries herself alone is no matter of the card
      events.push_back(happened("contact.started", "2026-03-01T09:00:00Z", {{"matter", matter}}));
    for (std::size_t i = 0, many = 1 + random() % 12; i < many; ++i) {
      const std::string matter = random() % 3 == 0 ? "" : std::to_string(random() % 4);
      const bool is_begun = random() % 2 == 0 && !matter.empty();
      std::vector<model::Key> keys;
      if (!matter.empty()) keys.push_back({"matter", matter});
      events.push_back(happened(is_begun ? "selfservice.started" : "selfservice.failed",
                                fmt::format("2026-03-01T10:{:02}:00Z", i), keys));
      if (is_begun) begun = matter;
      if (!is_begun) ++failed[matter.empty() ? begun : matter];
    }
    for (const CardMatter& it : Judged(events, "", at(kNow)).card().matters)
      EXPECT_EQ(it.failed_tries, failed[it.matter]) << round << " " << it.matter;
  }
}

TEST(Card, KnowsTheLastThatWasSaidOfHer) {
  const Judged judged(
      {happened("customer.updated", "2026-01-01T10:00:00Z", {}, {{"can_leave", true}, {"protected", true}}),
       happened("customer.updated", "2026-02-01T10:00:00Z", {},
                {{"can_leave", false}, {"why", "group agreement"}, {"binding", *parse_date("2027-01-31")}}),
       on(happened("identify.failed", "2026-02-02T10:00:00Z", {}, {{"why", "not found"}}), "phone",
          "service")},
      "", at(kNow));
  const Card card = judged.card();
  EXPECT_TRUE(card.is_protected);
  EXPECT_EQ(card.leave.can, false);
  EXPECT_EQ(card.leave.since, at("2026-02-01T10:00:00Z"));
  EXPECT_EQ(card.leave.why, "group agreement");
  EXPECT_EQ(card.leave.binding, "2027-01-31");
  ASSERT_EQ(card.failed_identifications.size(), 1U);
  EXPECT_EQ(card.failed_identifications[0].why, "not found");
  ASSERT_EQ(card.last_touches.size(), 1U);
  EXPECT_EQ(card.last_touches[0].channel, "phone");
}

TEST(CardJson, SaysWhatIsNormalAndComparesOnlyWithEnough) {
  const NormalTime many{5 * kMicrosPerHour, 8 * kMicrosPerHour, 400, 400};
  EXPECT_EQ(standing_sentence({many, 99}, Language::English),
            "Usually 5 h, nine of ten within 8 h; this one has taken longer than 99 of 100.");
  EXPECT_EQ(standing_sentence({many, 100}, Language::Swedish),
            "Brukar ta 5 h, nio av tio klara inom 8 h; det här har tagit längre tid än alla.");
  EXPECT_EQ(standing_sentence({{5 * kMicrosPerHour, 8 * kMicrosPerHour, 3, 3}, 99}, Language::English),
            "Usually 5 h, nine of ten within 8 h.");
}

TEST(Audience, IdentifiersAreMaskedForWhoMayNotSeeThem) {
  const std::vector<std::string> shared{"phone", "address"};
  const std::vector<model::Identifier> known{{"email", "anna@example.se"}, {"phone@nord", "0701234567"}};
  EXPECT_EQ(known_as_json(known, shared, {})[0]["value"], "a…@e….se");
  EXPECT_EQ(known_as_json(known, shared, {true, false})[0]["value"], "anna@example.se");
  EXPECT_EQ(known_as_json(known, shared, {})[1]["shared"], true);
  EXPECT_EQ(sureness(known, shared), "own_identifier");
  EXPECT_EQ(sureness({{"phone", "1"}}, shared), "shared_only");
  EXPECT_EQ(sureness({{"personnummer", "1"}}, shared), "identity_number");
}

std::vector<std::string> ombud_at(const std::string& now, const std::vector<std::string>& untils) {
  std::vector<model::Event> events;
  for (std::size_t i = 0; i < untils.size(); ++i)
    events.push_back(happened("ombud.appointed", "2026-01-02T10:00:00Z", {{"ombud", std::to_string(i)}},
                              {{"ombud_until", untils[i]}}));
  std::vector<std::string> shown;
  for (const CardOmbud& it : Judged(events, kDelivered, at(now)).card().ombud) shown.push_back(it.ombud);
  return shown;
}

TEST(CardOmbud, ActsThroughTheDayOfTheHouseAndForeverWhereNoDayIsNamed) {
  const std::vector<std::string> untils = {"2026-06-30", "2026-06-30T12:00:00Z", "1 juni", "tills vidare",
                                           ""};
  using Shown = std::vector<std::string>;
  EXPECT_EQ(ombud_at("2026-06-30T11:59:00Z", untils), (Shown{"0", "1", "2", "3", "4"}));
  EXPECT_EQ(ombud_at("2026-06-30T21:59:00Z", untils), (Shown{"0", "2", "3", "4"}));  // 23:59 in Stockholm
  EXPECT_EQ(ombud_at("2026-06-30T22:00:00Z", untils), (Shown{"2", "3", "4"}));
}

TEST(CardOmbud, TheNewestStayWhereThereAreVeryMany) {
  const auto shown = ombud_at("2026-06-30T12:00:00Z", std::vector<std::string>(kMostOnCard + 2));
  ASSERT_EQ(shown.size(), kMostOnCard);
  EXPECT_EQ(shown.front(), "2");
  EXPECT_EQ(shown.back(), std::to_string(kMostOnCard + 1));
}

TEST(Audience, TheAgentIsNeverShownAndWhatTheCardDoesNotKnowIsMasked) {
  model::Event event =
      happened("contact.ended", "2026-03-01T10:00:00Z", {{"contact", "1"}, {"ombud", "19680819-9266"}},
               {{"outcome", "open"}, {"note", "Anna said …"}, {"amount", 5.0}});
  event.agent = "Ulla";
  model::Event seen = event;
  mask_event(seen, {true, false});
  EXPECT_EQ(seen.agent, "");
  EXPECT_EQ(seen.subject, event.subject);
  EXPECT_EQ(seen.data, event.data);
  EXPECT_EQ(seen.keys, event.keys);
  mask_event(seen, {});
  EXPECT_EQ(seen.subject[0].value, "a…@e….se");
  EXPECT_EQ(seen.data[0].value, model::Value("open"));
  EXPECT_EQ(seen.data[1].value, model::Value("…"));
  EXPECT_EQ(seen.data[2].value, model::Value("…"));
  EXPECT_EQ(seen.keys[0].value, "1");
  EXPECT_EQ(seen.keys[1].value, "…");  // as the card hides it too
}

}  // namespace
}  // namespace handslag::app
