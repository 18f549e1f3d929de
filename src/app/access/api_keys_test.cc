// SPDX-License-Identifier: Apache-2.0
#include "app/access/api_keys.h"

#include "app/access/access_fixture.h"

namespace handslag::app {
namespace {

using enum Permission;

class ApiKeysTest : public AccessTest {
 protected:
  std::string made(const NewKey& key = {"web shop", "shop", {SendEvents}}) {
    const auto key_made = keys().add(operator_, key);
    EXPECT_TRUE(key_made.ok());
    return key_made.value().text;
  }
  ErrorCode add_error(const NewKey& key) {
    const auto key_made = keys().add(operator_, key);
    EXPECT_FALSE(key_made.ok());
    return key_made.ok() ? ErrorCode::Internal : key_made.error().code;
  }
  bool is_valid(const std::string& text) {
    const auto caller = keys().caller_of_key(text);
    EXPECT_TRUE(caller.ok() || caller.error().code == ErrorCode::Unauthenticated);
    return caller.ok();
  }
};

TEST_F(ApiKeysTest, AreWhoTheySay) {
  const std::string text = made({"web shop", "shop", {SendEvents, ReadRejects, SendEvents}});
  EXPECT_TRUE(text.starts_with("hs_1_"));
  EXPECT_EQ(text.size(), 5U + 43U);
  for (int i = 0; i < 2; ++i) {
    const Caller caller = keys().caller_of_key(text).value();
    EXPECT_EQ(caller.kind, Caller::Kind::Key);
    EXPECT_EQ(caller.id, "1");
    EXPECT_EQ(caller.name, "web shop");
    EXPECT_TRUE(may(caller, SendEvents));
    EXPECT_TRUE(may(caller, ReadRejects));
    EXPECT_FALSE(may(caller, ReadGap));
    EXPECT_TRUE(may_speak_for(caller, "shop"));
    EXPECT_FALSE(may_speak_for(caller, "billing"));
    start();
  }
}

TEST_F(ApiKeysTest, AreRefusedWhereTheyAreNotWhole) {
  const std::string text = made(), other = made();
  EXPECT_TRUE(is_valid(text));
  EXPECT_FALSE(is_valid(""));
  EXPECT_FALSE(is_valid("hs_"));
  EXPECT_FALSE(is_valid("hs_1"));
  EXPECT_FALSE(is_valid("hs_1_"));
  EXPECT_FALSE(is_valid("hs__" + text.substr(5)));
  EXPECT_FALSE(is_valid("hs_2_" + text.substr(5)));
  EXPECT_FALSE(is_valid("hs_3_" + text.substr(5)));
  EXPECT_FALSE(is_valid("hs_-1_" + text.substr(5)));
  EXPECT_FALSE(is_valid("hs_99999999999999999999_" + text.substr(5)));
  EXPECT_FALSE(is_valid("HS_1_" + text.substr(5)));
  EXPECT_FALSE(is_valid(text + "x"));
  EXPECT_FALSE(is_valid(text.substr(0, text.size() - 1)));
  EXPECT_FALSE(is_valid(" " + text));
  EXPECT_FALSE(is_valid("hs_1_" + std::string(100'000, 'A')));
}

TEST_F(ApiKeysTest, AreRevokedAtOnceAndForEver) {
  const std::string text = made();
  EXPECT_EQ(keys().revoke(operator_, 2).error().code, ErrorCode::NotFound);
  ASSERT_TRUE(keys().revoke(operator_, 1).ok());
  EXPECT_FALSE(is_valid(text));
  EXPECT_EQ(keys().revoke(operator_, 1).error().code, ErrorCode::Conflict);
  start();
  EXPECT_FALSE(is_valid(text));
  EXPECT_EQ(keys().keys(operator_)->at(0).revoked, store::kTestNow);
}

TEST_F(ApiKeysTest, GetNoScopeThatIsNotForKeys) {
  EXPECT_EQ(add_error({"k", "shop", {}}), ErrorCode::Invalid);
  EXPECT_EQ(add_error({"k", "shop", {SendEvents, AdministerPeople}}), ErrorCode::Invalid);
  EXPECT_EQ(add_error({"k", "shop", {UnmaskIdentifiers}}), ErrorCode::Invalid);
  EXPECT_EQ(add_error({"k", "", {SendEvents}}), ErrorCode::Invalid);
  EXPECT_EQ(add_error({"k", "", {ImportFiles}}), ErrorCode::Invalid);
  EXPECT_EQ(add_error({"k", "a b", {SendEvents}}), ErrorCode::Invalid);
  EXPECT_EQ(add_error({"", "shop", {SendEvents}}), ErrorCode::Invalid);
  EXPECT_TRUE(keys().add(operator_, {"metrics", "", {ReadMetrics}}).ok());
}

TEST_F(ApiKeysTest, AreAdministeredByAdministratorsAlone) {
  made();
  Caller steward;
  steward.kind = Caller::Kind::Person;
  steward.grants = {{Role::Steward, "*"}, {Role::Leader, "*"}};
  for (const Caller& by : {Caller(), steward}) {
    EXPECT_EQ(keys().add(by, {"k", "shop", {SendEvents}}).error().code, ErrorCode::Forbidden);
    EXPECT_EQ(keys().keys(by).error().code, ErrorCode::Forbidden);
    EXPECT_EQ(keys().revoke(by, 1).error().code, ErrorCode::Forbidden);
  }
}

TEST_F(ApiKeysTest, TellTheHourOfTheirLastUse) {
  const std::string text = made();
  EXPECT_FALSE(keys().keys(operator_)->at(0).used);
  EXPECT_TRUE(is_valid(text));
  start();
  EXPECT_EQ(keys().keys(operator_)->at(0).used, parse_rfc3339("2026-11-21T10:00:00Z"));
  pass(30 * 60);
  EXPECT_TRUE(is_valid(text));
  EXPECT_EQ(keys().keys(operator_)->at(0).used, parse_rfc3339("2026-11-21T10:00:00Z"));
  pass(60 * 60);
  EXPECT_TRUE(is_valid(text));
  ASSERT_TRUE(access_->keep_up().ok());
  EXPECT_EQ(data_->open_keys().value()->keys().value()[0].used, parse_rfc3339("2026-11-21T11:00:00Z"));
}

TEST_F(ApiKeysTest, AreNotedAndNeverWrittenInClear) {
  const std::string text = made();
  ASSERT_TRUE(keys().revoke(operator_, 1).ok());
  EXPECT_EQ(audited(), (std::vector<std::string>{"operator/key.added/1", "operator/key.revoked/1"}));
  const auto lines = access_->trail->list({}).value();
  EXPECT_EQ(lines[0].details, R"({"name":"web shop","source":"shop","scopes":["events.send"]})");
  EXPECT_EQ(data_->open_keys().value()->keys().value()[0].secret_hash.find(text.substr(5)),
            std::string::npos);
}

TEST_F(ApiKeysTest, CountForNothingWhereTheyCannotBeNoted) {
  const std::string text = made();
  break_trail();
  EXPECT_EQ(add_error({"k", "shop", {SendEvents}}), ErrorCode::Unavailable);
  EXPECT_EQ(keys().revoke(operator_, 1).error().code, ErrorCode::Unavailable);
  start();
  const auto all = keys().keys(operator_).value();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_FALSE(all[0].revoked);
  EXPECT_TRUE(all[1].revoked);
}

}  // namespace
}  // namespace handslag::app
