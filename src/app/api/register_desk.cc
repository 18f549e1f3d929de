// SPDX-License-Identifier: Apache-2.0
#include "app/api/register_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace handslag::app {
namespace {

constexpr std::uint64_t kDeskEventsAtOnce = 500;
// Of one hold of the registers, so that requests get in between; and of one run, so that others get theirs.
constexpr std::size_t kToldAtOnce = 100;
constexpr std::size_t kMostOfOneRun = 10'000;
constexpr const char* kSource = "handslag";

std::optional<Role> role_of_word(std::string word) {
  std::replace(word.begin(), word.end(), '-', '_');
  return find_role(word);
}

}  // namespace

Actor actor_of(const Caller& caller) {
  Actor actor;
  actor.id = caller.login.empty() ? caller.name : caller.login;
  actor.name = caller.name;
  actor.may = [caller](const std::string& word, const std::string& unit) {
    if (word == "personal") return may(caller, Permission::UnmaskIdentifiers);
    const auto role = role_of_word(word);
    return role && std::any_of(caller.grants.begin(), caller.grants.end(), [&](const Grant& grant) {
             return grant.role == *role && (grant.unit == kAllUnits || unit.empty() || grant.unit == unit);
           });
  };
  return actor;
}

Result<std::unique_ptr<RegisterDesk>> RegisterDesk::open(store::DataDirectory& directory,
                                                         const calendar::Calendars& calendars,
                                                         const runtime::Clock& clock, LiveIntake& intake,
                                                         Surroundings surroundings) {
  std::unique_ptr<RegisterDesk> desk(new RegisterDesk(intake, clock));
  HANDSLAG_TRY(definitions, read_definitions(directory.path()));
  desk->definitions_ = std::move(definitions);
  HANDSLAG_TRY(records, directory.open_registers());
  HANDSLAG_TRY(registers, Registers::create(desk->definitions_, std::move(records), calendars, clock,
                                            std::move(surroundings)));
  desk->registers_ = std::make_unique<Registers>(std::move(registers));
  const std::lock_guard lock(desk->mutex_);
  desk->send_events();
  return desk;
}

Status RegisterDesk::run_clock() {
  // Who is to hear of what was told reads the lists; the changes are in the history.
  for (std::size_t told = 0; told < kMostOfOneRun;) {
    Result<std::size_t> some = with([](Registers& registers) -> Result<std::size_t> {
      HANDSLAG_TRY(changes, registers.run_clock(kToldAtOnce));
      return changes.size();
    });
    if (!some.ok()) return some.error();
    if (*some < kToldAtOnce) return {};
    told += *some;
  }
  return {};
}

Status RegisterDesk::store(const std::vector<PendingEvent>& pending) {
  format::WireEvents events;
  std::vector<std::uint64_t> numbers;
  for (const PendingEvent& it : pending) {
    events.events.push_back(it.event);
    numbers.push_back(it.number);
  }
  HANDSLAG_CHECK_STATUS(intake_.accept_and_wait("registers", kSource, std::move(events), clock_.now()));
  return registers_->sent(numbers);
}

// Fewer at once where so many are too much for the intake.
Status RegisterDesk::send_some() {
  for (std::uint64_t most = kDeskEventsAtOnce;; most /= 2) {
    HANDSLAG_TRY(pending, registers_->unsent(most));
    if (pending.empty()) return {};
    Status done = store(pending);
    if (done.ok() || done.error().code != ErrorCode::Limit || pending.size() == 1) return done;
    most = pending.size();
  }
}

// What is in the outbox stays there until the intake has it on disk; sent twice after a crash it counts once.
void RegisterDesk::send_events() {
  const Status sent = send_some();
  std::string failure = sent.ok() ? std::string() : sent.error().message;
  if (const std::uint64_t damaged = registers_->damaged_events(); failure.empty() && damaged > 0)
    failure = fmt::format(
        "{} events in the records' outbox cannot be read and are passed over; restore the data directory "
        "from a backup",
        damaged);
  const std::lock_guard lock(failure_mutex_);
  failure_ = std::move(failure);
}

std::string RegisterDesk::failure() const {
  const std::lock_guard lock(failure_mutex_);
  return failure_;
}

}  // namespace handslag::app
