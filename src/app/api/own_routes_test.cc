// SPDX-License-Identifier: Apache-2.0
// Results by person: for that person alone.
#include "app/api/frontline_fixture.h"

namespace handslag::app {
namespace {

class OwnRoutes : public FrontlineRoutes {
 protected:
  void SetUp() override {
    FrontlineRoutes::SetUp();
    add("bo.front", {{Role::FrontLine, "service"}});
    format::WireEvents events;
    const model::Identifier anna{"email", "anna@example.se"};
    const auto by = [&](const std::string& agent, const std::string& type, std::int64_t hours_ago) {
      model::Event event = told(type, hours_ago, {anna}, {{"contact", "c" + std::to_string(hours_ago)}});
      event.agent = agent;
      events.events.push_back(std::move(event));
    };
    by("anna.front", "contact.started", 2);
    by("anna.front", "contact.started", 1);
    by("anna.front", "help.blocked", 1);
    by("bo.front", "contact.started", 3);
    by("anna.front", "contact.started", 24 * 120);  // too long ago
    send(std::move(events));
    watch_->ask_and_wait([](Live* live, Timestamp now) { EXPECT_TRUE(live->commit(now).ok()); });
  }
  std::string promise(const std::string& login) {
    const std::string due = format_rfc3339({clock_.now().us + 24 * kMicrosPerHour});
    const Answer shown =
        post(login, "/v1/commitments",
             {{"values",
               {{"what", "We call back"},
                {"unit", "service"},
                {"due", due},
                {"customer", Json::array({{{"type", "email"}, {"value", "anna@example.se"}}})}}}});
    const Answer made = post(login, "/v1/commitments", {{"confirm", shown.json["draft"]}});
    EXPECT_EQ(made.status, 201U) << made.json.dump();
    return made.json["id"];
  }
};

TEST_F(OwnRoutes, AreMyContactsAndMyPromises) {
  const std::string kept = promise("anna.front");
  promise("anna.front");
  promise("bo.front");
  ASSERT_EQ(post("anna.front", "/v1/records/" + kept + "/move", {{"to", "kept"}}).status, 200U);
  const Answer mine = get("anna.front", "/v1/me/results");
  ASSERT_EQ(mine.status, 200U) << mine.json.dump();
  EXPECT_EQ(mine.json["agent"], "anna.front");
  std::uint64_t contacts = 0, blocked = 0;
  for (const Json& month : mine.json["contacts"]) {
    contacts += month["contacts"].get<std::uint64_t>();
    blocked += month["could_not_help"].get<std::uint64_t>();
  }
  EXPECT_EQ(contacts, 2U);
  EXPECT_EQ(blocked, 1U);
  EXPECT_EQ(mine.json["commitments"]["kept"], 1);
  EXPECT_EQ(mine.json["commitments"]["open"], 1);
  EXPECT_EQ(get("bo.front", "/v1/me/results").json["commitments"]["open"], 1);
  pass(25 * 3600);
  EXPECT_EQ(get("anna.front", "/v1/me/results").json["commitments"]["overdue"], 1);
}

TEST_F(OwnRoutes, NobodyElsesAreReachedByAnyRoute) {
  promise("bo.front");
  // There is nothing to name another by; what is sent is not looked at.
  const Json mine = get("anna.front", "/v1/me/results").json;
  for (const char* name : {"agent", "login", "person", "owner", "creator"})
    EXPECT_EQ(get("anna.front", "/v1/me/results", {{name, "bo.front"}}).json, mine) << name;
  add("leader", {{Role::Leader, "*"}});
  add("admin", {{Role::Administrator, "*"}});
  for (const char* login : {"leader", "analyst", "owner", "admin"})
    EXPECT_EQ(get(login, "/v1/me/results").status, 403U) << login;
  // Nor by the promises that people made, nor by the gap.
  for (const char* login : {"anna.front", "leader", "analyst", "owner"}) {
    for (const char* filter : {"owner", "creator"})
      EXPECT_EQ(get(login, "/v1/registers/commitment/records", {{filter, "bo.front"}}).status, 403U)
          << login << " " << filter;
  }
  EXPECT_EQ(
      get("bo.front", "/v1/registers/commitment/records", {{"owner", "bo.front"}}).json["records"].size(),
      1U);
  EXPECT_EQ(get("analyst", "/v1/gap", {{"by", "agent"}}).status, 403U);
  // Every route that anybody may GET without naming a thing: none tells of Bo to the leader.
  for (const Route& route : all_routes()) {
    const bool is_plain = route.method == http::Method::Get && route.where != Where::Itself &&
                          route.pattern.find('{') == std::string_view::npos;
    if (!is_plain || route.pattern == "/v1/people") continue;
    http::Request request = request_of("leader", http::Method::Get, std::string(route.pattern));
    auto kept = std::make_shared<KeptAnswer>();
    api_->handle(std::move(request), http::Reply(kept));
    EXPECT_EQ(std::string(kept->wait().content()).find("bo.front"), std::string::npos) << route.pattern;
  }
}

}  // namespace
}  // namespace handslag::app
