// SPDX-License-Identifier: Apache-2.0
#include "app/demo/generate.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "app/demo/test_numbers.h"
#include "app/quarters/own_words.h"
#include "pure/calendar/calendars.h"

namespace handslag::demo {
namespace {

using Receive = std::function<Status(const DemoSource&, const model::Event&)>;

Status run(const DemoOptions& options, const Receive& receive) {
  const auto calendars = std::move(calendar::Calendars::create({})).value();
  return generate(options, *calendars->find("", ""), receive);
}

DemoOptions small() {
  DemoOptions options;
  options.customers = 2'000;
  return options;
}

struct Sent {
  DemoSource from;
  model::Event event;
};

/// What the small demo sends; made once, for all who only read it.
const std::vector<Sent>& small_demo() {
  static const std::vector<Sent> sent = [] {
    std::vector<Sent> made;
    EXPECT_TRUE(run(small(), [&](const DemoSource& from, const model::Event& event) {
                  made.push_back({from, event});
                  return Status{};
                }).ok());
    return made;
  }();
  return sent;
}

/// All that an event says, as one text.
std::string spelled(const model::Event& event) {
  std::string text = event.source + event.id + event.type + std::to_string(event.time.us) + event.unit +
                     event.channel + event.touchpoint + event.agent + event.replaces;
  text += std::to_string(event.known ? event.known->us : 0);
  for (const auto& identifier : event.subject) text += identifier.type + identifier.value;
  for (const auto& key : event.keys) text += key.name + key.value;
  for (const auto& attribute : event.data) text += attribute.name + std::to_string(attribute.value.index());
  return text;
}

/// FNV-1a over every event.
std::uint64_t digest(const DemoOptions& options) {
  std::uint64_t hash = 0xCBF2'9CE4'8422'2325ULL;
  EXPECT_TRUE(run(options, [&](const DemoSource&, const model::Event& event) {
                for (const char c : spelled(event))
                  hash = (hash ^ static_cast<unsigned char>(c)) * 0x100'0000'01B3ULL;
                return Status{};
              }).ok());
  return hash;
}

TEST(Demo, IsTheSameForTheSameOptionsAndAnotherForAnotherSeed) {
  DemoOptions options;
  options.customers = 200;
  const std::uint64_t first = digest(options);
  EXPECT_EQ(first, digest(options));
  options.seed = 2;
  EXPECT_NE(first, digest(options));
}

TEST(Demo, KeepsOrderTimesAndIdsOfEverySource) {
  const Timestamp first = *parse_rfc3339("2025-11-01T00:00:00+01:00");
  const Timestamp last{parse_rfc3339("2026-11-01T00:00:00+01:00")->us - 1};
  std::unordered_set<std::string> ids;
  std::set<std::string> finished;
  std::string source;
  Timestamp time = kNoTime;
  std::int64_t sequence = 0;
  for (const auto& [from, event] : small_demo()) {
    EXPECT_EQ(from.name, event.source);
    if (event.source != source) {
      EXPECT_TRUE(finished.insert(event.source).second) << "one source after the other";
      source = event.source;
      time = kNoTime;
      sequence = 0;
    }
    EXPECT_EQ(event.sequence, ++sequence);
    EXPECT_LE(time, event.time);
    time = event.time;
    EXPECT_TRUE(ids.insert(event.id).second);
    EXPECT_TRUE(first <= event.time && event.time <= from.complete_through && from.complete_through <= last);
    EXPECT_TRUE(!event.known || *event.known > event.time);
  }
  EXPECT_EQ(finished.size(), 16U);
}

TEST(Demo, CorrectsOnlyWhatTheSameSourceSaid) {
  std::map<std::string, std::string> source_of;
  std::vector<model::Event> corrections;
  for (const auto& [from, event] : small_demo()) {
    source_of[event.id] = event.source;
    if (!event.replaces.empty()) corrections.push_back(event);
  }
  EXPECT_FALSE(corrections.empty());
  for (const model::Event& event : corrections) EXPECT_EQ(source_of[event.replaces], event.source);
}

TEST(Demo, UsesOfficialTestNumbersAlone) {
  std::set<std::string> numbers;
  for (const auto& [from, event] : small_demo()) {
    for (const auto& identifier : event.subject) {
      if (identifier.type == "personnummer") numbers.insert(identifier.value);
      if (identifier.type == "email") {
        EXPECT_TRUE(identifier.value.ends_with("@example.se"));
      }
      if (identifier.type == "phone") {
        EXPECT_TRUE(identifier.value.starts_with("+460"));
      }
    }
  }
  EXPECT_GT(numbers.size(), 1'900U);
  for (const std::string& number : numbers) EXPECT_TRUE(is_test_number(number)) << number;
}

TEST(Demo, GivesNoIdentityNumberTwiceAndNoneBeyondTheTable) {
  DemoOptions options;
  options.customers = 30'000;
  options.months = 1;
  std::map<std::string, std::string> owner;
  std::size_t without = 0;
  ASSERT_TRUE(run(options, [&](const DemoSource&, const model::Event& event) {
                if (event.type != "customer.updated") return Status{};
                std::string number, email;
                for (const auto& identifier : event.subject) {
                  if (identifier.type == "personnummer") number = identifier.value;
                  if (identifier.type == "email") email = identifier.value;
                }
                if (number.empty()) {
                  ++without;
                } else {
                  EXPECT_EQ(owner.try_emplace(number, email).first->second, email);
                }
                return Status{};
              }).ok());
  EXPECT_LE(owner.size(), test_number_count());
  EXPECT_GT(without, 4'000U);
}

/// How many events of each type, and of some with a detail.
std::map<std::string, double> counts() {
  std::map<std::string, double> counts;
  for (const auto& [from, event] : small_demo()) {
    ++counts[event.type];
    if (event.subject.empty()) ++counts["of the organisation"];
    for (const auto& attribute : event.data) {
      if (attribute == model::Attribute{"outcome", std::string("mail us instead")})
        ++counts["mail us instead"];
      if (attribute == model::Attribute{"rescued", true}) ++counts["rescued"];
    }
    ++counts["all"];
  }
  return counts;
}

struct ShareCase {
  const char* part;
  const char* whole;
  double least, most;
};

TEST(Demo, TellsEveryStoryInABelievableShare) {
  const ShareCase cases[] = {
      {"identify.failed", "identify.attempted", 0.18, 0.40},
      {"call.abandoned", "call.queued", 0.10, 0.28},
      {"order.cancelled", "order.placed", 0.015, 0.06},
      {"order.delayed", "order.placed", 0.06, 0.20},
      {"rescued", "order.delivered", 0.005, 0.05},
      {"mail us instead", "contact.ended", 0.02, 0.07},
      {"help.blocked", "contact.started", 0.06, 0.13},
      {"contact.transferred", "contact.started", 0.10, 0.24},
      {"selfservice.failed", "selfservice.started", 0.12, 0.24},
      {"survey.answered", "survey.sent", 0.12, 0.28},
      {"commitment.kept", "commitment.made", 0.70, 0.95},
      {"invoice.corrected", "invoice.issued", 0.008, 0.03},
      {"offer.used", "offer.sent", 0.02, 0.06},
      {"delivery.attempted", "order.delivered", 0.8, 1.1},
  };
  const auto found = counts();
  for (const ShareCase& one : cases) {
    const double share = found.at(one.part) / found.at(one.whole);
    EXPECT_TRUE(one.least <= share && share <= one.most) << one.part << " of " << one.whole << ": " << share;
  }
  for (const char* type :
       {"commitment.claimed", "fact.changed", "callback.made", "chat.answered", "case.closed",
        "installation.booked", "contact.welcome", "invoice.reminded", "of the organisation"}) {
    EXPECT_TRUE(found.contains(type)) << type;
  }
  EXPECT_NEAR(found.at("all") / 2'000, 58, 10);
}

// What is shown to strangers (own_words.h) is then what was written, without a gap.
TEST(Demo, SomeWriteInSurveysAndNameNobody) {
  std::set<std::string> written;
  std::size_t answers = 0, with_words = 0;
  for (const auto& [from, event] : small_demo()) {
    if (event.type != "survey.answered") continue;
    ++answers;
    for (const auto& attribute : event.data) {
      if (attribute.name != "words") continue;
      ++with_words;
      written.insert(std::get<std::string>(attribute.value));
    }
  }
  EXPECT_GT(with_words * 10, answers * 3);
  EXPECT_LT(with_words * 10, answers * 7);
  EXPECT_GT(written.size(), 20U);
  for (const std::string& words : written) EXPECT_EQ(app::masked_words(words).text, words);
}

TEST(Demo, StopsWhenTheReceiverFails) {
  int received = 0;
  const Status status = run(small(), [&](const DemoSource&, const model::Event&) -> Status {
    ++received;
    return unavailable("the disk is full");
  });
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::Unavailable);
  EXPECT_EQ(received, 1);
}

TEST(Demo, RefusesOptionsOutOfBounds) {
  const auto code_for = [](std::uint32_t customers, std::uint32_t months, Date first) {
    const Status status =
        run({customers, months, 1, first}, [](const DemoSource&, const model::Event&) { return Status{}; });
    return status.ok() ? ErrorCode::Internal : status.error().code;
  };
  EXPECT_EQ(code_for(0, 12, Date{20'393}), ErrorCode::Invalid);
  EXPECT_EQ(code_for(10, 0, Date{20'393}), ErrorCode::Invalid);
  EXPECT_EQ(code_for(10, 12, Date{-1}), ErrorCode::Invalid);
  EXPECT_EQ(code_for(4'000'000'000, 12, Date{20'393}), ErrorCode::Limit);
}

}  // namespace
}  // namespace handslag::demo
