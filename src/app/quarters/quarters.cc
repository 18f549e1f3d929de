// SPDX-License-Identifier: Apache-2.0
#include "app/quarters/quarters.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "app/frontline/card.h"
#include "app/quarters/waits.h"
#include "pure/gap/period.h"
#include "pure/gap/summary.h"

namespace handslag::app {
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
  std::function<std::int32_t(Timestamp)> quarter_of;
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
      if (is_protected || count < 2 || count <= longest[quarter]) continue;
      longest[quarter] = count;
      tell_story(customer, chain, count, customer.quarters[quarter]);
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

void add_scores(const Customer& customer) {
  const Reading& reading = customer.reading;
  for (model::EventIndex e = reading.begin(); e < reading.end(); ++e) {
    if (reading.type(e) != "survey.answered" || customer.names.text(e, "measure") != "nps") continue;
    const auto score = customer.names.number(e, "score");
    if (!score || *score < 0 || *score > 10) continue;
    Quarter& quarter = customer.at(reading.time(e));
    ++(*score <= 6 ? quarter.unhappy : *score <= 8 ? quarter.neither : quarter.happy);
  }
}

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

double percent_of(std::int64_t part, std::int64_t whole) {
  return 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

std::int32_t last_quarter(const model::Columns& columns,
                          const std::function<std::int32_t(Timestamp)>& quarter_of) {
  Timestamp last = kFirstTime;
  for (const Timestamp time : columns.time) last = std::max(last, time);
  return quarter_of(last);
}

}  // namespace

std::vector<std::string> quarter_names() {
  std::vector<std::string> names = card_names();
  for (const char* name : {"call", "score", "measure"}) names.emplace_back(name);
  return names;
}

QuarterMap count_quarters(const model::Columns& columns, const model::TimeRules& rules, Timestamp now) {
  QuarterMap quarters;
  const auto quarter_of = [&rules](Timestamp time) {
    return gap::period_number(gap::Period::Quarter, rules.local_day(time));
  };
  const ReadNames names(columns);
  // Why not past now: one event with a wrong year would have every customer counted up to it.
  const std::int32_t last =
      columns.time.empty() ? 0 : std::min(last_quarter(columns, quarter_of), quarter_of(now));
  std::map<std::int32_t, std::size_t> longest;
  std::map<std::int32_t, std::vector<std::int64_t>> waits;
  Leaving leaving;
  for (model::CustomerIndex c = 1; c < columns.customers(); ++c) {
    const Reading reading(columns, c);
    const Customer customer{reading, names, quarter_of, quarters};
    for (model::EventIndex e = reading.begin(); e < reading.end(); ++e) customer.at(reading.time(e));
    add_contacts(customer, is_protected(columns, c), longest);
    add_facts(customer);
    add_scores(customer);
    leaving.add(customer, last);
    for (const Wait& it : waits_of(reading, names)) waits[quarter_of(it.from)].push_back(it.us);
  }
  for (auto& [number, quarter] : quarters) {
    quarter.from = rules.start_of_day(gap::first_day(gap::Period::Quarter, number));
    quarter.to = rules.start_of_day(gap::first_day(gap::Period::Quarter, number + 1));
    quarter.minutes_to_human = median_minutes(waits[number]);
    if (leaving.known[number] > 0)
      quarter.cannot_leave = percent_of(leaving.cannot[number], leaving.known[number]);
  }
  return quarters;
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
