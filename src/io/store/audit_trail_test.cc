// SPDX-License-Identifier: Apache-2.0
#include "io/store/audit_trail.h"

#include <set>

#include "io/store/backup.h"
#include "io/store/sqlite_database.h"
#include "io/store/store_fixture.h"

namespace handslag::store {
namespace {

AuditEntry looked(const std::string& whom, const std::string& why = "") {
  return {AuditWho::Person, "17", AuditVerb::CardRead, whom, why, ""};
}

class AuditTrailTest : public StoreTest {
 protected:
  void SetUp() override { open(); }
  void TearDown() override { trail_.reset(); }

  void open_trail(const AuditOptions& options = {}) {
    trail_.reset();
    auto opened = data_->open_audit_trail(clock_, options);
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    trail_ = std::move(*opened);
  }
  /// A trail of `count` lines, closed.
  void write_lines(int count) {
    open_trail();
    for (int i = 1; i <= count; ++i) ASSERT_TRUE(trail_->note(looked("c-" + std::to_string(i))).ok());
    ASSERT_TRUE(trail_->close().ok());
    trail_.reset();
  }
  std::vector<AuditLine> lines(const AuditQuery& query = {}) {
    auto found = trail_->list(query);
    EXPECT_TRUE(found.ok());
    return std::move(found).value();
  }
  /// As somebody with the file in his hands would.
  void tamper(const std::string& file, const std::string& sql) {
    const auto database = SqliteDatabase::open(path_ + "/" + file, SqliteMode::Write).value();
    const Status done = database->run(
        "DROP TRIGGER IF EXISTS audit_trail_is_not_changed; DROP TRIGGER IF EXISTS audit_trail_is_not_cut;" +
        sql);
    ASSERT_TRUE(done.ok()) << done.error().message;
  }
  /// The line that verifying names; 0 where all fit.
  std::uint64_t first_fault(const std::optional<AuditHead>& known = std::nullopt) {
    const auto verdict = data_->audit().verify(known);
    EXPECT_TRUE(verdict.ok());
    return verdict->fault ? verdict->fault->line : 0;
  }

