// SPDX-License-Identifier: Apache-2.0
// The front line's routes as a client meets them, over an installation with three customers: Anna and Bo, who
// share a phone number, and Cilla, whose identity is protected.
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

#include "app/access/access_fixture.h"
#include "app/access/cookies.h"
#include "app/api/api.h"
#include "app/api/hooks.h"
#include "app/api/register_desk.h"
#include "app/api/routes.h"
#include "app/api/services.h"
#include "app/frontline/card.h"

namespace handslag::app {
namespace {

constexpr std::int64_t kHour = 3600 * kMicrosPerSecond;

// Keeps the one answer until somebody asks for it.
class KeptAnswer final : public http::Exchange {
 public:
  void answer(http::Response response) override {
    const std::lock_guard lock(mutex_);
    response_ = std::move(response);
    come_.notify_all();
  }
  std::shared_ptr<http::Stream> answer_stream(http::Response, http::Gone) override { return nullptr; }
  http::Response wait() {
    std::unique_lock lock(mutex_);
    come_.wait(lock, [this] { return response_.has_value(); });
    return *response_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable come_;
  std::optional<http::Response> response_;
};

class FrontlineRoutes : public AccessTest {
 protected:
  void SetUp() override {
    AccessTest::SetUp();
    publish();
    add("anna.front", {{Role::FrontLine, "service"}});
    add("owner", {{Role::Owner, "logistics"}});
    add("analyst", {{Role::Analyst, "*"}});
    auto journal = data_->intake();
    ASSERT_TRUE(journal.ok());
    WatchOptions options;
    options.live.names = card_names();
    auto watch = Watch::start(*data_, **journal, clock_, options);
    ASSERT_TRUE(watch.ok()) << watch.error().message;
    watch_ = std::move(watch).value();
    intake_ = std::make_unique<LiveIntake>(**journal, *watch_);
    auto calendars = calendar::Calendars::create({});
    ASSERT_TRUE(calendars.ok());
    calendars_ = std::move(calendars).value();
    auto registers = RegisterDesk::open(*data_, *calendars_, clock_, *intake_, {});
    ASSERT_TRUE(registers.ok()) << registers.error().message;
    registers_ = std::move(registers).value();
    services_ =
        std::make_unique<Services>(Services{*data_, **journal, *watch_, *intake_, *access_, workers_, beats_,
                                            hooks_, *registers_, clock_, [] { return false; }, "test", 7});
    api_ = std::make_unique<Api>(*services_, all_routes());
    send_story();
  }
  void TearDown() override {
    api_.reset();
    registers_.reset();
    watch_.reset();
    AccessTest::TearDown();
  }

  void publish() {
    store::PromiseVersion version;
    version.id = "delivered";
    version.text =
        "promise delivered \"Delivered\" kept by logistics weight 5 when placed then sent within 48 h, same "
        "order";
    version.published_at = clock_.now();
    ASSERT_TRUE(data_->promises().publish(version).ok());
  }

  model::Event told(const std::string& type, std::int64_t hours_ago, std::vector<model::Identifier> subject,
                    std::vector<model::Key> keys = {}, std::vector<model::Attribute> data = {}) {
    model::Event event;
    event.source = "shop";
    event.id = "e" + std::to_string(++events_);
    event.type = type;
    event.time = {clock_.now().us - hours_ago * kHour};
    event.sequence = events_;
    event.subject = std::move(subject);
    event.keys = std::move(keys);
    event.data = std::move(data);
    return event;
  }

  void send_story() {
    const model::Identifier anna{"email", "anna@example.se"}, phone{"phone", "+46701234567"};
    const model::Identifier bo{"email", "bo@example.se"}, cilla{"email", "cilla@example.se"};
    format::WireEvents events;
    events.events = {
        told("customer.updated", 300, {{"personnummer", "196808199266"}, anna, phone}),
        told("customer.updated", 300, {bo, phone}),
        told("customer.updated", 300, {cilla}, {}, {{"protected", true}}),
        told("placed", 200, {anna}, {{"order", "A1"}}),
        told("placed", 200, {bo}, {{"order", "B1"}}),
        told("contact.started", 100, {anna}, {{"contact", "k1"}, {"order", "A1"}, {"matter", "m1"}}),
        told("contact.started", 50, {anna}, {{"contact", "k2"}, {"order", "A1"}, {"matter", "m1"}}),
        told("contact.ended", 50, {anna}, {{"contact", "k2"}}, {{"note", "she sighed"}}),
    };
    events.events.back().agent = "Ulla";
    send(std::move(events));
  }
  void send(format::WireEvents events) {
    std::mutex mutex;
    std::condition_variable come;
    std::optional<store::Position> position;
    intake_->accept("events", "shop", std::move(events), clock_.now(), [&](const Result<Receipt>& receipt) {
      ASSERT_TRUE(receipt.ok());
      const std::lock_guard lock(mutex);
      position = receipt->position;
      come.notify_all();
    });
    {
      std::unique_lock lock(mutex);
      come.wait(lock, [&] { return position.has_value(); });
    }
    wait_for(*position);
  }
  void wait_for(store::Position position) {
    while (watch_->state().taken_position < position) watch_->ask_and_wait([](Live*, Timestamp) {});
  }

  struct Answer {
    unsigned status = 0;
    Json json;
  };
  Answer ask(http::Request request) {
    auto kept = std::make_shared<KeptAnswer>();
    request.received = clock_.now();
    api_->handle(std::move(request), http::Reply(kept));
    const http::Response response = kept->wait();
    return {response.status, Json::parse(response.content())};
  }
  http::Request request_of(const std::string& login, http::Method method, const std::string& path,
                           std::vector<http::Parameter> query = {}) {
    http::Request request;
    request.method = method;
    request.path = path;
    request.query = std::move(query);
    const SignedIn in = sign_in(login);
    request.headers = {{"cookie", std::string(cookie_name(Transport::Clear)) + "=" + in.token},
                       {"x-csrf-token", in.csrf}};
    return request;
  }
  Answer get(const std::string& login, const std::string& path, std::vector<http::Parameter> query = {}) {
    return ask(request_of(login, http::Method::Get, path, std::move(query)));
  }
  Answer identify(const std::string& login, const Json& body) {
    http::Request request = request_of(login, http::Method::Post, "/v1/identify");
    request.body = body.dump();
    return ask(std::move(request));
  }
  std::string last_audited() { return audited().back(); }

  std::unique_ptr<Watch> watch_;
  std::unique_ptr<LiveIntake> intake_;
  std::unique_ptr<calendar::Calendars> calendars_;
  std::unique_ptr<RegisterDesk> registers_;
  Workers workers_{1};
  Beats beats_;
  Hooks hooks_;
  std::unique_ptr<Services> services_;
  std::unique_ptr<Api> api_;
  int events_ = 0;
};

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
  }
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
  EXPECT_FALSE(answer.json.contains("customer"));
  EXPECT_EQ(answer.json.dump().find("Ulla"), std::string::npos);
  EXPECT_EQ(get("analyst", "/v1/cause/none").status, 404U);
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
