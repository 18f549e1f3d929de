// SPDX-License-Identifier: Apache-2.0
#include "app/api/frontline_fixture.h"

namespace handslag::app {
namespace {

constexpr const char* kTicketMap =
    "[hook]\nsignature = \"none\"\n[[event]]\ntype = { column = \"type\" }\nwhen = \"at\"\nid = \"id\"\n";

class RejectRoutes : public FrontlineRoutes {
 protected:
  void SetUp() override {
    FrontlineRoutes::SetUp();
    add("steward", {{Role::Steward, "*"}});
    hooks_.by_name.emplace("shop", HookEntry{format::parse_hook(kTicketMap, "shop.toml").value(), {}});
    const auto made = keys().add(
        operator_,
        {"shop", "shop", {Permission::SendEvents, Permission::ReadRejects, Permission::ImportFiles}});
    ASSERT_TRUE(made.ok());
    key_ = made->text;
  }
  Answer by_key(http::Method method, const std::string& path, const std::string& body,
                const std::string& type = "application/json") {
    http::Request request;
    request.method = method;
    request.target = request.path = path;
    request.headers = {{"authorization", "Bearer " + key_}, {"content-type", type}};
    request.body = body;
    return ask(std::move(request));
  }
  Answer replay(int number, const std::string& body) {
    http::Request request =
        request_of("steward", http::Method::Post, "/v1/rejects/" + std::to_string(number) + "/replay");
    request.body = body;
    return ask(std::move(request));
  }
  Json waiting() { return get("steward", "/v1/rejects", {{"state", "waiting"}}).json["rejects"]; }
  // The events of the log that came of a replay.
  std::uint64_t events_there() {
    std::uint64_t events = 0;
    watch_->ask_settled_and_wait([&](Live* live, Timestamp now) {
      ASSERT_NE(live, nullptr);
      ASSERT_TRUE(live->commit(now).ok());
    });
    events = data_->log().summary()->events;
    return events;
  }

  std::string key_;
};

TEST_F(RejectRoutes, SendAgainWhatCameInAnyForm) {
  const std::uint64_t before = events_there();
  by_key(http::Method::Post, "/v1/events", R"({"id":"n-1","type":"placed","time":"soon"})");
  by_key(http::Method::Post, "/v1/batch", R"({"batch":[{"type":"track","userId":"u","event":"Placed"}]})");
  by_key(http::Method::Post, "/v1/track", R"({"userId":"u","event":"Placed"})");
  by_key(http::Method::Post, "/v1/events", R"({"specversion":"1.0","type":"placed","source":"shop"})",
         "application/cloudevents+json");
  by_key(http::Method::Post, "/v1/hooks/shop", R"({"id":"h-1","type":"placed","at":"soon"})");
  const Json list = waiting();
  ASSERT_EQ(list.size(), 5U) << list.dump();
  const std::vector<std::string> kinds = {"events", "segment", "segment:track", "cloudevents", "hook:shop"};
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    EXPECT_EQ(list[i]["kind"], kinds[i]);
    EXPECT_EQ(list[i]["raw_cut"], false);
    EXPECT_EQ(replay(static_cast<int>(i) + 1, "").status, 422U) << kinds[i];
  }
  const std::vector<std::string> mended = {
      R"({"id":"n-1","type":"placed","time":"2026-11-20T09:00:00Z"})",
      R"({"type":"track","userId":"u","event":"Placed","messageId":"m-1"})",
      R"({"userId":"u","event":"Placed","messageId":"m-2"})",
      R"({"specversion":"1.0","type":"placed","source":"shop","id":"c-1"})",
      R"({"id":"h-1","type":"placed","at":"2026-11-20T09:00:00Z"})"};
  for (std::size_t i = 0; i < mended.size(); ++i) {
    const Answer answer = replay(static_cast<int>(i) + 1, mended[i]);
    ASSERT_EQ(answer.status, 200U) << kinds[i] << ": " << answer.json.dump();
    EXPECT_EQ(answer.json["state"], "replayed");
    EXPECT_EQ(answer.json["settled_by"], "steward");
    EXPECT_EQ(last_audited(), "person/reject.mended/" + std::to_string(i + 1));
  }
  EXPECT_EQ(waiting().size(), 0U);
  EXPECT_EQ(events_there(), before + 5);
  EXPECT_EQ(replay(1, mended[0]).status, 409U);
}

TEST_F(RejectRoutes, KeepWhatCameWholeSoFarAsItIsKeptAtAll) {
  const std::string long_one =
      R"({"id":"1","type":"placed","time":"soon","data":{"note":")" + std::string(100'000, 'x') + R"("}})";
  const std::string longer =
      R"({"id":"2","type":"placed","time":"soon","data":{"note":")" + std::string(300'000, 'x') + R"("}})";
  by_key(http::Method::Post, "/v1/events", "[" + long_one + "," + longer + "]");
  const Json list = waiting();
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0]["raw"], long_one);
  EXPECT_EQ(list[0]["raw_cut"], false);
  EXPECT_EQ(list[1]["raw"], longer.substr(0, 262'144));
  EXPECT_EQ(list[1]["raw_cut"], true);
  const Answer refused = replay(2, "");
  EXPECT_EQ(refused.status, 422U);
  EXPECT_NE(refused.json["errors"][0]["detail"].get<std::string>().find("longer than is kept"),
            std::string::npos);
}

TEST_F(RejectRoutes, NoteEveryLookAtWhatWasSent) {
  EXPECT_EQ(waiting().size(), 0U);
  EXPECT_NE(last_audited().find("person.signed_in"), std::string::npos);  // nothing was shown
  by_key(http::Method::Post, "/v1/events", R"([{"id":"1"},{"id":"2"}])");
  EXPECT_EQ(waiting()[0]["raw"], R"({"id":"1"})");
  EXPECT_EQ(last_audited(), "person/rejects.read/1-2");
  EXPECT_EQ(get("steward", "/v1/rejects/2").json["raw"], R"({"id":"2"})");
  EXPECT_EQ(last_audited(), "person/rejects.read/2");
  const std::size_t noted = audited().size();
  EXPECT_FALSE(by_key(http::Method::Get, "/v1/rejects", "").json["rejects"][0].contains("raw"));
  EXPECT_EQ(audited().size(), noted);  // who sees no content is not noted
  http::Request unnoted = request_of("steward", http::Method::Get, "/v1/rejects");
  break_trail();
  EXPECT_EQ(ask(std::move(unnoted)).status, 503U);
}

TEST_F(RejectRoutes, PutAsideIsNotedAndOnce) {
  by_key(http::Method::Post, "/v1/events", R"({"id":"1"})");
  EXPECT_EQ(post("steward", "/v1/rejects/1/dismiss", {{"note", "a test"}}).json["state"], "dismissed");
  EXPECT_EQ(last_audited(), "person/reject.mended/1");
  const std::size_t noted = audited().size();
  EXPECT_EQ(post("steward", "/v1/rejects/1/dismiss", Json::object()).status, 409U);
  EXPECT_EQ(audited().size(), noted + 1);  // the signing in alone
}

}  // namespace
}  // namespace handslag::app
