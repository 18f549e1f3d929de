// SPDX-License-Identifier: Apache-2.0
// R1: when A then B BOUND [same] [, option] [unless C [same]], with R11.
#include <algorithm>
#include <map>

#include "tests/oracle/match.h"
#include "tests/oracle/reading.h"

namespace handslag::oracle {
namespace {

using model::UnknownCause;
using model::Verdict;
using promise::Response;
using promise::ResponseOption;

/// An A that makes an instance, and what comes of it.
struct Open {
  Position a = 0;
  Timestamp due = kNoTime;
  bool by_event = false;           // `before E`
  std::optional<Position> closed;  // by E
};

struct Fate {
  std::optional<Match> fulfilled;
  std::optional<Position> called_off;  // by C
  std::optional<Position> restarted;   // by a later A
};

class Responses {
 public:
  Responses(const Response& rule, const Reading& reading) : rule_(rule), reading_(reading) {}

  std::vector<Judged> judge() {
    std::vector<Judged> judged;
    std::vector<Open> instances;
    for (Position a = 0; a < reading_.size(); ++a) {
      if (!is_activation(a)) continue;
      if (rule_.option == ResponseOption::FirstOnly && is_held_back(a, instances)) continue;
      if (const auto unknown = unknown_at(a)) {
        judged.push_back(*unknown);
      } else {
        instances.push_back(open_at(a));
      }
    }
    if (rule_.option == ResponseOption::OneForOne) serve_one_for_one(instances);
    for (const Open& open : instances) judged.push_back(verdict_of(open));
    return judged;
  }

 private:
  const promise::Same& same() const { return rule_.then.same; }
  bool is_activation(Position a) const { return reading_.plays(rule_.a, a) && reading_.in_force(a); }
  Bindings bindings(Position a) const { return {{rule_.a.binding, &reading_.event(a)}}; }

  /// The due time of an A; null for `before E`; nothing where x is missing or unreadable (P-20, D-22).
  std::optional<Timestamp> due_at(Position a) const {
    if (const auto* within = std::get_if<promise::Within>(&rule_.then.bound))
      return reading_.due(a, within->duration);
    if (std::holds_alternative<promise::Before>(rule_.then.bound)) return kNoTime;
    const auto& attribute = std::get<promise::NoLaterThan>(rule_.then.bound).attribute.text;
    const model::Value value = attribute_of(reading_.event(a), attribute);
    if (const auto* instant = std::get_if<Timestamp>(&value)) return *instant;
    if (const auto* day = std::get_if<Date>(&value)) return reading_.end_of_day(*day);
    return std::nullopt;
  }

  std::optional<Judged> unknown_at(Position a) const {
    const std::optional<Timestamp> due = due_at(a);
    if (!reading_.carries(a, same())) return reading_.unknown(a, due.value_or(kNoTime), UnknownCause::NoKey);
    if (!due) return reading_.unknown(a, kNoTime, UnknownCause::NoDueTime);
    return std::nullopt;
  }

  Open open_at(Position a) const {
    Open open{a, due_at(a).value_or(kNoTime), false, std::nullopt};
    const auto* before = std::get_if<promise::Before>(&rule_.then.bound);
    if (before == nullptr) return open;
    open.by_event = true;
    for (Position e = a + 1; e < reading_.size() && !open.closed; ++e) {
      if (reading_.occurs(before->event, e, bindings(a)) && reading_.condition_keys(a, e, same(), {}))
        open.closed = e;
    }
    if (open.closed) open.due = reading_.time(*open.closed);
    return open;
  }

  /// P-4, D-9, D-23.
  static bool in_time(const Open& open, Position p, Timestamp t) {
    return open.by_event ? !open.closed || p < *open.closed : t <= open.due;
  }

  /// R1, D-10: C after A and not after due, and no B fulfils at its instant.
  std::optional<Position> called_off(const Open& open, const std::optional<Match>& fulfilled,
                                     Position last) const {
    if (!rule_.unless) return std::nullopt;
    for (Position c = open.a + 1; c <= last && c < reading_.size(); ++c) {
      if (!reading_.occurs(rule_.unless->event, c, bindings(open.a))) continue;
      if (!reading_.condition_keys(open.a, c, same(), rule_.unless->same)) continue;
      if (!in_time(open, c, reading_.time(c))) continue;
      if (fulfilled && reading_.time(fulfilled->last) <= reading_.time(c)) continue;
      return c;
    }
    return std::nullopt;
  }

  /// P-13: the first A with these keys that is not after due. It restarts the instance if it is still open by
  /// then.
  std::optional<Position> next_activation(const Open& open) const {
    for (Position a = open.a + 1; a < reading_.size(); ++a) {
      if (is_activation(a) && reading_.same_keys(open.a, a, same()) && in_time(open, a, reading_.time(a)))
        return a;
    }
    return std::nullopt;
  }

