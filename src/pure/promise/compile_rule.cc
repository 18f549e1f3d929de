// SPDX-License-Identifier: Apache-2.0
#include "pure/promise/compile_rule.h"

#include <algorithm>
#include <optional>
#include <variant>

namespace handslag::promise {

namespace {

class RuleCompiler {
 public:
  RuleCompiler(const Version& version, std::uint32_t index, Installation& installation,
               const model::TimeRules& rules, std::vector<MeasuredDuration>& durations)
      : promise_(*version.promise), installation_(installation), rules_(rules), durations_(durations) {
    Monitor& monitor = result_.monitor;
    monitor.version = index;
    monitor.rules = &rules;
    monitor.from = version.from;
    monitor.to = version.to;
  }

  CompiledRule run() {
    set_scope();
    std::visit([&](const auto& rule) { compile(rule); }, promise_.rule);
    monitor().activating = is_activated_by_step() ? step_role(0) : kOpens;
    set_horizon();
    add_organisation_events();
    return std::move(result_);
  }

 private:
  Monitor& monitor() { return result_.monitor; }

  // ---- P-14, P-15

  void set_scope() {
    if (promise_.valid_from)
      monitor().from = std::max(monitor().from, rules_.start_of_day(*promise_.valid_from));
    if (promise_.valid_to) {
      const Timestamp last = rules_.end_of_day(*promise_.valid_to);
      monitor().to = std::min(monitor().to, Timestamp{last.us + 1});
    }
    if (!promise_.customers) return;
    monitor().customers = customer_guard(*promise_.customers);
    monitor().for_customers_only = true;  // D-18
  }

  GuardProgram customer_guard(const Guard& guard) {
    return {guard, installation_.columns().texts.get(), rules_,
            [&](const std::string& name) { return installation_.attribute_column(name); },
            [](const std::string&) { return GuardOperand{}; }};
  }

  // ---- patterns

  struct Binding {
    std::string name;
    GuardOperand stands_for;
  };

  // Also says which types play the role.
  Pattern pattern(const EventPattern& event, std::uint32_t role) {
    Pattern made;
    made.types = installation_.types_of(event.type);
    for (const model::TypeCode type : made.types) result_.roles.emplace_back(type, role);
    if (!event.where) return made;
    made.guard = GuardProgram(
        *event.where, installation_.columns().texts.get(), rules_,
        [&](const std::string& name) { return installation_.name_column(name); },
        [&](const std::string& name) { return stands_for(name, event); });
    return made;
  }

  // D-30
  GuardOperand stands_for(const std::string& binding, const EventPattern& at_hand) const {
    GuardOperand operand;
    if (binding == at_hand.binding) {
      operand.from = OperandFrom::AtHand;
      return operand;
    }
    for (const Binding& known : bindings_) {
      if (known.name == binding) return known.stands_for;
    }
    return operand;
  }

  void bind_activation(const EventPattern& event) {
    GuardOperand operand;
    operand.from = OperandFrom::Activation;
    if (!event.binding.empty()) bindings_.push_back({event.binding, operand});
  }

  void set_opens(const EventPattern& event) { monitor().opens = pattern(event, kOpens); }

  void set_condition(ConditionPattern& condition, const EventPattern& event, const Same& same,
                     std::uint32_t role) {
    static_cast<Pattern&>(condition) = pattern(event, role);
    condition.has_own_keys = same.said();
    condition.keys = same.said() ? keys(same) : monitor().keys;
  }

  StepPattern& add_step(Combine combine, const std::vector<EventPattern>& parts, const Same& same) {
    StepPattern step;
    step.combine = combine;
    step.first_match = monitor().matches;
    for (const EventPattern& part : parts)
      step.parts.push_back(pattern(part, step_role(monitor().steps.size())));
    step.keys = same.said() ? keys(same) : monitor().keys;
    monitor().matches += static_cast<std::uint32_t>(parts.size());
    return monitor().steps.emplace_back(std::move(step));
  }

  Keys keys(const Same& same) const {
    Keys made;
    for (const Name& key : same.keys) made.add(installation_.key_column(key.text));
    return made;
  }

  void set_keys(const Same& same) {
    monitor().keys = keys(same);
    require(same);
  }

  void require(const Same& same) {
    for (const Name& key : same.keys) monitor().required.add(installation_.key_column(key.text));
  }

  Allowance allowance(model::Duration duration) {
    return installation_.allowance(duration, rules_, durations_);
  }

  void set_within(const std::optional<model::Duration>& duration) {
    if (!duration) return;
    monitor().within = allowance(*duration);
    monitor().has_within = true;
    within_ = *duration;
  }

  void set_rescued() { monitor().rescued = installation_.attribute_column("rescued"); }  // D-14

