// SPDX-License-Identifier: Apache-2.0
// Random worlds and promises, made to be nasty: few types and keys so that one event plays many roles, many
// ties, gaps of exactly a duration, nights when the clocks change, horizons before, inside and after the
// data. The same seed gives the same case on every machine.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pure/promise/ast.h"
#include "tests/oracle/columns_from_events.h"
#include "tests/oracle/oracle.h"

namespace handslag::oracle {

/// Deterministic everywhere: std::uniform_int_distribution is not.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  /// 0 … n-1.
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
  bool chance(std::size_t percent) { return below(100) < percent; }
  template <typename T>
  const T& of(const std::vector<T>& choices) {
    return choices[below(choices.size())];
  }

 private:
  std::uint64_t state_;
};

/// Sorted, its types named.
World random_world(Dice& dice);

/// Of any form; refers to what random_world makes.
promise::Promise random_promise(Dice& dice);

/// Several versions of the promises, some of them bounded in time.
std::vector<promise::Version> random_versions(Dice& dice, const std::vector<promise::Promise>& promises);

/// For a person: the world event by event, with its horizons.
std::string describe(const World& world);
std::string describe(const promise::Version& version);
std::string describe(const Answer& answer, const model::Columns& columns);

}  // namespace handslag::oracle
