// SPDX-License-Identifier: Apache-2.0
#include "pure/promise/guard.h"

#include <compare>
#include <string_view>
#include <utility>

namespace handslag::promise {

using model::Cell;
using model::ValueKind;

namespace {

bool is_inner(GuardOp op) {
  return op == GuardOp::And || op == GuardOp::Or || op == GuardOp::Not;
}

template <typename T>
bool ordered(GuardOp op, const T& left, const T& right) {
  switch (op) {
    case GuardOp::Equal:
    case GuardOp::In:
      return left == right;
    case GuardOp::NotEqual:
      return left != right;
    case GuardOp::Less:
      return left < right;
    case GuardOp::LessEqual:
      return left <= right;
    case GuardOp::Greater:
      return left > right;
    case GuardOp::GreaterEqual:
      return left >= right;
    default:
      return false;
  }
}

bool is_equality(GuardOp op) {
  return op == GuardOp::Equal || op == GuardOp::NotEqual || op == GuardOp::In;
}

}  // namespace

GuardProgram::GuardProgram(const Guard& guard, const model::Texts* texts, const model::TimeRules& rules,
                           const FindColumn& find_column, const FindBinding& find_binding)
    : texts_(texts), rules_(&rules) {
  std::vector<std::uint32_t> test_of_node(guard.nodes.size());
  for (std::size_t i = 0; i < guard.nodes.size(); ++i) {
    const GuardNode& node = guard.nodes[i];
    test_of_node[i] = static_cast<std::uint32_t>(tests_.size());
    if (is_inner(node.op)) {
      test_of_node[i] = test_of_node[node.children.front()];  // where its evaluation begins
      continue;
    }
    Test test;
    test.op = node.op;
    test.left = operand_of_name(node.left, find_column, find_binding);
    for (const Operand& operand : node.operands) {
      test.right.push_back(operand_of(operand, find_column, find_binding));
    }
    tests_.push_back(std::move(test));
  }
  link(guard, test_of_node);
  find_plain_equality();
}

void GuardProgram::find_plain_equality() {
  if (tests_.size() != 1 || tests_[0].on_true != kYes || tests_[0].op != GuardOp::Equal) return;
  const GuardOperand& left = tests_[0].left;
  const GuardOperand& right = tests_[0].right[0];
  const bool is_plain =
      right.constant.kind == ValueKind::Boolean || (right.constant.kind == ValueKind::Text && right.is_known);
  if (left.from != OperandFrom::AtHand || right.from != OperandFrom::Constant || !is_plain) return;
  equal_column_ = left.column;
  equal_to_ = right.constant;
}

// Parents hand their exits down to their children. In post order every parent stands after them, so one walk
// from the end does it without recursion.
void GuardProgram::link(const Guard& guard, const std::vector<std::uint32_t>& test_of_node) {
  struct Exits {
    std::uint32_t on_true = kYes, on_false = kNo;
  };
  std::vector<Exits> exits(guard.nodes.size());
  for (std::size_t i = guard.nodes.size(); i-- > 0;) {
    const GuardNode& node = guard.nodes[i];
    if (!is_inner(node.op)) {
      tests_[test_of_node[i]].on_true = exits[i].on_true;
      tests_[test_of_node[i]].on_false = exits[i].on_false;
      continue;
    }
    for (std::size_t c = 0; c < node.children.size(); ++c) {
      Exits& child = exits[node.children[c]];
      child = node.op == GuardOp::Not ? Exits{exits[i].on_false, exits[i].on_true} : exits[i];
      if (c + 1 == node.children.size()) continue;
      const std::uint32_t next = test_of_node[node.children[c + 1]];
      if (node.op == GuardOp::And) child.on_true = next;
      if (node.op == GuardOp::Or) child.on_false = next;
    }
  }
  first_ = test_of_node.back();
}

GuardOperand GuardProgram::operand_of(const Operand& operand, const FindColumn& find_column,
                                      const FindBinding& find_binding) {
  if (const auto* name = std::get_if<NameRef>(&operand))
    return operand_of_name(*name, find_column, find_binding);
  return constant_of(std::get<Literal>(operand));
}

GuardOperand GuardProgram::operand_of_name(const NameRef& name, const FindColumn& find_column,
                                           const FindBinding& find_binding) {
  GuardOperand operand;
  operand.from = OperandFrom::AtHand;
  if (!name.binding.empty()) operand = find_binding(name.binding);
  operand.column = find_column(name.name);
  if (operand.column == nullptr) operand.from = OperandFrom::Nothing;
  names_others_ |= operand.from == OperandFrom::Activation || operand.from == OperandFrom::EarlierMatch;
  return operand;
}

GuardOperand GuardProgram::constant_of(const Literal& literal) const {
  GuardOperand operand;
  operand.from = OperandFrom::Constant;
  if (const auto* number = std::get_if<double>(&literal)) operand.constant = Cell::number(*number);
  if (const auto* truth = std::get_if<bool>(&literal)) operand.constant = Cell::boolean(*truth);
  if (const auto* date = std::get_if<Date>(&literal)) operand.constant = Cell::date(*date);
  if (const auto* instant = std::get_if<Timestamp>(&literal)) operand.constant = Cell::instant(*instant);
  if (const auto* text = std::get_if<std::string>(&literal)) {
    const auto code = texts_ == nullptr ? std::nullopt : texts_->code(*text);
    operand.text = *text;
    operand.is_known = code.has_value();
    operand.constant = Cell::text(code.value_or(model::kNoText));
  }
  return operand;
}

bool GuardProgram::holds_all(EventIndex e, const NamedEvents& named) const {
  return run([&](const GuardOperand& operand) -> Cell {
    EventIndex of = e;
    switch (operand.from) {
      case OperandFrom::Constant:
        return operand.constant;
      case OperandFrom::Nothing:
        return {};
      case OperandFrom::AtHand:
        break;
      case OperandFrom::Activation:
        of = named.activation;
        break;
      case OperandFrom::EarlierMatch:
        of = named.matches == nullptr ? kNoEvent : named.matches[operand.match];
        break;
    }
    return of == kNoEvent ? Cell{} : operand.column->at(of);
  });
}

// D-2. The left side is present.
bool GuardProgram::compares(GuardOp op, Cell left, const GuardOperand& operand, Cell right) const {
  const bool is_constant = operand.from == OperandFrom::Constant;
  if (is_constant && right.kind == ValueKind::Date && left.kind == ValueKind::Instant) {
    return ordered(op, rules_->local_day(left.as_instant()), right.as_date());
  }
  if (left.kind != right.kind) return false;
  switch (left.kind) {
    case ValueKind::Missing:
      return false;
    case ValueKind::Text:
      return compares_texts(op, left, operand, right);
    case ValueKind::Number:
      return ordered(op, left.as_number(), right.as_number());
    case ValueKind::Instant:
      return ordered(op, left.as_instant(), right.as_instant());
    case ValueKind::Date:
      return ordered(op, left.as_date(), right.as_date());
    case ValueKind::Boolean:
      return is_equality(op) && ordered(op, left.as_boolean(), right.as_boolean());
  }
  return false;
}

bool GuardProgram::compares_texts(GuardOp op, Cell left, const GuardOperand& operand, Cell right) const {
  const bool is_constant = operand.from == OperandFrom::Constant;
  if (is_equality(op)) {
    const bool equal = (!is_constant || operand.is_known) && left.as_text() == right.as_text();
    return equal == (op != GuardOp::NotEqual);
  }
  const std::string_view mine = texts_->text(left.as_text());
  const std::string_view other = is_constant ? std::string_view(operand.text) : texts_->text(right.as_text());
  // Why bytes: the order of UTF-8 bytes is that of the code points.
  return op == GuardOp::Contains ? mine.find(other) != std::string_view::npos : ordered(op, mine, other);
}

}  // namespace handslag::promise
