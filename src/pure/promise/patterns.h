// SPDX-License-Identifier: Apache-2.0
// Every event pattern of a rule, in the order of its text.
#pragma once

#include <optional>
#include <variant>

#include "pure/promise/ast.h"

namespace handslag::promise {

/// Calls `visit(const EventPattern&)` for each.
template <typename Visit>
class PatternWalk {
 public:
  explicit PatternWalk(Visit visit) : visit_(visit) {}

  void operator()(const Response& r) { one(r.a), step(r.then), maybe(r.unless); }
  void operator()(const Absence& r) { one(r.a), one(r.b), maybe(r.unless); }
  void operator()(const OnlyAfter& r) { one(r.b), one(r.a), maybe(r.unless_since); }
  void operator()(const NeverWhenAlready& r) { one(r.b), one(r.a), maybe(r.unless_since); }
  void operator()(const Count& r) { one(r.b), maybe(r.from), maybe(r.until); }
  void operator()(const Rate& r) { one(r.b); }
  void operator()(const Recurrence& r) { one(r.b), one(r.from), one(r.until); }
  void operator()(const Never& r) { one(r.b); }
  void operator()(const OnlyTo& r) { one(r.b); }
  void operator()(const Chain& r) {
    one(r.a);
    for (const Step& s : r.steps) step(s);
    maybe(r.unless);
  }

 private:
  void one(const EventPattern& pattern) { visit_(pattern); }
  void maybe(const std::optional<Condition>& condition) {
    if (condition) one(condition->event);
  }
  void step(const Step& s) {
    for (const EventPattern& part : s.parts) one(part);
    if (const auto* before = std::get_if<Before>(&s.bound)) one(before->event);
  }
  Visit visit_;
};

template <typename Visit>
void for_each_pattern(const Rule& rule, Visit visit) {
  std::visit(PatternWalk<Visit>(visit), rule);
}

}  // namespace handslag::promise
