// SPDX-License-Identifier: Apache-2.0
#include "app/quarters/quarters.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "app/frontline/card.h"
#include "app/quarters/own_words.h"
#include "app/quarters/waits.h"
#include "pure/gap/period.h"
#include "pure/gap/summary.h"

namespace handslag::app {

// The number of the quarter. OPTIMIZATION: a customer's next event lies most often in the same one.
class QuarterOf {
 public:
  explicit QuarterOf(const model::TimeRules& rules) : rules_(rules) {}
  std::int32_t operator()(Timestamp time) {
    if (time >= from_ && time < to_) return number_;
    number_ = gap::period_number(gap::Period::Quarter, rules_.local_day(time));
    from_ = start(number_);
    to_ = start(number_ + 1);
    return number_;
  }
  Timestamp start(std::int32_t number) const {
    return rules_.start_of_day(gap::first_day(gap::Period::Quarter, number));
  }

 private:
  const model::TimeRules& rules_;
  std::int32_t number_ = 0;
  Timestamp from_ = kEndOfTime, to_ = kEndOfTime;
};

namespace {

constexpr std::int64_t kQuietUs = 30 * 86400 * kMicrosPerSecond;
constexpr std::size_t kMostInStory = 20;
constexpr std::int32_t kFourth = 4;

struct Chain {
  std::string_view reason;
  Timestamp last = kNoTime;
  std::vector<model::EventIndex> contacts;
};

// All that one customer's events are read with.
struct Customer {
  const Reading& reading;
  const ReadNames& names;
  QuarterOf& quarter_of;
  QuarterMap& quarters;

