// SPDX-License-Identifier: Apache-2.0
#include "app/registers/registers.h"

#include "app/registers/register_fixture.h"

namespace handslag::app {
namespace {

// A register with one of everything that the engine decides.
const std::string kThing = R"(
id = "thing"
name = { sv = "Sak", en = "Thing" }
plural = { sv = "Saker", en = "Things" }
title = "what"
owner = "owner"
unit = "unit"
waiting = "for_unit"
customer = "customer"
unique = ["number"]
[who]
read = ["creator", "holder", "staff"]
create = ["staff"]
change = ["staff"]
comment = ["creator", "staff"]
[[fields]]
id = "what"
kind = "text"
name = { sv = "Vad", en = "What" }
required = true
[[fields]]
id = "number"
kind = "number"
name = { sv = "Nummer", en = "Number" }
[[fields]]
id = "owner"
kind = "person"
name = { sv = "Ägare", en = "Owner" }
[[fields]]
id = "unit"
kind = "unit"
name = { sv = "Enhet", en = "Unit" }
[[fields]]
id = "for_unit"
kind = "unit"
name = { sv = "För enhet", en = "For unit" }
[[fields]]
id = "customer"
kind = "customer"
name = { sv = "Kund", en = "Customer" }
[[fields]]
id = "secret"
kind = "text"
name = { sv = "Känsligt", en = "Secret" }
personal = true
[[fields]]
id = "other"
kind = "link"
registers = ["thing"]
many = true
name = { sv = "Annan", en = "Other" }
[[fields]]
id = "urgent"
kind = "yes/no"
name = { sv = "Brådskar", en = "Urgent" }
[[fields]]
id = "why_urgent"
kind = "text"
name = { sv = "Varför", en = "Why" }
required = { urgent = true }
[[states]]
id = "open"
name = { sv = "Öppen", en = "Open" }
owes = true
[[states]]
id = "done"
name = { sv = "Klar", en = "Done" }
final = true
[[moves]]
from = ["open"]
to = "done"
name = { sv = "Klar", en = "Done" }
)";

class ThingsTest : public RegistersTest {
 protected:
  ThingsTest() { start({kThing}); }
  Result<Changed> create(const Json& body, const Actor& who) {
    faults_.clear();
    return registers_->create_record(who, "thing", body, faults_);
  }
  Json listed(ListQuery query, const Actor& who) {
    query.filter.register_id = "thing";
    auto list = registers_->list(who, query);
    EXPECT_TRUE(list.ok()) << list.error().message;
    Json ids = Json::array();
    for (const Json& it : (*list)["records"]) ids.push_back(it["id"]);
    return ids;
  }
  const Actor staff_ = actor("staff", {"staff", "personal"});
  const Actor masked_ = actor("masked", {"staff"});
  const Actor nobody_ = actor("nobody", {});
};

TEST_F(ThingsTest, AreMadeAndShown) {
  const Changed thing = made(staff_, "thing", {{"what", "En sak"}, {"unit", "service"}});
  EXPECT_EQ(thing.id, "thing-1");
  EXPECT_EQ(thing.version, 1U);
  const Json json = shown(staff_, "thing-1");
  EXPECT_EQ(json["title"], "En sak");
  EXPECT_EQ(json["state"], "open");
  EXPECT_EQ(json["unit"], "service");
  EXPECT_EQ(json["created_by"], "staff");
  EXPECT_EQ(json["created_at"], "2026-11-19T09:00:00Z");
  EXPECT_EQ(json["due"], nullptr);
  EXPECT_EQ(json["overdue"], false);
  ASSERT_EQ(json["moves"].size(), 1U);
  EXPECT_EQ(json["moves"][0]["to"], "done");
}

TEST_F(ThingsTest, TellEveryFaultOfABody) {
  EXPECT_REFUSED(create({{"values", {{"number", "x"}}}, {"vaules", 1}, {"comment", 3}}, staff_),
                 ErrorCode::Invalid);
  std::vector<std::string> pointers;
  for (const Fault& fault : faults_) pointers.push_back(fault.pointer);
  EXPECT_EQ(pointers, (std::vector<std::string>{"/vaules", "/comment", "/values/number", "/values/what"}));
  EXPECT_REFUSED(create(Json::array(), staff_), ErrorCode::Invalid);
  EXPECT_REFUSED(create({{"values", 5}}, staff_), ErrorCode::Invalid);
  EXPECT_REFUSED(create({{"values", {{"what", "x"}}}, {"comment", std::string(4'001, 'x')}}, staff_),
                 ErrorCode::Invalid);
  EXPECT_REFUSED(registers_->create_record(staff_, "thnig", Json::object(), faults_), ErrorCode::NotFound);
  EXPECT_EQ(listed({}, staff_), Json::array());
}

TEST_F(ThingsTest, AskForWhatAConditionAsksFor) {
  EXPECT_REFUSED(create({{"values", {{"what", "x"}, {"urgent", true}}}}, staff_), ErrorCode::Invalid);
  EXPECT_EQ(faults_[0].pointer, "/values/why_urgent");
  EXPECT_TRUE(create({{"values", {{"what", "x"}, {"urgent", false}}}}, staff_).ok());
  EXPECT_TRUE(create({{"values", {{"what", "x"}, {"urgent", true}, {"why_urgent", "y"}}}}, staff_).ok());
}

TEST_F(ThingsTest, AreHiddenFromThoseWhoMayNotRead) {
  made(staff_, "thing", {{"what", "x"}});
  EXPECT_REFUSED(registers_->show(nobody_, "thing-1"), ErrorCode::NotFound);
  EXPECT_EQ(registers_->show(nobody_, "thing-1").error().message,
            "there is no record \"thing-1\"");  // as of one that is not there
  EXPECT_REFUSED(registers_->history(nobody_, "thing-1", 0, 10), ErrorCode::NotFound);
  EXPECT_REFUSED(change(nobody_, "thing-1", {{"what", "y"}}), ErrorCode::NotFound);
  EXPECT_REFUSED(move(nobody_, "thing-1", "done"), ErrorCode::NotFound);
  EXPECT_REFUSED(create({{"values", {{"what", "x"}}}}, nobody_), ErrorCode::Forbidden);
  EXPECT_EQ(listed({}, nobody_), Json::array());
}

TEST_F(ThingsTest, AreOpenToTheirHolderButNotToBeChanged) {
  made(staff_, "thing", {{"what", "x"}, {"owner", "holder"}});
  const Actor holder = actor("holder", {});
  EXPECT_EQ(shown(holder, "thing-1")["moves"], Json::array());
  EXPECT_REFUSED(change(holder, "thing-1", {{"what", "y"}}), ErrorCode::Forbidden);
  EXPECT_REFUSED(move(holder, "thing-1", "done"), ErrorCode::Forbidden);
  EXPECT_REFUSED(registers_->comment(holder, "thing-1", std::nullopt, {{"comment", "x"}}, faults_),
                 ErrorCode::Forbidden);
}

TEST_F(ThingsTest, AreReadByUnit) {
  made(staff_, "thing", {{"what", "a"}, {"unit", "service"}});
  made(staff_, "thing", {{"what", "b"}, {"unit", "logistics"}});
  const Actor logistics = actor("l", {"staff@logistics"});
  EXPECT_EQ(listed({}, logistics), Json::array({"thing-2"}));
  EXPECT_REFUSED(registers_->show(logistics, "thing-1"), ErrorCode::NotFound);
  EXPECT_REFUSED(create({{"values", {{"what", "x"}, {"unit", "service"}}}}, logistics), ErrorCode::Forbidden);
  EXPECT_TRUE(create({{"values", {{"what", "x"}, {"unit", "logistics"}}}}, logistics).ok());
  const auto counts = registers_->counts(logistics, "thing");
  ASSERT_TRUE(counts.ok());
  EXPECT_EQ(*counts,
            Json::parse(R"({"records": 2, "overdue": 0, "states": {"open": 2}, "units": {"logistics": 2}})"));
}

TEST_F(ThingsTest, AreReadByTheUnitThatWaitsButNotChanged) {
  made(staff_, "thing", {{"what", "a"}, {"unit", "logistics"}, {"for_unit", "service"}});
  made(staff_, "thing", {{"what", "b"}, {"unit", "logistics"}, {"for_unit", "shop"}});
  made(staff_, "thing", {{"what", "c"}, {"unit", "service"}});
  const Actor service = actor("s", {"staff@service"});
  EXPECT_EQ(listed({}, service), Json::array({"thing-3", "thing-1"}));
  ListQuery waits;
  waits.filter.register_id = "thing";
  waits.for_unit = "service";
  EXPECT_EQ(listed(waits, service), Json::array({"thing-1"}));
  EXPECT_EQ(listed(waits, staff_), Json::array({"thing-1"}));
  waits.for_unit = "shop";
  EXPECT_EQ(listed(waits, service), Json::array());
  EXPECT_EQ(shown(service, "thing-1")["may_change"], false);
  EXPECT_EQ(shown(service, "thing-1")["moves"], Json::array());
  EXPECT_REFUSED(registers_->show(service, "thing-2"), ErrorCode::NotFound);
  EXPECT_REFUSED(change(service, "thing-1", {{"what", "y"}}), ErrorCode::Forbidden);
}

TEST_F(ThingsTest, KeepEveryChange) {
  made(staff_, "thing", {{"what", "a"}, {"number", 1}});
  set_clock("2026-11-20T10:00:00+01:00");
  ASSERT_TRUE(change(staff_, "thing-1", {{"what", "b"}, {"number", nullptr}}, "rättat").ok());
  ASSERT_TRUE(registers_->comment(masked_, "thing-1", std::nullopt, {{"comment", "sett"}}, faults_).ok());
  ASSERT_TRUE(move(staff_, "thing-1", "done", Json::object(), "klart").ok());
  const Json history = *registers_->history(staff_, "thing-1", 0, 10);
  const Json& changes = history["changes"];
  ASSERT_EQ(changes.size(), 4U);
  EXPECT_EQ(history["next"], nullptr);
  EXPECT_EQ(changes[3]["action"], "created");
  EXPECT_EQ(changes[3]["version"], 1);
  EXPECT_EQ(changes[2]["action"], "changed");
  EXPECT_EQ(changes[2]["at"], "2026-11-20T09:00:00Z");
  EXPECT_EQ(changes[2]["by"], Json::parse(R"({"id": "staff", "name": "staff by name"})"));
  EXPECT_EQ(changes[2]["comment"], "rättat");
  EXPECT_EQ(changes[2]["changes"], Json::parse(R"([{"field": "what", "from": "a", "to": "b"},
                                                    {"field": "number", "from": 1, "to": null}])"));
  EXPECT_EQ(changes[1]["action"], "commented");
  EXPECT_EQ(changes[1]["by"]["id"], "masked");
  EXPECT_EQ(changes[0]["from_state"], "open");
  EXPECT_EQ(changes[0]["to_state"], "done");
  const Json page = *registers_->history(staff_, "thing-1", 4, 2);
  EXPECT_EQ(page["changes"][0]["version"], 3);
  EXPECT_EQ(page["next"], 2);
}

TEST_F(ThingsTest, AreNotChangedByNothing) {
  made(staff_, "thing", {{"what", "a"}});
  const auto same = change(staff_, "thing-1", {{"what", "a"}}, "");
  ASSERT_TRUE(same.ok());
  EXPECT_EQ(same->version, 1U);
  EXPECT_EQ((*registers_->history(staff_, "thing-1", 0, 10))["changes"].size(), 1U);
}

TEST_F(ThingsTest, AreNotOverwrittenUnseen) {
  made(staff_, "thing", {{"what", "a"}});
  Faults faults;
  ASSERT_TRUE(registers_->change(staff_, "thing-1", 1, {{"values", {{"what", "b"}}}}, faults).ok());
  const auto late = registers_->change(masked_, "thing-1", 1, {{"values", {{"what", "c"}}}}, faults);
  EXPECT_REFUSED(late, ErrorCode::Conflict);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].pointer, "/version");
  EXPECT_REFUSED(registers_->move(masked_, "thing-1", 1, {{"to", "done"}}, faults), ErrorCode::Conflict);
  EXPECT_REFUSED(registers_->comment(masked_, "thing-1", 3, {{"comment", "x"}}, faults), ErrorCode::Conflict);
  EXPECT_EQ(shown(staff_, "thing-1")["values"]["what"], "b");
  faults.clear();
  EXPECT_TRUE(registers_->move(staff_, "thing-1", 2, {{"to", "done"}}, faults).ok());
}

TEST_F(ThingsTest, AreNotChangedOnceFinal) {
  made(staff_, "thing", {{"what", "a"}});
  ASSERT_TRUE(move(staff_, "thing-1", "done").ok());
  EXPECT_REFUSED(change(staff_, "thing-1", {{"what", "b"}}), ErrorCode::Invalid);
  EXPECT_EQ(faults_[0].pointer, "/values/what");
  EXPECT_REFUSED(move(staff_, "thing-1", "open"), ErrorCode::Conflict);
  EXPECT_EQ(faults_[0].pointer, "/to");
  EXPECT_TRUE(registers_->comment(staff_, "thing-1", std::nullopt, {{"comment", "x"}}, faults_).ok());
}

TEST_F(ThingsTest, MaskWhatIsPersonal) {
  const Json customer = Json::array({{{"type", "email"}, {"value", "karin@example.se"}}});
  made(staff_, "thing", {{"what", "a"}, {"secret", "hemligt"}, {"customer", customer}});
  ASSERT_TRUE(change(staff_, "thing-1", {{"secret", "annat"}}).ok());
  EXPECT_EQ(shown(staff_, "thing-1")["values"]["secret"], "annat");
  const Json masked = shown(masked_, "thing-1");
  EXPECT_EQ(masked["values"], Json::parse(R"({"what": "a"})"));
  EXPECT_EQ(masked["masked"], Json::array({"customer", "secret"}));
  const std::string history = registers_->history(masked_, "thing-1", 0, 10)->dump();
  EXPECT_EQ(history.find("hemligt"), std::string::npos);
  EXPECT_EQ(history.find("karin"), std::string::npos);
  EXPECT_NE(history.find(R"({"field":"secret","masked":true})"), std::string::npos);
  // Nor is it overwritten unseen, nor found by searching.
  EXPECT_REFUSED(change(masked_, "thing-1", {{"secret", "x"}}), ErrorCode::Invalid);
  ListQuery by_customer;
  by_customer.filter.customer = {{"email", "karin@example.se"}};
  EXPECT_EQ(listed(by_customer, masked_), Json::array());
  EXPECT_EQ(listed(by_customer, staff_), Json::array({"thing-1"}));
  ListQuery by_text;
  by_text.filter.text = "annat";
  EXPECT_EQ(listed(by_text, staff_), Json::array());
}

TEST_F(ThingsTest, AreLinkedBothWays) {
  made(staff_, "thing", {{"what", "first"}, {"unit", "service"}});
  made(staff_, "thing", {{"what", "second"}, {"other", Json::array({"thing-1"})}});
  EXPECT_EQ(shown(staff_, "thing-2")["links"][0]["title"], "first");
  EXPECT_EQ(shown(staff_, "thing-1")["linked_from"][0]["id"], "thing-2");
  EXPECT_REFUSED(change(staff_, "thing-2", {{"other", Json::array({"thing-9"})}}), ErrorCode::Invalid);
  EXPECT_EQ(faults_[0].pointer, "/values/other");
  // Of a record that one may not read, one does not learn that it is there.
  const Actor logistics = actor("l", {"staff@logistics"});
  EXPECT_REFUSED(
      create({{"values", {{"what", "x"}, {"unit", "logistics"}, {"other", Json::array({"thing-1"})}}}},
             logistics),
      ErrorCode::Invalid);
  EXPECT_EQ(faults_[0].detail, "there is no record thing-1; name one that exists");
  ASSERT_TRUE(change(staff_, "thing-2", {{"other", nullptr}}).ok());
  EXPECT_EQ(shown(staff_, "thing-1")["linked_from"], Json::array());
}

TEST_F(ThingsTest, AreOneOfAKindWhereTheyMustBe) {
  made(staff_, "thing", {{"what", "a"}, {"number", 7}});
  EXPECT_REFUSED(create({{"values", {{"what", "b"}, {"number", 7}}}}, staff_), ErrorCode::Conflict);
  made(staff_, "thing", {{"what", "b"}});
  made(staff_, "thing", {{"what", "c"}});  // nothing said is not the same
  EXPECT_REFUSED(change(staff_, "thing-3", {{"number", 7}}), ErrorCode::Conflict);
  EXPECT_TRUE(change(staff_, "thing-1", {{"number", 8}}).ok());
  EXPECT_TRUE(change(staff_, "thing-3", {{"number", 7}}).ok());
}

TEST_F(ThingsTest, AreListedByWhatIsAskedFor) {
  made(staff_, "thing", {{"what", "Åskväder över Örebro"}, {"owner", "anna"}, {"unit", "service"}});
  made(masked_, "thing", {{"what", "100% \\ _"}, {"unit", "shop"}});
  made(staff_, "thing", {{"what", "third"}});
  ASSERT_TRUE(move(staff_, "thing-3", "done").ok());
  const auto with = [](auto set) {
    ListQuery query;
    set(query);
    return query;
  };
  EXPECT_EQ(listed({}, staff_), Json::array({"thing-3", "thing-2", "thing-1"}));
  EXPECT_EQ(listed(with([](ListQuery& q) { q.filter.states = {"open"}; }), staff_),
            Json::array({"thing-2", "thing-1"}));
  EXPECT_EQ(listed(with([](ListQuery& q) { q.filter.owner = "anna"; }), staff_), Json::array({"thing-1"}));
  EXPECT_EQ(listed(with([](ListQuery& q) { q.filter.unit = "shop"; }), staff_), Json::array({"thing-2"}));
  EXPECT_EQ(listed(with([](ListQuery& q) { q.filter.creator = "masked"; }), staff_),
            Json::array({"thing-2"}));
  EXPECT_EQ(listed(with([](ListQuery& q) { q.filter.text = "ÅSKVÄDER ÖVER örebro"; }), staff_),
            Json::array({"thing-1"}));
  EXPECT_EQ(listed(with([](ListQuery& q) { q.filter.text = "% \\ _"; }), staff_), Json::array({"thing-2"}));
  EXPECT_EQ(listed(with([](ListQuery& q) { q.filter.text = "' OR 1=1 --"; }), staff_), Json::array());
}

TEST_F(ThingsTest, AreListedPageByPage) {
  for (int i = 0; i < 7; ++i) made(staff_, "thing", {{"what", "x"}, {"unit", i % 2 == 0 ? "a" : "b"}});
  const Actor only_a = actor("a", {"staff@a"});  // may read 1, 3, 5, 7
  ListQuery query;
  query.filter.register_id = "thing";
  query.limit = 3;
  const Json first = *registers_->list(only_a, query);
  ASSERT_EQ(first["records"].size(), 3U);
  EXPECT_EQ(first["records"][2]["id"], "thing-3");
  query.filter.cursor = first["next"].get<std::string>();
  const Json second = *registers_->list(only_a, query);
  ASSERT_EQ(second["records"].size(), 1U);
  EXPECT_EQ(second["records"][0]["id"], "thing-1");
  EXPECT_EQ(second["next"], nullptr);
  query.filter.cursor = "n.1; DROP";
  EXPECT_REFUSED(registers_->list(staff_, query), ErrorCode::Invalid);
}

TEST_F(ThingsTest, HaveALimitInAll) {
  Json values = {{"what", "x"}};
  const auto big = [](char c) { return std::string(200, c); };
  EXPECT_TRUE(create({{"values", values}}, staff_).ok());
  values["what"] = big('x') + "y";
  EXPECT_REFUSED(create({{"values", values}}, staff_), ErrorCode::Invalid);
  Json many = Json::array();
  for (int i = 0; i < 51; ++i) many.push_back("thing-1");
  EXPECT_REFUSED(change(staff_, "thing-1", {{"other", many}}), ErrorCode::Invalid);
}

TEST_F(ThingsTest, HoldAtMostSoMuch) {
  std::string fields;
  Json values = {{"what", "x"}};
  for (int i = 0; i < 6; ++i) {
    const std::string id = "long" + std::to_string(i);
    fields += "[[fields]]\nid = \"" + id + "\"\nkind = \"long text\"\nmax_length = 50000\n" +
              "name = { sv = \"x\", en = \"x\" }\n";
    if (i < 5) values[id] = std::string(50'000, 'x');
  }
  std::string wide = kThing;
  wide.insert(wide.find("[[states]]"), fields);
  start({wide});
  EXPECT_TRUE(create({{"values", values}}, staff_).ok());  // 250,000 bytes and a little
  values["long5"] = std::string(20'000, 'x');
  EXPECT_REFUSED(create({{"values", values}}, staff_), ErrorCode::Limit);
  EXPECT_REFUSED(change(staff_, "thing-1", {{"long5", std::string(20'000, 'x')}}), ErrorCode::Limit);
}

TEST_F(ThingsTest, SurviveARestart) {
  made(staff_, "thing", {{"what", "'; DROP TABLE register_records; --"}});
  open();
  begin();
  EXPECT_EQ(shown(staff_, "thing-1")["title"], "'; DROP TABLE register_records; --");
  EXPECT_EQ(made(staff_, "thing", {{"what", "x"}}).id, "thing-2");
}

TEST_F(ThingsTest, OfARegisterThatIsGoneAreNotShown) {
  made(staff_, "thing", {{"what", "x"}});
  definitions_.emplace(*read_definitions(""));
  begin();
  EXPECT_REFUSED(registers_->show(staff_, "thing-1"), ErrorCode::NotFound);
  auto list = registers_->list(staff_, {});
  ASSERT_TRUE(list.ok());
  EXPECT_EQ((*list)["records"], Json::array());
}

}  // namespace
}  // namespace handslag::app
