// SPDX-License-Identifier: Apache-2.0
#include "pure/matter/derive.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace handslag::matter {
namespace {

constexpr double kOfItsOwn = 1;
constexpr double kTelling = 0.5;  // what is worth telling as a because

struct Parts {
  double named = 0, open = 0, near = 0, reason = 0, words = 0, learnt = 0;
  double sum() const { return named + open + near + reason + words + learnt; }
};

// Everything said of a matter so far.
struct Known {
  Timestamp last;
  std::set<std::string> reasons, words;
  std::map<std::string, std::set<std::string>, std::less<>> names;  // by kind
};

// When the thing was last heard of up to `time`; nothing where it had not begun.
std::optional<Timestamp> heard_by(const Thing& thing, Timestamp time) {
  const auto after = std::upper_bound(thing.heard.begin(), thing.heard.end(), time);
  return after == thing.heard.begin() ? std::nullopt : std::optional(*std::prev(after));
}

double nearness(Timestamp last, Timestamp time) {
  const double days = static_cast<double>(time.us - last.us) / kMicrosPerDay;
  return std::max(-3.0, 2 - days / 10);
}

double openness(const Thing& thing, Timestamp time) {
  if (!thing.closed || *thing.closed > time) return 1.5;
  const double weeks = static_cast<double>(time.us - thing.closed->us) / (7.0 * kMicrosPerDay);
  return std::max(-4.0, -1 - weeks);
}

constexpr double kNamed = 6;

double naming(const Contact& contact, const Known& known) {
  double said = 0;
  for (const auto& [kind, value] : contact.names) {
    const auto names = known.names.find(kind);
    if (names == known.names.end()) continue;
    if (names->second.contains(value)) return kNamed;
    said = -kNamed;
  }
  return said;
}

double naming(const Contact& contact, const Thing& thing) {
  double said = 0;
  for (const auto& [kind, value] : contact.names) {
    if (kind != thing.kind) continue;
    if (value == thing.value) return kNamed;
    said = -kNamed;
  }
  return said;
}

class Weighing {
 public:
  Weighing(std::span<const Thing> things, std::span<const Contact> contacts, const Lessons& lessons)
      : things_(things), contacts_(contacts), lessons_(lessons), of_thing_(things.size()) {
    for (std::size_t t = 0; t < things.size(); ++t) things_by_name_.emplace(name_of(things[t]), t);
  }

  Derived run() {
    for (std::size_t c = 0; c < contacts_.size(); ++c) place(c);
    return std::move(derived_);
  }

 private:
  struct Candidate {
    std::optional<std::size_t> matter, thing;  // neither: of its own
    Parts parts;
    double score = kOfItsOwn;
  };

  void place(std::size_t c) {
    const Contact& contact = contacts_[c];
    if (!contact.corrected.empty()) return put(c, by_name(contact.corrected), {0, Source::Corrected, 1, {}});
    if (!contact.given.empty()) return put(c, by_name(contact.given), {0, Source::Given, 1, {}});
    std::vector<Candidate> candidates = weigh(contact);
    // Why strictly greater: of equals the one that began first, so that the same comes out each time.
    std::size_t best = 0;
    for (std::size_t i = 1; i < candidates.size(); ++i)
      if (candidates[i].score > candidates[best].score) best = i;
    double all = 0;
    for (const Candidate& it : candidates) all += std::exp(it.score - candidates[best].score);
    Placement placement{0, Source::Derived, 1 / all, becauses(candidates[best].parts)};
    put(c, matter_of(candidates[best], contact), std::move(placement));
  }

  std::vector<Candidate> weigh(const Contact& contact) const {
    std::vector<Candidate> candidates;
    std::map<std::string_view, double> learnt;
    for (const std::string_view kind : kKinds)
      if (kind != "other") learnt[kind] = lessons_.weight(contact.words, kind);
    for (std::size_t m = 0; m < derived_.matters.size(); ++m) {
      const Known& known = known_[m];
      const auto thing = derived_.matters[m].thing;
      Timestamp last = known.last;
      if (thing) last = std::max(last, heard_by(things_[*thing], contact.time).value_or(last));
      Candidate it{m, thing, {}, 0};
      it.parts.named = naming(contact, known);
      if (it.parts.named <= 0 && contact.time.us - last.us > kForgotten) continue;
      it.parts.near = nearness(last, contact.time);
      if (thing) it.parts.open = openness(things_[*thing], contact.time);
      if (!contact.reason.empty() && !known.reasons.empty())
        it.parts.reason = known.reasons.contains(contact.reason) ? 2 : -2;
      it.parts.words = common_words(contact, known);
      it.parts.learnt = learnt[derived_.matters[m].kind];
      it.score = it.parts.sum();
      candidates.push_back(std::move(it));
    }
    for (std::size_t t = 0; t < things_.size(); ++t) {
      if (of_thing_[t]) continue;
      const auto last = heard_by(things_[t], contact.time);
      Candidate it{std::nullopt, t, {}, 0};
      it.parts.named = naming(contact, things_[t]);
      if (!last || (it.parts.named <= 0 && contact.time.us - last->us > kForgotten)) continue;
      it.parts.near = nearness(*last, contact.time);
      it.parts.open = openness(things_[t], contact.time);
      it.parts.learnt = learnt[things_[t].kind];
      it.score = it.parts.sum();
      candidates.push_back(std::move(it));
    }
    candidates.emplace_back();
    return candidates;
  }

