// SPDX-License-Identifier: Apache-2.0
#include "app/notices/digest.h"

#include "app/notices/digests.h"
#include "io/store/sqlite_database.h"
#include "io/store/store_fixture.h"
#include "pure/calendar/calendars.h"

namespace handslag::app {
namespace {

const model::TimeRules& stockholm() {
  static const auto kCalendars = std::move(calendar::Calendars::create({})).value();
  return *kCalendars->find("sweden", "Europe/Stockholm");
}

store::DigestItem item(std::int64_t key, std::int64_t due_us, store::DigestItem::State state = {}) {
  store::DigestItem it;
  it.unit = "logistics", it.recipient = "Eva", it.kind = "warning";
  it.key = key;
  it.at = store::kTestNow;
  it.due = {store::kTestNow.us + due_us};
  it.state = state;
  it.data = R"({"promise":"p","title":"Levereras i tid <b>","version":1,"customer":"c12"})";
  return it;
}

// 2026-11-21 10:02 UTC is 11:02 in Stockholm.
TEST(Digest, SaysWhatNearsItsBreachSoonestFirst) {
  Digest digest{"logistics", "Logistik", {}, {1, 24, 1}, store::kTestNow};
  digest.items = {item(1, -kMicrosPerHour, store::DigestItem::State::Broken), item(2, 80 * kMicrosPerMinute)};
  store::DigestItem notice = item(3, 0);
  notice.kind = "notice", notice.due = kNoTime;
  notice.data = R"({"record":"case-7","register":"case","occasion":"escalated"})";
  digest.items.push_back(notice);
  const DigestText text = digest_text(digest, Language::Swedish, stockholm());
  EXPECT_EQ(text.subject, "1 brutet löfte, 24 löften nära att brytas, 1 underrättelse – Logistik");
  EXPECT_EQ(text.text,
            "1 brutet löfte, 24 löften nära att brytas, 1 underrättelse – Logistik\n\n"
            "2026-11-21 10:02  brutet: Levereras i tid <b>, kund c12\n"
            "2026-11-21 12:22  (om 1 h 20 min)  Levereras i tid <b>, kund c12\n"
            "2026-11-21 11:02  case-7: eskalerad: ingen har svarat\n"
            "… och 23 till.\n"
            "\n-- \nVarje löfte nämns en gång, och en gång till om det bryts. Handslag\n");
  EXPECT_NE(text.html.find("Levereras i tid &lt;b&gt;, kund c12</li>"), std::string::npos) << text.html;
  EXPECT_EQ(digest_text(digest, Language::English, stockholm()).subject,
            "1 broken promise, 24 promises near their breach, 1 notice – Logistik");
  const Json json = digest_json(digest);
  EXPECT_EQ(json["more"], 23);
  EXPECT_EQ(json["items"][0]["state"], "broken");
  EXPECT_EQ(json["items"][2]["record"], "case-7");
}

TEST(Digest, GoesAtMostOnceInAnInterval) {
  const auto at = [](const char* text) { return *parse_rfc3339(text); };
  const Timestamp first = at("2026-11-21T10:00:00Z");
  EXPECT_EQ(digest_time(Interval::AtOnce, first, {}, stockholm()), at("2026-11-21T10:00:02Z"));
  EXPECT_EQ(digest_time(Interval::AtOnce, first, at("2026-11-21T09:59:50Z"), stockholm()),
            at("2026-11-21T10:00:50Z"));
  EXPECT_EQ(digest_time(Interval::Hourly, first, at("2026-11-21T09:30:00Z"), stockholm()),
            at("2026-11-21T10:30:00Z"));
  EXPECT_EQ(digest_time(Interval::Hourly, first, at("2026-11-21T07:30:00Z"), stockholm()),
            at("2026-11-21T10:00:02Z"));
  // Seven in the morning in Stockholm is six in UTC.
  EXPECT_EQ(digest_time(Interval::Daily, first, {}, stockholm()), at("2026-11-22T06:00:00Z"));
  EXPECT_EQ(digest_time(Interval::Daily, at("2026-11-21T05:00:00Z"), at("2026-11-20T06:00:03Z"), stockholm()),
            at("2026-11-21T06:00:00Z"));
}

class DigestsTest : public store::StoreTest {
 protected:
  DigestsTest() {
    open();
    records_.emplace(std::move(data_->open_notices()).value());
  }
  void start(const std::string& recipients, const std::string& from = "Handslag <h@example.se>") {
    ASSERT_TRUE(records_->put_recipients({"logistics", 1, recipients, {}, ""}).ok());
    courier_ = std::make_unique<Courier>(
        *records_, "tok", [](http::OutgoingRequest, Outcome) {}, [] { return 0.0; });
    outbox_ = std::make_unique<Outbox>(*records_, feed_, *courier_);
    ASSERT_TRUE(outbox_->load().ok());
    Digests::Ways ways;
    ways.from = from;
    ways.send = [this](DigestMail mail) { mails_.push_back(std::move(mail)); };
    ways.named = [](const std::string& unit) { return unit; };
    ways.rules = &stockholm();
    ways.token = "tok";
    ways.jitter = [] { return 0.0; };
    digests_ = std::make_unique<Digests>(*records_, *outbox_, ways);
    ASSERT_TRUE(digests_->load().ok());
  }
  // All that is due now, and as the server does: anew until nothing is.
  void run(std::int64_t later_us) {
    now_.us += later_us;
    do {
      const auto stepped = digests_->step(now_);
      ASSERT_TRUE(stepped.ok()) << stepped.error().message;
    } while (digests_->next() && *digests_->next() <= now_);
  }
  void add(std::int64_t key) {
    store::DigestItem it = item(key, kMicrosPerHour);
    it.at = now_;
    ASSERT_TRUE(records_->add_item(it).ok());
  }
  void taken(const std::string& error = "") {
    ASSERT_TRUE(digests_->done({{"logistics", "Eva", error}}, now_).ok());
  }

