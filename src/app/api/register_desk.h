// SPDX-License-Identifier: Apache-2.0
// Registers behind the API: one at a time, each with who asks; what becomes an event goes into the intake.
// Any thread; waits for the disk.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "app/access/permissions.h"
#include "app/intake/live_intake.h"
#include "app/registers/registers.h"
#include "io/store/data_directory.h"
#include "pure/calendar/calendars.h"

namespace handslag::app {

/// Who asks, in the words of register definitions.
Actor actor_of(const Caller& caller);

class RegisterDesk {
 public:
  /// Keeps all but the settings. Errors: of definitions (Invalid with place and remedy) and of the store.
  static Result<std::unique_ptr<RegisterDesk>> open(store::DataDirectory& directory,
                                                    const calendar::Calendars& calendars,
                                                    const runtime::Clock& clock, LiveIntake& intake,
                                                    Surroundings surroundings);

  /// Runs `work` alone, then sends on the events that it made.
  template <typename Work>
  auto with(Work work) {
    const std::lock_guard lock(mutex_);
    auto answer = work(*registers_);
    send_events();
    if (heard_) heard_();
    return answer;
  }
  /// `heard` is called after each piece of work, which may have left something to tell. To be set before use.
  void tell(std::function<void()> heard) { heard_ = std::move(heard); }
  /// Tells of what is past due or silent. To be called each minute.
  Status run_clock();
  /// Why events of registers do not go out, or not all of them; empty: they do. Waits for nothing.
  std::string failure() const;

 private:
  RegisterDesk(LiveIntake& intake, const runtime::Clock& clock) : intake_(intake), clock_(clock) {}
  void send_events();
  Status send_some();
  Status store(const std::vector<PendingEvent>& pending);

  LiveIntake& intake_;
  const runtime::Clock& clock_;
  std::function<void()> heard_;
  mutable std::mutex failure_mutex_;  // never held while another thing is waited for
  std::string failure_;
  std::mutex mutex_;  // guards what follows
  Definitions definitions_ = *Definitions::create({});
  std::unique_ptr<Registers> registers_;
};

}  // namespace handslag::app
