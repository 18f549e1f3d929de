// SPDX-License-Identifier: Apache-2.0
// `handslag gap`: what was promised, what was delivered, where the gap is. A table for the eye, JSON for
// machines (contract/gap.schema.json), one self-contained page for a meeting.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/session.h"
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

Status report_gap(const Session& session, const GapOptions& options);

}  // namespace handslag::app
