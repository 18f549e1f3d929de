// SPDX-License-Identifier: Apache-2.0
// A million random cases: the product's evaluator must answer as the oracle does. A case is one promise for
// one customer. HANDSLAG_ORACLE_CASES sets their number, HANDSLAG_ORACLE_SEED the first world.
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <iostream>
#include <variant>

#include "pure/calendar/calendars.h"
#include "tests/oracle/compare.h"
#include "tests/oracle/random_cases.h"

namespace handslag::oracle {
namespace {

#ifdef HANDSLAG_SANITIZED
constexpr std::uint64_t kCases = 20'000;
#else
constexpr std::uint64_t kCases = 1'000'000;
#endif
constexpr std::size_t kPromises = 12;  // evaluated together
constexpr std::uint64_t kTallied = 4;
constexpr int kMostDifferencesShown = 3;

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

/// How often each verdict was given by each form: comparing nothing with nothing would be no test.
class Tally {
 public:
  void add(const std::vector<promise::Version>& versions, const std::vector<Answer>& answers) {
    for (const Answer& answer : answers) {
      const std::size_t form = versions[answer.instance.promise].promise->rule.index();
      ++count_[form][static_cast<std::size_t>(answer.instance.verdict)];
    }
  }
  void print() const {
    for (std::size_t form = 0; form < std::variant_size_v<promise::Rule>; ++form) {
      std::cout << "R" << form + 1 << ":";
      for (std::size_t v = 0; v < model::kVerdicts; ++v) {
        std::cout << " " << model::verdict_name(static_cast<model::Verdict>(v)) << " " << count_[form][v];
      }
      std::cout << "\n";
    }
  }

  /// Every verdict that a form can give was given.
  void expect_all() const {
    using enum model::Verdict;
    const auto given = [&](std::size_t form, model::Verdict v) {
      return count_[form - 1][static_cast<std::size_t>(v)] > 0;
    };
    for (std::size_t form = 1; form <= count_.size(); ++form) {
      EXPECT_TRUE(given(form, Kept) && given(form, Broken)) << "R" << form;
      const bool is_judged_at_once = form == 8 || form == 9;
      EXPECT_TRUE(is_judged_at_once || (given(form, Pending) && given(form, Overdue) && given(form, Unknown)))
          << "R" << form;
    }
    EXPECT_TRUE(given(1, Late) && given(7, Late) && given(10, Late));
    EXPECT_TRUE(given(1, Void) && given(2, Void) && given(10, Void));
  }

 private:
  std::array<std::array<std::uint64_t, model::kVerdicts>, std::variant_size_v<promise::Rule>> count_{};
};

TEST(Evaluator, AnswersLikeTheOracleInRandomCases) {
  const auto calendars = calendar::Calendars::create({});
  ASSERT_TRUE(calendars.ok());
  const std::uint64_t wanted = setting("HANDSLAG_ORACLE_CASES", kCases);
  std::uint64_t seed = setting("HANDSLAG_ORACLE_SEED", 1);
  std::uint64_t cases = 0;
  int differences = 0;
  Tally tally;
  for (; cases < wanted && differences < kMostDifferencesShown; ++seed) {
    Dice dice(seed);
    const World world = random_world(dice);
    std::vector<promise::Promise> promises;
    for (std::size_t i = 0; i < kPromises; ++i) promises.push_back(random_promise(dice));
    const std::vector<promise::Version> versions = random_versions(dice, promises);
    cases += versions.size() * world.customers.size();
    const auto difference = compare(versions, world, **calendars);
    if (seed % kTallied == 0) {
      const model::Columns columns = columns_from(world, promise::column_needs(versions));
      tally.add(versions, oracle_answers(versions, world, columns, **calendars));
    }
    if (!difference) continue;
    ++differences;
    ADD_FAILURE() << "seed " << seed << "\n" << explain(*difference, versions, world, **calendars);
  }
  std::cout << "verdicts in one world of " << kTallied << "\n";
  tally.print();
  std::cout << cases << " random cases compared\n";
  EXPECT_GE(cases, wanted);
  tally.expect_all();
}

}  // namespace
}  // namespace handslag::oracle
