// SPDX-License-Identifier: Apache-2.0
// A guard made flat: tests in the order of the text, each with the test to go on with when it is true and
// when it is false. Nothing is evaluated that the outcome does not depend on; text constants are codes.
// Immutable; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "pure/model/columns.h"
#include "pure/model/time_rules.h"
#include "pure/promise/ast.h"

namespace handslag::promise {

using model::EventIndex;
inline constexpr EventIndex kNoEvent = UINT32_MAX;

/// Where an operand's value comes from.
enum class OperandFrom : std::uint8_t { Nothing, AtHand, Activation, EarlierMatch, Constant };

struct GuardOperand {
  OperandFrom from = OperandFrom::Nothing;  // Nothing: always missing
  std::uint32_t match = 0;                  // EarlierMatch: which part of which step, counted through
  const model::ValueColumn* column = nullptr;
  model::Cell constant;
  std::string text;       // the constant, where it is a text
  bool is_known = false;  // whether any event holds that text, so that constant has its code
};

/// The events that a guard can name besides the one at hand (D-30); kNoEvent where there is none.
struct NamedEvents {
  EventIndex activation = kNoEvent;
  const EventIndex* matches = nullptr;
};

/// What `x` in `x.name` stands for in one guard.
using FindBinding = std::function<GuardOperand(const std::string& binding)>;
/// The column of a name; null where no event has it.
using FindColumn = std::function<const model::ValueColumn*(const std::string& name)>;

class GuardProgram {
 public:
  GuardProgram() = default;
  /// Keeps `texts` (null: there are none) and `rules`; they must outlive this.
  GuardProgram(const Guard& guard, const model::Texts* texts, const model::TimeRules& rules,
               const FindColumn& find_column, const FindBinding& find_binding);

  bool empty() const { return tests_.empty(); }
  /// True where it asks of other events than the one at hand.
  bool names_others() const { return names_others_; }

  /// Of an event. Cost: the tests that matter.
  bool holds(EventIndex e, const NamedEvents& named) const {
    return equal_column_ != nullptr ? equal_column_->at(e) == equal_to_ : holds_all(e, named);
  }

  /// Of anything: read(column) gives the value of a name. For what is asked of customers.
  template <typename Read>
  bool holds_for(const Read& read) const {
    return run([&](const GuardOperand& operand) {
      if (operand.from == OperandFrom::Constant) return operand.constant;
      return operand.column == nullptr ? model::Cell{} : read(*operand.column);
    });
  }

 private:
  struct Test {
    GuardOp op = GuardOp::Equal;
    GuardOperand left;
    std::vector<GuardOperand> right;
    std::uint32_t on_true = 0, on_false = 0;
  };
  static constexpr std::uint32_t kYes = UINT32_MAX, kNo = UINT32_MAX - 1;

  template <typename Value>
  bool run(const Value& value) const {
    std::uint32_t at = first_;
    while (at < kNo) at = passes(tests_[at], value) ? tests_[at].on_true : tests_[at].on_false;
    return at == kYes;
  }

  template <typename Value>
  bool passes(const Test& test, const Value& value) const {
    const model::Cell left = value(test.left);
    if (test.op == GuardOp::IsMissing) return left.missing();
    if (test.op == GuardOp::IsPresent) return !left.missing();
    if (left.missing()) return false;
    for (const GuardOperand& right : test.right) {
      if (compares(test.op, left, right, value(right))) return true;
    }
    return false;
  }

  bool holds_all(EventIndex e, const NamedEvents& named) const;
  void find_plain_equality();
  bool compares(GuardOp op, model::Cell left, const GuardOperand& operand, model::Cell right) const;
  bool compares_texts(GuardOp op, model::Cell left, const GuardOperand& operand, model::Cell right) const;
  void link(const Guard& guard, const std::vector<std::uint32_t>& test_of_node);
  GuardOperand operand_of(const Operand& operand, const FindColumn& find_column,
                          const FindBinding& find_binding);
  GuardOperand operand_of_name(const NameRef& name, const FindColumn& find_column,
                               const FindBinding& find_binding);
  GuardOperand constant_of(const Literal& literal) const;

  std::vector<Test> tests_;
  std::uint32_t first_ = kYes;
  bool names_others_ = false;
  // OPTIMIZATION: the commonest guard, `name = constant`, is a comparison of two cells.
  const model::ValueColumn* equal_column_ = nullptr;
  model::Cell equal_to_;
  const model::Texts* texts_ = nullptr;
  const model::TimeRules* rules_ = nullptr;
};

}  // namespace handslag::promise
