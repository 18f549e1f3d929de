// SPDX-License-Identifier: Apache-2.0
// The truth is FirstRule over all evidence so far: after every subject, the same customers with the same
// numbers.
#include "pure/identity/live_assignment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace handslag::identity {
namespace {

using model::CustomerIndex;
using Subject = std::vector<IdentifierNumber>;

const FirstRule kFirstRule{kSharedTypes};

// Evidence that grows, and what a caller of LiveAssignment does with the answers.
class World {
 public:
  // types[i] is that of identifier i + 1.
  explicit World(const std::vector<std::string>& types) {
    evidence_ = {{""}, {0}, {0, 0}, {}, {}};
    for (const std::string& type : types) {
      evidence_.types.push_back(type);
      evidence_.identifier_type.push_back(static_cast<std::uint16_t>(evidence_.types.size() - 1));
    }
  }

  // What was there before the live path began.
  void load(const std::vector<Subject>& subjects) {
    for (const Subject& subject : subjects) number_of(subject);
    const Assignment assignment = kFirstRule.assign(evidence_);
    customer_of_subject_ = assignment.customer_of_subject;
    live_.emplace(evidence_, assignment, kFirstRule);
  }

  const Placed& place(const Subject& members) {
    const SubjectNumber subject = number_of(members);
    placed_ = live_->place(subject, members);
    customer_of_subject_.resize(evidence_.subjects());
    customer_of_subject_[subject] = placed_.customer;
    for (const Moved& moved : placed_.moved) {
      EXPECT_EQ(live_->current(customer_of_subject_[moved.subject]), live_->current(moved.from));
      customer_of_subject_[moved.subject] = moved.into;
    }
    for (const Joined& joined : placed_.joined) EXPECT_NE(live_->current(joined.from), joined.from);
    return placed_;
  }

  // Empty where all is as FirstRule says, else what is not.
  std::string difference() const {
    const Assignment truth = kFirstRule.assign(evidence_);
    std::map<IdentifierNumber, CustomerIndex> index_of_number;
    for (SubjectNumber s = 0; s < evidence_.subjects(); ++s) {
      const IdentifierNumber expected = truth.number[truth.customer_of_subject[s]];
      const CustomerIndex customer = live_->current(customer_of_subject_[s]);
      const auto [entry, added] = index_of_number.try_emplace(expected, customer);
      if (live_->number(customer) != expected || entry->second != customer) {
        return "subject " + std::to_string(s) + ": " + std::to_string(live_->number(customer)) +
               " instead of " + std::to_string(expected);
      }
    }
    return {};
  }

  LiveAssignment& live() { return *live_; }
  std::size_t subjects() const { return evidence_.subjects(); }

 private:
  SubjectNumber number_of(const Subject& members) {
    const auto [entry, added] = numbers_.try_emplace(members, static_cast<SubjectNumber>(subjects()));
    if (added) {
      evidence_.members.insert(evidence_.members.end(), members.begin(), members.end());
      evidence_.offsets.push_back(static_cast<std::uint32_t>(evidence_.members.size()));
    }
    return entry->second;
  }

