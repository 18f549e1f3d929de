// SPDX-License-Identifier: Apache-2.0
// The registers in packs/registers, through the engine.
#include <algorithm>

#include "app/registers/register_fixture.h"
#include "io/store/sqlite_database.h"

namespace handslag::app {
namespace {

class ShippedTest : public RegistersTest {
 protected:
  ShippedTest() { start(); }
  static std::vector<std::string> types(const std::vector<model::Event>& events) {
    std::vector<std::string> types;
    for (const model::Event& event : events) types.push_back(event.type);
    return types;
  }
  static std::string text_of(const model::Event& event, const std::string& name) {
    for (const model::Attribute& it : event.data) {
      if (it.name != name) continue;
      if (const auto* text = std::get_if<std::string>(&it.value)) return *text;
      if (const auto* time = std::get_if<Timestamp>(&it.value)) return format_rfc3339(*time);
    }
    return "";
  }
  static std::string key_of(const model::Event& event, const std::string& name) {
    for (const model::Key& it : event.keys) {
      if (it.name == name) return it.value;
    }
    return "";
  }
  const Actor ulla_ = actor("ulla", {"front-line", "personal"});
  const Actor leader_ = actor("leader", {"leader", "personal"});
  const Json karin_ = Json::array({{{"type", "email"}, {"value", "karin@example.se"}}});
};

TEST_F(ShippedTest, AreThoseOfTheProduct) {
  std::vector<std::string> ids;
  for (const Definition& it : definitions_->all()) ids.push_back(it.id);
  EXPECT_EQ(ids,
            (std::vector<std::string>{"assumption", "blocked-help", "case", "commitment", "decision", "goal",
                                      "guess", "lesson", "mandate", "matter-correction", "meeting",
                                      "observation", "offer", "proposal", "readiness", "test", "walk"}));
}

// Every state of every register can be come to.
TEST_F(ShippedTest, HaveNoStateThatNothingLeadsTo) {
  for (const Definition& definition : definitions_->all()) {
    std::vector<std::string> reached{definition.initial};
    for (std::size_t i = 0; i < reached.size(); ++i) {
      for (const State& state : definition.states) {
        const bool is_new = std::find(reached.begin(), reached.end(), state.id) == reached.end();
        if (is_new && definition.move(reached[i], state.id) != nullptr) reached.push_back(state.id);
      }
    }
    EXPECT_EQ(reached.size(), definition.states.size()) << definition.id;
  }
}

// The table is the contract: a row a state, what a leader may make of it.
TEST_F(ShippedTest, CasesGoTheseWaysAndNoOthers) {
  const std::vector<std::string> states{"open",     "taken",  "escalated", "answered",
                                        "reopened", "closed", "withdrawn"};
  const std::vector<std::pair<std::string, std::vector<std::string>>> ways = {
      {"open", {"taken", "escalated", "answered", "withdrawn"}},
      {"taken", {"escalated", "answered"}},
      {"escalated", {"taken", "answered"}},
      {"answered", {"reopened", "closed"}},
      {"reopened", {"taken", "escalated", "answered"}},
      {"closed", {"reopened"}},
      {"withdrawn", {}},
  };
  const std::vector<std::pair<std::string, std::vector<std::string>>> to_get_there = {
      {"open", {}},
      {"taken", {"taken"}},
      {"escalated", {"escalated"}},
      {"answered", {"answered"}},
      {"reopened", {"answered", "reopened"}},
      {"closed", {"answered", "closed"}},
      {"withdrawn", {"withdrawn"}},
  };
  for (std::size_t i = 0; i < ways.size(); ++i) {
    for (const std::string& to : states) {
      const std::string id = made(leader_, "case", {{"what", "x"}, {"unit", "service"}}).id;
      for (const std::string& step : to_get_there[i].second) {
        ASSERT_TRUE(
            move(leader_, id, step, step == "answered" ? Json{{"answer", "y"}} : Json::object()).ok());
      }
      ASSERT_EQ(shown(leader_, id)["state"], ways[i].first);
      const auto& allowed = ways[i].second;
      const bool is_allowed = std::find(allowed.begin(), allowed.end(), to) != allowed.end();
      const auto moved = move(leader_, id, to, to == "answered" ? Json{{"answer", "y"}} : Json::object());
      EXPECT_EQ(moved.ok(), is_allowed) << ways[i].first << " to " << to;
      EXPECT_EQ(shown(leader_, id)["state"], is_allowed ? to : ways[i].first);
      if (!is_allowed) {
        EXPECT_EQ(moved.error().code, ErrorCode::Conflict);
      }
    }
  }
}

TEST_F(ShippedTest, WhatIsWithdrawnWasNeverPressed) {
  const auto help = made(ulla_, "blocked-help", {{"why", "mandate"}, {"customer", karin_}});
  ASSERT_EQ(help.events.size(), 1U);
  EXPECT_EQ(move(leader_, help.id, "withdrawn").error().code, ErrorCode::Forbidden);
  const auto withdrawn = move(ulla_, help.id, "withdrawn");
  ASSERT_TRUE(withdrawn.ok()) << withdrawn.error().message;
  ASSERT_EQ(types(withdrawn->events), (std::vector<std::string>{"help.withdrawn"}));
  EXPECT_EQ(withdrawn->events[0].voids, help.events[0].id);
  const auto pending = registers_->unsent(10);
  ASSERT_TRUE(pending.ok());
  ASSERT_EQ(pending->size(), 2U);
  EXPECT_EQ((*pending)[1].event.voids, help.events[0].id);
}

TEST_F(ShippedTest, WhatWasAnsweredCannotBeWithdrawnAfterwards) {
  const std::string id = made(ulla_, "blocked-help", {{"why", "mandate"}, {"customer", karin_}}).id;
  ASSERT_TRUE(move(leader_, id, "answered", {{"answer", "y"}}).ok());
  ASSERT_TRUE(move(ulla_, id, "asked-again").ok());
  EXPECT_EQ(shown(leader_, id)["due"], "2026-11-26T22:59:59.999999Z");
  EXPECT_FALSE(move(ulla_, id, "withdrawn").ok());
  ASSERT_TRUE(move(leader_, id, "answered", {{"answer", "z"}}).ok());
}

// Thursday 19 November; the answer is due on the 26th, the reopened case on Monday the 23rd.
TEST_F(ShippedTest, AnUndoneMoveIsAsItWasBeforeWithALineOfItsOwn) {
  const std::string id = made(leader_, "case", {{"what", "x"}, {"unit", "u"}}).id;
  ASSERT_TRUE(move(leader_, id, "answered", {{"answer", "y"}}).ok());
  const auto reopened = move(leader_, id, "reopened");
  ASSERT_TRUE(reopened.ok());
  ASSERT_NE(shown(leader_, id)["due"], "2026-11-26T22:59:59.999999Z");
  const auto undo = [&](const Actor& who, const std::string& comment, std::uint32_t version) {
    return registers_->undo(who, id, version, {{"comment", comment}}, faults_);
  };
  EXPECT_REFUSED(undo(actor("other", {"leader"}), "no", 3), ErrorCode::Forbidden);
  EXPECT_REFUSED(undo(leader_, "", 3), ErrorCode::Invalid);
  EXPECT_REFUSED(undo(leader_, "stale", 2), ErrorCode::Conflict);
  const auto undone = undo(leader_, "by mistake", 3);
  ASSERT_TRUE(undone.ok()) << undone.error().message;
  const Json now = shown(leader_, id);
  EXPECT_EQ(now["state"], "answered");
  EXPECT_EQ(now["due"], "2026-11-26T22:59:59.999999Z");
  EXPECT_EQ(now["version"], 4);
  EXPECT_TRUE(undone->notices.empty());
  ASSERT_EQ(types(undone->events), (std::vector<std::string>{"record.undone"}));
  EXPECT_EQ(undone->events[0].voids, reopened->events[0].id);
  EXPECT_EQ(undone->events[0].id, id + ".4.record.undone");
  const auto history = registers_->history(leader_, id, 0, 10);
  ASSERT_TRUE(history.ok());
  const Json& last = (*history)["changes"][0];
  EXPECT_EQ(last["action"], "undone");
  EXPECT_EQ(last["from_state"], "reopened");
  EXPECT_EQ(last["to_state"], "answered");
  EXPECT_EQ(last["comment"], "by mistake");
  EXPECT_REFUSED(undo(leader_, "again", 4), ErrorCode::Conflict);
}

TEST_F(ShippedTest, AnUndoneMoveGivesBackItsValues) {
  const std::string id = made(leader_, "case", {{"what", "x"}, {"unit", "u"}}).id;
  ASSERT_TRUE(move(leader_, id, "taken").ok());
  ASSERT_EQ(shown(leader_, id)["owner"], "leader");
  ASSERT_TRUE(registers_->undo(leader_, id, {}, {{"comment", "not mine"}}, faults_).ok());
  EXPECT_EQ(shown(leader_, id)["owner"], nullptr);
  EXPECT_EQ(shown(leader_, id)["state"], "open");
  ASSERT_TRUE(change(leader_, id, {{"owner", "anna"}, {"what", "z"}}).ok());
  ASSERT_TRUE(registers_->undo(leader_, id, {}, {{"comment", "not hers"}}, faults_).ok());
  EXPECT_EQ(shown(leader_, id)["title"], "x");
  EXPECT_EQ(shown(leader_, id)["owner"], nullptr);
  ASSERT_TRUE(move(leader_, id, "taken").ok());
  set_clock("2026-11-19T10:15:01+01:00");
  EXPECT_REFUSED(registers_->undo(leader_, id, {}, {{"comment", "late"}}, faults_), ErrorCode::Conflict);
}

TEST_F(ShippedTest, ACaseIsDueInFiveBusinessDaysUnlessSomebodySaysOtherwise) {
  const auto due = [&](const std::string& id) { return shown(leader_, id)["due"].get<std::string>(); };
  // Thursday; Friday, Monday, Tuesday, Wednesday, Thursday.
  EXPECT_EQ(due(made(leader_, "case", {{"what", "x"}, {"unit", "u"}}).id), "2026-11-26T22:59:59.999999Z");
  const Json by_hand = {{"what", "x"}, {"unit", "u"}, {"answer_by", "2026-11-20T12:00:00+01:00"}};
  const std::string id = made(leader_, "case", by_hand).id;
  EXPECT_EQ(due(id), "2026-11-20T11:00:00Z");
  ASSERT_TRUE(change(leader_, id, {{"answer_by", "2026-11-21T12:00:00+01:00"}}).ok());
  EXPECT_EQ(due(id), "2026-11-21T11:00:00Z");
  ASSERT_TRUE(change(leader_, id, {{"answer_by", nullptr}}).ok());
  EXPECT_EQ(due(id), "2026-11-26T22:59:59.999999Z");
  // 22 December: the 23rd, 28th, 29th, 30th, and 4 January; Christmas, New Year and their eves are off.
  set_clock("2026-12-22T16:00:00+01:00");
  EXPECT_EQ(due(made(leader_, "case", {{"what", "x"}, {"unit", "u"}}).id), "2027-01-04T22:59:59.999999Z");
  // Opened again: two business days from then.
  const std::string again = made(leader_, "case", {{"what", "x"}, {"unit", "u"}}).id;
  ASSERT_TRUE(move(leader_, again, "answered", {{"answer", "y"}}).ok());
  ASSERT_TRUE(move(leader_, again, "reopened").ok());
  EXPECT_EQ(due(again), "2026-12-28T22:59:59.999999Z");
}

TEST_F(ShippedTest, ACaseNeedsACommentOnEveryChange) {
  const std::string id = made(leader_, "case", {{"what", "x"}, {"unit", "u"}}).id;
  EXPECT_REFUSED(move(leader_, id, "taken", Json::object(), " "), ErrorCode::Invalid);
  EXPECT_EQ(faults_[0].pointer, "/comment");
  EXPECT_REFUSED(change(leader_, id, {{"what", "y"}}, ""), ErrorCode::Invalid);
  EXPECT_REFUSED(move(leader_, id, "answered", Json::object()), ErrorCode::Invalid);
  EXPECT_EQ(faults_[0].pointer, "/values/answer");
  ASSERT_TRUE(move(leader_, id, "taken").ok());
  EXPECT_EQ(shown(leader_, id)["owner"], "leader");  // who takes it owns it
}

TEST_F(ShippedTest, ACaseBecomesEventsOnTheCustomersTimeline) {
  const Changed opened = made(leader_, "case",
                              {{"what", "x"},
                               {"unit", "service"},
                               {"customer", karin_},
                               {"promise", "ask-once"},
                               {"cause", "broken-promise"}});
  ASSERT_EQ(types(opened.events), std::vector<std::string>{"case.opened"});
  const model::Event& event = opened.events[0];
  EXPECT_EQ(event.source, "handslag");
  EXPECT_EQ(event.id, "case-1.1.case.opened");
  EXPECT_EQ(event.time, at("2026-11-19T09:00:00Z"));
  EXPECT_EQ(event.subject, (std::vector<model::Identifier>{{"email", "karin@example.se"}}));
  EXPECT_EQ(event.unit, "service");
  EXPECT_EQ(key_of(event, "case"), "case-1");
  EXPECT_EQ(key_of(event, "promise"), "ask-once");
  EXPECT_EQ(text_of(event, "due"), "2026-11-26T22:59:59.999999Z");
  EXPECT_EQ(text_of(event, "cause"), "broken-promise");
  set_clock("2026-11-20T10:00:00+01:00");
  const auto taken = move(leader_, "case-1", "taken");
  EXPECT_EQ(types(taken->events), std::vector<std::string>{"case.acknowledged"});
  const auto answered = move(leader_, "case-1", "answered", {{"answer", "Modulen är på väg"}});
  ASSERT_EQ(types(answered->events), std::vector<std::string>{"case.answered"});
  EXPECT_EQ(answered->events[0].id, "case-1.3.case.answered");
  EXPECT_EQ(answered->events[0].time, at("2026-11-20T09:00:00Z"));
  // All of them wait in the outbox, alike, until they are said to be sent.
  auto pending = *registers_->unsent(10);
  ASSERT_EQ(pending.size(), 3U);
  EXPECT_EQ(pending[0].event.id, event.id);
  EXPECT_EQ(pending[0].event.data, event.data);
  EXPECT_EQ(pending[0].event.keys, event.keys);
  EXPECT_EQ(pending[0].event.subject, event.subject);
  EXPECT_EQ(pending[0].event.time, event.time);
  EXPECT_EQ(pending[0].event.known, event.known);
  EXPECT_EQ(pending[0].event.sequence, event.sequence);
  ASSERT_TRUE(registers_->sent({pending[0].number, pending[1].number}).ok());
  pending = *registers_->unsent(10);
  ASSERT_EQ(pending.size(), 1U);
  EXPECT_EQ(pending[0].event.id, "case-1.3.case.answered");
}

TEST_F(ShippedTest, ACaseWithoutACustomerBelongsToTheOrganisation) {
  EXPECT_TRUE(made(leader_, "case", {{"what", "x"}, {"unit", "service"}}).events[0].subject.empty());
}

TEST_F(ShippedTest, TheAnswerToBlockedHelpComesBackToWhoPressedIt) {
  const Changed pressed =
      made(ulla_, "blocked-help", {{"why", "mandate"}, {"unit", "service"}, {"contact", "c-4"}});
  EXPECT_EQ(pressed.notices, (std::vector<Notice>{{"created", "", "leader", "service"}}));
  ASSERT_EQ(types(pressed.events), std::vector<std::string>{"help.blocked"});
  EXPECT_EQ(key_of(pressed.events[0], "contact"), "c-4");
  EXPECT_EQ(text_of(pressed.events[0], "why"), "mandate");
  EXPECT_EQ(pressed.events[0].agent, "");  // who pressed it stays out of the timeline
  // Leadership does not learn who it was; the answer finds its way all the same.
  EXPECT_EQ(shown(leader_, pressed.id)["created_by"], nullptr);
  EXPECT_EQ(shown(ulla_, pressed.id)["created_by"], "ulla");
  EXPECT_EQ((*registers_->history(leader_, pressed.id, 0, 9))["changes"][0]["by"], nullptr);
  ListQuery by_ulla;
  by_ulla.filter.creator = "ulla";
  EXPECT_EQ((*registers_->list(leader_, by_ulla))["records"], Json::array());
  EXPECT_REFUSED(move(ulla_, pressed.id, "answered", {{"answer", "x"}}), ErrorCode::Forbidden);
  ASSERT_TRUE(move(leader_, pressed.id, "dated", {{"answer_by", "2026-11-27"}}).ok());
  EXPECT_EQ(shown(ulla_, pressed.id)["due"], "2026-11-27T22:59:59.999999Z");
  const auto answered = move(leader_, pressed.id, "answered", {{"answer", "Du får ge upp till 500 kr"}});
  ASSERT_TRUE(answered.ok());
  EXPECT_EQ(answered->notices, (std::vector<Notice>{{"answered", "ulla", "", "service"}}));
  ListQuery mine;
  mine.filter.register_id = "blocked-help";
  mine.filter.creator = "ulla";
  mine.filter.states = {"answered"};
  const Json back = *registers_->list(ulla_, mine);
  ASSERT_EQ(back["records"].size(), 1U);
  EXPECT_EQ(back["records"][0]["values"]["answer"], "Du får ge upp till 500 kr");
  EXPECT_REFUSED(move(leader_, pressed.id, "read"), ErrorCode::Forbidden);
  EXPECT_TRUE(move(ulla_, pressed.id, "read").ok());
}

TEST_F(ShippedTest, AGuessIsSealedUntilTheMeasuredIsShown) {
  const Actor other = actor("other", {"leader", "personal"});
  const Json guessed = {{"promises_kept", 92},
                        {"fourth_contact", 10},
                        {"minutes_to_human", 3},
                        {"asked_twice", 5},
                        {"cannot_leave", 2}};
  Json values = guessed;
  values["quarter"] = "2026-Q4";
  values["unit"] = "management";
  values["measured_promises_kept"] = 50;
  EXPECT_REFUSED(registers_->create_record(leader_, "guess", {{"values", values}}, faults_),
                 ErrorCode::Invalid);
  values.erase("measured_promises_kept");
  const std::string id = made(leader_, "guess", values).id;
  EXPECT_EQ(shown(leader_, id)["values"]["leader"], "leader");
  EXPECT_EQ(shown(leader_, id)["values"]["promises_kept"], 92);
  const auto sees_nothing = [&](const Actor& who) {
    const Json json = shown(who, id);
    EXPECT_FALSE(json["values"].contains("promises_kept"));
    EXPECT_EQ(json["sealed"].size(), 5U);
    EXPECT_EQ(registers_->history(who, id, 0, 9)->dump().find("92"), std::string::npos);
  };
  sees_nothing(other);
  ASSERT_TRUE(change(leader_, id, {{"promises_kept", 91}}).ok());
  ASSERT_TRUE(move(leader_, id, "sealed").ok());
  sees_nothing(other);
  // From here on not even who guessed can change it, nor guess once more, nor show it by hand.
  EXPECT_REFUSED(change(leader_, id, {{"promises_kept", 60}}), ErrorCode::Invalid);
  EXPECT_REFUSED(registers_->create_record(leader_, "guess", {{"values", values}}, faults_),
                 ErrorCode::Conflict);
  const Json measured = {{"shown_at", "2026-11-19T10:05:00+01:00"}, {"measured_promises_kept", 61.5}};
  EXPECT_REFUSED(move(leader_, id, "shown", measured), ErrorCode::Forbidden);
  const auto shown_now = move(system_actor(), id, "shown", measured);
  ASSERT_TRUE(shown_now.ok()) << shown_now.error().message;
  EXPECT_EQ(types(shown_now->events), std::vector<std::string>{"guess.shown"});
  const Json open = shown(other, id);
  EXPECT_EQ(open["values"]["promises_kept"], 91);
  EXPECT_EQ(open["values"]["measured_promises_kept"], 61.5);
  EXPECT_EQ(open["values"]["shown_at"], "2026-11-19T09:05:00Z");
  EXPECT_REFUSED(change(leader_, id, {{"promises_kept", 60}}), ErrorCode::Invalid);
}

TEST_F(ShippedTest, ACorrectionTakesAnothersPlaceWhollyOrNotAtAll) {
  const auto values = [&](const std::string& matter) {
    return Json{{"contact", "k1"}, {"matter", matter}, {"kind", "other"}, {"customer", karin_}};
  };
  const std::string first = made(ulla_, "matter-correction", values("contact/k1")).id;
  const auto replaced = [&](const std::string& matter) {
    return registers_->replace(ulla_, {first}, "replaced", "matter-correction", {{"values", values(matter)}},
                               faults_);
  };
  EXPECT_EQ(replaced(std::string(201, 'm')).error().code, ErrorCode::Invalid);
  EXPECT_EQ(shown(ulla_, first)["state"], "holds");
  const auto second = replaced("order/A-1");
  ASSERT_TRUE(second.ok()) << second.error().message;
  EXPECT_EQ(shown(ulla_, first)["state"], "replaced");
  EXPECT_EQ(shown(ulla_, second->id)["state"], "holds");
  // The one is replaced already: nothing is made either.
  EXPECT_FALSE(replaced("order/A-2").ok());
  EXPECT_EQ((*registers_->counts(ulla_, "matter-correction"))["records"], 2);
}

TEST_F(ShippedTest, AnEventThatCannotBeReadKeepsNoOtherWaiting) {
  const auto database =
      store::SqliteDatabase::open(path_ + "/records.sqlite", store::SqliteMode::Write).value();
  made(leader_, "case", {{"what", "x"}, {"unit", "service"}});
  ASSERT_TRUE(database->run("UPDATE register_outbox SET event = 'scratched'").ok());
  made(leader_, "case", {{"what", "y"}, {"unit", "service"}});
  for (const std::uint64_t limit : {10U, 1U}) {
    const auto pending = *registers_->unsent(limit);
    ASSERT_EQ(pending.size(), 1U) << limit;
    EXPECT_EQ(pending[0].event.id, "case-2.1.case.opened");
    EXPECT_EQ(registers_->damaged_events(), 1U);
  }
  ASSERT_TRUE(registers_->sent({registers_->unsent(10)->front().number}).ok());
  EXPECT_TRUE(registers_->unsent(10)->empty());
  EXPECT_EQ(registers_->damaged_events(), 1U);  // it stays where somebody may mend it
}

TEST_F(ShippedTest, ACommitmentIsMadeAndKept) {
  Json values = {
      {"what", "CA-modulen är framme"}, {"customer", karin_}, {"unit", "service"}, {"chance", 0.62}};
  EXPECT_REFUSED(registers_->create_record(ulla_, "commitment", {{"values", values}}, faults_),
                 ErrorCode::Invalid);
  EXPECT_EQ(faults_[0].pointer, "/values/due");
  values["due"] = "2026-11-24T17:00:00+01:00";
  const Changed given = made(ulla_, "commitment", values);
  ASSERT_EQ(types(given.events), std::vector<std::string>{"commitment.made"});
  EXPECT_EQ(key_of(given.events[0], "commitment"), given.id);
  EXPECT_EQ(text_of(given.events[0], "due"), "2026-11-24T16:00:00Z");
  EXPECT_EQ(given.events[0].agent, "ulla");
  EXPECT_EQ(given.record["due"], "2026-11-24T16:00:00Z");
  EXPECT_EQ(given.record["owner"], "ulla");
  // The chance that was shown stays as it was.
  EXPECT_REFUSED(change(ulla_, given.id, {{"chance", 0.9}}), ErrorCode::Invalid);
  // So does what it is judged by: it is not made good by moving its time, nor by giving it to another unit.
  const Json judged_by[] = {{{"due", "2026-12-24T17:00:00+01:00"}},
                            {{"customer", Json::array({{{"type", "email"}, {"value", "x@example.se"}}})}},
                            {{"unit", "logistics"}},
                            {{"order", "A-1"}},
                            {{"what", "CA-modulen är kanske framme"}}};
  for (const Json& values_now : judged_by) {
    EXPECT_REFUSED(change(ulla_, given.id, values_now), ErrorCode::Invalid);
  }
  const auto kept = move(ulla_, given.id, "kept", {{"rescued", true}});
  ASSERT_EQ(types(kept->events), std::vector<std::string>{"commitment.kept"});
  EXPECT_EQ(std::get<bool>(kept->events[0].data[0].value), true);
}

// Whoever does the work sees whose it is; who could count what one person achieves does not.
TEST_F(ShippedTest, ACommitmentShowsWhoMadeItToThoseWhoKeepItAlone) {
  const std::string id =
      made(ulla_, "commitment",
           {{"what", "x"}, {"customer", karin_}, {"unit", "service"}, {"due", "2026-11-24T17:00:00+01:00"}})
          .id;
  const Actor colleague = actor("bo", {"front-line"}), analyst = actor("eva", {"analyst"});
  ListQuery of_ulla;
  of_ulla.filter.owner = "ulla";
  for (const Actor& who : {ulla_, colleague}) {
    EXPECT_EQ(shown(who, id)["owner"], "ulla") << who.id;
    EXPECT_EQ(shown(who, id)["created_by"], "ulla") << who.id;
    EXPECT_EQ((*registers_->list(who, of_ulla))["records"].size(), 1U) << who.id;
  }
  for (const Actor& who : {leader_, analyst}) {
    EXPECT_EQ(shown(who, id).dump().find("ulla"), std::string::npos) << who.id;
    EXPECT_EQ(registers_->history(who, id, 0, 9)->dump().find("ulla"), std::string::npos) << who.id;
    EXPECT_EQ((*registers_->list(who, of_ulla))["records"].size(), 0U) << who.id;
    EXPECT_EQ((*registers_->list(who, {}))["records"].size(), 1U) << who.id;
  }
}

TEST_F(ShippedTest, WhatTheCustomerSaysWasPromisedIsClaimedThenConfirmed) {
  const Changed claimed =
      made(ulla_, "commitment",
           {{"what", "ristade i sten"}, {"customer", karin_}, {"unit", "service"}, {"claimed", true}});
  EXPECT_EQ(types(claimed.events), std::vector<std::string>{"commitment.claimed"});
  EXPECT_EQ(claimed.record["due"], nullptr);
  EXPECT_REFUSED(move(ulla_, claimed.id, "confirmed"), ErrorCode::Invalid);
  const auto confirmed = move(ulla_, claimed.id, "confirmed", {{"due", "2026-11-24T17:00:00+01:00"}});
  ASSERT_TRUE(confirmed.ok());
  EXPECT_EQ(types(confirmed->events), (std::vector<std::string>{"commitment.confirmed", "commitment.made"}));
  EXPECT_EQ(confirmed->record["due"], "2026-11-24T16:00:00Z");
  EXPECT_EQ(types(move(ulla_, claimed.id, "released")->events),
            std::vector<std::string>{"commitment.released"});
}

TEST_F(ShippedTest, AnOfferWaitsUntilAllAreReady) {
  const std::string offer =
      made(leader_, "offer",
           {{"name", "Fiber"}, {"unit", "marketing"}, {"cannot_use", 12}, {"starts", "2026-12-01"}})
          .id;
  ASSERT_TRUE(move(leader_, offer, "asked").ok());
  std::vector<std::string> asked;
  for (const char* unit : {"service", "logistics", "webshop"}) {
    EXPECT_REFUSED(move(leader_, offer, "live"), ErrorCode::Conflict);
    asked.push_back(made(leader_, "readiness", {{"offer", offer}, {"unit", unit}}).id);
  }
  for (const std::string& id : asked) {
    const auto early = move(leader_, offer, "live");
    EXPECT_REFUSED(early, ErrorCode::Conflict);
    EXPECT_EQ(faults_[0].detail, "waits for " + id + ", which is asked");
    const auto ready = move(actor("r", {"owner"}), id, "confirmed");
    ASSERT_TRUE(ready.ok());
    EXPECT_EQ(key_of(ready->events[0], "offer"), offer);
  }
  EXPECT_TRUE(move(leader_, offer, "live").ok());
}

TEST_F(ShippedTest, AnObservationTakesTwoValues) {
  const Changed seen =
      made(actor("anyone", {}), "observation", {{"touchpoint", "shop-floor"}, {"seen", "queue"}});
  ASSERT_EQ(types(seen.events), std::vector<std::string>{"observation.made"});
  EXPECT_EQ(seen.events[0].touchpoint, "shop-floor");
  EXPECT_EQ(seen.record["values"]["seen_at"], "2026-11-19T09:00:00Z");
}

TEST_F(ShippedTest, AWalkLeadsToACase) {
  const std::string walk =
      made(leader_, "walk", {{"journey", "köpa CA-modul"}, {"planned", "2026-11-20"}}).id;
  const auto done =
      move(leader_, walk, "done", {{"tried_at", "2026-11-18T09:00:00+01:00"}, {"found", "fel"}});
  ASSERT_TRUE(done.ok());
  EXPECT_EQ(done->events[0].time, at("2026-11-18T08:00:00Z"));   // when it was walked
  EXPECT_EQ(done->events[0].known, at("2026-11-19T09:00:00Z"));  // when we learned of it
  const std::string id =
      made(leader_, "case", {{"what", "x"}, {"unit", "u"}, {"came_from", Json::array({walk})}}).id;
  EXPECT_EQ(shown(leader_, walk)["linked_from"][0]["id"], id);
}

TEST_F(ShippedTest, AreDescribedForPages) {
  const Json all = registers_->definitions_json();
  EXPECT_EQ(all["registers"].size(), 17U);
  const Json one = *registers_->definition_json("case");
  EXPECT_EQ(one["name"]["sv"], "Åtgärd");
  EXPECT_EQ(one["moves"][0]["from"], Json::array({"open", "escalated", "reopened"}));
  EXPECT_EQ(one["moves"][0]["comment"], true);
  EXPECT_REFUSED(registers_->definition_json("caes"), ErrorCode::NotFound);
}

}  // namespace
}  // namespace handslag::app