  static double common_words(const Contact& contact, const Known& known) {
    const auto common = std::count_if(contact.words.begin(), contact.words.end(), [&](const std::string& it) {
      return it != contact.reason && known.words.contains(it);
    });
    return std::min(2.1, 0.7 * static_cast<double>(common));
  }

  static std::vector<std::string_view> becauses(const Parts& parts) {
    std::vector<std::string_view> told;
    const std::pair<double, std::string_view> all[] = {{parts.named, "named"}, {parts.open, "open"},
                                                       {parts.near, "near"},   {parts.reason, "reason"},
                                                       {parts.words, "words"}, {parts.learnt, "learnt"}};
    for (const auto& [said, name] : all)
      if (said >= kTelling) told.push_back(name);
    return told;
  }

  std::size_t begin(std::string name, std::optional<std::size_t> thing) {
    Matter matter{std::move(name), "other", thing, {}};
    if (thing) {
      matter.kind = things_[*thing].kind;
      of_thing_[*thing] = derived_.matters.size();
    }
    by_name_.emplace(matter.name, derived_.matters.size());
    derived_.matters.push_back(std::move(matter));
    known_.emplace_back();
    if (thing) known_.back().names[things_[*thing].kind].insert(things_[*thing].value);
    return derived_.matters.size() - 1;
  }

  std::size_t by_name(const std::string& name) {
    if (const auto known = by_name_.find(name); known != by_name_.end()) return known->second;
    const auto thing = things_by_name_.find(name);
    if (thing == things_by_name_.end()) return begin(name, std::nullopt);
    // Why: what was given another name by a source goes on under that.
    if (const auto known = of_thing_[thing->second]) return *known;
    return begin(name, thing->second);
  }

  std::size_t matter_of(const Candidate& chosen, const Contact& contact) {
    if (chosen.matter) return *chosen.matter;
    if (chosen.thing) return begin(name_of(things_[*chosen.thing]), chosen.thing);
    // Two that nothing tells apart are still two.
    const std::string first = name_of(contact);
    std::string name = first;
    // Why remembered: a name that is taken stays taken, so the next of the same need not try it again.
    for (std::size_t& tried = tried_[first]; by_name_.contains(name); ++tried)
      name = first + "/" + std::to_string(tried + 2);
    return begin(std::move(name), std::nullopt);
  }

  void put(std::size_t c, std::size_t m, Placement placement) {
    const Contact& contact = contacts_[c];
    Matter& matter = derived_.matters[m];
    Known& known = known_[m];
    placement.matter = m;
    matter.contacts.push_back(c);
    known.last = contact.time;
    if (!contact.reason.empty()) known.reasons.insert(contact.reason);
    known.words.insert(contact.words.begin(), contact.words.end());
    for (const auto& name : contact.names) {
      known.names[name.first].insert(name.second);
      if (matter.thing) continue;
      const auto thing = things_by_name_.find(name.first + "/" + name.second);
      if (thing == things_by_name_.end() || of_thing_[thing->second]) continue;
      matter.thing = thing->second;
      matter.kind = name.first;
      of_thing_[thing->second] = m;
    }
    derived_.of.push_back(std::move(placement));
  }

  std::span<const Thing> things_;
  std::span<const Contact> contacts_;
  const Lessons& lessons_;
  std::vector<std::optional<std::size_t>> of_thing_;  // the matter that a thing belongs to
  std::map<std::string, std::size_t> things_by_name_, by_name_;
  std::map<std::string, std::size_t> tried_;  // numbers put to a name to tell its matters apart
  std::vector<Known> known_;                  // by matter
  Derived derived_;
};

}  // namespace

std::string_view source_name(Source source) {
  constexpr std::string_view kNames[] = {"given", "derived", "corrected"};
  return kNames[static_cast<std::size_t>(source)];
}

std::string name_of(const Thing& thing) {
  return thing.kind + "/" + thing.value;
}

std::string name_of(const Contact& contact) {
  return contact.contact.empty() ? "at/" + format_rfc3339(contact.time) : "contact/" + contact.contact;
}

Derived derive(std::span<const Thing> things, std::span<const Contact> contacts, const Lessons& lessons) {
  return Weighing(things, contacts, lessons).run();
}

}  // namespace handslag::matter