  Evidence evidence_;
  std::map<Subject, SubjectNumber> numbers_{{{}, 0}};
  std::vector<CustomerIndex> customer_of_subject_;
  std::optional<LiveAssignment> live_;
  Placed placed_;
};

TEST(LiveAssignment, GivesKnownSubjectsTheirCustomersAndNewOnesTheNext) {
  World world({"email", "email", "email"});
  world.load({{1}, {2}});
  EXPECT_EQ(world.place({1}).customer, 1U);
  EXPECT_EQ(world.place({3}).customer, 3U);
  EXPECT_EQ(world.place({3}).customer, 3U);
  EXPECT_EQ(world.place({}).customer, model::kOrganisation);
  EXPECT_EQ(world.live().number(3), 3U);
}

TEST(LiveAssignment, JoinsTwoCustomersIntoTheOneWithTheLeastNumber) {
  World world({"email", "email", "customer_no@shop"});
  world.load({{1}, {2}});
  const Placed& placed = world.place({2, 1, 3});
  EXPECT_EQ(placed.customer, 1U);
  ASSERT_EQ(placed.joined.size(), 1U);
  EXPECT_EQ(placed.joined[0].from, 2U);
  EXPECT_EQ(placed.joined[0].into, 1U);
  EXPECT_FALSE(placed.needs_rebuild());
  EXPECT_EQ(world.live().current(2), 1U);
  EXPECT_EQ(world.live().number(2), 1U);
  EXPECT_EQ(world.live().customer_of_identifier(3), 1U);
}

TEST(LiveAssignment, NumbersACustomerByALesserIdentifierThatCameLater) {
  World world({"email", "email"});
  world.load({{2}});
  EXPECT_EQ(world.place({1, 2}).customer, 1U);
  EXPECT_TRUE(world.place({1, 2}).joined.empty());
  EXPECT_EQ(world.live().number(1), 1U);
}

TEST(LiveAssignment, JoinsCallsFromANumberToTheOneCustomerWhoHasIt) {
  World world({"phone", "email"});
  world.load({});
  EXPECT_EQ(world.place({1}).customer, 1U);
  const Placed& placed = world.place({2, 1});
  EXPECT_EQ(placed.customer, 2U);
  ASSERT_EQ(placed.joined.size(), 1U);
  EXPECT_EQ(placed.joined[0].from, 1U);
  EXPECT_EQ(placed.joined[0].into, 2U);
  EXPECT_FALSE(placed.needs_rebuild());
  EXPECT_EQ(world.place({1}).customer, 2U);
}

TEST(LiveAssignment, MovesCallsFromANumberThatASecondCustomerTurnsOutToHave) {
  World world({"phone", "email", "email"});
  world.load({{2, 1}, {1}});  // subjects 1, 2 of customer 1
  const Placed& placed = world.place({3, 1});
  EXPECT_EQ(placed.customer, 2U);
  EXPECT_TRUE(placed.needs_rebuild());
  ASSERT_EQ(placed.moved.size(), 1U);
  EXPECT_EQ(placed.moved[0].subject, 2U);
  EXPECT_EQ(placed.moved[0].from, 1U);
  EXPECT_EQ(placed.moved[0].into, 3U);
  EXPECT_EQ(world.live().customer_of_identifier(1), 3U);
  EXPECT_EQ(world.live().customers_with(1, 10), (std::vector<CustomerIndex>{1, 2}));
  EXPECT_EQ(world.live().customers_with(1, 1).size(), 1U);
  EXPECT_EQ(world.difference(), "");
}

TEST(LiveAssignment, JoinsCallsFromANumberWhenItsTwoCustomersTurnOutToBeOne) {
  World world({"phone", "email", "email"});
  world.load({{2, 1}, {3, 1}, {1}});
  const Placed& placed = world.place({2, 3});
  EXPECT_FALSE(placed.needs_rebuild());
  EXPECT_EQ(placed.joined.size(), 2U);
  EXPECT_EQ(world.live().customer_of_identifier(1), placed.customer);
  EXPECT_EQ(world.difference(), "");
}

TEST(LiveAssignment, KnowsIdentifiersThatAreAdded) {
  World world({"email"});
  world.load({{1}});
  LiveAssignment& live = world.live();
  EXPECT_FALSE(live.customer_of_identifier(2).has_value());
  live.add_identifier(2, "phone@billing");
  live.add_identifier(3, "email");
  EXPECT_FALSE(live.customer_of_identifier(2).has_value());
  const Subject with_phone = {3, 2};
  const Subject phone = {2};
  const CustomerIndex customer = live.place(2, with_phone).customer;
  EXPECT_EQ(live.number(customer), 3U);
  EXPECT_EQ(live.place(3, phone).customer, customer);
}

TEST(LiveAssignment, TakesUpASubjectThatDidNotCount) {
  Evidence evidence{{"email"}, {0, 0, 0}, {0, 0, 1, 2, 4}, {1, 2, 1, 2}, {true, true, true, false}};
  LiveAssignment live(evidence, kFirstRule.assign(evidence), kFirstRule);
  EXPECT_NE(live.current(1), live.current(2));
  EXPECT_EQ(live.place(3, evidence.members_of(3)).joined.size(), 1U);
  EXPECT_EQ(live.current(2), 1U);
}

// Every non-empty subset of identifiers 1 to 4, the greater first where `reversed`.
std::vector<Subject> all_subjects(bool reversed) {
  std::vector<Subject> subjects;
  for (unsigned bits = 1; bits < 16; ++bits) {
    Subject subject;
    for (IdentifierNumber i = 1; i <= 4; ++i) {
      if ((bits >> (i - 1) & 1U) != 0) subject.push_back(i);
    }
    if (reversed) std::reverse(subject.begin(), subject.end());
    subjects.push_back(std::move(subject));
  }
  return subjects;
}

// All sequences of up to `length` more subjects; counts those compared.
std::size_t try_all(const World& world, const std::vector<Subject>& subjects, int length) {
  std::size_t compared = 0;
  for (const Subject& subject : subjects) {
    World next = world;
    next.place(subject);
    EXPECT_EQ(next.difference(), "");
    ++compared;
    if (length > 1) compared += try_all(next, subjects, length - 1);
  }
  return compared;
}

#ifdef HANDSLAG_SANITIZED
constexpr bool kDeep = false;  // three subjects: a fifteenth of the work
#else
constexpr bool kDeep = true;
#endif

TEST(LiveAssignment, IsFirstRuleForEverySequenceOfFourSubjects) {
  const std::vector<std::vector<std::string>> kTypes = {{"phone", "email", "address", "customer_no"},
                                                        {"email", "customer_no", "phone", "address"}};
  std::size_t compared = 0;
  for (const auto& types : kTypes) {
    World world(types);
    world.load({});
    compared += try_all(world, all_subjects(compared > 0), kDeep ? 4 : 3);
  }
  EXPECT_EQ(compared, 2U * (15 + 225 + 3'375 + (kDeep ? 50'625U : 0U)));
}

