// SPDX-License-Identifier: Apache-2.0
#include "app/watch/live_verdicts.h"

#include <algorithm>
#include <utility>

#include "app/evaluate/evaluation.h"

namespace handslag::app {

void choose_promise(LiveVerdicts& verdicts, const std::string& id) {
  PromiseSet chosen;
  std::vector<promise::Horizon> horizons;
  verdicts.place_of_version.assign(verdicts.promises.versions().size(), LiveVerdicts::kNotChosen);
  for (std::uint32_t v = 0; v < verdicts.promises.versions().size(); ++v) {
    const promise::Version& version = verdicts.promises.versions()[v];
    if (version.promise->id != id) continue;
    verdicts.place_of_version[v] = static_cast<std::uint32_t>(horizons.size());
    horizons.push_back(verdicts.horizons[v]);
    chosen.add(*version.promise, version.number, version.from, version.to);
  }
  verdicts.promises = std::move(chosen);
  verdicts.horizons = std::move(horizons);
}

bool keeps_names(const LiveVerdicts& verdicts, const std::vector<std::string>& names) {
  return std::all_of(names.begin(), names.end(),
                     [&](const std::string& name) { return verdicts.events.keeps(name); });
}

bool carries_names(const LiveVerdicts& verdicts, const std::vector<std::string>& names) {
  return std::all_of(names.begin(), names.end(),
                     [&](const std::string& name) { return verdicts.events.carries(name); });
}

void each_instance(const LiveVerdicts& verdicts, const std::function<void(const model::Instance&)>& take) {
  std::vector<const model::TimeRules*> rules;
  for (const promise::Version& version : verdicts.promises.versions())
    rules.push_back(&rules_of(*version.promise, *verdicts.calendars));
  model::Instance instance;
  for (model::CustomerIndex customer = 0; customer < verdicts.told.customers(); ++customer) {
    for (const Told& told : verdicts.told.of(customer)) {
      instance.promise = verdicts.place_of_version[told.version];
      if (instance.promise == LiveVerdicts::kNotChosen) continue;
      instance.customer = customer;
      instance.activation = told.activation;
      instance.due = told.due;
      instance.verdict = told.verdict;
      instance.unknown = told.unknown;
      instance.is_rescued = told.is_rescued;
      instance.slack_us = told.slack_us;
      const bool is_late_in_business_time = told.has_business_slack && told.verdict == model::Verdict::Late;
      instance.business_slack_us = is_late_in_business_time ? rules[instance.promise]->business_us(
                                                                  {told.due.us - told.slack_us}, told.due)
                                                            : 0;
      take(instance);
    }
  }
}

}  // namespace handslag::app
