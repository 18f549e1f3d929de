// SPDX-License-Identifier: Apache-2.0
// The events that a change of a record becomes on a timeline. Pure: the same change gives the same events
// with the same ids, so that sending them twice counts once. Any thread.
#pragma once

#include <vector>

#include "app/registers/record.h"
#include "base/result.h"

namespace handslag::app {

/// The source of all events of registers. (It sends live: put it among SourceRecords.)
inline constexpr const char* kRegisterSource = "handslag";

/// `record` as it is after the change. The id is "RECORD.VERSION.TYPE" (and ".2", … where a type comes
/// twice).
std::vector<model::Event> events_of(const Definition& definition, const Record& record,
                                    const store::RegisterChange& change);

/// What "created", "comment", "overdue" and the states are in rules: the occasions that a change is.
std::vector<std::string> occasions_of(const store::RegisterChange& change);

/// `undo` takes back the change that gave `events`: a "record.undone" for each, which voids it, of the same
/// subject, unit and keys.
std::vector<model::Event> voiding_events(const std::vector<model::Event>& events,
                                         const store::RegisterChange& undo);

/// An event for the outbox, in the form of contract/event.md. REQUIRES: its texts are UTF-8.
std::string stored_event(const model::Event& event);
/// Reads it back. Corrupt where it is anything else.
Result<model::Event> read_stored_event(const std::string& json);

}  // namespace handslag::app
