// SPDX-License-Identifier: Apache-2.0
// One promise read over one customer's timeline: the questions that every rule form asks. See oracle.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/oracle/oracle.h"

namespace handslag::oracle {

using Position = std::size_t;  // on the merged timeline: the customer's events and the organisation's, by P-2

struct Seen {
  const model::Event* event = nullptr;
  Place place;
};

/// The events that a guard may name (D-30).
using Bindings = std::vector<std::pair<std::string, const model::Event*>>;

/// Customers' attributes as of a moment (D-16).
struct Knowledge {
  Position before = 0;                // customer.updated events that stand before this
  std::optional<Timestamp> known_at;  // … and were known then; absent: all of them
};

class Reading {
 public:
  Reading(const promise::Version& version, const World& world, std::size_t customer,
          const model::TimeRules& rules);

  // ---- events
  Position size() const { return timeline_.size(); }
  const model::Event& event(Position p) const { return *timeline_[p].event; }
  Timestamp time(Position p) const { return event(p).time; }
  /// On the customer's own timeline: the organisation's events only serve as conditions (P-1).
  bool is_own(Position p) const { return !timeline_[p].place.organisation; }
  std::size_t own_index(Position p) const { return timeline_[p].place.index; }
  /// A, B or S: an own event that matches.
  bool plays(const promise::EventPattern& pattern, Position p, const Bindings& bindings = {}) const;
  /// A condition: an event that matches, the organisation's too.
  bool occurs(const promise::EventPattern& pattern, Position p, const Bindings& bindings = {}) const;
  bool has_type(const promise::EventPattern& pattern, Position p) const;
  /// P-14, P-15: an instance may be activated here.
  bool in_force(Position p) const;
  bool customer_is(const promise::Guard& guard, Knowledge knowledge) const;

  // ---- keys (P-3)
  bool carries(Position p, const promise::Same& same) const;
  /// Both carry all keys, with equal values: what a target must.
  bool same_keys(Position a, Position b, const promise::Same& same) const;
  /// What a condition must: its own `same`, else the rule's as far as it carries them.
  bool condition_keys(Position a, Position c, const promise::Same& rule, const promise::Same& own) const;

  // ---- time
  Timestamp due(Position from, model::Duration d) const { return rules_.due(time(from), d); }
  Timestamp end_of_day(Date day) const { return rules_.end_of_day(day); }
  std::int64_t business_us(Timestamp from, Timestamp to) const { return rules_.business_us(from, to); }
  /// P-18: an event one microsecond before history's start would lie within d before p.
  bool reaches_before_history(Position p, model::Duration d) const;

  // ---- verdicts
  Judged activated(Position p) const;
  Judged unknown(Position p, Timestamp due, model::UnknownCause cause) const;
  /// Decided by an event (P-7, D-8).
  void decide(Judged& judged, model::Verdict verdict, Position by) const;
  /// What rests on absence: this verdict when H ≥ due; until then pending or overdue (P-7, P-8).
  void settle(Judged& judged, model::Verdict verdict) const;
  /// P-9, D-15: due − fulfilment, in business time too where the bound is.
  void measure(Judged& judged, Position fulfilment, bool in_business_time) const;
  /// In timeline order, each once (D-24).
  void witness(Judged& judged, std::vector<Position> positions) const;

 private:
  bool holds(const promise::Guard& guard, const model::Event* event, const Bindings& bindings,
             const Knowledge* knowledge) const;
  bool node_holds(const promise::Guard& guard, std::size_t node, const model::Event* event,
                  const Bindings& bindings, const Knowledge* knowledge) const;
  bool compares(const promise::GuardNode& node, const model::Value& left, const model::Value& right,
                bool right_is_literal) const;
  model::Value value(const promise::NameRef& name, const model::Event* event, const Bindings& bindings,
                     const Knowledge* knowledge) const;
  model::Value customer_value(const std::string& name, const Knowledge& knowledge) const;

  const promise::Version& version_;
  const model::TimeRules& rules_;
  bool is_organisation_;
  promise::Horizon horizon_;
  std::vector<Seen> timeline_;
};

/// The attribute of that name; Missing where the event has none. Keys and fields are not looked at.
model::Value attribute_of(const model::Event& event, std::string_view name);
bool is_rescue(const model::Event& event);

// The rule forms. Each returns its instances by activation.
std::vector<Judged> judge_response(const promise::Response& rule, const Reading& reading);
std::vector<Judged> judge_absence(const promise::Absence& rule, const Reading& reading);
std::vector<Judged> judge_only_after(const promise::OnlyAfter& rule, const Reading& reading);
std::vector<Judged> judge_never_when_already(const promise::NeverWhenAlready& rule, const Reading& reading);
std::vector<Judged> judge_count(const promise::Count& rule, const Reading& reading);
std::vector<Judged> judge_rate(const promise::Rate& rule, const Reading& reading);
std::vector<Judged> judge_recurrence(const promise::Recurrence& rule, const Reading& reading);
std::vector<Judged> judge_never(const promise::Never& rule, const Reading& reading);
std::vector<Judged> judge_only_to(const promise::OnlyTo& rule, const Reading& reading);
std::vector<Judged> judge_chain(const promise::Chain& rule, const Reading& reading);

}  // namespace handslag::oracle
