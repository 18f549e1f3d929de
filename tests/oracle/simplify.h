// SPDX-License-Identifier: Apache-2.0
// Smaller cases from a failing one, so that what is left to read is what matters.
#pragma once

#include <vector>

#include "tests/oracle/oracle.h"

namespace handslag::oracle {

/// One promise in one world.
struct Case {
  World world;
  promise::Promise promise;
  Timestamp from = kFirstTime;
  Timestamp to = kEndOfTime;

  promise::Version version() const { return {&promise, 1, from, to}; }
};

/// Every event pattern and every `same` of a rule, for whoever wants to change them.
std::vector<promise::EventPattern*> patterns_of(promise::Rule& rule);
std::vector<promise::Same*> sames_of(promise::Rule& rule);

/// All cases that are this one with one thing less: an event, a key, a guard, an option, …
std::vector<Case> simpler(const Case& whole);

}  // namespace handslag::oracle
