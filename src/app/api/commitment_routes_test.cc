// SPDX-License-Identifier: Apache-2.0
// Promising over the API: the chance first, then the promise, on her timeline and held; and her own link.
#include "app/api/frontline_fixture.h"

namespace handslag::app {
namespace {

class CommitmentRoutes : public FrontlineRoutes {
 protected:
  // Beside Anna's and Bo's orders of 200 hours ago, which wait: 24 older ones. 4 took a day, 10 took 210
  // hours, 5 took 300, and 5 have waited 400.
  void send_history() {
    format::WireEvents events;
    const auto order = [&](int number, std::int64_t hours_ago, std::int64_t took) {
      const std::string name = "O" + std::to_string(number);
      const model::Identifier who{"email", "x" + std::to_string(number) + "@example.se"};
      events.events.push_back(told("placed", hours_ago, {who}, {{"order", name}}));
      if (took > 0) events.events.push_back(told("sent", hours_ago - took, {who}, {{"order", name}}));
    };
    for (int i = 0; i < 4; ++i) order(i, 500, 24);
    for (int i = 4; i < 14; ++i) order(i, 500, 210);
    for (int i = 14; i < 19; ++i) order(i, 500, 300);
    for (int i = 19; i < 24; ++i) order(i, 400, 0);
    send(std::move(events));
  }
  std::string in_hours(std::int64_t hours) const {
    return format_rfc3339({clock_.now().us + hours * kMicrosPerHour});
  }
  Json values(std::int64_t hours) const {
    return {{"what", "Modulen är framme"},
            {"customer", Json::array({{{"type", "email"}, {"value", "anna@example.se"}}})},
            {"order", "A1"},
            {"unit", "service"},
            {"due", in_hours(hours)}};
  }
  Answer promise(const Json& body) { return post("anna.front", "/v1/commitments", body); }
  std::string promised(std::int64_t hours = 24) {
    const Answer shown = promise({{"values", values(hours)}});
    EXPECT_EQ(shown.status, 200U) << shown.json.dump();
    const Answer made = promise({{"confirm", shown.json["draft"]}});
    EXPECT_EQ(made.status, 201U) << made.json.dump();
    return made.json["id"];
  }
  Json card_promise(const std::string& id) {
    for (int tries = 0; tries < 1'000; ++tries) {  // the event is on its way
      const Json card = get("anna.front", "/v1/card", {{"order", "A1"}}).json;
      for (const Json& it : card["promises"])
        if (it["promise"] == id) return it;
    }
    return {};
  }
};

TEST_F(CommitmentRoutes, TheChanceIsShownFirstAndKeptWithThePromise) {
  send_history();
  const Answer shown = promise({{"values", values(24)}});
  ASSERT_EQ(shown.status, 200U) << shown.json.dump();
  const Json& chance = shown.json["chance"];
  // Of 26, 20 waited longer than Anna's 200 hours; 10 of these came within 224.
  EXPECT_EQ(chance["alike"]["promise"], "delivered");
  EXPECT_EQ(chance["of"], 26);
  EXPECT_EQ(chance["come"], 19);
  EXPECT_EQ(chance["waited_s"], 200 * 3600.0);
  EXPECT_EQ(chance["waited_so_long"], 20);
  EXPECT_NEAR(chance["chance"].get<double>(), 0.5, 1e-9);
  EXPECT_NEAR(chance["low"].get<double>(), 0.2993, 0.0001);
  EXPECT_NEAR(chance["high"].get<double>(), 0.7007, 0.0001);
  // All 26: 4 at 24 h leave 22/26; of the 20 still watched at 210 h half come: 1 − 22/26 / 2 = 0.577.
  EXPECT_EQ(chance["median_s"], 210 * 3600.0);
  EXPECT_EQ(chance["ninetieth_s"], nullptr);
  EXPECT_EQ(get("anna.front", "/v1/registers/commitment/records").json["records"].size(), 0U);

  const Answer made = promise({{"confirm", shown.json["draft"]}});
  ASSERT_EQ(made.status, 201U) << made.json.dump();
  EXPECT_EQ(made.json["values"]["chance"], 0.5);
  EXPECT_EQ(made.json["values"]["chance_low"], 0.2993);
  EXPECT_EQ(made.json["values"]["alike"], 20);
  EXPECT_EQ(made.json["values"]["lead_days"], 1.0);
  EXPECT_EQ(made.json["values"]["normal_days"], 0.42);  // ten hours
  EXPECT_EQ(made.json["due"], in_hours(24));
  EXPECT_EQ(promise({{"confirm", shown.json["draft"]}}).status, 404U);  // one promise, not two
}

TEST_F(CommitmentRoutes, ItStandsOnHerTimelineAndIsHeld) {
  const std::string id = promised(24);
  EXPECT_EQ(card_promise("kept-word")["state"], "pending");
  EXPECT_EQ(card_promise("kept-word")["about"]["order"], "A1");
  pass(25 * 3600);
  EXPECT_NE(card_promise("kept-word")["state"], "pending");
  EXPECT_EQ(post("anna.front", "/v1/records/" + id + "/move", {{"to", "kept"}}).status, 200U);
  std::string state = "overdue";
  for (int tries = 0; tries < 1'000 && state != "gone"; ++tries) {
    const Json card = get("anna.front", "/v1/card", {{"order", "A1"}}).json;
    state = "gone";
    for (const Json& it : card["promises"])
      if (it["promise"] == "kept-word") state = it["state"];
  }
  EXPECT_EQ(state, "gone");
}

TEST_F(CommitmentRoutes, OnlyWhoWasShownItConfirmsIt) {
  add("bo.front", {{Role::FrontLine, "service"}});
  const Json draft = promise({{"values", values(24)}}).json["draft"];
  EXPECT_EQ(post("bo.front", "/v1/commitments", {{"confirm", draft}}).status, 404U);
  pass(31 * 60);
  EXPECT_EQ(promise({{"confirm", draft}}).status, 404U);  // what was shown has grown old
}

TEST_F(CommitmentRoutes, FaultsAreToldBeforeAnythingIsPromised) {
  Json wrong = values(-1);
  wrong["chance"] = 0.99;
  const Answer early = promise({{"values", wrong}});
  EXPECT_EQ(early.status, 422U);
  ASSERT_EQ(early.json["errors"].size(), 2U) << early.json.dump();
  EXPECT_EQ(early.json["errors"][0]["pointer"], "/values/chance");
  EXPECT_EQ(early.json["errors"][1]["pointer"], "/values/due");
  wrong = values(24);
  wrong.erase("what");
  EXPECT_EQ(promise({{"values", wrong}}).status, 422U);
  EXPECT_EQ(promise(Json::object()).status, 400U);
  // The general way in would lead past the chance.
  EXPECT_EQ(post("anna.front", "/v1/registers/commitment/records", {{"values", values(24)}}).status, 409U);
  EXPECT_EQ(post("analyst", "/v1/commitments", {{"values", values(24)}}).status, 403U);
}

TEST_F(CommitmentRoutes, WhatSheSaysWasPromisedIsWrittenDownAtOnce) {
  Json said = values(24);
  said.erase("due");
  said["claimed"] = true;
  const Answer made = promise({{"values", said}});
  ASSERT_EQ(made.status, 201U) << made.json.dump();
  EXPECT_EQ(made.json["values"]["claimed"], true);
  EXPECT_EQ(made.json["due"], nullptr);
  const std::string path = "/v1/commitments/" + made.json["id"].get<std::string>() + "/token";
  EXPECT_EQ(post("anna.front", path, Json::object()).status, 409U);  // nothing has been promised
}

TEST_F(CommitmentRoutes, SheSeesHerOwnPromiseByALinkThatNamesNobody) {
  const std::string id = promised(24);
  const Answer link = post("anna.front", "/v1/commitments/" + id + "/token", Json::object());
  ASSERT_EQ(link.status, 201U) << link.json.dump();
  const std::string path = link.json["path"];
  const Answer seen = visit(path);
  ASSERT_EQ(seen.status, 200U) << seen.json.dump();
  EXPECT_EQ(seen.json["what"], "Modulen är framme");
  EXPECT_EQ(seen.json["by"], in_hours(24));
  EXPECT_EQ(seen.json["state"], "promised");
  EXPECT_EQ(seen.json["kept_by"], "service");
  const std::string told = seen.json.dump();
  for (const char* hidden : {"anna", "Anna", "A1", "example", "commitment-", "front", "c1"})
    EXPECT_EQ(told.find(hidden), std::string::npos) << hidden << " in " << told;
  http::Request by_browser;
  by_browser.method = http::Method::Get;
  by_browser.path = path;
  by_browser.headers = {{"accept", "text/html,*/*;q=0.8"}, {"accept-language", "sv-SE"}};
  const std::string page(response_to(by_browser).content());
  EXPECT_NE(page.find("<h1>Modulen är framme</h1>"), std::string::npos) << page;
  pass(25 * 3600);
  EXPECT_EQ(visit(path).json["state"], "overdue");
  // Taken back, it leads nowhere; nor does it after its time.
  EXPECT_EQ(send_as("anna.front", http::Method::Delete, "/v1/commitments/" + id + "/token", {}).status, 200U);
  EXPECT_EQ(visit(path).status, 404U);
  const Answer brief = ask([&] {
    http::Request request =
        request_of("anna.front", http::Method::Post, "/v1/commitments/" + id + "/token", {{"days", "1"}});
    return request;
  }());
  ASSERT_EQ(brief.status, 201U);
  const std::string second = brief.json["path"];
  EXPECT_EQ(visit(second).status, 200U);
  pass(24 * 3600);
  EXPECT_EQ(visit(second).status, 404U);
  EXPECT_EQ(post("analyst", "/v1/commitments/" + id + "/token", Json::object()).status, 403U);
}

TEST_F(CommitmentRoutes, LinksOutliveARestartAndGuessingIsSlowedDown) {
  const std::string id = promised(24);
  const std::string token =
      post("anna.front", "/v1/commitments/" + id + "/token", Json::object()).json["token"];
  auto again = PromisedLinks::open(*data_, clock_.now());
  ASSERT_TRUE(again.ok());
  EXPECT_EQ((*again)->find(token, kAddress, clock_.now()).record, id);
  EXPECT_EQ((*again)->find(token, kAddress, {clock_.now().us + 400 * kMicrosPerDay}).record, "");
  unsigned status = 404;
  int tries = 0;
  while (status == 404 && ++tries < 100) status = visit("/v1/promised/guess" + std::to_string(tries)).status;
  EXPECT_EQ(status, 429U);
  EXPECT_LT(tries, 25);
  EXPECT_EQ(visit("/v1/promised/" + token).status, 429U);  // also with the right one: nothing is told
}

}  // namespace
}  // namespace handslag::app
