// SPDX-License-Identifier: Apache-2.0
// R10: when A then B within D1 [same] then C within D2 [same] … [total D] [unless X [same]], with R11.
#include <algorithm>

#include "tests/oracle/match.h"
#include "tests/oracle/reading.h"

namespace handslag::oracle {

using model::UnknownCause;
using model::Verdict;
using promise::Chain;

std::optional<Match> first_match(const Reading& reading, const promise::Step& step, Position a,
                                 Position after, Position end, const promise::Same& same,
                                 const Bindings& bindings) {
  Match match;
  std::vector<std::optional<Position>> first(step.parts.size());
  for (std::size_t part = 0; part < step.parts.size(); ++part) {
    for (Position b = after + 1; b < std::min(end, reading.size()) && !first[part]; ++b) {
      if (reading.plays(step.parts[part], b, bindings) && reading.same_keys(a, b, same)) first[part] = b;
    }
    if (first[part]) match.parts.push_back(*first[part]);
  }
  const bool needs_all = step.combine == promise::Combine::All;
  if (match.parts.empty() || (needs_all && match.parts.size() < step.parts.size())) return std::nullopt;
  match.last = needs_all ? *std::max_element(match.parts.begin(), match.parts.end())
                         : *std::min_element(match.parts.begin(), match.parts.end());
  if (!needs_all) match.parts = {match.last};
  return match;
}

bool is_rescued(const Reading& reading, const Match& match) {
  return std::any_of(match.parts.begin(), match.parts.end(),
                     [&](Position p) { return is_rescue(reading.event(p)); });
}

namespace {

struct Stage {
  Timestamp due = kNoTime;  // the lesser of the step's and the total's
  bool is_business = false;
  std::optional<Match> match;  // in time or not
};

class Steps {
 public:
  Steps(const Chain& rule, const Reading& reading, Position a) : rule_(rule), reading_(reading), a_(a) {
    if (rule.total) total_due_ = reading.due(a, *rule.total);
    Bindings bindings{{rule.a.binding, &reading.event(a)}};
    Position after = a;
    for (const promise::Step& step : rule.steps) {
      stages_.push_back(stage(step, after, bindings));
      const auto& match = stages_.back().match;
      if (!match || (&step != &rule.steps.back() && is_late(stages_.size() - 1))) break;  // D-13
      after = match->last;
      bind(bindings, step, *match);
    }
  }

  Judged judge() const {
    Judged judged = reading_.activated(a_);
    if (!carries_keys()) return reading_.unknown(a_, stages_[0].due, UnknownCause::NoKey);
    if (const auto x = called_off()) {
      const std::size_t current = stage_at(*x);
      judged.due = stages_[current].due;
      reading_.decide(judged, Verdict::Void, *x);
      std::vector<Position> witnesses = matches_before(current);
      witnesses.push_back(*x);
      reading_.witness(judged, witnesses);
      return judged;
    }
    const std::size_t last = stages_.size() - 1;
    judged.due = stages_[last].due;
    if (is_fulfilled()) {
      fulfil(judged);
    } else {
      reading_.settle(judged, Verdict::Broken);
      if (judged.verdict == Verdict::Broken) judged.step = static_cast<std::uint8_t>(last);
      reading_.witness(judged, matches_before(last));
    }
    return judged;
  }

