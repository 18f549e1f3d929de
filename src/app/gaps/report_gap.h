// SPDX-License-Identifier: Apache-2.0
// `handslag gap`: what was promised, what was delivered, where the gap is. A table for the eye, JSON for
// machines (contract/gap.schema.json), one self-contained page for a meeting.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/session.h"
#include "io/store/event_log.h"
#include "pure/model/columns.h"
#include "pure/promise/ast.h"

namespace handslag::app {

struct GapOptions {
  std::vector<std::string> promises;  // files and folders; empty: those in force
  std::optional<Timestamp> from, to;  // instances due (by start: activated) in from ≤ t < to
  std::vector<std::string> by;        // names to cut by: unit, channel, source, a key, an attribute
  std::optional<promise::Period> each;
  bool json = false;
  std::string html;  // a file to write the page to; empty: none
};

/// "day", "week", "month", "quarter", "year", and back; nothing where it is none of them.
std::optional<promise::Period> period_named(std::string_view name);
std::string_view period_name(promise::Period period);

Status report_gap(const Session& session, const GapOptions& options);

struct GapReport;

/// JSON or the table, as asked, to terminal.out, with note_missing(). Not the page.
void print_gap(const GapReport& report, const Terminal& terminal);

/// What to do next where there is nothing to see, to terminal.notes.
void note_missing(const GapReport& report, const Terminal& terminal);

/// Writes the page where `options.html` says, and says so.
Status write_gap_page(const std::string& page, const std::string& path, const Terminal& terminal);

/// Invalid for a name of `options.by` that no event carries, with the nearest one that some does: a misspelt
/// name must not look like an answer.
Status require_known_names(store::EventLog& log, const model::Columns& columns, const GapOptions& options);

}  // namespace handslag::app
