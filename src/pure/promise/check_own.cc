// SPDX-License-Identifier: Apache-2.0
// Rules whose own parts shut each other out: an end that is the very thing asked for, an `unless` that the
// rule has already taken for something else.
#include <algorithm>

#include "pure/promise/check.h"

namespace handslag::promise {
namespace {

// What a rule's instance can be: never kept, or kept whatever its `unless` says.
struct Finding {
  DiagnosticCode code{};
  const EventPattern* at = nullptr;    // null: nothing found
  const EventPattern* same = nullptr;  // the part that it is too
};

// Why only without `same`: on keys of its own it can mean other events than the rule's.
const EventPattern* plain(const std::optional<Condition>& condition) {
  return condition && !condition->same.said() ? &condition->event : nullptr;
}

Finding never_counts(const EventPattern* unless, const EventPattern& other) {
  if (unless == nullptr || !covers(other, *unless)) return {};
  return {DiagnosticCode::UnlessNeverCounts, unless, &other};
}

// R1: B stands at E, never before it; what fulfils does not call off (at the same instant B wins).
Finding find_in(const Response& rule) {
  const auto& parts = rule.then.parts;
  if (const auto* before = std::get_if<Before>(&rule.then.bound)) {
    const auto at_end = [before](const EventPattern& part) { return covers(before->event, part); };
    const bool none_left = rule.then.combine == Combine::All
                               ? std::any_of(parts.begin(), parts.end(), at_end)
                               : std::all_of(parts.begin(), parts.end(), at_end);
    const auto first = std::find_if(parts.begin(), parts.end(), at_end);
    if (none_left) return {DiagnosticCode::NeverKept, &before->event, &*first};
  }
  if (rule.then.combine == Combine::All) return {};
  for (const EventPattern& part : parts) {
    if (const Finding found = never_counts(plain(rule.unless), part); found.at != nullptr) return found;
  }
  return {};
}

// R2: the same instant is B's.
Finding find_in(const Absence& rule) {
  return never_counts(plain(rule.unless), rule.b);
}

// R3, R4: what is an A itself never stands since the last A.
Finding find_in(const OnlyAfter& rule) {
  return never_counts(plain(rule.unless_since), rule.a);
}
Finding find_in(const NeverWhenAlready& rule) {
  return never_counts(plain(rule.unless_since), rule.a);
}

// R5: a B that closes the group is not counted in it, so one that it opened never counts more than that one.
Finding find_in(const Count& rule) {
  const EventPattern* until = plain(rule.until);
  const std::uint32_t most = rule.from ? 0 : 1;
  if (rule.kind == CountKind::AtMost || until == nullptr || rule.n <= most || !covers(*until, rule.b))
    return {};
  return {DiagnosticCode::NeverKept, until, &rule.b};
}

template <class Rule>
Finding find_in(const Rule&) {
  return {};
}

}  // namespace

void check_own_parts(const Promise& promise, DiagnosticList& diagnostics) {
  const Finding found = std::visit([](const auto& rule) { return find_in(rule); }, promise.rule);
  if (found.at == nullptr) return;
  const TypePattern& type = found.same->type;
  diagnostics.add(found.code, found.at->span, {"`" + type.text + (type.is_prefix ? "*`" : "`")});
}

}  // namespace handslag::promise
