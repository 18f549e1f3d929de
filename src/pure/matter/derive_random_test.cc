// SPDX-License-Identifier: Apache-2.0
// derive() against the rules of derive.h written down as they stand: nothing is kept but which contacts each
// matter has, and all that is known of it is read from them anew.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "pure/matter/derive.h"

namespace handslag::matter {
namespace {

using Name = std::pair<std::string, std::string>;

struct SlowMatter {
  std::string name;
  std::optional<std::size_t> thing;
  std::vector<std::size_t> contacts;
};

class Slowly {
 public:
  Slowly(const std::vector<Thing>& things, const std::vector<Contact>& contacts, const Lessons& lessons)
      : things_(things), contacts_(contacts), lessons_(lessons) {}

  void run() {
    for (std::size_t c = 0; c < contacts_.size(); ++c) {
      const std::string& said = contacts_[c].corrected.empty() ? contacts_[c].given : contacts_[c].corrected;
      const std::size_t m = said.empty() ? likeliest(c) : named(said);
      if (!said.empty()) confidence.push_back(1);
      matters[m].contacts.push_back(c);
      for (const Name& name : contacts_[c].names)
        for (std::size_t t = 0; t < things_.size(); ++t)
          if (!matters[m].thing && !is_taken(t) && Name{things_[t].kind, things_[t].value} == name)
            matters[m].thing = t;
      of.push_back(m);
    }
  }

  std::vector<SlowMatter> matters;
  std::vector<std::size_t> of;
  std::vector<double> confidence;

 private:
  bool is_taken(std::size_t thing) const {
    return std::any_of(matters.begin(), matters.end(),
                       [&](const SlowMatter& it) { return it.thing == thing; });
  }
  bool is_name(const std::string& name) const {
    return std::any_of(matters.begin(), matters.end(), [&](const SlowMatter& it) { return it.name == name; });
  }
  std::size_t begin(const std::string& name, std::optional<std::size_t> thing) {
    matters.push_back({name, thing, {}});
    return matters.size() - 1;
  }

  std::size_t named(const std::string& name) {
    for (std::size_t m = 0; m < matters.size(); ++m)
      if (matters[m].name == name) return m;
    for (std::size_t t = 0; t < things_.size(); ++t) {
      if (name_of(things_[t]) != name) continue;
      for (std::size_t m = 0; m < matters.size(); ++m)
        if (matters[m].thing == t) return m;
      return begin(name, t);
    }
    return begin(name, std::nullopt);
  }

  static double naming(const Contact& contact, const std::vector<Name>& names) {
    bool is_same = false, is_another = false;
    for (const Name& it : contact.names) {
      is_same = is_same || std::find(names.begin(), names.end(), it) != names.end();
      is_another = is_another || std::any_of(names.begin(), names.end(),
                                             [&](const Name& other) { return other.first == it.first; });
    }
    return is_same ? 6 : is_another ? -6 : 0;
  }

  static double weeks(std::int64_t us) { return static_cast<double>(us) / kMicrosPerDay / 7; }

  double of_thing(std::size_t t, Timestamp time) const {
    if (!things_[t].closed || *things_[t].closed > time) return 1.5;
    return std::max(-4.0, -1 - weeks(time.us - things_[t].closed->us));
  }
  double near(Timestamp last, Timestamp time) const {
    return std::max(-3.0, 2 - weeks(time.us - last.us) * 0.7);
  }
  double learnt(const Contact& contact, const std::optional<std::size_t>& thing) const {
    return thing ? lessons_.weight(contact.words, things_[*thing].kind) : 0;
  }

  std::optional<double> matter_score(std::size_t m, const Contact& contact) const {
    std::vector<Name> names;
    std::vector<std::string> reasons, words;
    const SlowMatter& matter = matters[m];
    Timestamp last = contacts_[matter.contacts.back()].time;
    if (matter.thing) {
      names.emplace_back(things_[*matter.thing].kind, things_[*matter.thing].value);
      for (const Timestamp heard : things_[*matter.thing].heard)
        if (heard <= contact.time) last = std::max(last, heard);
    }
    for (const std::size_t c : matter.contacts) {
      const Contact& it = contacts_[c];
      names.insert(names.end(), it.names.begin(), it.names.end());
      if (!it.reason.empty()) reasons.push_back(it.reason);
      words.insert(words.end(), it.words.begin(), it.words.end());
    }
    const double said = naming(contact, names);
    if (said <= 0 && contact.time.us - last.us > kForgotten) return std::nullopt;
    double score = said + near(last, contact.time) + learnt(contact, matter.thing);
    if (matter.thing) score += of_thing(*matter.thing, contact.time);
    if (!contact.reason.empty() && !reasons.empty())
      score += std::find(reasons.begin(), reasons.end(), contact.reason) != reasons.end() ? 2 : -2;
    double common = 0;
    for (const std::string& word : contact.words)
      if (word != contact.reason && std::find(words.begin(), words.end(), word) != words.end()) common += 0.7;
    return score + std::min(2.1, common);
  }

