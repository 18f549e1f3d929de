// SPDX-License-Identifier: Apache-2.0
// Registers over the API, where several people act one after another.
#include "app/api/frontline_fixture.h"
#include "io/store/sqlite_database.h"

namespace handslag::app {
namespace {

class RegisterRoutes : public FrontlineRoutes {
 protected:
  void SetUp() override {
    FrontlineRoutes::SetUp();
    add("bo.front", {{Role::FrontLine, "service"}});
    add("leader", {{Role::Leader, "service"}});
  }
  Json pressed_by(const std::string& login) {
    return get(login, "/v1/registers/blocked-help/records", {{"creator", login}}).json["records"];
  }
  bool is_on_the_timeline(const std::string& type) {
    const std::string name = get("anna.front", "/v1/card", {{"order", "A1"}}).json["customer"]["name"];
    for (int tries = 0; tries < 1'000; ++tries) {  // it is on its way
      const Json page = get("anna.front", "/v1/customers/" + name + "/timeline").json;
      for (const Json& it : page["events"])
        if (it["type"] == type) return true;
    }
    return false;
  }
};

TEST_F(RegisterRoutes, LeadershipsDatedAnswerComesBackToWhoPressedIt) {
  const Answer pressed =
      post("anna.front", "/v1/help-blocked",
           {{"values",
             {{"why", "mandate"},
              {"unit", "service"},
              {"contact", "k2"},
              {"customer", Json::array({{{"type", "email"}, {"value", "anna@example.se"}}})}}}});
  ASSERT_EQ(pressed.status, 201U) << pressed.json.dump();
  const std::string path = "/v1/records/" + pressed.json["id"].get<std::string>();
  EXPECT_TRUE(is_on_the_timeline("help.blocked"));

  const Answer dated =
      post("leader", path + "/move", {{"to", "dated"}, {"values", {{"answer_by", "2026-12-01"}}}});
  ASSERT_EQ(dated.status, 200U) << dated.json.dump();
  EXPECT_EQ(dated.json.dump().find("anna.front"), std::string::npos);  // who pressed is not told
  Json mine = pressed_by("anna.front");
  ASSERT_EQ(mine.size(), 1U);
  EXPECT_EQ(mine[0]["state"], "dated");
  EXPECT_EQ(mine[0]["values"]["answer_by"], "2026-12-01");

  ASSERT_EQ(post("leader", path + "/move",
                 {{"to", "answered"}, {"values", {{"answer", "From Monday you may give 500 kr."}}}})
                .status,
            200U);
  mine = pressed_by("anna.front");
  EXPECT_EQ(mine[0]["state"], "answered");
  EXPECT_EQ(mine[0]["values"]["answer"], "From Monday you may give 500 kr.");
  EXPECT_TRUE(is_on_the_timeline("help.answered"));
  // It comes to nobody else of the front line, and she alone says that she has read it.
  EXPECT_EQ(get("bo.front", path).status, 404U);
  EXPECT_EQ(post("leader", path + "/move", {{"to", "read"}}).status, 403U);
  EXPECT_EQ(post("anna.front", path + "/move", {{"to", "read"}}).status, 200U);
}

TEST_F(RegisterRoutes, AnUnreadableEventInTheOutboxIsToldOfAndKeepsNoOtherWaiting) {
  EXPECT_EQ(registers_->failure(), "");
  const auto database =
      store::SqliteDatabase::open(path_ + "/records.sqlite", store::SqliteMode::Write).value();
  ASSERT_TRUE(database->run("INSERT INTO register_outbox (event) VALUES ('scratched')").ok());
  ASSERT_EQ(post("anna.front", "/v1/help-blocked",
                 {{"values",
                   {{"why", "mandate"},
                    {"unit", "service"},
                    {"customer", Json::array({{{"type", "email"}, {"value", "anna@example.se"}}})}}}})
                .status,
            201U);
  EXPECT_TRUE(is_on_the_timeline("help.blocked"));
  EXPECT_NE(registers_->failure(), "");
}

TEST_F(RegisterRoutes, OfOneCustomerTheAnswerIsForWhoMayKnowHer) {
  const auto ask_of = [&](const std::string& login, const std::string& customer) {
    return get(login, "/v1/promises/delivered/instances", {{"customer", customer}});
  };
  EXPECT_EQ(ask_of("analyst", "personnummer:196808199266").status, 403U);
  EXPECT_EQ(ask_of("analyst", "email:nobody@example.se").status, 403U);
  const std::string anna = get("anna.front", "/v1/card", {{"order", "A1"}}).json["customer"]["name"];
  const Answer told_of = ask_of("analyst", anna);
  ASSERT_EQ(told_of.status, 200U) << told_of.json.dump();
  EXPECT_EQ(told_of.json["instances"].size(), 1U);
  EXPECT_EQ(last_audited(), "person/timeline.read/" + anna);
  std::string cilla;
  watch_->ask_and_wait([&](Live* live, Timestamp) {
    cilla = live->name(live->find({"email", "cilla@example.se"}, 1).at(0));
  });
  EXPECT_EQ(ask_of("analyst", cilla).json["protected"], true);
  EXPECT_EQ(last_audited(), "person/denied/" + cilla);
  EXPECT_EQ(ask_of("analyst", "organisation").status, 200U);
  EXPECT_EQ(last_audited(), "person/timeline.read/organisation");
}

// Some of them would pass for all.
TEST_F(RegisterRoutes, OfANumberThatTooManyHaveNoneIsTold) {
  add("steward", {{Role::Steward, "*"}});
  const auto status_of_phone = [&] {
    return get("steward", "/v1/promises/delivered/instances", {{"customer", "phone:+46701234567"}}).status;
  };
  const auto add_to_household = [&](int n) {
    format::WireEvents events;
    events.events = {told("customer.updated", 300,
                          {{"email", "h" + std::to_string(n) + "@example.se"}, {"phone", "+46701234567"}})};
    send(std::move(events));
  };
  for (int n = 2; n < 20; ++n) add_to_household(n);  // with Anna and Bo
  EXPECT_EQ(status_of_phone(), 200U);
  add_to_household(20);
  EXPECT_EQ(status_of_phone(), 413U);
}

}  // namespace
}  // namespace handslag::app
