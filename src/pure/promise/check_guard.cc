// SPDX-License-Identifier: Apache-2.0
// Guards that no event can satisfy, as far as their text alone shows it: within one `and`, comparisons of the
// same name with literals that exclude each other; comparisons that are false whatever the value (D-2).
#include <algorithm>
#include <map>
#include <tuple>

#include "pure/promise/check.h"

namespace handslag::promise {
namespace {

constexpr std::size_t kMostCompared = 64;  // comparisons of one name in one `and`; keeps the cost linear

const Literal* literal_of(const Operand& operand) {
  return std::get_if<Literal>(&operand);
}

bool is_compare(GuardOp op) {
  return op >= GuardOp::Equal && op <= GuardOp::Contains;
}

// A date and an instant compare with each other by the local day; all other kinds never do.
bool are_unlike(const Literal& a, const Literal& b) {
  const auto is_time = [](const Literal& x) {
    return std::holds_alternative<Date>(x) || std::holds_alternative<Timestamp>(x);
  };
  return a.index() != b.index() && !(is_time(a) && is_time(b));
}

// Does the value satisfy `op literal`? REQUIRES: the same kind.
bool satisfies(const Literal& value, GuardOp op, const Literal& literal) {
  switch (op) {
    case GuardOp::Equal:
      return value == literal;
    case GuardOp::NotEqual:
      return value != literal;
    case GuardOp::Less:
      return value < literal;
    case GuardOp::LessEqual:
      return value <= literal;
    case GuardOp::Greater:
      return value > literal;
    case GuardOp::GreaterEqual:
      return value >= literal;
    case GuardOp::Contains: {
      const auto *text = std::get_if<std::string>(&value), *part = std::get_if<std::string>(&literal);
      return text == nullptr || part == nullptr || text->find(*part) != std::string::npos;
    }
    default:
      return true;
  }
}

// `x > 5` and `x < 3`: an upper bound that lies below a lower one.
bool is_empty_range(GuardOp op, const Literal& literal, GuardOp other_op, const Literal& other) {
  const bool upper = op == GuardOp::Less || op == GuardOp::LessEqual;
  const bool lower = other_op == GuardOp::Greater || other_op == GuardOp::GreaterEqual;
  if (!upper || !lower) return false;
  const bool both_inclusive = op == GuardOp::LessEqual && other_op == GuardOp::GreaterEqual;
  return literal < other || (literal == other && !both_inclusive);
}

// Can `list` (of `=` one, of `in` several values) hold together with a comparison?
bool some_value_satisfies(const GuardNode& list, const GuardNode& node) {
  for (const Operand& operand : list.operands) {
    const Literal* value = literal_of(operand);
    if (value == nullptr) return true;
    for (const Operand& wanted : node.operands) {
      const Literal* literal = literal_of(wanted);
      if (literal == nullptr) return true;
      if (are_unlike(*value, *literal)) continue;
      if (value->index() != literal->index()) return true;  // a date and an instant: the zone decides
      if (satisfies(*value, node.op == GuardOp::In ? GuardOp::Equal : node.op, *literal)) return true;
    }
  }
  return false;
}

bool exclude_each_other(const GuardNode& a, const GuardNode& b) {
  if (a.op == GuardOp::IsMissing || b.op == GuardOp::IsMissing)
    return a.op != b.op;  // all else needs a value
  if (a.op == GuardOp::IsPresent || b.op == GuardOp::IsPresent) return false;
  if (a.operands.size() * b.operands.size() > kMostCompared * kMostCompared) return false;
  if (a.op == GuardOp::Equal || a.op == GuardOp::In) return !some_value_satisfies(a, b);
  if (b.op == GuardOp::Equal || b.op == GuardOp::In) return !some_value_satisfies(b, a);
  const Literal *left = literal_of(a.operands.front()), *right = literal_of(b.operands.front());
  if (left == nullptr || right == nullptr) return false;
  if (are_unlike(*left, *right)) return true;
  if (left->index() != right->index()) return false;
  return is_empty_range(a.op, *left, b.op, *right) || is_empty_range(b.op, *right, a.op, *left);
}

// False whatever the value: `contains 5`, `< true`.
bool never_holds(const GuardNode& node) {
  if (!is_compare(node.op)) return false;
  const Literal* literal = literal_of(node.operands.front());
  if (literal == nullptr) return false;
  if (node.op == GuardOp::Contains) return !std::holds_alternative<std::string>(*literal);
  return std::holds_alternative<bool>(*literal) && node.op != GuardOp::Equal && node.op != GuardOp::NotEqual;
}

class GuardCheck {
 public:
  GuardCheck(const Guard& guard, DiagnosticList& diagnostics) : guard_(guard), diagnostics_(diagnostics) {}

  // Bottom up: post order. The outermost node that is never true is reported, not each of its parts.
  void run() {
    std::vector<bool> never(guard_.nodes.size());
    for (std::size_t i = 0; i < guard_.nodes.size(); ++i) {
      const GuardNode& node = guard_.nodes[i];
      lists(node);
      const auto child_never = [&never](std::uint32_t child) { return never[child]; };
      if (node.op == GuardOp::And) {
        never[i] = std::any_of(node.children.begin(), node.children.end(), child_never) || conflict(node);
      } else if (node.op == GuardOp::Or) {
        never[i] = std::all_of(node.children.begin(), node.children.end(), child_never);
      } else {
        never[i] = never_holds(node);
      }
    }
    report(never);
  }

 private:
  // in (1, "a"); in (open, closed)
  void lists(const GuardNode& node) {
    if (node.op != GuardOp::In && node.op != GuardOp::Contains) return;
    const Literal* first = literal_of(node.operands.front());
    for (const Operand& operand : node.operands) {
      const Literal* literal = literal_of(operand);
      if (literal == nullptr && std::get<NameRef>(operand).binding.empty()) {
        const std::string& name = std::get<NameRef>(operand).name;
        diagnostics_.add(DiagnosticCode::TextWithoutQuotes, node.span, {name});
        return;
      }
      if (literal != nullptr && first != nullptr && are_unlike(*first, *literal)) {
        diagnostics_.add(DiagnosticCode::UnlikeKinds, node.span);
        return;
      }
    }
  }

  bool conflict(const GuardNode& both) const {
    std::map<std::pair<std::string_view, std::string_view>, std::vector<const GuardNode*>> by_name;
    for (std::uint32_t child : both.children) {
      const GuardNode& node = guard_.nodes[child];
      if (!node.children.empty()) continue;
      auto& same_name = by_name[{node.left.binding, node.left.name}];
      if (same_name.size() == kMostCompared) continue;
      for (const GuardNode* other : same_name) {
        if (exclude_each_other(*other, node)) return true;
      }
      same_name.push_back(&node);
    }
    return false;
  }

  void report(const std::vector<bool>& never) {
    std::vector<bool> covered(never.size());
    for (std::size_t i = never.size(); i-- > 0;) {
      const GuardNode& node = guard_.nodes[i];
      if (never[i] && !covered[i]) diagnostics_.add(DiagnosticCode::GuardNeverTrue, node.span);
      for (std::uint32_t child : node.children) covered[child] = covered[i] || never[i];
    }
  }

  const Guard& guard_;
  DiagnosticList& diagnostics_;
};

}  // namespace

void check_guard(const Guard& guard, DiagnosticList& diagnostics) {
  GuardCheck(guard, diagnostics).run();
}

}  // namespace handslag::promise
