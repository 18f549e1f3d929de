// SPDX-License-Identifier: Apache-2.0
#include "app/api/frontline_fixture.h"

namespace handslag::app {
namespace {

TEST_F(FrontlineRoutes, WhatNearsItsBreachStandsInOrderForWhoMaySeeTheUnit) {
  format::WireEvents events;  // due in 8 and in 40 hours
  events.events = {told("placed", 8, {{"email", "bo@example.se"}}, {{"order", "B2"}}),
                   told("placed", 40, {{"email", "bo@example.se"}}, {{"order", "B3"}})};
  send(std::move(events));
  const Answer all = get("analyst", "/v1/due");
  ASSERT_EQ(all.status, 200U) << all.json.dump();
  ASSERT_EQ(all.json["due"].size(), 2U);
  EXPECT_EQ(all.json["due"][0]["left_s"], 8 * 3600);
  EXPECT_EQ(all.json["due"][1]["left_s"], 40 * 3600);
  EXPECT_EQ(all.json["due"][0]["state"], "pending");
  EXPECT_EQ(all.json["due"][0]["unit"], "logistics");
  EXPECT_EQ(all.json["due"][0]["warned"], false);  // the promise has no `warn`
  ASSERT_EQ(all.json["units"].size(), 1U);
  EXPECT_EQ(all.json["units"][0]["near"], 2);
  EXPECT_EQ(all.json["units"][0]["recipients"], 0);
  EXPECT_TRUE(all.json["units"][0]["names"].is_null());
  EXPECT_EQ(get("analyst", "/v1/due", {{"hours", "10"}}).json["due"].size(), 1U);
  EXPECT_EQ(get("analyst", "/v1/due", {{"limit", "1"}}).json["units"][0]["near"], 2);
  EXPECT_EQ(get("owner", "/v1/due").json["due"].size(), 2U);       // of logistics
  EXPECT_EQ(get("anna.front", "/v1/due").json["due"].size(), 0U);  // of service
  EXPECT_EQ(get("owner", "/v1/due", {{"unit", "service"}}).json["due"].size(), 0U);
  EXPECT_EQ(get("analyst", "/v1/due", {{"hours", "0"}}).status, 400U);
}

// Anna ordered 200 hours ago, and called 100 and 50 hours ago; Bo ordered then, too.
TEST_F(FrontlineRoutes, WhatCameOfWhatBrokeIsCountedWithoutNames) {
  const Answer all = get("analyst", "/v1/causes");
  ASSERT_EQ(all.status, 200U) << all.json.dump();
  ASSERT_EQ(all.json["places"].size(), 1U);
  EXPECT_EQ(all.json["places"][0]["unit"], "logistics");
  EXPECT_EQ(all.json["places"][0]["customers"], 2);
  EXPECT_EQ(all.json["places"][0]["contacts"], 2);
  EXPECT_EQ(all.json["met"][0]["contacts"], 2);
  EXPECT_EQ(all.json["chains"]["going_on"], 1);
  EXPECT_EQ(all.json["chains"]["longest"][0]["matter"], "m1");
  EXPECT_EQ(all.json.dump().find("anna@"), std::string::npos);
  EXPECT_EQ(get("anna.front", "/v1/causes").status, 403U);
  EXPECT_EQ(
      get("analyst", "/v1/causes", {{"from", "2026-01-02T00:00:00Z"}, {"to", "2026-01-01T00:00:00Z"}}).status,
      400U);
  EXPECT_EQ(get("analyst", "/v1/causes", {{"from", "2020-01-02T00:00:00Z"}}).status, 400U);
}

}  // namespace
}  // namespace handslag::app
