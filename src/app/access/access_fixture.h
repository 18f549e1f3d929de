// SPDX-License-Identifier: Apache-2.0
// An installation with a clock that stands still and the cheapest of hashes, for tests.
#pragma once

#include "app/access/access.h"
#include "io/store/store_fixture.h"

namespace handslag::app {

inline constexpr const char* kPassword = "grön häst går hem";
inline constexpr const char* kAddress = "192.0.2.7";

class AccessTest : public store::StoreTest {
 protected:
  void SetUp() override {
    open();
    start();
  }
  void TearDown() override { access_.reset(); }

  /// Opens, or opens again, as a start of the program does.
  void start() {
    access_.reset();
    AccountLimits limits;
    limits.password = least_password_cost();
    limits.most_sessions = 3;
    limits.by_login = {.free = 2};
    limits.by_address = {.free = 4};
    auto opened = open_access(*data_, clock_, limits);
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    access_ = std::move(opened).value();
  }
  void pass(std::int64_t seconds) { clock_.set({clock_.now().us + seconds * kMicrosPerSecond}); }

  Accounts& accounts() { return *access_->accounts; }
  ApiKeys& keys() { return *access_->keys; }
  const Caller operator_ = operator_caller("root");

  void add(const std::string& login, const std::vector<Grant>& grants = {}) {
    const auto added = accounts().add(operator_, {login, "Anna Ek", kPassword, grants});
    ASSERT_TRUE(added.ok()) << added.error().message;
  }
  SignedIn sign_in(const std::string& login) {
    SignInOutcome outcome = accounts().sign_in(login, kPassword, kAddress);
    EXPECT_TRUE(outcome.result.ok());
    return std::move(outcome.result).value();
  }
  ErrorCode session_error(const std::string& token) {
    const auto caller = accounts().caller_of_session(token);
    EXPECT_FALSE(caller.ok());
    return caller.ok() ? ErrorCode::Internal : caller.error().code;
  }
  /// "who kind/what/whom", oldest first.
  std::vector<std::string> audited() {
    std::vector<std::string> told;
    auto lines = access_->trail->list({});
    EXPECT_TRUE(lines.ok());
    for (const store::AuditLine& line : lines.value()) {
      told.push_back(line.who_kind + "/" + line.what + "/" + line.whom);
    }
    return told;
  }
  /// Makes the trail fail to write, as a full disk would.
  void break_trail() { ASSERT_TRUE(access_->trail->close().ok()); }

  runtime::SetClock clock_{store::kTestNow};
  std::unique_ptr<Access> access_;
};

}  // namespace handslag::app
