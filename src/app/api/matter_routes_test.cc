// SPDX-License-Identifier: Apache-2.0
// Correcting what a contact was about, and what the card says then.
#include "app/api/frontline_fixture.h"

namespace handslag::app {
namespace {

class MatterRoutes : public FrontlineRoutes {
 protected:
  void SetUp() override {
    FrontlineRoutes::SetUp();
    const model::Identifier anna{"email", "anna@example.se"};
    format::WireEvents events;
    events.events = {
        told("order.placed", 40, {anna}, {{"order", "O7"}}),
        told("contact.started", 20, {anna}, {{"contact", "k7"}}, {{"reason", "kortet"}}),
        told("contact.started", 10, {anna}, {{"contact", "k8"}}, {{"reason", "kortet"}}),
    };
    send(std::move(events));
  }
  Json contact(const std::string& key) {
    const Json card = get("anna.front", "/v1/card", {{"order", "A1"}}).json;
    for (const Json& matter : card["matters"])
      for (const Json& it : matter["contacts"])
        if (it["contact"] == key) return {{"matter", matter["matter"]}, {"source", it["matter_source"]}};
    return {};
  }
  // The event of what was decided is on its way.
  Json contact_once(const std::string& key, const std::string& source) {
    Json seen = contact(key);
    for (int tries = 0; tries < 1'000 && seen["source"] != source; ++tries) seen = contact(key);
    return seen;
  }
  Answer put(const std::string& login, const std::string& key, const Json& matter,
             std::vector<http::Parameter> query = {}) {
    http::Request request =
        request_of(login, http::Method::Put, "/v1/contacts/" + key + "/matter", std::move(query));
    request.body = Json{{"matter", matter}}.dump();
    return ask(std::move(request));
  }
  Answer take_back(const std::string& login, const std::string& key,
                   std::vector<http::Parameter> query = {}) {
    return ask(request_of(login, http::Method::Delete, "/v1/contacts/" + key + "/matter", std::move(query)));
  }
  std::string name_of_order(const std::string& order) {
    return get("anna.front", "/v1/card", {{"order", order}}).json["customer"]["name"];
  }
  // Somebody who may open Cilla's card, and Cilla's contact.
  void add_cilla() {
    add("eva.front", {{Role::FrontLine, "service"}});
    ASSERT_TRUE(accounts().set_protected(operator_, "eva.front", true).ok());
    format::WireEvents events;
    events.events = {told("contact.started", 9, {{"email", "cilla@example.se"}}, {{"contact", "kc"}},
                          {{"reason", "kortet"}})};
    send(std::move(events));
  }
  Json corrections(const std::string& login) {
    return get(login, "/v1/registers/matter-correction/records").json["records"];
  }
};

TEST_F(MatterRoutes, OneClickCorrectsAndOneTakesBack) {
  EXPECT_EQ(contact("k2"), (Json{{"matter", "m1"}, {"source", "given"}}));
  EXPECT_EQ(contact("k8"), (Json{{"matter", "order/O7"}, {"source", "derived"}}));
  const Answer moved = put("anna.front", "k8", nullptr);
  ASSERT_EQ(moved.status, 200U) << moved.json.dump();
  EXPECT_EQ(moved.json["was"], "order/O7");
  EXPECT_EQ(contact_once("k8", "corrected"), (Json{{"matter", "contact/k8"}, {"source", "corrected"}}));
  EXPECT_EQ(contact("k7")["matter"], "order/O7");
  EXPECT_TRUE(get("anna.front", "/v1/card", {{"matter", "order/O7"}}).json.contains("matters"));
  // Once more, elsewhere: a matter that a source named.
  ASSERT_EQ(put("anna.front", "k8", "m1").status, 200U);
  for (int tries = 0; tries < 1'000 && contact("k8")["matter"] != "m1"; ++tries) {
  }
  EXPECT_EQ(contact("k8")["matter"], "m1");
  EXPECT_EQ(send_as("anna.front", http::Method::Delete, "/v1/contacts/k8/matter", {}).status, 200U);
  EXPECT_EQ(contact_once("k8", "derived"), (Json{{"matter", "order/O7"}, {"source", "derived"}}));
  EXPECT_EQ(send_as("anna.front", http::Method::Delete, "/v1/contacts/k8/matter", {}).status, 404U);
  const auto lines = audited();
  EXPECT_EQ(std::count_if(lines.begin(), lines.end(),
                          [](const std::string& it) { return it.starts_with("person/matter.corrected/"); }),
            3);
}

TEST_F(MatterRoutes, ItLearnsAndUnlearnsAlsoAcrossARestart) {
  const auto said = [&] { return front_->matters->lessons()->weight("kortet", "other"); };
  EXPECT_EQ(said(), 0);
  ASSERT_EQ(put("anna.front", "k8", nullptr).status, 200U);
  EXPECT_GT(said(), 0);
  const auto again = MatterDesk::open(*registers_);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ((*again)->lessons()->weight("kortet", "other"), said());
  EXPECT_EQ((*again)->held("k8", {{"email", "anna@example.se"}}).at(0).matter, "contact/k8");
  ASSERT_EQ(send_as("anna.front", http::Method::Delete, "/v1/contacts/k8/matter", {}).status, 200U);
  EXPECT_EQ(said(), 0);
}

TEST_F(MatterRoutes, TwoCustomersMayHaveAContactOfOneKey) {
  format::WireEvents events;
  events.events = {told("contact.started", 8, {{"email", "bo@example.se"}}, {{"contact", "k8"}})};
  send(std::move(events));
  const std::string anna = name_of_order("A1"), bo = name_of_order("B1");
  EXPECT_EQ(put("anna.front", "k8", nullptr).status, 409U);
  EXPECT_EQ(put("anna.front", "k8", nullptr, {{"customer", "c999"}}).status, 404U);
  ASSERT_EQ(put("anna.front", "k8", nullptr, {{"customer", anna}}).status, 200U);
  ASSERT_EQ(put("anna.front", "k8", nullptr, {{"customer", bo}}).status, 200U);
  const auto state_of = [&](const char* email) {
    const auto held = front_->matters->held("k8", {{"email", email}});
    return held.size() == 1 ? registers_->with([&](Registers& it) {
      return it.show(system_actor(), held[0].record).value()["state"].get<std::string>();
    })
                            : std::to_string(held.size());
  };
  EXPECT_EQ(state_of("anna@example.se"), "holds");
  EXPECT_EQ(state_of("bo@example.se"), "holds");
  ASSERT_EQ(take_back("anna.front", "k8", {{"customer", anna}}).status, 200U);
  EXPECT_EQ(state_of("anna@example.se"), "0");
  EXPECT_EQ(state_of("bo@example.se"), "holds");
}

TEST_F(MatterRoutes, TheRegisterIsMovedByTheClickAlone) {
  const std::string id = put("anna.front", "k8", nullptr).json["record"];
  EXPECT_EQ(post("anna.front", "/v1/records/" + id + "/move", {{"to", "undone"}}).status, 409U);
  EXPECT_EQ(take_back("anna.front", "k8").status, 200U);
}

TEST_F(MatterRoutes, ARecordKeepsOneNameOfHersAndTellsItToWhoMaySee) {
  add_cilla();
  ASSERT_EQ(put("anna.front", "k8", nullptr).status, 200U);
  const std::string anna = name_of_order("A1");
  EXPECT_EQ(corrections("anna.front")[0]["values"]["customer"],
            Json::array({{{"type", "email"}, {"value", "anna@example.se"}}}));
  EXPECT_EQ(last_audited(), "person/identifier.unmasked/" + anna);
  // Cilla's identity is protected.
  ASSERT_EQ(put("eva.front", "kc", nullptr).status, 200U);
  const std::string path = "/v1/records/" + corrections("eva.front")[0]["id"].get<std::string>();
  EXPECT_EQ(corrections("anna.front").dump().find("cilla"), std::string::npos);
  for (const std::string& at : {path, path + "/history"}) {
    EXPECT_EQ(get("anna.front", at).json.dump().find("cilla"), std::string::npos) << at;
    EXPECT_NE(get("eva.front", at).json.dump().find("cilla"), std::string::npos) << at;
    EXPECT_TRUE(last_audited().starts_with("person/protected.opened/c")) << last_audited();
  }
  EXPECT_EQ(get("anna.front", path).json["masked"], Json::array({"words", "customer"}));
  // Nor does a change that changes nothing tell it.
  const Answer same = send_as("anna.front", http::Method::Patch, path, {{"values", Json::object()}});
  EXPECT_EQ(same.status, 200U);
  EXPECT_EQ(same.json.dump().find("cilla"), std::string::npos);
}

TEST_F(MatterRoutes, AProtectedIdentitysCorrectionIsTakenBackByWhoMayOpenIt) {
  add_cilla();
  ASSERT_EQ(put("eva.front", "kc", nullptr).status, 200U);
  const Answer refused = take_back("anna.front", "kc");
  EXPECT_EQ(refused.json["protected"], true);
  EXPECT_TRUE(last_audited().starts_with("person/denied/c")) << last_audited();
  EXPECT_EQ(front_->matters->held("kc", {{"email", "cilla@example.se"}}).size(), 1U);
  EXPECT_EQ(take_back("eva.front", "kc").status, 200U);
  EXPECT_TRUE(last_audited().starts_with("person/matter.corrected/c")) << last_audited();
}

TEST_F(MatterRoutes, RefusesWhatSheDoesNotHaveAndWhoMayNot) {
  const Answer unknown = put("anna.front", "k8", "order/none");
  EXPECT_EQ(unknown.status, 404U);
  EXPECT_NE(unknown.json["detail"].get<std::string>().find("order/O7"), std::string::npos);
  EXPECT_EQ(put("anna.front", "nobody", nullptr).status, 404U);
  EXPECT_EQ(put("anna.front", "k8", 7).status, 400U);
  EXPECT_EQ(put("owner", "k8", nullptr).status, 403U);
  EXPECT_EQ(
      post("anna.front", "/v1/registers/matter-correction/records", {{"values", Json::object()}}).status,
      409U);
}

TEST_F(MatterRoutes, TheCardSaysWhatIMayDoAndWhoActsForHer) {
  add("leader", {{Role::Leader, "service"}});
  const auto mandate = [&](const char* unit, const char* trouble) {
    const Answer made = post("leader", "/v1/registers/mandate/records",
                             {{"values",
                               {{"role", "front-line"},
                                {"unit", unit},
                                {"trouble", trouble},
                                {"remedy", "credit"},
                                {"limit", 500},
                                {"limit_in", "kr"}}}});
    EXPECT_EQ(made.status, 201U) << made.json.dump();
    return made.json["id"].get<std::string>();
  };
  mandate("service", "not in force yet");
  for (const char* trouble : {"wrong invoice", "kortet is missing"})
    ASSERT_EQ(
        post("leader", "/v1/records/" + mandate("service", trouble) + "/move", {{"to", "in-force"}}).status,
        200U);
  format::WireEvents events;
  const model::Identifier anna{"email", "anna@example.se"};
  events.events = {
      told("ombud.appointed", 5, {anna}, {{"ombud", "F-1"}},
           {{"ombud_name", "Bengt Ek"}, {"ombud_may", "invoices"}, {"ombud_until", "2099-12-31"}}),
      told("ombud.appointed", 5, {anna}, {{"ombud", "F-2"}}, {{"ombud_until", "2001-01-01"}}),
      told("ombud.appointed", 5, {anna}, {{"ombud", "F-3"}}),
      told("ombud.ended", 4, {anna}, {{"ombud", "F-3"}})};
  send(std::move(events));
  const Json card = get("anna.front", "/v1/card", {{"order", "A1"}}).json;
  ASSERT_EQ(card["may_do"].size(), 2U) << card["may_do"].dump();
  EXPECT_EQ(card["may_do"][0]["trouble"], "kortet is missing");
  EXPECT_EQ(card["may_do"][0]["fits"], true);
  EXPECT_EQ(card["may_do"][0]["limit"], 500);
  EXPECT_EQ(card["may_do"][1]["fits"], false);
  ASSERT_EQ(card["ombud"].size(), 1U) << card["ombud"].dump();
  EXPECT_EQ(card["ombud"][0]["name"], "Bengt Ek");
  EXPECT_EQ(card["ombud"][0]["may"], "invoices");
  const Json masked = get("owner", "/v1/card", {{"order", "A1"}}).json;
  EXPECT_EQ(masked["ombud"][0]["name"], "…");
  EXPECT_EQ(masked["may_do"].size(), 0U);  // the mandates are the front line's
}

}  // namespace
}  // namespace handslag::app