  // ---- the rule forms

  void compile(const Response& rule) {
    bind_activation(rule.a);
    set_keys(rule.then.same);
    set_opens(rule.a);
    add_step(rule.then.combine, rule.then.parts, rule.then.same);
    monitor().option = rule.option;
    set_rescued();
    if (const auto* within = std::get_if<Within>(&rule.then.bound)) set_within(within->duration);
    if (const auto* by = std::get_if<NoLaterThan>(&rule.then.bound)) {
      monitor().bound = BoundKind::Attribute;
      monitor().due_attribute = installation_.attribute_column(by->attribute.text);
    }
    if (const auto* before = std::get_if<Before>(&rule.then.bound)) {
      monitor().bound = BoundKind::Event;
      set_condition(monitor().closes, before->event, {}, kCloses);
    }
    if (rule.unless) set_condition(monitor().cancels, rule.unless->event, rule.unless->same, kCancels);
    monitor().watch = is_plain(rule) ? watch_plain_response : watch_response;
  }

  bool is_plain(const Response& rule) {
    if (rule.option != ResponseOption::None || rule.then.parts.size() != 1) return false;
    const bool has_plain_key = monitor().keys.empty() || monitor().keys.only() != nullptr;
    const bool has_due = monitor().bound == BoundKind::Within ||
                         (monitor().bound == BoundKind::Attribute && monitor().due_attribute != nullptr);
    return has_plain_key && has_due && !monitor().steps[0].parts[0].guard.names_others() &&
           !monitor().cancels.guard.names_others();
  }

  void compile(const Absence& rule) {
    bind_activation(rule.a);
    set_keys(rule.same);
    set_opens(rule.a);
    add_step(Combine::One, {rule.b}, rule.same);
    set_within(rule.within);
    if (rule.unless) set_condition(monitor().cancels, rule.unless->event, rule.unless->same, kCancels);
    monitor().watch = watch_absence;
  }

  template <typename LookBack>
  void compile_look_back(const LookBack& rule) {
    bind_activation(rule.b);
    set_keys(rule.same);
    add_step(Combine::One, {rule.b}, rule.same);
    const std::size_t own = result_.roles.size();
    set_opens(rule.a);
    set_within(rule.within);
    if (rule.unless_since) {
      set_condition(monitor().cancels, rule.unless_since->event, rule.unless_since->same, kCancels);
    }
    add_look_back_types(own);
  }

  void add_look_back_types(std::size_t from) {
    for (std::size_t i = from; i < result_.roles.size(); ++i)
      look_back_types_.push_back(result_.roles[i].first);
  }

  void compile(const OnlyAfter& rule) {
    compile_look_back(rule);
    monitor().looks_back = true;
    monitor().watch = watch_only_after;
  }

  void compile(const NeverWhenAlready& rule) {
    compile_look_back(rule);
    monitor().looks_back = true;
    monitor().watch = watch_never_when_already;
  }

  void compile(const Count& rule) {
    bind_activation(rule.from ? rule.from->event : rule.b);
    set_keys(rule.same);
    monitor().kind = rule.kind;
    monitor().n = rule.n;
    monitor().is_opened_by_event = rule.from.has_value();
    if (rule.kind == CountKind::AtLeast) set_rescued();
    add_step(Combine::One, {rule.b}, rule.same);
    set_within(rule.within);
    if (rule.from) {
      set_opens(rule.from->event);
      require(rule.from->same);  // D-20
    }
    if (rule.until) set_condition(monitor().closes, rule.until->event, rule.until->same, kCloses);
    monitor().watch = watch_count;
  }

  void compile(const Rate& rule) {
    bind_activation(rule.b);
    set_keys(rule.same);
    monitor().n = rule.n;
    add_step(Combine::One, {rule.b}, rule.same);
    set_within(rule.within);
    add_look_back_types(0);
    monitor().watch = watch_rate;
  }

  void compile(const Recurrence& rule) {
    bind_activation(rule.from);
    set_keys(rule.same);
    set_opens(rule.from);
    add_step(Combine::One, {rule.b}, rule.same);
    set_within(rule.every);
    set_rescued();
    set_condition(monitor().closes, rule.until, {}, kCloses);
    monitor().watch = watch_recurrence;
  }

  void compile(const Never& rule) {
    bind_activation(rule.b);
    add_step(Combine::One, {rule.b}, {});
    monitor().watch = watch_never;
  }

  void compile(const OnlyTo& rule) {
    bind_activation(rule.b);
    add_step(Combine::One, {rule.b}, {});
    monitor().audience = customer_guard(rule.customers);
    monitor().for_customers_only = true;  // D-28
    monitor().watch = watch_only_to;
  }

