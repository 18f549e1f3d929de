// SPDX-License-Identifier: Apache-2.0
#include "io/store/register_records.h"

#include "io/store/sqlite_database.h"
#include "io/store/store_fixture.h"

namespace handslag::store {
namespace {

class RegisterRecordsTest : public StoreTest {
 protected:
  RegisterRecordsTest() {
    open();
    records_.emplace(data_->registers());
  }
  static RegisterWrite entry(std::uint64_t number, std::uint32_t version,
                             std::optional<std::int64_t> due = {}) {
    RegisterWrite write;
    RegisterRecord& it = write.record;
    it.number = number;
    it.register_id = "case";
    it.id = "case-" + std::to_string(number);
    it.version = version;
    it.state = "open";
    it.title = it.search = "title " + std::to_string(number);
    it.created_at = it.changed_at = it.state_since = it.heard_at = {5};
    if (due) it.due = it.look_at = Timestamp{*due};
    it.values = "{}";
    write.change = {it.id, version, {5}, "anna", "Anna", "changed", "open", "open", "", "[]"};
    return write;
  }
  std::vector<std::string> ids(const RegisterFilter& filter, std::uint64_t limit = 100) {
    const auto page = records_->list(filter, limit);
    EXPECT_TRUE(page.ok()) << page.error().message;
    std::vector<std::string> ids;
    for (const RegisterRecord& it : page->records) ids.push_back(it.id);
    cursor_ = page->cursor;
    return ids;
  }
  std::optional<RegisterRecords> records_;
  std::string cursor_;
};

TEST_F(RegisterRecordsTest, KeepWhatWasWritten) {
  RegisterWrite write = entry(1, 1, 77);
  write.record.values = R"({"what":"Å \u0000 '"})";
  write.record.owner = "o";
  write.record.unit = "u";
  write.record.creator = "c";
  write.record.told = 0x80000001U;
  write.customer = {{"email", "a@example.se"}, {"phone", "1"}};
  ASSERT_TRUE(records_->write(write).ok());
  open();
  records_.emplace(data_->registers());
  const RegisterRecord read = *records_->find("case-1");
  EXPECT_EQ(read.values, write.record.values);
  EXPECT_EQ(read.owner + read.unit + read.creator, "ouc");
  EXPECT_EQ(read.told, 0x80000001U);
  EXPECT_EQ(read.due, Timestamp{77});
  EXPECT_EQ(*records_->customer("case-1"), write.customer);
  EXPECT_EQ(*records_->next_number(), 2U);
  EXPECT_EQ(records_->find("case-2").error().code, ErrorCode::NotFound);
}

TEST_F(RegisterRecordsTest, RefuseAStaleVersion) {
  ASSERT_TRUE(records_->write(entry(1, 1)).ok());
  EXPECT_EQ(records_->write(entry(1, 1)).error().code, ErrorCode::Conflict);  // made twice
  EXPECT_EQ(records_->write(entry(1, 3)).error().code, ErrorCode::Conflict);  // a change is missing
  ASSERT_TRUE(records_->write(entry(1, 2)).ok());
  EXPECT_EQ(records_->write(entry(1, 2)).error().code, ErrorCode::Conflict);
  EXPECT_EQ(records_->write(entry(2, 2)).error().code, ErrorCode::Conflict);  // never made
  EXPECT_EQ(records_->find("case-1")->version, 2U);
  EXPECT_EQ(records_->history("case-1", 0, 10)->size(), 2U);
  EXPECT_EQ(records_->write(entry(1, kMaxRegisterVersions + 1)).error().code, ErrorCode::Limit);
}

TEST_F(RegisterRecordsTest, KeepOneOfAKind) {
  RegisterWrite first = entry(1, 1), second = entry(2, 1), third = entry(3, 1);
  first.record.unique_key = second.record.unique_key = "k";
  ASSERT_TRUE(records_->write(first).ok());
  EXPECT_EQ(records_->write(second).error().code, ErrorCode::Conflict);
  EXPECT_TRUE(records_->write(third).ok());
  EXPECT_EQ(*records_->find_unique("case", "k"), "case-1");
  EXPECT_EQ(*records_->find_unique("walk", "k"), "");
  EXPECT_EQ(*records_->find_unique("case", ""), "");
}

TEST_F(RegisterRecordsTest, WriteAllOrNothing) {
  ASSERT_TRUE(records_->write(entry(1, 1)).ok());
  RegisterWrite dangling = entry(1, 2);
  dangling.record.title = "changed";
  dangling.links = {{"case-1", "from", "case-9"}};
  dangling.events = {"{}"};
  EXPECT_FALSE(records_->write(dangling).ok());
  EXPECT_EQ(records_->find("case-1")->title, "title 1");
  EXPECT_EQ(records_->history("case-1", 0, 10)->size(), 1U);
  EXPECT_TRUE(records_->unsent(0, 10)->empty());
}

TEST_F(RegisterRecordsTest, WriteSeveralOrNone) {
  ASSERT_TRUE(records_->write(entry(1, 1)).ok());
  const RegisterWrite next[] = {entry(1, 2), entry(2, 5)};  // there is no version 4 of the second
  EXPECT_EQ(records_->write(next).error().code, ErrorCode::Conflict);
  EXPECT_EQ(records_->find("case-1")->version, 1U);
  const RegisterWrite good[] = {entry(1, 2), entry(2, 1)};
  ASSERT_TRUE(records_->write(good).ok());
  EXPECT_EQ(records_->find("case-1")->version, 2U);
  EXPECT_EQ(records_->find("case-2")->version, 1U);
}

// The database itself keeps the history: this goes past the class, as somebody with a tool would.
TEST_F(RegisterRecordsTest, LetNobodyChangeHistory) {
  ASSERT_TRUE(records_->write(entry(1, 1)).ok());
  data_.reset();
  const auto database = SqliteDatabase::open(path_ + "/records.sqlite", SqliteMode::Write);
  ASSERT_TRUE(database.ok());
  for (const char* sql : {"UPDATE register_changes SET comment = 'x'", "DELETE FROM register_changes",
                          "DELETE FROM register_records"}) {
    EXPECT_FALSE((*database)->run(sql).ok()) << sql;
  }
}

TEST_F(RegisterRecordsTest, ListByDueTimeThoseWithoutOneLast) {
  const std::optional<std::int64_t> dues[] = {30, std::nullopt, 10, 30, std::nullopt, 20};
  for (std::uint64_t i = 0; i < 6; ++i) ASSERT_TRUE(records_->write(entry(i + 1, 1, dues[i])).ok());
  RegisterFilter filter;
  filter.order = RegisterOrder::Due;
  EXPECT_EQ(ids(filter),
            (std::vector<std::string>{"case-3", "case-6", "case-1", "case-4", "case-2", "case-5"}));
  // The same, two by two.
  std::vector<std::string> gathered;
  for (int page = 0; page < 3; ++page) {
    for (const std::string& id : ids(filter, 2)) gathered.push_back(id);
    filter.cursor = cursor_;
    EXPECT_EQ(cursor_.empty(), page == 2);
  }
  EXPECT_EQ(gathered, (std::vector<std::string>{"case-3", "case-6", "case-1", "case-4", "case-2", "case-5"}));
  filter.cursor.clear();
  filter.due_before = Timestamp{30};
  EXPECT_EQ(ids(filter), (std::vector<std::string>{"case-3", "case-6"}));
  filter.cursor = "n.3";
  EXPECT_EQ(records_->list(filter, 2).error().code, ErrorCode::Invalid);
}

TEST_F(RegisterRecordsTest, ListByCustomerUnderAnyOfHerNames) {
  RegisterWrite first = entry(1, 1), second = entry(2, 1);
  first.customer = {{"email", "a@example.se"}};
  second.customer = {{"phone", "1"}, {"email", "b@example.se"}};
  ASSERT_TRUE(records_->write(first).ok());
  ASSERT_TRUE(records_->write(second).ok());
  RegisterFilter filter;
  filter.customer = {{"phone", "1"}, {"email", "a@example.se"}};
  EXPECT_EQ(ids(filter), (std::vector<std::string>{"case-2", "case-1"}));
  filter.customer = {{"email", "1"}};
  EXPECT_TRUE(ids(filter).empty());
  // What she was known by before a change leads nowhere any more.
  RegisterWrite changed = entry(2, 2);
  changed.customer = {{"email", "c@example.se"}};
  ASSERT_TRUE(records_->write(changed).ok());
  filter.customer = {{"phone", "1"}};
  EXPECT_TRUE(ids(filter).empty());
}

TEST_F(RegisterRecordsTest, WakeTheClockInOrder) {
  for (std::uint64_t i = 1; i <= 3; ++i) {
    ASSERT_TRUE(records_->write(entry(i, 1, 40 - 10 * static_cast<std::int64_t>(i))).ok());
  }
  EXPECT_EQ(*records_->next_look(), Timestamp{10});
  const auto woken = records_->to_look_at({20}, 10);
  ASSERT_EQ(woken->size(), 2U);
  EXPECT_EQ((*woken)[0].id, "case-3");
  ASSERT_TRUE(records_->set_look(3, std::nullopt).ok());
  EXPECT_EQ(*records_->next_look(), Timestamp{20});
}

TEST_F(RegisterRecordsTest, GiveOutboxNumbersOnce) {
  RegisterWrite write = entry(1, 1);
  write.events = {"a", "b"};
  ASSERT_TRUE(records_->write(write).ok());
  const std::uint64_t both[] = {1, 2};
  ASSERT_TRUE(records_->sent(both).ok());
  write = entry(1, 2);
  write.events = {"c"};
  ASSERT_TRUE(records_->write(write).ok());
  const auto left = *records_->unsent(0, 10);
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].json, "c");
  EXPECT_EQ(left[0].number, 3U);
}

}  // namespace
}  // namespace handslag::store