  Quarter& at(Timestamp time) const { return quarters[quarter_of(time)]; }
};

std::vector<Chain> chains_of(const Reading& reading) {
  std::map<std::string_view, Chain> by_matter, by_reason;
  std::vector<Chain> chains;
  for (model::EventIndex e = reading.begin(); e < reading.end(); ++e) {
    if (reading.type(e) != "contact.started") continue;
    const std::string_view matter = reading.text(e, CardField::Matter);
    const std::string_view reason = reading.text(e, CardField::Reason);
    Chain& chain = matter.empty() ? by_reason[reason] : by_matter[matter];
    if (matter.empty() && chain.last != kNoTime && reading.time(e).us - chain.last.us > kQuietUs) {
      chains.push_back(std::move(chain));
      chain = {};
    }
    if (chain.reason.empty()) chain.reason = reason;
    chain.last = reading.time(e);
    chain.contacts.push_back(e);
  }
  for (auto* const map : {&by_matter, &by_reason})
    for (auto& [key, chain] : *map) chains.push_back(std::move(chain));
  return chains;
}

// Each quarter that one of `times` lies in counts her once.
void count_once(const Customer& customer, const std::vector<Timestamp>& times,
                std::optional<std::int64_t> Quarter::*figure) {
  std::set<std::int32_t> counted;
  for (const Timestamp time : times) counted.insert(customer.quarter_of(time));
  for (const std::int32_t quarter : counted) {
    auto& count = customer.quarters[quarter].*figure;
    count = count.value_or(0) + 1;
  }
}

StoryContact story_contact(const Reading& reading, model::EventIndex e) {
  StoryContact contact{reading.time(e),
                       std::string(reading.text(e, CardField::Contact)),
                       std::string(reading.text(e, CardField::Channel)),
                       std::string(reading.text(e, CardField::Unit)),
                       {},
                       {}};
  if (contact.contact.empty()) return contact;
  for (model::EventIndex inner = e; inner < reading.end(); ++inner) {
    if (reading.text(inner, CardField::Contact) != contact.contact) continue;
    if (reading.type(inner) == "contact.ended") contact.outcome = reading.text(inner, CardField::Outcome);
    if (reading.type(inner) == "help.blocked")
      contact.blocked.emplace_back(reading.text(inner, CardField::Why));
  }
  return contact;
}

void tell_story(const Customer& customer, const Chain& chain, std::size_t through, Quarter& quarter) {
  quarter.story.clear();
  quarter.story_reason = chain.reason;
  const std::size_t from = through > kMostInStory ? through - kMostInStory : 0;
  for (std::size_t i = from; i < through; ++i)
    quarter.story.push_back(story_contact(customer.reading, chain.contacts[i]));
}

// Whether the quarter's story gives way to another; `count`: how many contacts the other has come to by then.
bool is_better_story(const Quarter& now, std::size_t longest, const Quarter& other, std::size_t count) {
  const auto place = [](const Quarter& quarter) {
    const auto says = [](const StoryContact& it) {
      return std::tie(it.time, it.contact, it.channel, it.unit, it.outcome, it.blocked);
    };
    std::vector<decltype(says(quarter.story.front()))> all;
    for (auto it = quarter.story.rbegin(); it != quarter.story.rend(); ++it) all.push_back(says(*it));
    return std::pair(std::move(all), std::string_view(quarter.story_reason));
  };
  return count != longest ? count > longest : place(other) > place(now);
}

// `longest`: of all customers before, by quarter.
void add_contacts(const Customer& customer, bool is_protected, std::map<std::int32_t, std::size_t>& longest) {
  std::vector<Timestamp> fourth;
  for (const Chain& chain : chains_of(customer.reading)) {
    std::map<std::int32_t, std::size_t> through;  // how many there had been by the end of each quarter
    for (std::size_t i = 0; i < chain.contacts.size(); ++i) {
      const Timestamp time = customer.reading.time(chain.contacts[i]);
      auto& count = customer.at(time).fourth_contact;
      count = count.value_or(0);
      through[customer.quarter_of(time)] = i + 1;
      if (i + 1 >= kFourth) fourth.push_back(time);
    }
    for (const auto& [quarter, count] : through) {
      Quarter& now = customer.quarters[quarter];
      const bool is_earlier = count == longest[quarter] && !now.story.empty() &&
                              customer.reading.time(chain.contacts[count - 1]) < now.story.back().time;
      if (is_protected || count < 2 || count < longest[quarter] || is_earlier) continue;
      Quarter told;
      tell_story(customer, chain, count, told);
      if (!is_better_story(now, longest[quarter], told, count)) continue;
      longest[quarter] = count;
      now.story = std::move(told.story);
      now.story_reason = std::move(told.story_reason);
    }
  }
  count_once(customer, fourth, &Quarter::fourth_contact);
}

void add_facts(const Customer& customer) {
  std::set<std::string_view> given;
  std::vector<Timestamp> again;
  const Reading& reading = customer.reading;
  for (model::EventIndex e = reading.begin(); e < reading.end(); ++e) {
    const std::string_view type = reading.type(e);
    if (!type.starts_with("fact.")) continue;
    const std::string_view fact = reading.text(e, CardField::Fact);
    if (type == "fact.given") given.insert(fact);
    if (type == "fact.changed") given.erase(fact);
    if (type != "fact.asked") continue;
    auto& count = customer.at(reading.time(e)).asked_twice;
    count = count.value_or(0);
    if (given.count(fact) != 0) again.push_back(reading.time(e));
  }
  count_once(customer, again, &Quarter::asked_twice);
}

enum class FeltAs { Unhappy, Neither, Happy };

FeltAs felt_as(double score) {
  return score <= 6 ? FeltAs::Unhappy : score <= 8 ? FeltAs::Neither : FeltAs::Happy;
}

// Whether `a` is shown before `b`, whichever came first.
bool is_more_telling(const OwnWords& a, const OwnWords& b) {
  return std::tuple(a.gaps, b.time, std::tie(a.text, a.about, a.score)) <
         std::tuple(b.gaps, a.time, std::tie(b.text, b.about, b.score));
}

// Among those of the quarter that felt alike, where it belongs there.
void add_words(OwnWords words, Quarter& quarter) {
  auto& all = quarter.words;
  const auto is_alike = [&](const OwnWords& it) { return felt_as(it.score) == felt_as(words.score); };
  const auto same = std::find_if(all.begin(), all.end(),
                                 [&](const OwnWords& it) { return is_alike(it) && it.text == words.text; });
  if (same != all.end()) {
    if (is_more_telling(words, *same)) *same = std::move(words);
    return;
  }
  if (static_cast<std::size_t>(std::count_if(all.begin(), all.end(), is_alike)) < kMostWords) {
    all.push_back(std::move(words));
    return;
  }
  auto least = all.end();
  for (auto it = all.begin(); it != all.end(); ++it)
    if (is_alike(*it) && (least == all.end() || is_more_telling(*least, *it))) least = it;
  if (is_more_telling(words, *least)) *least = std::move(words);
}

void add_scores(const Customer& customer, bool is_protected) {
  const Reading& reading = customer.reading;
  for (model::EventIndex e = reading.begin(); e < reading.end(); ++e) {
    if (reading.type(e) != "survey.answered" || customer.names.text(e, "measure") != "nps") continue;
    const auto score = customer.names.number(e, "score");
    if (!score || *score < 0 || *score > 10) continue;
    Quarter& quarter = customer.at(reading.time(e));
    const FeltAs felt = felt_as(*score);
    ++(felt == FeltAs::Unhappy ? quarter.unhappy : felt == FeltAs::Neither ? quarter.neither : quarter.happy);
    const std::string_view wrote = customer.names.text(e, "words");
    if (is_protected || wrote.empty()) continue;
    MaskedWords masked = masked_words(wrote);
    if (masked.text.empty()) continue;
    add_words({reading.time(e), *score, std::string(customer.names.text(e, "about")), std::move(masked.text),
               masked.gaps},
              quarter);
  }
}

double percent_of(std::int64_t part, std::int64_t whole) {
  return 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

// Whether she could leave at the end of each quarter from the one in which a source first says so.
struct Leaving {
  std::map<std::int32_t, std::int64_t> known, cannot;

  void add(const Customer& customer, std::int32_t last) {
    const Reading& reading = customer.reading;
    std::map<std::int32_t, bool> said;
    for (model::EventIndex e = reading.begin(); e < reading.end(); ++e)
      if (const auto can = reading.flag(e, CardField::CanLeave))
        said[customer.quarter_of(reading.time(e))] = *can;
    if (said.empty()) return;
    bool can = true;
    for (std::int32_t quarter = said.begin()->first; quarter <= last; ++quarter) {
      if (const auto now = said.find(quarter); now != said.end()) can = now->second;
      ++known[quarter];
      cannot[quarter] += can ? 0 : 1;
    }
  }
};

std::vector<std::string> quarter_names() {
  std::vector<std::string> names = card_names();
  for (const char* name : {"call", "score", "measure", "about"}) names.emplace_back(name);
  return names;
}

// Why QuarterOf and Leaving have a name outside: their place is in a type that has.
struct QuarterCount::State {
  State(const model::TimeRules& rules, Timestamp last) : quarter_of(rules), last_quarter(quarter_of(last)) {}

  QuarterOf quarter_of;
  std::int32_t last_quarter;
  QuarterMap quarters;
  std::map<std::int32_t, std::size_t> longest;
  std::map<std::int32_t, std::vector<std::int64_t>> waits;
  Leaving leaving;
};

QuarterCount::QuarterCount(const model::TimeRules& rules, Timestamp last)
    : state_(std::make_unique<State>(rules, last)) {}

QuarterCount::~QuarterCount() = default;

void QuarterCount::add(const model::Columns& columns, model::CustomerIndex c) {
  State& state = *state_;
  const Reading reading(columns, c);
  const ReadNames names(columns);
  const Customer customer{reading, names, state.quarter_of, state.quarters};
  std::optional<std::int32_t> noted;  // its entry is there
  for (model::EventIndex e = reading.begin(); e < reading.end(); ++e) {
    const std::int32_t quarter = state.quarter_of(reading.time(e));
    if (quarter != noted) state.quarters[quarter];
    noted = quarter;
  }
  const bool is_hidden = is_protected(columns, c);
  add_contacts(customer, is_hidden, state.longest);
  add_facts(customer);
  add_scores(customer, is_hidden);
  state.leaving.add(customer, state.last_quarter);
  for (const Wait& it : waits_of(reading, names)) state.waits[state.quarter_of(it.from)].push_back(it.us);
}

QuarterMap QuarterCount::quarters() {
  State& state = *state_;
  for (auto& [number, quarter] : state.quarters) {
    quarter.from = state.quarter_of.start(number);
    quarter.to = state.quarter_of.start(number + 1);
    std::sort(quarter.words.begin(), quarter.words.end(), [](const OwnWords& a, const OwnWords& b) {
      return std::tie(b.time, a.text) < std::tie(a.time, b.text);
    });
    quarter.minutes_to_human = median_minutes(state.waits[number]);
    if (state.leaving.known[number] > 0)
      quarter.cannot_leave = percent_of(state.leaving.cannot[number], state.leaving.known[number]);
  }
  return std::move(state.quarters);
}

void add_kept(const GapReport& report, const std::function<bool(const std::string& unit)>& is_counted,
              QuarterMap& quarters) {
  std::map<Timestamp, std::pair<double, double>> sums;  // by the start: weight, and weight times rate
  for (const PromiseGap& promise : report.promises) {
    if (!promise.promise->target || !is_counted(promise.promise->kept_by)) continue;
    for (const gap::PeriodSummary& period : promise.numbers.periods) {
      if (!period.summary.rate) continue;
      auto& [weight, kept] = sums[period.from];
      weight += promise.promise->weight;
      kept += promise.promise->weight * *period.summary.rate;
    }
  }
  for (auto& [number, quarter] : quarters) {
    const auto sum = sums.find(quarter.from);
    if (sum != sums.end() && sum->second.first > 0)
      quarter.promises_kept = 100.0 * sum->second.second / sum->second.first;
  }
}

std::string quarter_name(std::int32_t number) {
  return fmt::format("{}-Q{}", number / 4, number % 4 + 1);
}

std::optional<std::int32_t> quarter_number(std::string_view name) {
  const bool has_form = name.size() == 7 && name.substr(4, 2) == "-Q" && name[6] >= '1' && name[6] <= '4';
  if (!has_form) return std::nullopt;
  std::int32_t year = 0;
  for (const char c : name.substr(0, 4)) {
    if (c < '0' || c > '9') return std::nullopt;
    year = year * 10 + (c - '0');
  }
  return year * 4 + (name[6] - '1');
}

}  // namespace handslag::app
