// SPDX-License-Identifier: Apache-2.0
#include "pure/promise/check.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

namespace handslag::promise {
namespace {

using model::Duration;
using model::DurationUnit;

template <class... Visitors>
struct Overloaded : Visitors... {
  using Visitors::operator()...;
};
template <class... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

// The events of a rule in the order of its text.
class EventsOfRule {
 public:
  explicit EventsOfRule(const Rule& rule) {
    std::visit(Overloaded{
                   [this](const Response& r) {
                     add(r.a);
                     add(r.then);
                     add(r.unless);
                   },
                   [this](const Absence& r) {
                     add(r.a);
                     add(r.b);
                     add(r.unless);
                   },
                   [this](const OnlyAfter& r) {
                     add(r.b);
                     add(r.a);
                     add(r.unless_since);
                   },
                   [this](const NeverWhenAlready& r) {
                     add(r.b);
                     add(r.a);
                     add(r.unless_since);
                   },
                   [this](const Count& r) {
                     add(r.b);
                     add(r.from);
                     add(r.until);
                   },
                   [this](const Rate& r) { add(r.b); },
                   [this](const Recurrence& r) {
                     add(r.b);
                     add(r.from);
                     add(r.until);
                   },
                   [this](const Never& r) { add(r.b); },
                   [this](const OnlyTo& r) { add(r.b); },
                   [this](const Chain& r) {
                     add(r.a);
                     for (const Step& step : r.steps) add(step);
                     add(r.unless);
                   },
               },
               rule);
  }
  auto begin() const { return events_.begin(); }
  auto end() const { return events_.end(); }

 private:
  void add(const EventPattern& event) { events_.push_back(&event); }
  void add(const std::optional<Condition>& condition) {
    if (condition) add(condition->event);
  }
  void add(const Step& step) {
    for (const EventPattern& part : step.parts) add(part);
    if (const auto* before = std::get_if<Before>(&step.bound)) add(before->event);
  }
  std::vector<const EventPattern*> events_;
};

// Seconds of an elapsed duration and roughly of the others; for comparing where one is plainly longer.
double rough_hours(const Duration& d) {
  switch (d.unit) {
    case DurationUnit::Seconds:
      return static_cast<double>(d.count) / 3'600;
    case DurationUnit::Minutes:
      return static_cast<double>(d.count) / 60;
    case DurationUnit::Hours:
    case DurationUnit::BusinessHours:
      return static_cast<double>(d.count);
    case DurationUnit::Days:
    case DurationUnit::BusinessDays:
      return static_cast<double>(d.count) * 24;
  }
  return 0;
}

// Only like is compared with like: two days in a row can be business days or none.
bool are_comparable(const Duration& a, const Duration& b) {
  return a.unit == b.unit || (a.is_elapsed() && b.is_elapsed());
}

class PromiseCheck {
 public:
  PromiseCheck(SourcePromise& source, DiagnosticList& diagnostics)
      : source_(source), diagnostics_(diagnostics) {}

  void run() {
    const std::size_t errors_before = diagnostics_.errors();
    bindings();
    guards();
    validity();
    total();
    warn();
    target();
    check_own_parts(promise(), diagnostics_);
    if (diagnostics_.errors() > errors_before) source_.sound = false;
  }

 private:
  const Promise& promise() const { return source_.promise; }

  void bindings() {
    const EventsOfRule events(promise().rule);
    std::unordered_map<std::string, bool> known;  // name → its event has been met
    for (const EventPattern* event : events) {
      if (event->binding.empty()) continue;
      if (!known.emplace(event->binding, false).second) {
        diagnostics_.add(DiagnosticCode::DuplicateBinding, event->span, {event->binding});
      }
    }
    for (const EventPattern* event : events) {
      if (!event->binding.empty()) known[event->binding] = true;
      if (event->where) names_in(*event->where, known);
    }
    if (const auto* only_to = std::get_if<OnlyTo>(&promise().rule)) names_in(only_to->customers, known);
    if (promise().customers) names_of_customer(*promise().customers);
  }

  void name_in(const NameRef& name, Span span, const std::unordered_map<std::string, bool>& known) {
    if (name.binding.empty()) return;
    const auto found = known.find(name.binding);
    if (found == known.end()) {
      diagnostics_.add(DiagnosticCode::UnknownBinding, span, {name.binding, name.binding + "." + name.name});
    } else if (!found->second) {
      diagnostics_.add(DiagnosticCode::LaterBinding, span, {name.binding});
    }
  }

  void names_in(const Guard& guard, const std::unordered_map<std::string, bool>& known) {
    for (const GuardNode& node : guard.nodes) {
      if (!node.children.empty()) continue;
      name_in(node.left, node.span, known);
      for (const Operand& operand : node.operands) {
        if (const auto* name = std::get_if<NameRef>(&operand)) name_in(*name, node.span, known);
      }
    }
  }

