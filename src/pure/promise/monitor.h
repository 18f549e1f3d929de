// SPDX-License-Identifier: Apache-2.0
// A rule made flat: which events it looks at in which role, their guards, keys and bounds. compile.h makes
// it, one watch_… function a rule form reads it. Immutable; any thread.
//
// All forms share one vocabulary, that of D-3, whose order is the order in which one event plays its roles:
//   closes    E          cancels   C, N, X          a step    B (R10: step i)          opens    A, S
#pragma once

#include <cstdint>
#include <vector>

#include "pure/model/columns.h"
#include "pure/model/time_rules.h"
#include "pure/promise/ast.h"
#include "pure/promise/evaluate.h"
#include "pure/promise/guard.h"

namespace handslag::promise {

/// Roles of an event in a monitor, as bits.
inline constexpr std::uint32_t kCloses = 1;
inline constexpr std::uint32_t kCancels = 2;
inline constexpr std::uint32_t kOpens = 4;
constexpr std::uint32_t step_role(std::size_t step) {
  return 8U << step;
}
inline constexpr std::size_t kMostSteps = 29;  // that the bits can tell apart

/// An event that concerns a monitor, by its type alone.
struct Occurrence {
  EventIndex event = 0;
  std::uint32_t roles = 0;
};

/// The columns of `same k, l`. Empty: every event belongs together.
class Keys {
 public:
  /// Null for a key that no event carries.
  void add(const std::uint32_t* column) {
    columns_.push_back(column);
    only_ = columns_.size() == 1 ? column : nullptr;
  }
  bool empty() const { return columns_.empty(); }
  /// Where it is one key and some event carries it: its column. Null otherwise.
  const std::uint32_t* only() const { return only_; }

  /// It has all keys.
  bool carried_by(EventIndex e) const {
    return all([&](const std::uint32_t* column) { return value(column, e) != model::kNoText; });
  }
  /// P-3: `e` carries them all, with the values of `of`.
  bool equal(EventIndex of, EventIndex e) const {
    return all([&](const std::uint32_t* column) {
      const std::uint32_t mine = value(column, e);
      return mine != model::kNoText && mine == value(column, of);
    });
  }
  /// P-3, conditions: as far as `e` carries them.
  bool agree(EventIndex of, EventIndex e) const {
    return all([&](const std::uint32_t* column) {
      const std::uint32_t mine = value(column, e);
      return mine == model::kNoText || mine == value(column, of);
    });
  }
  /// The keys that it has, the first as the lowest bit; of 64 keys at most, which is enough to tell most
  /// apart.
  std::uint64_t carried(EventIndex e) const {
    std::uint64_t mask = 0;
    for (std::size_t i = 0; i < masked(); ++i)
      mask |= std::uint64_t{value(columns_[i], e) != model::kNoText} << i;
    return mask;
  }
  std::uint64_t all_of_them() const {
    return masked() == kMasked ? ~std::uint64_t{0} : (std::uint64_t{1} << masked()) - 1;
  }
  /// Of the values of the keys in `mask`, and of the mask.
  std::uint64_t hash(EventIndex e, std::uint64_t mask) const {
    std::uint64_t mixed = mask;
    for (std::size_t i = 0; i < masked(); ++i) {
      if ((mask >> i & 1U) == 0) continue;
      mixed = (mixed ^ value(columns_[i], e)) * 0x9E37'79B9'7F4A'7C15U;
      mixed ^= mixed >> 32U;
    }
    return mixed;
  }

 private:
  static constexpr std::size_t kMasked = 64;
  std::size_t masked() const { return columns_.size() < kMasked ? columns_.size() : kMasked; }
  static std::uint32_t value(const std::uint32_t* column, EventIndex e) {
    return column == nullptr ? model::kNoText : column[e];
  }
  template <typename Holds>
  bool all(const Holds& holds) const {
    if (only_ != nullptr) return holds(only_);  // OPTIMIZATION: nearly every rule has one key
    for (const auto* column : columns_) {
      if (!holds(column)) return false;
    }
    return true;
  }

