// SPDX-License-Identifier: Apache-2.0
// With a clock of the test's own and endpoints that answer as the test says.
#include "app/notices/courier.h"

#include <algorithm>

#include "io/format/webhook_signature.h"
#include "io/store/sqlite_database.h"
#include "io/store/store_fixture.h"

namespace handslag::app {
namespace {

class CourierTest : public store::StoreTest {
 protected:
  CourierTest() {
    open();
    records_.emplace(std::move(data_->open_notices()).value());
    start();
  }
  void start() {
    courier_ = std::make_unique<Courier>(
        *records_, "tok",
        [this](http::OutgoingRequest request, Outcome outcome) {
          requests_.push_back(std::move(request));
          sent_.push_back(std::move(outcome));
        },
        [] { return 0.0; });
    ASSERT_TRUE(courier_->load().ok());
  }
  std::int64_t add_webhook(const std::string& filter = "{}") {
    store::StoredWebhook webhook;
    webhook.name = "crm", webhook.url = "https://crm.example.se/in", webhook.filter = filter;
    webhook.secret = fresh_webhook_secret();
    webhook.created = now_;
    const std::int64_t number = records_->add_webhook(webhook)->number;
    EXPECT_TRUE(courier_->load().ok());
    return number;
  }
  void add_lines(int count, const std::string& unit = "logistics", const std::string& verdict = "broken") {
    store::OutboxLine line;
    line.at = now_;
    line.kind = "verdict", line.type = "verdict.changed", line.unit = unit, line.promise = "p",
    line.verdict = verdict;
    line.data = R"({"customer":"c12"})";
    for (int i = 0; i < count; ++i) ASSERT_TRUE(records_->add_line(line).ok());
    courier_->note_lines();
  }
  void step(std::int64_t later_us = 0) {
    now_.us += later_us;
    ASSERT_TRUE(courier_->step(now_).ok());
  }
  // Lines under way, in the order of sending.
  std::vector<std::int64_t> under_way() const {
    std::vector<std::int64_t> lines;
    for (const Outcome& it : sent_) lines.push_back(it.line);
    return lines;
  }
  void answer(std::int64_t line, unsigned status, std::optional<std::int64_t> retry_after = {}) {
    const auto found =
        std::find_if(sent_.begin(), sent_.end(), [&](const Outcome& it) { return it.line == line; });
    ASSERT_NE(found, sent_.end()) << "line " << line << " is not under way";
    Outcome outcome = *found;
    sent_.erase(found);
    outcome.status = status;
    outcome.answered = now_;
    outcome.retry_after_us = retry_after;
    if (status == 0) outcome.error = "crm.example.se:443 did not answer in time";
    courier_->done(outcome);
    step();
  }
  const store::StoredWebhook& webhook(std::int64_t number = 1) { return courier_->webhooks().at(number); }
  store::StoredWebhook stored(std::int64_t number = 1) {
    return records_->webhooks()->at(static_cast<std::size_t>(number) - 1);
  }

