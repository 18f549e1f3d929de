// SPDX-License-Identifier: Apache-2.0
#include "app/frontline/promised.h"

#include <algorithm>

#include "app/frontline/card_parts.h"
#include "app/frontline/still_owed.h"

namespace handslag::app {
namespace {

// Slack is due − fulfilment, to the microsecond; without a due time the last witness is what fulfilled it.
Timestamp fulfilled_at(const CardInput& input, const model::Instance& instance) {
  if (instance.due != kNoTime) return {instance.due.us - instance.slack_us};
  if (instance.witnesses == 0) return kNoTime;
  return input.columns.time[input.verdicts.witnesses[instance.first_witness + instance.witnesses - 1]];
}

Timestamp settled_at(const CardInput& input, const promise::Rule& rule, const model::Instance& instance) {
  switch (instance.verdict) {
    case model::Verdict::Kept:
    case model::Verdict::Late:
      return fulfilled_at(input, instance);
    case model::Verdict::Broken:
      return failed_at(rule, instance, input.verdicts, input.columns);
    case model::Verdict::Pending:
    case model::Verdict::Overdue:
    case model::Verdict::Void:
    case model::Verdict::Unknown:
      break;
  }
  return kNoTime;
}

Promised promised_of(const CardInput& input, const Reading& reading, const model::Instance& instance) {
  const promise::Rule& rule = input.versions[instance.promise].promise->rule;
  Promised made;
  made.promise = promise_of(input, reading, instance);
  made.promise.is_still_owed = is_still_owed(rule, instance, reading);
  made.settled = settled_at(input, rule, instance);
  made.is_to_be_done = is_to_be_done(rule);
  made.is_rescued = instance.is_rescued;
  return made;
}

}  // namespace

AllPromised all_promised(const CardInput& input) {
  const Reading reading(input.columns, input.customer);
  std::vector<const model::Instance*> newest;
  for (const model::Instance& it : input.verdicts.instances) newest.push_back(&it);
  std::stable_sort(newest.begin(), newest.end(), [](const model::Instance* a, const model::Instance* b) {
    return a->activation > b->activation;
  });
  AllPromised all;
  all.of = newest.size();
  if (newest.size() > kMostPromised) newest.resize(kMostPromised);
  for (const model::Instance* it : newest) all.list.push_back(promised_of(input, reading, *it));
  return all;
}

Json promised_json(const AllPromised& all) {
  Json list = Json::array();
  for (const Promised& it : all.list) {
    const CardPromise& promise = it.promise;
    Json about = Json::object();
    for (const auto& [name, value] : promise.about) about[name] = value;
    list.push_back({{"promise", promise.id},
                    {"title", promise.title},
                    {"unit", promise.unit.empty() ? Json() : Json(promise.unit)},
                    {"activation", time_json(promise.activation)},
                    {"due", time_json(promise.due)},
                    {"settled", time_json(it.settled)},
                    {"state", model::verdict_name(promise.verdict)},
                    {"still_owed", promise.is_still_owed},
                    {"to_be_done", it.is_to_be_done},
                    {"rescued", it.is_rescued},
                    {"about", std::move(about)},
                    {"why", promise.why}});
  }
  return list;
}

}  // namespace handslag::app
