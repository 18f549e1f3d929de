// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "pure/promise/evaluate.h"

namespace handslag::promise {

namespace {

class Needs {
 public:
  explicit Needs(model::ColumnNeeds& needs) : needs_(needs) {}

  void promise(const Promise& promise) {
    if (promise.customers) guard(*promise.customers, needs_.attributes);
    if (promise.target) {
      for (const Name& name : promise.target->per) needs_.names.push_back(name.text);
    }
    std::visit([&](const auto& form) { rule(form); }, promise.rule);
  }

 private:
  static void guard(const Guard& guard, std::vector<std::string>& names) {
    for (const GuardNode& node : guard.nodes) {
      if (!node.left.name.empty()) names.push_back(node.left.name);
      for (const Operand& operand : node.operands) {
        if (const auto* name = std::get_if<NameRef>(&operand)) names.push_back(name->name);
      }
    }
  }

  void event(const EventPattern& pattern) {
    if (pattern.where) guard(*pattern.where, needs_.names);
  }
  void same(const Same& same) {
    for (const Name& key : same.keys) needs_.keys.push_back(key.text);
  }
  void condition(const std::optional<Condition>& condition) {
    if (!condition) return;
    event(condition->event);
    same(condition->same);
  }
  void step(const Step& step) {
    for (const EventPattern& part : step.parts) event(part);
    same(step.same);
    if (const auto* by = std::get_if<NoLaterThan>(&step.bound))
      needs_.attributes.push_back(by->attribute.text);
    if (const auto* before = std::get_if<Before>(&step.bound)) event(before->event);
  }
  void rescued() { needs_.attributes.emplace_back("rescued"); }  // D-14

  void rule(const Response& form) {
    event(form.a);
    step(form.then);
    condition(form.unless);
    rescued();
  }
  void rule(const Absence& form) {
    event(form.a);
    event(form.b);
    same(form.same);
    condition(form.unless);
  }
  void rule(const OnlyAfter& form) { look_back(form); }
  void rule(const NeverWhenAlready& form) { look_back(form); }
  template <typename Form>
  void look_back(const Form& form) {
    event(form.b);
    event(form.a);
    same(form.same);
    condition(form.unless_since);
  }
  void rule(const Count& form) {
    event(form.b);
    same(form.same);
    condition(form.from);
    condition(form.until);
    if (form.kind == CountKind::AtLeast) rescued();
  }
  void rule(const Rate& form) {
    event(form.b);
    same(form.same);
  }
  void rule(const Recurrence& form) {
    for (const EventPattern* pattern : {&form.b, &form.from, &form.until}) event(*pattern);
    same(form.same);
    rescued();
  }
  void rule(const Never& form) { event(form.b); }
  void rule(const OnlyTo& form) {
    event(form.b);
    guard(form.customers, needs_.attributes);
    needs_.known = true;  // R9: as known then
  }
  void rule(const Chain& form) {
    event(form.a);
    for (const Step& each : form.steps) step(each);
    condition(form.unless);
    rescued();
  }

  model::ColumnNeeds& needs_;
};

void sort_distinct(std::vector<std::string>& names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

}  // namespace

model::ColumnNeeds column_needs(const std::vector<Version>& versions, const std::vector<std::string>& by) {
  model::ColumnNeeds needs;
  needs.names = by;
  for (const Version& version : versions) Needs(needs).promise(*version.promise);
  for (auto* names : {&needs.keys, &needs.names, &needs.attributes}) sort_distinct(*names);
  return needs;
}

}  // namespace handslag::promise