  void names_of_customer(const Guard& guard) {
    const auto report = [this](const NameRef& name, Span span) {
      if (name.binding.empty()) return;
      diagnostics_.add(DiagnosticCode::BindingOfCustomer, span, {name.binding + "." + name.name});
    };
    for (const GuardNode& node : guard.nodes) {
      report(node.left, node.span);
      for (const Operand& operand : node.operands) {
        if (const auto* name = std::get_if<NameRef>(&operand)) report(*name, node.span);
      }
    }
  }

  void guards() {
    for (const EventPattern* event : EventsOfRule(promise().rule)) {
      if (event->where) check_guard(*event->where, diagnostics_);
    }
    if (const auto* only_to = std::get_if<OnlyTo>(&promise().rule))
      check_guard(only_to->customers, diagnostics_);
    if (promise().customers) check_guard(*promise().customers, diagnostics_);
  }

  void validity() {
    if (promise().valid_from && promise().valid_to && *promise().valid_to < *promise().valid_from) {
      diagnostics_.add(DiagnosticCode::ValidityOrder, source_.places.valid_to,
                       {format_date(*promise().valid_to), format_date(*promise().valid_from)});
    }
  }

  void total() {
    const auto* chain = std::get_if<Chain>(&promise().rule);
    if (chain == nullptr || !chain->total) return;
    for (const Step& step : chain->steps) {
      const auto* within = std::get_if<Within>(&step.bound);
      if (within == nullptr || !are_comparable(within->duration, *chain->total)) continue;
      if (rough_hours(within->duration) <= rough_hours(*chain->total)) continue;
      diagnostics_.add(DiagnosticCode::TotalTooShort, source_.places.total);
      return;
    }
  }

  // The longest time that an instance can wait for its due; nothing where there is no wait or no due is
  // known.
  std::optional<Duration> wait() const {
    const auto of_bound = [](const Bound& bound) -> std::optional<Duration> {
      const auto* within = std::get_if<Within>(&bound);
      return within == nullptr ? std::nullopt : std::optional(within->duration);
    };
    const Rule& rule = promise().rule;
    if (const auto* response = std::get_if<Response>(&rule)) return of_bound(response->then.bound);
    if (const auto* chain = std::get_if<Chain>(&rule)) return of_bound(chain->steps.front().bound);
    if (const auto* count = std::get_if<Count>(&rule)) return count->within;
    if (const auto* recurrence = std::get_if<Recurrence>(&rule)) return recurrence->every;
    return std::nullopt;
  }

  bool can_warn() const {
    const Rule& rule = promise().rule;
    if (const auto* response = std::get_if<Response>(&rule))
      return !std::holds_alternative<Before>(response->then.bound);
    if (const auto* count = std::get_if<Count>(&rule))
      return count->kind != CountKind::AtMost && count->within;
    return std::holds_alternative<Chain>(rule) || std::holds_alternative<Recurrence>(rule);
  }

  void warn() {
    if (!promise().warn) return;
    if (!can_warn()) {
      diagnostics_.add(DiagnosticCode::WarnWithoutDue, source_.places.warn);
      return;
    }
    const auto longest = wait();
    if (std::holds_alternative<Chain>(promise().rule) || !longest) return;
    if (are_comparable(*promise().warn, *longest) && rough_hours(*promise().warn) >= rough_hours(*longest)) {
      diagnostics_.add(DiagnosticCode::WarnTooEarly, source_.places.warn);
    }
  }

  void target() {
    if (!promise().target) return;
    const auto* count = std::get_if<Count>(&promise().rule);
    if (count != nullptr && !count->within && !count->until) {
      diagnostics_.add(DiagnosticCode::TargetWithoutClose, source_.places.rule);
    }
    if (promise().target->by_start && promise().target->each == Period::None) {
      diagnostics_.add(DiagnosticCode::ByStartWithoutPeriod, source_.places.by_start);
    }
    for (const Name& field : promise().target->per)
      if (field.text == "agent") diagnostics_.add(DiagnosticCode::TargetPerAgent, field.span);
  }

  SourcePromise& source_;
  DiagnosticList& diagnostics_;
};

// The first promise of an id stands; the others are errors.
void check_ids(std::string_view text, SourceFile& file, DiagnosticList& diagnostics) {
  std::unordered_map<std::string, Span> first;
  for (SourcePromise& source : file.promises) {
    if (source.promise.id.empty()) continue;
    const auto [known, is_new] = first.emplace(source.promise.id, source.places.id);
    if (is_new) continue;
    const auto line = place_of(text, known->second.from).line;
    diagnostics.add(DiagnosticCode::DuplicateId, source.places.id, {source.promise.id, std::to_string(line)});
    source.sound = false;
  }
}

}  // namespace

void check(std::string_view text, SourceFile& file, DiagnosticList& diagnostics) {
  for (SourcePromise& source : file.promises) {
    if (source.sound) PromiseCheck(source, diagnostics).run();
  }
  check_ids(text, file, diagnostics);
  check_contradictions(text, file, diagnostics);
}

}  // namespace handslag::promise
