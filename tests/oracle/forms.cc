// SPDX-License-Identifier: Apache-2.0
// R2 to R9, one function a form.
#include <algorithm>

#include "tests/oracle/reading.h"

namespace handslag::oracle {

using model::UnknownCause;
using model::Verdict;

// R2: after A never B within D [same] [unless C [same]]
std::vector<Judged> judge_absence(const promise::Absence& rule, const Reading& reading) {
  std::vector<Judged> all;
  for (Position a = 0; a < reading.size(); ++a) {
    if (!reading.plays(rule.a, a) || !reading.in_force(a)) continue;
    const Timestamp due = reading.due(a, rule.within);
    if (!reading.carries(a, rule.same)) {
      all.push_back(reading.unknown(a, due, UnknownCause::NoKey));
      continue;
    }
    const Bindings bindings{{rule.a.binding, &reading.event(a)}};
    std::optional<Position> breaks, calls_off;
    for (Position p = a + 1; p < reading.size() && reading.time(p) <= due; ++p) {
      if (!breaks && reading.plays(rule.b, p, bindings) && reading.same_keys(a, p, rule.same)) breaks = p;
      if (rule.unless && !calls_off && reading.occurs(rule.unless->event, p, bindings) &&
          reading.condition_keys(a, p, rule.same, rule.unless->same)) {
        calls_off = p;
      }
    }
    Judged judged = reading.activated(a);
    judged.due = due;
    if (breaks && (!calls_off || reading.time(*breaks) <= reading.time(*calls_off))) {  // D-10
      reading.decide(judged, Verdict::Broken, *breaks);
      reading.witness(judged, {*breaks});
    } else if (calls_off) {
      reading.decide(judged, Verdict::Void, *calls_off);
      reading.witness(judged, {*calls_off});
    } else {
      reading.settle(judged, Verdict::Kept);
    }
    all.push_back(judged);
  }
  return all;
}

namespace {

/// What R3 and R4 look back for.
struct LookBack {
  std::optional<Position> a;      // the last A before B, at most D before
  std::optional<Position> since;  // an N after that A, not after B
};

template <typename Rule>
LookBack look_back(const Rule& rule, const Reading& reading, Position b) {
  const Bindings bindings{{rule.b.binding, &reading.event(b)}};
  LookBack found;
  for (Position a = 0; a < b; ++a) {
    if (!reading.occurs(rule.a, a, bindings) || !reading.same_keys(b, a, rule.same)) continue;
    if (!rule.within || reading.time(b) <= reading.due(a, *rule.within)) found.a = a;
  }
  if (!found.a || !rule.unless_since) return found;
  for (Position n = *found.a + 1; n <= b && !found.since; ++n) {  // D-29
    if (reading.occurs(rule.unless_since->event, n, bindings) &&
        reading.condition_keys(b, n, rule.same, rule.unless_since->same)) {
      found.since = n;
    }
  }
  return found;
}

/// The unknown that R3 and R4 share, or nothing.
template <typename Rule>
std::optional<Judged> unknown_look_back(const Rule& rule, const Reading& reading, Position b) {
  if (!reading.carries(b, rule.same)) return reading.unknown(b, reading.time(b), UnknownCause::NoKey);
  if (rule.within && reading.reaches_before_history(b, *rule.within)) {
    return reading.unknown(b, reading.time(b), UnknownCause::ShortHistory);
  }
  return std::nullopt;
}

}  // namespace

// R3: B only after A [within D] [same] [unless N since]
std::vector<Judged> judge_only_after(const promise::OnlyAfter& rule, const Reading& reading) {
  std::vector<Judged> all;
  for (Position b = 0; b < reading.size(); ++b) {
    if (!reading.plays(rule.b, b) || !reading.in_force(b)) continue;
    if (const auto unknown = unknown_look_back(rule, reading, b)) {
      all.push_back(*unknown);
      continue;
    }
    const LookBack found = look_back(rule, reading, b);
    Judged judged = reading.activated(b);
    judged.due = reading.time(b);
    if (found.a && !found.since) {
      reading.decide(judged, Verdict::Kept, b);
      reading.witness(judged, {*found.a});
    } else {
      reading.settle(judged, Verdict::Broken);  // D-7
    }
    all.push_back(judged);
  }
  return all;
}

// R4: never B when already A [within D] [same] [unless N since]
std::vector<Judged> judge_never_when_already(const promise::NeverWhenAlready& rule, const Reading& reading) {
  std::vector<Judged> all;
  for (Position b = 0; b < reading.size(); ++b) {
    if (!reading.plays(rule.b, b) || !reading.in_force(b)) continue;
    if (const auto unknown = unknown_look_back(rule, reading, b)) {
      all.push_back(*unknown);
      continue;
    }
    const LookBack found = look_back(rule, reading, b);
    Judged judged = reading.activated(b);
    judged.due = reading.time(b);
    if (found.a && !found.since) {
      reading.decide(judged, Verdict::Broken, b);
      reading.witness(judged, {*found.a, b});
    } else if (found.since) {
      reading.decide(judged, Verdict::Kept, b);  // D-7
    } else {
      reading.settle(judged, Verdict::Kept);
    }
    all.push_back(judged);
  }
  return all;
}

namespace {

/// A group of R5: its opener and where it ends.
struct Group {
  Position opener = 0;
  std::optional<Timestamp> until_time;  // D after the opener; its instant still belongs to the group
  std::optional<Position> until_event;  // E