  std::vector<const std::uint32_t*> columns_;
  const std::uint32_t* only_ = nullptr;
};

/// An event pattern: types, guard.
struct Pattern {
  std::vector<model::TypeCode> types;  // ascending
  GuardProgram guard;

  bool has_type(model::TypeCode type) const;
  /// REQUIRES: the guard names no other event.
  bool accepts(EventIndex e) const { return guard.empty() || guard.holds(e, {}); }
  bool accepts(EventIndex e, const NamedEvents& named) const {
    return guard.empty() || guard.holds(e, named);
  }
  /// What can be said of `e` before it is known which activation it is held against.
  bool may_accept(EventIndex e) const { return guard.names_others() || accepts(e); }
};

/// E, C, N, X: a pattern with the keys that tie it to the activation (P-3, D-20).
struct ConditionPattern : Pattern {
  Keys keys;
  bool has_own_keys = false;

  bool is_tied(EventIndex activation, EventIndex e) const {
    return has_own_keys ? keys.equal(activation, e) : keys.agree(activation, e);
  }
  bool concerns(EventIndex activation, EventIndex e, const NamedEvents& named) const {
    return is_tied(activation, e) && (!guard.names_others() || guard.holds(e, named));
  }
};

/// How long: a duration with the clock that measures it.
struct Allowance {
  std::uint32_t clock = 0;   // index into Program::durations
  bool is_business = false;  // slack is also told in opening time
};

/// `then B`, and R10's steps.
struct StepPattern {
  Combine combine = Combine::One;
  std::vector<Pattern> parts;
  Keys keys;
  Allowance within;
  std::uint32_t first_match = 0;  // where its parts stand among the matches of an instance
};

enum class BoundKind : std::uint8_t { Within, Attribute, Event };

class Walk;

struct Monitor {
  std::uint32_t version = 0;
  void (*watch)(Walk&) = nullptr;

  // The versions' time and customers (P-14, P-15, D-19).
  Timestamp from = kFirstTime, to = kEndOfTime;  // from ≤ t < to
  GuardProgram customers;                        // of customer.updated's attributes; empty: everyone
  bool for_customers_only = false;               // not on the organisation's own timeline (D-18, D-28)

  Horizon horizon;
  const model::TimeRules* rules = nullptr;

  ConditionPattern closes, cancels;
  Pattern opens;
  std::uint32_t activating = 0;    // the roles without which there is no instance
  std::vector<StepPattern> steps;  // [0] is B in all forms; several in R10
  std::uint32_t matches = 0;       // parts of all steps together
  Keys keys;                       // the rule's
  Keys required;                   // what an activation must carry, else it is unknown

  BoundKind bound = BoundKind::Within;
  Allowance within;  // D of R1–R7
  bool has_within = false;
  Allowance total;  // R10
  bool has_total = false;
  const model::ValueColumn* due_attribute = nullptr;  // x of `no later than x`; null: no event has it
  const model::ValueColumn* rescued = nullptr;        // null: no event has it
  Timestamp unknown_through = kNoTime;                // a look-back from here or before leaves history

  ResponseOption option = ResponseOption::None;
  CountKind kind = CountKind::AtMost;
  std::uint32_t n = 0;
  bool is_opened_by_event = false;  // R5: `from S`
  GuardProgram audience;            // R9's P

  bool looks_back = false;  // R3, R4: A is a condition, and what comes after B is of no concern
  /// The organisation's events that are conditions here (P-1), in order.
  std::vector<Occurrence> organisation;
};

// The rule forms: each appends the instances of the walk's customer, in the order of their activations.
void watch_response(Walk& walk);            // R1, R11
void watch_plain_response(Walk& walk);      // R1 with one B, at most one key, a due time, no option
void watch_absence(Walk& walk);             // R2
void watch_only_after(Walk& walk);          // R3
void watch_never_when_already(Walk& walk);  // R4
void watch_count(Walk& walk);               // R5
void watch_rate(Walk& walk);                // R6
void watch_recurrence(Walk& walk);          // R7
void watch_never(Walk& walk);               // R8
void watch_only_to(Walk& walk);             // R9
void watch_chain(Walk& walk);               // R10, R11

}  // namespace handslag::promise
