// SPDX-License-Identifier: Apache-2.0
// How a step is fulfilled in R1 and R10: by one event of any part, or by an event of each (R11).
#pragma once

#include "tests/oracle/reading.h"

namespace handslag::oracle {

struct Match {
  std::vector<Position> parts;  // the events that counted
  Position last = 0;            // the one that decided
};

/// The first match of `step` after `after` and before `end`, for the activation `a`.
std::optional<Match> first_match(const Reading& reading, const promise::Step& step, Position a,
                                 Position after, Position end, const promise::Same& same,
                                 const Bindings& bindings);

/// D-14, D-26.
bool is_rescued(const Reading& reading, const Match& match);

}  // namespace handslag::oracle
