// SPDX-License-Identifier: Apache-2.0
#include "app/api/frontline_fixture.h"

namespace handslag::app {
namespace {

TEST_F(FrontlineRoutes, TheCardIsFoundByWhateverSheSays) {
  for (const http::Parameter& by : std::vector<http::Parameter>{{"identifier", "email:anna@example.se"},
                                                                {"q", "680819-9266"},
                                                                {"q", " Anna@Example.se "},
                                                                {"order", "A1"},
                                                                {"matter", "m1"},
                                                                {"q", "A1"}}) {
    const Answer answer = get("anna.front", "/v1/card", {by, {"why", "call 7"}});
    ASSERT_EQ(answer.status, 200U) << by.name << "=" << by.value << " " << answer.json.dump();
    ASSERT_TRUE(answer.json.contains("promises")) << by.name << "=" << by.value << answer.json.dump();
    EXPECT_EQ(answer.json["promises"][0]["about"]["order"], "A1");
    EXPECT_EQ(answer.json["promises"][0]["still_owed"], true);
    EXPECT_EQ(answer.json["matters"][0]["contacts"][1]["number"], 2);
    EXPECT_EQ(answer.json["customer"]["sure"], "identity_number");
    const Answer again =
        get("anna.front", "/v1/card", {{"customer", answer.json["customer"]["name"].get<std::string>()}});
    EXPECT_EQ(again.json["customer"]["known_as"], answer.json["customer"]["known_as"]);
    // What names her in the body, and in no address.
    const Answer asked = post("anna.front", "/v1/card", {{by.name, by.value}, {"why", "call 8"}});
    EXPECT_EQ(asked.status, 200U) << by.name << " " << asked.json.dump();
    EXPECT_EQ(asked.json["customer"], answer.json["customer"]);
    EXPECT_EQ(asked.json["promises"][0]["about"], answer.json["promises"][0]["about"]);
  }
  EXPECT_EQ(post("anna.front", "/v1/card", {{"q", 7}}).status, 400U);
  EXPECT_EQ(post("anna.front", "/v1/card", Json::object()).status, 400U);
}

TEST_F(FrontlineRoutes, ASharedPhoneGivesCandidates) {
  const Answer answer = get("anna.front", "/v1/card", {{"phone", "070-123 45 67"}});
  ASSERT_EQ(answer.status, 200U);
  EXPECT_FALSE(answer.json.contains("promises"));
  ASSERT_EQ(answer.json["candidates"].size(), 2U);
  EXPECT_FALSE(answer.json["candidates"][0]["last_contact"].is_null());  // Anna's, two days ago
}

TEST_F(FrontlineRoutes, NobodyIsNotTheEnd) {
  const Answer answer = get("anna.front", "/v1/card", {{"q", "nobody@example.se"}});
  EXPECT_EQ(answer.status, 404U);
  EXPECT_NE(answer.json["detail"].get<std::string>().find("/v1/identify"), std::string::npos);
  EXPECT_EQ(get("anna.front", "/v1/card").status, 400U);
}

TEST_F(FrontlineRoutes, RolesSeeWhatTheyMay) {
  const std::vector<http::Parameter> anna{{"identifier", "email:anna@example.se"}};
  const auto known = [](const Answer& answer) { return answer.json["customer"]["known_as"][0]["value"]; };
  EXPECT_EQ(known(get("anna.front", "/v1/card", anna)), "anna@example.se");
  EXPECT_EQ(known(get("owner", "/v1/card", anna)), "a…@e….se");
  EXPECT_EQ(get("analyst", "/v1/card", anna).status, 403U);
}

TEST_F(FrontlineRoutes, EveryLookIsNotedAndShownOnlyThen) {
  const Answer answer = get("anna.front", "/v1/card", {{"order", "A1"}, {"why", "call 7"}});
  EXPECT_EQ(last_audited(), "person/card.read/" + answer.json["customer"]["name"].get<std::string>());
  const auto lines = access_->trail->list({});
  EXPECT_EQ(lines->back().why, "call 7");
  http::Request request = request_of("anna.front", http::Method::Get, "/v1/card", {{"order", "A1"}});
  break_trail();
  EXPECT_EQ(ask(std::move(request)).status, 503U);
}

TEST_F(FrontlineRoutes, AKeyMustSayWhy) {
  const auto key = keys().add(operator_, {"telephony", "", {Permission::ReadCard}});
  ASSERT_TRUE(key.ok());
  http::Request request;
  request.method = http::Method::Get;
  request.path = "/v1/card";
  request.query = {{"order", "A1"}};
  request.headers = {{"authorization", "Bearer " + key->text}};
  EXPECT_EQ(ask(request).status, 400U);
  request.query.push_back({"why", "call 7"});
  const Answer answer = ask(request);
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.json["customer"]["known_as"][0]["value"], "a…@e….se");
}

TEST_F(FrontlineRoutes, AProtectedIdentityOpensToNamedPeopleOnly) {
  const std::vector<http::Parameter> cilla{{"identifier", "email:cilla@example.se"}};
  add("eva", {{Role::FrontLine, "service"}});
  ASSERT_TRUE(accounts().set_protected(operator_, "eva", true).ok());
  const Answer refused = get("anna.front", "/v1/card", cilla);
  EXPECT_EQ(refused.json["protected"], true);
  EXPECT_EQ(refused.json["ask"], Json::array({"Anna Ek"}));  // the fixture's name for everybody
  EXPECT_EQ(refused.json.size(), 3U);
  EXPECT_EQ(refused.json["customer"].size(), 2U);
  const std::string name = refused.json["customer"]["name"];
  EXPECT_EQ(last_audited(), "person/denied/" + name);
  EXPECT_EQ(get("anna.front", "/v1/customers/" + name + "/timeline").json.contains("events"), false);
  EXPECT_EQ(get("anna.front", "/v1/customers/" + name + "/promises").json.contains("promises"), false);
  EXPECT_TRUE(get("eva", "/v1/card", cilla).json.contains("promises"));
  EXPECT_EQ(last_audited(), "person/protected.opened/" + name);
}

TEST_F(FrontlineRoutes, ACauseGoesBackToThePromiseAndCountsTheOthers) {
  const Answer answer = get("analyst", "/v1/cause/k2");
  ASSERT_EQ(answer.status, 200U) << answer.json.dump();
  const Json& steps = answer.json["steps"];
  ASSERT_EQ(steps.size(), 5U);
  EXPECT_EQ(steps[1]["promise"], "delivered");
  EXPECT_EQ(steps[3]["unit"], "logistics");
  EXPECT_EQ(steps[4]["month"], "2026-11");
  EXPECT_EQ(steps[4]["customers"], 1);  // Bo's
  EXPECT_EQ(steps[4]["contacts"], 2);   // Anna's; Bo has not been in touch
  EXPECT_FALSE(answer.json.contains("customer"));
  EXPECT_EQ(answer.json.dump().find("Ulla"), std::string::npos);
  EXPECT_EQ(get("analyst", "/v1/cause/none").status, 404U);
}

TEST_F(FrontlineRoutes, ACauseIsFoundByAKeyThatMayNotStandInAPath) {
  format::WireEvents events;
  events.events = {told("contact.started", 8, {{"email", "bo@example.se"}}, {{"contact", "samtal/7"}})};
  send(std::move(events));
  const Answer answer = get("analyst", "/v1/cause", {{"contact", "samtal/7"}});
  ASSERT_EQ(answer.status, 200U) << answer.json.dump();
  EXPECT_EQ(answer.json["contact"], "samtal/7");
  EXPECT_EQ(get("analyst", "/v1/cause").status, 400U);
}

TEST_F(FrontlineRoutes, ACauseIsOfTheCustomerThatIsMeant) {
  format::WireEvents events;
  events.events = {told("contact.started", 8, {{"email", "bo@example.se"}}, {{"contact", "k2"}})};
  send(std::move(events));
  const std::string bo = get("anna.front", "/v1/card", {{"order", "B1"}}).json["customer"]["name"];
  EXPECT_EQ(get("analyst", "/v1/cause/k2").status, 409U);
  EXPECT_EQ(get("analyst", "/v1/cause/k2", {{"customer", "c999"}}).status, 404U);
  const Answer answer = get("analyst", "/v1/cause/k2", {{"customer", bo}});
  ASSERT_EQ(answer.status, 200U) << answer.json.dump();
  EXPECT_EQ(answer.json["steps"][0]["time"], Json(format_rfc3339({clock_.now().us - 8 * kMicrosPerHour})));
  EXPECT_EQ(last_audited(), "person/cause.read/" + bo);
}

TEST_F(FrontlineRoutes, TheTimelineIsPagedNewestFirstAndMasked) {
  const std::string name = get("anna.front", "/v1/card", {{"order", "A1"}}).json["customer"]["name"];
  const std::string path = "/v1/customers/" + name + "/timeline";
  const Answer first = get("anna.front", path, {{"limit", "3"}});
  ASSERT_EQ(first.status, 200U) << first.json.dump();
  ASSERT_EQ(first.json["events"].size(), 3U);
  EXPECT_EQ(first.json["events"][0]["type"], "contact.ended");
  EXPECT_FALSE(first.json["events"][0].contains("agent"));
  EXPECT_EQ(first.json["events"][0]["data"]["note"], "she sighed");
  const std::string before = first.json["next_before"].dump();
  const Answer rest = get("anna.front", path, {{"limit", "3"}, {"before", before}});
  ASSERT_EQ(rest.json["events"].size(), 2U);
  EXPECT_EQ(rest.json["events"][0]["type"], "placed");
  EXPECT_TRUE(rest.json["next_before"].is_null());
  const Answer masked_page = get("owner", path);
  EXPECT_EQ(masked_page.json.dump().find("anna@example.se"), std::string::npos);
  EXPECT_EQ(masked_page.json.dump().find("she sighed"), std::string::npos);
  EXPECT_EQ(get("anna.front", "/v1/customers/c999/timeline").status, 404U);
}

TEST_F(FrontlineRoutes, TheTimelineAndThePromisesAsTheyWereKnownThen) {
  const std::string name = get("anna.front", "/v1/card", {{"order", "A1"}}).json["customer"]["name"];
  const std::string then = format_rfc3339(clock_.now());
  pass(3600);
  format::WireEvents late;  // it had been sent in time, and nobody had told us
  late.events = {told("sent", 180, {{"email", "anna@example.se"}}, {{"order", "A1"}})};
  send(std::move(late));
  const std::string events = "/v1/customers/" + name + "/timeline";
  const std::string promises = "/v1/customers/" + name + "/promises";
  EXPECT_EQ(get("anna.front", events).json["events"].size(), 6U);
  EXPECT_EQ(get("anna.front", events, {{"as_of", then}}).json["events"].size(), 5U);
  const Answer now = get("anna.front", promises);
  ASSERT_EQ(now.status, 200U) << now.json.dump();
  ASSERT_EQ(now.json["promises"].size(), 1U);
  EXPECT_EQ(now.json["of"], 1);
  EXPECT_EQ(now.json["promises"][0]["state"], "kept");
  EXPECT_EQ(now.json["promises"][0]["about"]["order"], "A1");
  EXPECT_EQ(last_audited(), "person/timeline.read/" + name);
  const Answer before = get("anna.front", promises, {{"as_of", then}});
  EXPECT_EQ(before.json["promises"][0]["state"], "broken");
  EXPECT_EQ(before.json["as_of"], then);
  EXPECT_EQ(get("anna.front", promises, {{"as_of", "2001-01-01T00:00:00Z"}}).json["promises"].size(), 0U);
  EXPECT_EQ(get("anna.front", promises, {{"as_of", "yesterday"}}).status, 400U);
  EXPECT_EQ(get("analyst", promises).status, 403U);
  EXPECT_EQ(get("anna.front", "/v1/customers/c999/promises").status, 404U);
}

TEST_F(FrontlineRoutes, IdentifyFindsHerByTheNumberAsSheTypesIt) {
  const Answer answer =
      identify("anna.front", {{"text", "680819 9266"}, {"channel", "phone"}, {"call", "call-7"}});
  ASSERT_EQ(answer.status, 200U) << answer.json.dump();
  EXPECT_EQ(answer.json["found"], true);
  EXPECT_EQ(answer.json["by"], "personnummer");
  EXPECT_EQ(answer.json["recorded"], true);
}

TEST_F(FrontlineRoutes, NotFoundShowsOnTheCardOfWhoCalled) {
  const Answer both =
      identify("anna.front", {{"text", "680819-9267"}, {"phone", "0701234567"}, {"channel", "phone"}});
  EXPECT_EQ(both.json["found"], false);
  EXPECT_EQ(both.json["problem"]["code"], "misstyped");
  ASSERT_EQ(both.json["candidates"].size(), 2U);
  EXPECT_EQ(both.json["candidates"][0]["known_as"][0]["value"], "a…@e….se");
  EXPECT_NE(both.json["next"], "");
  EXPECT_EQ(both.json["recorded"], true);
  const Answer unknown = identify("anna.front", {{"text", "12345"}, {"call", "call-8"}});
  EXPECT_EQ(unknown.json["problem"]["code"], "too short");
  EXPECT_TRUE(unknown.json["candidates"].empty());
}

TEST_F(FrontlineRoutes, AFailureOfTheOnlyCallerStandsOnHerCard) {
  format::WireEvents events;
  events.events = {told("call.received", 1, {{"email", "anna@example.se"}, {"phone", "+46709999999"}})};
  send(std::move(events));
  const Answer failed = identify("anna.front", {{"text", "680819-9267"}, {"phone", "070-999 99 99"}});
  ASSERT_EQ(failed.json["candidates"].size(), 1U);
  const auto card = [&] { return get("anna.front", "/v1/card", {{"order", "A1"}}).json; };
  Json seen = card();
  while (seen["failed_identifications"].empty()) seen = card();  // it is on its way
  EXPECT_EQ(seen["failed_identifications"][0]["why"], "misstyped");
}

TEST_F(FrontlineRoutes, ANumberOfAHouseholdNamesItsCandidates) {
  const Answer several = identify("anna.front", {{"text", "070-123 45 67"}});
  EXPECT_EQ(several.json["found"], false);
  EXPECT_EQ(several.json["problem"]["code"], "several");
  EXPECT_EQ(several.json["candidates"].size(), 2U);
}

TEST_F(FrontlineRoutes, ALoadFindsTheSame) {
  const Answer before = get("anna.front", "/v1/card", {{"order", "A1"}});
  watch_->ask_and_wait(
      [](Live* live, Timestamp now) { EXPECT_TRUE(live->reload(Cause::Definition, now).ok()); });
  EXPECT_EQ(get("anna.front", "/v1/card", {{"order", "A1"}}).json, before.json);
  EXPECT_EQ(get("analyst", "/v1/cause/k2").status, 200U);
}

TEST_F(FrontlineRoutes, IdentifyIsForThoseWhoMayAndLeavesSegmentsCallsAlone) {
  EXPECT_EQ(identify("owner", {{"text", "x"}}).status, 403U);
  http::Request request;
  request.method = http::Method::Post;
  request.path = "/v1/identify";
  request.body = R"({"text":"x"})";
  EXPECT_EQ(ask(request).status, 401U);
  const auto key = keys().add(operator_, {"web", "web", {Permission::SendEvents}});
  request.body = R"({"userId":"u1","messageId":"m1","traits":{"email":"dag@example.se"},"writeKey":")" +
                 key->text + "\"}";
  const Answer segment = ask(request);
  EXPECT_EQ(segment.status, 200U);
  EXPECT_EQ(segment.json["success"], true);
}

}  // namespace
}  // namespace handslag::app