  bool holds(const Reading& reading, Position p) const {
    return (!until_event || p < *until_event) && (!until_time || reading.time(p) <= *until_time);
  }
};

const promise::EventPattern& opener_pattern(const promise::Count& rule) {
  return rule.from ? rule.from->event : rule.b;
}

Bindings group_bindings(const promise::Count& rule, const Reading& reading, Position opener) {
  return {{opener_pattern(rule).binding, &reading.event(opener)}};
}

Group open_group(const promise::Count& rule, const Reading& reading, Position opener) {
  Group group{opener, std::nullopt, std::nullopt};
  if (rule.within) group.until_time = reading.due(opener, *rule.within);
  if (!rule.until) return group;
  const Bindings bindings = group_bindings(rule, reading, opener);
  for (Position e = opener + 1; e < reading.size() && group.holds(reading, e); ++e) {
    if (!reading.occurs(rule.until->event, e, bindings)) continue;
    if (!reading.condition_keys(opener, e, rule.same, rule.until->same)) continue;
    group.until_event = e;
    break;
  }
  return group;
}

Judged judge_group(const promise::Count& rule, const Reading& reading, const Group& group) {
  const Bindings bindings = group_bindings(rule, reading, group.opener);
  std::vector<Position> counted;
  for (Position b = group.opener + (rule.from ? 1 : 0); b < reading.size() && group.holds(reading, b); ++b) {
    const bool opens = b == group.opener;
    if (opens || (reading.plays(rule.b, b, bindings) && reading.same_keys(group.opener, b, rule.same))) {
      counted.push_back(b);
    }
  }
  const bool at_least = rule.kind == promise::CountKind::AtLeast;
  const std::size_t deciding = at_least ? rule.n : rule.n + 1ULL;  // B number n, or n+1
  Judged judged = reading.activated(group.opener);
  if (group.until_event) {
    judged.due = reading.time(*group.until_event);
  } else if (group.until_time) {
    judged.due = *group.until_time;
  }
  if (deciding == 0) {  // D-33: at least 0
    if (judged.due == kNoTime) judged.due = reading.time(group.opener);
    reading.decide(judged, Verdict::Kept, group.opener);
    return judged;
  }
  if (counted.size() >= deciding) {
    const Position by = counted[deciding - 1];
    if (judged.due == kNoTime) judged.due = reading.time(by);  // D-11
    reading.decide(judged, at_least ? Verdict::Kept : Verdict::Broken, by);
    reading.witness(judged, {by});
    judged.is_rescued = at_least && is_rescue(reading.event(by));
    return judged;
  }
  const bool fits = rule.kind == promise::CountKind::AtMost ||
                    (rule.kind == promise::CountKind::Exactly && counted.size() == rule.n);
  reading.settle(judged, fits ? Verdict::Kept : Verdict::Broken);
  if (judged.is_final && group.until_event) reading.witness(judged, {*group.until_event});
  return judged;
}

}  // namespace

// R5: at most|at least|exactly n B [within D] [same] [from S] [until E]
std::vector<Judged> judge_count(const promise::Count& rule, const Reading& reading) {
  std::vector<Judged> all;
  std::vector<Group> groups;
  for (Position p = 0; p < reading.size(); ++p) {
    if (!reading.plays(opener_pattern(rule), p) || !reading.in_force(p)) continue;
    const bool has_keys =
        reading.carries(p, rule.same) && (!rule.from || reading.carries(p, rule.from->same));
    if (!has_keys) {  // D-11, D-20
      const Timestamp due = rule.within ? reading.due(p, *rule.within) : kNoTime;
      all.push_back(reading.unknown(p, due, UnknownCause::NoKey));
      continue;
    }
    const bool is_inside = std::any_of(groups.begin(), groups.end(), [&](const Group& group) {
      return reading.same_keys(group.opener, p, rule.same) && group.holds(reading, p);
    });
    if (is_inside) continue;
    groups.push_back(open_group(rule, reading, p));
    all.push_back(judge_group(rule, reading, groups.back()));
  }
  return all;
}

// R6: at most n B within any D [same]
std::vector<Judged> judge_rate(const promise::Rate& rule, const Reading& reading) {
  std::vector<Judged> all;
  for (Position b = 0; b < reading.size(); ++b) {
    if (!reading.plays(rule.b, b) || !reading.in_force(b)) continue;
    if (!reading.carries(b, rule.same)) {
      all.push_back(reading.unknown(b, reading.time(b), UnknownCause::NoKey));
      continue;
    }
    std::vector<Position> others;  // nearest first
    for (Position other = b; other-- > 0;) {
      if (reading.plays(rule.b, other) && reading.same_keys(b, other, rule.same) &&
          reading.time(b) <= reading.due(other, rule.within)) {
        others.push_back(other);
      }
    }
    Judged judged = reading.activated(b);
    judged.due = reading.time(b);
    if (others.size() >= rule.n) {
      others.resize(rule.n);
      others.push_back(b);
      reading.decide(judged, Verdict::Broken, b);
      reading.witness(judged, others);
    } else if (reading.reaches_before_history(b, rule.within)) {
      judged = reading.unknown(b, reading.time(b), UnknownCause::ShortHistory);
    } else {
      reading.settle(judged, Verdict::Kept);
    }
    all.push_back(judged);
  }
  return all;
}

namespace {

/// The gap of R7 that `start` began, and the event that ends it, where there is one.
Judged judge_gap(const promise::Recurrence& rule, const Reading& reading, Position start,
                 std::optional<Position> end) {
  Judged judged = reading.activated(start);
  judged.due = reading.due(start, rule.every);
  if (!end) {
    reading.settle(judged, Verdict::Broken);
    return judged;
  }
  reading.decide(judged, reading.time(*end) <= judged.due ? Verdict::Kept : Verdict::Late, *end);
  reading.witness(judged, {*end});
  reading.measure(judged, *end, rule.every.is_business());
  judged.is_rescued = is_rescue(reading.event(*end));
  return judged;
}

/// Follows the chain that `s` opens; returns where its E stands.
std::optional<Position> follow_chain(const promise::Recurrence& rule, const Reading& reading, Position s,
                                     std::vector<Judged>& all) {
  const Bindings bindings{{rule.from.binding, &reading.event(s)}};
  Position start = s;
  while (true) {
    std::optional<Position> end;
    bool is_over = false;
    for (Position p = start + 1; p < reading.size() && !end; ++p) {
      is_over = reading.occurs(rule.until, p, bindings) && reading.condition_keys(s, p, rule.same, {});
      if (is_over || (reading.plays(rule.b, p, bindings) && reading.same_keys(s, p, rule.same))) end = p;
    }
    if (reading.in_force(start)) all.push_back(judge_gap(rule, reading, start, end));  // D-19
    if (!end) return std::nullopt;
    if (is_over) return end;
    start = *end;
  }
}

}  // namespace

// R7: every D a B from S until E [same]
std::vector<Judged> judge_recurrence(const promise::Recurrence& rule, const Reading& reading) {
  struct Followed {
    Position s;
    std::optional<Position> e;
  };
  std::vector<Judged> all;
  std::vector<Followed> chains;
  for (Position s = 0; s < reading.size(); ++s) {
    if (!reading.plays(rule.from, s)) continue;
    if (!reading.carries(s, rule.same)) {
      if (reading.in_force(s))
        all.push_back(reading.unknown(s, reading.due(s, rule.every), UnknownCause::NoKey));
      continue;
    }
    const bool is_inside = std::any_of(chains.begin(), chains.end(), [&](const Followed& chain) {
      return reading.same_keys(chain.s, s, rule.same) && (!chain.e || s < *chain.e);
    });
    if (!is_inside) chains.push_back({s, follow_chain(rule, reading, s, all)});
  }
  return all;
}

// R8: never B
std::vector<Judged> judge_never(const promise::Never& rule, const Reading& reading) {
  std::vector<Judged> all;
  for (Position b = 0; b < reading.size(); ++b) {
    if (!reading.is_own(b) || !reading.has_type(rule.b, b) || !reading.in_force(b)) continue;
    Judged judged = reading.activated(b);
    judged.due = reading.time(b);
    const bool is_broken = reading.plays(rule.b, b);
    reading.decide(judged, is_broken ? Verdict::Broken : Verdict::Kept, b);
    if (is_broken) reading.witness(judged, {b});
    all.push_back(judged);
  }
  return all;
}

// R9: B only to customers where P
std::vector<Judged> judge_only_to(const promise::OnlyTo& rule, const Reading& reading) {
  std::vector<Judged> all;
  for (Position b = 0; b < reading.size(); ++b) {
    if (!reading.plays(rule.b, b) || !reading.in_force(b)) continue;
    Judged judged = reading.activated(b);
    judged.due = reading.time(b);
    const bool held_then = reading.customer_is(rule.customers, {b, reading.time(b)});
    judged.holds_now = reading.customer_is(rule.customers, {b, std::nullopt});
    reading.decide(judged, held_then ? Verdict::Kept : Verdict::Broken, b);
    if (!held_then) reading.witness(judged, {b});
    all.push_back(judged);
  }
  return all;
}

}  // namespace handslag::oracle
