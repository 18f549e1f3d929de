// SPDX-License-Identifier: Apache-2.0
// What came of promises that did not hold (caused.h), counted from what the live system has told: on any
// thread, without evaluating anybody anew.
#pragma once

#include "app/causes/caused.h"
#include "app/watch/live_verdicts.h"

namespace handslag::app {

/// REQUIRES: the live system keeps caused_names(), and no promise was chosen. Cost: linear in instances and
/// customers; the events of those whom a promise let down in the period, or who were in touch or answered.
CausedTold count_caused(const LiveVerdicts& verdicts, CausedPeriod period, const matter::Lessons& lessons);

/// Contacts in the period that came of the promise with this id: the sum of its MetBy::contacts. REQUIRES as
/// above. Cost: linear in the events' types; the events of those alone who were in touch and whom it let
/// down.
std::uint64_t count_contacts_of(const LiveVerdicts& verdicts, CausedPeriod period, std::string_view promise,
                                const matter::Lessons& lessons);

}  // namespace handslag::app
