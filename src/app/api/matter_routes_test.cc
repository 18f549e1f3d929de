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
  Answer put(const std::string& login, const std::string& key, const Json& matter) {
    return send_as(login, http::Method::Put, "/v1/contacts/" + key + "/matter", {{"matter", matter}});
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
  EXPECT_EQ((*again)->held("k8")->matter, "contact/k8");
  ASSERT_EQ(send_as("anna.front", http::Method::Delete, "/v1/contacts/k8/matter", {}).status, 200U);
  EXPECT_EQ(said(), 0);
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