  runtime::SetClock clock_{kTestNow};
  std::unique_ptr<AuditTrail> trail_;
};

// The hash was computed by Python's hashlib over the bytes that audit_hash describes.
TEST_F(AuditTrailTest, HashesTheBytesThatItsHeaderDescribes) {
  open_trail();
  ASSERT_TRUE(trail_->note(looked("c-000042", "samtal 8812 åäö")).ok());
  const auto all = lines();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].at, kTestNow);
  EXPECT_EQ(all[0].at.us, 1'795'255'320'000'000);
  EXPECT_EQ(all[0].previous_hash, std::string(64, '0'));
  EXPECT_EQ(all[0].hash, "aacdc074cbc6ae13d4fb41279f8770e54624657f2b63bd30b1384d06adb4cdea");
}

TEST_F(AuditTrailTest, KeepsEverythingInOrderAcrossClosing) {
  write_lines(3);
  open_trail();
  AuditEntry other{AuditWho::Key, "4", AuditVerb::Denied, "GET /v1/gap", "why", R"({"a":1})"};
  ASSERT_TRUE(trail_->note(other).ok());
  const auto all = lines();
  ASSERT_EQ(all.size(), 4U);
  for (std::uint64_t i = 0; i < 4; ++i) EXPECT_EQ(all[i].number, i + 1);
  EXPECT_EQ(all[2].whom, "c-3");
  EXPECT_EQ(all[3].who_kind, "key");
  EXPECT_EQ(all[3].who, "4");
  EXPECT_EQ(all[3].what, "denied");
  EXPECT_EQ(all[3].why, "why");
  EXPECT_EQ(all[3].details, R"({"a":1})");
  EXPECT_FALSE(trail_->verify()->fault);
  EXPECT_EQ(trail_->verify()->head.lines, 4U);
}

TEST_F(AuditTrailTest, IsOnDiskAfterFlushing) {
  open_trail({.group = std::chrono::hours(1)});
  ASSERT_TRUE(trail_->note(looked("c-1")).ok());
  ASSERT_TRUE(trail_->flush().ok());
  EXPECT_EQ(data_->audit().newest()->lines, 1U);
}

TEST_F(AuditTrailTest, CommitsByItself) {
  open_trail({.group = std::chrono::milliseconds(1)});
  ASSERT_TRUE(trail_->note(looked("c-1")).ok());
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (data_->audit().newest()->lines == 0 && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::yield();
  }
  EXPECT_EQ(data_->audit().newest()->lines, 1U);
}

TEST_F(AuditTrailTest, TakesFromManyThreadsAtOnce) {
  open_trail({.capacity = 16, .patience = std::chrono::minutes(10)});
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([this, t] {
      for (int i = 0; i < 100; ++i) EXPECT_TRUE(trail_->note(looked(std::to_string(100 * t + i))).ok());
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::string> whom;
  for (const AuditLine& line : lines()) whom.insert(line.whom);
  EXPECT_EQ(whom.size(), 400U);
  EXPECT_FALSE(trail_->verify()->fault);
}

TEST_F(AuditTrailTest, AnswersByWhoWhomWhatAndWhen) {
  open_trail();
  for (int i = 1; i <= 6; ++i) {
    clock_.set({kTestNow.us + i * kMicrosPerSecond});
    AuditEntry entry = looked(i % 2 == 0 ? "even" : "odd");
    entry.who = i <= 3 ? "17" : "18";
    if (i == 6) entry.what = AuditVerb::CauseRead;
    ASSERT_TRUE(trail_->note(entry).ok());
  }
  const auto numbers = [this](AuditQuery query) {
    std::vector<std::uint64_t> found;
    for (const AuditLine& line : lines(query)) found.push_back(line.number);
    return found;
  };
  using Numbers = std::vector<std::uint64_t>;
  constexpr auto kNewest = AuditQuery::Order::NewestFirst;
  EXPECT_EQ(numbers({.whom = "even"}), (Numbers{2, 4, 6}));
  EXPECT_EQ(numbers({.who_kind = "person", .who = "17"}), (Numbers{1, 2, 3}));
  EXPECT_EQ(numbers({.who_kind = "key", .who = "17"}), Numbers{});
  EXPECT_EQ(numbers({.what = "cause.read"}), Numbers{6});
  EXPECT_EQ(numbers({.from = Timestamp{kTestNow.us + 2 * kMicrosPerSecond},
                     .to = Timestamp{kTestNow.us + 4 * kMicrosPerSecond}}),
            (Numbers{2, 3}));
  EXPECT_EQ(numbers({.beyond = 4}), (Numbers{5, 6}));
  EXPECT_EQ(numbers({.order = kNewest, .limit = 2}), (Numbers{6, 5}));
  EXPECT_EQ(numbers({.order = kNewest, .beyond = 5, .limit = 2}), (Numbers{4, 3}));
}

TEST_F(AuditTrailTest, CutsLongFieldsBetweenCodePoints) {
  open_trail();
  ASSERT_TRUE(trail_->note(looked(std::string(kAuditFieldBytes - 1, 'x') + "åäö")).ok());
  EXPECT_EQ(lines()[0].whom, std::string(kAuditFieldBytes - 1, 'x'));
}

TEST_F(AuditTrailTest, RefusesToChangeOrDeleteALine) {
  write_lines(2);
  const auto database = SqliteDatabase::open(path_ + "/audit.sqlite", SqliteMode::Write).value();
  EXPECT_FALSE(database->run("UPDATE audit_trail SET why = 'other' WHERE number = 1").ok());
  EXPECT_FALSE(database->run("DELETE FROM audit_trail WHERE number = 2").ok());
  EXPECT_EQ(data_->audit().newest()->lines, 2U);
}

TEST_F(AuditTrailTest, FindsAChangeInEveryColumn) {
  for (const char* change : {"at_us = at_us + 1", "who_kind = 'key'", "who = '18'", "what = 'cause.read'",
                             "whom = 'c-9'", "why = 'x'", "details = '{}'"}) {
    TearDown();
    data_.reset();
    std::filesystem::remove_all(path_);
    open();
    write_lines(5);
    EXPECT_EQ(first_fault(), 0U);
    tamper("audit.sqlite", std::string("UPDATE audit_trail SET ") + change + " WHERE number = 3");
    EXPECT_EQ(first_fault(), 3U) << change;
    EXPECT_EQ(data_->inspect()->size(), 1U);
  }
}

TEST_F(AuditTrailTest, FindsALineTakenOutOrMoved) {
  write_lines(5);
  tamper("audit.sqlite", "DELETE FROM audit_trail WHERE number = 2");
  EXPECT_EQ(first_fault(), 2U);
  tamper("audit.sqlite", "UPDATE audit_trail SET number = number - 1 WHERE number > 2");
  EXPECT_EQ(first_fault(), 2U);
}

TEST_F(AuditTrailTest, FindsACutTailByTheHeadInTheRecords) {
  write_lines(5);
  tamper("audit.sqlite", "DELETE FROM audit_trail WHERE number > 3");
  EXPECT_EQ(first_fault(), 4U);
  tamper("audit.sqlite", "DELETE FROM audit_trail");
  EXPECT_EQ(first_fault(), 1U);
}

// A chain computed anew fits in itself; the head tells.
TEST_F(AuditTrailTest, FindsAChainThatWasComputedAnew) {
  write_lines(3);
  std::vector<AuditLine> lines = *data_->audit().list({});
  const AuditHead real{lines[2].number, lines[2].hash};
  std::string before = kAuditBegin;
  std::string sql;
  lines[1].whom = "somebody else";
  for (AuditLine& line : lines) {
    line.previous_hash = before;
    line.hash = before = audit_hash(line);
    sql += "UPDATE audit_trail SET whom = '" + line.whom + "', previous_hash = '" + line.previous_hash +
           "', hash = '" + line.hash + "' WHERE number = " + std::to_string(line.number) + ";";
  }
  tamper("audit.sqlite", sql);
  EXPECT_EQ(first_fault(), 3U);
  tamper("records.sqlite", "UPDATE audit_head SET hash = '" + before + "'");
  EXPECT_EQ(first_fault(), 0U);  // what cannot be found from inside
  EXPECT_EQ(first_fault(real), 3U);
  EXPECT_EQ(first_fault(AuditHead{7, real.hash}), 4U);
}

TEST_F(AuditTrailTest, TellsForEverThatItWasFoundCut) {
  write_lines(5);
  tamper("audit.sqlite", "DELETE FROM audit_trail WHERE number > 3");
  write_lines(4);
  EXPECT_EQ(first_fault(), 4U);
  const auto lines = *data_->audit().list({});
  ASSERT_EQ(lines.size(), 8U);
  EXPECT_EQ(lines[3].what, "trail.broken");
  EXPECT_NE(lines[3].details.find(R"("lines_found":3,"lines_expected":5)"), std::string::npos);
  EXPECT_EQ(lines[4].previous_hash, lines[3].hash);
}

TEST_F(AuditTrailTest, GoesOnAfterACrashBeforeItsHeadWasNoted) {
  write_lines(3);
  const std::string second = (*data_->audit().list({}))[1].hash;
  tamper("records.sqlite", "UPDATE audit_head SET lines = 2, hash = '" + second + "'");
  EXPECT_EQ(first_fault(), 0U);
  write_lines(1);
  EXPECT_EQ(first_fault(), 0U);
  EXPECT_EQ(data_->audit().noted_head()->lines, 4U);
}

TEST_F(AuditTrailTest, WaitsWhileItsQueueIsFull) {
  open_trail({.capacity = 2, .patience = std::chrono::minutes(10)});
  const auto other = SqliteDatabase::open(path_ + "/audit.sqlite", SqliteMode::Write).value();
  ASSERT_TRUE(other->run("BEGIN IMMEDIATE").ok());  // the trail cannot commit meanwhile
  ASSERT_TRUE(trail_->note(looked("c-1")).ok());
  ASSERT_TRUE(trail_->note(looked("c-2")).ok());
  std::thread waiting([this] { EXPECT_TRUE(trail_->note(looked("c-3")).ok()); });
  ASSERT_TRUE(other->run("COMMIT").ok());
  waiting.join();
  EXPECT_EQ(lines().size(), 3U);
}

TEST_F(AuditTrailTest, RefusesWhenItsQueueIsFullForTooLong) {
  open_trail({.capacity = 2, .patience = std::chrono::milliseconds(0)});
  const auto other = SqliteDatabase::open(path_ + "/audit.sqlite", SqliteMode::Write).value();
  ASSERT_TRUE(other->run("BEGIN IMMEDIATE").ok());
  ASSERT_TRUE(trail_->note(looked("c-1")).ok());
  ASSERT_TRUE(trail_->note(looked("c-2")).ok());
  EXPECT_EQ(trail_->note(looked("c-3")).error().code, ErrorCode::Unavailable);
  ASSERT_TRUE(other->run("COMMIT").ok());
  EXPECT_EQ(lines().size(), 2U);
}

TEST_F(AuditTrailTest, RefusesWhileItCannotCommitAndLosesNothingItTook) {
  open_trail({.group = std::chrono::milliseconds(1)});
  tamper("audit.sqlite", "ALTER TABLE audit_trail RENAME TO aside");
  ASSERT_TRUE(trail_->note(looked("c-1")).ok());
  EXPECT_EQ(trail_->flush().error().code, ErrorCode::Unavailable);
  EXPECT_EQ(trail_->note(looked("c-2")).error().code, ErrorCode::Unavailable);
  tamper("audit.sqlite", "ALTER TABLE aside RENAME TO audit_trail");
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!trail_->flush().ok() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
  ASSERT_TRUE(trail_->note(looked("c-3")).ok());
  const auto all = lines();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].whom, "c-1");
  EXPECT_EQ(all[1].whom, "c-3");
}

TEST_F(AuditTrailTest, TakesNothingMoreWhenClosed) {
  open_trail();
  ASSERT_TRUE(trail_->close().ok());
  EXPECT_EQ(trail_->note(looked("c-1")).error().code, ErrorCode::Unavailable);
  EXPECT_TRUE(trail_->flush().ok());
  EXPECT_TRUE(trail_->close().ok());
}

TEST_F(AuditTrailTest, SaysAtClosingWhatIsLost) {
  open_trail({.group = std::chrono::hours(1)});
  tamper("audit.sqlite", "DROP TABLE audit_trail");
  ASSERT_TRUE(trail_->note(looked("c-1")).ok());
  EXPECT_EQ(trail_->close().error().code, ErrorCode::Unavailable);
}

TEST_F(AuditTrailTest, ComesBackFromABackupAsItWas) {
  write_lines(4);
  data_.reset();
  ASSERT_TRUE(backup(path_, folder_ + "/copy", kTestNow).ok());
  std::filesystem::remove_all(path_);
  ASSERT_TRUE(restore(folder_ + "/copy", path_, kTestNow).ok());
  open(Mode::Read);
  const auto verdict = *data_->audit().verify();
  EXPECT_FALSE(verdict.fault);
  EXPECT_EQ(verdict.head.lines, 4U);
  EXPECT_TRUE(data_->inspect()->empty());
}

// Written to disk: a name may be added, never changed.
TEST(AuditVerbs, HaveTheNamesThatLieOnDisk) {
  const char* const kNames[] = {"trail.broken",
                                "first_token.made",
                                "person.signed_in",
                                "sign_in.failed",
                                "person.signed_out",
                                "person.added",
                                "person.disabled",
                                "person.enabled",
                                "person.roles_set",
                                "person.protected_set",
                                "person.password_changed",
                                "key.added",
                                "key.revoked",
                                "denied",
                                "card.read",
                                "customer.searched",
                                "identifier.unmasked",
                                "protected.opened",
                                "timeline.read",
                                "cause.read",
                                "results.read",
                                "commitment.made",
                                "commitment.changed",
                                "matter.corrected",
                                "promise.published",
                                "promise.withdrawn",
                                "rejects.read",
                                "reject.mended",
                                "file.imported",
                                "import.removed",
                                "source.changed",
                                "hook.changed",
                                "settings.changed",
                                "audit.read"};
  ASSERT_EQ(std::size(kNames), kAuditVerbs);
  for (std::size_t i = 0; i < kAuditVerbs; ++i) {
    EXPECT_STREQ(audit_verb_name(static_cast<AuditVerb>(i)), kNames[i]);
  }
  EXPECT_STREQ(audit_verb_name(AuditVerb::CardRead), "card.read");
  EXPECT_STREQ(audit_verb_name(AuditVerb::AuditRead), "audit.read");
  EXPECT_STREQ(audit_who_name(AuditWho::System), "system");
  EXPECT_STREQ(audit_who_name(AuditWho::Operator), "operator");
}

}  // namespace
}  // namespace handslag::store
