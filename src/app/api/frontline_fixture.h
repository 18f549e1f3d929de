// SPDX-License-Identifier: Apache-2.0
// The front line's routes as a client meets them, over an installation with three customers: Anna and Bo, who
// share a phone number, and Cilla, whose identity is protected. For the tests of this folder.
#pragma once

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

#include "app/access/access_fixture.h"
#include "app/access/cookies.h"
#include "app/api/api.h"
#include "app/api/front_desk.h"
#include "app/api/hooks.h"
#include "app/api/register_desk.h"
#include "app/api/routes.h"
#include "app/api/services.h"
#include "app/intake/uploads.h"
#include "app/quarters/quarters.h"

namespace handslag::app {

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
    options.live.names = quarter_names();  // those of the card and of causes are among them
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
    auto front = FrontDesk::open(*data_, *registers_, clock_.now());
    ASSERT_TRUE(front.ok()) << front.error().message;
    front_ = std::move(front).value();
    services_ = std::make_unique<Services>(Services{*data_, **journal, *watch_, *intake_, *access_, workers_,
                                                    beats_, hooks_, *registers_, *front_, clock_,
                                                    [] { return false; }, "test", 7});
    auto uploads = Uploads::open(data_->path());
    ASSERT_TRUE(uploads.ok()) << uploads.error().message;
    uploads_ = std::move(uploads).value();
    services_->uploads = uploads_.get();
    api_ = std::make_unique<Api>(*services_, all_routes());
    send_story();
  }
  void TearDown() override {
    api_.reset();
    front_.reset();
    registers_.reset();
    watch_.reset();
    AccessTest::TearDown();
  }

  void publish() {
    publish(
        "delivered",
        "promise delivered \"Delivered\" kept by logistics weight 5 when placed then sent within 48 h, same "
        "order");
    publish(
        "kept-word",
        "promise kept-word \"What we say we do\" kept by service when commitment.made then commitment.kept "
        "no later than due, same commitment unless commitment.released, same commitment");
  }
  void publish(const std::string& id, const std::string& text) {
    store::PromiseVersion version;
    version.id = id;
    version.text = text;
    version.published_at = clock_.now();
    ASSERT_TRUE(data_->promises().publish(version).ok());
  }

  model::Event told(const std::string& type, std::int64_t hours_ago, std::vector<model::Identifier> subject,
                    std::vector<model::Key> keys = {}, std::vector<model::Attribute> data = {}) {
    model::Event event;
    event.source = "shop";
    event.id = "e" + std::to_string(++events_);
    event.type = type;
    event.time = {clock_.now().us - hours_ago * kMicrosPerHour};
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
  http::Response response_to(http::Request request) {
    auto kept = std::make_shared<KeptAnswer>();
    request.received = clock_.now();
    api_->handle(std::move(request), http::Reply(kept));
    return kept->wait();
  }
  Answer ask(http::Request request) {
    const http::Response response = response_to(std::move(request));
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
  Answer post(const std::string& login, const std::string& path, const Json& body) {
    return send_as(login, http::Method::Post, path, body);
  }
  Answer send_as(const std::string& login, http::Method method, const std::string& path, const Json& body) {
    http::Request request = request_of(login, method, path);
    request.body = body.dump();
    return ask(std::move(request));
  }
  Answer identify(const std::string& login, const Json& body) { return post(login, "/v1/identify", body); }
  /// Somebody who has not signed in.
  Answer visit(const std::string& path) {
    http::Request request;
    request.method = http::Method::Get;
    request.path = path;
    request.remote_address = kAddress;
    return ask(std::move(request));
  }
  std::string last_audited() { return audited().back(); }

  std::unique_ptr<Watch> watch_;
  std::unique_ptr<LiveIntake> intake_;
  std::unique_ptr<calendar::Calendars> calendars_;
  std::unique_ptr<RegisterDesk> registers_;
  std::unique_ptr<FrontDesk> front_;
  Workers workers_{1};
  Beats beats_;
  Hooks hooks_;
  std::unique_ptr<Uploads> uploads_;
  std::unique_ptr<Services> services_;
  std::unique_ptr<Api> api_;
  int events_ = 0;
};

}  // namespace handslag::app