  std::optional<double> thing_score(std::size_t t, const Contact& contact) const {
    std::optional<Timestamp> last;
    for (const Timestamp heard : things_[t].heard)
      if (heard <= contact.time) last = heard;
    const double said = naming(contact, {{things_[t].kind, things_[t].value}});
    if (is_taken(t) || !last || (said <= 0 && contact.time.us - last->us > kForgotten)) return std::nullopt;
    return said + near(*last, contact.time) + of_thing(t, contact.time) + learnt(contact, t);
  }

  std::size_t likeliest(std::size_t c) {
    const Contact& contact = contacts_[c];
    std::vector<double> scores;
    std::optional<std::size_t> best_matter, best_thing;
    double best = -1e9;
    const auto weigh = [&](std::optional<double> score, std::optional<std::size_t> m,
                           std::optional<std::size_t> t) {
      if (score) scores.push_back(*score);
      if (!score || *score <= best + 1e-9) return;
      best = *score;
      best_matter = m;
      best_thing = t;
    };
    for (std::size_t m = 0; m < matters.size(); ++m) weigh(matter_score(m, contact), m, {});
    for (std::size_t t = 0; t < things_.size(); ++t) weigh(thing_score(t, contact), {}, t);
    weigh(1, {}, {});
    double all = 0;
    for (const double it : scores) all += std::exp(it);
    confidence.push_back(std::exp(best) / all);
    if (best_matter) return *best_matter;
    if (best_thing) return begin(name_of(things_[*best_thing]), best_thing);
    std::string name = name_of(contact);
    for (int i = 2; is_name(name); ++i) name = name_of(contact) + "/" + std::to_string(i);
    return begin(name, std::nullopt);
  }

  const std::vector<Thing>& things_;
  const std::vector<Contact>& contacts_;
  const Lessons& lessons_;
};

class RandomCase {
 public:
  explicit RandomCase(unsigned seed) : random_(seed) {
    for (const char* kind : {"order", "invoice"})
      for (const char* value : {"A", "B", "C"})
        if (below(2) == 0) things.push_back(thing(kind, value));
    std::vector<std::size_t> days;
    for (std::size_t i = below(14); i > 0; --i) days.push_back(below(200));
    std::sort(days.begin(), days.end());
    for (const std::size_t on : days) contacts.push_back(contact(on / (1 + below(2))));
    std::stable_sort(contacts.begin(), contacts.end(),
                     [](const Contact& a, const Contact& b) { return a.time < b.time; });
  }

  std::vector<Thing> things;
  std::vector<Contact> contacts;

 private:
  std::size_t below(std::size_t many) { return random_() % many; }
  // Some share a day's instant; the others are at odd ones, so that no two sums are the same but for
  // rounding.
  Timestamp day(std::size_t days) {
    const auto odd = static_cast<std::int64_t>(below(3) == 0 ? 7919 * days : below(86'400'000));
    return {1'780'000'000 * kMicrosPerSecond + static_cast<std::int64_t>(days) * kMicrosPerDay + odd * 1'003};
  }
  Thing thing(const std::string& kind, const std::string& value) {
    Thing made{kind, value, {day(below(100))}, {}};
    if (below(2) == 0) made.heard.push_back({made.heard[0].us + 10 * kMicrosPerDay});
    if (made.heard.size() == 2 && below(2) == 0) made.closed = made.heard[1];
    return made;
  }
  Contact contact(std::size_t on) {
    const std::vector<std::string> said{"", "", "", "", "m", "order/A", "contact/k1", "at/x"};
    const std::vector<std::string> reasons{"", "delivery", "invoice", "wifi"};
    const std::vector<std::string> words{"", "router blinkar", "router", "faktura router lampa"};
    Contact made{day(on), below(3) == 0 ? "" : "k" + std::to_string(below(4)), said[below(8)], {}, {}, {},
                 {}};
    if (below(8) == 0) made.corrected = said[4 + below(4)];
    made.reason = reasons[below(4)];
    made.words = words_of(made.reason, words[below(4)]);
    for (const char* kind : {"order", "invoice"})
      if (below(4) == 0) made.names.emplace_back(kind, std::string(1, static_cast<char>('A' + below(4))));
    return made;
  }

  std::mt19937 random_;
};

TEST(DeriveRandom, IsWhatTheRulesSay) {
  const Lessons lessons = Lessons::first();
  for (unsigned seed = 0; seed < 3000; ++seed) {
    const RandomCase it(seed);
    const Derived derived = derive(it.things, it.contacts, lessons);
    Slowly slowly(it.things, it.contacts, lessons);
    slowly.run();
    ASSERT_EQ(derived.of.size(), slowly.of.size()) << "seed " << seed;
    for (std::size_t c = 0; c < slowly.of.size(); ++c) {
      ASSERT_EQ(derived.matters[derived.of[c].matter].name, slowly.matters[slowly.of[c]].name)
          << "seed " << seed << " contact " << c;
      ASSERT_NEAR(derived.of[c].confidence, slowly.confidence[c], 1e-9) << "seed " << seed;
    }
    ASSERT_EQ(derived.matters.size(), slowly.matters.size()) << "seed " << seed;
    for (std::size_t m = 0; m < slowly.matters.size(); ++m) {
      ASSERT_EQ(derived.matters[m].thing, slowly.matters[m].thing) << "seed " << seed;
      ASSERT_EQ(derived.matters[m].contacts, slowly.matters[m].contacts) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace handslag::matter
