// SPDX-License-Identifier: Apache-2.0
// The state of Accounts in memory, and who calls.
#include "app/access/accounts.h"

#include <algorithm>
#include <utility>

#include "app/access/people.h"
#include "io/runtime/secrets.h"

namespace handslag::app {
namespace {

constexpr std::size_t kTokenBytes = 43;  // of runtime::random_secret

}  // namespace

Result<std::unique_ptr<Accounts>> Accounts::open(std::unique_ptr<store::AccountRecords> records,
                                                 store::AuditTrail& trail, const runtime::Clock& clock,
                                                 const AccountLimits& limits) {
  std::unique_ptr<Accounts> accounts(new Accounts(std::move(records), trail, clock, limits));
  HANDSLAG_CHECK_STATUS(accounts->load());
  return accounts;
}

Accounts::Accounts(std::unique_ptr<store::AccountRecords> records, store::AuditTrail& trail,
                   const runtime::Clock& clock, const AccountLimits& limits)
    : records_(std::move(records)),
      trail_(trail),
      clock_(clock),
      limits_(limits),
      hasher_(limits.password),
      by_login_(limits.by_login),
      by_address_(limits.by_address) {}

Accounts::~Accounts() {
  (void)keep_up().ok();  // Why: a use that is not written ends a session some minutes early, no more
}

Status Accounts::load() {
  HANDSLAG_TRY(people, records_->people());
  for (const store::StoredPerson& person : people) keep(person);
  HANDSLAG_TRY(sessions, records_->sessions());
  for (store::StoredSession& session : sessions) {
    const std::string hash = session.token_hash;
    sessions_.emplace(hash, Session{std::move(session)});
  }
  return {};
}

// REQUIRES: mutex_ is held, or nobody else knows of this yet.
void Accounts::keep(const store::StoredPerson& person) {
  Caller caller;
  caller.kind = Caller::Kind::Person;
  caller.id = std::to_string(person.number);
  caller.login = person.login;
  caller.name = person.name;
  caller.grants = grants_of(person);
  caller.opens_protected = person.opens_protected;
  accounts_[person.number] = {person, std::move(caller)};
}

std::optional<store::StoredPerson> Accounts::find(std::string_view login) const {
  const std::lock_guard lock(mutex_);
  for (const auto& [number, account] : accounts_) {
    if (account.stored.login == login) return account.stored;
  }
  return std::nullopt;
}

std::optional<store::StoredPerson> Accounts::find(std::int64_t number) const {
  const std::lock_guard lock(mutex_);
  const auto found = accounts_.find(number);
  if (found == accounts_.end()) return std::nullopt;
  return found->second.stored;
}

std::size_t Accounts::count_administrators() const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(std::count_if(accounts_.begin(), accounts_.end(), [](const auto& entry) {
    return is_administrator(entry.second.stored);
  }));
}

bool Accounts::is_over(const Session& session, Timestamp now) const {
  return now >= session.stored.expires ||
         now.us - session.stored.used.us >= limits_.idle_s * kMicrosPerSecond;
}

Result<Caller> Accounts::caller_of_session(std::string_view token, Counting counting) {
  const Error refusal{ErrorCode::Unauthenticated, "sign in first"};
  if (token.size() != kTokenBytes) return refusal;
  const std::string hash = runtime::sha256(token);
  const Timestamp now = clock_.now();
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(hash);
  if (found == sessions_.end() || is_over(found->second, now)) return refusal;
  Session& session = found->second;
  const auto account = accounts_.find(session.stored.person);
  if (account == accounts_.end() || account->second.stored.disabled) return refusal;
  if (counting == Counting::None) return account->second.caller;
  session.stored.used = std::max(session.stored.used, now);
  session.is_use_unwritten = true;
  return account->second.caller;
}

std::string Accounts::csrf_token(std::string_view token) {
  return runtime::derived_secret(token, "csrf");
}

bool Accounts::csrf_holds(std::string_view token, std::string_view csrf) {
  return token.size() == kTokenBytes && runtime::is_same_secret(csrf, csrf_token(token));
}

Status Accounts::keep_up() {
  const std::lock_guard writing(writing_);
  std::vector<std::pair<std::string, Timestamp>> uses;
  std::vector<std::string> over;
  {
    const Timestamp now = clock_.now();
    const std::lock_guard lock(mutex_);
    for (auto& [hash, session] : sessions_) {
      if (is_over(session, now))
        over.push_back(hash);
      else if (std::exchange(session.is_use_unwritten, false))
        uses.emplace_back(hash, session.stored.used);
    }
    for (const std::string& hash : over) sessions_.erase(hash);
  }
  HANDSLAG_CHECK_STATUS(records_->drop_sessions(over));
  return records_->note_use(uses);
}

// Why noted first: what cannot be noted must not happen.
Status Accounts::noted(const store::AuditEntry& entry, const std::function<Status()>& act) {
  HANDSLAG_CHECK_STATUS(trail_.note(entry));
  Status done = act();
  if (done.ok()) return done;
  store::AuditEntry failure = entry;
  failure.details = R"({"failed":true})";
  (void)trail_.note(std::move(failure)).ok();  // Why: the error at hand is the one to tell
  return done;
}

std::vector<std::string> Accounts::sessions_of(std::int64_t person, std::string_view but_token_hash) const {
  std::vector<std::string> hashes;
  const std::lock_guard lock(mutex_);
  for (const auto& [hash, session] : sessions_) {
    if (session.stored.person == person && hash != but_token_hash) hashes.push_back(hash);
  }
  return hashes;
}

}  // namespace handslag::app