  Fate fate_of(const Open& open) const {
    if (rule_.option == ResponseOption::OneForOne) {
      const auto found = served_.find(open.a);
      Fate fate;
      if (found != served_.end() && is_complete(found->second)) fate.fulfilled = match_of(found->second);
      fate.called_off = called_off(open, fate.fulfilled, reading_.size());
      return fate;
    }
    std::optional<Position> restart;
    if (rule_.option == ResponseOption::Restart) restart = next_activation(open);
    // An event that is both B and the A that restarts is B first (D-3).
    const Position last = restart.value_or(reading_.size());
    const Position end = std::min(last + 1, open.closed.value_or(reading_.size()));
    Fate fate;
    fate.fulfilled = first_match(reading_, rule_.then, open.a, open.a, end, same(), bindings(open.a));
    fate.called_off = called_off(open, fate.fulfilled, last);
    if (!fate.called_off && !fate.fulfilled) fate.restarted = restart;
    return fate;
  }

  /// `first only`: an A not after the due of an instance with its keys that is neither fulfilled nor void.
  bool is_held_back(Position a, const std::vector<Open>& instances) const {
    return std::any_of(instances.begin(), instances.end(), [&](const Open& open) {
      if (!reading_.same_keys(open.a, a, same()) || !in_time(open, a, reading_.time(a))) return false;
      const Fate fate = fate_of(open);
      if (fate.called_off) return *fate.called_off > a;
      return !fate.fulfilled || fate.fulfilled->last > a;
    });
  }

  // ---- one for one: each B, in order, goes to the oldest instance that can use it
  using Parts = std::vector<std::optional<Position>>;  // of an instance, by part of the step

  std::size_t parts_needed() const {
    return rule_.then.combine == promise::Combine::All ? rule_.then.parts.size() : 1;
  }
  bool plays_part(std::size_t part, Position b, const Bindings& named) const {
    if (rule_.then.combine == promise::Combine::All) return reading_.plays(rule_.then.parts[part], b, named);
    return std::any_of(
        rule_.then.parts.begin(), rule_.then.parts.end(),
        [&](const promise::EventPattern& pattern) { return reading_.plays(pattern, b, named); });
  }
  static bool is_complete(const Parts& parts) {
    return std::all_of(parts.begin(), parts.end(), [](const auto& part) { return part.has_value(); });
  }
  static Match match_of(const Parts& parts) {
    Match match;
    for (const auto& part : parts) match.parts.push_back(*part);
    match.last = *std::max_element(match.parts.begin(), match.parts.end());
    return match;
  }

  bool can_use(const Open& open, std::size_t part, Position b) const {
    if (open.a >= b || (open.closed && *open.closed <= b)) return false;
    const Parts& served = served_.at(open.a);
    if (served[part] || is_complete(served)) return false;
    // Void before the instant of b (D-23): not fulfilled by then, or it would be complete.
    const auto void_at = called_off(open, std::nullopt, reading_.size());
    if (void_at && *void_at < b && reading_.time(*void_at) < reading_.time(b)) return false;
    return reading_.same_keys(open.a, b, same()) && plays_part(part, b, bindings(open.a));
  }

  void serve_one_for_one(const std::vector<Open>& instances) {
    for (const Open& open : instances) served_[open.a] = Parts(parts_needed());
    for (Position b = 0; b < reading_.size(); ++b) {
      for (std::size_t part = 0; part < parts_needed(); ++part) {
        const auto oldest = std::find_if(instances.begin(), instances.end(),
                                         [&](const Open& open) { return can_use(open, part, b); });
        if (oldest != instances.end()) served_[oldest->a][part] = b;
      }
    }
  }

  // ---- verdict
  Judged verdict_of(const Open& open) const {
    const Fate fate = fate_of(open);
    Judged judged = reading_.activated(open.a);
    judged.due = open.due;
    if (fate.called_off || fate.restarted) {
      const Position by = fate.called_off ? *fate.called_off : *fate.restarted;
      reading_.decide(judged, Verdict::Void, by);
      reading_.witness(judged, {by});
    } else if (fate.fulfilled) {
      const Match& match = *fate.fulfilled;
      const bool is_kept = in_time(open, match.last, reading_.time(match.last));
      reading_.decide(judged, is_kept ? Verdict::Kept : Verdict::Late, match.last);
      reading_.witness(judged, match.parts);
      const auto* within = std::get_if<promise::Within>(&rule_.then.bound);
      reading_.measure(judged, match.last, within != nullptr && within->duration.is_business());
      judged.is_rescued = is_rescued(reading_, match);
    } else {
      reading_.settle(judged, Verdict::Broken);
      if (open.closed && judged.verdict == Verdict::Broken) reading_.witness(judged, {*open.closed});
    }
    return judged;
  }

  const Response& rule_;
  const Reading& reading_;
  std::map<Position, Parts> served_;  // by activation
};

}  // namespace

std::vector<Judged> judge_response(const Response& rule, const Reading& reading) {
  return Responses(rule, reading).judge();
}

}  // namespace handslag::oracle