  Timestamp now_ = store::kTestNow;
  std::optional<store::NoticeRecords> records_;
  std::unique_ptr<Courier> courier_;
  std::vector<http::OutgoingRequest> requests_;
  std::vector<Outcome> sent_;
};

using Lines = std::vector<std::int64_t>;

TEST_F(CourierTest, SendsAsStandardWebhooksSays) {
  add_webhook();
  add_lines(1);
  step();
  ASSERT_EQ(requests_.size(), 1U);
  const http::OutgoingRequest& request = requests_.front();
  EXPECT_EQ(request.body,
            R"({"type":"verdict.changed","timestamp":"2026-11-21T10:02:00Z","data":{"customer":"c12"}})");
  std::vector<format::WireHeader> headers;
  for (const http::Header& it : request.headers) headers.push_back({it.name, it.value});
  format::WireRequest wire;
  wire.headers = headers;
  wire.body = request.body;
  const std::string secrets[] = {webhook().secret};
  EXPECT_TRUE(check_signature(*format::named_signature("standard-webhooks"), secrets, wire, now_).ok());
  EXPECT_EQ(sent_.front().message, "msg_tok_1");
  answer(1, 204);
  EXPECT_EQ(stored().acknowledged, 1);
  EXPECT_EQ(records_->deliveries(1, 0, 10)->front().status, 204U);
}

TEST_F(CourierTest, SendsWhatTheFilterLetsThrough) {
  add_webhook(R"({"unit":["sales"],"verdict":["broken"],"kind":["verdict"]})");
  add_lines(3);
  add_lines(1, "sales");
  add_lines(1, "sales", "kept");
  step();
  EXPECT_EQ(under_way(), (Lines{4}));
  answer(4, 200);
  EXPECT_EQ(stored().acknowledged, 5);
}

TEST_F(CourierTest, MoreGoAtOnceWhileAllIsWell) {
  add_webhook();
  add_lines(40);
  step();
  EXPECT_EQ(under_way(), (Lines{1}));
  answer(1, 200);
  EXPECT_EQ(under_way(), (Lines{2, 3}));
  answer(2, 200), answer(3, 200);
  EXPECT_EQ(under_way().size(), 8U);
  for (int i = 0; i < 20; ++i) answer(under_way().front(), 200);
  EXPECT_EQ(under_way().size(), kMostUnderWay);
}

// By hand from DEPENDENCIES.md: 5 s, 5 min, 30 min, 2, 5, 10, 14, 20, 24 h; then off.
TEST_F(CourierTest, TriesAgainForDaysAndThenSwitchesOff) {
  add_webhook();
  add_lines(3);
  step();
  for (const std::int64_t delay : {5 * kMicrosPerSecond, 5 * kMicrosPerMinute, 30 * kMicrosPerMinute,
                                   2 * kMicrosPerHour, 5 * kMicrosPerHour, 10 * kMicrosPerHour,
                                   14 * kMicrosPerHour, 20 * kMicrosPerHour, 24 * kMicrosPerHour}) {
    answer(1, 500);
    EXPECT_EQ(courier_->next(), std::optional(Timestamp{now_.us + delay}));
    step(delay - 1);
    EXPECT_TRUE(under_way().empty());
    step(1);
    EXPECT_EQ(under_way(), (Lines{1}));
  }
  EXPECT_FALSE(webhook().off.has_value());
  answer(1, 0);
  EXPECT_TRUE(stored().off.has_value());
  EXPECT_NE(stored().why_off.find("10 attempts since 2026-11-21T10:02:00Z"), std::string::npos)
      << stored().why_off;
  EXPECT_FALSE(courier_->next().has_value());
  step(48 * kMicrosPerHour);
  EXPECT_TRUE(under_way().empty());
  EXPECT_EQ(stored().acknowledged, 0);
}

TEST_F(CourierTest, GoesOnInOrderAfterAFailure) {
  add_webhook();
  add_lines(7);
  step();
  answer(1, 200);
  answer(3, 200);
  EXPECT_EQ(under_way(), (Lines{2, 4, 5, 6}));
  answer(2, 503);
  EXPECT_EQ(stored().acknowledged, 1);
  answer(4, 200), answer(5, 500), answer(6, 200);
  EXPECT_TRUE(under_way().empty());  // what goes well behind it does not hurry it
  EXPECT_EQ(stored().attempt, 1U);
  step(6 * kMicrosPerSecond);
  EXPECT_EQ(under_way(), (Lines{2}));
  answer(2, 200);
  EXPECT_EQ(under_way(), (Lines{5, 7}));  // 3, 4 and 6 have been told
  answer(5, 200), answer(7, 200);
  EXPECT_EQ(stored().acknowledged, 7);
  EXPECT_EQ(stored().attempt, 0U);
}

// The address was changed while a message was on its way to the old one.
TEST_F(CourierTest, TheOldAddressDoesNotAnswerForTheNew) {
  add_webhook();
  add_lines(1);
  step();
  store::StoredWebhook changed = webhook();
  ++changed.version;
  changed.url = "https://new.example.se/in";
  ASSERT_TRUE(records_->put_webhook(changed).ok());
  ASSERT_TRUE(courier_->load().ok());
  step();
  ASSERT_EQ(under_way(), (Lines{1, 1}));  // the old one's first
  EXPECT_EQ(requests_.back().url, "https://new.example.se/in");
  answer(1, 204);
  EXPECT_EQ(stored().acknowledged, 0);
  answer(1, 500);
  EXPECT_EQ(stored().attempt, 1U);
  step(5 * kMicrosPerSecond);
  EXPECT_EQ(under_way(), (Lines{1}));
  answer(1, 204);
  EXPECT_EQ(stored().acknowledged, 1);
}

TEST_F(CourierTest, WhatIsNotWrittenYetOutlivesTheEditOfAnother) {
  add_webhook();
  add_lines(1);
  step();
  const auto aside = store::SqliteDatabase::open(path_ + "/records.sqlite", store::SqliteMode::Write).value();
  ASSERT_TRUE(aside->run("ALTER TABLE webhook_deliveries RENAME TO aside").ok());
  Outcome outcome = sent_.front();
  sent_.clear();
  outcome.status = 204, outcome.answered = now_;
  courier_->done(outcome);
  EXPECT_FALSE(courier_->step(now_).ok());
  ASSERT_TRUE(aside->run("ALTER TABLE aside RENAME TO webhook_deliveries").ok());
  add_webhook();
  step();
  EXPECT_EQ(stored().acknowledged, 1);
}

TEST_F(CourierTest, GoneSwitchesOffAtOnce) {
  add_webhook();
  add_lines(2);
  step();
  answer(1, 410);
  EXPECT_TRUE(stored().off.has_value());
  EXPECT_NE(stored().why_off.find("410"), std::string::npos);
}

TEST_F(CourierTest, WaitsAsLongAsTheEndpointAsks) {
  add_webhook();
  add_lines(1);
  step();
  answer(1, 429, 90 * kMicrosPerSecond);
  step(89 * kMicrosPerSecond);
  EXPECT_TRUE(under_way().empty());
  step(1 * kMicrosPerSecond);
  EXPECT_EQ(under_way(), (Lines{1}));
}

TEST_F(CourierTest, ADeadEndpointKeepsNobodyWaiting) {
  add_webhook(), add_webhook();
  add_lines(100);
  step();
  for (int i = 0; i < 100; ++i) {
    const auto mine =
        std::find_if(sent_.begin(), sent_.end(), [](const Outcome& it) { return it.webhook == 2; });
    ASSERT_NE(mine, sent_.end()) << i;
    Outcome outcome = *mine;
    sent_.erase(mine);
    outcome.status = 200, outcome.answered = now_;
    courier_->done(outcome);
    step();
  }
  EXPECT_EQ(stored(2).acknowledged, 100);
  EXPECT_EQ(stored(1).acknowledged, 0);
  EXPECT_EQ(under_way(), (Lines{1}));  // of the dead one
}

TEST_F(CourierTest, ARestartSendsAgainWhatWasUnderWayUnderTheSameId) {
  add_webhook();
  add_lines(4);
  step();
  answer(1, 200);
  const std::string before = sent_.front().message;
  sent_.clear();
  start();
  step();
  EXPECT_EQ(sent_.front().message, before);
  EXPECT_EQ(sent_.front().message, "msg_tok_2");
}

TEST_F(CourierTest, WhatWasDroppedIsToldAsAGap) {
  add_webhook();
  add_lines(5);
  ASSERT_TRUE(records_->drop_lines(now_, 2).ok());
  step();
  ASSERT_EQ(requests_.size(), 1U);
  EXPECT_NE(requests_.front().body.find(R"("type":"gap")"), std::string::npos) << requests_.front().body;
  answer(3, 200);
  EXPECT_EQ(under_way(), (Lines{4, 5}));
}

TEST_F(CourierTest, ALineForOneIsSentToThatOneAlone) {
  add_webhook(), add_webhook(R"({"kind":["warning"]})");
  store::OutboxLine line;
  line.at = now_;
  line.kind = line.type = "test", line.data = "{}";
  line.target = 2;
  ASSERT_TRUE(records_->add_line(line).ok());
  courier_->note_lines();
  step();
  ASSERT_EQ(sent_.size(), 1U);
  EXPECT_EQ(sent_.front().webhook, 2);
}

TEST(Webhook, AddressesThatAreNotPublicAreRefused) {
  for (const char* good :
       {"https://crm.example.se/in?x=1", "http://example.se:8080", "https://[2606:4700::1]/"}) {
    EXPECT_TRUE(check_webhook_url(good, false).ok()) << good;
  }
  for (const char* bad :
       {"", "ftp://example.se", "https://", "https://user:pw@example.se/", "https://exa mple.se/",
        "https://127.0.0.1/", "http://localhost:80/", "http://[::1]/", "http://10.1.2.3:9/",
        "https://example.se/\r\nX: y", "https://exåmple.se/"}) {
    EXPECT_EQ(check_webhook_url(bad, false).error().code, ErrorCode::Invalid) << bad;
  }
  EXPECT_NE(check_webhook_url("https://example.se/å", false).error().message.find("%C3%A5"),
            std::string::npos);
  EXPECT_TRUE(check_webhook_url("http://127.0.0.1:9000/in", true).ok());
}

TEST(Webhook, FiltersNameWhatThereIs) {
  const auto read = [](const char* text) { return read_webhook_filter(Json::parse(text)); };
  EXPECT_EQ(read(R"({"unit":"a","verdict":["broken","late"]})")->verdicts.size(), 2U);
  EXPECT_FALSE(read(R"({"verdict":"smashed"})").ok());
  EXPECT_FALSE(read(R"({"kind":["verdict",1]})").ok());
  EXPECT_FALSE(read(R"({"colour":"red"})").ok());
}

TEST(Webhook, RetriesAreSpreadByAFifth) {
  EXPECT_EQ(retry_delay_us(1, 0.0), std::optional(5 * kMicrosPerSecond));
  EXPECT_EQ(retry_delay_us(2, 1.0), std::optional(6 * kMicrosPerMinute));
  EXPECT_EQ(retry_delay_us(10, 0.5), std::nullopt);
  const std::string header = "120", word = "tomorrow", long_time = "999999";
  EXPECT_EQ(retry_after_us(&header), std::optional(120 * kMicrosPerSecond));
  EXPECT_EQ(retry_after_us(&word), std::nullopt);
  EXPECT_EQ(retry_after_us(&long_time), std::optional(24 * kMicrosPerHour));
  EXPECT_EQ(retry_after_us(nullptr), std::nullopt);
}

}  // namespace
}  // namespace handslag::app
