// SPDX-License-Identifier: Apache-2.0
#include "app/access/accounts.h"

#include <thread>

#include "app/access/access_fixture.h"
#include "io/store/sqlite_database.h"

namespace handslag::app {
namespace {

class AccountsTest : public AccessTest {
 protected:
  ErrorCode add_error(const NewPerson& person) {
    const auto added = accounts().add(operator_, person);
    EXPECT_FALSE(added.ok()) << person.login;
    return added.ok() ? ErrorCode::Internal : added.error().code;
  }
  Person person(const std::string& login) {
    const std::vector<Person> people = accounts().people(operator_).value();
    for (const Person& one : people) {
      if (one.login == login) return one;
    }
    ADD_FAILURE() << login << " is not there";
    return {};
  }
};

TEST_F(AccountsTest, KeepPeopleOverARestart) {
  NewPerson anna{"Anna.Ek@Example.se", "  Anna Ek ", kPassword};
  anna.grants = {{Role::Owner, "sales"}, {Role::FrontLine, "*"}, {Role::Owner, "sales"}};
  anna.opens_protected = true;
  ASSERT_TRUE(accounts().add(operator_, anna).ok());
  start();
  const Person kept = person("anna.ek@example.se");
  EXPECT_EQ(kept.name, "Anna Ek");
  EXPECT_EQ(kept.grants, (std::vector<Grant>{{Role::FrontLine, "*"}, {Role::Owner, "sales"}}));
  EXPECT_TRUE(kept.opens_protected);
  EXPECT_EQ(kept.created, store::kTestNow);
  EXPECT_EQ(kept.created_by, "root");
  EXPECT_TRUE(may(sign_in("anna.ek@example.se").caller, Permission::OpenProtected));
}

TEST_F(AccountsTest, RefuseWhatIsNoPerson) {
  add("anna");
  EXPECT_EQ(add_error({"anna", "Another", kPassword}), ErrorCode::Conflict);
  EXPECT_EQ(add_error({"ANNA", "Another", kPassword}), ErrorCode::Conflict);
  EXPECT_EQ(add_error({"a", "A", kPassword}), ErrorCode::Invalid);
  EXPECT_EQ(add_error({"anna ek", "A", kPassword}), ErrorCode::Invalid);
  EXPECT_EQ(add_error({"åke", "A", kPassword}), ErrorCode::Invalid);
  EXPECT_EQ(add_error({std::string(65, 'a'), "A", kPassword}), ErrorCode::Invalid);
  EXPECT_EQ(add_error({"bo", "", kPassword}), ErrorCode::Invalid);
  EXPECT_EQ(add_error({"bo", "Bo\nEk", kPassword}), ErrorCode::Invalid);
  EXPECT_EQ(add_error({"bo", "Bo", "too short"}), ErrorCode::Invalid);
  EXPECT_EQ(add_error({"bo", "Bo", kPassword, {{Role::Owner, ""}}}), ErrorCode::Invalid);
  EXPECT_EQ(add_error({"bo", "Bo", kPassword, {{Role::Owner, "a b"}}}), ErrorCode::Invalid);
  EXPECT_EQ(add_error({"bo", "Bo", kPassword, {{Role::Administrator, "sales"}}}), ErrorCode::Invalid);
  EXPECT_EQ(accounts().people(operator_)->size(), 1U);
}

TEST_F(AccountsTest, AreAdministeredByAdministratorsAlone) {
  add("anna", {{Role::Owner, "*"}, {Role::Steward, "*"}, {Role::Leader, "*"}});
  const Caller anna = sign_in("anna").caller;
  for (const Caller& by : {Caller(), anna}) {
    EXPECT_EQ(accounts().add(by, {"bo", "Bo", kPassword}).error().code, ErrorCode::Forbidden);
    EXPECT_EQ(accounts().people(by).error().code, ErrorCode::Forbidden);
    EXPECT_EQ(accounts().set_roles(by, "anna", {{Role::Administrator, "*"}}).error().code,
              ErrorCode::Forbidden);
    EXPECT_EQ(accounts().set_protected(by, "anna", true).error().code, ErrorCode::Forbidden);
    EXPECT_EQ(accounts().set_enabled(by, "anna", false).error().code, ErrorCode::Forbidden);
    EXPECT_EQ(accounts().set_password(by, "anna", "blå ko går bort").error().code, ErrorCode::Forbidden);
  }
  EXPECT_EQ(accounts().set_roles(operator_, "nobody", {}).error().code, ErrorCode::NotFound);
  EXPECT_EQ(accounts().set_password(operator_, "nobody", kPassword).error().code, ErrorCode::NotFound);
}

TEST_F(AccountsTest, ChangeRolesAtOnceInOpenSessions) {
  add("anna", {{Role::Analyst, "*"}});
  const std::string token = sign_in("anna").token;
  ASSERT_TRUE(accounts().set_roles(operator_, "anna", {{Role::Leader, "sales"}}).ok());
  ASSERT_TRUE(accounts().set_protected(operator_, "anna", true).ok());
  for (int i = 0; i < 2; ++i) {
    const Caller anna = accounts().caller_of_session(token).value();
    EXPECT_TRUE(may(anna, Permission::GuessFigures, "sales"));
    EXPECT_FALSE(may(anna, Permission::DraftPromises));
    EXPECT_TRUE(anna.opens_protected);
    start();
  }
}

TEST_F(AccountsTest, EndTheSessionsOfTheDisabled) {
  add("anna");
  const std::string token = sign_in("anna").token;
  ASSERT_TRUE(accounts().set_enabled(operator_, "anna", false).ok());
  EXPECT_EQ(session_error(token), ErrorCode::Unauthenticated);
  EXPECT_EQ(person("anna").disabled, store::kTestNow);
  EXPECT_FALSE(accounts().sign_in("anna", kPassword, kAddress).result.ok());
  ASSERT_TRUE(accounts().set_enabled(operator_, "anna", true).ok());
  EXPECT_EQ(session_error(token), ErrorCode::Unauthenticated);
  EXPECT_TRUE(accounts().sign_in("anna", kPassword, kAddress).result.ok());
}

TEST_F(AccountsTest, EndTheSessionsWhenThePasswordIsSet) {
  add("anna");
  const std::string token = sign_in("anna").token;
  ASSERT_TRUE(accounts().set_password(operator_, "anna", "blå ko går bort").ok());
  EXPECT_EQ(session_error(token), ErrorCode::Unauthenticated);
  EXPECT_TRUE(accounts().sign_in("anna", "blå ko går bort", kAddress).result.ok());
}

TEST_F(AccountsTest, KeepTheLastAdministrator) {
  add("eva", {{Role::Administrator, "*"}});
  add("anna", {{Role::Owner, "sales"}});
  EXPECT_EQ(accounts().set_enabled(operator_, "eva", false).error().code, ErrorCode::Conflict);
  EXPECT_EQ(accounts().set_roles(operator_, "eva", {}).error().code, ErrorCode::Conflict);
  ASSERT_TRUE(accounts().set_roles(operator_, "anna", {{Role::Administrator, "*"}}).ok());
  ASSERT_TRUE(accounts().set_enabled(operator_, "eva", false).ok());
  EXPECT_EQ(accounts().set_enabled(operator_, "anna", false).error().code, ErrorCode::Conflict);
}

TEST_F(AccountsTest, NoteEveryChange) {
  add("eva", {{Role::Administrator, "*"}});
  add("anna");
  const Caller eva = sign_in("eva").caller;
  ASSERT_TRUE(accounts().set_roles(eva, "anna", {{Role::Owner, "sales"}}).ok());
  ASSERT_TRUE(accounts().set_protected(eva, "anna", true).ok());
  ASSERT_TRUE(accounts().set_password(eva, "anna", "blå ko går bort").ok());
  ASSERT_TRUE(accounts().set_enabled(eva, "anna", false).ok());
  ASSERT_TRUE(accounts().set_enabled(eva, "anna", true).ok());
  EXPECT_EQ(audited(), (std::vector<std::string>{
                           "operator/person.added/eva", "operator/person.added/anna",
                           "person/person.signed_in/eva", "person/person.roles_set/anna",
                           "person/person.protected_set/anna", "person/person.password_changed/anna",
                           "person/person.disabled/anna", "person/person.enabled/anna"}));
  const auto lines = access_->trail->list({}).value();
  EXPECT_EQ(lines[3].who, "1");
  EXPECT_EQ(lines[3].details, R"({"roles":[{"role":"owner","unit":"sales"}]})");
  for (const store::AuditLine& line : lines) EXPECT_EQ(line.details.find("häst"), std::string::npos);
}

TEST_F(AccountsTest, DoNothingThatCannotBeNoted) {
  add("anna");
  break_trail();
  EXPECT_EQ(add_error({"bo", "Bo", kPassword}), ErrorCode::Unavailable);
  EXPECT_EQ(accounts().set_roles(operator_, "anna", {{Role::Owner, "*"}}).error().code,
            ErrorCode::Unavailable);
  EXPECT_EQ(accounts().set_enabled(operator_, "anna", false).error().code, ErrorCode::Unavailable);
  start();
  EXPECT_EQ(accounts().people(operator_)->size(), 1U);
  EXPECT_TRUE(person("anna").grants.empty());
  EXPECT_FALSE(person("anna").disabled);
}

TEST_F(AccountsTest, NoteThatAChangeHasFailed) {
  add("anna");
  const auto records =
      store::SqliteDatabase::open(path_ + "/records.sqlite", store::SqliteMode::Write).value();
  ASSERT_TRUE(records->run("ALTER TABLE person_roles RENAME TO aside").ok());
  EXPECT_FALSE(accounts().set_roles(operator_, "anna", {{Role::Owner, "*"}}).ok());
  EXPECT_TRUE(person("anna").grants.empty());
  const auto lines = access_->trail->list({}).value();
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[2].what, "person.roles_set");
  EXPECT_EQ(lines[2].details, R"({"failed":true})");
}

// What a crash between the two would leave: neither without the other.
TEST_F(AccountsTest, ChangeAPersonAndEndTheSessionsTogetherOrNeither) {
  add("anna");
  const std::string token = sign_in("anna").token;
  const auto records =
      store::SqliteDatabase::open(path_ + "/records.sqlite", store::SqliteMode::Write).value();
  ASSERT_TRUE(records->run("ALTER TABLE sessions RENAME TO aside").ok());
  EXPECT_FALSE(accounts().set_password(operator_, "anna", "blå ko går bort").ok());
  EXPECT_FALSE(accounts().set_enabled(operator_, "anna", false).ok());
  ASSERT_TRUE(records->run("ALTER TABLE aside RENAME TO sessions").ok());
  start();
  EXPECT_TRUE(accounts().caller_of_session(token).ok());
  EXPECT_TRUE(accounts().sign_in("anna", kPassword, kAddress).result.ok());
}

TEST_F(AccountsTest, AnswerManyThreadsAtOnce) {
  add("anna", {{Role::Analyst, "*"}});
  const std::string token = sign_in("anna").token;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 200; ++i) {
        const bool is_time = i % 50 == 0;
        EXPECT_TRUE(t != 0 || !is_time || accounts().set_protected(operator_, "anna", i % 100 == 0).ok());
        EXPECT_TRUE(t != 1 || !is_time || access_->keep_up().ok());
        EXPECT_TRUE(accounts().caller_of_session(token).ok());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_FALSE(person("anna").opens_protected);
}

}  // namespace
}  // namespace handslag::app
