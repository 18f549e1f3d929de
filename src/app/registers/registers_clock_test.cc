// SPDX-License-Identifier: Apache-2.0
// What happens by itself. 19 November 2026 is a Thursday.
#include "app/registers/register_fixture.h"

namespace handslag::app {
namespace {

class RegistersClockTest : public RegistersTest {
 protected:
  RegistersClockTest() {
    around_.person_for = [](const std::string& word, const std::string& unit) {
      return word == "leader" && unit == "service" ? "lena" : "";
    };
    start();
  }
  // What the clock does now: "case-1 escalated open>escalated".
  std::vector<std::string> tick(const std::string& now) {
    set_clock(now);
    auto told = registers_->run_clock(100);
    EXPECT_TRUE(told.ok());
    std::vector<std::string> lines;
    for (const Changed& it : *told) {
      const Json change = (*registers_->history(leader_, it.id, it.version + 1, 1))["changes"][0];
      lines.push_back(it.id + " " + change["action"].get<std::string>() + " " +
                      change["from_state"].get<std::string>() + ">" + change["to_state"].get<std::string>());
    }
    last_ = *told;
    return lines;
  }
  std::string opened(const std::string& unit) {
    return made(leader_, "case", {{"what", "x"}, {"unit", unit}}).id;
  }
  using Lines = std::vector<std::string>;
  const Actor leader_ = actor("boss", {"leader", "personal"});
  std::vector<Changed> last_;
};

TEST_F(RegistersClockTest, LiftsWhatIsSilentForTwoBusinessDays) {
  const std::string id = opened("service");
  EXPECT_EQ(format_rfc3339(**registers_->next_look()), "2026-11-23T23:00:00Z");  // the end of Monday
  EXPECT_EQ(tick("2026-11-23T23:59:59+01:00"), Lines{});
  EXPECT_EQ(tick("2026-11-24T00:00:00+01:00"), Lines{"case-1 escalated open>escalated"});
  EXPECT_EQ(last_[0].notices, (std::vector<Notice>{{"escalated", "lena", "", "service"}}));
  ASSERT_EQ(last_[0].events.size(), 1U);
  EXPECT_EQ(last_[0].events[0].type, "case.escalated");
  const Json json = shown(leader_, id);
  EXPECT_EQ(json["owner"], "lena");
  EXPECT_EQ(json["due"], "2026-11-26T22:59:59.999999Z");  // the time to answer is what it was
  EXPECT_EQ(tick("2026-11-24T00:00:01+01:00"), Lines{});  // told once
}

TEST_F(RegistersClockTest, TellsTheRoleWhereNobodyIsKnown) {
  opened("logistics");
  EXPECT_EQ(tick("2026-11-24T00:00:00+01:00").size(), 1U);
  EXPECT_EQ(last_[0].notices, (std::vector<Notice>{{"escalated", "", "leader", "logistics"}}));
  EXPECT_EQ(shown(leader_, "case-1")["owner"], nullptr);
}

TEST_F(RegistersClockTest, HearsAComment) {
  const std::string id = opened("service");
  set_clock("2026-11-23T12:00:00+01:00");
  ASSERT_TRUE(registers_->comment(leader_, id, std::nullopt, {{"comment", "on it"}}, faults_).ok());
  EXPECT_EQ(tick("2026-11-24T00:00:00+01:00"), Lines{});
  EXPECT_EQ(format_rfc3339(**registers_->next_look()), "2026-11-25T23:00:00Z");  // Monday and two
  EXPECT_EQ(tick("2026-11-26T00:00:00+01:00"), Lines{"case-1 escalated open>escalated"});
}

TEST_F(RegistersClockTest, TellsOfADueTimeOnceAndMarksTheRecord) {
  const std::string id = opened("service");
  ASSERT_TRUE(move(leader_, id, "taken").ok());  // taken is lifted a business day past due
  EXPECT_EQ(tick("2026-11-26T23:59:59+01:00"), Lines{});
  EXPECT_EQ(shown(leader_, id)["overdue"], false);
  EXPECT_EQ(tick("2026-11-27T00:00:00+01:00"), Lines{"case-1 overdue taken>taken"});
  EXPECT_EQ(last_[0].events[0].type, "case.overdue");
  EXPECT_EQ(last_[0].events[0].id, "case-1.3.case.overdue");
  EXPECT_EQ(last_[0].notices,
            (std::vector<Notice>{{"overdue", "boss", "", "service"}, {"overdue", "", "leader", "service"}}));
  EXPECT_EQ(shown(leader_, id)["overdue"], true);
  ListQuery overdue;
  overdue.overdue = true;
  EXPECT_EQ((*registers_->list(leader_, overdue))["records"][0]["id"], id);
  EXPECT_EQ((*registers_->counts(leader_, "case"))["overdue"], 1);
  // A comment does not make it new; the next step comes all the same.
  ASSERT_TRUE(registers_->comment(leader_, id, std::nullopt, {{"comment", "soon"}}, faults_).ok());
  EXPECT_EQ(tick("2026-11-27T12:00:00+01:00"), Lines{});
  EXPECT_EQ(tick("2026-11-28T00:00:00+01:00"), Lines{"case-1 escalated taken>escalated"});
  // Answered, nothing is owed any more.
  ASSERT_TRUE(move(leader_, id, "answered", {{"answer", "y"}}).ok());
  EXPECT_EQ(shown(leader_, id)["overdue"], false);
  EXPECT_EQ((*registers_->list(leader_, overdue))["records"], Json::array());
  EXPECT_EQ(*registers_->next_look(), std::nullopt);
  EXPECT_EQ(tick("2027-11-27T12:00:00+01:00"), Lines{});
}

TEST_F(RegistersClockTest, TellsAnewWhenTheDueTimeIsAnother) {
  const std::string id = opened("service");
  ASSERT_TRUE(move(leader_, id, "taken").ok());
  EXPECT_EQ(tick("2026-11-27T00:00:00+01:00").size(), 1U);
  ASSERT_TRUE(change(leader_, id, {{"answer_by", "2026-11-27T15:00:00+01:00"}}).ok());
  EXPECT_EQ(tick("2026-11-27T15:00:00+01:00"), Lines{});  // in time to the last
  EXPECT_EQ(tick("2026-11-27T15:00:01+01:00"), Lines{"case-1 overdue taken>taken"});
}

TEST_F(RegistersClockTest, TellsNothingAgainWhenAMovedDueTimeIsPutBack) {
  const std::string id = opened("service");
  ASSERT_TRUE(move(leader_, id, "taken").ok());
  EXPECT_EQ(tick("2026-11-27T00:00:00+01:00"), Lines{"case-1 overdue taken>taken"});
  ASSERT_TRUE(change(leader_, id, {{"answer_by", "2026-12-01T15:00:00+01:00"}}).ok());
  EXPECT_EQ(tick("2026-11-27T00:05:00+01:00"), Lines{});
  ASSERT_TRUE(registers_->undo(leader_, id, {}, {{"comment", "no"}}, faults_).ok());
  EXPECT_EQ(shown(leader_, id)["due"], "2026-11-26T22:59:59.999999Z");
  EXPECT_EQ(tick("2026-11-27T00:06:00+01:00"), Lines{});
  // What had not been told yet comes: a business day past due.
  EXPECT_EQ(tick("2026-11-28T00:00:00+01:00"), Lines{"case-1 escalated taken>escalated"});
}

TEST_F(RegistersClockTest, CatchesUpAfterAStandstill) {
  opened("service");
  open();
  begin();  // as after a restart
  EXPECT_EQ(tick("2026-12-24T00:00:00+01:00"),
            (Lines{"case-1 escalated open>escalated", "case-1 overdue escalated>escalated"}));
  EXPECT_EQ(*registers_->next_look(), std::nullopt);
}

TEST_F(RegistersClockTest, TakesNoMoreThanItIsAskedTo) {
  for (int i = 0; i < 3; ++i) opened("service");
  set_clock("2026-11-24T00:00:00+01:00");
  EXPECT_EQ(registers_->run_clock(2)->size(), 2U);
  EXPECT_EQ(registers_->run_clock(2)->size(), 1U);
}

TEST_F(RegistersClockTest, LeavesRecordsOfAGoneRegisterAlone) {
  opened("service");
  definitions_.emplace(*Definitions::create({*definitions_->find("mandate")}));
  begin();
  set_clock("2026-12-24T00:00:00+01:00");
  EXPECT_TRUE(registers_->run_clock(100)->empty());
  EXPECT_EQ(*registers_->next_look(), std::nullopt);
}

TEST_F(RegistersClockTest, NeedsCalendarsThatExist) {
  Definition definition = *definitions_->find("mandate");
  definition.calendar = "no-such";
  const auto definitions = Definitions::create({definition});
  const auto created = Registers::create(*definitions, data_->registers(), *calendars_, clock_, {});
  ASSERT_FALSE(created.ok());
  EXPECT_EQ(created.error().code, ErrorCode::Invalid);
}

}  // namespace
}  // namespace handslag::app
