// SPDX-License-Identifier: Apache-2.0
#include "pure/identity/identity.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace handslag::identity {
namespace {

using model::Event;
using model::Identifier;

const FirstRule kRule{kSharedTypes};

Event seen(std::vector<Identifier> subject) {
  Event event;
  event.source = "shop";
  event.type = "seen";
  event.subject = std::move(subject);
  return event;
}

std::vector<model::CustomerIndex> customers(const std::vector<Event>& events) {
  return assign_events(events, kRule).customer_of_event;
}

TEST(FirstRule, JoinsIdentifiersSeenTogetherAlsoThroughOthers) {
  EXPECT_EQ(customers({seen({{"email", "a"}}), seen({{"email", "b"}, {"customer_no@shop", "1"}}),
                       seen({{"customer_no@shop", "1"}, {"email", "a"}})}),
            (std::vector<model::CustomerIndex>{1, 1, 1}));
}

TEST(FirstRule, KeepsTheSameNumberAtTwoCompaniesApart) {
  EXPECT_EQ(customers({seen({{"customer_no@shop", "1"}}), seen({{"customer_no@billing", "1"}})}),
            (std::vector<model::CustomerIndex>{1, 2}));
}

TEST(FirstRule, DoesNotJoinThroughWhatPeopleShare) {
  EXPECT_EQ(customers({seen({{"email", "a"}, {"phone", "1"}}), seen({{"email", "b"}, {"phone", "1"}})}),
            (std::vector<model::CustomerIndex>{1, 2}));
  EXPECT_TRUE(kRule.is_shared("phone@billing"));
  EXPECT_FALSE(kRule.is_shared("phones"));
}

TEST(FirstRule, GivesASharedIdentifierToTheOneCustomerWhoHasIt) {
  EXPECT_EQ(customers({seen({{"phone", "1"}}), seen({{"email", "a"}, {"phone", "1"}})}),
            (std::vector<model::CustomerIndex>{1, 1}));
}

TEST(FirstRule, GivesASharedIdentifierOfTwoCustomersOneOfItsOwn) {
  EXPECT_EQ(customers({seen({{"email", "a"}, {"phone", "1"}}), seen({{"email", "b"}, {"phone", "1"}}),
                       seen({{"phone", "1"}}), seen({{"phone", "1"}}), seen({{"phone", "2"}})}),
            (std::vector<model::CustomerIndex>{1, 3, 2, 2, 4}));
}

TEST(FirstRule, GivesEventsWithoutASubjectToTheOrganisation) {
  EXPECT_EQ(customers({seen({}), seen({{"email", "a"}})}), (std::vector<model::CustomerIndex>{0, 1}));
}

TEST(FirstRule, NumbersAMergedCustomerByTheLeastAndLeavesOthersAlone) {
  std::vector<Event> events = {seen({{"email", "a"}}), seen({{"email", "b"}}), seen({{"email", "c"}})};
  EXPECT_EQ(assign_events(events, kRule).assignment.number, (std::vector<IdentifierNumber>{0, 1, 2, 3}));
  events.push_back(seen({{"email", "a"}, {"email", "c"}}));
  EXPECT_EQ(assign_events(events, kRule).assignment.number, (std::vector<IdentifierNumber>{0, 1, 2}));
}

TEST(FirstRule, ForgetsASubjectThatDoesNotCount) {
  // identifiers 1, 2; subjects {1}, {2}, {1, 2}
  Evidence evidence{{"email"}, {0, 0, 0}, {0, 0, 1, 2, 4}, {1, 2, 1, 2}, {}};
  EXPECT_EQ(kRule.assign(evidence).customers(), 2U);
  evidence.counts = {true, true, true, false};
  EXPECT_EQ(kRule.assign(evidence).customer_of_subject, (std::vector<model::CustomerIndex>{0, 1, 2, 0}));
}

// Who is with whom, without numbers.
std::set<std::set<std::string>> clusters(const std::vector<Event>& events) {
  const auto who = customers(events);
  std::map<model::CustomerIndex, std::set<std::string>> named;
  for (std::size_t i = 0; i < events.size(); ++i) named[who[i]].insert(events[i].id);
  std::set<std::set<std::string>> result;
  for (auto& [customer, ids] : named) result.insert(ids);
  return result;
}

TEST(FirstRule, FindsTheSameClustersInAnyOrderOfArrival) {
  std::mt19937 random(7);
  const std::vector<std::string> types = {"email", "customer_no@shop", "phone", "address"};
  for (int round = 0; round < 200; ++round) {
    std::vector<Event> events;
    for (int i = 0; i < 12; ++i) {
      std::vector<Identifier> subject;
      for (std::size_t n = random() % 3 + 1; n > 0; --n) {
        subject.push_back({types[random() % types.size()], std::to_string(random() % 4)});
      }
      events.push_back(seen(subject));
      events.back().id = std::to_string(i);
    }
    const auto expected = clusters(events);
    std::shuffle(events.begin(), events.end(), random);
    ASSERT_EQ(clusters(events), expected);
  }
}

TEST(WhyJoined, NamesTheShortestChainOfSightings) {
  // identifiers 1 to 4; subjects 1: {1, 2}, 2: {2, 3}, 3: {1, 3}, 4: {3, 4}
  const Evidence evidence{
      {"email", "phone"}, {0, 0, 0, 0, 0}, {0, 0, 2, 4, 6, 8}, {1, 2, 2, 3, 1, 3, 3, 4}, {}};
  const std::vector<Link> links = why_joined(evidence, kRule, 1, 4);
  ASSERT_EQ(links.size(), 2U);
  EXPECT_EQ(links[0].subject, 3U);
  EXPECT_EQ(links[0].to, 3U);
  EXPECT_EQ(links[1].subject, 4U);
  EXPECT_EQ(links[1].to, 4U);
}

TEST(CustomerReference, IsANumberOrATypeAndValue) {
  EXPECT_EQ(parse_customer_reference("c12")->number, 12U);
  EXPECT_EQ(parse_customer_reference("url:https://a")->identifier, (Identifier{"url", "https://a"}));
  EXPECT_EQ(parse_customer_reference("c12:3")->identifier, (Identifier{"c12", "3"}));
  for (const char* text : {"", "c", "c0", "cx", "email:", ":a", "email"}) {
    EXPECT_EQ(parse_customer_reference(text).error().code, ErrorCode::Invalid) << text;
  }
  EXPECT_EQ(customer_name(12), "c12");
}

}  // namespace
}  // namespace handslag::identity
