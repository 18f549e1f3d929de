// SPDX-License-Identifier: Apache-2.0
#include "app/frontline/identify.h"

#include <gtest/gtest.h>

namespace handslag::app {
namespace {

const Date kToday = *parse_date("2026-11-01");

TEST(Identify, SaysWhatIsWrongWithANumber) {
  EXPECT_EQ(number_problem("", kToday), NumberProblem::Empty);
  EXPECT_EQ(number_problem("  ", kToday), NumberProblem::Empty);
  EXPECT_EQ(number_problem("680819-926", kToday), NumberProblem::TooShort);
  EXPECT_EQ(number_problem("19680819926634", kToday), NumberProblem::TooLong);
  EXPECT_EQ(number_problem("680819-9267", kToday), NumberProblem::Misstyped);  // the check digit is 6
  EXPECT_EQ(number_problem("681319-9266", kToday), NumberProblem::Misstyped);  // there is no 13th month
  EXPECT_EQ(number_problem("680819-9266", kToday), NumberProblem::NotFound);
  EXPECT_EQ(number_problem("0701234567", kToday), NumberProblem::NotFound);
  EXPECT_EQ(number_problem("anna@example.se", kToday), NumberProblem::NotFound);
}

TEST(Identify, HasASentenceAndANextStepInBothLanguages) {
  for (const NumberProblem problem : {NumberProblem::NotFound, NumberProblem::Empty, NumberProblem::TooShort,
                                      NumberProblem::TooLong, NumberProblem::Misstyped}) {
    EXPECT_NE(problem_sentence(problem, Language::Swedish), problem_sentence(problem, Language::English));
  }
  EXPECT_NE(next_step(0, Language::Swedish), next_step(1, Language::Swedish));
}

TEST(Identify, AFailureStandsOnTheCallersTimelineWithoutTheText) {
  Attempt attempt;
  attempt.id = "i1";
  attempt.call = "call-7";
  attempt.channel = "phone";
  attempt.digits = 10;
  attempt.caller = model::Identifier{"phone", "+46700000000"};
  attempt.problem = NumberProblem::Misstyped;
  const model::Event event = identify_event(attempt);
  EXPECT_EQ(event.type, "identify.failed");
  EXPECT_EQ(event.source, "handslag");
  EXPECT_EQ(event.subject, (std::vector<model::Identifier>{{"phone", "+46700000000"}}));
  EXPECT_EQ(event.keys, (std::vector<model::Key>{{"call", "call-7"}}));
  EXPECT_EQ(event.data, (std::vector<model::Attribute>{{"digits", 10.0}, {"why", "misstyped"}}));
}

TEST(Identify, NeverMakesAnEventOfTheOrganisation) {
  Attempt attempt;
  attempt.id = "i1";
  EXPECT_EQ(identify_event(attempt).subject, (std::vector<model::Identifier>{{"attempt", "i1"}}));
}

TEST(Identify, ASuccessTellsByWhat) {
  Attempt attempt;
  attempt.id = "i1";
  attempt.method = "email";
  attempt.by = model::Identifier{"email", "anna@example.se"};
  attempt.caller = model::Identifier{"phone", "1"};
  const model::Event event = identify_event(attempt);
  EXPECT_EQ(event.type, "identify.succeeded");
  EXPECT_EQ(event.subject, (std::vector<model::Identifier>{{"email", "anna@example.se"}}));
}

}  // namespace
}  // namespace handslag::app