 private:
  const promise::Same& same_of(const promise::Step& step) const {  // D-13
    return step.same.said() ? step.same : rule_.steps[0].same;
  }
  bool carries_keys() const {  // D-20
    return std::all_of(rule_.steps.begin(), rule_.steps.end(),
                       [&](const promise::Step& step) { return reading_.carries(a_, same_of(step)); });
  }
  Stage stage(const promise::Step& step, Position after, const Bindings& bindings) const {
    const model::Duration within = std::get<promise::Within>(step.bound).duration;
    Stage made{reading_.due(after, within), within.is_business(), std::nullopt};
    if (rule_.total && total_due_ < made.due) {
      made.due = total_due_;
      made.is_business = rule_.total->is_business();
    }
    made.match = first_match(reading_, step, a_, after, reading_.size(), same_of(step), bindings);
    return made;
  }
  /// A part's name stands for the event that was that part (D-30).
  void bind(Bindings& bindings, const promise::Step& step, const Match& match) const {
    for (std::size_t i = 0; i < step.parts.size(); ++i) {
      const promise::EventPattern& part = step.parts[i];
      const Position p = step.combine == promise::Combine::All ? match.parts[i] : match.last;
      if (!part.binding.empty() && reading_.plays(part, p, bindings)) {
        bindings.push_back({part.binding, &reading_.event(p)});
      }
    }
  }
  bool is_late(std::size_t stage) const {
    return reading_.time(stages_[stage].match->last) > stages_[stage].due;
  }

  /// The last step came: in time, or late by its own bound alone (D-27).
  bool is_fulfilled() const {
    const std::size_t last = stages_.size() - 1;
    if (stages_.size() < rule_.steps.size() || !stages_[last].match) return false;
    return !rule_.total || reading_.time(stages_[last].match->last) <= total_due_;
  }
  void fulfil(Judged& judged) const {
    const std::size_t last = stages_.size() - 1;
    const Match& match = *stages_[last].match;
    reading_.decide(judged, is_late(last) ? Verdict::Late : Verdict::Kept, match.last);
    if (is_late(last)) judged.step = static_cast<std::uint8_t>(last);
    reading_.witness(judged, matches_before(stages_.size()));
    reading_.measure(judged, match.last, stages_[last].is_business);
    judged.is_rescued = is_rescued(reading_, match);
  }

  /// The step waited for just before the event at p (D-3: X comes before B).
  std::size_t stage_at(Position p) const {
    std::size_t stage = 0;
    while (stage + 1 < stages_.size() && stages_[stage].match->last < p) ++stage;
    return stage;
  }
  /// Before the instance is decided, not after the current due; a match that fulfils wins the instant.
  std::optional<Position> called_off() const {
    if (!rule_.unless) return std::nullopt;
    for (Position x = a_ + 1; x < reading_.size(); ++x) {
      const Stage& current = stages_[stage_at(x)];
      if (is_fulfilled() && reading_.time(stages_.back().match->last) <= reading_.time(x))
        return std::nullopt;
      if (reading_.time(x) > current.due) continue;
      if (!reading_.occurs(rule_.unless->event, x, bindings_at(x))) continue;
      if (reading_.condition_keys(a_, x, rule_.steps[0].same, rule_.unless->same)) return x;
    }
    return std::nullopt;
  }
  Bindings bindings_at(Position x) const {
    Bindings bindings{{rule_.a.binding, &reading_.event(a_)}};
    for (std::size_t stage = 0; stage < stage_at(x); ++stage) {
      bind(bindings, rule_.steps[stage], *stages_[stage].match);
    }
    return bindings;
  }
  std::vector<Position> matches_before(std::size_t stage) const {
    std::vector<Position> matches;
    for (std::size_t i = 0; i < stage; ++i) {
      const Match& match = *stages_[i].match;
      matches.insert(matches.end(), match.parts.begin(), match.parts.end());
    }
    return matches;
  }

  const Chain& rule_;
  const Reading& reading_;
  Position a_;
  Timestamp total_due_ = kNoTime;
  std::vector<Stage> stages_;  // up to and with the step that failed or is waited for, or the last
};

}  // namespace

std::vector<Judged> judge_chain(const Chain& rule, const Reading& reading) {
  std::vector<Judged> judged;
  for (Position a = 0; a < reading.size(); ++a) {
    if (reading.plays(rule.a, a) && reading.in_force(a)) judged.push_back(Steps(rule, reading, a).judge());
  }
  return judged;
}

}  // namespace handslag::oracle
