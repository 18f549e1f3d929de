// SPDX-License-Identifier: Apache-2.0
// What the last ones alike took: per promise, and within it per product, unit and kind, the newest instances
// with how long they took, or how long they have been waited for. For the chance that a due time holds
// (app/frontline/commitment_chance.h). What is normal of a promise as a whole: times_taken.h.
//
// (1) Counted are instances of the forms that have slack (R1, R7, R10) and of promises that are about more
//     than the moment: a bound of less than an hour is left out. Void and unknown ones are left out.
// (2) Kept are the newest kMostAlike of a group by activation; kLastAlike of them are told, so that one that
//     is called off leaves room for an older one.
// (3) Groups: all of the promise; of one product; and of commitments (activation commitment.made) of one
// unit,
//     and of one unit and kind. At most kMostGroups, the first ones seen; of a further one nothing is known.
//
// One thread. Cost: note some 50 ns; 8 kB a group at most.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "pure/model/columns.h"
#include "pure/model/verdict.h"
#include "pure/promise/ast.h"
#include "pure/stats/survival.h"

namespace handslag::app {

inline constexpr std::size_t kLastAlike = 200;
inline constexpr std::size_t kMostAlike = 250;
inline constexpr std::size_t kMostGroups = 1'000;

/// The event type that puts a commitment's own promise in force.
inline constexpr std::string_view kCommitmentMade = "commitment.made";
/// Names that note() looks at (LiveOptions::names): "kind" beside what the card reads.
inline constexpr std::string_view kAlikeNames[] = {"product", "unit", "kind"};

/// What is empty is not asked for. A product excludes the other two, a kind needs a unit.
struct Likeness {
  std::string promise, product, unit, kind;
};

/// Whether (1) counts the promise.
bool is_worth_comparing(const promise::Promise& promise);

class AlikeTimes {
 public:
  void clear();

  /// Notes instances of one evaluation. Keeps both for as long as it lives.
  class Noting {
   public:
    Noting(AlikeTimes& times, const model::Columns& columns);
    /// As it stands now; what was noted of the same activation before is forgotten.
    void note(const promise::Promise& promise, const model::Instance& instance);

   private:
    std::uint32_t code(const model::ValueColumn* column, model::EventIndex e) const;
    AlikeTimes& times_;
    const model::Columns& columns_;
    std::array<const model::ValueColumn*, std::size(kAlikeNames)> names_{};
  };
  /// There is no such instance any more. Cost: linear in all that is kept.
  void forget(const promise::Promise& promise, std::uint32_t activation_row);

  /// The newest kLastAlike, waits as of `now`. `texts` are those of the columns.
  std::vector<stats::Wait> last(const Likeness& alike, const model::Texts& texts, Timestamp now) const;

 private:
  struct Taken {
    Timestamp activation;
    std::int64_t us = 0;
    std::uint32_t row = 0;
    bool has_come = false;
  };
  enum class By : std::uint8_t { Promise, Product, Unit, UnitAndKind };
  struct Name {
    std::uint32_t promise = 0;
    By by = By::Promise;
    std::uint32_t first = 0, second = 0;  // text codes
    friend bool operator==(const Name&, const Name&) = default;
  };
  struct Hash {
    std::size_t operator()(const Name& name) const;
  };
  using Group = std::vector<Taken>;  // by activation and row, the oldest first

  std::optional<Name> name_of(const Likeness& alike, const model::Texts& texts) const;
  std::optional<std::uint32_t> number_of(const promise::Promise& promise);
  void put(const Name& name, const Taken& taken, bool is_counted);

  std::unordered_map<std::string, std::uint32_t> numbers_;  // of promises worth comparing, by id
  std::unordered_map<const promise::Promise*, std::optional<std::uint32_t>> known_;
  std::unordered_map<Name, Group, Hash> groups_;
};

}  // namespace handslag::app
