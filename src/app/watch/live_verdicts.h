// SPDX-License-Identifier: Apache-2.0
// What the live system has told of every instance, and what it was told of, as it stood at one moment: for
// reports, which count it on a thread of their own while the live system goes on. Nothing is evaluated anew,
// since the live system evaluates whoever something happens to, and whose due time passes, at once.
//
//   LiveVerdicts verdicts = live.verdicts();                       // on the watch's thread, when all is
//   settled GapReport report = measure(judged_by(verdicts), options);      // anywhere
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/promises/promise_set.h"
#include "app/settings/settings.h"
#include "app/watch/told_verdicts.h"
#include "pure/calendar/calendars.h"
#include "pure/identity/identity.h"
#include "pure/model/verdict.h"
#include "pure/promise/evaluate.h"
#include "pure/timeline/live_columns.h"

namespace handslag::app {

/// Stays where it is while something refers to it. Shares what the live system has; memory that this keeps
/// alive grows only as that changes.
struct LiveVerdicts {
  PromiseSet promises;
  Settings settings;
  std::shared_ptr<const calendar::Calendars> calendars;
  std::vector<promise::Horizon> horizons;  // by version
  model::Horizons sources;                 // what those come from
  ToldVerdicts told;
  timeline::SharedEvents events;
  Timestamp now;  // the clock that all of it is settled by
  /// Of the source that has told of everything up to the latest; kFirstTime where there is none.
  Timestamp complete_through = kFirstTime;
  std::vector<identity::IdentifierNumber> numbers;  // by customer; of who was joined, that of whom she is now
  /// By Told::version: its index in `promises`, kNotChosen where it is not asked for.
  std::vector<std::uint32_t> place_of_version;

  static constexpr std::uint32_t kNotChosen = UINT32_MAX;
};

/// Leaves the versions of this promise alone.
void choose_promise(LiveVerdicts& verdicts, const std::string& id);

/// Whether reports may ask for the values of all these at activations.
bool keeps_names(const LiveVerdicts& verdicts, const std::vector<std::string>& names);

/// Whether for each of them some event that was loaded has a value.
bool carries_names(const LiveVerdicts& verdicts, const std::vector<std::string>& names);

/// Calls take(instance) for each, a customer's one after the other, with Instance::activation as SharedEvents
/// knows it. Of an instance all is filled in but finality, step, holds_now, witnesses, and the business slack
/// of what is not late. Cost: some nanoseconds each.
void each_instance(const LiveVerdicts& verdicts, const std::function<void(const model::Instance&)>& take);

}  // namespace handslag::app