IdentifierNumber up_to(IdentifierNumber count, std::mt19937& random) {
  return static_cast<IdentifierNumber>(random() % count) + 1;
}

struct Traffic {
  std::vector<std::string> types;  // by identifier - 1
  std::size_t largest = 3;         // members of a subject
  bool alone = true;               // whether shared identifiers come alone
};

Subject random_subject(const Traffic& traffic, std::mt19937& random) {
  std::set<IdentifierNumber> members;
  const auto count = static_cast<IdentifierNumber>(traffic.types.size());
  for (std::size_t n = random() % traffic.largest + 1; n > 0; --n) members.insert(up_to(count, random));
  const auto is_own = [&](IdentifierNumber i) { return !kFirstRule.is_shared(traffic.types[i - 1]); };
  while (!traffic.alone && std::none_of(members.begin(), members.end(), is_own)) {
    members.insert(up_to(count, random));
  }
  Subject subject(members.begin(), members.end());
  // Why: by type, and inside a type as good as any order, but always the same.
  std::sort(subject.begin(), subject.end(), [&](IdentifierNumber a, IdentifierNumber b) {
    return std::pair(traffic.types[a - 1], a % 7) < std::pair(traffic.types[b - 1], b % 7);
  });
  return subject;
}

Traffic random_traffic(std::mt19937& random) {
  const std::vector<std::string> kinds = {"email", "customer_no@shop", "phone", "phone@billing", "address"};
  Traffic traffic;
  const std::size_t own_share = random() % 4;  // of four
  for (std::size_t n = random() % 20 + 3; n > 0; --n) {
    traffic.types.push_back(random() % 4 < own_share ? kinds[random() % 2] : kinds[2 + random() % 3]);
  }
  traffic.largest = random() % 4 + 1;
  return traffic;
}

TEST(LiveAssignment, IsFirstRuleAfterEverySubjectOfRandomTraffic) {
  std::mt19937 random(11);
  std::size_t moves = 0;
  std::size_t joins = 0;
  for (int round = 0; round < 1'500; ++round) {
    const Traffic traffic = random_traffic(random);
    World world(traffic.types);
    std::vector<Subject> before;
    for (std::size_t n = random() % 12; n > 0; --n) before.push_back(random_subject(traffic, random));
    world.load(before);
    for (std::size_t n = 25; n > 0; --n) {
      const Placed& placed = world.place(random_subject(traffic, random));
      moves += placed.moved.size();
      joins += placed.joined.size();
      ASSERT_EQ(world.difference(), "") << "round " << round;
    }
  }
  EXPECT_GT(moves, 1'000U);
  EXPECT_GT(joins, 1'000U);
}

TEST(LiveAssignment, NeverMovesASubjectWhereSharedIdentifiersNeverComeAlone) {
  std::mt19937 random(12);
  for (int round = 0; round < 500; ++round) {
    Traffic traffic = random_traffic(random);
    traffic.types.push_back("email");
    traffic.alone = false;
    World world(traffic.types);
    world.load({});
    for (std::size_t n = 25; n > 0; --n) {
      ASSERT_FALSE(world.place(random_subject(traffic, random)).needs_rebuild());
    }
    ASSERT_EQ(world.difference(), "") << "round " << round;
  }
}

TEST(LiveAssignment, AsksForARebuildSeldomInTrafficAsOfAShop) {
  // Twenty thousand people, each with a number, an e-mail and a phone that one in ten shares with another;
  // they are seen with two of the three, and every third event is a call from the phone alone.
  constexpr IdentifierNumber kPeople = 20'000;
  Traffic traffic;
  for (IdentifierNumber i = 0; i < kPeople; ++i) {
    for (const char* type : {"customer_no", "email", "phone"}) traffic.types.emplace_back(type);
  }
  World world(traffic.types);
  world.load({});
  std::mt19937 random(13);
  std::size_t rebuilds = 0;
  for (std::size_t n = 200'000; n > 0; --n) {
    const IdentifierNumber person = up_to(kPeople, random) - 1;
    const IdentifierNumber phone = 3 * (person % 10 == 0 ? person + 1 : person) + 3;
    const IdentifierNumber first = 3 * person + 1;
    const Subject seen = random() % 2 == 0 ? Subject{first, first + 1} : Subject{first, phone};
    if (world.place(n % 3 == 0 ? Subject{phone} : seen).needs_rebuild()) ++rebuilds;
  }
  EXPECT_EQ(world.difference(), "");
  // At most once for each of the 2,000 shared phones.
  EXPECT_GT(rebuilds, 0U);
  EXPECT_LE(rebuilds, 2'000U);
}

}  // namespace
}  // namespace handslag::identity
