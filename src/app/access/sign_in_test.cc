// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "app/access/access_fixture.h"

namespace handslag::app {
namespace {

class SignInTest : public AccessTest {
 protected:
  ErrorCode claim_error(const std::string& token, const NewPerson& person = {"eva", "Eva", kPassword}) {
    const auto claimed = accounts().claim_first(token, person);
    EXPECT_FALSE(claimed.ok());
    return claimed.ok() ? ErrorCode::Internal : claimed.error().code;
  }
  std::string first_token() {
    const auto token = accounts().first_token();
    EXPECT_TRUE(token.ok() && *token);
    return token.value().value_or("");
  }
};

TEST_F(SignInTest, MakesTheFirstAdministratorByATokenOnce) {
  const std::string token = first_token();
  EXPECT_EQ(claim_error("wrong"), ErrorCode::Unauthenticated);
  EXPECT_EQ(claim_error(token, {"eva", "Eva", "short"}), ErrorCode::Invalid);
  const auto eva = accounts().claim_first(token, {"Eva", "Eva Ek", kPassword});
  ASSERT_TRUE(eva.ok()) << eva.error().message;
  EXPECT_EQ(eva->login, "eva");
  EXPECT_EQ(eva->grants, (std::vector<Grant>{{Role::Administrator, "*"}}));
  EXPECT_EQ(claim_error(token, {"bo", "Bo", kPassword}), ErrorCode::Unauthenticated);
  EXPECT_FALSE(accounts().first_token()->has_value());
  EXPECT_TRUE(may(sign_in("eva").caller, Permission::AdministerPeople));
  EXPECT_EQ(audited(), (std::vector<std::string>{"system/first_token.made/", "nobody/person.added/eva",
                                                 "person/person.signed_in/eva"}));
}

TEST_F(SignInTest, RenewsTheFirstTokenAtEachStart) {
  const std::string old = first_token();
  start();
  const std::string token = first_token();
  EXPECT_EQ(claim_error(old), ErrorCode::Unauthenticated);
  start();  // without asking for another
  EXPECT_TRUE(accounts().claim_first(token, {"eva", "Eva", kPassword}).ok());
}

TEST_F(SignInTest, RefusesAFirstTokenOfYesterday) {
  const std::string token = first_token();
  pass(24 * 3600);
  EXPECT_EQ(claim_error(token), ErrorCode::Unauthenticated);
}

TEST_F(SignInTest, MakesNoFirstTokenWhereThereIsAnAdministrator) {
  const std::string token = first_token();
  add("root", {{Role::Administrator, "*"}});
  EXPECT_EQ(claim_error(token), ErrorCode::Unauthenticated);
  start();
  EXPECT_FALSE(accounts().first_token()->has_value());
}

TEST_F(SignInTest, GivesASessionThatLastsOverARestart) {
  add("anna", {{Role::Owner, "sales"}});
  const SignedIn signed_in = sign_in("ANNA");
  EXPECT_EQ(signed_in.caller.kind, Caller::Kind::Person);
  EXPECT_EQ(signed_in.caller.id, "1");
  start();
  const Caller caller = accounts().caller_of_session(signed_in.token).value();
  EXPECT_EQ(caller.login, "anna");
  EXPECT_EQ(caller.name, "Anna Ek");
  EXPECT_TRUE(may(caller, Permission::PublishPromises, "sales"));
  EXPECT_FALSE(may(caller, Permission::PublishPromises, "web"));
  EXPECT_EQ(session_error(""), ErrorCode::Unauthenticated);
  EXPECT_EQ(session_error(std::string(43, 'A')), ErrorCode::Unauthenticated);
  EXPECT_EQ(session_error(signed_in.token + "x"), ErrorCode::Unauthenticated);
}

TEST_F(SignInTest, HoldsTheCsrfTokenOfTheSessionAlone) {
  add("anna");
  const SignedIn one = sign_in("anna"), other = sign_in("anna");
  EXPECT_TRUE(Accounts::csrf_holds(one.token, one.csrf));
  EXPECT_EQ(Accounts::csrf_token(one.token), one.csrf);
  EXPECT_FALSE(Accounts::csrf_holds(one.token, other.csrf));
  EXPECT_FALSE(Accounts::csrf_holds(one.token, ""));
  EXPECT_FALSE(Accounts::csrf_holds("", Accounts::csrf_token("")));
  EXPECT_NE(one.csrf, one.token);
}

// Wrong login, wrong password, disabled: one and the same answer.
TEST_F(SignInTest, DoesNotTellWhatWasWrong) {
  add("anna");
  add("bo");
  ASSERT_TRUE(accounts().set_enabled(operator_, "bo", false).ok());
  std::set<std::string> answers;
  for (const auto& [login, password] : std::vector<std::pair<std::string, std::string>>{
           {"anna", "wrong"}, {"nobody", kPassword}, {"bo", kPassword}, {"no login!", kPassword}}) {
    const SignInOutcome outcome = accounts().sign_in(login, password, login + "'s address");
    ASSERT_FALSE(outcome.result.ok());
    EXPECT_EQ(outcome.result.error().code, ErrorCode::Unauthenticated);
    EXPECT_EQ(outcome.retry_after_s, 0);
    answers.insert(outcome.result.error().message);
  }
  EXPECT_EQ(answers.size(), 1U);
  const auto told = audited();
  ASSERT_EQ(told.size(), 7U);
  EXPECT_EQ(told[3], "nobody/sign_in.failed/anna");
  EXPECT_EQ(told[4], "nobody/sign_in.failed/");  // what was typed may be a password
  EXPECT_EQ(told[5], "nobody/sign_in.failed/bo");
}

TEST_F(SignInTest, IsThrottledByLogin) {
  add("anna");
  for (int i = 0; i < 3; ++i)
    EXPECT_FALSE(accounts().sign_in("anna", "wrong", std::to_string(i)).result.ok());
  const SignInOutcome early = accounts().sign_in("Anna", kPassword, "another");
  ASSERT_FALSE(early.result.ok());
  EXPECT_EQ(early.result.error().code, ErrorCode::Limit);
  EXPECT_EQ(early.retry_after_s, 1);
  pass(1);
  EXPECT_TRUE(accounts().sign_in("anna", kPassword, "another").result.ok());
  EXPECT_FALSE(accounts().sign_in("anna", "wrong", "another").result.ok());  // forgotten by then
  EXPECT_TRUE(accounts().sign_in("anna", kPassword, "another").result.ok());
}

TEST_F(SignInTest, IsThrottledByAddress) {
  add("anna");
  for (int i = 0; i < 5; ++i) {
    EXPECT_FALSE(accounts().sign_in("name" + std::to_string(i), "wrong", kAddress).result.ok());
  }
  EXPECT_EQ(accounts().sign_in("anna", kPassword, kAddress).retry_after_s, 1);
  EXPECT_TRUE(accounts().sign_in("anna", kPassword, "192.0.2.8").result.ok());
}

TEST_F(SignInTest, IsThrottledByTheNetworkOfAnIpv6Address) {
  add("anna");
  for (int i = 0; i < 5; ++i) {
    const std::string address = "2001:db8:1:2::" + std::to_string(i);
    EXPECT_FALSE(accounts().sign_in("name" + std::to_string(i), "wrong", address).result.ok());
  }
  EXPECT_EQ(accounts().sign_in("anna", kPassword, "2001:db8:1:2:ffff::9").retry_after_s, 1);
  EXPECT_TRUE(accounts().sign_in("anna", kPassword, "2001:db8:1:3::9").result.ok());
}

TEST_F(SignInTest, EndsSessionsThatAreIdle) {
  add("anna");
  const std::string idle = sign_in("anna").token, used = sign_in("anna").token;
  pass(20 * 60);
  EXPECT_TRUE(accounts().caller_of_session(used).ok());
  pass(10 * 60 - 1);
  EXPECT_TRUE(accounts().caller_of_session(used).ok());
  pass(1);
  EXPECT_EQ(session_error(idle), ErrorCode::Unauthenticated);
  EXPECT_TRUE(accounts().caller_of_session(used).ok());
}

TEST_F(SignInTest, EndsSessionsThatAreOldHoweverMuchTheyAreUsed) {
  add("anna");
  const std::string token = sign_in("anna").token;
  for (int i = 0; i < 47; ++i) {  // each quarter of an hour
    pass(15 * 60);
    EXPECT_TRUE(accounts().caller_of_session(token).ok());
  }
  pass(15 * 60);
  EXPECT_EQ(session_error(token), ErrorCode::Unauthenticated);
}

TEST_F(SignInTest, RemembersTheUseOfASessionOverARestart) {
  add("anna");
  const std::string token = sign_in("anna").token;
  pass(20 * 60);
  EXPECT_TRUE(accounts().caller_of_session(token).ok());
  start();
  pass(20 * 60);
  EXPECT_TRUE(accounts().caller_of_session(token).ok());
  pass(30 * 60);
  ASSERT_TRUE(access_->keep_up().ok());
  EXPECT_TRUE(data_->open_accounts().value()->sessions()->empty());
}

TEST_F(SignInTest, KeepsAPersonsNewestSessions) {
  add("anna");
  std::vector<std::string> tokens;
  for (int i = 0; i < 4; ++i) {
    tokens.push_back(sign_in("anna").token);
    pass(1);
  }
  EXPECT_EQ(session_error(tokens[0]), ErrorCode::Unauthenticated);
  for (std::size_t i = 1; i < 4; ++i) EXPECT_TRUE(accounts().caller_of_session(tokens[i]).ok());
  start();
  EXPECT_EQ(session_error(tokens[0]), ErrorCode::Unauthenticated);
}

TEST_F(SignInTest, SignsOut) {
  add("anna");
  const std::string token = sign_in("anna").token, other = sign_in("anna").token;
  ASSERT_TRUE(accounts().sign_out(token).ok());
  ASSERT_TRUE(accounts().sign_out(token).ok());
  EXPECT_EQ(session_error(token), ErrorCode::Unauthenticated);
  EXPECT_TRUE(accounts().caller_of_session(other).ok());
  EXPECT_EQ(audited().back(), "person/person.signed_out/anna");
  start();
  EXPECT_EQ(session_error(token), ErrorCode::Unauthenticated);
}

TEST_F(SignInTest, ChangesOnesOwnPasswordAndEndsTheOtherSessions) {
  add("anna");
  const std::string token = sign_in("anna").token, other = sign_in("anna").token;
  EXPECT_EQ(accounts().change_password(token, "wrong", "blå ko går bort").error().code,
            ErrorCode::Unauthenticated);
  EXPECT_EQ(accounts().change_password(token, kPassword, "anna anna anna").error().code, ErrorCode::Invalid);
  EXPECT_EQ(accounts().change_password("none", kPassword, "blå ko går bort").error().code,
            ErrorCode::Unauthenticated);
  ASSERT_TRUE(accounts().change_password(token, kPassword, "blå ko går bort").ok());
  EXPECT_TRUE(accounts().caller_of_session(token).ok());
  EXPECT_EQ(session_error(other), ErrorCode::Unauthenticated);
  EXPECT_FALSE(accounts().sign_in("anna", kPassword, kAddress).result.ok());
  start();
  EXPECT_TRUE(accounts().sign_in("anna", "blå ko går bort", kAddress).result.ok());
}

TEST_F(SignInTest, ThrottlesGuessingTheOldPassword) {
  add("anna");
  const std::string token = sign_in("anna").token;
  for (int i = 0; i < 3; ++i) {
    EXPECT_FALSE(accounts().change_password(token, "wrong", "blå ko går bort").ok());
  }
  EXPECT_EQ(accounts().change_password(token, kPassword, "blå ko går bort").error().code, ErrorCode::Limit);
}

TEST_F(SignInTest, LetsNobodyInWhoCannotBeNoted) {
  add("anna");
  break_trail();
  const SignInOutcome outcome = accounts().sign_in("anna", kPassword, kAddress);
  ASSERT_FALSE(outcome.result.ok());
  EXPECT_EQ(outcome.result.error().code, ErrorCode::Unavailable);
}

}  // namespace
}  // namespace handslag::app
