// SPDX-License-Identifier: Apache-2.0
#include "io/store/access_records.h"

#include "io/store/store_fixture.h"

namespace handslag::store {
namespace {

class AccessRecordsTest : public StoreTest {
 protected:
  void SetUp() override {
    open();
    accounts_ = data_->open_accounts().value();
    keys_ = data_->open_keys().value();
  }
  void TearDown() override {
    accounts_.reset();
    keys_.reset();
  }
  static StoredPerson person(const std::string& login) {
    StoredPerson made;
    made.login = login;
    made.name = "Anna Ek";
    made.password = "hash";
    made.roles = {{"owner", "sales"}, {"front_line", "*"}};
    made.created = kTestNow;
    made.created_by = "operator root";
    return made;
  }

  std::unique_ptr<AccountRecords> accounts_;
  std::unique_ptr<KeyRecords> keys_;
};

TEST_F(AccessRecordsTest, KeepPeopleWithTheirRoles) {
  EXPECT_EQ(accounts_->add(person("anna"))->number, 1);
  EXPECT_EQ(accounts_->add(person("anna")).error().code, ErrorCode::Conflict);
  StoredPerson bo = *accounts_->add(person("bo"));
  bo.roles = {{"analyst", "*"}};
  bo.password = "other";
  bo.opens_protected = true;
  bo.disabled = kTestNow;
  ASSERT_TRUE(accounts_->update(bo).ok());
  const auto people = *accounts_->people();
  ASSERT_EQ(people.size(), 2U);
  EXPECT_EQ(people[0].login, "anna");
  EXPECT_EQ(people[0].roles, (std::vector<StoredRole>{{"front_line", "*"}, {"owner", "sales"}}));
  EXPECT_FALSE(people[0].disabled || people[0].opens_protected);
  EXPECT_EQ(people[1].roles, bo.roles);
  EXPECT_EQ(people[1].password, "other");
  EXPECT_TRUE(people[1].opens_protected);
  EXPECT_EQ(people[1].disabled, kTestNow);
  bo.number = 99;
  EXPECT_EQ(accounts_->update(bo).error().code, ErrorCode::NotFound);
}

TEST_F(AccessRecordsTest, LetTheFirstTokenBeUsedOnce) {
  EXPECT_FALSE(accounts_->first_token()->has_value());
  ASSERT_TRUE(accounts_->put_first_token({"old", kTestNow, std::nullopt}).ok());
  ASSERT_TRUE(accounts_->put_first_token({"new", kTestNow, std::nullopt}).ok());
  EXPECT_EQ(accounts_->claim(person("anna"), "old", kTestNow).error().code, ErrorCode::Conflict);
  EXPECT_TRUE(accounts_->claim(person("anna"), "new", kTestNow).ok());
  EXPECT_EQ(accounts_->claim(person("bo"), "new", kTestNow).error().code, ErrorCode::Conflict);
  EXPECT_EQ(accounts_->people()->size(), 1U);
  EXPECT_EQ((*accounts_->first_token())->used, kTestNow);
}

TEST_F(AccessRecordsTest, LeaveTheFirstTokenUnusedWhereTheLoginIsTaken) {
  ASSERT_TRUE(accounts_->add(person("anna")).ok());
  ASSERT_TRUE(accounts_->put_first_token({"token", kTestNow, std::nullopt}).ok());
  EXPECT_EQ(accounts_->claim(person("anna"), "token", kTestNow).error().code, ErrorCode::Conflict);
  EXPECT_FALSE((*accounts_->first_token())->used);
}

TEST_F(AccessRecordsTest, KeepSessionsUntilTheyAreDropped) {
  ASSERT_TRUE(accounts_->add(person("anna")).ok());
  const Timestamp later{kTestNow.us + kMicrosPerMinute};
  for (const char* hash : {"a", "b", "c"}) {
    ASSERT_TRUE(accounts_->add_session({hash, 1, kTestNow, kTestNow, later}).ok());
  }
  ASSERT_TRUE(accounts_->note_use({{"b", later}}).ok());
  ASSERT_TRUE(accounts_->drop_sessions({"a", "c"}).ok());
  const auto sessions = *accounts_->sessions();
  ASSERT_EQ(sessions.size(), 1U);
  EXPECT_EQ(sessions[0].token_hash, "b");
  EXPECT_EQ(sessions[0].used, later);
  EXPECT_EQ(sessions[0].expires, later);
}

TEST_F(AccessRecordsTest, KeepKeysAlsoWhenTheyAreRevoked) {
  StoredKey key;
  key.name = "web shop";
  key.source = "shop";
  key.scopes = {"events.send", "rejects.read"};
  key.secret_hash = "hash";
  key.created = kTestNow;
  EXPECT_EQ(keys_->add(key)->number, 1);
  key.scopes.clear();
  EXPECT_EQ(keys_->add(key)->number, 2);
  ASSERT_TRUE(keys_->revoke(1, kTestNow).ok());
  ASSERT_TRUE(keys_->revoke(1, {kTestNow.us + 1}).ok());
  ASSERT_TRUE(keys_->note_use({{2, kTestNow}}).ok());
  const auto keys = *keys_->keys();
  ASSERT_EQ(keys.size(), 2U);
  EXPECT_EQ(keys[0].scopes, (std::vector<std::string>{"events.send", "rejects.read"}));
  EXPECT_EQ(keys[0].revoked, kTestNow);
  EXPECT_EQ(keys[1].used, kTestNow);
  EXPECT_TRUE(keys[1].scopes.empty());
  EXPECT_FALSE(keys[1].revoked);
}

}  // namespace
}  // namespace handslag::store
