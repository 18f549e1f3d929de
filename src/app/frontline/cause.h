// SPDX-License-Identifier: Apache-2.0
// From one bad contact back to the promise behind it, a step at a time. Nobody who works here is named. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/frontline/matters.h"
#include "app/frontline/reading.h"
#include "app/language/json.h"
#include "app/terminal/terminal.h"
#include "pure/model/time_rules.h"
#include "pure/model/verdict.h"
#include "pure/promise/evaluate.h"

namespace handslag::app {

/// The contact's first event: contact.started with the key `contact`, else any event that carries it.
std::optional<model::EventIndex> find_contact(const Reading& reading, std::string_view contact);

/// How the promise hangs together with the contact.
enum class CauseLink : std::uint8_t { Order, Matter, Time };

struct RootCause {
  const model::Instance* instance = nullptr;
  CauseLink link = CauseLink::Time;
  Timestamp failed = kNoTime;
};

/// Among what was broken, late or overdue before the contact: first what shares its order, then its matter
/// (the key, or the thing that the derived matter is about),
/// then (only where nothing shares either) what failed in the 30 days before. Among these first what did not
/// itself begin with a contact (contact.*, call.*, fact.*, help.*, chat.*, identify.*), for that is what the
/// contacts come from; then the greater weight; then what failed last. Null: nothing.
RootCause find_cause(const Reading& reading, const model::Verdicts& verdicts,
                     std::span<const promise::Version> versions, model::EventIndex contact,
                     const Matters& matters);

/// The month in which an instant falls, by the promise's zone: from its first to its last microsecond.
struct Month {
  std::string name;  // "2026-10"
  Timestamp from, to;
};
Month month_of(Timestamp time, const model::TimeRules& rules);

/// The contact, the promise, what broke it, the unit: the steps in order; the first alone where there is no
/// cause.
Json cause_steps(const Reading& reading, const model::Verdicts& verdicts,
                 std::span<const promise::Version> versions, model::EventIndex contact,
                 const RootCause& cause, const Matters& matters);

}  // namespace handslag::app
