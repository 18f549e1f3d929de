// SPDX-License-Identifier: Apache-2.0
#include "tests/oracle/reading.h"

#include <algorithm>

namespace handslag::oracle {

using model::Event;
using model::Value;
using promise::EventPattern;
using promise::Guard;
using promise::GuardNode;
using promise::GuardOp;
using promise::Same;

namespace {

const std::string* key_of(const Event& event, std::string_view name) {
  for (const model::Key& key : event.keys) {
    if (key.name == name) return &key.value;
  }
  return nullptr;
}

std::string fixed_field(const Event& event, std::string_view name) {
  if (name == "unit") return event.unit;
  if (name == "channel") return event.channel;
  if (name == "touchpoint") return event.touchpoint;
  if (name == "agent") return event.agent;
  if (name == "source") return event.source;
  if (name == "type") return event.type;
  return "";
}

// The first that the event has of: fixed field, key, attribute.
Value named_value(const Event& event, const std::string& name) {
  if (std::string field = fixed_field(event, name); !field.empty()) return field;
  if (const std::string* key = key_of(event, name)) return *key;
  return attribute_of(event, name);
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

Value value_of_literal(const promise::Literal& literal) {
  return std::visit([](const auto& held) -> Value { return held; }, literal);
}

}  // namespace

Value attribute_of(const Event& event, std::string_view name) {
  for (const model::Attribute& attribute : event.data) {
    if (attribute.name == name) return attribute.value;
  }
  return {};
}

bool is_rescue(const Event& event) {  // D-14
  const Value value = attribute_of(event, "rescued");
  return std::holds_alternative<bool>(value) && std::get<bool>(value);
}

Reading::Reading(const promise::Version& version, const World& world, std::size_t customer,
                 const model::TimeRules& rules)
    : version_(version),
      rules_(rules),
      is_organisation_(customer == model::kOrganisation),
      horizon_(horizon_of(version.promise->rule, world)) {
  const Events& own = world.customers[customer];
  for (std::size_t i = 0; i < own.size(); ++i) timeline_.push_back({&own[i], {false, i}});
  if (is_organisation_) return;
  const Events& organisation = world.customers[model::kOrganisation];
  for (std::size_t i = 0; i < organisation.size(); ++i) timeline_.push_back({&organisation[i], {true, i}});
  std::sort(timeline_.begin(), timeline_.end(),
            [&](const Seen& a, const Seen& b) { return stands_before(*a.event, *b.event, world.ranks); });
}

// ---- events
// ---------------------------------------------------------------------------------------------------

bool Reading::has_type(const EventPattern& pattern, Position p) const {
  const std::string& type = event(p).type;
  return pattern.type.is_prefix ? type.starts_with(pattern.type.text) : type == pattern.type.text;
}

bool Reading::occurs(const EventPattern& pattern, Position p, const Bindings& bindings) const {
  if (!has_type(pattern, p)) return false;
  if (!pattern.where) return true;
  Bindings with_itself = bindings;
  if (!pattern.binding.empty()) with_itself.insert(with_itself.begin(), {pattern.binding, &event(p)});
  return holds(*pattern.where, &event(p), with_itself, nullptr);
}

bool Reading::plays(const EventPattern& pattern, Position p, const Bindings& bindings) const {
  return is_own(p) && occurs(pattern, p, bindings);
}

bool Reading::in_force(Position p) const {
  const promise::Promise& promise = *version_.promise;
  const Timestamp t = time(p);
  if (t < version_.from || t >= version_.to) return false;
  const Date day = rules_.local_day(t);
  if (promise.valid_from && day < *promise.valid_from) return false;
  if (promise.valid_to && day > *promise.valid_to) return false;
  if (!promise.customers) return true;
  return !is_organisation_ && customer_is(*promise.customers, {p, std::nullopt});  // D-18
}

bool Reading::customer_is(const Guard& guard, Knowledge knowledge) const {
  return holds(guard, nullptr, {}, &knowledge);
}

// ---- keys
// -----------------------------------------------------------------------------------------------------

bool Reading::carries(Position p, const Same& same) const {
  return std::all_of(same.keys.begin(), same.keys.end(),
                     [&](const promise::Name& key) { return key_of(event(p), key.text) != nullptr; });
}

bool Reading::same_keys(Position a, Position b, const Same& same) const {
  return std::all_of(same.keys.begin(), same.keys.end(), [&](const promise::Name& key) {
    const std::string* left = key_of(event(a), key.text);
    const std::string* right = key_of(event(b), key.text);
    return left != nullptr && right != nullptr && *left == *right;
  });
}

bool Reading::condition_keys(Position a, Position c, const Same& rule, const Same& own) const {
  if (own.said()) return same_keys(a, c, own);
  return std::all_of(rule.keys.begin(), rule.keys.end(), [&](const promise::Name& key) {
    const std::string* left = key_of(event(a), key.text);
    const std::string* right = key_of(event(c), key.text);
    return right == nullptr || (left != nullptr && *left == *right);
  });
}

// ---- guards
// ---------------------------------------------------------------------------------------------------

bool Reading::holds(const Guard& guard, const Event* event, const Bindings& bindings,
                    const Knowledge* knowledge) const {
  return node_holds(guard, guard.nodes.size() - 1, event, bindings, knowledge);
}

bool Reading::node_holds(const Guard& guard, std::size_t index, const Event* event, const Bindings& bindings,
                         const Knowledge* knowledge) const {
  const GuardNode& node = guard.nodes[index];
  const auto child_holds = [&](std::uint32_t child) {
    return node_holds(guard, child, event, bindings, knowledge);
  };
  switch (node.op) {
    case GuardOp::And:
      return std::all_of(node.children.begin(), node.children.end(), child_holds);
    case GuardOp::Or:
      return std::any_of(node.children.begin(), node.children.end(), child_holds);
    case GuardOp::Not:
      return !child_holds(node.children[0]);
    default:
      break;
  }
  const Value left = value(node.left, event, bindings, knowledge);
  const bool is_missing = std::holds_alternative<std::monostate>(left);
  if (node.op == GuardOp::IsMissing) return is_missing;
  if (node.op == GuardOp::IsPresent) return !is_missing;
  return std::any_of(node.operands.begin(), node.operands.end(), [&](const promise::Operand& operand) {
    if (const auto* literal = std::get_if<promise::Literal>(&operand)) {
      return compares(node, left, value_of_literal(*literal), true);
    }
    return compares(node, left, value(std::get<promise::NameRef>(operand), event, bindings, knowledge),
                    false);
  });
}

// D-2. A missing value or unlike kinds make any comparison false.
bool Reading::compares(const GuardNode& node, const Value& left, const Value& right,
                       bool right_is_literal) const {
  if (std::holds_alternative<Timestamp>(left) && std::holds_alternative<Date>(right) && right_is_literal) {
    return ordered(node.op, rules_.local_day(std::get<Timestamp>(left)), std::get<Date>(right));
  }
  if (left.index() != right.index() || std::holds_alternative<std::monostate>(left)) return false;
  if (node.op == GuardOp::Contains) {
    return std::holds_alternative<std::string>(left) &&
           std::get<std::string>(left).find(std::get<std::string>(right)) != std::string::npos;
  }
  if (std::holds_alternative<bool>(left)) {
    const bool equal = std::get<bool>(left) == std::get<bool>(right);
    if (node.op == GuardOp::NotEqual) return !equal;
    return equal && (node.op == GuardOp::Equal || node.op == GuardOp::In);
  }
  if (std::holds_alternative<std::string>(left)) {  // the bytes of UTF-8 sort as its code points
    return ordered(node.op, std::get<std::string>(left), std::get<std::string>(right));
  }
  if (std::holds_alternative<double>(left))
    return ordered(node.op, std::get<double>(left), std::get<double>(right));
  if (std::holds_alternative<Date>(left))
    return ordered(node.op, std::get<Date>(left), std::get<Date>(right));
  return ordered(node.op, std::get<Timestamp>(left), std::get<Timestamp>(right));
}

Value Reading::value(const promise::NameRef& name, const Event* event, const Bindings& bindings,
                     const Knowledge* knowledge) const {
  if (knowledge != nullptr) return customer_value(name.name, *knowledge);
  if (name.binding.empty()) return named_value(*event, name.name);
  for (const auto& [binding, bound] : bindings) {
    if (binding == name.binding) return named_value(*bound, name.name);
  }
  return {};
}

Value Reading::customer_value(const std::string& name, const Knowledge& knowledge) const {  // D-16
  Value last;
  for (Position p = 0; p < knowledge.before; ++p) {
    if (!is_own(p) || event(p).type != "customer.updated") continue;
    const Timestamp known = event(p).known.value_or(time(p));  // P-17
    if (knowledge.known_at && known > *knowledge.known_at) continue;
    const Value said = attribute_of(event(p), name);
    if (!std::holds_alternative<std::monostate>(said)) last = said;
  }
  return last;
}

// ---- time and verdicts
// ----------------------------------------------------------------------------------------

bool Reading::reaches_before_history(Position p, model::Duration d) const {
  if (horizon_.history_start == kNoTime) return false;  // D-25
  return time(p) <= rules_.due({horizon_.history_start.us - 1}, d);
}

Judged Reading::activated(Position p) const {
  Judged judged;
  judged.activation = own_index(p);
  return judged;
}

Judged Reading::unknown(Position p, Timestamp due, model::UnknownCause cause) const {
  Judged judged = activated(p);
  judged.due = due;
  judged.unknown = cause;
  decide(judged, model::Verdict::Unknown, p);
  return judged;
}

void Reading::decide(Judged& judged, model::Verdict verdict, Position by) const {
  judged.verdict = verdict;
  judged.is_final = horizon_.complete_through >= time(by);
}

void Reading::settle(Judged& judged, model::Verdict verdict) const {
  const bool passed = judged.due != kNoTime && horizon_.complete_through >= judged.due;  // D-6
  const bool overdue = judged.due != kNoTime && horizon_.clock > judged.due;
  judged.verdict = passed ? verdict : overdue ? model::Verdict::Overdue : model::Verdict::Pending;
  judged.is_final = passed;
}

void Reading::measure(Judged& judged, Position fulfilment, bool in_business_time) const {
  if (judged.due == kNoTime) return;
  judged.slack_us = judged.due.us - time(fulfilment).us;
  if (in_business_time) judged.business_slack_us = rules_.business_us(time(fulfilment), judged.due);
}

void Reading::witness(Judged& judged, std::vector<Position> positions) const {
  std::sort(positions.begin(), positions.end());
  positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
  judged.witnesses.clear();
  for (Position p : positions) judged.witnesses.push_back(timeline_[p].place);
}

}  // namespace handslag::oracle