  Timestamp now_ = store::kTestNow;
  ChangeFeed feed_;
  std::optional<store::NoticeRecords> records_;
  std::unique_ptr<Courier> courier_;
  std::unique_ptr<Outbox> outbox_;
  std::unique_ptr<Digests> digests_;
  std::vector<DigestMail> mails_;
};

constexpr const char* kEva = R"([{"name":"Eva","mail":"eva@example.se","interval":"hourly"}])";

TEST_F(DigestsTest, ABurstIsOneMailAndTheNextWaitsForItsHour) {
  start(kEva);
  add(1), add(2);
  run(kMicrosPerSecond);
  EXPECT_TRUE(mails_.empty());
  run(kMicrosPerSecond);
  ASSERT_EQ(mails_.size(), 1U);
  EXPECT_EQ(mails_[0].to, "eva@example.se");
  taken();
  add(3);
  run(59 * kMicrosPerMinute);
  EXPECT_EQ(mails_.size(), 1U);
  run(kMicrosPerMinute);
  EXPECT_EQ(mails_.size(), 2U);
  taken();
  run(48 * kMicrosPerHour);
  EXPECT_EQ(mails_.size(), 2U);
}

TEST_F(DigestsTest, AMailThatFailsIsTheSameWhenItIsTriedAgainAlsoAfterARestart) {
  start(kEva);
  add(1);
  run(2 * kMicrosPerSecond);
  ASSERT_EQ(mails_.size(), 1U);
  taken("the mail server is away");
  EXPECT_EQ(digests_->error_of("logistics", "Eva"), "the mail server is away");
  run(4 * kMicrosPerSecond);
  EXPECT_EQ(mails_.size(), 1U);
  start(kEva);
  run(kMicrosPerSecond);
  ASSERT_EQ(mails_.size(), 2U);
  EXPECT_EQ(mails_[0].message, mails_[1].message);
  taken();
  EXPECT_EQ(digests_->error_of("logistics", "Eva"), "");
  run(48 * kMicrosPerHour);
  EXPECT_EQ(mails_.size(), 2U);
}

TEST_F(DigestsTest, WhatCannotBeWrittenOfOneLeavesNobodyUnderWay) {
  start(R"([{"name":"Bo","mail":"bo@example.se","interval":"hourly"},
            {"name":"Eva","mail":"eva@example.se","interval":"hourly"}])");
  store::DigestItem bos = item(1, kMicrosPerHour);
  bos.at = now_, bos.recipient = "Bo";
  ASSERT_TRUE(records_->add_item(bos).ok());
  add(1);
  run(2 * kMicrosPerSecond);
  ASSERT_EQ(mails_.size(), 2U);
  const auto aside = store::SqliteDatabase::open(path_ + "/records.sqlite", store::SqliteMode::Write).value();
  ASSERT_TRUE(aside->run("ALTER TABLE digest_progress RENAME TO aside").ok());
  EXPECT_FALSE(digests_->done({{"logistics", "Bo", ""}, {"logistics", "Eva", ""}}, now_).ok());
  ASSERT_TRUE(aside->run("ALTER TABLE aside RENAME TO digest_progress").ok());
  bos.key = 2, bos.at = {now_.us + kMicrosPerSecond};
  ASSERT_TRUE(records_->add_item(bos).ok());
  run(kMicrosPerSecond);
  add(2);
  run(kMicrosPerHour);
  EXPECT_EQ(mails_.size(), 4U);
}

TEST_F(DigestsTest, WithoutAMailServerItemsWaitAndItIsSaid) {
  start(kEva, "");
  add(1);
  run(kMicrosPerHour);
  EXPECT_TRUE(mails_.empty());
  EXPECT_NE(digests_->error_of("logistics", "Eva").find("mail is off"), std::string::npos);
  start(kEva);
  run(kMicrosPerSecond);
  EXPECT_EQ(mails_.size(), 1U);
}

TEST_F(DigestsTest, AWebhookIsToldThroughTheOutbox) {
  start(R"([{"name":"Eva","webhook":7,"interval":"at_once","most":1}])");
  add(1), add(2);
  run(2 * kMicrosPerSecond);
  const auto lines = *records_->lines_after(0, 10);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].target, 7);
  const Json data = Json::parse(lines[0].data);
  EXPECT_EQ(data["items"].size(), 1U);
  EXPECT_EQ(data["more"], 1);
  EXPECT_EQ(data["recipient"], "Eva");
}

}  // namespace
}  // namespace handslag::app