  void compile(const Chain& rule) {
    bind_activation(rule.a);
    set_keys(rule.steps.front().same);
    set_opens(rule.a);
    set_rescued();
    for (const Step& step : rule.steps) {
      if (&step != &rule.steps.front()) require(step.same);  // D-20
      StepPattern& made = add_step(step.combine, step.parts, step.same);
      made.within = allowance(std::get<Within>(step.bound).duration);
      bind_parts(step, made.first_match);
    }
    if (rule.total) {
      monitor().total = allowance(*rule.total);
      monitor().has_total = true;
    }
    if (rule.unless) set_condition(monitor().cancels, rule.unless->event, rule.unless->same, kCancels);
    monitor().watch = watch_chain;
  }

  void bind_parts(const Step& step, std::uint32_t match) {
    for (const EventPattern& part : step.parts) {
      GuardOperand operand;
      operand.from = OperandFrom::EarlierMatch;
      operand.match = match++;
      if (!part.binding.empty()) bindings_.push_back({part.binding, operand});
    }
  }

  bool is_activated_by_step() const {
    if (const auto* count = std::get_if<Count>(&promise_.rule)) return !count->from.has_value();
    return !std::holds_alternative<Response>(promise_.rule) &&
           !std::holds_alternative<Absence>(promise_.rule) &&
           !std::holds_alternative<Recurrence>(promise_.rule) &&
           !std::holds_alternative<Chain>(promise_.rule);
  }

  // ---- P-5, P-6, D-5

  void set_horizon() {
    std::vector<model::TypeCode> types;
    for (const auto& [type, role] : result_.roles) types.push_back(type);
    std::sort(types.begin(), types.end());
    std::sort(look_back_types_.begin(), look_back_types_.end());
    Horizon& horizon = monitor().horizon;
    bool is_all_files = true;
    for (const model::SourceHorizon& source : installation_.horizons().sources) {
      if (!sends_any(source, types)) continue;
      is_all_files &= source.is_file;
      horizon.complete_through = result_.has_source
                                     ? std::min(horizon.complete_through, source.complete_through)
                                     : source.complete_through;
      result_.has_source = true;
      if (sends_any(source, look_back_types_)) {
        horizon.history_start = std::max(horizon.history_start, source.history_start);
      }
    }
    if (!result_.has_source) return;
    const auto& now = installation_.horizons().now;
    horizon.clock = now ? *now : is_all_files ? horizon.complete_through : installation_.horizons().wall;
    horizon.complete_through = std::min(horizon.complete_through, horizon.clock);
    if (!look_back_types_.empty() && within_ && horizon.history_start > kFirstTime) {
      monitor().unknown_through = rules_.due({horizon.history_start.us - 1}, *within_);  // P-18
    }
  }

  static bool sends_any(const model::SourceHorizon& source, const std::vector<model::TypeCode>& types) {
    return std::any_of(types.begin(), types.end(), [&](model::TypeCode type) {
      return std::binary_search(source.types.begin(), source.types.end(), type);
    });
  }

  // ---- P-1

  void add_organisation_events() {
    const std::uint32_t conditions = kCloses | kCancels | (monitor().looks_back ? kOpens : 0U);
    auto& events = monitor().organisation;
    for (const auto& [type, role] : result_.roles) {
      if (!(role & conditions)) continue;
      for (const EventIndex e : installation_.organisation_events(type)) events.push_back({e, role});
    }
    std::sort(events.begin(), events.end(), [](auto& a, auto& b) { return a.event < b.event; });
    std::size_t kept = 0;
    for (const Occurrence& it : events) {
      if (kept > 0 && events[kept - 1].event == it.event) {
        events[kept - 1].roles |= it.roles;
      } else {
        events[kept++] = it;
      }
    }
    events.resize(kept);
  }

  const Promise& promise_;
  Installation& installation_;
  const model::TimeRules& rules_;
  std::vector<MeasuredDuration>& durations_;
  std::optional<model::Duration> within_;
  std::vector<Binding> bindings_;
  std::vector<model::TypeCode> look_back_types_;
  CompiledRule result_;
};

std::size_t steps_of(const Promise& promise) {
  const auto* chain = std::get_if<Chain>(&promise.rule);
  return chain == nullptr ? 1 : chain->steps.size();
}

}  // namespace

Result<CompiledRule> compile_rule(const Version& version, std::uint32_t index, Installation& installation,
                                  std::vector<MeasuredDuration>& durations) {
  HANDSLAG_TRY(rules, installation.time_rules(*version.promise));
  if (steps_of(*version.promise) > kMostSteps) {
    return over_limit("the chain has more than " + std::to_string(kMostSteps) + " steps; split it");
  }
  return RuleCompiler(version, index, installation, *rules, durations).run();
}

}  // namespace handslag::promise
